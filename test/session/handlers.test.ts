import t from 'tap'
import { defer, headless, until } from '../support/app.ts'

t.test('a handler gets the arguments, padded, then what it is about', async t => {
  const { session, W, show } = await headless(t)
  const menu = W.Menu()
  const [plain, checkable] = [menu.addName('plain'), menu.addName('checkable', true)]
  const slider = W.Slider()
  const seen: unknown[][] = []
  for (const widget of [plain, checkable]) widget.on('activated', (...args) => { seen.push(args) })
  slider.on('activated', (...args) => { seen.push(args) })
  const browser = await show()
  browser.callback(plain.wid, 'activated')
  browser.callback(checkable.wid, 'activated', true)
  browser.callback(slider.wid, 'activated', 3)
  await browser.sync()
  const [connection] = session.connections
  t.strictSame(seen.map(args => args.slice(0, -1)), [[undefined], [true], [3]])
  for (const [i, widget] of [plain, checkable, slider].entries()) {
    const context = seen[i]?.at(-1) as Record<string, unknown>
    t.equal(context.widget, widget)
    t.equal(context.session, session)
    t.equal(context.connection, connection)
  }
  t.ok(checkable.getChecked())
})

t.test('a widget in an argument is the server\'s own; one that has ended or never was fires nothing', async t => {
  const { W, show } = await headless(t)
  const tabs = W.TabWidget()
  const page = W.Label('page')
  tabs.addWidget(page, { title: 'x' })
  const seen: unknown[] = []
  tabs.on('page-close', child => { seen.push(child) })
  const browser = await show()
  browser.callback(tabs.wid, 'page-close', { __wid__: page.wid, __class__: 'Label' })
  browser.callback(tabs.wid, 'page-close', { __wid__: 999_999, __class__: 'Label' })
  await browser.sync()
  t.equal(seen.length, 1)
  t.equal(seen[0], page)
})

t.test('handlers run one at a time in order of arrival, asynchronous ones awaited', async t => {
  const { W, show } = await headless(t)
  const gate = defer()
  const seen: string[] = []
  const [slow, quick] = [W.Button('slow'), W.Button('quick')]
  slow.on('activated', async () => { seen.push('slow starts'); await gate.promise; seen.push('slow ends') })
  slow.on('activated', () => { seen.push('second of slow') })
  quick.on('activated', () => { seen.push('quick') })
  quick.on('activated', async () => { seen.push('concurrent') }, { concurrent: true })
  const browser = await show()
  browser.callback(slow.wid, 'activated')
  browser.callback(quick.wid, 'activated')
  browser.callback(slow.wid, 'activated')
  await browser.sync()
  t.strictSame(seen, ['slow starts', 'concurrent'])
  gate.resolve()
  await until(() => seen.length === 8, 'all have run')
  t.strictSame(seen, ['slow starts', 'concurrent', 'slow ends', 'second of slow', 'quick', 'slow starts', 'slow ends', 'second of slow'])
})

t.test('two sessions do not wait for each other', async t => {
  const { app, W, show } = await headless(t)
  const other = app.pgwidgets.createSession()
  const [hanging, free] = [W.Button('x'), other.getWidgets().Button('y')]
  const ran = defer()
  hanging.on('activated', () => new Promise(() => {}))
  free.on('activated', () => ran.resolve())
  const [a, b] = [await show(), await show({}, other)]
  a.callback(hanging.wid, 'activated')
  await a.sync()
  b.callback(free.wid, 'activated')
  await ran.promise
  t.pass()
})

t.test('a handler may wait for another action, and for an answer of the browser', async t => {
  const { W, show } = await headless(t)
  const [button, yes, status] = [W.Button('ask'), W.Button('yes'), W.Label('')]
  button.on('activated', async () => {
    const [context] = await yes.once('activated') as [{ widget: unknown }]
    const size = await status.query.size()
    status.setText(`${context.widget === yes} ${size.join()}`)
  })
  const browser = await show({ reply: message => message.method === 'get_size' ? { type: 'result', id: message.id, value: [3, 4] } : undefined })
  browser.callback(button.wid, 'activated')
  await browser.wait(({ type, wid }) => type === 'listen' && wid === yes.wid)
  browser.callback(yes.wid, 'activated')
  await browser.wait(({ method, args }) => method === 'set_text' && (args as unknown[])[0] === 'true 3,4')
  t.pass()
})

t.test('once() settles once, resolves with the arguments, and stops listening', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('', { interactive: true })
  const slider = W.Slider()
  const [first, second, moved] = [label.once('map'), label.once('map'), slider.once('activated')]
  const browser = await show()
  const box = { x: 0, y: 0, viewport_x: 0, viewport_y: 0, width: 5, height: 6 }
  browser.callback(label.wid, 'map', box)
  browser.callback(slider.wid, 'activated', 9)
  t.match(await first, [box, { widget: Object }])
  t.match(await second, [box])
  t.equal((await moved)[0], 9)
  await session.settled()
  t.strictSame(browser.of('unlisten').map(({ wid, action }) => [wid, action]), [[label.wid, 'map']], 'tracked state is listened to all the same')
  browser.callback(label.wid, 'map', box)
  await browser.sync()
  t.equal(session.connections[0]?.counts.invalid, 0)
})

