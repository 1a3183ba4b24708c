/** Several browsers of one session, and what each of them ends up showing. */
import t from 'tap'
import type { Widget } from '../../lib/index.ts'
import { headless } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'

/** What a slider shows: the value it was told last, or moved to since. Moves count from when they are made. */
class Slider {
  readonly #browser: Browser
  readonly #wid: number
  value: unknown
  #seen = 0

  constructor (browser: Browser, wid: number, value: number) {
    this.#browser = browser
    this.#wid = wid
    this.value = value
    this.look()
  }

  /** Takes in what has come. */
  look (): unknown {
    const calls = this.#browser.calls('set_value', this.#wid)
    if (calls.length > this.#seen) this.value = calls.at(-1)?.[0]
    this.#seen = calls.length
    return this.value
  }

  move (value: number): void {
    this.look()
    this.value = value
    this.#browser.callback(this.#wid, 'activated', value)
  }
}

t.test('a change reaches every other browser once, silently, and its own browser not at all', async t => {
  const { session, W, show } = await headless(t)
  const [slider, check, entry, label] = [W.Slider(), W.CheckBox('x'), W.TextEntry(), W.Label('x')]
  const browsers = [await show(), await show(), await show()] as const
  const [source, ...others] = browsers
  await session.settled()
  const at = source.frames.length
  source.callback(slider.wid, 'activated', 7)
  source.callback(check.wid, 'activated', true)
  source.callback(entry.wid, 'modified', 'typed')
  await source.sync()
  await session.settled()
  for (const browser of others) {
    await browser.sync()
    t.strictSame(browser.calls('set_value', slider.wid), [[7]])
    t.strictSame(browser.calls('set_state', check.wid), [[true]])
    t.strictSame(browser.calls('set_text', entry.wid), [['typed']])
    t.ok(browser.of('call').slice(-3).every(({ silent }) => silent === true))
  }
  t.equal(source.frames.length, at, 'no echo')
  t.strictSame([slider.getValue(), check.getState(), entry.getText()], [7, true, 'typed'])
  source.callback(slider.wid, 'activated', 7)
  await source.sync()
  t.equal(others[0]?.calls('set_value', slider.wid).length, 1, 'what is no change is not passed on')
  t.ok(label)
})

t.test('state is there before handlers run, and what handlers do goes to all', async t => {
  const { W, show } = await headless(t)
  const slider = W.Slider()
  const label = W.Label('')
  slider.on('activated', value => label.setText(`${value} ${slider.getValue()}`))
  const [a, b] = [await show(), await show()]
  a.callback(slider.wid, 'activated', 7)
  for (const browser of [a, b]) await browser.wait(({ method, args }) => method === 'set_text' && (args as unknown[])[0] === '7 7')
  t.pass()
})

t.test('two browsers that move a slider at the same time end up with the server\'s value', async t => {
  const { session, W, show } = await headless(t)
  const slider = W.Slider()
  const [a, b, c] = [await show(), await show(), await show()]
  await session.settled()
  const shown = [new Slider(a, slider.wid, 50), new Slider(b, slider.wid, 50), new Slider(c, slider.wid, 50)] as const
  for (let round = 0; round < 20; round++) {
    shown[0].move(round)
    shown[1].move(99 - round)
    for (const browser of [a, b, c]) await browser.sync()
    await session.settled()
    for (const browser of [a, b, c]) await browser.sync()
    t.strictSame(shown.map(one => one.look()), [slider.getValue(), slider.getValue(), slider.getValue()], `round ${round}`)
  }
})

t.test('a move that crosses a change by server code ends with one value everywhere', async t => {
  const { session, W, show } = await headless(t)
  const slider = W.Slider()
  const [a, b] = [await show(), await show()]
  await session.settled()
  const shown = [new Slider(a, slider.wid, 50), new Slider(b, slider.wid, 50)] as const
  a.answering = false
  slider.setValue(10)
  // The browser has been told, has not answered, and reports what was done before it heard.
  const call = await a.wait(({ method }) => method === 'set_value')
  a.callback(slider.wid, 'activated', 90)
  await a.sync()
  a.answering = true
  for (const { id, method } of a.of('call')) if (method === 'set_value') a.send({ type: 'result', id })
  t.ok(call)
  await session.settled()
  await Promise.all([a.sync(), b.sync()])
  t.equal(slider.getValue(), 90, 'the later one counts')
  t.strictSame(shown.map(one => one.look()), [90, 90])
})

t.test('what the server makes of a value goes back to whoever sent it', async t => {
  const { session, W, show } = await headless(t)
  const slider = W.Slider({ min: 0, max: 10, step: 5, value: 0 })
  const [a, b] = [await show(), await show()]
  await session.settled()
  a.callback(slider.wid, 'activated', 7.9)
  await a.wait(({ method }) => method === 'set_value')
  await b.sync()
  t.equal(slider.getValue(), 10)
  t.strictSame(a.calls('set_value'), [[10]])
  t.strictSame(b.calls('set_value'), [[10]])
  a.callback(slider.wid, 'activated', 1e308)
  a.callback(slider.wid, 'activated', -1e308)
  await a.sync()
  t.equal(slider.getValue(), 0)
})

t.test('nobody is put right about a widget that a handler has ended', async t => {
  const { session, W, show } = await headless(t)
  const slider = W.Slider({ min: 0, max: 10, step: 5, value: 0 })
  slider.on('activated', () => slider.destroy())
  const a = await show()
  await session.settled()
  a.callback(slider.wid, 'activated', 7.9)
  await a.wait(({ method }) => method === 'destroy')
  await session.settled()
  t.strictSame(a.calls('set_value'), [])
})

t.test('when one of a group ends, who may just have pressed it is told which of the others is down', async t => {
  const { session, W, show } = await headless(t)
  const first = W.ToggleButton('1')
  const second = W.ToggleButton('2', { group: first })
  first.setState(true)
  const a = await show()
  await session.settled()
  const told = a.calls('set_state', first.wid).length
  second.destroy()
  await a.wait(({ method }) => method === 'destroy')
  await session.settled()
  t.strictSame(a.calls('set_state', first.wid).slice(told), [[true]])
})

t.test('one of a group that is pressed releases the others in every browser', async t => {
  const { session, W, show } = await headless(t)
  const bar = W.ToolBar()
  const first = bar.addAction({ text: '1', toggle: true })
  const second = bar.addAction({ text: '2', group: first })
  first.setState(true)
  const [a, b] = [await show(), await show()]
  await session.settled()
  const [heard, at] = [b.of('call').length, a.frames.length]
  a.callback(second.wid, 'activated', true)
  await a.sync()
  await session.settled()
  await b.sync()
  t.strictSame([first.getState(), second.getState()], [false, true])
  const calls = b.of('call').slice(heard).map(({ wid, method, args }) => [wid, method, ...args as unknown[]])
  t.ok(calls.some(([wid, method, state]) => wid === second.wid && method === 'set_state' && state === true))
  t.equal(a.frames.length, at, 'the source does so by itself')
})

t.test('× hides a window that has no close handler, in all browsers, its own included', async t => {
  const { session, W, show } = await headless(t)
  const [plain, handled] = [W.TopLevel(), W.TopLevel()]
  plain.show()
  handled.show()
  let asked = 0
  handled.on('close', () => { asked++ })
  const [a, b] = [await show(), await show()]
  await session.settled()
  a.callback(plain.wid, 'close')
  a.callback(handled.wid, 'close')
  await a.sync()
  await b.sync()
  t.equal(plain.isVisible(), false)
  t.strictSame([a.calls('hide', plain.wid).length, b.calls('hide', plain.wid).length], [1, 1])
  t.equal(handled.isVisible(), true)
  t.strictSame([a.calls('hide', handled.wid).length, b.calls('hide', handled.wid).length], [0, 0])
  t.equal(asked, 1)
  const late = await show()
  t.equal(late.calls('show', plain.wid).length, 0)
  t.equal(late.calls('show', handled.wid).length, 1)
})

t.test('what the user does to a window is kept and shown elsewhere; what was only observed is not', async t => {
  const { session, W, show } = await headless(t)
  const top = W.TopLevel()
  const fixed = W.TopLevel({ resizable: false, moveable: false })
  const label = W.Label('x')
  for (const widget of [top, fixed, label] as Widget[]) widget.on('resize', () => {})
  fixed.on('move', () => {})
  const [a, b] = [await show({ gestures: true }), await show()]
  await session.settled()
  a.callback(top.wid, 'resize', { width: 640, height: 480 })
  a.callback(top.wid, 'move', 30, 40)
  a.callback(top.wid, 'window-state', 'minimized')
  a.callback(fixed.wid, 'resize', { width: 333, height: 222 })
  a.callback(fixed.wid, 'move', 5, 6)
  a.callback(label.wid, 'resize', { width: 77, height: 11 })
  await a.sync()
  await b.sync()
  const late = await show()
  for (const [name, browser] of [['live', b], ['late', late]] as const) {
    t.strictSame(browser.last('resize', top.wid), [640, 480], name)
    t.strictSame(browser.last('set_position', top.wid), [30, 40], name)
    t.strictSame(browser.last('set_window_state', top.wid), ['minimized'], name)
    t.strictSame([...browser.calls('resize', fixed.wid), ...browser.calls('set_position', fixed.wid), ...browser.calls('resize', label.wid)], [], name)
  }
  t.strictSame(label.getSize(), [77, 11], 'the server knows it all the same')
  t.strictSame(top.getSize(), [640, 480])
  t.strictSame(fixed.getSize(), [333, 222])
})

t.test('a reference browser reports sizes that nobody made; only later ones by the user are taken', async t => {
  const { session, W, show } = await headless(t)
  const [placed, free] = [W.TopLevel(), W.TopLevel()]
  placed.show()
  free.show()
  placed.resize(400, 300)
  const a = await show()
  await session.settled()
  a.callback(free.wid, 'resize', { width: 333, height: 222 })
  a.callback(placed.wid, 'resize', { width: 402, height: 299 })
  await a.sync()
  t.strictSame([free.getSize(), placed.getSize()], [[333, 222], [400, 300]])
  a.callback(placed.wid, 'resize', { width: 500, height: 300 })
  await a.sync()
  const late = await show()
  t.equal(late.calls('resize', free.wid).length, 0)
  t.strictSame(late.last('resize', placed.wid), [500, 300])
})

t.test('a measurement that a call in flight makes obsolete is not taken', async t => {
  const { session, W, show } = await headless(t)
  const top = W.TopLevel()
  top.show()
  top.resize(400, 300)
  const a = await show()
  await session.settled()
  a.answering = false
  top.resize(800, 600)
  const call = await a.wait(({ method, args }) => method === 'resize' && (args as number[])[0] === 800)
  a.callback(top.wid, 'resize', { width: 500, height: 500 })
  await a.sync()
  t.strictSame(top.getSize(), [800, 600])
  a.send({ type: 'result', id: call.id })
  a.callback(top.wid, 'resize', { width: 801, height: 599 })
  await a.sync()
  t.strictSame(top.getSize(), [800, 600], 'nor rounding')
  a.callback(top.wid, 'resize', { width: 500, height: 500 })
  await a.sync()
  t.strictSame(top.getSize(), [500, 500])
})

t.test('a field that a handler clears at Enter stays clear, though a reference browser says its text once more', async t => {
  const { session, W, show } = await headless(t)
  const entry = W.TextEntry()
  entry.on('activated', () => entry.setText(''))
  const [a, b] = [await show(), await show()]
  await session.settled()
  a.callback(entry.wid, 'activated', 'sent')
  await a.sync()
  await session.settled()
  a.callback(entry.wid, 'modified', 'sent')
  await a.sync()
  t.equal(entry.getText(), '')
  t.strictSame(b.last('set_text', entry.wid), [''])
  a.callback(entry.wid, 'modified', 'next')
  await a.sync()
  t.equal(entry.getText(), 'next', 'what comes after that counts')
})

t.test('a combo box: chosen, typed, and from a browser that knows an older list', async t => {
  const { session, W, show } = await headless(t)
  const fixed = W.ComboBox()
  const editable = W.ComboBox({ editable: true })
  for (const combo of [fixed, editable]) for (const text of ['a', 'b', 'c']) combo.appendText(text)
  const [a, b] = [await show(), await show()]
  await session.settled()
  a.callback(fixed.wid, 'activated', 1, 'b')
  a.callback(editable.wid, 'activated', 3, 'new')
  a.callback(editable.wid, 'modified', 'typ')
  await a.sync()
  await b.sync()
  t.strictSame([fixed.getText(), fixed.getIndex()], ['b', 1])
  t.strictSame([editable.getText(), editable.getAlpha(3)], ['typ', 'new'])
  t.strictSame(b.last('set_text', fixed.wid), ['b'])
  t.strictSame(b.last('append_text', editable.wid), ['new'])
  t.strictSame(b.last('set_text', editable.wid), ['typ'])
  a.callback(fixed.wid, 'activated', 9, 'smuggled in')
  await a.sync()
  t.equal(fixed.getAlpha(3), null, 'only an editable one takes new items')
  t.equal(fixed.getText(), 'b')
})

t.test('a report that does not fit the model any more is put right where it came from', async t => {
  const { session, W, show } = await headless(t)
  const tabs = W.TabWidget()
  const pages = ['a', 'b', 'c'].map(title => { const page = W.Label(title); tabs.addWidget(page, { title }); return page })
  const splitter = W.Splitter()
  const panes = ['x', 'y'].map(text => { const pane = W.Label(text); splitter.addWidget(pane); return pane })
  splitter.setSizes([1, 1])
  const [a, b] = [await show(), await show()]
  await session.settled()
  tabs.showWidget(pages[1] as (typeof pages)[0])
  tabs.closeWidget(pages[2] as (typeof pages)[0])
  await session.settled()
  const before = a.calls('show_widget', tabs.wid).length
  a.callback(tabs.wid, 'page-switch', { __wid__: pages[2]?.wid, __class__: 'Label' }, 2)
  await a.sync()
  t.equal(tabs.getIndex(), 1)
  t.ok(a.calls('show_widget', tabs.wid).length > before, 'the source is told')
  t.strictSame(a.last('show_widget', tabs.wid), [{ __wid__: pages[1]?.wid }])
  panes[1]?.destroy()
  await session.settled()
  a.callback(splitter.wid, 'sizing', [100, 200])
  await a.sync()
  t.strictSame(splitter.getSizes().length, 1, 'sizes of panes that are gone are not taken')
  t.ok(b)
})

t.test('a page that was moved meanwhile is shown, not its old position', async t => {
  const { session, W, show } = await headless(t)
  const tabs = W.TabWidget()
  const pages = ['a', 'b', 'c'].map(title => { const page = W.Label(title); tabs.addWidget(page, { title }); return page })
  const a = await show()
  await session.settled()
  tabs.closeWidget(pages[0] as (typeof pages)[0])
  a.callback(tabs.wid, 'page-switch', { __wid__: pages[2]?.wid, __class__: 'Label' }, 2)
  await a.sync()
  t.equal(tabs.indexToWidget(tabs.getIndex()), pages[2])
})

t.test('what a browser is told to put it right comes in an order that ends as it should', async t => {
  const { session, W, show } = await headless(t)
  const combo = W.ComboBox({ editable: true })
  for (const text of ['a', 'b']) combo.appendText(text)
  const [a, b] = [await show(), await show()]
  await session.settled()
  a.answering = false
  combo.setText('b')
  await b.sync()
  // Both cross the call, and both are answered at the end of one tick: first only the text, then the list as well.
  a.callback(combo.wid, 'modified', 'typ')
  a.callback(combo.wid, 'activated', 0, 'a')
  await a.sync()
  const calls = a.of('call').filter(({ wid }) => wid === combo.wid).map(({ method }) => method)
  t.ok(calls.lastIndexOf('set_text') > calls.lastIndexOf('clear'), `the text comes last: ${calls.join(', ')}`)
})

t.test('a window does not take a size that none can have', async t => {
  const { session, W, show } = await headless(t)
  const top = W.TopLevel()
  top.show()
  const a = await show()
  await session.settled()
  a.callback(top.wid, 'resize', { width: -1, height: 200 })
  await a.sync()
  t.strictSame(top.getSize(), [0, 0])
})
