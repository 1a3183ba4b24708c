/** What people drop on the page: text, links and files from another program, by Chromium's own path for drags. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { DropEndPayload, PgwidgetsOptions, Session } from '../../lib/index.ts'
import { until } from '../support/app.ts'
import { launch, open } from './support.ts'
import type { Frame, Peer } from './support.ts'
import { put, ref } from './widget-support.ts'

const browser = await launch(t)
const CHUNK = 512 * 1024
const ALL = ['drag-over', 'drop-start', 'drop-progress', 'drop-end']

const folder = mkdtempSync(join(tmpdir(), 'drops-'))
t.teardown(() => rmSync(folder, { recursive: true }))

/** A file on disk. */
function file (name: string, content: string | Buffer): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

interface Dragged { readonly files?: readonly string[], readonly text?: string, readonly html?: string, readonly url?: string }

/** Somebody who drags things over a page. */
async function dragger (page: Page, { files = [], text, html, url }: Dragged) {
  const cdp = await page.context().newCDPSession(page)
  const item = (mimeType: string, data: string | undefined): object[] => data === undefined ? [] : [{ mimeType, data }]
  const data = { items: [...item('text/plain', text), ...item('text/html', html), ...item('text/uri-list', url)], files: [...files], dragOperationsMask: 1 }
  const at = async (type: string, x: number, y: number): Promise<void> => { await cdp.send('Input.dispatchDragEvent', { type, x, y, data } as never) }
  return {
    async over (x: number, y: number): Promise<void> {
      await at('dragEnter', x, y)
      await at('dragOver', x, y)
    },
    async drop (x: number, y: number): Promise<void> {
      await at('dragEnter', x, y)
      await at('dragOver', x, y)
      await at('drop', x, y)
    }
  }
}

/** The middle of what a selector finds. */
async function middle (page: Page, selector: string): Promise<[x: number, y: number]> {
  const box = await page.locator(selector).first().boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return [box.x + box.width / 2, box.y + box.height / 2]
}

async function drop (page: Page, what: Dragged, selector = '.pg-label'): Promise<void> {
  await (await dragger(page, what)).drop(...await middle(page, selector))
}

const highlit = (page: Page): Promise<string[]> => page.locator('.pg-drop-over').evaluateAll(elements => elements.map(({ className }) => className))

const payloadOf = (callback: Frame): Record<string, unknown> => (callback.args as Array<Record<string, unknown>>)[0] ?? {}

