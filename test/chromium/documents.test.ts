/** Text areas, and HTML from servers. */
import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch } from './support.ts'
import type { Peer } from './support.ts'
import { animationFrames, news, put, turnWheel } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

const lines = (count: number, from = 0): string => Array.from({ length: count }, (_, i) => `line ${from + i}\n`).join('')

const topOf = async (locator: Locator): Promise<number> => await locator.evaluate(({ scrollTop }) => scrollTop)
const isAtEnd = async (locator: Locator): Promise<boolean> =>
  await locator.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollTop >= scrollHeight - clientHeight - 1)

/** What was reported of `action`, once the page has painted. */
async function reported (peer: Peer, page: Page, action: string): Promise<unknown[][]> {
  await animationFrames(page, 3)
  return (await news(peer)).filter(([, name]) => name === action).map(([, , ...args]) => args)
}

/** Calls in silence, as our server does. */
const silently = async (peer: Peer, method: string, ...args: unknown[]): Promise<void> => {
  await peer.ask({ type: 'call', wid: 10, method, args, silent: true })
}

if (browser !== null) {
  await t.test('a picture that cannot be loaded says so, until another one is there', async t => {
    const { peer, page } = await put(t, browser, 'Image', [{ url: '/missing.png' }])
    const picture = page.getByAltText('This picture could not be loaded')
    await picture.waitFor()
    t.equal(await picture.evaluate(({ clientWidth }) => clientWidth > 50), true, 'there is something to see')
    await peer.call(10, 'set_image', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>')
    await page.waitForFunction(() => (document.querySelector('img.pg-image') as HTMLImageElement).complete)
    t.equal(await picture.count(), 0)
    await peer.call(10, 'set_image', '')
    t.equal(await picture.count(), 0, 'no picture is nothing that failed')
  })

  await t.test('TextArea', async t => {
    const { peer, page } = await put(t, browser, 'TextArea', ['one\ntwo'], ['modified', 'scrolled'])
    const area = page.getByRole('textbox')
    const text = async (): Promise<unknown> => (await peer.call(10, 'get_text')).value
    await peer.call(10, 'resize', 300, 150)

    await t.test('shows text as text, and null as none', async t => {
      t.equal(await area.inputValue(), 'one\ntwo')
      await peer.call(10, 'set_text', '<b>&amp;\r\nnext')
      t.equal(await area.inputValue(), '<b>&amp;\nnext')
      t.equal(await text(), '<b>&amp;\nnext')
      await peer.call(10, 'set_text', null)
      t.equal(await text(), '')
      await peer.call(10, 'set_text', 'a')
      await peer.call(10, 'clear')
      t.equal(await area.inputValue(), '')
    })
    await t.test('reports what is typed 300 ms after the last key, and at once when it is left', async t => {
      await news(peer)
      await area.pressSequentially('ab')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [], 'Enter begins a line')
      t.strictSame((await peer.callback(10, 'modified')).args, ['ab\n'])
      await page.keyboard.type('c')
      await area.blur()
      t.strictSame((await news(peer)).filter(([, action]) => action === 'modified'), [[10, 'modified', 'ab\nc']])
      await peer.call(10, 'set_text', 'set')
      await peer.call(10, 'append_text', ' appended')
      t.strictSame(await reported(peer, page, 'modified'), [], 'what a server does is no edit')
    })
    await t.test('is reported once per edit, however often the server listened', async t => {
      await peer.ask({ type: 'unlisten', wid: 10, action: 'modified' })
      await peer.listen(10, 'modified')
      await area.fill('x')
      await area.blur()
      t.strictSame(await reported(peer, page, 'modified'), [['x']])
    })
    await t.test('text that is being typed is not overwritten, and what is appended is reported with it', async t => {
      await peer.call(10, 'set_text', 'mine')
      await area.focus()
      await page.keyboard.press('Control+Home')
      await page.keyboard.type('> ')
      await peer.call(10, 'set_text', 'theirs')
      await peer.call(10, 'append_text', ' and theirs')
      t.equal(await area.inputValue(), '> mine and theirs')
      t.equal(await area.evaluate(element => (element as HTMLTextAreaElement).selectionStart), 2, 'the caret stays')
      await area.blur()
      t.strictSame(await reported(peer, page, 'modified'), [['> mine and theirs']])
    })
    await t.test('Tab goes on, and it is out of use when disabled or not editable', async t => {
      await peer.call(10, 'set_text', 'kept')
      await area.focus()
      await page.keyboard.press('Tab')
      t.equal(await area.inputValue(), 'kept')
      await peer.call(10, 'set_editable', false)
      await area.focus()
      await page.keyboard.type('x')
      await peer.call(10, 'set_editable', true)
      await peer.call(10, 'set_enabled', false)
      await area.focus()
      await page.keyboard.type('y')
      t.equal(await area.inputValue(), 'kept')
      await peer.call(10, 'set_enabled', true)
      await peer.call(10, 'set_focus')
      t.ok(await area.evaluate(element => element === element.ownerDocument.activeElement))
    })
    await t.test('keeps only the newest lines, now and later', async t => {
      await peer.call(10, 'set_text', 'a\nb\nc\nd')
      await peer.call(10, 'set_limit', 2)
      t.equal(await text(), 'c\nd')
      await peer.call(10, 'append_text', '\ne')
      t.equal(await text(), 'd\ne')
      await peer.call(10, 'append_text', '\nf\ng\nh')
      t.equal(await text(), 'g\nh')
      for (const none of [0, -1, null]) {
        await peer.call(10, 'set_limit', none)
        await peer.call(10, 'set_text', lines(5))
        t.equal(await text(), lines(5), String(none))
      }
    })
    await t.test('goes where the server says and says nothing of it, whatever is done to the text', async t => {
      await peer.call(10, 'set_text', lines(100))
      await animationFrames(page, 3)
      await news(peer)
      await peer.call(10, 'set_scroll_position', 0, 0.5)
      const half = await topOf(area)
      t.ok(half > 500)
      t.strictSame((await peer.call(10, 'get_scroll_position')).value, [0, 0.5])
      await peer.call(10, 'set_text', lines(200))
      t.ok(await topOf(area) > 1.8 * half, 'the same share of the new text')
      await silently(peer, 'scroll_to_end')
      t.ok(await isAtEnd(area))
      await animationFrames(page, 15)
      t.strictSame(await news(peer), [])
    })
    await t.test('scrolls to a line, and reports where that is', async t => {
      await silently(peer, 'set_scroll_position', 0, 0)
      const height = await area.evaluate(element => parseFloat(element.ownerDocument.defaultView!.getComputedStyle(element).lineHeight))
      await silently(peer, 'scroll_to_lineno', 50, 'top')
      t.ok(Math.abs(await topOf(area) - 50 * height) <= 8)
      t.equal((await reported(peer, page, 'scrolled')).length, 1)
      await silently(peer, 'scroll_to_lineno', 51)
      t.ok(Math.abs(await topOf(area) - 50 * height) <= 8, 'a line in view is near enough')
      await silently(peer, 'scroll_to_lineno', 100, 'center')
      const visible = await area.evaluate(({ clientHeight }) => clientHeight)
      t.ok(Math.abs(await topOf(area) + visible / 2 - 100.5 * height) <= 8)
      await silently(peer, 'scroll_to_lineno', 1e6, 'anything')
      t.ok(await topOf(area) > 150 * height)
    })
    await t.test('finds a line among broken ones too', async t => {
      await peer.call(10, 'set_wrap', true)
      const long = 'word '.repeat(60).trim()
      await peer.call(10, 'set_text', `${`${long}\n`.repeat(10)}here\n${lines(50)}`)
      await silently(peer, 'scroll_to_lineno', 10, 'top')
      const rows = await area.evaluate((element, lines) => {
        const { lineHeight } = element.ownerDocument.defaultView!.getComputedStyle(element)
        return element.scrollTop / parseFloat(lineHeight) / lines
      }, 10)
      t.ok(rows > 3 && Math.abs(rows * 10 - Math.round(rows * 10)) < 0.4, 'a whole number of rows down')
      await peer.call(10, 'set_wrap', false)
      t.ok(await area.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth), 'lines are as long as they are')
    })
    await t.test('a log is followed by whoever looks at its end, and by nobody else', async t => {
      await peer.call(10, 'set_editable', false)
      await silently(peer, 'clear')
      await silently(peer, 'set_scroll_position', 0, 0)
      await reported(peer, page, 'scrolled')
      for (let i = 0; i < 10; i++) await silently(peer, 'append_text', lines(3, 3 * i))
      await animationFrames(page, 3)
      t.ok(await isAtEnd(area))
      t.strictSame(await reported(peer, page, 'scrolled'), [[0, 1]], 'told once')
      await area.hover()
      await turnWheel(page, 0, -100)
      await page.waitForFunction(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.querySelector('textarea')!
        return scrollTop < scrollHeight - clientHeight - 90
      })
      const top = await topOf(area)
      await reported(peer, page, 'scrolled')
      await silently(peer, 'append_text', lines(30))
      await animationFrames(page, 3)
      t.equal(await topOf(area), top)
      const [[, share] = []] = await reported(peer, page, 'scrolled')
      t.ok(Number(share) < 0.9, 'the same lines are a smaller share of the way now')
      const end = async (): Promise<string> => (await area.inputValue()).trimEnd().split('\n').at(-1) as string
      t.equal(await end(), 'line 29')
    })
    await t.test('a log that is written to all the time costs a page no more than a part of its time', async t => {
      await silently(peer, 'set_text', lines(10_000))
      await silently(peer, 'scroll_to_end')
      const call = { type: 'call', wid: 10, method: 'append_text', args: ['one more line\n'], silent: true }
      for (let i = 0; i < 10; i++) await peer.askAll(...Array.from({ length: 20 }, () => call))
      t.equal(String(await text()).length, lines(10_000).length + 200 * 'one more line\n'.length, 'nothing is lost')
    })
    await t.test('caret, unsent text and place survive a replay', async t => {
      const rebuild = async (value: string): Promise<void> => {
        const call = (wid: number, method: string, ...args: unknown[]): Record<string, unknown> => ({ type: 'call', wid, method, args })
        await peer.replay(100, { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] }, { type: 'create', wid: 10, class: 'TextArea', args: [value] },
          call(1, 'set_widget', { __wid__: 10 }), call(1, 'resize', 300, 200), { type: 'listen', wid: 10, action: 'modified' }, { type: 'listen', wid: 10, action: 'scrolled' },
          call(10, 'set_scroll_position', 0, 0.5), call(1, 'show'))
      }
      await rebuild(lines(100))
      await area.focus()
      await page.keyboard.press('Control+Home')
      await page.keyboard.press('ArrowRight')
      await area.evaluate(element => { element.scrollTop = 0 })
      await page.keyboard.type('!')
      await animationFrames(page, 2)
      await news(peer)
      await rebuild(lines(100))
      t.match(await area.inputValue(), /^l!ine 0/)
      t.equal(await area.evaluate(element => (element as HTMLTextAreaElement).selectionStart), 2)
      const { args } = await peer.callback(10, 'modified')
      t.match(args, [/^l!ine 0/], 'and is reported')
    })
  })

  const html = async (t: Test, className: string, args: unknown[] = [], before?: () => void): Promise<Scene & { view: Locator }> => {
    const made = await put(t, browser, className, args, ['scrolled'], before)
    return { ...made, view: made.page.locator('.pg-html-view, .pg-external') }
  }

  const settle = ({ peer, view }: Pick<Awaited<ReturnType<typeof html>>, 'peer' | 'view'>) => async (html: string): Promise<void> => {
    await peer.call(10, 'set_html', html)
    await peer.call(10, 'append_html', '<i class="last">.</i>')
    await view.locator('.last').waitFor()
  }

  const CLEANERS: ReadonlyArray<readonly [name: string, chunks: number, before?: () => void]> =
    [['the browser', 0], ['DOMPurify, in a browser that cannot', 1, () => { delete (Element.prototype as { setHTML?: unknown }).setHTML }]]

  for (const [name, chunks, before] of CLEANERS) {
    await t.test(`HTML is cleaned by ${name}`, async t => {
      const { peer, page, view } = await html(t, 'HtmlView', ['<h2>Report</h2>'], before)
      await peer.call(10, 'resize', 300, 150)
      const settled = settle({ peer, view })

      await t.test('with no more to load than that takes', async t => {
        await view.getByRole('heading', { name: 'Report' }).waitFor()
        const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name).filter(name => name.includes('/client/chunk-')))
        t.equal(loaded.length, chunks)
      })
      await t.test('runs no script, in whatever guise', async t => {
        const attacks = [
          '<script>window.hit = 1</script>', '<img src=x onerror="window.hit = 2">', '<svg onload="window.hit = 3"></svg>', '<a href="javascript:window.hit=4">go</a>',
          '<iframe srcdoc="<script>parent.hit = 5</script>"></iframe>', '<math><mtext><table><mglyph><style><img src=x onerror="window.hit = 6">',
          '<details open ontoggle="window.hit = 7">', '<object data="data:text/html,<script>hit = 8</script>"></object>', '<form action="javascript:hit = 9"><button>send</button></form>',
          '<svg><a xlink:href="javascript:window.hit=10"><text y="20">x</text></a></svg>', '<template><script>window.hit = 11</script></template>'
        ]
        for (const trusted of [false, true]) {
          await peer.call(10, 'set_trusted', trusted)
          for (const attack of attacks) {
            await settled(attack)
            for (const link of await view.locator('a').all()) await link.dispatchEvent('click')
            const left = await view.evaluate(host => host.shadowRoot!.innerHTML)
            t.notMatch(left, /script|onerror|onload|ontoggle|srcdoc|<form|<button|<object|hit/i, attack)
          }
        }
        t.equal(await page.evaluate(() => (window as unknown as { hit?: number }).hit), undefined)
        t.equal(page.context().pages().length, 1, 'no tab was opened')
        await peer.call(10, 'set_trusted', false)
      })
      await t.test('keeps what a report is made of', async t => {
        await settled('<h3 id="top">Pumps</h3><table><thead><tr><th colspan="2">State</th></tr></thead><tbody><tr><td>1</td><td><b>on</b></td></tr></tbody></table><ul><li>a</li></ul>' +
          '<pre><code>x</code></pre><img alt="dot" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><svg viewBox="0 0 2 2"><rect width="2" height="2"/></svg><details><summary>More</summary>text</details>')
        t.equal(await view.getByRole('cell').count(), 2)
        for (const name of ['h3', 'th', 'li', 'code', 'img', 'svg rect', 'summary']) t.equal(await view.locator(name).count(), 1, name)
      })
      await t.test('opens links in a tab of their own, which knows nothing of this one', async t => {
        await settled('<a href="report.txt">file</a> <a href="https://example.org/">site</a> <a href="#down">down</a>')
        const targets = await view.locator('a').evaluateAll(links => links.map(link => [(link as HTMLAnchorElement).target, (link as HTMLAnchorElement).rel]))
        t.strictSame(targets, [['_blank', 'noopener noreferrer'], ['_blank', 'noopener noreferrer'], ['', '']])
        const address = page.url()
        const opened = page.context().waitForEvent('page')
        await view.getByText('file').click()
        await (await opened).close()
        t.equal(page.url(), address)
      })
      await t.test('styles get neither out nor in; only trusted content has its own', async t => {
        const color = async (locator: Locator): Promise<string> => await locator.evaluate(element => element.ownerDocument.defaultView!.getComputedStyle(element).color)
        const title = page.locator('button.pg-window-title')
        const before = await color(title)
        const content = '<style>* { color: rgb(1, 2, 3) !important }</style><p class="pg-window-title" style="position: fixed; color: rgb(4, 5, 6)">styled</p><em>plain</em>'
        await settled(content)
        t.not(await color(view.locator('em')), 'rgb(1, 2, 3)')
        t.equal(await view.locator('p').getAttribute('style'), null)
        await peer.call(10, 'set_trusted', true)
        await settled(content.replace(' !important', ''))
        t.equal(await color(view.locator('em')), 'rgb(1, 2, 3)')
        t.equal(await color(view.locator('p')), 'rgb(4, 5, 6)')
        t.equal(await color(title), before)
        const [inner, outer] = [await view.locator('p').boundingBox(), await view.boundingBox()]
        t.ok(inner!.y >= outer!.y, 'what is fixed is fixed within the view')
        await peer.call(10, 'set_trusted', false)
        t.equal(await view.locator('p').getAttribute('style'), null, 'and no longer when it is not trusted any more')
      })
      await t.test('of elements that are not allowed or not known, the text stays; of attributes, nothing', async t => {
        await settled('<p>value is <none> and more</p><x-y>own</x-y><form>fill<label>in</label></form><button popovertarget="x" commandfor="x">press</button>' +
          '<p id="a" tabindex="0" popover autofocus contenteditable accesskey="x" nonce="x" slot="x">kept</p><p aria-label="named" role="note" data-x="1" lang="de">said</p>')
        t.equal(await view.locator('.content').evaluate(content => content.textContent), 'value is  and moreownfillinpresskeptsaid.')
        t.strictSame(await view.locator('#a').evaluate(element => element.getAttributeNames()), ['id'])
        t.strictSame(await view.getByText('said').evaluate(element => element.getAttributeNames()), ['aria-label', 'role', 'data-x', 'lang'])
        t.equal(await view.locator('form, button, none, x-y').count(), 0)
      })
      await t.test('links and sources lead nowhere but to the web, mail and telephones', async t => {
        const links = ['java\tscript:alert(1)', '&#1;javascript:alert(1)', 'vbscript:x', 'data:text/html,x', 'intent:x', 'mailto:a@b', 'tel:1', '/here', '//there/x', 'https://there/']
        await settled(links.map(link => `<a href="${link}">link</a>`).join('') + '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
        const left = await view.locator('a').evaluateAll(links => links.map(link => link.getAttribute('href')))
        t.strictSame(left, [null, null, null, null, null, 'mailto:a@b', 'tel:1', '/here', '//there/x', 'https://there/'])
        t.match(await view.locator('img').getAttribute('src'), /^data:/)
        await peer.call(10, 'set_trusted', true)
        await settled('<iframe src="javascript:parent.hit = 12" srcdoc="x" sandbox width="10"></iframe>')
        t.strictSame(await view.locator('iframe').evaluate(frame => frame.getAttributeNames().sort()), ['sandbox', 'width'])
        await peer.call(10, 'set_trusted', false)
      })
    })
  }

  await t.test('HtmlView', async t => {
    const requests: string[] = []
    const { peer, page, view } = await html(t, 'HtmlView', ['<h2>Report</h2>'])
    page.on('request', request => requests.push(request.url()))
    await peer.call(10, 'resize', 300, 150)
    const settled = settle({ peer, view })

    await t.test('leads to places within itself, without touching the address', async t => {
      await settled(`<a href="#down">down</a>${'<p>text</p>'.repeat(50)}<p id="down">Here</p>`)
      const address = page.url()
      await view.getByText('down', { exact: true }).click()
      t.ok(await topOf(view) > 300)
      t.equal(page.url(), address)
      t.equal((await reported(peer, page, 'scrolled')).length, 1)
    })
    await t.test('answers with what the server gave, and takes it as it comes', async t => {
      await peer.call(10, 'set_html', '<p>one')
      await peer.call(10, 'append_html', '<p onclick="x()">two</p>')
      t.equal((await peer.call(10, 'get_html')).value, '<p>one<p onclick="x()">two</p>')
      t.strictSame(await view.locator('p').allTextContents(), ['one', 'two'])
      await peer.call(10, 'clear')
      t.equal(await view.locator('p').count(), 0)
      t.equal((await peer.call(10, 'get_html')).value, '')
      await peer.call(10, 'set_html', null)
      t.equal((await peer.call(10, 'get_html')).value, '')
    })
    await t.test('scrolls like everything else: told in silence, by hand with a report, to the end of what grows', async t => {
      await settled('<p>text</p>'.repeat(60))
      await silently(peer, 'scroll_to_bottom')
      await reported(peer, page, 'scrolled')
      t.ok(await isAtEnd(view))
      await silently(peer, 'append_html', '<p>more</p>'.repeat(5))
      t.ok(await isAtEnd(view), 'the end is followed')
      t.strictSame(await reported(peer, page, 'scrolled'), [])
      await silently(peer, 'scroll_to_top')
      t.equal(await topOf(view), 0)
      await page.getByRole('region', { name: 'Scrollable content' }).focus()
      await page.keyboard.press('End')
      await page.waitForFunction(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.querySelector('.pg-html-view')!
        return scrollTop >= scrollHeight - clientHeight - 1
      })
      t.strictSame((await reported(peer, page, 'scrolled')).at(-1), [0, 1])
    })
    t.strictSame(requests.filter(url => !url.startsWith(new URL(page.url()).origin)), [], 'nothing was loaded from anywhere else')
  })

  await t.test('ExternalWidget', async t => {
    const { peer, page, view } = await html(t, 'ExternalWidget')
    await peer.call(10, 'resize', 200, 80)
    await peer.call(10, 'set_content', '<svg viewBox="0 0 10 10"><rect width="5" height="5"/></svg><script>window.hit = 1</script><img src=x onerror="window.hit = 2">')
    await view.locator('rect').waitFor()
    t.notMatch(await view.evaluate(host => host.shadowRoot!.innerHTML), /script|onerror/)
    t.equal(await page.evaluate(() => (window as unknown as { hit?: number }).hit), undefined)
    t.equal((await peer.call(10, 'get_content_element')).value, null)
    await peer.call(10, 'set_content', '<div style="height: 500px">tall</div>')
    t.strictSame([(await view.boundingBox())!.height, await topOf(view)], [80, 0], 'it keeps its size')
    await peer.call(10, 'clear')
    t.equal(await view.locator('div div').count(), 0)
  })
}
