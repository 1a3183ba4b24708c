import t from 'tap'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { TestBrowser } from '../../lib/testing/index.ts'
import type { Session } from '../../lib/index.ts'
import { callbacks, inWindow, serve, show } from './support.ts'

const dialects = ['ours', 'reference'] as const
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

for (const dialect of dialects) {
  t.test(`${dialect}: a line that was cut comes back with what happened meanwhile`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.Slider({ name: 'slider' }), W.Label('a', { name: 'label' })), {}, { dialect })
    const slider = browser.get('Slider')
    await browser.dropLine()
    t.equal(browser.connected, false)
    t.same(browser.closed, { code: 1006, reason: '' })
    t.same(session.connections, [])
    session.find('slider', 'Slider')?.setValue(7)
    session.find('label', 'Label')?.destroy()
    t.equal(slider.value, 50, 'the page shows what it showed')
    await browser.reconnect()
    t.equal(slider.value, 7)
    t.equal(browser.find('Label'), null)
    t.equal(browser.replays, 2)
    t.equal(browser.session, session)
    t.same(browser.tree(), treeOf(session))
    await t.rejects(browser.reconnect(), /the line is up; call dropLine\(\) first/)
  })

  t.test(`${dialect}: a reload is a new page for the same session`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.CheckBox('a')), {}, { dialect })
    await browser.get('CheckBox').click()
    const before = browser.credentials
    await browser.reload()
    t.equal(browser.replays, 1)
    t.equal(browser.get('CheckBox').checked, true)
    t.same(browser.credentials, before)
    t.same(browser.tree(), treeOf(session))
    await browser.dropLine({ code: 1000 })
    t.equal(browser.closed?.code, 1000)
    await browser.reload()
    t.equal(browser.connected, true)
  })

  t.test(`${dialect}: a second browser joins, and each follows the other`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.Slider(), W.CheckBox('a')), {}, { dialect })
    const other = await browser.secondBrowser({ dialect })
    t.equal(session.connections.length, 2)
    t.equal(browser.replays, 1, 'the first is left in peace')
    await other.get('Slider').drag(20)
    t.equal(browser.get('Slider').value, 20)
    await browser.get('CheckBox').click()
    t.equal(other.get('CheckBox').checked, true)
    t.same(callbacks(browser).filter(([, action]) => action !== 'resize'), [[browser.get('CheckBox').wid, 'activated', true]], 'what it is told it does not report')
    t.same(other.tree(), browser.tree())
    await other.close()
    await browser.get('Slider').drag(30)
    t.equal(session.connections.length, 1)
  })

  t.test(`${dialect}: a slow browser fills the server's socket, its queue keeps the newest, and it catches up`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.Label('', { name: 'label' }), W.Button('b', { name: 'button' })), { lowMark: 50_000 }, { dialect })
    const other = await browser.secondBrowser()
    const label = session.find('label', 'Label')
    const { connection } = browser
    browser.slow()
    const queued: number[] = []
    for (let i = 0; i < 40; i++) {
      label?.setText(`${i} ${'x'.repeat(10_000)}`)
      session.find('button', 'Button')?.setText(`${i}`)
      await turn()
      queued.push(connection?.queuedBytes ?? -1)
    }
    t.ok(Math.max(...queued) > 50_000, 'it waits at the server')
    t.ok(Math.max(...queued) < 120_000, 'and no more than one value of each')
    t.ok((connection?.sent.coalesced ?? 0) > 40, 'older values were replaced')
    await t.rejects(browser.idle(), /idle: the line is slow; call fast\(\) first/)
    await other.idle()
    t.match(other.get('Label').text, /^39 /, 'others do not wait for it')
    t.notMatch(browser.get('Label').text, /^39 /)
    browser.fast()
    await browser.idle()
    t.match(browser.get('Label').text, /^39 /)
    t.equal(browser.get('Button').text, '39')
    t.equal(connection?.counts.replays, 1, 'without a replay')
    t.same(browser.tree(), treeOf(session))
  })

  t.test(`${dialect}: the queue of a browser that is far too slow is dropped, and it is replayed to`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.VBox({ name: 'box' })), { lowMark: 20_000, highMark: 60_000 }, { dialect })
    const W = session.getWidgets()
    const { connection } = browser
    browser.slow()
    for (let i = 0; i < 30; i++) {
      session.find('box', 'VBox')?.addWidget(W.Label(`${i} ${'x'.repeat(10_000)}`))
      await turn()
    }
    t.ok((connection?.queuedBytes ?? 0) < 130_000)
    t.equal(connection?.counts.replays, 1)
    browser.fast()
    await browser.idle()
    t.equal(connection?.counts.replays, 2)
    t.equal(browser.all('Label').length, 30)
    t.same(browser.tree(), treeOf(session))
    await browser.get('TopLevel').move(5, 5)
    t.same(browser.tree(), treeOf(session))
  })

  t.test(`${dialect}: frames are held and let through one by one, each way`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.Label('a', { name: 'label' }), W.Slider()), {}, { dialect })
    const label = session.find('label', 'Label')
    browser.hold('in')
    for (const text of ['b', 'c', 'd']) {
      label?.setText(text)
      await turn()
      await turn()
    }
    t.same(browser.waiting, { in: 3, out: 0 })
    t.equal(browser.get('Label').text, 'a')
    t.equal(browser.step(), 1)
    t.equal(browser.get('Label').text, 'b')
    await t.rejects(browser.idle(), /the line is held; call release\(\) first/)
    t.equal(browser.step(5), 2)
    t.equal(browser.get('Label').text, 'd')
    browser.release('in')
    await browser.idle()

    browser.hold('out')
    browser.get('Slider').drag(10)
    browser.get('Slider').drag(20)
    await turn()
    label?.setText('e')
    await turn()
    await turn()
    t.equal(browser.get('Label').text, 'e', 'what comes in is taken')
    t.ok(browser.waiting.out >= 2)
    browser.release()
    await browser.idle()
    t.same(browser.waiting, { in: 0, out: 0 })
    t.same(browser.tree(), treeOf(session))
  })

  t.test(`${dialect}: two that move the same slider at the same time end at one value`, async t => {
    for (const order of [[0, 1], [1, 0]]) {
      const { browser, session } = await show(t, W => inWindow(W, W.Slider()), {}, { dialect })
      const both: TestBrowser[] = [browser, await browser.secondBrowser({ dialect })]
      for (const one of both) one.hold()
      both[0]?.get('Slider').drag(10)
      both[1]?.get('Slider').drag(90)
      await turn()
      for (const index of order) both[index]?.release('out')
      await turn()
      await turn()
      for (const index of order) both[index]?.release('in')
      await browser.idle()
      const [, last] = order
      t.equal(browser.get('Slider').value, last === 0 ? 10 : 90, 'the one that the server heard last')
      for (const one of both) t.same(one.tree(), treeOf(session))
    }
  })

  t.test(`${dialect}: what a server sets while a browser reports the same meets half-way, and both end alike`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, W.Slider({ name: 'slider' })), {}, { dialect })
    browser.hold()
    session.find('slider', 'Slider')?.setValue(5)
    await turn()
    browser.get('Slider').drag(77)
    await turn()
    browser.release('out')
    await turn()
    browser.release('in')
    await browser.idle()
    t.equal(session.find('slider', 'Slider')?.getValue(), 77)
    t.same(browser.tree(), treeOf(session))
  })

  t.test(`${dialect}: a line that is cut in the middle of a replay`, async t => {
    const { browser, session } = await show(t, W => inWindow(W, ...Array.from({ length: 400 }, (_, i) => W.Label(`${i} ${'x'.repeat(2000)}`))), {}, { dialect })
    await browser.dropLine()
    const off = browser.onFrame(({ messages }) => { if (messages.some(({ type }) => type === 'session-info')) browser.hold('in') })
    await browser.reconnect()
    off()
    await turn()
    browser.step()
    t.equal(browser.replaying, true)
    await browser.dropLine()
    t.ok(browser.all('Label').length < 400)
    await browser.reconnect()
    t.equal(browser.all('Label').length, 400)
    t.same(browser.tree(), treeOf(session))
  })
}