/** A real service with a label to drop on, and a page of it. */
async function serve (t: Test, options: PgwidgetsOptions = {}): Promise<{ app: FastifyInstance, url: string, session: () => Session, dropped: DropEndPayload[], errors: unknown[] }> {
  const app = Fastify()
  const dropped: DropEndPayload[] = []
  const errors: unknown[] = []
  await app.register(pgwidgets, {
    prefix: '/panel',
    closeTimeout: 200,
    onConnect (session) {
      const W = session.getWidgets()
      const surface = W.Page()
      const label = W.Label('Drop here', { name: 'target' })
      label.on('drop-end', event => { dropped.push(event) })
      label.on('drop-progress', ({ error }) => { if (error !== undefined) errors.push(error) })
      surface.setWidget(label)
      surface.show()
    },
    ...options
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  t.teardown(() => app.close())
  return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/panel`, session: () => [...app.pgwidgets.sessions][0] as Session, dropped, errors }
}

/** Notes what the page reads of files, and keeps its socket at hand. */
async function instrument (page: Page): Promise<void> {
  await page.addInitScript(() => {
    const seen = { largest: 0, sockets: [] as WebSocket[] }
    Object.assign(window, { seen })
    const { arrayBuffer } = Blob.prototype
    Blob.prototype.arrayBuffer = function () {
      seen.largest = Math.max(seen.largest, this.size)
      return arrayBuffer.call(this)
    }
    window.WebSocket = class extends WebSocket {
      constructor (url: string | URL, protocols?: string | string[]) {
        super(url, protocols)
        seen.sockets.push(this)
      }
    }
  })
}

interface Seen { readonly largest: number, readonly sockets: readonly WebSocket[] }

if (browser !== null) {
  await t.test('text, a link and HTML are reported as they were dropped', async t => {
    const { page, peer } = await put(t, browser, 'Label', ['Drop here'], ALL)
    await drop(page, { text: 'plain', html: '<b>bold</b>', url: 'https://host.example/x' })
    const over = payloadOf(await peer.callback(10, 'drag-over'))
    const start = payloadOf(await peer.callback(10, 'drop-start'))
    const end = payloadOf(await peer.callback(10, 'drop-end'))
    const [x, y] = await middle(page, '.pg-label')
    const box = await page.locator('.pg-label').boundingBox()
    t.match(over, { type: 'dragover', viewport_x: Math.floor(x), button_trigger: 1, button_mask: 0, modifiers: [] })
    t.same((over.types as string[]).sort(), ['text/html', 'text/plain', 'text/uri-list'])
    t.same(Object.keys(over).sort(), ['button_mask', 'button_trigger', 'modifiers', 'time_stamp', 'type', 'types', 'viewport_x', 'viewport_y', 'x', 'y'])
    t.match(start, { type: 'drop', text: 'plain', html: '<b>bold</b>', url: 'https://host.example/x', files: [] })
    t.ok(Math.abs((start.y as number) - (y - (box?.y ?? 0))) <= 1)
    t.same(end, start)
    await drop(page, { text: '  https://host.example/alone\n' })
    t.match(payloadOf(await peer.callback(10, 'drop-end')), { url: 'https://host.example/alone', html: null })
    await drop(page, { text: 'see https://host.example/alone' })
    t.match(payloadOf(await peer.callback(10, 'drop-end')), { text: 'see https://host.example/alone', url: null })
  })

  await t.test('files are announced, then sent in pieces of 512 KiB, each behind its header', async t => {
    const { page, peer } = await put(t, browser, 'Label', ['Drop here'], ALL)
    const big = Buffer.from(Array.from({ length: CHUNK + 1000 }, (_, i) => i % 251))
    await drop(page, { files: [file('note.txt', 'hello'), file('big.bin', big), file('empty', '')] })
    const start = payloadOf(await peer.callback(10, 'drop-start'))
    t.match(start, { types: ['Files'], text: null, url: null, html: null })
    t.same(start.files, [
      { name: 'note.txt', size: 5, type: 'text/plain', encoding: 'bytes', data: null },
      { name: 'big.bin', size: big.length, type: 'application/octet-stream', encoding: 'bytes', data: null },
      { name: 'empty', size: 0, type: 'application/octet-stream', encoding: 'bytes', data: null }
    ])
    const end = payloadOf(await peer.callback(10, 'drop-end'))
    t.equal(end.transfer_id, 1)
    t.same(end.files, (start.files as object[]).map(({ data, ...rest }: { data?: unknown }) => rest))
    await peer.received(4)
    const place = { type: 'binary-chunk', wid: 10, transfer_id: 1, file_count: 3, encoding: 'binary' }
    t.same(peer.chunks.map(({ header }) => header), [
      { ...place, file_index: 0, chunk_index: 0, num_chunks: 1 }, { ...place, file_index: 1, chunk_index: 0, num_chunks: 2 },
      { ...place, file_index: 1, chunk_index: 1, num_chunks: 2 }, { ...place, file_index: 2, chunk_index: 0, num_chunks: 1 }
    ])
    t.same(peer.chunks.map(({ bytes }) => bytes.length), [5, CHUNK, 1000, 0])
    t.ok(Buffer.concat(peer.chunks.slice(1, 3).map(({ bytes }) => bytes)).equals(big))
    await drop(page, { files: [file('next', 'x')] })
    t.equal(payloadOf(await peer.callback(10, 'drop-end')).transfer_id, 2, 'the next has the next number')
  })

  await t.test('of targets that lie in each other the innermost gets it, and shows so', async t => {
    const { page, peer } = await open(t, browser)
    await peer.askAll(
      { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] },
      { type: 'create', wid: 2, class: 'VBox', args: [] },
      { type: 'create', wid: 3, class: 'Label', args: ['inner'] },
      { type: 'create', wid: 4, class: 'TextEntry', args: ['field'] },
      { type: 'call', wid: 2, method: 'add_widget', args: [ref(3), 0] },
      { type: 'call', wid: 2, method: 'add_widget', args: [ref(4), 0] },
      { type: 'call', wid: 1, method: 'set_widget', args: [ref(2)] },
      { type: 'call', wid: 1, method: 'resize', args: [400, 300] },
      { type: 'call', wid: 1, method: 'show', args: [] }
    )
    await peer.listen(2, 'drop-end')
    await peer.listen(3, 'drop-end')
    const content = await page.locator('.pg-box').boundingBox()
    const beside: [number, number] = [(content?.x ?? 0) + 100, (content?.y ?? 0) + (content?.height ?? 0) - 5]
    const hand = await dragger(page, { text: 'x' })
    await hand.over(...beside)
    t.match(await highlit(page), [/pg-box/])
    await hand.over(...await middle(page, '.pg-label'))
    t.match(await highlit(page), [/pg-label/])
    t.equal((await highlit(page)).length, 1)
    t.match(await page.locator('.pg-drop-over').evaluate(element => getComputedStyle(element).outlineStyle), 'dashed')
    await hand.over(900, 700)
    await page.locator('.pg-drop-over').waitFor({ state: 'detached' })
    await hand.drop(...await middle(page, '.pg-label'))
    await hand.drop(...beside)
    t.same(await highlit(page), [])
    const ends = (await peer.callbacks()).filter(({ action }) => action === 'drop-end')
    t.same(ends.map(({ wid }) => wid), [3, 2])
    peer.frames.length = 0

    await hand.drop(...await middle(page, 'input'))
    t.match(await page.getByRole('textbox').inputValue(), /x/, 'text that is dropped into a field inside goes there')
    t.same((await peer.callbacks()).filter(({ action }) => action === 'drop-end'), [])

    await peer.ask({ type: 'unlisten', wid: 3, action: 'drop-end' })
    await hand.drop(...await middle(page, '.pg-label'))
    t.same((await peer.callbacks()).filter(({ action }) => action === 'drop-end').map(({ wid }) => wid), [2], 'one that is not listened to any more is none')
    await peer.call(2, 'set_enabled', false)
    peer.frames.length = 0
    await hand.drop(...beside)
    t.same(await peer.callbacks(), [], 'nor is one that is disabled')
  })

  await t.test('a file that is dropped where nothing takes it does not take the page away', async t => {
    const { page, peer } = await put(t, browser, 'Label', ['Nothing listens'])
    const url = page.url()
    await drop(page, { files: [file('stray.html', '<title>Stray</title>')] })
    await (await dragger(page, { files: [file('stray.html', '<title>Stray</title>')] })).drop(900, 700)
    t.same(await peer.callbacks(), [])
    t.equal(page.url(), url)
    t.equal(await page.title(), 'Panel')
  })

  await t.test('what cannot be read is reported as such', async t => {
    mkdirSync(join(folder, 'a folder'), { recursive: true })
    const { page, peer } = await put(t, browser, 'Label', ['Drop here'], ['drop-end'])
    await t.test('among files that can', async t => {
      await drop(page, { files: [file('ok', 'ok'), join(folder, 'a folder'), file('too', 'too')] })
      const { files, transfer_id: id } = payloadOf(await peer.callback(10, 'drop-end')) as { files: Array<Record<string, unknown>>, transfer_id?: number }
      t.equal(id, 1)
      t.match(files, [{ name: 'ok' }, { name: 'a folder', data: null, error: /./ }, { name: 'too' }])
      t.notOk('error' in (files[0] ?? {}) || 'data' in (files[0] ?? {}))
      await peer.received(3)
      t.same(peer.chunks.map(({ bytes }) => bytes.toString()), ['ok', '', 'too'])
    })
    await t.test('alone: then there is nothing to wait for', async t => {
      await drop(page, { files: [join(folder, 'a folder')] })
      const payload = payloadOf(await peer.callback(10, 'drop-end'))
      t.match(payload, { files: [{ name: 'a folder', data: null, error: /./ }] })
      t.notOk('transfer_id' in payload)
    })
  })

  await t.test('a line that does not keep up is waited for, and nothing else waits meanwhile', async t => {
    const { page, peer, server } = await open(t, browser)
    await instrument(page)
    await page.reload()
    const next: Peer = await server.connection()
    t.ok(peer)
    await next.greet()
    await next.create(1, 'Page')
    await next.create(2, 'VBox')
    await next.create(10, 'Label', 'Drop here')
    await next.create(11, 'Button', 'Press')
    await next.call(2, 'add_widget', ref(10), 0)
    await next.call(2, 'add_widget', ref(11), 0)
    await next.call(1, 'set_widget', ref(2))
    await next.call(1, 'show')
    await next.listen(10, 'drop-end')
    await next.listen(11, 'activated')
    const size = 24 * 1024 * 1024
    next.pause()
    await drop(page, { files: [file('huge.bin', Buffer.alloc(size, 3))] })
    // Until it stands still: what the line and the page's buffer hold is all that has been read.
    const unsent = async (): Promise<number> => await page.evaluate(() => (window as unknown as { seen: Seen }).seen.sockets.at(-1)?.bufferedAmount ?? 0)
    await until(async () => await unsent() > 1024 * 1024, 'its end of the line is full')
    t.ok(await unsent() <= 1024 * 1024 + CHUNK + 1000, `${await unsent()} bytes wait`)
    await page.getByRole('button', { name: 'Press' }).click()
    next.resume()
    await next.callback(11, 'activated')
    t.ok(next.chunks.length < size / CHUNK, `the press came after ${next.chunks.length} chunks, not after all`)
    await next.received(size / CHUNK)
    t.ok(next.chunks.every(({ bytes }) => bytes.length === CHUNK && bytes[0] === 3 && bytes.at(-1) === 3))
    t.equal(await page.evaluate(() => (window as unknown as { seen: Seen }).seen.largest), CHUNK, 'no more was read at a time')
  })

  await t.test('who drops files where their way to the server cannot be loaded is told so', async t => {
    const { page, peer } = await put(t, browser, 'Label', ['Drop here'], ['drop-end'])
    await page.route('**/chunk-*', async route => { await route.abort() })
    await drop(page, { files: [file('lost.txt', 'lost')] })
    await page.getByRole('status').getByText('Files were not sent: the page is out of date. Reload it, then try again.').waitFor()
    await drop(page, { text: 'words' })
    t.match((await peer.callback(10, 'drop-end')).args, [{ text: 'words', files: [] }], 'what needs no files goes on')
  })

  for (const extended of [true, false]) {
    await t.test(`a file that changes while it is sent is not sent as a whole one, to a server that ${extended ? 'can' : 'cannot'} be told so`, async t => {
      const { page, peer } = await put(t, browser, 'Label', ['Drop here'], ['drop-end'])
      if (extended) peer.send({ type: 'session-info', session_id: 1, token: 'secret', extensions: 1 })
      await peer.callbacks()
      const path = file(`log-${String(extended)}`, Buffer.alloc(24 * 1024 * 1024))
      await drop(page, { files: [path, file('other', 'other')] })
      await peer.callback(10, 'drop-end')
      peer.pause()
      // Far more than the line holds while nobody reads: the rest is read only now.
      writeFileSync(path, 'rotated')
      peer.resume()
      if (extended) {
        const { error, ...header } = await peer.take(({ type, error }) => type === 'binary-chunk' && error !== undefined, 'word of it')
        t.match(header, { file_index: 0, encoding: 'base64', data: '' })
        t.match(error, /./)
        await until(() => peer.chunks.at(-1)?.bytes.toString() === 'other', 'the other file comes')
      } else {
        await page.getByRole('status').getByText(/^2 files were not sent: log-false could not be read\.$/).waitFor()
        t.notOk(peer.chunks.some(({ bytes }) => bytes.toString() === 'other'), 'nothing more comes of it')
      }
    })
  }

  await t.test('with a real service', async t => {
    await t.test('two browsers send at once, through a replay in the middle', async t => {
      const { url, session, dropped } = await serve(t)
      const one = await browser.newPage()
      const two = await browser.newPage()
      t.teardown(async () => { await Promise.all([one.close(), two.close()]) })
      await one.goto(url)
      await one.getByText('Drop here').waitFor()
      await two.goto(session().url(new URL(url).origin))
      await two.getByText('Drop here').waitFor()
      const bytes = 12 * 1024 * 1024
      await drop(one, { files: [file('one.bin', Buffer.alloc(bytes, 1))] })
      await drop(two, { files: [file('two.bin', Buffer.alloc(bytes, 2))] })
      for (const connection of session().connections) connection.attach()
      await until(() => dropped.length === 2, 'both are there', 20_000)
      t.same(dropped.map(({ files: [file] }) => file?.name).sort(), ['one.bin', 'two.bin'])
      for (const { files: [file] } of dropped) t.ok(file?.data?.byteLength === bytes && file.data.every(byte => byte === (file.name === 'one.bin' ? 1 : 2)))
      t.same(session().connections.map(({ counts: { invalid, stale } }) => [invalid, stale]), [[0, 0], [0, 0]])
    })

    await t.test('who drops too much is told so, and may drop less', async t => {
      const { url, session, dropped, errors } = await serve(t, { maxTransferBytes: 2 * 1024 * 1024 })
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(url)
      await page.getByText('Drop here').waitFor()
      await drop(page, { files: [file('large.bin', Buffer.alloc(8 * 1024 * 1024))] })
      await page.getByRole('status').getByText('“large.bin” was not sent: no more than 2 MB are taken at a time.').waitFor()
      t.same(errors, ['maxTransferBytes'])
      await drop(page, { files: [file('small.bin', Buffer.alloc(1024))] })
      await until(() => dropped.length === 1, 'the small one is there')
      t.equal(session().connections[0]?.counts.invalid, 0)
    })

    await t.test('who loses the line meanwhile is told so, and can drop it again', async t => {
      const { app, url, dropped, errors } = await serve(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(url)
      await page.getByText('Drop here').waitFor()
      const path = file('long.bin', Buffer.alloc(48 * 1024 * 1024))
      const begun = new Promise<void>(resolve => {
        for (const socket of app.websocketServer.clients) socket.once('message', () => { socket.terminate(); resolve() })
      })
      await drop(page, { files: [path] })
      await begun
      await page.getByRole('status').getByText('“long.bin” was not sent: the connection was lost. Try again when it is back.').waitFor()
      await page.getByText('Back online').waitFor()
      t.same(dropped, [])
      await drop(page, { files: [path] })
      await until(() => dropped.length === 1, 'it is there', 20_000)
      t.ok(errors.every(error => error === 'disconnected'))
    })

    await t.test('a viewer drops nothing, and stays on the page', async t => {
      const { app, url, session, dropped } = await serve(t)
      const owner = await browser.newPage()
      t.teardown(() => owner.close())
      await owner.goto(url)
      await owner.getByText('Drop here').waitFor()
      const context = await browser.newContext()
      t.teardown(() => context.close())
      const viewer = await context.newPage()
      await viewer.goto(session().grant({ role: 'viewer' }).url(new URL(url).origin))
      await viewer.getByText('View only').waitFor()
      const hand = await dragger(viewer, { files: [file('v.txt', 'v')] })
      await hand.over(...await middle(viewer, '.pg-label'))
      t.same(await highlit(viewer), [])
      await hand.drop(...await middle(viewer, '.pg-label'))
      await drop(owner, { text: 'by the owner' })
      await until(() => dropped.length === 1, 'the owner\'s is there')
      t.match(dropped, [{ text: 'by the owner' }])
      t.equal(new URL(viewer.url()).pathname, '/panel')
      t.ok(app.pgwidgets.sessions.size === 1)
    })
  })
}
