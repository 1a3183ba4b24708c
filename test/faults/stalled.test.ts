/** A browser whose line is bad hurts only itself. */
import t from 'tap'
import type { Test } from 'tap'
import type { Connection, PgwidgetsOptions, Session } from '../../lib/index.ts'
import { dial, headless, listen, until } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import { Proxy } from './proxy.ts'

const KB = 1024
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

interface Stage {
  readonly session: Session
  readonly proxy: Proxy
  readonly browsers: Browser[]
  readonly slider: number
  readonly label: number
  readonly connectionOf: (browser: Browser) => Connection
}

/** Ten browsers on one session, each through the proxy. */
async function stage (t: Test, options: PgwidgetsOptions = {}): Promise<Stage> {
  const { app, session, W } = await headless(t, { heartbeatInterval: 60_000, ...options })
  const slider = W.Slider({ max: 1_000_000, name: 'slider' }).wid
  const label = W.Label('', { name: 'label' }).wid
  const port = Number(new URL(await listen(app)).port)
  const proxy = await Proxy.start(t, () => port)
  const browsers: Browser[] = []
  const connections = new Map<Browser, Connection>()
  for (let i = 0; i < 10; i++) {
    const browser = await dial(proxy.url, { credentials: { session_id: session.id, token: session.token } })
    await browser.ready()
    browsers.push(browser)
    connections.set(browser, session.connections.at(-1) as Connection)
  }
  return { session, proxy, browsers, slider, label, connectionOf: browser => connections.get(browser) as Connection }
}

/** Sends so much that the line takes no more; others keep up. */
async function fill (session: Session, full: () => boolean, others: readonly Browser[]): Promise<void> {
  for (let i = 0; !full(); i++) {
    session.find('label', 'Label')?.setText(`${i} `.padEnd(32 * KB, 'z'))
    await Promise.all(others.map(browser => browser.sync()))
  }
}

const values = (browser: Browser, wid: number): number[] => browser.calls('set_value', wid).map(([value]) => value as number)

t.test('beside a stalled browser nine others get every update; it is sent little, and is right when it wakes', async t => {
  const marks = { lowMark: 64 * KB, highMark: 256 * KB, hardLimit: 4096 * KB }
  const { session, proxy, browsers, slider, label, connectionOf } = await stage(t, marks)
  const [stalled, ...good] = browsers as [Browser, ...Browser[]]
  const connection = connectionOf(stalled)
  const UPDATES = 3000
  // One batch, on top of each mark.
  const SLACK = 40 * KB
  proxy.of(stalled).stall()
  // What the kernel's buffers take counts for nothing here: they are filled first.
  await fill(session, () => connection.queuedBytes > marks.lowMark, good)
  const before = { frames: connection.sent.frames, most: 0 }
  for (let i = 1; i <= UPDATES; i++) {
    session.find('slider', 'Slider')?.setValue(i)
    session.find('label', 'Label')?.setText(`${i} `.padEnd(2 * KB, 'x'))
    // Nothing newer replaces these: they fill the queue up to the high mark.
    if (i % 3 === 0) session.getWidgets().Label('y'.repeat(KB)).destroy()
    await turn()
    before.most = Math.max(before.most, connection.queuedBytes)
    if (i % 100 === 0) await Promise.all(good.map(browser => browser.sync()))
  }
  t.ok(before.most > marks.lowMark, `it was stalled: ${before.most} bytes waited`)
  t.ok(before.most <= marks.lowMark + marks.highMark + SLACK, `at most ${before.most} bytes waited, of marks ${marks.lowMark} + ${marks.highMark}`)
  t.ok(connection.open)
  for (const [i, browser] of good.entries()) {
    const seen = values(browser, slider)
    t.equal(seen.length, UPDATES, `browser ${i} got every update`)
    t.ok(seen.every((value, at) => value === at + 1), 'in order')
    t.equal(connectionOf(browser).sent.coalesced, 0)
    t.equal(connectionOf(browser).counts.replays, 1)
  }

  const asleep = connection.sent.frames
  t.ok(asleep - before.frames < 10, `${asleep - before.frames} frames were sent to it meanwhile`)
  proxy.of(stalled).wake()
  await until(() => stalled.of('reconstruct-end').length > 1, 'it wakes and is replayed to', 10_000)
  await session.settled()
  await stalled.sync()
  const start = stalled.texts.findLastIndex(({ type }) => type === 'reconstruct-start')
  const shows = (method: string, wid: number): unknown => stalled.last(method, wid)?.[0]
  t.equal(connection.counts.replays, 2)
  t.equal(shows('set_value', slider), UPDATES)
  t.equal(shows('set_text', label), session.find('label', 'Label')?.getText())
  t.equal(stalled.texts.slice(start).filter(({ type }) => type === 'create').length, session.widgets().length)
  const frames = connection.sent.frames - asleep
  t.ok(frames < UPDATES / 100, `${frames} frames after it woke, for ${UPDATES} updates`)
  t.comment(`most queued ${before.most} bytes, ${frames} frames after waking, ${good.length} × ${UPDATES} updates`)

  session.find('slider', 'Slider')?.setValue(7)
  await stalled.wait(({ method, wid, args }) => method === 'set_value' && wid === slider && (args as number[])[0] === 7)
})

