/** What the project adds to the protocol reaches pages that know it; all others get what comes nearest, or nothing. */
import t from 'tap'
import { extension } from '../../lib/widgets/definition.ts'
import type { Method } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { headless } from '../support/app.ts'
import type { Browser, Frame } from '../support/browser.ts'

const EXTENDED = { extended: true, gestures: true } as const
const ref = ({ wid }: { wid: number }): object => ({ __wid__: wid })

/** Methods of the project's own, by class, as `Class.method`. */
const EXTENSIONS: ReadonlySet<string> = new Set([...definitions.values()].flatMap(({ class: name, methods }) =>
  Object.entries(methods).filter(([, { extension }]) => extension === true).map(([method]) => `${name}.${method}`)))

/** Calls in all that a browser was sent, with the class of their widget: alone, in batches and in replays. */
function calls (browser: Browser): string[] {
  const classes = new Map(browser.of('create').map(({ wid, class: name }) => [wid, String(name)]))
  const all = browser.texts.flatMap(message => message.type === 'batch' ? message.calls as Frame[] : message.type === 'call' ? [message] : [])
  return all.map(({ wid, method }) => `${classes.get(wid as number) ?? ''}.${method as string}`)
}

const strange = (browser: Browser): string[] => calls(browser).filter(call => EXTENSIONS.has(call))

t.test('a page that does not know them never sees such a call: alone, in a batch, or in a replay', async t => {
  const { session, W, show } = await headless(t)
  const [plain, ours] = [await show(), await show(EXTENDED)]
  const tabs = W.TabWidget({ reorderable: true })
  const pages = ['a', 'b', 'c'].map(text => W.Label(text))
  for (const page of pages) tabs.addWidget(page, { title: 'old' })
  const expander = W.Expander({ title: 'old' })
  const splitter = W.Splitter()
  const change = (title: string): void => {
    tabs.moveWidget(pages[2]!, 0)
    tabs.setTabTitle(pages[0]!, title)
    expander.setTitle(title)
    splitter.insertWidget(0, W.Label(title))
  }
  change('new')
  await session.settled()
  session.batch(() => change('newer'))
  await session.settled()
  session.batch(() => expander.setTitle('newest'))
  await session.settled()
  await plain.sync()
  const late = await show()
  t.strictSame([strange(plain), strange(late)], [[], []])
  for (const call of ['TabWidget.move_widget', 'TabWidget.set_tab_title', 'Expander.set_title', 'Splitter.insert_widget']) {
    t.ok(strange(ours).includes(call), `${call} reaches ours`)
  }
  t.notOk(plain.of('batch').some(({ calls }) => (calls as unknown[]).length === 0), 'nor a batch of nothing')
  const again = await show(EXTENDED)
  t.strictSame(again.calls('set_title', expander.wid), [['newest']])
})

t.test('a session without such calls sends the same frames to both', async t => {
  const { session, W, show } = await headless(t)
  const [plain, ours] = [await show(), await show(EXTENDED)]
  const at = [plain.frames.length, ours.frames.length] as const
  const tabs = W.TabWidget()
  tabs.addWidget(W.Label('a'))
  session.batch(() => tabs.setTooltip('x'))
  await session.settled()
  t.strictSame(plain.frames.slice(at[0]), ours.frames.slice(at[1]))
})

t.test('whoever connects is told once that it knows them, and only by itself', async t => {
  const { session, W, show } = await headless(t)
  const expander = W.Expander({ title: 'old' })
  const liar = await show()
  liar.send({ type: 'result', id: 0, extensions: 1 })
  await liar.sync()
  expander.setTitle('new')
  await session.settled()
  t.strictSame(strange(liar), [])
})

t.test('a page that cannot move tabs still shows the right one, whatever order they have there', async t => {
  const { session, W, show } = await headless(t)
  const tabs = W.TabWidget()
  const [a, b, c] = ['a', 'b', 'c'].map(text => W.Label(text)) as [ReturnType<typeof W.Label>, ReturnType<typeof W.Label>, ReturnType<typeof W.Label>]
  for (const page of [a, b, c]) tabs.addWidget(page)
  const plain = await show()
  tabs.moveWidget(c, 0)
  tabs.setIndex(0)
  await session.settled()
  t.strictSame(tabs.getChildren(), [c, a, b])
  t.strictSame(plain.last('show_widget', tabs.wid), [ref(c)], 'by page, not by position')
  t.strictSame(plain.calls('set_index'), [])
  plain.callback(tabs.wid, 'page-switch', { __wid__: b.wid }, 1)
  await plain.sync()
  t.equal(tabs.getIndex(), 2)
  const late = await show()
  t.strictSame(late.calls('add_widget', tabs.wid).map(([page]) => page), [c, a, b].map(ref), 'one that comes later has them in order')
  t.strictSame(late.last('show_widget', tabs.wid), [ref(b)])
})

t.test('when the page that is shown goes, everybody is told which one is shown now', async t => {
  const { session, W, show } = await headless(t)
  const tabs = W.TabWidget()
  const [a, b, c] = ['a', 'b', 'c'].map(text => W.Label(text)) as [ReturnType<typeof W.Label>, ReturnType<typeof W.Label>, ReturnType<typeof W.Label>]
  for (const page of [a, b, c]) tabs.addWidget(page)
  tabs.setIndex(1)
  const plain = await show()
  const at = plain.texts.length
  tabs.closeWidget(b)
  await session.settled()
  t.strictSame(plain.texts.slice(at).map(({ method, args }) => [method, args]), [
    ['show_widget', [ref(b)]], ['close_widget', [ref(b)]], ['show_widget', [ref(c)]]
  ])
})

