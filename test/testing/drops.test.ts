/** What is dropped, in the test kit: what leaves the page, who gets it, and what arrives at the server. */
import t from 'tap'
import type { DropEndPayload, WidgetFactories } from '../../lib/index.ts'
import type { DialectName } from '../../lib/testing/index.ts'
import { callbacks, inWindow, show, thrown } from './support.ts'

const DIALECTS: readonly DialectName[] = ['ours', 'reference']
const BIG = Buffer.alloc(1_300_000, 7)

const textOf = ({ data }: { readonly data: Uint8Array | null }): string => Buffer.from(data ?? []).toString()

for (const dialect of DIALECTS) {
  t.test(`the ${dialect} page`, async t => {
    t.test('sends text, links and HTML at once', async t => {
      const got: unknown[] = []
      const { browser } = await show(t, W => {
        const label = W.Label('here')
        label.on('drag-over', event => { got.push(['drag-over', event]) })
        label.on('drop-start', event => { got.push(['drop-start', event]) })
        label.on('drop-end', event => { got.push(['drop-end', event]) })
        inWindow(W, label)
      }, {}, { dialect })
      await browser.get('Label').drop({ text: ' https://host.example/a ', html: '<b>x</b>' })
      t.match(got, [
        ['drag-over', { type: 'dragover', types: ['text/plain', 'text/html'] }],
        ['drop-start', { type: 'drop', text: ' https://host.example/a ', url: 'https://host.example/a', html: '<b>x</b>', files: [] }],
        ['drop-end', { type: 'drop', files: [] }]
      ])
      await browser.get('Label').drop({ url: 'https://host.example/b', text: 'no url' })
      t.match(got.at(-1), ['drop-end', { url: 'https://host.example/b', text: 'no url', html: null }])
    })

    t.test('sends files in pieces, and the handler gets them whole', async t => {
      const starts: unknown[] = []
      const ends: DropEndPayload[] = []
      const progress: Array<{ transferred_bytes: number, complete: boolean }> = []
      const { browser } = await show(t, W => inWindow(W, W.Label('here')
        .on('drop-start', event => { starts.push(event) })
        .on('drop-progress', event => { progress.push(event) })
        .on('drop-end', event => { ends.push(event) })), {}, { dialect })
      await browser.get('Label').drop({ files: [{ name: 'a.txt', type: 'text/plain', data: 'héllo' }, { name: 'big', data: BIG }, { name: 'empty' }] })
      t.match(starts, [{ files: [{ name: 'a.txt', size: 6, type: 'text/plain', encoding: 'bytes', data: null }, { name: 'big', size: BIG.length, type: 'application/octet-stream' }, { size: 0 }] }])
      t.equal(starts.length, 1, 'once')
      const [end] = ends
      t.equal(end?.files.map(textOf)[0], 'héllo')
      t.ok(BIG.equals(end?.files[1]?.data ?? Buffer.of()))
      t.equal(end?.files[2]?.data?.byteLength, 0)
      t.same(progress.map(({ complete }) => complete), [false, false, false, false, true])
      t.equal(progress.at(-1)?.transferred_bytes, BIG.length + 6)
      const sent = browser.frames.filter(({ direction, data }) => direction === 'out' && typeof data !== 'string')
      t.same(sent.map(({ data }) => data.length), [6, 524288, 524288, BIG.length - 2 * 524288, 0])
    })

    t.test('gives what is dropped to the innermost widget that is listened to', async t => {
      const { browser } = await show(t, W => {
        const inner = W.Label('inner', { interactive: true })
        const box = inWindow(W, inner, W.Label('plain')).getChildren()[0] as ReturnType<WidgetFactories['VBox']>
        box.on('drop-end', () => {})
      }, {}, { dialect })
      await browser.get('Label', 'plain').drop({ text: 'x' })
      t.equal(callbacks(browser).filter(([, action]) => action === 'drop-end').length, 1)
      browser.frames.length = 0
      await browser.get('Label', 'inner').drop({ text: 'x' })
      t.equal(callbacks(browser).filter(([, action]) => action === 'drop-end').length, dialect === 'ours' ? 1 : 0, 'interactive widgets of the reference take it and keep it')
    })

    t.test('a file that cannot be read', async t => {
      const ends: DropEndPayload[] = []
      const { browser } = await show(t, W => inWindow(W, W.Label('here').on('drop-end', event => { ends.push(event) })), {}, { dialect })
      await browser.get('Label').drop({ files: [{ name: 'ok', data: 'ok' }, { name: 'folder', error: 'it is a folder' }] })
      await browser.get('Label').drop({ files: [{ name: 'folder', error: 'it is a folder' }] })
      t.match(ends[0]?.files[1], dialect === 'ours' ? { data: null, error: 'it is a folder' } : { data: { byteLength: 0 } }, 'which the reference shows as empty, among others')
      t.equal(textOf(ends[0]?.files[0] ?? { data: null }), 'ok')
      t.match(ends[1]?.files, [{ name: 'folder', data: null, error: 'it is a folder' }])
    })

    t.test('two browsers send at once', async t => {
      const ends: DropEndPayload[] = []
      const { browser } = await show(t, W => inWindow(W, W.Label('here').on('drop-end', event => { ends.push(event) })), {}, { dialect })
      const other = await browser.secondBrowser({ dialect })
      const done = [browser, other].map((one, i) => one.get('Label').drop({ files: [{ name: `${i}`, data: Buffer.alloc(1_200_000, i) }] }))
      await Promise.all(done)
      t.same(ends.map(({ files: [file] }) => file?.name).sort(), ['0', '1'])
      t.ok(ends.every(({ files: [file] }) => file?.data?.byteLength === 1_200_000 && file.data.every(byte => byte === Number(file.name))))
      t.same(ends.map(({ transfer_id: id }) => id), [1, 1], 'each counts for itself')
    })
  })
}

