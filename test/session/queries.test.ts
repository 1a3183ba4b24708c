import t from 'tap'
import { headless } from '../support/app.ts'
import type { Frame } from '../support/browser.ts'

// Deadlines alone keep no process alive, and nothing listens here.
const alive = setInterval(() => {}, 60_000)
t.teardown(() => clearInterval(alive))

const sized = (width: number) => (message: Frame): Frame | undefined => message.method === 'get_size' ? { type: 'result', id: message.id, value: [width, 1] } : undefined
const silent = (message: Frame): null | undefined => message.method === 'get_size' ? null : undefined

t.test('a question is answered by the browser that is there longest, and put to no other', async t => {
  const { W, show } = await headless(t)
  const label = W.Label('x')
  const [first, second] = [await show({ reply: sized(1) }), await show({ reply: sized(2) })]
  t.strictSame(await label.query.size(), [1, 1])
  await second.sync()
  t.equal(first.calls('get_size').length, 1)
  t.equal(second.calls('get_size').length, 0)
})

t.test('questions of one tick travel together with what was set before them', async t => {
  const { W, show } = await headless(t)
  const label = W.Label('x')
  const browser = await show({ reply: sized(1) })
  const at = browser.frames.length
  label.setText('y')
  await Promise.all([label.query.size(), label.query.size()])
  t.match(browser.frames.slice(at), [[{ method: 'set_text' }, { method: 'get_size' }, { method: 'get_size' }]])
})

t.test('an answer may name a widget', async t => {
  const { W, show } = await headless(t)
  const tabs = W.TabWidget()
  const page = W.Label('x')
  tabs.addWidget(page)
  await show({ reply: message => message.method === 'get_children' ? { type: 'result', id: message.id, value: [{ __wid__: page.wid, __class__: 'Label' }] } : undefined })
  t.equal((await tabs.query.children())[0], page)
})

