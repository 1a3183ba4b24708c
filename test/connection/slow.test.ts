/** Browsers that read slowly, or answer late: real sockets, because only they stall. */
import v8 from 'node:v8'
import vm from 'node:vm'
import t from 'tap'
import type { Test } from 'tap'
import type { Connection, PgwidgetsOptions, Session } from '../../lib/index.ts'
import { SlowQueue } from '../../lib/connection/queue.ts'
import { Message } from '../../lib/session/message.ts'
import { build, dial, listen, open, tcp, until } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import type { Logs } from '../support/logs.ts'

const KB = 1024
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

interface Stage { session: Session, browser: Browser, connection: Connection, url: string, logs: Logs }

async function stage (t: Test, options: PgwidgetsOptions = {}): Promise<Stage> {
  const sessions: Session[] = []
  const app = await build(t, {
    onConnect (session) {
      sessions.push(session)
      const W = session.getWidgets()
      W.Label('', { name: 'label' })
      W.Slider({ max: 100_000, name: 'slider' })
      W.Slider({ max: 100_000, name: 'other' })
    },
    heartbeatInterval: 60_000,
    ...options
  })
  const url = await listen(app)
  const browser = await dial(url, { reply: ({ method, id }) => method === 'get_position' ? { type: 'result', id, value: [1, 2] } : undefined })
  await browser.ready()
  await browser.sync()
  const session = sessions[0] as Session
  return { session, browser, connection: session.connections[0] as Connection, url, logs: app.logs }
}

/** The browser stops reading; resolves when so much was sent to it that bytes wait in the server. */
async function stall ({ session, browser, connection }: Stage, above: number, piece: number): Promise<void> {
  tcp(browser).pause()
  const label = session.find('label', 'Label')
  for (let i = 0; connection.queuedBytes <= above; i++) {
    if (i > 500) throw new Error('the line takes everything')
    label?.setText(`${i} `.padEnd(piece, 'x'))
    await turn()
  }
}

t.test('a stalled browser\'s queue keeps the newest of each setter; it gets that, and little else, when it wakes', async t => {
  const s = await stage(t, { lowMark: 64 * KB, highMark: 1024 * KB })
  const { session, browser, connection, url } = s
  await stall(s, 64 * KB, 128 * KB)
  const [slider, other] = [session.find('slider', 'Slider'), session.find('other', 'Slider')]
  const witness = await dial(url, { credentials: browser.credentials })
  await witness.ready()
  const start = connection.queuedBytes
  for (let i = 1; i <= 2000; i++) {
    slider?.setValue(i)
    other?.setValue(2 * i)
    if (i % 20 === 0) await turn()
  }
  await turn()
  t.ok(connection.queuedBytes < start + 10 * KB, `its queue did not grow: ${start} to ${connection.queuedBytes}`)
  t.ok(connection.sent.coalesced > 3900, `${connection.sent.coalesced} of 4000 coalesced`)
  await witness.wait(({ method, args }) => method === 'set_value' && (args as number[])[0] === 4000)
  t.equal(witness.calls('set_value', slider?.wid).length, 2000, 'the other browser missed nothing')

  tcp(browser).resume()
  await browser.wait(({ method, wid, args }) => method === 'set_value' && wid === other?.wid && (args as number[])[0] === 4000)
  await browser.sync()
  t.strictSame(browser.last('set_value', slider?.wid), [2000])
  t.strictSame(browser.last('set_text'), [session.find('label', 'Label')?.getText()])
  t.ok(browser.calls('set_value').length < 100, `${browser.calls('set_value').length} calls`)
  t.equal(connection.counts.replays, 1, 'no replay was needed')
  await session.settled()
})

