/** What server code may say to widgets, and what it hears when it is wrong. */
import t from 'tap'
import { headless } from '../support/app.ts'

const loose = <T = never>(value: unknown): T => value as T

t.test('a wrong argument names the widget, the method, the argument, and what would be right', async t => {
  const { W } = await headless(t)
  const slider = W.Slider({ name: 'speed' })
  const label = W.Label('x')
  const cases: Array<[() => unknown, RegExp]> = [
    [() => slider.setValue(loose('5')), /^Slider#1 "speed"\.setValue: num: expected a number, got "5"$/],
    [() => slider.setValue(NaN), /setValue: num: expected a number, got NaN/],
    [() => slider.setValue(Infinity), /setValue: num: expected a number, got Infinity/],
    [() => slider.setValue(loose(undefined)), /setValue: num: expected a number, got nothing/],
    [() => slider.setValue(loose(5n)), /setValue: num: expected a number/],
    [() => slider.setValue(loose(() => 5)), /setValue: num: expected a number, got a function/],
    [() => slider.setValue(loose(Symbol('x'))), /setValue: num: expected a number/],
    [() => slider.setValue(...loose<[number]>([1, 2])), /setValue: arguments: takes at most 1, got 2/],
    [() => slider.setLimits(1, loose(null)), /setLimits: maxval: expected a number, got null/],
    [() => slider.setDecimals(21), /setDecimals: num: expected an integer from 0 to 20 or null, got 21/],
    [() => label.setText(loose({ a: 1 })), /setText: text: expected a string or null, got \{"a":1\}/],
    [() => label.setHalign(loose('middle')), /setHalign: align: expected one of left, center, right, got "middle"/],
    [() => label.setPadding(loose([1, 2, 3])), /setPadding: padding: expected a number or \[/],
    [() => label.setMenu(loose(label)), /setMenu: .*expected a Menu.*, got Label#2/],
    [() => label.setMenu(loose('file')), /setMenu: menu: expected a Menu or null, got "file"/],
    [() => W.VBox().addWidget(loose({ __wid__: 1 })), /addWidget/],
    [() => W.VBox().addWidget(loose(null)), /addWidget: child: expected a widget, got null/],
    [() => W.VBox().addWidget(loose(W.Timer())), /addWidget/],
    [() => W.TabWidget().addWidget(label, loose({ titel: 'x' })), /addWidget: options: .*title/],
    [() => W.Image().setBinaryImage(loose('bytes')), /setBinaryImage: data: expected a Uint8Array, got "bytes"/],
    [() => W.Slider({ min: loose('0') }), /^Slider: min: expected a number, got "0"$/],
    [() => W.Slider({ showValuePosition: loose('x') }), /^Slider: showValuePosition: expected one of l, t, r, b, got "x"$/],
    [() => W.Button(loose(7)), /^Button: text: expected a string/],
    [() => W.Button('x', { name: '' }), /^Button: name: expected a string that is not empty/],
    [() => W.ComboBox().setIndex(3), /setIndex: .*index must be from 0/],
    [() => W.TabWidget().setIndex(0), /setIndex: .*index must be from 0/],
    [() => label.on('click', loose('handler')), /Label#2\.on: handler: expected a function/]
  ]
  for (const [mistake, message] of cases) t.throws(mistake, { code: 'PGW_ERR_INVALID_ARGUMENT', message, name: /TypeError|FastifyError/ }, String(message))
  t.equal(slider.getValue(), 50, 'and nothing was changed')
  t.equal(label.getText(), 'x')
})

t.test('an unknown option, action, class or name says what there is', async t => {
  const { session, W } = await headless(t)
  const button = W.Button('x', { name: 'go' })
  t.throws(() => W.Button('x', loose({ colour: 'red' })), { code: 'PGW_ERR_UNKNOWN_NAME', message: /^Button: there is no option colour; there are .*text.*name/ })
  t.throws(() => W.Slider(loose({ show_value_position: 'l', shown: true })), { code: 'PGW_ERR_UNKNOWN_NAME', message: /option shown; there are .*showValuePosition/ })
  t.throws(() => button.on(loose('actived'), () => {}), { code: 'PGW_ERR_UNKNOWN_NAME', message: /^Button#1 "go": there is no action actived; there are .*activated/ })
  await t.rejects(button.once(loose('actived')), { code: 'PGW_ERR_UNKNOWN_NAME' })
  t.throws(() => session.find('go', 'Slider'), { code: 'PGW_ERR_UNKNOWN_NAME', message: /the widget named go is a Button, not a Slider/ })
  for (const inherited of ['constructor', 'toString', '__proto__', 'hasOwnProperty', 'valueOf']) {
    t.throws(() => button.on(loose(inherited), () => {}), { code: 'PGW_ERR_UNKNOWN_NAME' }, `action ${inherited}`)
    const options = Object.fromEntries([[inherited, 1]])
    t.throws(() => W.Button('x', loose(options)), { code: 'PGW_ERR_UNKNOWN_NAME' }, `option ${inherited}`)
  }
  t.equal((W as unknown as Record<string, unknown>).Widget, undefined, 'abstract classes cannot be made')
  t.equal((button as unknown as Record<string, unknown>).set_text, undefined, 'wire names are not methods')
  t.equal((W as unknown as Record<string, unknown>).constructor === Object || (W as unknown as Record<string, unknown>).constructor === undefined, true)
})

t.test('what failed to be made leaves nothing behind', async t => {
  const { session, W, show } = await headless(t)
  const browser = await show()
  t.throws(() => W.Button('x', { name: 'go', icon: loose(7) }), { code: 'PGW_ERR_INVALID_ARGUMENT' })
  t.equal(session.find('go'), null)
  t.strictSame(session.widgets(), [])
  W.Button('y', { name: 'go' })
  await session.settled()
  const late = await show()
  t.strictSame(late.of('create').map(({ args }) => (args as unknown[])[0]), ['y'])
  t.ok(browser.socket.readyState === 1)
})

t.test('a value that holds itself is refused and does not end in a heap of calls', async t => {
  const { W } = await headless(t)
  const ring: Record<string, unknown> = {}
  ring.ring = ring
  const list: unknown[] = []
  list.push(list)
  t.throws(() => W.Label(loose(undefined)).setText(loose(ring)), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /setText/ })
  t.throws(() => W.Splitter().setSizes(loose(list)), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /setSizes/ })
})

t.test('a slip in the place of a cell is refused, and makes no grid that no page can hold', async t => {
  const { W } = await headless(t)
  t.throws(() => W.GridBox().addWidget(W.Label('x'), 1e9, 0), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /addWidget.*row.*9999/ })
  t.throws(() => W.GridBox({ columns: 20_000 }), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /columns.*10000/ })
  const full = W.GridBox({ rows: 10_000 })
  t.throws(() => full.appendRow([]), { message: /more than 10000 rows/ })
  t.strictSame(full.getRowColumnCount(), [10_000, 1])
})

t.test('names are unique in a session, and free again when their widget ends', async t => {
  const { session, app, W } = await headless(t)
  const first = W.Button('x', { name: 'go' })
  t.throws(() => W.Label('x', { name: 'go' }), { code: 'PGW_ERR_NAME_TAKEN', message: /go/ })
  t.equal(session.find('go'), first)
  t.equal(session.find('go', 'Button'), first)
  t.equal(session.find('nothing'), null)
  t.equal(session.find('__proto__'), null)
  first.destroy()
  t.equal(session.find('go'), null)
  const second = W.Label('x', { name: 'go' })
  t.equal(session.find('go'), second)
  const other = app.pgwidgets.createSession()
  t.doesNotThrow(() => other.getWidgets().Label('x', { name: 'go' }), 'another session has names of its own')
  t.throws(() => other.getWidgets().VBox().addWidget(second), { code: 'PGW_ERR_FOREIGN_WIDGET', message: /VBox#2\.addWidget: Label#2 "go" belongs to another session/ })
})

t.test('as many widgets as maxWidgets says, and room again when some end', async t => {
  const { W } = await headless(t, { maxWidgets: 3 })
  const labels = [W.Label('1'), W.Label('2'), W.Label('3')]
  t.throws(() => W.Label('4'), { code: 'PGW_ERR_TOO_MANY_WIDGETS', message: /3 widgets/ })
  labels[0]?.destroy()
  const bar = W.MenuBar()
  t.throws(() => bar.addName('File'), { code: 'PGW_ERR_TOO_MANY_WIDGETS' })
  t.equal(bar.numChildren(), 0)
})

t.test('options and setters are one vocabulary', async t => {
  const { W, show } = await headless(t)
  const box = W.VBox({ spacing: 8, tooltip: 'box', enabled: false })
  const label = W.Label('x', loose<{ bg: string }>({ bg: 'red', minSize: undefined }))
  t.equal(box.getTooltip(), 'box')
  t.equal(box.getEnabled(), false)
  const browser = await show()
  t.strictSame(browser.last('set_spacing', box.wid), [8])
  t.strictSame(browser.last('set_tooltip', box.wid), ['box'])
  t.strictSame(browser.last('set_enabled', box.wid), [false])
  t.strictSame(browser.last('set_bg', label.wid), ['red'])
})

t.test('a destroyed widget refuses everything but being destroyed', async t => {
  const { session, W } = await headless(t)
  const box = W.VBox()
  const button = W.Button('x', { name: 'go' })
  const timer = W.Timer()
  box.addWidget(button)
  box.destroy()
  timer.destroy()
  t.ok(button.destroyed && box.destroyed && timer.destroyed)
  t.equal(button.parent, null)
  for (const use of [
    () => button.setText('y'), () => button.on('activated', () => {}), () => W.VBox().addWidget(button), () => box.addWidget(W.Label('x')), () => timer.start(1), () => timer.setDuration(5)
  ]) t.throws(use, { code: 'PGW_ERR_WIDGET_DESTROYED' }, String(use))
  t.throws(() => button.setText('y'), { message: /Button#2 "go": cannot setText, the widget is destroyed/ })
  await t.rejects(button.query.size(), { code: 'PGW_ERR_WIDGET_DESTROYED' })
  t.doesNotThrow(() => { button.destroy(); box.destroy(); timer.destroy() })
  t.doesNotThrow(() => button.off('activated'))
  t.strictSame(session.widgets().map(String), ['VBox#4', 'Label#5'], 'only what the attempts made')
})

t.test('awaiting a constructor or a setter is harmless', async t => {
  const { W } = await headless(t)
  const label = await W.Label('x')
  await label.setText('y')
  t.equal(label.getText(), 'y')
  t.equal(label, await label)
})

t.test('a widget in a log line, a template or JSON is its name, not its session', async t => {
  const { session, W } = await headless(t)
  const label = W.Label('secret', { name: 'status' })
  t.equal(`${label}`, 'Label#1 "status"')
  t.equal(JSON.stringify({ label }), '{"label":"Label#1 \\"status\\""}')
  t.strictSame(JSON.parse(JSON.stringify(session)), { id: session.id, path: session.path })
})
