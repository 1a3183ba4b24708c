import type { FastifyInstance } from 'fastify'
import fc from 'fast-check'
import t from 'tap'
import type { Widget } from '../../lib/index.ts'
import type { Test } from 'tap'
import type { Session } from '../../lib/index.ts'
import { decodeBrowserFrame } from '../../lib/protocol/decode.ts'
import { build, open } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import type { Logs } from '../support/logs.ts'

const limits = { maxDepth: 64, maxMessages: 1000 }

interface Stage { app: FastifyInstance, session: Session, browser: Browser, logs: Logs, slider: number, button: number, clicks: () => number }

/** A session with a slider and a button, and its browser. */
async function stage (t: Test, options: object = {}): Promise<Stage> {
  let clicks = 0
  const sessions: Session[] = []
  const app = await build(t, {
    onConnect (session) {
      sessions.push(session)
      const W = session.getWidgets()
      W.Slider({ name: 'slider' })
      W.Button('x', { name: 'button' }).on('activated', () => { clicks++ })
    },
    ...options
  })
  const browser = await open(app)
  await browser.sync()
  const session = sessions[0] as Session
  return {
    app, session, browser, logs: app.logs, slider: session.find('slider')?.wid as number, button: session.find('button')?.wid as number, clicks: () => clicks
  }
}

t.test('every type of frame is taken, alone and in arrays', async t => {
  const { session, browser, slider, button, clicks } = await stage(t)
  browser.callback(slider, 'activated', 20)
  browser.callback(button, 'activated')
  browser.send([{ type: 'callback', wid: slider, action: 'activated', args: [30] }, { type: 'callback', wid: button, action: 'activated', args: [] }, null])
  browser.send({ type: 'viewport', width: 100.5, height: 0 })
  browser.send({ type: 'result', id: 3, value: { anything: [1] }, wid: 7, next_wid: 8, unknown_key: true })
  browser.send({ type: 'error', id: 3, error: 'Unknown method: x on y' })
  browser.send({ type: 'result' })
  browser.send([])
  await browser.sync()
  t.equal(session.find('slider', 'Slider')?.getValue(), 30)
  t.equal(clicks(), 2)
  t.strictSame(session.connections[0]?.viewport, { width: 100.5, height: 0 })
  t.equal(session.connections[0]?.counts.invalid, 0)
})

t.test('an error of a browser is logged with what it was about, and not in full length', async t => {
  const { session, browser, logs, slider } = await stage(t)
  browser.answering = false
  session.find('slider', 'Slider')?.setValue(7)
  const call = await browser.wait(({ method }) => method === 'set_value')
  browser.send({ type: 'error', id: call.id, error: 'boom ' + 'x'.repeat(100_000) })
  await browser.sync()
  const [line] = logs.of('the browser refused a message')
  t.match(line, { message: { type: 'call', wid: slider, method: 'set_value' }, error: /^boom x/ })
  t.ok(JSON.stringify(line).length < 2000)
})

