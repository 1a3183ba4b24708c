/** Files that browsers send: put together, bounded, and kept apart; lies end a transfer and nothing else. */
import fc from 'fast-check'
import t from 'tap'
import type { Test } from 'tap'
import type { DropEndPayload, PgwidgetsOptions, Session, UploadProgressPayload } from '../../lib/index.ts'
import { Uploads } from '../../lib/connection/uploads.ts'
import type { Upload } from '../../lib/session/upload.ts'
import { defer, headless, open, until } from '../support/app.ts'
import type { Browser, Frame } from '../support/browser.ts'
import type { Logs } from '../support/logs.ts'
import { hear, latest, link } from '../security/support.ts'

const DROP = { type: 'drop', time_stamp: 1, x: 1, y: 1, viewport_x: 1, viewport_y: 1, button_trigger: 1, button_mask: 0, modifiers: [], types: ['Files'], text: null, url: null, html: null }

interface Stage {
  readonly session: Session
  readonly logs: Logs
  readonly wid: number
  readonly dropped: DropEndPayload[]
  readonly progress: UploadProgressPayload[]
  readonly show: (manners?: object) => Promise<Browser>
  /** Somebody who comes by a link. */
  readonly guest: (credentials: object) => Promise<Browser>
}

/** A label that files are dropped on. */
async function stage (t: Test, options: PgwidgetsOptions = {}): Promise<Stage> {
  const { app, session, W, show } = await headless(t, options)
  const dropped: DropEndPayload[] = []
  const progress: UploadProgressPayload[] = []
  const label = W.Label('drop here', { name: 'label' })
  label.on('drop-end', event => { dropped.push(event) })
  label.on('drop-progress', event => { progress.push(event) })
  return { session, logs: app.logs, wid: label.wid, dropped, progress, show: show as Stage['show'], guest: credentials => open(app, '/', { credentials }) }
}

interface Announced { readonly name?: string, readonly size: number, readonly error?: string }

/** Says that files will come. */
function announce (browser: Browser, wid: number, id: number, ...files: Announced[]): void {
  browser.callback(wid, 'drop-end', {
    ...DROP, transfer_id: id, files: files.map((file, i) => ({ name: `file ${i}`, type: 'text/plain', encoding: 'bytes', ...file }))
  })
}

/** A chunk's header. */
const header = (wid: number, id: number, more: object = {}): Frame =>
  ({ type: 'binary-chunk', wid, transfer_id: id, file_index: 0, file_count: 1, chunk_index: 0, num_chunks: 1, encoding: 'binary', ...more })

function chunk (browser: Browser, wid: number, id: number, bytes: string | Buffer, more: object = {}): void {
  browser.send(header(wid, id, more))
  browser.raw(Buffer.from(bytes))
}

/** Credentials go along with `init` where a test answers it. */
const ours = (session: Session): object => ({
  reply: (message: Frame) => message.type === 'init' ? { type: 'result', id: 0, extensions: 1, session_id: session.id, token: session.token } : undefined
})

const textOf = ({ data }: { readonly data: Uint8Array | null } = { data: null }): string | null => data === null ? null : Buffer.from(data).toString()

t.test('a report of files waits for all of them, and tells meanwhile how far they are', async t => {
  const { wid, dropped, progress, show } = await stage(t)
  const browser = await show()
  announce(browser, wid, 1, { name: 'a.txt', size: 6 }, { name: 'empty', size: 0 }, { name: 'b', size: 1 })
  chunk(browser, wid, 1, 'abc', { file_count: 3, num_chunks: 2 })
  chunk(browser, wid, 1, 'def', { file_count: 3, chunk_index: 1, num_chunks: 2 })
  chunk(browser, wid, 1, '', { file_index: 1, file_count: 3 })
  await browser.sync()
  t.same(dropped, [])
  chunk(browser, wid, 1, 'x', { file_index: 2, file_count: 3 })
  await browser.sync()
  const [event] = dropped
  t.match(event, { ...DROP, transfer_id: 1, files: [{ name: 'a.txt', size: 6, type: 'text/plain', encoding: 'bytes' }, { name: 'empty' }, { name: 'b' }] })
  t.same(event?.files.map(textOf), ['abcdef', '', 'x'])
  t.ok(event?.files.every(({ data }) => data instanceof Uint8Array))
  t.same(progress, [
    { file_index: 0, chunk_index: 0, num_chunks: 2, transferred_bytes: 3, complete: false },
    { file_index: 0, chunk_index: 1, num_chunks: 2, transferred_bytes: 6, complete: false },
    { file_index: 1, chunk_index: 0, num_chunks: 1, transferred_bytes: 6, complete: false },
    { file_index: 2, chunk_index: 0, num_chunks: 1, transferred_bytes: 7, complete: true }
  ].map(place => ({ transfer_id: 1, total_bytes: 7, ...place })))
})