t.test('a call that is no setter is a barrier: nothing of its widget passes it', async t => {
  const s = await stage(t, { lowMark: 64 * KB, highMark: 1024 * KB })
  const { session, browser } = s
  await stall(s, 64 * KB, 128 * KB)
  const [slider, other] = [session.find('slider', 'Slider'), session.find('other', 'Slider')]
  slider?.setValue(1)
  slider?.setValue(2)
  other?.setValue(1)
  slider?.setLimits(0, 50)
  slider?.setValue(3)
  slider?.setValue(4)
  other?.setValue(2)
  tcp(browser).resume()
  await browser.wait(({ method, wid, args }) => method === 'set_value' && wid === other?.wid && (args as number[])[0] === 2)
  const order = browser.texts.filter(({ wid, method }) => wid === slider?.wid && method !== undefined).map(({ method, args }) => [method, ...args as number[]])
  t.strictSame(order, [['set_value', 2], ['set_limits', 0, 50], ['set_value', 4]])
  t.strictSame(browser.calls('set_value', other?.wid), [[2]])
})

t.test('above the high mark the queue is dropped; the browser is replayed to when it wakes', async t => {
  const s = await stage(t, { lowMark: 64 * KB, highMark: 256 * KB, queryTimeout: 60_000 })
  const { session, browser, connection, logs } = s
  await stall(s, 64 * KB, 128 * KB)
  const W = session.getWidgets()
  const answer = session.find('slider', 'Slider')?.query.position()
  let most = 0
  for (let i = 0; i < 2000; i++) {
    W.Label('y'.repeat(1000))
    session.find('slider', 'Slider')?.setValue(i)
    if (i % 50 === 0) await turn()
    most = Math.max(most, connection.queuedBytes)
  }
  t.ok(most < 64 * KB + 256 * KB + 512 * KB, `at most ${most} bytes waited`)
  t.equal(logs.of('slow browser, its queue was dropped').length, 1, 'said once')
  t.ok(connection.open)
  tcp(browser).resume()
  await until(() => browser.of('reconstruct-end').length === 2, 'the replay', 10_000)
  await session.settled()
  t.equal(connection.counts.replays, 2)
  t.strictSame(browser.last('set_value', session.find('slider')?.wid), [1999])
  const start = browser.texts.findLastIndex(({ type }) => type === 'reconstruct-start')
  t.equal(browser.texts.slice(start).filter(({ type }) => type === 'create').length, session.widgets().length)
  t.strictSame(await answer, [1, 2], 'a question that was dropped with the queue was put again')
  session.find('slider', 'Slider')?.setValue(5)
  await browser.wait(({ method, args }) => method === 'set_value' && (args as number[])[0] === 5)
})

t.test('a browser too far behind to be helped is closed with 1013, and is welcome again', async t => {
  const s = await stage(t, { lowMark: 1024 * KB, highMark: 2048 * KB, hardLimit: 4096 * KB, closeTimeout: 5000 })
  const { session, browser, connection, url, logs } = s
  await stall(s, 1, 512 * KB)
  session.find('label', 'Label')?.setText('z'.repeat(8 * 1024 * KB))
  await until(() => !connection.open, 'the server gives up')
  t.equal(logs.of('slow browser, its connection is closed').length, 1)
  tcp(browser).resume()
  t.match(await browser.closed, { code: 1013, reason: 'The connection is too slow' })
  t.notOk(session.destroyed)
  const back = await dial(url, { credentials: browser.credentials })
  await back.ready()
  t.equal(back.credentials.session_id, session.id)
})

t.test('a browser that reads but does not answer is sent no more than it may leave unanswered', async t => {
  const s = await stage(t, { maxUnanswered: 10, highMark: 1024 * KB })
  const { session, browser, connection } = s
  browser.answering = false
  const slider = session.find('slider', 'Slider')
  for (let i = 1; i <= 500; i++) {
    slider?.setValue(i)
    await turn()
  }
  await browser.sync()
  const pending = browser.calls('set_value')
  t.ok(pending.length <= 12, `${pending.length} were sent`)
  t.ok(connection.sent.coalesced > 480)
  browser.answering = true
  for (const { id, method } of browser.of('call')) if (method === 'set_value') browser.send({ type: 'result', id })
  await browser.wait(({ method, args }) => method === 'set_value' && (args as number[])[0] === 500)
  await session.settled()
})