t.test('invalid frames are counted and logged with a reason, and change nothing', async t => {
  const { session, browser, logs, slider, button, clicks } = await stage(t, { maxInvalidFrames: 1000 })
  const report = (wid: unknown, action: unknown, args: unknown): string => JSON.stringify({ type: 'callback', wid, action, args })
  const deep = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels)
  const cases: Array<[frame: string | Buffer, reason: RegExp]> = [
    ['', /not JSON/],
    ['{', /not JSON/],
    ['undefined', /not JSON/],
    ['NaN', /not JSON/],
    ['{"type":"callback","wid":1,"action":"activated","args":[NaN]}', /not JSON/],
    ['null', /not an object/],
    ['7', /not an object/],
    ['"callback"', /not an object/],
    ['{}', /unknown type/],
    ['{"type":null}', /unknown type/],
    ['{"type":["callback"]}', /unknown type/],
    ['{"type":"__proto__"}', /unknown type/],
    ['{"type":"constructor"}', /unknown type/],
    ['{"type":"create","id":1,"wid":1,"class":"Label","args":[]}', /unknown type "create"/],
    ['{"__proto__":{"type":"callback"}}', /unknown type/],
    ['[[]]', /not an object/],
    ['[7]', /not an object/],
    [report(slider, 'activated', '5'), /callback: \/args/],
    [report(slider, 'activated', { length: 1, 0: 5 }), /callback: \/args/],
    [report(String(slider), 'activated', [5]), /callback: \/wid/],
    [report(-1, 'activated', [5]), /callback: \/wid/],
    [report(0, 'activated', [5]), /callback: \/wid/],
    [report(1.5, 'activated', [5]), /callback: \/wid/],
    [report(1e308, 'activated', [5]), /there is no widget 1e\+308/],
    [report(9_999_999, 'activated', [5]), /there is no widget 9999999/],
    [report(slider, '', [5]), /callback: \/action/],
    [report(slider, 'x'.repeat(100), [5]), /callback: \/action/],
    [report(slider, 'exploded', [5]), /Slider#\d+ "slider" has no action exploded/],
    [report(slider, 'constructor', []), /has no action constructor/],
    [report(slider, 'toString', []), /has no action toString/],
    [report(slider, '__proto__', []), /has no action __proto__/],
    [report(slider, 'hasOwnProperty', ['x']), /has no action hasOwnProperty/],
    [report(slider, 'activated', []), /expected 1 arguments, got 0/],
    [report(slider, 'activated', [5, 6]), /expected 1 arguments, got 2/],
    [report(slider, 'activated', ['5']), /value: expected a number, got "5"/],
    [report(slider, 'activated', [null]), /value: expected a number, got null/],
    [report(slider, 'activated', [[5]]), /value: expected a number/],
    [report(slider, 'activated', [{ __proto__: 5 }]), /value: expected a number/],
    [report(slider, 'activated', Array.from({ length: 100_000 }, () => 5)), /expected 1 arguments, got 100000/],
    [report(slider, 'activated', [Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`key${i}`, i]))]), /value: expected a number, got \{"key0":0/],
    [report(button, 'activated', ['extra']), /expected 0 arguments, got 1/],
    ['{"type":"viewport","width":-1,"height":5}', /viewport: \/width/],
    ['{"type":"viewport","width":"5","height":5}', /viewport: \/width/],
    ['{"type":"viewport"}', /viewport:/],
    ['{"type":"result","id":-1}', /result: \/id/],
    ['{"type":"result","id":1.5}', /result: \/id/],
    ['{"type":"error","id":1}', /error: \/error/],
    ['{"type":"error","id":1,"error":{}}', /error: \/error/],
    [`{"type":"callback","wid":${slider},"action":"activated","args":${deep(80)}}`, /nested deeper than 64/],
    [deep(100_000), /nested deeper than 64/],
    ['{"a":'.repeat(10_000), /nested deeper than 64/],
    [Buffer.from('bytes'), /binary frame without a header/],
    ['{"type":"binary-chunk","wid":1}', /binary-chunk:/],
    ['{"type":"binary-chunk","wid":1,"transfer_id":-1,"file_index":0,"file_count":1,"chunk_index":0,"num_chunks":1}', /binary-chunk: \/transfer_id/],
    ['{"type":"binary-chunk","wid":1,"transfer_id":1,"file_index":0,"file_count":1,"chunk_index":0,"num_chunks":1e308}', /binary-chunk: \/num_chunks/],
    ['{"type":"binary-chunk","wid":1,"transfer_id":5,"file_index":0,"file_count":1,"chunk_index":0,"num_chunks":1,"encoding":"base64","data":"AAAA"}', /transfer 5, which is not open/]
  ]
  for (const [i, [frame, reason]] of cases.entries()) {
    browser.raw(frame)
    await browser.sync()
    const lines = logs.of('invalid frame')
    t.equal(lines.length, i + 1, `counted once: ${frame.toString().slice(0, 80)}`)
    t.match(lines[i]?.reason, reason)
    if (lines.length !== i + 1) break
  }
  t.equal(session.connections[0]?.counts.invalid, cases.length)
  t.equal(session.find('slider', 'Slider')?.getValue(), 50)
  t.equal(clicks(), 0)
  t.equal(logs.lines.filter(({ level }) => level >= 50).length, 0, 'none of it is an error of the server')
  t.equal(({} as Record<string, unknown>).type, undefined, 'no prototype was touched')
})