t.test('chunks may be base64, headers may come before the bytes of others, transfers side by side', async t => {
  const { session, wid, dropped, show } = await stage(t)
  const browser = await show()
  announce(browser, wid, 1, { size: 4 })
  announce(browser, wid, 2, { size: 2 })
  announce(browser, wid, 3, { size: 5 })
  browser.send([header(wid, 1, { num_chunks: 2 }), header(wid, 2, { num_chunks: 2 }), header(wid, 1, { num_chunks: 2, chunk_index: 1 })])
  browser.send(header(wid, 3, { encoding: 'base64', data: Buffer.from('hello').toString('base64') }))
  browser.raw(Buffer.from('ab'))
  browser.raw(Buffer.from('x'))
  browser.raw(Buffer.from('cd'))
  browser.send(header(wid, 2, { chunk_index: 1, num_chunks: 2, encoding: 'base64', data: 'eQ==' }))
  await browser.sync()
  t.same(dropped.map(({ transfer_id: id, files }) => [id, textOf(files[0])]), [[3, 'hello'], [1, 'abcd'], [2, 'xy']])
  t.equal(latest(session).counts.invalid, 0)
})

t.test('two browsers may send at once under the same number', async t => {
  const { wid, dropped, show } = await stage(t)
  const [one, two] = [await show(), await show()]
  announce(one, wid, 1, { name: 'one', size: 4 })
  announce(two, wid, 1, { name: 'two', size: 4 })
  chunk(one, wid, 1, 'on', { num_chunks: 2 })
  chunk(two, wid, 1, 'tw', { num_chunks: 2 })
  await Promise.all([one.sync(), two.sync()])
  chunk(two, wid, 1, 'o!', { chunk_index: 1, num_chunks: 2 })
  await two.sync()
  chunk(one, wid, 1, 'e!', { chunk_index: 1, num_chunks: 2 })
  await one.sync()
  t.same(dropped.map(({ files: [file] }) => [file?.name, textOf(file)]), [['two', 'two!'], ['one', 'one!']])
})

t.test('a file that could not be read has an error in place of its bytes: from the start, on the way, or all of them', async t => {
  const { session, wid, dropped, show } = await stage(t)
  const browser = await show()
  const error = 'it is a folder'
  announce(browser, wid, 1, { size: 2 }, { size: 4096, error }, { size: 1 })
  chunk(browser, wid, 1, 'ok', { file_count: 3 })
  chunk(browser, wid, 1, '', { file_count: 3, file_index: 1 })
  chunk(browser, wid, 1, '!', { file_count: 3, file_index: 2 })
  announce(browser, wid, 2, { size: 4 }, { size: 1 })
  chunk(browser, wid, 2, 'ab', { file_count: 2, num_chunks: 2 })
  browser.send(header(wid, 2, { file_count: 2, chunk_index: 1, num_chunks: 2, encoding: 'base64', data: '', error: 'it has changed' }))
  chunk(browser, wid, 2, '?', { file_count: 2, file_index: 1 })
  browser.callback(wid, 'drop-end', { ...DROP, files: [{ name: 'x', size: 9, type: '', encoding: 'bytes', data: null, error }] })
  await browser.sync()
  t.same(dropped.map(({ files }) => files.map(file => textOf(file) ?? file.error)), [['ok', error, '!'], ['it has changed', '?'], [error]])
  t.ok(dropped.every(({ files }) => files.every(({ data, error }) => (data === null) === (error !== undefined))))
  t.equal(latest(session).counts.invalid, 0)
})