t.test('a browser that never answers is not replayed to over and over', async t => {
  const s = await stage(t, { maxUnanswered: 5, lowMark: 4 * KB, highMark: 16 * KB })
  const { session, browser, connection } = s
  browser.answering = false
  const W = session.getWidgets()
  for (let i = 0; i < 400; i++) {
    W.Label('y'.repeat(500)).destroy()
    await turn()
  }
  await browser.sync()
  t.ok(connection.counts.replays <= 2, `${connection.counts.replays} replays`)
  t.ok(connection.queuedBytes < 32 * KB)
})

t.test('settled() waits for slow browsers and for no others', async t => {
  const s = await stage(t)
  const { session, browser } = s
  browser.answering = false
  session.find('slider', 'Slider')?.setValue(9)
  let settled = false
  const waiting = session.settled().then(() => { settled = true })
  const call = await browser.wait(({ method }) => method === 'set_value')
  await browser.sync()
  t.notOk(settled)
  browser.send({ type: 'result', id: call.id })
  await waiting
  session.find('slider', 'Slider')?.setValue(10)
  const again = session.settled()
  await browser.wait(({ method, args }) => method === 'set_value' && (args as number[])[0] === 10)
  await browser.drop()
  await again
  t.pass('a browser that has gone is not waited for')
  await session.settled()
})

t.test('nothing passes a batch, which may be about any widget', t => {
  const queue = new SlowQueue()
  const call = (id: number, value: number): Message =>
    new Message(id, { type: 'call', id, wid: 1, method: 'set_value', args: [value], silent: true }, { coalesce: '1.set_value', touches: ['1.value'] })
  const batch = new Message(3, { type: 'batch', id: 3, calls: [{ wid: 1, method: 'set_limits', args: [0, 5], silent: true }] })
  for (const message of [call(1, 10), call(2, 20), batch, call(4, 3), call(5, 4)]) queue.add(message)
  t.strictSame(queue.take().map(({ id }) => id), [2, 3, 5])
  t.end()
})

t.test('the queue of a browser that never wakes does not grow by what it replaces', t => {
  v8.setFlagsFromString('--expose_gc')
  const collect = vm.runInNewContext('gc') as () => void
  const queue = new SlowQueue()
  const message = new Message(1, { type: 'call', id: 1, wid: 1, method: 'set_value', args: [1], silent: true }, { coalesce: '1.set_value', touches: ['1.value'] })
  collect()
  const before = process.memoryUsage().heapUsed
  for (let i = 0; i < 1_000_000; i++) queue.add(message)
  collect()
  const grown = process.memoryUsage().heapUsed - before
  t.ok(grown < 4_000_000, `${grown} bytes`)
  t.equal(queue.take().length, 1)
  t.ok(queue.empty)
  t.end()
})

t.test('a browser that does not know batch gets single calls, and ends up right', async t => {
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Label('', { name: 'a' })
      W.Label('', { name: 'b' })
    }
  })
  const browser = await open(app, '/', { reply: message => message.type === 'batch' ? { type: 'error', id: message.id, error: 'Unknown message type: batch' } : undefined })
  await browser.sync()
  const session = app.pgwidgets.sessions.get(browser.credentials.session_id) as Session
  const [a, b] = [session.find('a', 'Label'), session.find('b', 'Label')]
  // Both are under way before the first refusal is here, and so is the call behind them.
  session.batch(() => { a?.setText('first'); b?.setText('first') })
  await turn()
  session.batch(() => { a?.setText('second') })
  await turn()
  b?.setText('last')
  await session.settled()
  await browser.sync()
  const shown = (wid: number | undefined): unknown => {
    const { texts } = browser
    const seen = texts.slice(texts.findLastIndex(({ type }) => type === 'reconstruct-start')).filter(({ type }) => type !== 'batch')
    return browser.calls('set_text', wid, seen).at(-1)?.[0] ?? (seen.find(message => message.type === 'create' && message.wid === wid)?.args as unknown[] | undefined)?.[0]
  }
  t.equal(shown(a?.wid), 'second')
  t.equal(shown(b?.wid), 'last')
  const batches = browser.of('batch').length
  session.batch(() => { a?.setText('third'); b?.setText('third') })
  await session.settled()
  t.equal(browser.of('batch').length, batches, 'no batch any more')
  t.equal(shown(a?.wid), 'third')
  t.equal(shown(b?.wid), 'third')
  t.equal(app.logs.of('the browser refused a message').length, 0)
})

