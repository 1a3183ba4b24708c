/** What the hand-driven clients of errors_raw_client sent to the reference server, sent to ours. */
import t from 'tap'
import type { Test } from 'tap'
import type { Connection, DisconnectInfo, PgwidgetsOptions, Session } from '../../lib/index.ts'
import { FakeBrowser } from './support/fake-browser.ts'
import type { Greeting } from './support/fake-browser.ts'
import { PATH, serve } from './support/rerun.ts'
import { connectionsOf, readTrace, stepsOf } from './support/trace.ts'
import type { Step } from './support/trace.ts'

const recorded = new Map([...connectionsOf(readTrace('errors_raw_client'))].map(([conn, frames]) => [conn, stepsOf(frames)]))

/** The recorder shortened it. */
const LONG = 1_100_000

interface Played {
  readonly browser: FakeBrowser
  /** How the recorded server ended the connection; null if it did not. */
  readonly end: Extract<Step, { kind: 'close' }> | null
  /** Frames that our server found invalid; null before it had a session. */
  readonly invalid: number | null
  readonly clicks: number
}

/** Sends all that a recorded client sent beyond answers, to a session with the recorded window, and looks what becomes of it. */
async function play (t: Test, conn: number, greeting: Greeting | null, options: PgwidgetsOptions = {}): Promise<Played> {
  let session: Session | undefined
  let clicks = 0
  let button = 0
  const app = await serve(t, opened => {
    session ??= opened
    const W = opened.getWidgets()
    const top = W.TopLevel({ title: 'Hello' })
    const pressed = W.Button('Press me').on('activated', () => { clicks++ })
    button = pressed.wid
    top.setWidget(pressed)
    top.show()
  }, options)
  const browser = await FakeBrowser.connect(app, PATH, greeting)
  if (greeting !== null) await browser.until(() => browser.model.tree.nodes.size > 0 || browser.closed !== null || greeting.session_id !== undefined, 'the interface')
  const steps = recorded.get(conn) ?? []
  for (const step of steps) {
    if (browser.closed !== null) break
    if (step.kind === 'report') browser.send({ type: 'callback', ...shape(step.report), wid: step.report.wid === 3 ? button : step.report.wid })
    else if (step.kind === 'browser') browser.send(text(step.data, button))
    else if (step.kind === 'bytes' && step.from === 'c2s') browser.sendBytes(Buffer.from(step.data.base64, 'base64'))
  }
  await browser.taken()
  const connection = session?.connections[0] as Connection | undefined
  const alive = await FakeBrowser.open(app, PATH)
  t.equal(alive.closed, null, 'the server still lets others in')
  const end = steps.find(step => step.kind === 'close' && step.from === 's2c')
  return { browser, clicks, invalid: connection?.counts.invalid ?? null, end: end?.kind === 'close' ? end : null }
}

/** A recorded report as it was, the long text at its full length. */
function shape ({ action, args }: { action: string, args: readonly unknown[] }): object {
  return { action, args: args.map(arg => typeof arg === 'string' && arg.includes('shortened by the recorder') ? 'y'.repeat(LONG) : arg) }
}

const text = (data: unknown, button: number): unknown => typeof data === 'string' || typeof data === 'number'
  ? String(data)
  : JSON.parse(JSON.stringify(data).replaceAll('"wid":3', `"wid":${button}`))

t.test('reports without arguments, of nothing, of unknown types, stray bytes and chunks: counted, and the window goes on', async t => {
  const { browser, clicks, invalid, end } = await play(t, 1, {})
  t.equal(end?.code, 1011, 'the reference closed at the first text that is not JSON')
  t.equal(browser.closed, null, 'ours does not')
  const honest = (recorded.get(1) ?? []).filter(step => step.kind === 'report' && step.report.action === 'activated' && step.report.wid === 3 && step.report.args.length === 0)
  t.equal(clicks, honest.length, 'only honest clicks reached the handler')
  t.ok(invalid !== null && invalid >= 8, `${String(invalid)} frames were found invalid`)
})

t.test('a client that sends too much nonsense is closed, for good and with a reason', async t => {
  const { browser } = await play(t, 1, {}, { maxInvalidFrames: 3 })
  t.match(browser.closed, { code: 4004, reason: /invalid/ })
})

t.test('JSON that is no message: counted', async t => {
  const { browser, invalid, end } = await play(t, 2, {})
  t.equal(end?.code, 1011)
  t.equal(browser.closed, null)
  t.equal(invalid, 1)
})

t.test('a text frame above 1 MiB ends the connection as recorded', async t => {
  const { browser, end } = await play(t, 3, {})
  await browser.until(() => browser.closed !== null, 'the close')
  t.equal(browser.closed?.code, end?.code)
})

for (const [conn, what] of [[4, 'a text that is not JSON'], [5, 'a report']] as const) {
  t.test(`${what} in place of the handshake does not count as one`, async t => {
    const { browser } = await play(t, conn, null)
    t.strictSame(browser.messages.map(({ type }) => type), ['init'], 'nothing is shown to it')
    browser.send({ type: 'result', id: 0 })
    await browser.until(() => browser.info !== null, 'a session, once it has answered')
  })
}

t.test('who never answers init is let go', async t => {
  const ended: DisconnectInfo[] = []
  const { browser } = await play(t, 6, null, { handshakeTimeout: 50, onDisconnect: (_session, _connection, info) => { ended.push(info) } })
  await browser.until(() => browser.closed !== null, 'the close')
  t.equal(browser.closed?.code, 1002)
})

for (const [conn, what] of [[7, 'never answers'], [8, 'answers with an error']] as const) {
  t.test(`a browser that ${what} keeps nobody from building`, async t => {
    const { browser } = await play(t, conn, null)
    browser.answering = false
    browser.send({ type: 'result', id: 0 })
    await browser.until(() => browser.messages.some(({ method }) => method === 'show'), 'the last call')
    // The reference had stopped after the first message.
    t.equal(browser.model.tree.nodes.size, 2, 'it was sent the whole window')
    const refused = recorded.get(conn)?.flatMap(step => step.kind === 'requests' ? step.requests : []).find(({ answer }) => answer?.type === 'error')
    const create = browser.messages.find(({ type }) => type === 'create')
    if (refused !== undefined) browser.send({ ...refused.answer, id: create?.id })
    await browser.taken()
    t.equal(browser.closed, null)
  })
}

t.test('a session id that is a list is no handshake', async t => {
  const { browser, end } = await play(t, 9, { session_id: [1], token: 'x' })
  t.equal(end?.code, 1011)
  t.strictSame(browser.messages.map(({ type }) => type), ['init'])
})

t.test('a session id that is a number in a text opens nothing', async t => {
  const { browser } = await play(t, 10, { session_id: '1', token: 'x' })
  await browser.until(() => browser.info !== null, 'a session')
  t.not(browser.info?.session_id, '1')
})
