/** A session as JSON, and back: the replay is the same, frame for frame. */
import t from 'tap'
import type { Session } from '../../lib/index.ts'
import { headless } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'

/** What a browser was sent from the replay on, without what differs by nature: ids of messages and of transfers. */
function replayed (browser: Browser): unknown[] {
  return browser.frames.slice(2).map(frame => Buffer.isBuffer(frame) ? frame.toString('base64') : JSON.parse(JSON.stringify(frame, (key, value: unknown) => ['id', 'next_wid', 'transfer_id'].includes(key) ? undefined : value)) as unknown)
}

/** Every class, changed in every way that is kept. */
function furnish (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Top', icon: 'a.png', name: 'top' })
  top.resize(640, 480); top.setPosition(3, 4); top.setWindowState('maximized'); top.setMoveable(false)
  const box = W.VBox({ spacing: 4, align: 'center' as never })
  top.setWidget(box)
  const bar = W.MenuBar()
  const file = bar.addName('File')
  file.addName('Open'); file.addSeparator()
  const auto = file.addName('Auto', true)
  auto.setChecked(true)
  file.addMenu('More').addName('Deep')
  const tools = W.ToolBar()
  const first = tools.addAction({ text: 'one', toggle: true })
  tools.addSeparator()
  const second = tools.addAction({ text: 'two', group: first })
  second.setState(true)
  tools.addSpacer()
  const menu = W.Menu()
  const label = W.Label('text', { menu, name: 'status' })
  label.setText(null); label.setColor('red', null); label.setFont('serif', 12); label.setTooltip('tip'); label.setPadding([1, 2, 3, 4])
  label.addCursor('hand', 'hand.png', 1, 2); label.setCursor('hand')
  const tabs = W.TabWidget({ closable: true })
  const pages = ['a', 'b', 'c'].map(title => { const page = W.Label(title); tabs.addWidget(page, { title }); return page })
  tabs.setIndex(2); tabs.highlightTab(pages[1] as never, 'red'); pages[0]?.destroy()
  const splitter = W.Splitter({ orientation: 'vertical' })
  splitter.addWidget(W.Label('l')); splitter.addWidget(W.Label('r')); splitter.setSizes([1, 3]); splitter.setMinimumSize(splitter.getChildren()[0] as never, 20)
  const combo = W.ComboBox({ editable: true })
  combo.appendText('b'); combo.insertAlpha('a'); combo.setText('typed')
  const slider = W.Slider({ name: 'slider', min: 0, max: 10, step: 0.1, dtype: 'float' })
  slider.setLimits(0, 20, 0.5); slider.setValue(7.5)
  const [check, entry, progress] = [W.CheckBox('c', { name: 'check' }), W.TextEntry('t', { name: 'entry' }), W.ProgressBar()]
  check.setState(true); entry.setText('changed'); progress.setValue(0.25)
  const image = W.Image()
  image.setBinaryImage(new Uint8Array([0, 255, 128]), 'png')
  const big = W.Image()
  big.setBinaryImage(new Uint8Array(1_200_000).fill(7), 'jpeg')
  const frame = W.Frame({ title: 'F' })
  frame.setWidget(W.HBox())
  const timer = W.Timer({ duration: 5, name: 'timer' })
  timer.setDuration(9)
  const button = W.Button('go', { name: 'go' })
  button.on('activated', () => label.setText('clicked'))
  label.on('map', () => {})
  for (const widget of [bar, tools, label, tabs, splitter, combo, slider, check, entry, progress, image, big, frame]) box.addWidget(widget, 1)
  box.insertWidget(2, button, 3)
  check.setEnabled(false); progress.hide()
  const page = W.Page()
  page.setWidget(W.Label('page'))
  page.show()
  W.Label('stray')
  top.show()
}

t.test('a restored session is replayed frame for frame as the first was', async t => {
  const { app, session, show } = await headless(t)
  furnish(session)
  const snapshot = JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<Session['snapshot']>
  t.strictSame(snapshot, session.snapshot(), 'it is plain JSON')
  const restored = app.pgwidgets.createSession({ snapshot })
  const [before, after] = [await show(), await show({}, restored)]
  await Promise.all([before.sync(), after.sync()])
  t.ok(replayed(before).length > 5)
  t.strictSame(replayed(after), replayed(before))
  t.strictSame(restored.snapshot(), snapshot)
  t.not(restored.id, session.id)
  t.not(restored.token, session.token)
})

