/** After thousands of sessions have come and gone the heap is where it was. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import t from 'tap'

const SESSIONS = 10_000

t.test(`${SESSIONS} sessions come and go, each with a browser, widgets, links and clicks, and leave nothing behind`, { timeout: 120_000 }, async t => {
  const running = fork(fileURLToPath(new URL('come-and-go.ts', import.meta.url)), [String(SESSIONS)], {
    execArgv: ['--expose-gc', '--import', import.meta.resolve('tsx')], stdio: ['ignore', 'pipe', 'pipe', 'ipc']
  })
  t.teardown(() => { running.kill('SIGKILL') })
  let errors = ''
  running.stderr?.on('data', chunk => { errors += String(chunk) })
  const [[report]] = await Promise.all([
    Promise.race([once(running, 'message'), once(running, 'exit').then(() => [null])]) as Promise<[{ before: number, after: number, sessions: number, connections: number, seconds: number, clicks: number } | null]>
  ])
  if (report === null) {
    t.fail(`the process failed: ${errors}`)
    return
  }
  t.comment(`${SESSIONS} sessions in ${report.seconds.toFixed(1)} s, heap ${(report.before / 2 ** 20).toFixed(1)} → ${(report.after / 2 ** 20).toFixed(1)} MiB`)
  t.equal(report.clicks, SESSIONS, 'each was used')
  t.strictSame([report.sessions, report.connections], [0, 0])
  // What is kept on purpose: the ids of 10,000 ended sessions, some 100 bytes each.
  t.ok(report.after - report.before < 6 * 2 ** 20, `the heap grew by ${report.after - report.before} bytes`)
})