t.test('invalid UTF-8 ends the connection alone', async t => {
  const { browser } = await stage(t)
  browser.socket.send(Buffer.from([0x22, 0xc3, 0x28, 0x22]), { binary: false })
  t.match(await browser.closed, { code: 1007 })
})

t.test('good messages of an array are taken, the others refused', async t => {
  const { session, browser, slider } = await stage(t)
  browser.send([7, { type: 'callback', wid: slider, action: 'activated', args: [10] }, { type: 'nonsense' }, { type: 'callback', wid: slider, action: 'constructor', args: [] }, { type: 'callback', wid: slider, action: 'activated', args: [60] }])
  await browser.sync()
  t.equal(session.find('slider', 'Slider')?.getValue(), 60)
  t.equal(session.connections[0]?.counts.invalid, 3)
})

t.test('above the limit of invalid frames the connection is closed, and the log is not flooded', async t => {
  const { browser, logs, session } = await stage(t, { maxInvalidFrames: 5 })
  browser.send(Array.from({ length: 50_000 }, () => 1))
  t.match(await browser.closed, { code: 4004, reason: 'The browser sent too many invalid messages' })
  t.ok(logs.of('invalid frame').length <= 6, `${logs.of('invalid frame').length} lines`)
  t.notOk(session.destroyed, 'the session lives on')
})

t.test('binary chunks of a transfer that a callback announced are dropped without a fuss', async t => {
  const { session, browser, logs } = await stage(t)
  const label = session.getWidgets().Label('drop here')
  label.on('drop-end', () => {})
  await browser.sync()
  const event = { type: 'drop', time_stamp: 1, x: 1, y: 1, viewport_x: 1, viewport_y: 1, button_trigger: 0, button_mask: 0, modifiers: [], types: [], text: null, url: null, html: null, files: [], transfer_id: 9 }
  browser.callback(label.wid, 'drop-end', event)
  const chunk = { type: 'binary-chunk', wid: label.wid, transfer_id: 9, file_index: 0, file_count: 1, chunk_index: 0, num_chunks: 1 }
  browser.send(chunk)
  browser.raw(Buffer.alloc(1000))
  browser.send({ ...chunk, transfer_id: 10 })
  browser.raw(Buffer.alloc(1000))
  await browser.sync()
  t.strictSame(logs.of('invalid frame').map(({ reason }) => reason), ['a chunk of transfer 10, which is not open'])
})

t.test('reports about what has ended are stale, not invalid', async t => {
  const { session, browser, button } = await stage(t)
  session.find('button', 'Button')?.destroy()
  browser.callback(button, 'activated')
  browser.callback(session.find('slider')?.wid as number, 'pointer-down', {})
  await browser.sync()
  t.match(session.connections[0]?.counts, { stale: 1 })
})

t.test('a flood of callbacks for handlers that hang is cut off', async t => {
  const { session, browser, button } = await stage(t, { maxPendingCallbacks: 10 })
  const hanging = session.getWidgets().Button('hang', { name: 'hang' })
  hanging.on('activated', () => new Promise(() => {}))
  for (let i = 0; i < 20; i++) browser.callback(hanging.wid, 'activated')
  t.match(await browser.closed, { code: 1013 })
  t.ok(button)
  t.notOk(session.destroyed)
})

t.test('property: decoding never throws, and lets through only what its schema says', async t => {
  const json = fc.json({ maxDepth: 5 })
  const near = fc.record({
    type: fc.constantFrom('result', 'error', 'callback', 'viewport', 'binary-chunk', 'init', '__proto__'),
    id: fc.oneof(fc.integer(), fc.double(), fc.string()),
    wid: fc.oneof(fc.integer(), fc.double(), fc.string()),
    action: fc.oneof(fc.string(), fc.integer()),
    args: fc.oneof(fc.array(fc.anything()), fc.anything()),
    width: fc.double(),
    height: fc.double(),
    error: fc.anything(),
    session_id: fc.anything(),
    token: fc.anything()
  }, { requiredKeys: ['type'] })
  const text = fc.oneof(fc.string(), json, near.map(safeJson), fc.array(near, { maxLength: 5 }).map(safeJson))
  fc.assert(fc.property(text, frame => {
    const { messages, refused } = decodeBrowserFrame(frame, limits)
    for (const message of messages) {
      if (message.type === 'callback' && !(Number.isInteger(message.wid) && message.wid >= 1 && Array.isArray(message.args) && typeof message.action === 'string')) return false
      if (message.type === 'viewport' && !(message.width >= 0 && message.height >= 0)) return false
      if (message.type === 'error' && typeof message.error !== 'string') return false
    }
    return refused.every(reason => typeof reason === 'string' && reason !== '')
  }), { numRuns: 3000 })
  t.pass('3000 frames')
})

