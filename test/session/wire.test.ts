/** What goes over the wire, and in which frames. */
import t from 'tap'
import { build, headless, open } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import type { Frame } from '../support/browser.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
const from = (browser: Browser, at: number): Array<Frame | Frame[] | Buffer> => browser.frames.slice(at)

t.test('all that a tick asks for leaves as one array, in order', async t => {
  const { session, W, show } = await headless(t)
  const browser = await show()
  const at = browser.frames.length
  const label = W.Label('a')
  label.setText('b')
  const box = W.VBox({ spacing: 8 })
  box.addWidget(label, 1)
  await Promise.resolve()
  label.setText('c')
  await session.settled()
  t.match(from(browser, at), [[
    { type: 'create', wid: label.wid, class: 'Label', args: ['a'] },
    { type: 'call', wid: label.wid, method: 'set_text', args: ['b'], silent: true },
    { type: 'create', wid: box.wid, class: 'VBox', args: [] },
    { type: 'call', wid: box.wid, method: 'set_spacing', args: [8] },
    { type: 'call', wid: box.wid, method: 'add_widget', args: [{ __wid__: label.wid }, 1] },
    { type: 'call', wid: label.wid, method: 'set_text', args: ['c'] }
  ]])
  const ids = (browser.frames[at] as Frame[]).map(({ id }) => id as number)
  t.strictSame(ids, [...ids].sort((a, b) => a - b), 'ids ascend')
  t.equal(new Set(ids).size, ids.length)
})

t.test('a single message is no array, and ids are the same for all browsers', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('a')
  const [first, second] = [await show(), await show()]
  const at = [first.frames.length, second.frames.length] as const
  label.setText('b')
  await session.settled()
  t.match(from(first, at[0]), [{ type: 'call', method: 'set_text' }])
  t.strictSame(from(first, at[0]), from(second, at[1]))
})

t.test('what several callbacks of one frame cause travels together', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('')
  const buttons = ['a', 'b', 'c'].map(text => {
    const button = W.Button(text)
    button.on('activated', () => label.setText(label.getText() + text))
    return button
  })
  const browser = await show()
  const at = browser.frames.length
  browser.send(buttons.map(({ wid }) => ({ type: 'callback', wid, action: 'activated', args: [] })))
  await browser.sync()
  await session.settled()
  t.match(from(browser, at), [[{ args: ['a'] }, { args: ['ab'] }, { args: ['abc'] }]])
})

t.test('a replay is a few arrays of about 256 KiB', async t => {
  const { W, show } = await headless(t)
  for (let i = 0; i < 2000; i++) W.Label(String(i).padEnd(500, '.'))
  const browser = await show()
  const arrays = browser.frames.filter(Array.isArray)
  const sizes = arrays.map(frame => JSON.stringify(frame).length)
  t.ok(arrays.length >= 4 && arrays.length <= 6, `${arrays.length} frames for 1.1 MB`)
  t.ok(sizes.every(size => size <= 260 * 1024), 'none is larger')
  t.ok(sizes.slice(0, -1).every(size => size > 200 * 1024), 'nor much smaller')
  t.equal(browser.of('create').length, 2000)
  t.equal((arrays[0] as Frame[])[0]?.type, 'reconstruct-start')
  t.equal((arrays.at(-1) as Frame[]).at(-1)?.type, 'reconstruct-end')
})

t.test('a page that fails at part of a replay is sent all of it, to the end, and is heard afterwards', async t => {
  const { session, W, show } = await headless(t)
  const [page, button] = [W.Page(), W.Button('Start')]
  page.setWidget(button)
  page.show()
  let pressed = 0
  button.on('activated', () => { pressed++ })
  const browser = await show({ reply: message => message.method === 'set_widget' ? { type: 'error', id: message.id, error: 'no room for it' } : undefined })
  t.strictSame([browser.calls('set_widget', page.wid).length, browser.calls('show', page.wid).length], [1, 1])
  t.equal(browser.texts.at(-1)?.type, 'reconstruct-end')
  browser.callback(button.wid, 'activated')
  await browser.sync()
  await session.settled()
  t.equal(pressed, 1)
})