t.test('a browser on a slow line is sent what it can take, and ends up right; others are not held up', async t => {
  const { session, proxy, browsers, slider, connectionOf } = await stage(t, { lowMark: 32 * KB, highMark: 1024 * KB })
  const [slow, good] = browsers as [Browser, Browser]
  const line = proxy.of(slow)
  line.slow(2048 * KB)
  line.stall()
  await fill(session, () => connectionOf(slow).queuedBytes > 32 * KB, [good])
  for (let i = 1; i <= 1000; i++) {
    // It reads on in the midst of them, as fast as it can.
    if (i === 200) line.wake()
    session.find('slider', 'Slider')?.setValue(i)
    session.find('label', 'Label')?.setText(`${i} `.padEnd(8 * KB, 'x'))
    await turn()
    if (i % 50 === 0) await good.sync()
  }
  t.equal(values(good, slider).length, 1000)
  await until(() => slow.last('set_value', slider)?.[0] === 1000, 'the slow one catches up', 15_000)
  await session.settled()
  t.strictSame(slow.last('set_text'), good.last('set_text'))
  t.ok(connectionOf(slow).sent.coalesced > 100, `${connectionOf(slow).sent.coalesced} calls were replaced by newer ones`)
  t.ok(values(slow, slider).length < 1000)
})

t.test('a half-open line is noticed by the heartbeat, and the others stay', async t => {
  const { session, proxy, browsers, connectionOf } = await stage(t, { heartbeatInterval: 200 })
  const [dead, ...alive] = browsers as [Browser, ...Browser[]]
  const connection = connectionOf(dead)
  proxy.of(dead).halfOpen()
  await until(() => !session.connections.includes(connection), 'the session has let go of it')
  t.equal(dead.socket.readyState, 1, 'the browser\'s end knows nothing of it')
  t.notOk(connection.open)
  for (const browser of alive) {
    await browser.sync()
    t.equal(browser.socket.readyState, 1)
  }
  t.equal(session.connections.length, 9)
})

t.test('a question goes on to another browser when the line of the one asked is cut', async t => {
  const { session, proxy, browsers } = await stage(t)
  const [first, second] = browsers as [Browser, Browser]
  first.answering = false
  for (const browser of browsers.slice(2)) await browser.drop()
  await until(() => session.connections.length === 2, 'two are left')
  const asked = session.find('slider', 'Slider')?.query.position()
  await first.wait(({ method }) => method === 'get_position')
  second.answering = false
  proxy.of(first).cut()
  const { id } = await second.wait(({ method }) => method === 'get_position')
  second.send({ type: 'result', id, value: [3, 4] })
  t.strictSame(await asked, [3, 4])
})
