/** What can happen to a session, each a function of a few random numbers. */
import type { AnyWidget, Button, ComboBox, Expander, FixedLayout, GridBox, Image, Label, MDISubWindow, MDIWidget, Menu, MenuBar, Slider, Splitter, TabWidget, TextEntry, ToolBar, ToolBarAction, TopLevel, VBox, Widget } from '../../lib/index.ts'
import type { ClassName, HandleOf, TestBrowser } from '../../lib/testing/index.ts'
import type { World } from './world.ts'

export type Numbers = readonly [number, number, number]
export type Operation = (world: World, numbers: Numbers) => unknown

const CONTAINERS = ['VBox', 'HBox', 'Box', 'ButtonBox', 'GridBox', 'FixedLayout', 'Frame', 'Splitter', 'TabWidget', 'StackWidget', 'Expander', 'TopLevel', 'Page', 'ToolBar', 'Menu']
const LEAVES = ['Button', 'Label', 'CheckBox', 'Slider', 'TextEntry', 'ComboBox', 'ProgressBar', 'Image'] as const
const WORDS = ['one', 'two', 'three', 'ä<b>&', '', 'six']

const word = (number: number): string => WORDS[number % WORDS.length] as string

/** Puts a widget somewhere, whatever it was in before. */
function put (world: World, child: AnyWidget, [a, b]: Numbers): void {
  const parent = world.pick(a, ...CONTAINERS)
  if (parent === undefined || isInside(parent, child)) return
  if ('insertRow' in parent) parent.addWidget(child as Widget, a % 4, b % 3)
  else if (parent.constructor.name === 'FixedLayout') (parent as FixedLayout).addWidget(child as Widget, a, b)
  else if ('setWidget' in parent) parent.setWidget(child as Widget)
  else if (parent.constructor.name === 'Splitter' && b % 2 === 1) (parent as Splitter).insertWidget(b % 4, child as Widget)
  else if ('insertWidget' in parent && b % 2 === 1) (parent as VBox).insertWidget(b % 4, child as Widget, b % 3)
  else if ('addWidget' in parent) (parent as { addWidget (child: Widget): void }).addWidget(child as Widget)
}

function isInside (inner: AnyWidget, outer: AnyWidget): boolean {
  for (let at: AnyWidget | null = inner; at !== null; at = at.parent) if (at === outer) return true
  return false
}

