/** How long sessions live, and that their timers are few and keep nothing alive. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { build, connect, open, until } from '../support/app.ts'

t.test('a session ends when it has been without a browser for too long, and not while one is there', async t => {
  const app = await build(t, { onConnect () {}, sessionIdleTimeout: 80 })
  const [live, left] = [await open(app), await open(app)]
  await left.drop()
  await until(() => app.pgwidgets.sessions.size === 1, 'the idle one has ended')
  t.ok(app.pgwidgets.sessions.has(live.credentials.session_id))
  t.match(app.logs.of('session destroyed after idle time'), [{ level: 30, sessionId: left.credentials.session_id, idle: Number }])
  t.equal((await (await connect(app, '/', { credentials: left.credentials })).closed).code, 4002)
})

t.test('at its greatest age a session ends, used or not, and its browsers are told so', async t => {
  const ended: string[] = []
  const app = await build(t, { onConnect () {}, sessionMaxAge: 300 })
  app.pgwidgets.addHook('onDestroy', ({ id }) => { ended.push(id) })
  const idle = app.pgwidgets.createSession()
  const live = await open(app)
  const restored = app.pgwidgets.createSession({ snapshot: idle.snapshot() })
  t.match(await live.closed, { code: 4002, reason: 'This session has ended' })
  await until(() => app.pgwidgets.sessions.size === 0, 'all have ended')
  t.strictSame(ended.sort(), [idle.id, live.credentials.session_id, restored.id].sort())
  t.match(app.logs.of('session destroyed, its time is over')[0], { level: 30, sessionId: String, age: Number })
})

t.test('the sweep takes those whose time is over and no others, at the time and not before', async t => {
  const ended: string[] = []
  const app = await build(t, { onConnect () {}, sessionIdleTimeout: 60_000, sessionMaxAge: 600_000 })
  app.pgwidgets.addHook('onDestroy', ({ id }) => { ended.push(id) })
  const { sessions } = app.pgwidgets
  const idle = [app.pgwidgets.createSession(), app.pgwidgets.createSession()]
  const [stays, leaves] = [await open(app), await open(app)]
  const now = performance.now()
  sessions.sweep(now + 50_000)
  t.strictSame(ended, [])
  sessions.sweep(now + 60_001)
  t.strictSame(ended, idle.map(({ id }) => id), 'those with a browser stay')
  await leaves.drop()
  await until(() => sessions.detachedSize === 1, 'one has left')
  sessions.sweep(now + 60_001)
  t.equal(ended.length, 2, 'one that has just been left stays')
  sessions.sweep(now + 600_001)
  t.strictSame(ended.slice(2).sort(), [stays, leaves].map(({ credentials }) => credentials.session_id).sort(), 'but not for ever')
  t.strictSame([sessions.size, sessions.detachedSize], [0, 0])
})

t.test('an explicit destroy ends a session at once, once, from anywhere', async t => {
  const ended: string[] = []
  const app = await build(t, { onConnect () {}, onDestroy ({ id }) { ended.push(id) } })
  const [a, b] = [await open(app), await open(app)]
  const session = app.pgwidgets.sessions.get(a.credentials.session_id)
  session?.destroy()
  session?.destroy()
  t.notOk(app.pgwidgets.sessions.destroy(a.credentials.session_id))
  t.ok(app.pgwidgets.sessions.destroy(b.credentials.session_id))
  for (const browser of [a, b]) t.equal((await browser.closed).code, 4002)
  t.strictSame(ended, [a.credentials.session_id, b.credentials.session_id])
  t.strictSame([app.pgwidgets.sessions.size, app.pgwidgets.sessions.detachedSize], [0, 0])
})

/** Runs a module in a process of its own; resolves with what it sends and how it exits. */
async function child (t: { testdir: () => string, teardown: (work: () => void) => void }, source: string): Promise<{ messages: unknown[], code: number | null, errors: string }> {
  const file = join(t.testdir(), 'main.mjs')
  const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)
  writeFileSync(file, `
    import Fastify from ${JSON.stringify(import.meta.resolve('fastify'))}
    import { createHook } from 'node:async_hooks'
    import pgwidgets from ${url('../../lib/index.ts')}
    ${source}
  `)
  const running = fork(file, { execArgv: ['--import', import.meta.resolve('tsx')], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  t.teardown(() => { running.kill('SIGKILL') })
  const messages: unknown[] = []
  let errors = ''
  running.stderr?.on('data', chunk => { errors += String(chunk) })
  running.on('message', message => { messages.push(message) })
  const [code] = await once(running, 'exit') as [number | null]
  return { messages, code, errors }
}

t.test('a process that never listens ends by itself, whatever sessions, links and times are open', { timeout: 30_000 }, async t => {
  const { code, messages, errors } = await child(t, `
    const app = Fastify()
    await app.register(pgwidgets, { onConnect () {}, identify: () => ({ id: 'ann', expiresAt: Date.now() + 3_600_000 }), handlerWarning: 3_600_000 })
    await app.ready()
    const session = app.pgwidgets.createSession()
    session.grant({ expiresIn: 3_600_000 })
    session.getWidgets().Timer({ duration: 3600 }).start()
    await app.injectWS('/', {}, { onInit (socket) {
      socket.on('message', data => {
        if (String(data).includes('"init"')) socket.send('{"type":"result","id":0}')
        if (String(data).includes('reconstruct-end')) { process.send('open'); process.disconnect() }
      })
    } })
  `)
  t.strictSame([code, messages], [0, ['open']], errors)
})

t.test('a thousand sessions have no more timers than one', { timeout: 30_000 }, async t => {
  const { code, messages, errors } = await child(t, `
    let timers = 0
    createHook({ init (_id, type) { if (type === 'Timeout') timers++ } }).enable()
    const app = Fastify()
    await app.register(pgwidgets, { onConnect () {} })
    await app.ready()
    const make = count => { for (let i = 0; i < count; i++) app.pgwidgets.createSession().grant({ expiresIn: 3_600_000 }) }
    make(1)
    const before = timers
    make(1000)
    process.send(timers - before)
    process.disconnect()
  `)
  t.strictSame([code, messages], [0, [0]], errors)
})