t.test('a browser that comes is replayed to alone', async t => {
  const { session, W, show } = await headless(t)
  W.Page().setWidget(W.Label('Ready'))
  const first = await show()
  const at = first.frames.length
  const second = await show()
  await Promise.all([first.sync(), second.sync()])
  await session.settled()
  t.strictSame(from(first, at), [])
  t.equal(second.of('reconstruct-end').length, 1)
})

t.test('a message larger than a frame should be stands in a frame of its own', async t => {
  const { W, show } = await headless(t)
  W.Label('small')
  W.Label('x'.repeat(300 * 1024))
  W.Label('small too')
  const browser = await show()
  t.strictSame(browser.of('create').map(({ args }) => (args as string[])[0]?.length), [5, 300 * 1024, 9])
})

t.test('a binary header stands alone, directly before its bytes, in the order of the calls', async t => {
  const { session, W, show } = await headless(t)
  const [first, second] = [W.Image(), W.Image()]
  const label = W.Label('')
  const browser = await show()
  const at = browser.frames.length
  label.setText('before')
  first.setBinaryImage(new Uint8Array([1, 2, 3]), 'png')
  label.setText('between')
  second.setBinaryImage(new Uint8Array([4]))
  label.setText('behind')
  await session.settled()
  await browser.sync()
  const frames = from(browser, at)
  t.equal(frames.length, 7)
  t.match(frames.filter(frame => !Buffer.isBuffer(frame)), [
    { method: 'set_text', args: ['before'] },
    { type: 'binary-call', wid: first.wid, method: 'set_binary_image', args: ['png'], id: Number },
    { method: 'set_text', args: ['between'] },
    { type: 'binary-call', wid: second.wid, method: 'set_binary_image', args: ['jpeg'] },
    { method: 'set_text', args: ['behind'] }
  ])
  t.strictSame([frames[2], frames[5]], [Buffer.from([1, 2, 3]), Buffer.from([4])])
})

t.test('more than 1 MiB goes in chunks of 512 KiB, and comes with a replay too', async t => {
  const { session, W, show } = await headless(t)
  const image = W.Image()
  const live = await show()
  const at = live.frames.length
  const bytes = Uint8Array.from({ length: 1024 * 1024 + 512 * 1024 + 7 }, (_, i) => i % 251)
  image.setBinaryImage(bytes, 'png')
  await session.settled()
  await live.sync()
  const late = await show()
  await late.sync()
  for (const [name, frames] of [['live', from(live, at)], ['replay', late.frames]] as const) {
    const start = frames.findIndex(frame => !Array.isArray(frame) && (frame as Frame).type === 'binary-call-chunked')
    const { transfer_id: id } = frames[start] as Frame
    t.match(frames[start], { wid: image.wid, method: 'set_binary_image', args: ['png'], num_chunks: 4, transfer_id: Number }, name)
    for (let i = 0; i < 4; i++) {
      t.match(frames[start + 1 + 2 * i], { type: 'binary-chunk', transfer_id: id, chunk_index: i, num_chunks: 4, encoding: 'binary' })
      t.ok(Buffer.isBuffer(frames[start + 2 + 2 * i]), `chunk ${i} has its bytes behind it`)
    }
    const got = Buffer.concat(frames.slice(start).filter(frame => Buffer.isBuffer(frame)))
    t.ok(got.equals(bytes), 'all bytes are there')
  }
  image.setBinaryImage(new Uint8Array(1024 * 1024))
  await live.sync()
  t.equal(live.of('binary-call').length, 1, '1 MiB itself is one frame')
  image.setBinaryImage(bytes)
  await live.sync()
  const ids = live.of('binary-call-chunked').map(({ transfer_id: id }) => id)
  t.equal(new Set(ids).size, ids.length, 'each transfer has an id of its own')
})

t.test('bytes are taken as they were when they were given', async t => {
  const { session, W, show } = await headless(t)
  const image = W.Image()
  const browser = await show()
  const bytes = new Uint8Array([1, 2, 3])
  image.setBinaryImage(bytes)
  bytes.fill(9)
  await session.settled()
  await browser.sync()
  t.strictSame(browser.messages.find(message => Buffer.isBuffer(message)), Buffer.from([1, 2, 3]))
  const late = await show()
  await late.sync()
  t.strictSame(late.messages.find(message => Buffer.isBuffer(message)), Buffer.from([1, 2, 3]))
})