/** What server code does. */
export const server: Readonly<Record<string, Operation>> = {
  window: ({ session }, [a, b]) => {
    const top = session.getWidgets().TopLevel({ title: word(a), resizable: a % 2 === 0, moveable: b % 2 === 0, minimizable: true, maximizable: true })
    if (b % 3 > 0) top.show()
  },
  container (world, [a, b, c]) {
    const W = world.session.getWidgets()
    const make = [() => W.VBox({ spacing: a }), () => W.HBox(), () => W.Box({ orientation: 'vertical' }), () => W.Frame({ title: word(a) }),
      () => W.Splitter(), () => W.TabWidget({ closable: true, reorderable: true }), () => W.StackWidget(), () => W.Expander({ collapsible: a % 3 > 0 }), () => W.ToolBar(), () => W.Menu(),
      () => W.GridBox({ rows: 1 + a % 3 }), () => W.FixedLayout(), () => W.ButtonBox({ minButtonWidth: a })]
    put(world, (make[c % make.length] as () => AnyWidget)(), [b, a, c])
  },
  leaf (world, [a, b, c]) {
    const W = world.session.getWidgets()
    const make = W[LEAVES[a % LEAVES.length] as typeof LEAVES[number]] as () => AnyWidget
    put(world, make(), [b, c, a])
  },
  workspace (world, numbers) {
    put(world, world.session.getWidgets().MDIWidget(), numbers)
    server.subwindow?.(world, numbers)
    server.subwindow?.(world, [numbers[1], numbers[0], numbers[2]])
  },
  subwindow (world, [a, b, c]) {
    const W = world.session.getWidgets()
    const mdi = world.pick(a, 'MDIWidget') as MDIWidget | undefined
    const child = b % 3 === 0 ? world.pick(c, ...LEAVES) as Widget | undefined : W.Label(word(b))
    if (mdi === undefined || child === undefined) return
    mdi.addWidget(child, { title: word(c), width: 100 + b, height: 80 + c, ...(a % 2 === 0 && { x: b, y: c }) })
  },
  arrange (world, [a, b, c]) {
    const mdi = world.pick(a, 'MDIWidget') as MDIWidget | undefined
    const window = world.pick(b, 'MDISubWindow') as MDISubWindow | undefined
    const acts = [() => mdi?.cascadeWindows(), () => mdi?.tileWindows(), () => { if (mdi !== undefined && mdi.numChildren() > 0) mdi.setIndex(c % mdi.numChildren()) },
      () => window?.setPosition(b * 10, c), () => window?.resize(120 + b, 100 + c), () => window?.setTitle(word(c)), () => window?.raise(), () => window?.lower(),
      () => window?.setWindowState((['normal', 'shaded', 'minimized', 'maximized'] as const)[c % 4] as 'normal'),
      () => { if (c % 3 === 0) window?.close() }]
    ;(acts[(a + b + c) % acts.length] as () => void)()
  },
  menu ({ session }, [a, b]) {
    const bar = session.getWidgets().MenuBar()
    const menu = bar.addName(word(a))
    menu.addName(word(b), b % 2 === 0)
    menu.addSeparator()
    menu.addMenu(word(a + 1)).addName('deep', true)
  },
  moreMenu (world, [a, b]) {
    const menu = world.pick(a, 'Menu') as Menu | undefined
    if (b % 3 === 0) menu?.addSeparator()
    else menu?.addName(word(b), b % 2 === 0)
  },
  tools (world, [a, b, c]) {
    const bar = world.pick(a, 'ToolBar') as ToolBar | undefined
    const group = world.pick(b, 'ToolBarAction') as ToolBarAction | undefined
    if (c % 4 === 0) bar?.addSpacer()
    else bar?.addAction({ text: word(c), toggle: true, ...(c % 2 === 0 && group !== undefined && { group }) })
  },
  press: (world, [a, b]) => (world.pick(a, 'ToolBarAction') as ToolBarAction | undefined)?.setState(b % 3 > 0),
  move (world, numbers) {
    const child = world.pick(numbers[2], ...LEAVES, 'VBox', 'Frame', 'Splitter')
    if (child !== undefined) put(world, child, numbers)
  },
  remove (world, [a]) {
    const child = world.pick(a)
    const parent = child?.parent
    if (parent != null && 'remove' in parent) (parent as MenuBar).remove(child as Widget)
  },
  destroy: (world, [a, b]) => { if (b % 3 === 0) world.pick(a)?.destroy() },
  text: (world, [a, b]) => (world.pick(a, 'Label', 'Button', 'TextEntry', 'ComboBox') as Label | Button | TextEntry | ComboBox | undefined)?.setText(word(b)),
  slide: (world, [a, b]) => (world.pick(a, 'Slider') as Slider | undefined)?.setValue(b * 7 % 130 - 10),
  limits: (world, [a, b, c]) => (world.pick(a, 'Slider') as Slider | undefined)?.setLimits(b % 20, 20 + c * 9, 1 + b % 3),
  items (world, [a, b, c]) {
    const combo = world.pick(a, 'ComboBox') as ComboBox | undefined
    if (combo === undefined) return
    const acts = [() => combo.appendText(word(c)), () => combo.insertAlpha(word(c)), () => combo.deleteAlpha(word(c)), () => combo.clear(),
      () => { if (combo.getAlpha(c % 3) !== null) combo.setIndex(c % 3) }, () => combo.showText(word(c))]
    ;(acts[b % acts.length] as () => void)()
  },
  tab (world, [a, b]) {
    const tabs = world.pick(a, 'TabWidget', 'StackWidget') as TabWidget | undefined
    const count = tabs?.numChildren() ?? 0
    if (count > 0) tabs?.setIndex(b % count)
    const page = tabs?.indexToWidget(b % Math.max(1, count))
    if (page != null && b % 4 === 0 && tabs !== undefined && 'highlightTab' in tabs) tabs.highlightTab(page, '#ff0000')
  },
  // A reference page can be told of neither; what it shows instead is in test/session/extensions.test.ts.
  order (world, [a, b, c]) {
    const tabs = world.pick(a, 'TabWidget', 'StackWidget') as TabWidget | undefined
    const page = tabs?.indexToWidget(b % Math.max(1, tabs.numChildren()))
    if (tabs === undefined || page == null || world.dialect === 'reference') return
    if (c % 4 === 0 && 'setTabTitle' in tabs) tabs.setTabTitle(page, word(c))
    else tabs.moveWidget(page, c % 5)
  },
  fold (world, [a, b, c]) {
    const expander = world.pick(a, 'Expander') as Expander | undefined
    if (expander === undefined) return
    if (c % 4 === 0 && world.dialect === 'ours') expander.setTitle(word(b))
    else if (b % 2 === 0) expander.setCollapsed(false)
    else if (expander.getCollapsed()) expander.toggleContent()
  },
  panes (world, [a, b]) {
    const splitter = world.pick(a, 'Splitter') as Splitter | undefined
    splitter?.setSizes(splitter.getChildren().map((_, i) => 1 + (b + i) % 5))
    const [pane] = splitter?.getChildren() ?? []
    if (pane !== undefined && b % 2 === 0) splitter?.setMinimumSize(pane, b)
  },
  grid (world, [a, b, c]) {
    const grid = world.pick(a, 'GridBox') as GridBox | undefined
    if (grid === undefined) return
    const [rows, columns] = grid.getRowColumnCount()
    const widgets = [b, b + c].flatMap(number => world.pick(number, ...LEAVES) ?? []).filter((widget, i, all) => all.indexOf(widget) === i) as Widget[]
    const acts = [() => grid.insertRow(c % (rows + 1), widgets), () => grid.appendColumn(widgets), () => grid.deleteRow(c % rows), () => grid.deleteColumn(c % columns),
      () => grid.insertColumn(c % (columns + 1)), () => grid.appendRow(widgets), () => grid.setSpacing(c), () => grid.setRowSpacing(c)]
    ;(acts[b % acts.length] as () => void)()
  },
  geometry (world, [a, b, c]) {
    const top = world.pick(a, 'TopLevel') as TopLevel | undefined
    if (b % 3 === 0) top?.resize(200 + c * 10, b % 2 === 0 ? null : 300)
    else if (b % 3 === 1) top?.setPosition(c * 10, b)
    else top?.setWindowState((['normal', 'maximized', 'minimized'] as const)[c % 3] as 'normal')
  },
  look (world, [a, b, c]) {
    const widget = world.pick(a) as Widget | undefined
    if (widget === undefined || !('setEnabled' in widget)) return
    const acts = [() => widget.setEnabled(c % 2 === 0), () => widget.setTooltip(word(c)), () => widget.setFont(null, c), () => widget.setBg(c % 2 === 0 ? null : '#123456'),
      () => widget.setPadding(c), () => widget.setExpanding(c % 2 === 0), () => { if (c % 3 === 0) widget.hide(); else widget.show() }, () => widget.addCursor(word(c), 'x.png', 0, c)]
    ;(acts[b % acts.length] as () => void)()
  },
  picture (world, [a, b, c]) {
    const image = world.pick(a, 'Image') as Image | undefined
    if (b % 2 === 0) image?.setImage(`${word(c)}.png`)
    else image?.setBinaryImage(Uint8Array.of(a, b, c), 'png')
  },
  batch (world, [a, b, c]) {
    world.session.batch(() => {
      server.slide?.(world, [a, b, c])
      server.leaf?.(world, [b, c, a])
      server.picture?.(world, [a, b, c])
      server.text?.(world, [c, a, b])
    })
  },
  storm (world, [a, b]) {
    const slider = world.pick(a, 'Slider', 'ProgressBar') as Slider | undefined
    for (let i = 0; i < 60; i++) slider?.setValue((b + i) % 40)
  },
  flood (world, [a]) {
    const label = world.pick(a, 'Label', 'Button') as Label | undefined
    label?.setTooltip('x'.repeat(30_000))
    label?.setTooltip(word(a))
    for (let i = 0; i < 12; i++) (world.pick(a + i) as Widget | undefined)?.setTooltip?.('y'.repeat(2_000))
  },
  ask (world, [a]) {
    const widget = world.pick(a, ...LEAVES) as Widget | undefined
    if (widget !== undefined) world.questions.push(widget.query.position().catch((error: unknown) => error))
  },
  listen: (world, [a]) => { (world.pick(a, 'Button') as Button | undefined)?.on('activated', () => { server.slide?.(world, [a, a, a]) }) }
}