t.test('what went wrong in a batch is logged, and an odd answer to one is no trouble', async t => {
  const app = await build(t, { onConnect (session) { session.getWidgets().Label('', { name: 'a' }) } })
  const values: unknown[] = [{ errors: ['Unknown method: x'] }, null, 7, { errors: null }, { errors: [{}, 'x'.repeat(100_000)] }]
  let next = 0
  const browser = await open(app, '/', { reply: message => message.type === 'batch' ? { type: 'result', id: message.id, value: values[next++] } : undefined })
  const session = app.pgwidgets.sessions.get(browser.credentials.session_id) as Session
  for (let i = 0; i < values.length; i++) {
    session.batch(() => { session.find('a', 'Label')?.setText(String(i)) })
    await session.settled()
  }
  t.match(app.logs.of('the browser could not do all of a batch')[0], { errors: ['Unknown method: x'] })
  t.equal(app.logs.lines.filter(({ level }) => level >= 50).length, 0)
  t.ok(app.logs.text.length < 50_000, 'texts are not logged in full')
})

t.test('close() of a connection: default, own code and reason, and mistakes', async t => {
  const app = await build(t)
  const connectionOf = ({ credentials: { session_id: id } }: Browser): Connection => app.pgwidgets.sessions.get(id)?.connections[0] as Connection
  const first = await open(app)
  connectionOf(first).close()
  t.match(await first.closed, { code: 4005 })
  const second = await open(app)
  connectionOf(second).close(4123, 'r'.repeat(300))
  const { code, reason } = await second.closed
  t.equal(code, 4123)
  t.match(reason, /^r{100,123}$/)
  const umlauts = await open(app)
  connectionOf(umlauts).close(4123, 'ü'.repeat(100))
  t.match(await umlauts.closed, { code: 4123, reason: /^ü+$/ })
  const third = await open(app)
  const connection = connectionOf(third)
  t.throws(() => connection.close(1006))
  t.ok(connection.open, 'a code that there is not leaves it as it was')
  connection.close(1013)
  connection.close(4001, 'too late')
  t.match(await third.closed, { code: 1013 })
})

t.test('a browser that sends too fast is read more slowly, loses nothing, and stays connected', async t => {
  const s = await stage(t, { framesPerSecond: 200, frameBurst: 100, heartbeatInterval: 200 })
  const { browser, connection, logs } = s
  const before = connection.counts.framesIn
  // About 1 KB each, so that what the server reads at once is few of them.
  const started = performance.now()
  for (let i = 1; i <= 400; i++) browser.send({ type: 'viewport', width: i, height: 1, padding: 'x'.repeat(1000) })
  await until(() => connection.counts.framesIn - before >= 300, 'most of them', 10_000)
  t.ok(performance.now() - started > 700, `those after the burst of 100 came in ${Math.round(performance.now() - started)} ms`)
  await until(() => connection.viewport?.width === 400, 'all of them', 10_000)
  t.ok(performance.now() - started > 1000, `all after ${Math.round(performance.now() - started)} ms`)
  t.ok(connection.open, 'it was not taken for dead meanwhile')
  t.equal(logs.lines.filter(({ code }) => code === 'PGW_ERR_FRAME_RATE').length, 1, 'said once')
})