t.test('objects given as arguments may be changed afterwards', async t => {
  const { session, W, show } = await headless(t)
  const splitter = W.Splitter()
  const browser = await show()
  const sizes = [1, 2]
  splitter.setSizes(sizes)
  sizes.push(3)
  await session.settled()
  t.strictSame(browser.last('set_sizes'), [[1, 2]])
  t.strictSame(splitter.getSizes(), [1, 2])
  splitter.getSizes().push(9)
  t.strictSame(splitter.getSizes(), [1, 2], 'and so may answers')
})

t.test('batch() makes one message of its calls', async t => {
  const { session, W, show } = await headless(t)
  const [a, b] = [W.Label(''), W.Label('')]
  const browser = await show()
  const at = browser.frames.length
  let made: { wid: number } | undefined
  session.batch(() => {
    a.setText('1')
    session.batch(() => { b.setText('2') })
    made = W.Label('new')
    a.setText('3')
  })
  await session.settled()
  t.match(from(browser, at), [[
    { type: 'create', wid: made?.wid },
    { type: 'batch', id: Number, calls: [{ wid: a.wid, method: 'set_text', args: ['1'] }, { wid: b.wid, args: ['2'] }, { wid: a.wid, args: ['3'] }] }
  ]])
  const [{ calls }] = browser.of('batch') as unknown as [{ calls: Frame[] }]
  t.notOk(calls.some(call => 'id' in call || 'type' in call))
})

t.test('batch() without calls sends nothing; one that throws sends what it did; an asynchronous one is refused', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('')
  const browser = await show()
  const at = browser.frames.length
  session.batch(() => {})
  await turn()
  await browser.sync()
  t.equal(browser.frames.length, at)
  t.throws(() => session.batch(() => { label.setText('half'); throw new Error('oops') }), /oops/)
  await session.settled()
  t.equal(browser.of('batch').length, 1)
  t.strictSame(browser.last('set_text'), ['half'])
  t.throws(() => session.batch(async () => {}), { message: /synchronous/ })
  label.setText('after')
  await session.settled()
  t.equal(browser.of('batch').length, 1, 'nothing is stuck')
})

t.test('bytes and questions keep their place among the calls of a batch', async t => {
  const { session, W, show } = await headless(t)
  const [image, label] = [W.Image(), W.Label('')]
  const browser = await show({ reply: ({ method, id }) => method === 'get_size' ? { type: 'result', id, value: [1, 2] } : undefined })
  const at = browser.messages.length
  let asked: Promise<unknown> | undefined
  session.batch(() => {
    image.setImage('a.png')
    label.setText('before')
    image.setBinaryImage(new Uint8Array([1]), 'png')
    asked = label.query.size()
    label.setText('after')
  })
  await session.settled()
  await asked
  await browser.sync()
  const order = browser.messages.slice(at).flatMap(message => Buffer.isBuffer(message) ? [] : message.type === 'batch' ? message.calls as Frame[] : [message]).map(({ method, args }) => [method, ...args as unknown[]])
  t.strictSame(order, [['set_image', 'a.png'], ['set_text', 'before'], ['set_binary_image', 'png'], ['get_size'], ['set_text', 'after']])
})

t.test('the hello program listens to what somebody needs, and to nothing else', async t => {
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      const top = W.TopLevel({ title: 'Remote App', resizable: true })
      top.resize(400, 300)
      const vbox = W.VBox({ spacing: 8 })
      const button = W.Button('Click me')
      const status = W.Label('Ready')
      button.on('activated', () => status.setText('Clicked!'))
      vbox.addWidget(button, 0)
      vbox.addWidget(status, 1)
      top.setWidget(vbox)
      top.show()
    }
  })
  const first = await open(app)
  await first.sync()
  const second = await open(app, '/', { credentials: first.credentials })
  const expected = ['TopLevel close', 'TopLevel move', 'TopLevel resize', 'TopLevel window-state', 'Button activated'].sort()
  for (const browser of [first, second]) {
    const classes = new Map(browser.of('create').map(({ wid, class: name }) => [wid, name]))
    t.strictSame(browser.of('listen').map(({ wid, action }) => `${classes.get(wid) as string} ${action as string}`).sort(), expected)
  }
  const order = second.texts.filter(({ type }) => type !== 'listen').map(({ type, class: name, method }) => name ?? method ?? type)
  t.strictSame(order.filter(step => step !== 'init' && step !== 'session-info'), [
    'reconstruct-start', 'create:TopLevel', 'resize', 'create:VBox', 'set_spacing', 'create:Button', 'add_widget', 'create:Label', 'add_widget', 'set_widget', 'show', 'reconstruct-end'
  ].map(step => step.replace('create:', '')))
  const button = first.of('create').find(({ class: name }) => name === 'Button')
  first.callback(button?.wid as number, 'activated')
  await second.wait(({ method, args }) => method === 'set_text' && (args as unknown[])[0] === 'Clicked!')
})