/** What a person does. */
export const person: Readonly<Record<string, Operation>> = {
  tick: by('CheckBox', (_browser, handle) => handle.click({ force: true })),
  click: by('Button', (_browser, handle) => handle.click({ force: true })),
  drag: by('Slider', (_browser, handle, [, b, c]) => handle.drag([b % 100, c % 100], { force: true })),
  type: by('TextEntry', (browser, handle, [, b, c]) => {
    handle.type(word(b), { force: true })
    if (c % 3 === 0) handle.press('Enter', { force: true })
    else if (c % 3 === 1) browser.flushTyping()
  }),
  choose: by('ComboBox', (_browser, handle, [, b]) => { if (handle.items.length > 0) handle.select(b % handle.items.length, { force: true }) }),
  tab: by('TabWidget', (_browser, handle, [, b]) => { if (handle.children.length > 0) handle.select(b % handle.children.length, { force: true }) }),
  moveTab: by('TabWidget', (_browser, handle, [, b, c]) => { if (handle.children.length > 0) handle.moveTab(b % handle.children.length, c % 5, { force: true }) }),
  fold: by('Expander', (_browser, handle) => handle.args.collapsible === true ? handle.toggle({ force: true }) : undefined),
  tool: by('ToolBarAction', (_browser, handle) => handle.click({ force: true })),
  entry: by('MenuAction', (_browser, handle) => handle.click({ force: true })),
  panes: by('Splitter', (_browser, handle, [, b]) => handle.children.length < 2 ? undefined : handle.drag(handle.children.map((_, i) => 40 + (b + i) * 10), { force: true })),
  subwindow: by('MDISubWindow', (_browser, handle, [, b, c]) => {
    const acts = [() => handle.raise({ force: true }), () => handle.minimize({ force: true }), () => handle.maximize({ force: true }), () => handle.shade({ force: true }),
      () => { if (handle.windowState === 'normal') handle.move(b * 10, c * 10, { force: true }) },
      () => { if (handle.windowState === 'normal') handle.resize(150 + b, 120 + c, { force: true }) },
      () => { if (c % 3 === 0) handle.close({ force: true }) }]
    ;(acts[b % acts.length] as () => void)()
  }),
  window: by('TopLevel', (browser, handle, [, b, c]) => {
    if (handle.args.moveable === true && b % 4 === 0) handle.move(b * 10, c * 10, { force: true })
    else if (isResizable(browser, handle) && b % 4 === 1) handle.resize(200 + b * 10, 200 + c * 10, { force: true })
    else if (b % 4 === 2) handle.close({ force: true })
    else handle.minimize({ force: true })
  })
}

