/** Where things are scrolled to, in several browsers of one session, ours and reference ones. */
import t from 'tap'
import { treeOf } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser } from '../../lib/testing/index.ts'
import { callbacks, inWindow, show, thrown } from './support.ts'

/** The calls of a method that a browser was sent. */
const calls = ({ frames }: TestBrowser, method: string): unknown[] => frames
  .filter(({ direction }) => direction === 'in')
  .flatMap(({ messages }) => messages)
  .flatMap(message => message?.type === 'batch' ? message.calls as Array<Record<string, unknown>> : [message])
  .filter(message => message?.method === method)
  .map(message => message?.args)

const pairs: ReadonlyArray<readonly [DialectName, DialectName]> = [['ours', 'ours'], ['ours', 'reference'], ['reference', 'ours'], ['reference', 'reference']]

t.test('a scroll area that somebody scrolls is scrolled for everybody, and no browser scrolls another in return', async t => {
  for (const [one, two] of pairs) {
    const { browser, session } = await show(t, W => inWindow(W, W.ScrollArea({ name: 'area' })), {}, { dialect: one, viewport: { width: 800, height: 613 } })
    const other = await browser.secondBrowser({ dialect: two, viewport: { width: 500, height: 389 } })
    const area = session.find('area', 'ScrollArea')
    const news: unknown[] = []
    area?.on('scrolled', (h, v) => { news.push([h, v]) })
    await browser.idle()
    await browser.get('ScrollArea').scrollTo(0, 0.5)
    const place = browser.get('ScrollArea').position
    t.strictSame(area?.getScrollPosition(), place, `${one} to ${two}: the server knows`)
    t.strictSame(area?.getScrollPercent(), place)
    t.strictSame(other.get('ScrollArea').position, place, 'the other follows')
    t.strictSame(calls(other, 'set_scroll_position').at(-1), place, 'by the method that really scrolls a reference page')
    t.ok(calls(browser, 'set_scroll_position').length === 0, 'and the first is told nothing')
    t.ok(news.length >= 1 && news.every(one => String(one) === String(place)), 'handlers hear what its user did, and nothing of the echo')
    const late = await browser.secondBrowser()
    t.strictSame(late.get('ScrollArea').position, place, 'a page that comes later is there too')
    t.strictSame(treeOf(session), browser.tree())
  }
})

t.test('what server code scrolls is no news, though reference pages report it', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.ScrollArea({ name: 'area' }), W.TextArea('x', { name: 'text' }), W.HtmlView('y', { name: 'view' })), {}, { dialect })
    const news: unknown[] = []
    const [area, text, view] = [session.find('area', 'ScrollArea'), session.find('text', 'TextArea'), session.find('view', 'HtmlView')]
    area?.on('scrolled', () => { news.push('area') })
    text?.on('scrolled', () => { news.push('text') })
    view?.on('scrolled', () => { news.push('view') })
    await browser.idle()
    area?.setScrollPercent(0, 0.123)
    text?.scrollToEnd()
    view?.setScrollPosition(0, 7)
    view?.appendHtml('<p>more</p>')
    await browser.idle()
    t.strictSame(news, [], dialect)
    t.strictSame([area?.getScrollPosition(), text?.getScrollPosition(), view?.getScrollPosition()], [[0, 0.123], [0, 1], [0, 1]])
    if (dialect === 'reference') t.ok(callbacks(browser).filter(([, action]) => action === 'scrolled').length >= 3, 'they did')
  }
})

t.test('a user of a reference page is heard again after an echo, and told where to be if taken for one', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.ScrollArea({ name: 'area' })), {}, { dialect: 'reference' })
  const area = session.find('area', 'ScrollArea')
  area?.setScrollPosition(0, 0.5)
  await browser.idle()
  await browser.get('ScrollArea').scrollTo(0, 0.6)
  t.strictSame(area?.getScrollPosition(), browser.get('ScrollArea').position, 'both are at the same place')
  await browser.get('ScrollArea').scrollTo(0, 1)
  t.strictSame(area?.getScrollPosition(), [0, 1], 'what cannot be an echo counts at once')
})

