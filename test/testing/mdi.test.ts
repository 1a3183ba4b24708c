/** Windows in a workspace, before both pages that there are: ours registers them under the server's ids, the reference chooses its own. */
import Fastify from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { Label, MDISubWindow, MDIWidget, Session } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser } from '../../lib/testing/index.ts'

interface Stage { readonly session: Session, readonly mdi: MDIWidget, readonly one: Label, readonly two: Label, readonly browser: TestBrowser, join (): Promise<TestBrowser>, same (...browsers: TestBrowser[]): void }

async function stage (t: Test, dialect: DialectName, options: object = {}): Promise<Stage> {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(pgwidgets, { prefix: '', onConnect () {}, ...options })
  const session = app.pgwidgets.createSession()
  const W = session.getWidgets()
  const page = W.Page()
  const mdi = W.MDIWidget()
  const [one, two] = [W.Label('one'), W.Label('two')]
  mdi.addWidget(one, { title: 'One', x: 10, y: 20, width: 200, height: 100 })
  mdi.addWidget(two, { title: 'Two' })
  page.setWidget(mdi)
  page.show()
  const join = async (): Promise<TestBrowser> => await openBrowser(app, '/', { dialect, session: { id: session.id, token: session.token } })
  const browser = await join()
  return { session, mdi, one, two, browser, join, same: (...browsers) => { for (const browser of browsers) t.strictSame(browser.tree(), treeOf(session)) } }
}