t.test('property: whatever a browser sends, nothing crashes and another session does not notice', async t => {
  const failures: unknown[] = []
  const note = (error: unknown): void => { failures.push(error) }
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  t.teardown(() => { process.off('unhandledRejection', note); process.off('uncaughtException', note) })
  const { app, session, browser, logs } = await stage(t, { maxInvalidFrames: 1e9 })
  const other = await open(app)
  const others = app.pgwidgets.sessions.get(other.credentials.session_id) as Session
  await other.sync()
  const theirs = others.snapshot()
  const heard = other.frames.length
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'x' })
  const tabs = W.TabWidget()
  tabs.addWidget(W.Label('a'), { title: 'a' })
  const combo = W.ComboBox({ editable: true })
  const bar = W.ToolBar()
  const action = bar.addAction({ text: 'x', toggle: true })
  const splitter = W.Splitter()
  top.setWidget(tabs)
  const entry = W.TextEntry('text')
  for (const widget of [top, tabs, combo, action, splitter, entry] as Widget[]) widget.on('resize', () => {})
  await browser.sync()
  const before = session.snapshot()
  const widgets = session.widgets()
  const value = fc.oneof(
    { weight: 3, arbitrary: fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown> },
    fc.constantFrom(1e308, -1, 0, 1.5, '', 'x'.repeat(500), true, null, [], {}, { __wid__: tabs.wid }, { __wid__: 1e308 }, { __wid__: -1, __class__: 'x' }, { width: 10, height: 10 })
  )
  const callback = fc.record({
    type: fc.constant('callback'),
    wid: fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...widgets.map(({ wid }) => wid)) }, fc.integer()),
    action: fc.constantFrom('activated', 'modified', 'resize', 'move', 'close', 'window-state', 'page-switch', 'page-close', 'sizing', 'map', 'constructor', '__proto__'),
    args: fc.array(value, { maxLength: 3 })
  })
  const answer = fc.record({ type: fc.constantFrom('result', 'error'), id: fc.integer({ min: -1, max: 100 }), value, error: fc.oneof(fc.string(), fc.constant('Unknown message type: batch')) })
  const frame = fc.oneof(
    { weight: 5, arbitrary: callback.map(safeJson) }, { weight: 2, arbitrary: answer.map(safeJson) },
    fc.array(fc.oneof(callback, answer, fc.jsonValue()), { maxLength: 4 }).map(safeJson), fc.json(), fc.string()
  )
  for (const text of fc.sample(frame, { numRuns: 1500, seed: 7 })) browser.raw(text)
  await browser.sync()
  t.equal(browser.socket.readyState, 1, 'the line is still up')
  t.strictSame(failures, [])
  t.strictSame(logs.lines.filter(({ level }) => level >= 50).map(line => JSON.stringify(line).slice(0, 400)), [], 'no error of the server\'s')
  t.notSame(session.snapshot(), before, 'some of it was valid')
  t.ok((session.connections[0]?.counts.invalid ?? 0) > 100)
  await other.sync()
  t.strictSame(others.snapshot(), theirs)
  t.equal(other.frames.length, heard)
  const joined = await open(app, '/', { credentials: browser.credentials })
  t.equal(joined.of('create').length, session.widgets().length, 'and what came of it can be shown')
})

function safeJson (value: unknown): string {
  try { return JSON.stringify(value, (_key, item: unknown) => typeof item === 'bigint' || typeof item === 'symbol' || typeof item === 'function' ? null : item) ?? 'null' } catch { return '{' }
}