t.test('what is appended to a text stays an append on the wire, and is all there for whoever comes later', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.TextArea('line\n'.repeat(20_000), { name: 'log', editable: false })), {}, { dialect })
    const log = session.find('log', 'TextArea')
    browser.frames.length = 0
    for (let i = 0; i < 100; i++) {
      log?.appendText(`entry ${i}\n`)
      await browser.idle()
    }
    const bytes = browser.frames.filter(({ direction }) => direction === 'in').reduce((sum, { data }) => sum + data.length, 0)
    t.ok(bytes < 20_000, `${bytes} bytes for 100 entries`)
    t.strictSame(calls(browser, 'set_text'), [])
    const late = await browser.secondBrowser({ dialect })
    t.equal(late.get('TextArea').text, log?.getText())
    t.match(late.get('TextArea').text, /entry 99\n$/, dialect)
  }
})

t.test('what is typed into a text reaches the others, and scrolling does not pass for typing', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.TextArea('', { name: 'text' })), {}, { dialect })
    const other = await browser.secondBrowser({ dialect })
    const text = session.find('text', 'TextArea')
    await browser.get('TextArea').type('abc', { commit: true })
    t.equal(text?.getText(), 'abc')
    t.equal(other.get('TextArea').text, 'abc')
    browser.frames.length = 0
    await other.get('TextArea').scrollTo(0, 1)
    await browser.get('TextArea').type('d', { commit: true })
    t.strictSame(calls(browser, 'set_text'), [], `${dialect}: nobody is told their own text`)
    t.equal(text?.getText(), 'abcd')
    text?.appendText('\nmore')
    await browser.idle()
    t.equal(other.get('TextArea').text, 'abcd\nmore')
    t.equal(browser.get('TextArea').text, 'abcd\nmore')
  }
})

t.test('HTML is what the server gave, in every browser; only pages that clean it are told whom to trust', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.HtmlView('<p>one</p>', { name: 'view', trusted: true }), W.ExternalWidget({ content: '<i>x</i>', trusted: true })), {}, { dialect })
    session.find('view', 'HtmlView')?.appendHtml('<p>two</p>')
    await browser.idle()
    const late = await browser.secondBrowser({ dialect })
    for (const page of [browser, late]) {
      t.equal(page.get('HtmlView').html, '<p>one</p><p>two</p>')
      t.equal(page.get('HtmlView').state.trusted, dialect === 'ours')
      t.equal(page.get('ExternalWidget').state.content, '<i>x</i>')
      t.strictSame(page.errors, [], dialect)
    }
  }
})

t.test('nobody scrolls where they cannot', async t => {
  const { browser } = await show(t, W => inWindow(W, W.ScrollArea({ vscrollbar: 'off' }), W.ScrollBar({ enabled: false }), W.TextArea('x', { editable: false })))
  t.match(thrown(() => browser.get('ScrollArea').scrollTo(0, 1)), /the bar of that direction is off/)
  t.match(thrown(() => browser.get('ScrollArea').scrollTo(2, 0)), /2 is not between 0 and 1/)
  t.match(thrown(() => browser.get('ScrollBar').drag(0.5)), /it is disabled/)
  t.match(thrown(() => browser.get('TextArea').type('x')), /it is not editable/)
  await browser.get('ScrollArea').scrollTo(0, 1, { force: true })
  t.strictSame(browser.get('ScrollArea').position, [0, 1])
})

t.test('a scroll bar reports what follows the pointer once a frame, and the last of it in any case', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.ScrollBar({ name: 'bar', thumbPercent: 0 })))
  const bar = session.find('bar', 'ScrollBar')
  t.equal(bar?.getThumbPercent(), 0.01)
  await browser.get('ScrollBar').drag([0.1, 0.2, 0.3], { oneFrame: true })
  t.strictSame(callbacks(browser).map(([, action, pct]) => [action, pct]), [['activated', 0.3]])
  t.equal(bar?.getScrollPercent(), 0.3)
  bar?.setScrollPercent(-4)
  await browser.idle()
  t.equal(browser.get('ScrollBar').position, 0)
})