t.test('nobody uses our page while the line is down or a replay is under way', async t => {
  const { browser } = await show(t, W => inWindow(W, W.Button('a')))
  await browser.dropLine()
  t.throws(() => browser.get('Button').click(), /cannot click Button#\d+: the line is down/)
  await browser.get('Button').click({ force: true })
})

t.test('text that was not reported when the line went is reported when it is back', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.TextEntry('a', { name: 'entry' })))
  browser.get('TextEntry').fill('unsaved')
  await browser.dropLine()
  await browser.reconnect()
  t.equal(browser.get('TextEntry').text, 'unsaved')
  t.equal(session.find('entry', 'TextEntry')?.getText(), 'unsaved')
  t.same(browser.tree(), treeOf(session))
})

t.test('what is being typed is not overwritten', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.TextEntry('a', { name: 'entry' })))
  const entry = browser.get('TextEntry')
  entry.fill('mine')
  session.find('entry', 'TextEntry')?.setText('yours')
  await browser.idle()
  t.equal(entry.text, 'mine')
  browser.flushTyping()
  await browser.idle()
  t.equal(session.find('entry', 'TextEntry')?.getText(), 'mine')
  t.same(browser.tree(), treeOf(session))
})

t.test('idle() waits for all browsers of an application, and leaves out those that are held', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Slider()))
  const held = await browser.secondBrowser()
  const third = await browser.secondBrowser()
  held.hold('in')
  await browser.get('Slider').drag(11)
  t.equal(third.get('Slider').value, 11)
  t.equal(held.get('Slider').value, 50)
  held.release()
  await held.idle()
  t.same(held.tree(), treeOf(session))
})

t.test('a session that ends, and an application that closes, are in `closed`', async t => {
  const { app, browser, session } = await show(t, W => inWindow(W, W.Label('a')))
  const other = await openBrowser(app, '/panel')
  session.destroy()
  await other.idle()
  t.same(browser.closed, { code: 4002, reason: 'This session has ended' })
  t.equal(browser.session, null)
  t.equal(other.connected, true)
  await app.close()
  await other.until(() => other.closed !== null)
  t.equal(other.closed?.code, 1012)
})

t.test('a question goes on to another browser when the one that was asked leaves', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Label('a', { name: 'label' })))
  const other = await browser.secondBrowser()
  other.answer('get_position', () => [3, 4])
  browser.hold('in')
  const asked = session.find('label', 'Label')?.query.position()
  await turn()
  await browser.dropLine()
  t.same(await asked, [3, 4])
})

t.test('anything can be sent', async t => {
  const app = await serve(t, () => {})
  const browser = await openBrowser(app, '/panel')
  browser.send('not JSON')
  browser.send({ type: 'bogus' })
  browser.send(new Uint8Array([1]))
  await browser.idle()
  t.equal(browser.connection?.counts.invalid, 3)
  await browser.dropLine()
  browser.send('nothing')
  browser.resizeViewport(1, 1)
  t.equal((browser.session as Session).destroyed, false)
})

t.test('a host without the plugin is told so', async t => {
  const { default: Fastify } = await import('fastify')
  const app = Fastify()
  t.teardown(() => app.close())
  await t.rejects(openBrowser(app, '/panel'), /the application has no WebSockets; register fastify-pgwidgets first/)
})