t.test('without a browser, with an error, or without an answer it rejects', async t => {
  const { W, show } = await headless(t, { queryTimeout: 40 })
  const label = W.Label('x', { name: 'status' })
  await t.rejects(label.query.size(), { code: 'PGW_ERR_NO_BROWSER', message: /Label#1 "status"\.query\.size: no browser is connected/ })
  const failing = await show({ reply: message => message.method === 'get_size' ? { type: 'error', id: message.id, error: 'not laid out' } : undefined })
  await t.rejects(label.query.size(), { code: 'PGW_ERR_QUERY_FAILED', message: /query\.size: the browser answered: not laid out/ })
  await failing.drop()
  const mute = await show({ reply: silent })
  await t.rejects(label.query.size(), { code: 'PGW_ERR_QUERY_TIMEOUT', message: /no answer within 40 ms/ })
  const { id } = mute.texts.find(({ method }) => method === 'get_size') as Frame
  mute.send({ type: 'result', id, value: [9, 9] })
  await mute.sync()
  t.equal(mute.socket.readyState, 1, 'a late answer does no harm')
})

t.test('what nobody set has an answer all the same, at once and without a browser', async t => {
  const { W, show } = await headless(t)
  const [top, frame, plain, bar] = [W.TopLevel({ title: 'Pump' }), W.Frame({ title: 'Limits' }), W.Frame(), W.MenuBar()]
  t.strictSame([top.getWindowState(), top.isVisible(), W.Page().isVisible(), W.Button().isVisible()], ['normal', false, false, true])
  t.strictSame([frame.getText(), plain.getText()], ['Limits', ''])
  t.strictSame([W.MenuAction({ checkable: true }).getChecked(), W.MenuAction().getChecked()], [false, false])
  t.strictSame([W.Expander().getCollapsed(), W.Expander({ collapsible: false }).getCollapsed()], [true, false])
  t.equal(bar.getMenu('File'), null)
  const file = bar.addName('File')
  t.equal(bar.getMenu('File'), file)
  t.strictSame([W.Slider().getValue(), W.Dial().getValue(), W.SpinBox().getValue(), W.ProgressBar().getValue()], [50, 50, 0, 0])
  t.strictSame([W.ScrollBar().getScrollPercent(), W.ScrollBar().getThumbPercent()], [0, 0.2])
  const browser = await show()
  t.strictSame(browser.of('call').map(({ method }) => method), ['add_menu'], 'and no browser is told what it knows')
})

t.test('wrong arguments of a question reject, and are not sent', async t => {
  const { W, show } = await headless(t)
  const tabs = W.TabWidget()
  const browser = await show()
  await t.rejects(tabs.query.tabId('x' as never), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /TabWidget#1\.query\.tabId: child: expected a widget/ })
  await browser.sync()
  t.equal(browser.calls('get_tab_id').length, 0)
})

t.test('a question moves to another browser when the asked one goes, within its deadline', async t => {
  const { W, show } = await headless(t, { queryTimeout: 300 })
  const label = W.Label('x')
  const [first, second] = [await show({ reply: silent }), await show({ reply: sized(2) })]
  const answer = label.query.size()
  await first.wait(({ method }) => method === 'get_size')
  await first.drop()
  t.strictSame(await answer, [2, 1])
  t.equal(second.calls('get_size').length, 1)
})

t.test('a deadline is not lengthened by moving', async t => {
  const { W, show } = await headless(t, { queryTimeout: 150 })
  const label = W.Label('x')
  const [first, second] = [await show({ reply: silent }), await show({ reply: silent })]
  const started = performance.now()
  const answer = label.query.size()
  await first.wait(({ method }) => method === 'get_size')
  await new Promise(resolve => setTimeout(resolve, 100))
  await first.drop()
  await t.rejects(answer, { code: 'PGW_ERR_QUERY_TIMEOUT' })
  t.ok(performance.now() - started < 230)
  t.equal(second.calls('get_size').length, 1)
})

t.test('it rejects when the last browser goes, and when the session ends', async t => {
  const { session, W, show } = await headless(t)
  const label = W.Label('x')
  const browser = await show({ reply: silent })
  const lost = t.rejects(label.query.size(), { code: 'PGW_ERR_NO_BROWSER' })
  await browser.wait(({ method }) => method === 'get_size')
  await browser.drop()
  await lost
  await show({ reply: silent })
  const ended = t.rejects(label.query.size(), { code: 'PGW_ERR_SESSION_DESTROYED' })
  session.destroy()
  await ended
})

t.test('as many questions as maxPendingQueries says', async t => {
  const { W, show } = await headless(t, { maxPendingQueries: 3, queryTimeout: 60 })
  const label = W.Label('x')
  await show({ reply: silent })
  const open = [1, 2, 3].map(() => label.query.size().catch((error: { code: string }) => error.code))
  await t.rejects(label.query.size(), { code: 'PGW_ERR_TOO_MANY_QUERIES', message: /3 questions are open/ })
  t.strictSame(await Promise.all(open), ['PGW_ERR_QUERY_TIMEOUT', 'PGW_ERR_QUERY_TIMEOUT', 'PGW_ERR_QUERY_TIMEOUT'])
  await t.rejects(label.query.size(), { code: 'PGW_ERR_QUERY_TIMEOUT' }, 'then there is room')
})

t.test('only the browser that was asked can answer', async t => {
  const { W, show } = await headless(t, { queryTimeout: 100 })
  const label = W.Label('x')
  const [first, second] = [await show({ reply: silent }), await show()]
  const answer = label.query.size()
  const { id } = await first.wait(({ method }) => method === 'get_size')
  second.send({ type: 'result', id, value: [666, 666] })
  await second.sync()
  first.send({ type: 'result', id, value: [1, 2] })
  t.strictSame(await answer, [1, 2])
})

t.test('an answer that is not what the question\'s definition says is not handed on', async t => {
  const { W, show } = await headless(t, { queryTimeout: 100 })
  const label = W.Label('x')
  for (const value of ['wide', [1], null, { width: 1 }]) {
    const browser = await show({ reply: message => message.method === 'get_size' ? { type: 'result', id: message.id, value } : undefined })
    await t.rejects(label.query.size(), { code: 'PGW_ERR_QUERY_FAILED' }, JSON.stringify(value))
    await browser.drop()
  }
})