t.test('what a constructor can say of it is said to a page that cannot be told afterwards', async t => {
  const { session, W, show } = await headless(t)
  const expander = W.Expander({ title: 'old', shadow: true })
  expander.setTitle('new')
  const argsOf = (browser: Browser): unknown => browser.of('create').find(({ wid }) => wid === expander.wid)?.args
  const [plain, ours] = [await show(), await show(EXTENDED)]
  t.strictSame(argsOf(plain), [{ title: 'new', shadow: true }])
  t.strictSame(argsOf(ours), [{ title: 'old', shadow: true }])
  t.strictSame(ours.last('set_title', expander.wid), ['new'])
  const restored = await show()
  t.strictSame(argsOf(restored), argsOf(plain))
  await session.settled()
})

t.test('a pane that comes between others is one more at the end where it is that, and a replay where it is not', async t => {
  const { session, W, show } = await headless(t)
  const splitter = W.Splitter()
  const [plain, ours] = [await show(), await show(EXTENDED)]
  const replays = (browser: Browser): number => browser.of('reconstruct-start').length
  splitter.insertWidget(0, W.Label('a'))
  splitter.insertWidget(9, W.Label('b'))
  splitter.setSizes([1, 3])
  await session.settled()
  t.equal(plain.calls('add_widget', splitter.wid).length, 2)
  t.equal(replays(plain), 1)
  session.batch(() => {
    splitter.insertWidget(1, W.Label('c'))
    splitter.insertWidget(1, W.Label('d'))
  })
  await session.settled()
  t.equal(replays(plain), 2, 'once for all of a tick')
  t.equal(replays(ours), 1)
  const { texts } = plain
  const since = texts.slice(texts.findLastIndex(({ type }) => type === 'reconstruct-start'))
  t.strictSame(plain.calls('add_widget', splitter.wid, since).map(([page]) => page), splitter.getChildren().map(ref))
  t.strictSame(plain.last('set_sizes', splitter.wid), [[1, 2, 2, 3]])
  plain.callback(splitter.wid, 'sizing', [10, 20, 30, 40])
  await plain.sync()
  t.strictSame(splitter.getSizes(), [10, 20, 30, 40])
})

t.test('a page made without tabs is not told where to put them: the reference page fails at that', async t => {
  const { session, W, show } = await headless(t)
  const tabs = W.TabWidget({ tabPosition: 'none' })
  const [plain, ours] = [await show(), await show(EXTENDED)]
  tabs.setTabPosition('left')
  await session.settled()
  const late = await show()
  t.strictSame([plain, late].flatMap(browser => browser.calls('set_tab_position')), [])
  t.strictSame(ours.calls('set_tab_position'), [['left']])
})

t.test('an expander that cannot be collapsed: the call throws, and no browser hears of it', async t => {
  const { session, W, show } = await headless(t)
  const expander = W.Expander({ collapsible: false })
  const browser = await show()
  const at = browser.frames.length
  t.throws(() => expander.setCollapsed(true), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /cannot be collapsed/ })
  t.throws(() => expander.toggleContent(), { code: 'PGW_ERR_INVALID_ARGUMENT' })
  await session.settled()
  t.equal(browser.frames.length, at)
  browser.callback(expander.wid, 'toggled', true)
  await browser.sync()
  t.equal(expander.getCollapsed(), false)
  t.strictSame(browser.last('set_collapsed', expander.wid), [false], 'who claims it is put right')
})

t.test('two people move tabs at once: both come to the order that the server has', async t => {
  const { W, show } = await headless(t)
  const tabs = W.TabWidget({ reorderable: true })
  const pages = ['a', 'b', 'c'].map(text => W.Label(text))
  for (const page of pages) tabs.addWidget(page)
  const [one, two] = [await show(EXTENDED), await show(EXTENDED)]
  two.answering = false
  one.callback(tabs.wid, 'page-move', ref(pages[2]!), 0)
  await one.sync()
  two.callback(tabs.wid, 'page-move', ref(pages[0]!), 2)
  await two.sync()
  await one.sync()
  const order = tabs.getChildren()
  t.strictSame(order, [pages[2], pages[1], pages[0]])
  t.strictSame(one.calls('move_widget'), [[ref(pages[0]!), 2]])
  t.strictSame(two.calls('move_widget'), [[ref(pages[2]!), 0], ...order.map((page, index) => [ref(page), index])], 'the whole order, as it has another one')
  t.strictSame(tabs.getChildren().map(page => tabs.indexOf(page)), [0, 1, 2])
  t.equal(tabs.getIndex(), 2, 'the page that was shown')
})

t.test('handlers hear of moved tabs, and a snapshot keeps the order and the titles', async t => {
  const { app, session, W, show } = await headless(t)
  const tabs = W.TabWidget({ reorderable: true })
  const pages = ['a', 'b'].map(text => W.Label(text, { name: text }))
  for (const page of pages) tabs.addWidget(page, { title: page.getText() ?? '' })
  const heard: unknown[] = []
  tabs.on('page-move', (page, index) => { heard.push([page, index, tabs.indexOf(page)]) })
  const browser = await show(EXTENDED)
  browser.callback(tabs.wid, 'page-move', ref(pages[1]!), 0)
  await browser.sync()
  await session.settled()
  t.strictSame(heard, [[pages[1], 0, 0]])
  tabs.setTabTitle(pages[0]!, 'changed')
  const restored = app.pgwidgets.createSession({ snapshot: session.snapshot() })
  const late = await show(EXTENDED, restored)
  t.strictSame(late.calls('add_widget').map(([, options]) => options), [{ title: 'b' }, { title: 'changed' }])
})

t.test('a member is marked once, and says what takes its place', async t => {
  const method: Method = { params: [], effect: { kind: 'action' } }
  t.strictSame(extension(method), { ...method, extension: true })
  t.type(extension(method, () => null).instead, 'function')
})