t.test('a drop without files reaches its handler at once, and drop-start does so once', async t => {
  const { session, show } = await stage(t)
  const starts: unknown[] = []
  const label = session.find('label', 'Label')
  label?.on('drop-start', event => { starts.push(event) })
  const ends: unknown[] = []
  label?.on('drop-end', event => { ends.push(event) })
  const browser = await show()
  const wid = label?.wid as number
  browser.callback(wid, 'drop-start', { ...DROP, files: [] })
  browser.callback(wid, 'drop-end', { ...DROP, text: 'hello', files: [] })
  browser.callback(wid, 'drop-start', { ...DROP, files: [{ name: 'x', size: 1, type: '', encoding: 'bytes', data: null }] })
  announce(browser, wid, 1, { size: 1 })
  chunk(browser, wid, 1, 'x')
  await browser.sync()
  t.equal(starts.length, 2)
  t.match(ends, [{ text: 'hello', files: [] }, { files: [{ data: Uint8Array }] }])
})

const LIES: Readonly<Record<string, readonly [lie: (browser: Browser, wid: number) => void, reason: RegExp]>> = {
  'another number of files': [(browser, wid) => chunk(browser, wid, 1, 'abc', { file_count: 2, num_chunks: 2 }), /it has 1 files, not 2/],
  'another widget': [(browser, wid) => chunk(browser, wid + 1, 1, 'abc', { num_chunks: 2 }), /belongs to widget/],
  'a later chunk': [(browser, wid) => chunk(browser, wid, 1, 'abc', { chunk_index: 1, num_chunks: 2 }), /chunk 1 of file 0 is not the next/],
  'a file that there is not': [(browser, wid) => chunk(browser, wid, 1, 'abc', { file_index: 1, num_chunks: 2 }), /chunk 0 of file 1 is not the next/],
  'no chunks at all': [(browser, wid) => chunk(browser, wid, 1, 'abc', { num_chunks: 0 }), /cannot have 0 chunks/],
  'more chunks than bytes': [(browser, wid) => chunk(browser, wid, 1, 'abc', { num_chunks: 7 }), /cannot have 7 chunks/],
  'more bytes than announced': [(browser, wid) => chunk(browser, wid, 1, 'abcdefg', { num_chunks: 2 }), /more than the 6 bytes/],
  'fewer bytes than announced': [(browser, wid) => chunk(browser, wid, 1, 'abc'), /3 of the 6 bytes/],
  'a chunk of nothing': [(browser, wid) => chunk(browser, wid, 1, '', { num_chunks: 2 }), /a chunk of nothing/],
  'no base64': [(browser, wid) => browser.send(header(wid, 1, { encoding: 'base64', data: 'ab*=' })), /not base64/],
  'base64 without data': [(browser, wid) => browser.send(header(wid, 1, { encoding: 'base64' })), /not base64/],
  'an error with bytes': [(browser, wid) => chunk(browser, wid, 1, 'abc', { error: 'no' }), /an error and bytes/],
  'other counts later': [(browser, wid) => {
    chunk(browser, wid, 1, 'abc', { num_chunks: 2 })
    chunk(browser, wid, 1, 'def', { chunk_index: 1, num_chunks: 3 })
  }, /cannot have 3 chunks/],
  'one chunk twice': [(browser, wid) => {
    chunk(browser, wid, 1, 'abc', { num_chunks: 2 })
    chunk(browser, wid, 1, 'abc', { num_chunks: 2 })
  }, /is not the next/],
  'base64 between a header and its bytes': [(browser, wid) => {
    browser.send(header(wid, 1, { num_chunks: 2 }))
    browser.send(header(wid, 1, { chunk_index: 1, num_chunks: 2, encoding: 'base64', data: 'ZGVm' }))
    browser.raw(Buffer.from('abc'))
  }, /between a header and its bytes/],
  'the same transfer again': [(browser, wid) => {
    announce(browser, wid, 1, { size: 1 })
    chunk(browser, wid, 1, 'abc')
  }, /is open already/]
}