t.test('an empty session, and one after much came and went', async t => {
  const { app, session, W, show } = await headless(t)
  t.strictSame(session.snapshot(), { version: 1, lastWid: 0, widgets: [] })
  const box = W.VBox()
  for (let i = 0; i < 10; i++) box.addWidget(W.Label(String(i)))
  box.getChildren().forEach((child, i) => { if (i % 2 === 0) child.destroy() })
  const restored = app.pgwidgets.createSession({ snapshot: session.snapshot() })
  const [a, b] = [await show(), await show({}, restored)]
  t.strictSame(replayed(b), replayed(a))
  const next = restored.getWidgets().Label('new')
  t.equal(next.wid, 12, 'ids of what has ended are not given out again')
})

t.test('handlers are bound again by name, and state goes on from where it was', async t => {
  const { app, session, show } = await headless(t)
  furnish(session)
  const restored = app.pgwidgets.createSession<{ n: number }>({ snapshot: session.snapshot(), data: { n: 1 } })
  const seen: unknown[] = []
  const button = restored.find('go', 'Button')
  const slider = restored.find('slider', 'Slider')
  button?.on('activated', () => { seen.push('go') })
  slider?.on('activated', value => { seen.push(value) })
  t.equal(slider?.getValue(), 7.5)
  t.equal(restored.find('entry', 'TextEntry')?.getText(), 'changed')
  t.equal(restored.find('timer', 'Timer')?.getDuration(), 9)
  t.equal(restored.data.n, 1)
  const at = (await show({}, restored))
  await at.sync()
  const listens = at.of('listen').length
  t.equal(at.of('listen').filter(({ wid, action }) => wid === button?.wid && action === 'activated').length, 1)
  at.callback(button?.wid as number, 'activated')
  at.callback(slider?.wid as number, 'activated', 3)
  await at.sync()
  t.strictSame(seen, ['go', 3])
  t.equal(slider?.getValue(), 3)
  t.equal(session.find('slider', 'Slider')?.getValue(), 7.5, 'the first session is another one')
  t.equal(at.of('listen').length, listens)
})

t.test('a snapshot is a copy', async t => {
  const { app, session, W } = await headless(t)
  const splitter = W.Splitter({ name: 's' })
  splitter.addWidget(W.Label('x'))
  splitter.setSizes([1])
  const snapshot = session.snapshot()
  const text = JSON.stringify(snapshot)
  splitter.setSizes([2])
  W.Label('more')
  t.equal(JSON.stringify(snapshot), text)
  const restored = app.pgwidgets.createSession({ snapshot })
  restored.find('s', 'Splitter')?.setSizes([3])
  t.equal(JSON.stringify(snapshot), text)
})

t.test('what is no snapshot is refused with a reason, and leaves no session', async t => {
  const { app, session, W } = await headless(t)
  const box = W.VBox({ name: 'box' })
  box.addWidget(W.Label('x', { name: 'label' }))
  const good = session.snapshot()
  const [boxed, labelled] = good.widgets as [object, object]
  const size = app.pgwidgets.sessions.size
  const with_ = (changes: object, index = 1): object => ({ ...good, widgets: good.widgets.map((widget, i) => i === index ? { ...widget, ...changes } : widget) })
  const bad: Record<string, unknown> = {
    null: null,
    text: 'x',
    'no version': { ...good, version: undefined },
    'another version': { ...good, version: 2 },
    'no lastWid': { version: 1, widgets: good.widgets },
    'no widgets': { version: 1, lastWid: 5 },
    'an unknown class': with_({ class: 'Nothing' }),
    'an abstract class': with_({ class: 'Widget' }),
    'an inherited class': with_({ class: 'constructor' }),
    'no arguments': with_({ args: undefined }),
    'no state': with_({ state: null }),
    'an unknown state': with_({ state: { nothing: 1 } }),
    'an inherited state': with_({ state: { constructor: 1 } }),
    'an unknown action': with_({ listened: ['nothing'] }),
    'a missing child': with_({ entries: [{ wid: 77, method: 'add_widget', args: [{ __wid__: 77 }] }] }, 0),
    'an id twice': { ...good, widgets: [boxed, { ...labelled, wid: 1 }] },
    'a name twice': with_({ name: 'box' }),
    'itself as child': with_({ entries: [{ wid: 1, method: 'add_widget', args: [{ __wid__: 1 }] }] }, 0),
    'two parents': { ...good, lastWid: 3, widgets: [boxed, labelled, { ...boxed, wid: 3, name: 'box2' }] },
    'an unknown method': with_({ entries: [{ wid: 2, method: 'nothing', args: [{ __wid__: 2 }] }] }, 0),
    'an id that is none': with_({ wid: 1.5 })
  }
  for (const [name, snapshot] of Object.entries(bad)) {
    t.throws(() => app.pgwidgets.createSession({ snapshot: snapshot as never }), { code: 'PGW_ERR_SNAPSHOT', message: /cannot be restored: ./ }, name)
  }
  t.equal(app.pgwidgets.sessions.size, size)
  t.doesNotThrow(() => app.pgwidgets.createSession({ snapshot: good }))
})