for (const dialect of ['ours', 'reference'] as const) {
  t.test(`a page of the dialect ${dialect}`, async t => {
    await t.test('is given windows that were made before it came, and those made after', async t => {
      const { session, mdi, browser, same } = await stage(t, dialect)
      same(browser)
      const three = mdi.addWidget(session.getWidgets().Label('three'), { title: 'Th<r>ee', shadeable: false })
      three.setTitle('3 < 4')
      three.setPosition(-5, 7)
      three.resize(150, null)
      t.strictSame(mdi.getSubwindows().map(window => window.getTitle()), ['One', 'Two', '3 < 4'], 'at once, whatever the page has to say')
      await browser.idle()
      same(browser)
      const handle = browser.get('MDISubWindow', '3 < 4')
      t.strictSame([handle.position, handle.size], [[0, 7], [150, 300]])
      t.equal(handle.wid === three.wid, dialect === 'ours')
      t.strictSame(browser.errors, [])
      same(await (await stage(t, dialect)).join().then(browser => browser.close()).then(() => browser))
    })

    await t.test('tells of windows that are moved, raised and closed, under whatever ids', async t => {
      const { mdi, one, two, browser, join, same } = await stage(t, dialect)
      const second = await join()
      const heard: unknown[] = []
      mdi.on('page-switch', child => heard.push(['page-switch', child]))
      mdi.on('page-close', child => heard.push(['page-close', child]))
      const window = mdi.getSubwin(one) as MDISubWindow
      window.on('move', (x, y) => heard.push(['move', x, y]))
      await browser.idle()
      await browser.get('MDIWidget').select('One')
      t.strictSame([mdi.getIndex(), mdi.indexOf(two)], [0, 1])
      await browser.get('MDISubWindow', 'One').move(40, 50)
      t.strictSame([mdi.getConfiguration(one), window.getPosition(), mdi.getChildPosition(one)],
        [{ x: 40, y: 50, width: 200, height: 100, title: 'One' }, [40, 50], [40, 50]])
      same(browser, second)
      await second.get('MDIWidget').closeWindow('One')
      t.strictSame([mdi.getChildren(), window.destroyed, one.destroyed, one.parent, mdi.getSubwin(one)], [[two], true, false, null, null])
      same(browser, second)
      const again = dialect === 'ours' ? [] : [['page-switch', one]]
      t.strictSame(heard, [['page-switch', one], ...again, ['move', 40, 50], ...again, ['page-close', one]], 'a reference page says so even of the one in front')
      t.equal(mdi.addWidget(one, { title: 'Again' }).getChild(), one, 'what was in it can be added again')
      await browser.idle()
      same(browser, second)
      t.strictSame([...browser.errors, ...second.errors], [])
    })

    await t.test('is brought back to the same order, titles and places by a reload', async t => {
      const { session, mdi, one, two, browser, same } = await stage(t, dialect)
      const three = mdi.addWidget(session.getWidgets().Label('three'), { title: 'Three' })
      mdi.getSubwin(one)?.raise()
      three.lower()
      three.setTitle('Last')
      mdi.moveChild(two, 300, 5)
      mdi.resizeChild(two, 222, 111)
      mdi.setScrollPosition(0.5, 0.25)
      await browser.reload()
      same(browser)
      t.strictSame(browser.get('MDIWidget').state.order, [three.getChild(), two, one].map(({ wid }) => wid))
      t.strictSame(browser.get('MDISubWindow', 'Two').size, [222, 111])
    })

    await t.test('puts windows side by side and one before the other, as the server has worked out', async t => {
      const { session, mdi, one, two, browser, same } = await stage(t, dialect)
      mdi.addWidget(session.getWidgets().Label('three'), { title: 'Three' })
      await browser.get('MDIWidget').layout({ width: 900, height: 400 })
      mdi.tileWindows()
      await browser.idle()
      t.strictSame(browser.all('MDISubWindow').map(({ position, size }) => [position, size]),
        [[[0, 0], [450, 200]], [[450, 0], [450, 200]], [[0, 200], [900, 200]]])
      same(browser)
      mdi.setIndex(0)
      mdi.cascadeWindows()
      await browser.idle()
      t.strictSame(browser.all('MDISubWindow').map(({ position, size }) => [position, size]),
        [[[0, 0], [200, 100]], [[28, 28], [300, 300]], [[56, 56], [300, 300]]], 'in the sizes that they had')
      t.strictSame([mdi.getIndex(), mdi.indexOf(one), mdi.indexOf(two)], [2, 0, 1])
      same(browser)
    })

    await t.test('takes the same calls in a batch, where answers are not told', async t => {
      const { session, mdi, browser, same } = await stage(t, dialect)
      const label = session.getWidgets().Label('late')
      session.batch(() => {
        label.setText('first')
        mdi.addWidget(label, { title: 'Late' }).setTitle('Later')
        label.setText('second')
      })
      label.setText('third')
      await browser.idle()
      same(browser)
      t.equal(browser.get('Label', 'third').visible, true)
      t.ok(browser.get('MDISubWindow', 'Later'))
    })

    await t.test('follows when a child goes elsewhere, ends, or all go', async t => {
      const { session, mdi, one, two, browser, same } = await stage(t, dialect)
      const W = session.getWidgets()
      const box = W.VBox()
      const window = mdi.getSubwin(one) as MDISubWindow
      box.addWidget(one)
      t.strictSame([window.destroyed, mdi.getChildren(), one.parent], [true, [two], box])
      two.destroy()
      t.equal(mdi.numChildren(), 0)
      mdi.addWidget(box, { title: 'Box' })
      mdi.getSubwin(box)?.remove(box, true)
      t.strictSame([box.destroyed, one.destroyed], [true, true])
      const last = mdi.addWidget(W.Label('last'))
      last.destroy()
      t.equal(last.destroyed, true)
      t.throws(() => last.close(), { code: 'PGW_ERR_WIDGET_DESTROYED' })
      await browser.idle()
      same(browser)
      mdi.addWidget(W.Label('a'))
      mdi.addWidget(W.Label('b'))
      mdi.removeAll(true)
      await browser.idle()
      same(browser)
      t.strictSame(browser.errors, [])
    })

    await t.test('asks and answers about a window whose id the page has not told yet', async t => {
      const { session, mdi, browser } = await stage(t, dialect)
      const window = mdi.addWidget(session.getWidgets().Label('three'), { title: 'Three' })
      t.strictSame(await window.query.position(), [56, 56])
      t.ok(browser.connected)
    })
  })
}