for (const [what, [lie, reason]] of Object.entries(LIES)) {
  t.test(`a lie ends its transfer, is counted and logged, and leaves others alone: ${what}`, async t => {
    const { session, logs, wid, dropped, progress, show } = await stage(t)
    const browser = await show(ours(session))
    announce(browser, wid, 9, { size: 4 })
    chunk(browser, wid, 9, 'go', { num_chunks: 2 })
    announce(browser, wid, 1, { size: 6 })
    lie(browser, wid)
    // What was on its way meanwhile is no further fault.
    chunk(browser, wid, 1, 'def', { chunk_index: 1, num_chunks: 2 })
    chunk(browser, wid, 9, 'od', { chunk_index: 1, num_chunks: 2 })
    await browser.sync()
    t.match(logs.of('invalid frame').map(({ reason }) => reason).join('\n'), reason)
    t.ok(latest(session).counts.invalid <= 2)
    t.same(dropped.map(({ transfer_id: id, files }) => [id, textOf(files[0])]), [[9, 'good']])
    t.match(progress.filter(({ error }) => error !== undefined), [{ transfer_id: 1, error: 'invalid', complete: false }])
    t.match(browser.of('transfer-refused'), [{ transfer_id: 1, reason: 'invalid' }])
  })
}

t.test('chunks of what nobody announced, and bytes without a header, are invalid; actions of the server\'s own are', async t => {
  const { session, logs, wid, show } = await stage(t)
  const browser = await show()
  chunk(browser, wid, 5, 'x')
  browser.raw(Buffer.from('y'))
  browser.callback(wid, 'drop-progress', { transfer_id: 1, file_index: 0, chunk_index: 0, num_chunks: 1, transferred_bytes: 1, total_bytes: 1, complete: true })
  browser.callback(wid, 'drop-end', { ...DROP, transfer_id: 1, files: [{ name: 'x', size: -1, type: '', encoding: 'bytes' }] })
  browser.callback(wid, 'drop-end', { ...DROP, transfer_id: 1, files: [{ name: 'x', size: 1, type: '', encoding: 'bytes', data: 'eA==' }] })
  await browser.sync()
  t.match(logs.of('invalid frame').map(({ reason }) => reason), [
    /transfer 5, which is not open/, /binary frame without a header/, /drop-progress: no browser reports this/, /\/files\/0\/size/, /\/files\/0\/data/
  ])
  t.match(latest(session).counts, { invalid: 5, stale: 1 })
})

t.test('a browser that does not know the message is not told of a refusal', async t => {
  const { wid, show } = await stage(t, { maxTransferBytes: 3 })
  const browser = await show()
  announce(browser, wid, 1, { size: 4 })
  await browser.sync()
  t.same(browser.of('transfer-refused'), [])
})

t.test('what is over a limit is refused, told, logged and reported; its chunks come for nothing', async t => {
  const { session, logs, wid, dropped, progress, show } = await stage(t, { maxTransferBytes: 10, maxTransfers: 2 })
  const limits = hear(t, 'limit')
  const browser = await show(ours(session))
  announce(browser, wid, 1, { size: 6 })
  announce(browser, wid, 2, { size: 5 })
  for (let i = 0; i < 5; i++) chunk(browser, wid, 2, 'a', { chunk_index: i, num_chunks: 5 })
  announce(browser, wid, 3, { size: 4 })
  announce(browser, wid, 4, { size: 0 })
  chunk(browser, wid, 1, 'abcdef')
  chunk(browser, wid, 3, 'xyz!')
  await browser.sync()
  t.same(dropped.map(({ transfer_id: id }) => id), [1, 3])
  t.same(browser.of('transfer-refused'), [
    { type: 'transfer-refused', transfer_id: 2, reason: 'maxTransferBytes', limit: 10 }, { type: 'transfer-refused', transfer_id: 4, reason: 'maxTransfers', limit: 2 }
  ])
  t.match(progress.filter(({ error }) => error !== undefined), [
    { transfer_id: 2, error: 'maxTransferBytes', transferred_bytes: 0, total_bytes: 5, complete: false }, { transfer_id: 4, error: 'maxTransfers' }
  ])
  t.match(logs.of('files are not taken'), [{ code: 'PGW_ERR_TRANSFER_BYTES', bytes: 5, files: 1, transfer: 2, wid }, { code: 'PGW_ERR_MAX_TRANSFERS' }])
  t.same(limits.map(({ limit }) => limit), ['maxTransferBytes', 'maxTransfers'])
  t.match(latest(session).counts, { invalid: 0, stale: 12 })
})