t.test('nobody drops where nothing is taken, nor where nothing can be used', async t => {
  const { browser } = await show(t, W => inWindow(W, W.Label('plain'), W.Label('disabled', { enabled: false }).on('drop-end', () => {})))
  t.match(thrown(() => browser.get('Label', 'plain').drop({ text: 'x' })), /cannot drop on Label#\d+: the server listens to none of its drag actions/)
  t.match(thrown(() => browser.get('Label', 'disabled').drop({ text: 'x' })), /it is disabled/)
  await browser.dropLine()
  t.match(thrown(() => browser.get('Label', 'plain').drop({ text: 'x' })), /the line is down/)
})

t.test('files over a limit are refused, and sending stops', async t => {
  const errors: unknown[] = []
  const { browser } = await show(t, W => inWindow(W, W.Label('here').on('drop-end', () => {}).on('drop-progress', ({ error }) => { errors.push(error) })), { maxTransferBytes: 1000 })
  await browser.get('Label').drop({ files: [{ name: 'big', data: BIG }, { name: 'small', data: 'x' }] })
  t.same(browser.refusedUploads, [{ files: ['big', 'small'], reason: 'maxTransferBytes' }])
  t.same(errors, ['maxTransferBytes'])
  t.equal(browser.connection?.counts.invalid, 0)
  await browser.get('Label').drop({ files: [{ name: 'small', data: 'x' }] })
  t.equal(errors.at(-1), undefined)
})

t.test('a line that is lost loses what was not sent yet', async t => {
  const ends: DropEndPayload[] = []
  const { browser } = await show(t, W => inWindow(W, W.Label('here').on('drop-end', event => { ends.push(event) })))
  browser.get('Label').drop({ files: [{ name: 'big', data: BIG }] })
  await browser.dropLine()
  await browser.reconnect()
  await browser.get('Label').drop({ files: [{ name: 'again', data: BIG }] })
  t.same(ends.map(({ files: [file] }) => file?.name), ['again'])
})