function by<Class extends ClassName> (className: Class, act: (browser: TestBrowser, handle: HandleOf<Class>, numbers: Numbers) => unknown): Operation {
  return (world, numbers) => {
    const browser = world.browser(numbers[2])
    // Nobody can do anything on a page whose line is down or which is just being built.
    if (browser === undefined || !browser.connected || browser.replaying) return
    const handles = browser.all(className)
    const handle = handles[numbers[0] % Math.max(1, handles.length)]
    if (handle !== undefined) act(browser, handle, numbers)
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** What happens to the lines. */
export const lines: Readonly<Record<string, Operation>> = {
  join: world => world.join(),
  drop: (world, [a]) => { const browser = world.browser(a); return browser === undefined ? undefined : world.drop(browser) },
  back: (world, [a, b]) => { const browser = world.browser(a); return browser === undefined ? undefined : world.comeBack(browser, b % 3 === 0) },
  backHeld: (world, [a]) => { const browser = world.browser(a); return browser === undefined ? undefined : world.comeBackHeld(browser) },
  hold: (world, [a, b]) => world.browser(a)?.hold(b % 2 === 0 ? 'in' : 'out'),
  step: (world, [a, b]) => world.browser(a)?.step(1 + b % 3, b % 2 === 0 ? 'in' : 'out'),
  release: (world, [a]) => world.browser(a)?.release(),
  slow: (world, [a]) => world.browser(a)?.slow(),
  fast: (world, [a]) => world.browser(a)?.fast(),
  turn,
  /** A browser stops reading while much goes on. */
  async struggle (world, [a, b, c]) {
    const browser = world.browser(a)
    if (browser === undefined || !browser.connected) return
    browser.slow()
    for (let i = 0; i < 3 + c % 4; i++) {
      server.flood?.(world, [a + i, b, c])
      server.storm?.(world, [b + i, a, c])
      await turn()
    }
  },
  /** A line goes again before the replay that its return brought is through. */
  async interrupt (world, [a]) {
    const browser = world.browser(a)
    if (browser === undefined) return
    await world.drop(browser)
    await world.comeBackHeld(browser)
    browser.step(1, 'in')
    await world.drop(browser)
  },
  /** Two people at the same thing at the same time. */
  async collide (world, [a, b, c]) {
    const [one, two] = [world.browser(a), world.browser(a + 1)]
    if (one === undefined || two === undefined || one === two) return
    one.hold()
    two.hold()
    for (const table of [person.drag, person.tick, person.choose, person.tool, person.moveTab, person.fold]) {
      await table?.(world, [b, b, a])
      await table?.(world, [b, c, a + 1])
    }
    one.release()
    two.release()
  },
  /** A browser is asked something and goes. */
  async askAndGo (world, [a, b]) {
    world.browser(0)?.hold('in')
    server.ask?.(world, [a, b, 0])
    await turn()
    const [first] = world.browsers
    if (first !== undefined) await world.drop(first)
  }
}

/**
 * A reference page reports sizes when it has drawn, and not at all if the window is hidden by then; and it cannot tell
 * what a person did to a window without a size from what its layout does all the time. So only ours is put to it here.
 */
function isResizable ({ dialect }: TestBrowser, { args, windowState }: HandleOf<'TopLevel'>): boolean {
  return args.resizable === true && windowState === 'normal' && dialect === 'ours'
}