t.test('files that a handler works at count until it is done, in whatever browser they came from', async t => {
  const { session, show } = await stage(t, { maxTransferBytes: 10 })
  const gate = defer()
  const label = session.getWidgets().Label('slow')
  const got: unknown[] = []
  label.on('drop-end', async ({ transfer_id: id }) => {
    got.push(id)
    await gate.promise
  })
  const one = await show()
  announce(one, label.wid, 1, { size: 8 })
  chunk(one, label.wid, 1, '12345678')
  await one.sync()
  const two = await show(ours(session))
  announce(two, label.wid, 1, { size: 8 })
  await two.sync()
  t.equal(two.of('transfer-refused').length, 1)
  gate.resolve()
  await two.sync()
  announce(two, label.wid, 2, { size: 8 })
  chunk(two, label.wid, 2, '12345678')
  await two.sync()
  t.same(got, [1, 2])
})

t.test('a transfer in which nothing comes is given up; one that goes on is not, however slow', async t => {
  const { session, logs, wid, dropped, progress, show } = await stage(t, { transferTimeout: 300 })
  const browser = await show(ours(session))
  announce(browser, wid, 1, { size: 6 })
  announce(browser, wid, 2, { size: 6 })
  for (let i = 0; i < 6; i++) {
    chunk(browser, wid, 2, 'x', { chunk_index: i, num_chunks: 6 })
    await browser.sync()
    await new Promise(resolve => setTimeout(resolve, 60))
  }
  await until(() => browser.of('transfer-refused').length === 1, 'the stalled one is given up')
  t.match(browser.of('transfer-refused'), [{ transfer_id: 1, reason: 'transferTimeout', limit: 300 }])
  t.same(dropped.map(({ transfer_id: id }) => id), [2])
  t.match(progress.filter(({ error }) => error !== undefined), [{ transfer_id: 1, error: 'transferTimeout' }])
  t.match(logs.of('files are not taken'), [{ code: 'PGW_ERR_TRANSFER_TIMEOUT', level: 40 }])
  chunk(browser, wid, 1, 'abcdef')
  await browser.sync()
  t.equal(latest(session).counts.invalid, 0, 'what still comes of it is no fault')
})

t.test('a browser that is not read for a while is not blamed for saying nothing meanwhile', async t => {
  const { session, wid, dropped, show } = await stage(t, { transferTimeout: 50, framesPerSecond: 30, frameBurst: 10 })
  const browser = await show(ours(session))
  announce(browser, wid, 1, { size: 2 })
  chunk(browser, wid, 1, 'a', { num_chunks: 2 })
  for (let i = 0; i < 30; i++) browser.send({ type: 'viewport', width: 800, height: 600 })
  await until(() => latest(session).counts.throttled > 0, 'it is not read')
  // For longer than nothing may come.
  chunk(browser, wid, 1, 'b', { chunk_index: 1, num_chunks: 2 })
  await browser.sync()
  t.strictSame(browser.of('transfer-refused'), [])
  t.strictSame(dropped.map(({ files: [file] }) => textOf(file)), ['ab'])
})