t.test('windows that may not be moved or resized, and fields that cannot be edited, are not listened to for it', async t => {
  const { W, show } = await headless(t)
  const top = W.TopLevel({ resizable: false, moveable: false })
  const combo = W.ComboBox()
  const editable = W.ComboBox({ editable: true })
  W.Slider()
  const browser = await show()
  const of = (wid: number): unknown[] => browser.of('listen').filter(message => message.wid === wid).map(({ action }) => action).sort()
  t.strictSame(of(top.wid), ['close', 'window-state'])
  t.strictSame(of(combo.wid), ['activated'])
  t.strictSame(of(editable.wid), ['activated', 'modified'])
})

t.test('on() and off() listen once and stop when nobody is left, but never stop what is tracked', async t => {
  const { session, W, show } = await headless(t)
  const [button, slider] = [W.Button('x'), W.Slider()]
  const browser = await show()
  const [a, b] = [(): void => {}, (): void => {}]
  button.on('activated', a).on('activated', b)
  slider.on('activated', a)
  await session.settled()
  t.equal(browser.of('listen').filter(({ wid }) => wid === button.wid).length, 1)
  button.off('activated', a)
  await session.settled()
  t.equal(browser.of('unlisten').length, 0)
  button.off('activated', b)
  slider.off('activated', a)
  await session.settled()
  t.match(browser.of('unlisten'), [{ wid: button.wid, action: 'activated' }])
  button.on('activated', a)
  await session.settled()
  t.equal(browser.of('listen').filter(({ wid }) => wid === button.wid).length, 2)
  const late = await show()
  t.equal(late.of('listen').filter(({ wid }) => wid === button.wid).length, 1)
})

t.test('an icon and widgets in options travel as references; a missing argument before a present one as null', async t => {
  const { session, W, show } = await headless(t)
  const menu = W.Menu()
  const label = W.Label(undefined, { menu, halign: 'center' })
  const button = W.Button('x')
  button.setIcon('a.png')
  button.setFont(null, 12)
  const browser = await show()
  t.strictSame(browser.of('create').find(({ wid }) => wid === label.wid)?.args, [null, { menu: { __wid__: menu.wid }, halign: 'center' }])
  const order = browser.of('create').map(({ wid }) => wid)
  t.ok(order.indexOf(menu.wid) < order.indexOf(label.wid), 'what is named comes first')
  t.strictSame(browser.last('set_font', button.wid)?.slice(0, 2), [null, 12])
  await session.settled()
})

t.test('what an option names is there before it, wherever it stands in the tree', async t => {
  const { W, show } = await headless(t)
  const head = W.RadioButton('one')
  const mate = W.RadioButton('two', { group: head })
  // The box of the mate is older than that of the head, and replayed before it.
  W.VBox().addWidget(mate)
  W.VBox().addWidget(head)
  const browser = await show()
  const order = browser.of('create').map(({ wid }) => wid)
  t.ok(order.indexOf(head.wid) < order.indexOf(mate.wid))
})

t.test('hiding what is hidden sends nothing, nor does showing a dialog that is shown', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('a')
  const dialog = W.Dialog('Sure?', [['Yes', true]])
  const browser = await show()
  const sent = async (change: () => void): Promise<number> => {
    const before = browser.of('call').length
    change()
    await session.settled()
    return browser.of('call').length - before
  }
  t.equal(await sent(() => label.hide()), 1)
  t.equal(await sent(() => label.hide()), 0)
  t.equal(await sent(() => dialog.show()), 1)
  t.equal(await sent(() => dialog.show()), 0)
})

t.test('a headless session collects nothing for browsers that do not exist', async t => {
  const { session, W } = await headless(t)
  const label = W.Label('')
  for (let i = 0; i < 1000; i++) label.setText(String(i))
  await session.settled()
  t.equal(label.getText(), '999')
})