t.test('a promise of once() does not hang a session whose widget ends', async t => {
  const { session, W, show } = await headless(t)
  const [open, dialog, status] = [W.Button('open'), W.TopLevel(), W.Label('')]
  const outcome = defer<string>()
  open.on('activated', async () => { await dialog.once('close').then(() => outcome.resolve('closed'), () => outcome.resolve('rejected')) })
  const after = W.Button('after')
  after.on('activated', () => status.setText('not blocked'))
  const browser = await show()
  browser.callback(open.wid, 'activated')
  await browser.sync()
  dialog.destroy()
  t.equal(await Promise.race([outcome.promise, new Promise(resolve => setTimeout(() => resolve('still waiting'), 200))]), 'rejected')
  browser.callback(after.wid, 'activated')
  await browser.sync()
  t.equal(status.getText(), 'not blocked')
  const waiting = open.once('activated')
  session.destroy()
  await t.rejects(Promise.race([waiting, new Promise(resolve => setTimeout(() => resolve('still waiting'), 200))]), { code: /PGW_ERR_(SESSION|WIDGET)_DESTROYED/ })
})

t.test('a once() that nobody waits for is no unhandled rejection when its widget ends', async t => {
  const unhandled: unknown[] = []
  const note = (error: unknown): void => { unhandled.push(error) }
  process.on('unhandledRejection', note)
  t.teardown(() => process.off('unhandledRejection', note))
  const { app, session, W } = await headless(t)
  const button = W.Button('x')
  void button.once('activated')
  button.destroy()
  void W.Button('y').once('activated')
  session.destroy()
  void app.pgwidgets.createSession().getWidgets().Button('z').once('activated')
  await app.close()
  await new Promise(resolve => setTimeout(resolve, 10))
  t.strictSame(unhandled, [])
})

t.test('off() takes one handler away, or all of an action', async t => {
  const { W, show } = await headless(t)
  const button = W.Button('x')
  const seen: string[] = []
  const [a, b] = [(): void => { seen.push('a') }, (): void => { seen.push('b') }]
  button.on('activated', a).on('activated', b)
  const browser = await show()
  browser.callback(button.wid, 'activated')
  await browser.sync()
  button.off('activated', a)
  browser.callback(button.wid, 'activated')
  await browser.sync()
  button.off('activated')
  browser.callback(button.wid, 'activated')
  await browser.sync()
  t.strictSame(seen, ['a', 'b', 'b'])
})

t.test('a handler may take itself away, add others, and destroy its widget', async t => {
  const { session, W, show } = await headless(t)
  const button = W.Button('x')
  const seen: string[] = []
  const self = (): void => { seen.push('self'); button.off('activated', self); button.on('activated', () => { seen.push('added') }) }
  button.on('activated', self)
  const doomed = W.Button('y')
  doomed.on('activated', () => { seen.push('doomed'); doomed.destroy() })
  doomed.on('activated', () => { seen.push('of one that has ended') })
  const browser = await show()
  browser.callback(button.wid, 'activated')
  browser.callback(button.wid, 'activated')
  browser.callback(doomed.wid, 'activated')
  browser.callback(doomed.wid, 'activated')
  await browser.sync()
  t.strictSame(seen.slice(0, 3), ['self', 'added', 'doomed'])
  t.equal(seen.filter(name => name === 'doomed').length, 1)
  t.equal(session.widgets().length, 1)
  t.equal(session.connections[0]?.counts.invalid, 0, 'a report of a widget that has just ended is no mistake')
})

t.test('what server code sets fires no handler', async t => {
  const { session, W, show } = await headless(t)
  let fired = 0
  const [slider, check, entry, combo, tabs, top] = [W.Slider(), W.CheckBox('x'), W.TextEntry(), W.ComboBox(), W.TabWidget(), W.TopLevel()]
  slider.on('activated', () => { fired++ })
  check.on('activated', () => { fired++ })
  entry.on('activated', () => { fired++ })
  combo.on('activated', () => { fired++ })
  tabs.on('page-switch', () => { fired++ })
  top.on('close', () => { fired++ }).on('move', () => { fired++ })
  await show()
  slider.setValue(3); check.setState(true); entry.setText('x'); combo.appendText('a'); combo.setIndex(0)
  tabs.addWidget(W.Label('a')); tabs.addWidget(W.Label('b')); tabs.setIndex(1)
  top.show(); top.setPosition(1, 2); top.hide()
  await session.settled()
  t.equal(fired, 0)
})

t.test('handlers of a session that ended do not run any more', async t => {
  const { session, W, show } = await headless(t)
  const button = W.Button('x')
  const seen: string[] = []
  button.on('activated', () => { seen.push('ran'); session.destroy() })
  const browser = await show()
  browser.send([1, 2, 3].map(() => ({ type: 'callback', wid: button.wid, action: 'activated', args: [] })))
  t.match(await browser.closed, { code: 4002 })
  t.strictSame(seen, ['ran'])
})