t.test('the time for which nothing may come begins when the browser is read again', async t => {
  // Uploads keep no process alive.
  const waiting = setInterval(() => {}, 1000)
  t.teardown(() => clearInterval(waiting))
  const ended = defer<number>()
  let resumedAt: number | null = null
  let looks = 0
  const uploads = new Uploads({ maxTransfers: 1, maxTransferBytes: 2, transferTimeout: 50 }, {
    failed: () => ended.resolve(performance.now()),
    readSince () {
      // Read again between the first look and the second.
      if (looks++ === 0) setTimeout(() => { resumedAt = performance.now() }, 40)
      return resumedAt ?? performance.now()
    }
  })
  uploads.open({ id: 1, size: 2, files: [{ name: 'a', size: 2 }], othersHeld: 0, failed () {} } as unknown as Upload)
  t.ok(await ended.promise - Number(resumedAt) >= 50)
})

t.test('a lost line ends its transfers, and the handler hears of it', async t => {
  const { session, wid, dropped, progress, show } = await stage(t)
  const browser = await show()
  announce(browser, wid, 1, { size: 6 })
  chunk(browser, wid, 1, 'abc', { num_chunks: 2 })
  await browser.sync()
  browser.drop()
  await until(() => session.connections.length === 0, 'it is gone')
  t.match(progress, [{ transferred_bytes: 3 }, { transferred_bytes: 3, error: 'disconnected', complete: false }])
  const back = await show()
  announce(back, wid, 1, { size: 2 })
  chunk(back, wid, 1, 'ok')
  await back.sync()
  t.same(dropped.map(({ files }) => textOf(files[0])), ['ok'])
})

t.test('a transfer goes on through a replay, and ends without a word where its widget has ended', async t => {
  const { session, wid, dropped, progress, show } = await stage(t)
  const browser = await show()
  announce(browser, wid, 1, { size: 6 })
  chunk(browser, wid, 1, 'abc', { num_chunks: 2 })
  await browser.sync()
  latest(session).attach()
  await browser.sync()
  chunk(browser, wid, 1, 'def', { chunk_index: 1, num_chunks: 2 })
  await browser.sync()
  t.same(dropped.map(({ files }) => textOf(files[0])), ['abcdef'])

  announce(browser, wid, 2, { size: 6 })
  chunk(browser, wid, 2, 'abc', { num_chunks: 2 })
  await browser.sync()
  const reports = progress.length
  session.find('label')?.destroy()
  chunk(browser, wid, 2, 'def', { chunk_index: 1, num_chunks: 2 })
  await browser.sync()
  t.equal(progress.length, reports)
  t.match(latest(session).counts, { invalid: 0, stale: 2 })
})

t.test('a viewer uploads nothing, and neither does who is shown out meanwhile', async t => {
  const { session, wid, dropped, progress, guest } = await stage(t)
  const viewer = await guest(link(session).shown)
  announce(viewer, wid, 1, { size: 30 })
  for (let i = 0; i < 30; i++) chunk(viewer, wid, 1, 'x', { chunk_index: i, num_chunks: 30 })
  await viewer.sync()
  t.match(latest(session).counts, { watching: 61, invalid: 0 })

  const { grant, shown } = link(session, { role: 'operator' })
  const operator = await guest(shown)
  announce(operator, wid, 1, { size: 2 })
  chunk(operator, wid, 1, 'x', { num_chunks: 2 })
  await operator.sync()
  t.equal(progress.length, 1)
  grant.revoke()
  chunk(operator, wid, 1, 'y', { chunk_index: 1, num_chunks: 2 })
  await operator.closed
  t.same([dropped.length, progress.length], [0, 1], 'no handler runs for it any more, not even to hear that it broke off')
})

t.test('a flood of chunks for handlers that hang is cut off', async t => {
  const { session, show } = await stage(t, { maxPendingCallbacks: 10 })
  const label = session.getWidgets().Label('hang')
  label.on('drop-progress', () => new Promise(() => {}))
  label.on('drop-end', () => {})
  const browser = await show()
  announce(browser, label.wid, 1, { size: 100 })
  for (let i = 0; i < 100; i++) chunk(browser, label.wid, 1, 'x', { chunk_index: i, num_chunks: 100 })
  t.match(await browser.closed, { code: 1013 })
})