t.test('states of a window reach every page of ours, and come back with a snapshot', async t => {
  const { session, mdi, one, browser, join, same } = await stage(t, 'ours')
  const second = await join()
  const window = mdi.getSubwin(one) as MDISubWindow
  await browser.get('MDISubWindow', 'One').minimize()
  t.equal(window.getWindowState(), 'minimized')
  same(browser, second)
  t.match(second.get('Label', 'one').visible, false)
  window.toggleMaximize()
  await browser.idle()
  t.strictSame([browser, second].map(browser => browser.get('MDISubWindow', 'One').windowState), ['maximized', 'maximized'])
  t.strictSame(window.getSize(), [200, 100], 'the size of the normal state is kept')
  const snapshot = JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<Session['snapshot']>
  session.destroy()
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(pgwidgets, { prefix: '', onConnect () {} })
  const restored = app.pgwidgets.createSession({ snapshot })
  const [again] = restored.widgets().filter(widget => widget.constructor.name === 'MDIWidget') as MDIWidget[]
  t.strictSame(again?.getSubwindows().map(window => [window.getTitle(), window.getWindowState(), (window.getChild() as Label).getText()]),
    [['One', 'maximized', 'one'], ['Two', 'normal', 'two']])
})

t.test('two people close and reopen at the same time', async t => {
  const { session, mdi, one, browser, join, same } = await stage(t, 'ours')
  const second = await join()
  let closed = 0
  mdi.on('page-close', () => { closed++ })
  browser.hold('out')
  second.hold('out')
  browser.get('MDIWidget').closeWindow('One', { force: true })
  second.get('MDIWidget').closeWindow('One', { force: true })
  browser.release()
  second.release()
  await browser.idle()
  t.equal(closed, 1, 'the second had nothing to close')
  same(browser, second)
  mdi.addWidget(one, { title: 'One' })
  await browser.idle()
  browser.hold('out')
  browser.get('MDIWidget').closeWindow('One', { force: true })
  mdi.remove(one)
  mdi.addWidget(one, { title: 'New' })
  await new Promise(resolve => setImmediate(resolve))
  browser.release()
  await browser.idle()
  t.equal(mdi.getSubwin(one)?.getTitle(), 'New', 'a window that took the place of the closed one meanwhile stays')
  same(browser, second)
  t.ok(session)
})

t.test('a window cannot be put anywhere else, nor a workspace into itself', async t => {
  const { session, mdi, one } = await stage(t, 'ours')
  const W = session.getWidgets()
  const window = mdi.getSubwin(one) as MDISubWindow
  t.throws(() => W.VBox().addWidget(window), /cannot be put anywhere else/)
  t.throws(() => mdi.addWidget(mdi), { code: 'PGW_ERR_CYCLE' })
  t.throws(() => mdi.setIndex(9), /index must be from 0 to 1/)
  mdi.remove(window as never)
  t.equal(window.destroyed, true)
})

t.test('what waits for the ids of a reference page is bounded', async t => {
  const { session, mdi, browser, same } = await stage(t, 'reference', { lowMark: 4000, highMark: 4000 })
  browser.hold('out')
  const window = mdi.addWidget(session.getWidgets().Label('three'), { title: 'Three' })
  for (let i = 0; i < 60; i++) {
    window.setTitle('x'.repeat(2000) + i)
    window.setMinSize(i, i)
    window.raise()
    window.setFocus()
    await new Promise(resolve => setImmediate(resolve))
  }
  browser.release()
  await browser.idle()
  same(browser)
  t.ok((browser.connection?.counts.replays ?? 0) > 1, 'it was replayed to instead')
})