t.test('memory is taken as bytes come, not as they are announced', async t => {
  const { session, wid, show } = await stage(t, { maxTransferBytes: 2 ** 40, maxTransfers: 1000 })
  const browser = await show()
  const before = process.memoryUsage()
  for (let id = 1; id <= 500; id++) announce(browser, wid, id, { size: 2 ** 30 })
  for (let id = 1; id <= 500; id++) chunk(browser, wid, id, 'x', { num_chunks: 2048 })
  await browser.sync()
  const after = process.memoryUsage()
  t.ok(after.arrayBuffers - before.arrayBuffers < 64 * 2 ** 20, `${after.arrayBuffers - before.arrayBuffers} bytes`)
  t.equal(latest(session).counts.invalid, 0)
  for (let i = 0; i < 300; i++) browser.send(header(wid, 1, { chunk_index: i + 1, num_chunks: 2048 }))
  await browser.sync()
  t.equal(latest(session).counts.invalid, 1, 'headers may not wait without end either')
})

t.test('property: whatever is cut, mixed and lied about, what arrives is what was sent, and everything is counted', async t => {
  const file = fc.record({ bytes: fc.uint8Array({ maxLength: 40 }), piece: fc.integer({ min: 1, max: 15 }), base64: fc.boolean() })
  const transfer = fc.record({ files: fc.array(file, { minLength: 1, maxLength: 3 }), lie: fc.option(fc.nat({ max: 5 }), { nil: null, freq: 3 }) })
  const { session, wid, dropped, show } = await stage(t, { maxInvalidFrames: 1e9, maxTransfers: 100, framesPerSecond: 1e9, frameBurst: 1e9 })
  const browser = await show()
  const connection = latest(session)
  let id = 0
  await fc.assert(fc.asyncProperty(fc.array(transfer, { minLength: 1, maxLength: 4 }), fc.infiniteStream(fc.nat()), async (transfers, dice) => {
    dropped.length = 0
    const before = { ...connection.counts }
    const expected = new Map<number, string[]>()
    // Frames of each transfer in their order; pairs stay together, transfers are mixed.
    const lines = transfers.map(({ files, lie }) => {
      const number = ++id
      const bodies = files.map(({ bytes }) => Buffer.from(bytes))
      announce(browser, wid, number, ...bodies.map(({ byteLength }) => ({ size: byteLength })))
      const steps = files.flatMap(({ piece, base64 }, index) => {
        const body = bodies[index] as Buffer
        const chunks = Math.max(1, Math.ceil(body.byteLength / piece))
        return Array.from({ length: chunks }, (_, i) => {
          const part = body.subarray(i * piece, (i + 1) * piece)
          const place = { file_index: index, file_count: files.length, chunk_index: i, num_chunks: chunks }
          return (spoilt: object = {}) => {
            if (base64) browser.send(header(wid, number, { ...place, encoding: 'base64', data: part.toString('base64'), ...spoilt }))
            else chunk(browser, wid, number, part, { ...place, ...spoilt })
          }
        })
      })
      const spoilt = lie === null || lie >= steps.length ? null : lie
      if (spoilt === null) expected.set(number, bodies.map(body => body.toString('hex')))
      return steps.map((step, i) => () => step(i === spoilt ? { file_count: 99 } : {}))
    })
    const invalid = transfers.filter(({ files, lie }) => lie !== null && lie < files.reduce((sum, { bytes, piece }) => sum + Math.max(1, Math.ceil(bytes.byteLength / piece)), 0)).length
    while (lines.some(({ length }) => length > 0)) {
      const open = lines.filter(({ length }) => length > 0)
      open[dice.next().value % open.length]?.shift()?.()
    }
    await browser.sync()
    const got = new Map(dropped.map(({ transfer_id: number, files }) => [number as number, files.map(({ data }) => Buffer.from(data ?? []).toString('hex'))]))
    const { counts } = connection
    if (counts.invalid - before.invalid !== invalid) throw new Error(`${counts.invalid - before.invalid} invalid, not ${invalid}`)
    if (counts.messages !== counts.taken + counts.stale + counts.invalid + counts.watching) throw new Error(`counts: ${JSON.stringify(counts)}`)
    t.strictSame(new Map([...got].sort(([a], [b]) => a - b)), expected)
  }), { numRuns: 60, seed: 11 })
})
