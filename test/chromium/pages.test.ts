/** Pages, sections and panes as a person uses them. */
import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import type { Peer } from './support.ts'
import { animationFrames, news, put, ref } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

const boxOf = async (locator: Locator): Promise<{ x: number, y: number, width: number, height: number }> => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('not on screen')
  return box
}

const drag = async (page: Page, from: Locator, dx: number, dy = 0): Promise<void> => {
  const { x, y, width, height } = await boxOf(from)
  await page.mouse.move(x + width / 2, y + height / 2)
  await page.mouse.down()
  await page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 4 })
  await page.mouse.up()
}

const label = (wid: number): object => ({ __wid__: wid, __class__: 'Label' })

/** All of the page runs from right to left. */
const turnAround = async (page: Page): Promise<void> => await page.locator('body').evaluate(body => body.setAttribute('dir', 'rtl'))

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => {
    const made = await put(t, browser, className, args, actions)
    await made.peer.call(2, 'add_widget', ref(10), 1)
    return made
  }
  const fill = async (peer: Peer, titles: readonly string[]): Promise<void> => {
    for (const [i, title] of titles.entries()) {
      await peer.create(11 + i, 'Label', `page ${title}`)
      await peer.call(10, 'add_widget', ref(11 + i), { title })
    }
  }
  const tabs = async (t: Test, options: object = {}, titles = ['One', 'Two', 'Three'], actions = ['page-switch', 'page-close', 'page-move']): Promise<Scene & { titles (): Promise<string[]> }> => {
    const made = await scene(t, 'TabWidget', [options], actions)
    await fill(made.peer, titles)
    await news(made.peer)
    return { ...made, titles: async () => await made.page.getByRole('tab').allTextContents() }
  }

  await t.test('TabWidget', async t => {
    await t.test('a tab that is dragged takes its page along, and the server hears where to', async t => {
      const { peer, page, titles } = await tabs(t, { reorderable: true })
      await drag(page, page.getByRole('tab', { name: 'Three' }), -300)
      t.strictSame(await titles(), ['Three', 'One', 'Two'])
      t.strictSame(await news(peer), [[10, 'page-switch', label(13), 2], [10, 'page-move', label(13), 0]])
      t.strictSame((await peer.call(10, 'get_children')).value, [label(13), label(11), label(12)])
      t.equal((await peer.call(10, 'get_index')).value, 0)
      await page.getByRole('tab', { name: 'Two' }).click()
      t.strictSame(await news(peer), [[10, 'page-switch', label(12), 2]])
    })
    await t.test('a tab that is dragged pixel by pixel passes each of its neighbours once, there and back', async t => {
      const { page, titles } = await tabs(t, { reorderable: true }, ['A', 'Bcd', 'E'])
      const [from, to] = [await boxOf(page.getByRole('tab', { name: 'A' })), await boxOf(page.getByRole('tab', { name: 'E' }))]
      await page.getByRole('tablist').evaluate(list => {
        const seen = { moves: 0 }
        new MutationObserver(records => { seen.moves += records.filter(({ addedNodes }) => addedNodes.length > 0).length }).observe(list, { childList: true })
        Object.assign(window, { seen })
      })
      const moves = async (): Promise<number> => await page.evaluate(() => (window as unknown as { seen: { moves: number } }).seen.moves)
      const y = from.y + from.height / 2
      const [start, end] = [from.x + from.width / 2, to.x + to.width]
      await page.mouse.move(start, y)
      await page.mouse.down()
      await page.mouse.move(end, y, { steps: Math.ceil(end - start) })
      t.strictSame(await titles(), ['Bcd', 'E', 'A'])
      t.equal(await moves(), 2)
      await page.mouse.move(start, y, { steps: Math.ceil(end - start) })
      t.strictSame(await titles(), ['A', 'Bcd', 'E'])
      t.equal(await moves(), 4)
      await page.mouse.up()
    })
    await t.test('a drag that Escape calls off, or that ends where it began, moves nothing', async t => {
      const { peer, page, titles } = await tabs(t, { reorderable: true })
      const one = await boxOf(page.getByRole('tab', { name: 'One' }))
      await page.mouse.move(one.x + 20, one.y + 15)
      await page.mouse.down()
      await page.mouse.move(one.x + 300, one.y + 15, { steps: 3 })
      t.strictSame(await titles(), ['Two', 'Three', 'One'], 'it would be the last')
      await page.keyboard.press('Escape')
      await page.mouse.up()
      t.strictSame(await titles(), ['One', 'Two', 'Three'])
      t.strictSame(await news(peer), [])
    })
    await t.test('keys move the tab that has the focus, which is said aloud', async t => {
      const { peer, page, titles } = await tabs(t, { reorderable: true, closable: true })
      const tab = page.getByRole('tab', { name: 'One' })
      t.match(await tab.getAttribute('aria-description'), /Delete closes the tab\. Ctrl, Shift and an arrow key move the tab/)
      await tab.press('Control+Shift+ArrowRight')
      await page.keyboard.press('Control+Shift+ArrowRight')
      await page.keyboard.press('Control+Shift+ArrowRight')
      t.strictSame(await titles(), ['Two', 'Three', 'One'])
      t.strictSame(await news(peer), [[10, 'page-move', label(11), 1], [10, 'page-move', label(11), 2]])
      t.equal(await page.getByRole('status').filter({ hasText: 'Tab 3 of 3' }).count(), 1)
      t.equal(await page.locator(':focus').textContent(), 'One')
    })
    await t.test('the server moves tabs without a word back; the focus stays, and so does the page', async t => {
      const { peer, page, titles } = await tabs(t)
      await page.getByRole('tab', { name: 'Two' }).click()
      await news(peer)
      await peer.call(10, 'move_widget', ref(12), 0)
      await peer.call(10, 'move_widget', ref(11), 9)
      t.strictSame(await titles(), ['Two', 'Three', 'One'])
      t.strictSame(await news(peer), [])
      t.equal(await page.locator(':focus').textContent(), 'Two')
      t.ok(await page.getByText('page Two').isVisible())
      t.equal((await peer.call(10, 'get_index')).value, 0)
    })
    await t.test('a tab that is being dragged is not torn away by a move that comes meanwhile', async t => {
      const { peer, page, titles } = await tabs(t, { reorderable: true })
      const one = await boxOf(page.getByRole('tab', { name: 'One' }))
      await page.mouse.move(one.x + 20, one.y + 15)
      await page.mouse.down()
      await page.mouse.move(one.x + 26, one.y + 15)
      await peer.call(10, 'move_widget', ref(13), 0)
      await page.mouse.move(one.x + 400, one.y + 15, { steps: 3 })
      await page.mouse.up()
      t.strictSame(await titles(), ['Three', 'Two', 'One'])
      t.strictSame(await news(peer), [[10, 'page-move', label(11), 2]])
    })
    await t.test('titles change, and are plain text', async t => {
      const { peer, page, titles } = await tabs(t)
      await peer.call(10, 'set_tab_title', ref(12), '<b>Zwei</b>')
      t.strictSame(await titles(), ['One', '<b>Zwei</b>', 'Three'])
      t.equal((await peer.call(10, 'get_tab_title', ref(12))).value, '<b>Zwei</b>')
      t.equal((await peer.call(10, 'get_tab_title', ref(10))).value, null)
      for (const method of ['set_tab_title', 'highlight_tab']) t.match(await peer.call(10, method, ref(10), 'red'), { type: 'result' }, 'what is no page has none')
      t.ok(await page.getByRole('tabpanel', { name: 'One' }).isVisible())
    })
    await t.test('more tabs than fit are reached by buttons, wheel and keys', async t => {
      const many = Array.from({ length: 24 }, (_, i) => `Station ${i + 1}`)
      const { page } = await tabs(t, {}, many)
      const [before, after] = [page.locator('[data-to="before"]'), page.locator('[data-to="after"]')]
      const bar = page.getByRole('tablist')
      const at = async (): Promise<number> => await bar.evaluate(bar => bar.scrollLeft)
      t.ok(await before.isHidden())
      await after.click()
      await before.waitFor()
      const scrolled = await at()
      await bar.hover()
      await page.mouse.wheel(0, 120)
      await page.waitForFunction(([bar, from]) => (bar as Element).scrollLeft > (from as number), [await bar.elementHandle(), scrolled] as const)
      await page.getByRole('tab', { name: 'Station 1', exact: true }).focus()
      await page.keyboard.press('End')
      const [last, frame] = [await boxOf(page.getByRole('tab', { name: 'Station 24' })), await boxOf(bar)]
      t.ok(last.x >= frame.x && last.x + last.width <= frame.x + frame.width + 1, 'the last one is in view')
      await after.waitFor({ state: 'hidden' })
      await page.keyboard.press('Home')
      await before.waitFor({ state: 'hidden' })
      t.equal(await at(), 0)
      t.equal(await page.locator('.pg-window').evaluate(window => window.scrollLeft), 0, 'nothing around it has moved')
    })
    await t.test('from right to left, arrows and drags go with the eye', async t => {
      const { peer, page, titles } = await tabs(t, { reorderable: true })
      await turnAround(page)
      await page.getByRole('tab', { name: 'One' }).press('ArrowLeft')
      t.equal(await page.locator(':focus').textContent(), 'Two')
      await page.keyboard.press('Control+Shift+ArrowLeft')
      t.strictSame(await titles(), ['One', 'Three', 'Two'])
      await drag(page, page.getByRole('tab', { name: 'One' }), -300)
      t.strictSame(await titles(), ['Three', 'Two', 'One'])
      t.strictSame((await news(peer)).filter(([, action]) => action === 'page-move'), [[10, 'page-move', label(12), 2], [10, 'page-move', label(11), 2]])
      const { width } = await boxOf(page.getByRole('tab', { name: 'Two' }))
      await drag(page, page.getByRole('tab', { name: 'One' }), width * 0.7)
      t.strictSame(await titles(), ['Three', 'One', 'Two'], 'passes the one that it covers more than half of')
      await drag(page, page.getByRole('tab', { name: 'One' }), -width * 0.3)
      t.strictSame(await titles(), ['Three', 'One', 'Two'], 'and none that it hardly covers')
    })
    await t.test('left is left in any direction, and each side has its tabs where they belong', async t => {
      const { peer, page } = await tabs(t)
      const sides: Array<[string, (bar: { x: number, y: number }, panel: { x: number, y: number }) => boolean]> = [
        ['top', (bar, panel) => bar.y < panel.y], ['bottom', (bar, panel) => bar.y > panel.y], ['left', (bar, panel) => bar.x < panel.x], ['right', (bar, panel) => bar.x > panel.x]
      ]
      for (const dir of ['ltr', 'rtl']) {
        if (dir === 'rtl') await turnAround(page)
        for (const [side, holds] of sides) {
          await peer.call(10, 'set_tab_position', side)
          t.ok(holds(await boxOf(page.getByRole('tablist')), await boxOf(page.getByRole('tabpanel'))), `${side}, ${dir}`)
        }
      }
      await peer.call(10, 'set_tab_position', 'none')
      t.equal(await page.getByRole('tab').count(), 0)
      await peer.call(10, 'set_index', 1)
      t.ok(await page.getByText('page Two').isVisible())
    })
    await t.test('a page fills the width, and the height where it has a use for it', async t => {
      const { peer, page } = await tabs(t, {}, [])
      await peer.create(20, 'Button', 'only a button')
      await peer.create(21, 'VBox')
      await peer.call(10, 'add_widget', ref(20), { title: 'a' })
      await peer.call(10, 'add_widget', ref(21), { title: 'b' })
      const button = page.getByRole('button', { name: 'only a button' })
      const [box, panel] = [await boxOf(button), await boxOf(page.getByRole('tabpanel'))]
      t.equal(Math.round(box.width), Math.round(panel.width))
      t.ok(box.height < 40, 'as high as a button is')
      await peer.call(20, 'set_expanding', false, true)
      t.equal(Math.round((await boxOf(button)).height), Math.round(panel.height))
      await peer.call(10, 'set_index', 1)
      t.equal(Math.round((await boxOf(page.locator('.pg-tab-panel > .pg-box'))).height), Math.round(panel.height))
    })
    await t.test('whatever colour a tab has, its title can be read', async t => {
      const { peer, page } = await tabs(t)
      const ink = async (): Promise<string> => await page.getByRole('tab', { name: 'Two' }).evaluate(tab => getComputedStyle(tab).colorScheme)
      await peer.call(10, 'highlight_tab', ref(12), '#101820')
      t.equal(await ink(), 'dark')
      await peer.call(10, 'highlight_tab', ref(12), 'rgb(200, 255, 200)')
      t.equal(await ink(), 'light')
      await peer.call(10, 'highlight_tab', ref(12), null)
      t.match(await ink(), 'light dark')
    })
  })

  await t.test('StackWidget', async t => {
    await t.test('shows one page, without tabs, and lets go of any', async t => {
      const { peer, page } = await scene(t, 'StackWidget', [], ['page-switch'])
      await fill(peer, ['One', 'Two', 'Three'])
      t.equal(await page.getByRole('tab').count(), 0)
      t.equal(await page.getByRole('tabpanel').count(), 0)
      await peer.call(10, 'set_index', 1)
      t.strictSame((await news(peer)).at(-1), [10, 'page-switch', label(12), 1])
      t.ok(await page.getByText('page Two').isVisible())
      t.match(await peer.call(10, 'set_tab_position', 'left'), { type: 'result' })
      t.equal(await page.getByRole('tab').count(), 0, 'nothing gives it tabs')
      await peer.call(10, 'remove', ref(11))
      t.strictSame(await news(peer), [], 'the same page is shown')
      await peer.call(10, 'close_widget', ref(12))
      t.strictSame(await news(peer), [[10, 'page-switch', label(13), 0]])
      t.match(await peer.call(10, 'add_widget', ref(12), null), { type: 'result' }, 'no options are no options')
      await page.keyboard.press('Tab')
      t.equal(await page.locator('.pg-stack :focus').count(), 0, 'nothing of it takes the focus')
    })
  })

  await t.test('Expander', async t => {
    const expander = async (t: Test, options: object = {}): Promise<Scene & { title: Locator, inside: Locator }> => {
      const made = await scene(t, 'Expander', [{ title: 'Section', ...options }], ['toggled'])
      await made.peer.create(11, 'TextEntry', 'inside')
      await made.peer.call(10, 'set_widget', ref(11))
      return { ...made, title: made.page.getByRole('button', { name: 'Section' }), inside: made.page.locator('.pg-text-entry') }
    }
    await t.test('is closed at first; pointer and keys open and close it, reported once each', async t => {
      const { peer, page, title, inside } = await expander(t)
      t.equal(await title.getAttribute('aria-expanded'), 'false')
      t.ok(await inside.isHidden())
      await title.click()
      t.ok(await inside.isVisible())
      t.ok(await page.getByRole('group', { name: 'Section' }).isVisible())
      await title.press('Enter')
      await title.press('Space')
      t.equal(await title.getAttribute('aria-expanded'), 'true')
      t.strictSame(await news(peer), [[10, 'toggled', false], [10, 'toggled', true], [10, 'toggled', false]])
    })
    await t.test('reports what a server does to it, unless in silence, and only real changes', async t => {
      const { peer } = await expander(t)
      await peer.call(10, 'toggleContent')
      await peer.call(10, 'set_collapsed', false)
      await peer.call(10, 'set_collapsed', true)
      t.strictSame(await news(peer), [[10, 'toggled', false], [10, 'toggled', true]])
      await peer.ask({ type: 'call', wid: 10, method: 'toggleContent', args: [], silent: true })
      t.strictSame(await news(peer), [])
      t.equal((await peer.call(10, 'get_collapsed')).value, false)
      await peer.call(10, 'set_collapsed', null)
      t.strictSame(await news(peer), [], 'null is no, and it is not closed')
      t.ok(await peer.refused(10, 'toggle_content'), 'the wire name is toggleContent')
    })
    await t.test('one that cannot be collapsed is open, has no button, and stays as it was', async t => {
      const { peer, page, title, inside } = await expander(t, { collapsible: false })
      t.ok(await inside.isVisible())
      t.equal(await title.count(), 0)
      t.ok(await peer.refused(10, 'set_collapsed', true))
      t.ok(await peer.refused(10, 'toggleContent'))
      t.ok(await inside.isVisible())
      t.equal((await peer.call(10, 'get_collapsed')).value, false)
      await peer.call(10, 'set_title', '')
      t.ok(await page.locator('.pg-expander-bar').isHidden(), 'nothing to say')
      t.strictSame(await news(peer), [])
    })
    await t.test('gives its room back while it is closed, and keeps what is in it', async t => {
      const { peer, page, title, inside } = await expander(t)
      await peer.create(12, 'Button', 'below')
      await peer.call(2, 'add_widget', ref(12), 1)
      const section = page.locator('.pg-expander')
      t.ok((await boxOf(section)).height < 40)
      t.ok((await boxOf(page.getByRole('button', { name: 'below' }))).height > 200, 'the other has it all')
      await title.click()
      t.ok((await boxOf(section)).height > 100)
      await inside.fill('changed')
      await title.click()
      t.ok((await boxOf(section)).height < 40)
      await title.click()
      t.equal(await inside.inputValue(), 'changed')
    })
    await t.test('its title can be changed, and read on any background', async t => {
      const { peer, page } = await expander(t, { bg_color: '#102030', shadow: true })
      await peer.call(10, 'set_title', '<i>Other</i>')
      t.ok(await page.getByRole('button', { name: '<i>Other</i>' }).isVisible())
      t.equal((await peer.call(10, 'get_title')).value, '<i>Other</i>')
      t.equal(await page.locator('.pg-expander-bar').evaluate(bar => getComputedStyle(bar).colorScheme), 'dark')
      await peer.call(10, 'set_title', '')
      t.ok(await page.getByRole('button', { name: 'Details' }).isVisible(), 'a button needs a name')
    })
    await t.test('nothing moves for those who want no motion', async t => {
      const { peer, page } = await open(t, browser, { reducedMotion: 'reduce' })
      await peer.create(1, 'TopLevel', {})
      await peer.create(10, 'Expander', { title: 'Section' })
      await peer.call(1, 'set_widget', ref(10))
      await peer.call(1, 'show')
      await page.getByRole('button', { name: 'Section' }).click()
      t.equal(await page.locator('.pg-expander-content').evaluate(content => getComputedStyle(content).animationDuration), '0s')
    })
    await t.test('disabled, nothing in it can be used', async t => {
      const { peer, page, title, inside } = await expander(t)
      await title.click()
      await peer.call(10, 'set_enabled', false)
      await page.keyboard.press('Tab')
      t.equal(await page.locator('.pg-expander :focus').count(), 0)
      t.ok(await inside.isVisible())
      await title.click({ force: true })
      t.ok(await inside.isVisible())
    })
  })

  await t.test('Splitter', async t => {
    const panes = async (t: Test, weights?: number[]): Promise<Scene & { sizes (): Promise<number[]> }> => {
      const made = await scene(t, 'Splitter', [], ['sizing'])
      for (const wid of [11, 12, 13]) {
        await made.peer.create(wid, 'Label', `pane ${wid}`)
        await made.peer.call(10, 'add_widget', ref(wid))
      }
      if (weights !== undefined) await made.peer.call(10, 'set_sizes', weights)
      return { ...made, sizes: async () => ((await made.peer.call(10, 'get_sizes')).value as number[]).map(Math.round) }
    }
    await t.test('a pane can come between others', async t => {
      const { peer, page, sizes } = await panes(t, [1, 3, 2])
      await peer.create(14, 'Label', 'pane 14')
      await peer.call(10, 'insert_widget', 1, ref(14))
      t.strictSame(await sizes(), [46, 93, 139, 93], 'with the average of the others')
      t.strictSame(await page.locator('.pg-pane').allTextContents(), ['pane 11', 'pane 14', 'pane 12', 'pane 13'])
      t.equal(await page.getByRole('separator').count(), 3)
      await peer.create(15, 'Label', 'pane 15')
      await peer.call(10, 'insert_widget', 0, ref(15))
      t.equal((await page.locator('.pg-pane').allTextContents())[0], 'pane 15')
      t.equal(await page.getByRole('separator').count(), 4)
    })
    await t.test('weights beyond a shorter list stay', async t => {
      const { peer, sizes } = await panes(t, [1, 1, 2])
      await peer.call(10, 'set_sizes', [5])
      t.strictSame(await sizes(), [238, 48, 95])
    })
    await t.test('a handle follows a finger', async t => {
      const { peer, page } = await panes(t, [1, 1, 2])
      const { x, y } = await boxOf(page.getByRole('separator').first())
      const cdp = await page.context().newCDPSession(page)
      const touch = async (type: string, dx: number): Promise<void> => {
        await cdp.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: type === 'touchEnd' ? [] : [{ x: x + 4 + dx, y: y + 30 }] })
      }
      await touch('touchStart', 0)
      await touch('touchMove', 20)
      await touch('touchMove', 40)
      await touch('touchEnd', 40)
      const [[, , reported] = []] = await news(peer)
      t.strictSame((reported as number[]).map(Math.round), [135, 55, 190])
    })
    await t.test('Enter and a double click bring back what the server set last', async t => {
      const { peer, page, sizes } = await panes(t, [1, 1, 2])
      const handle = page.getByRole('separator').first()
      for (const back of [() => handle.press('Enter'), () => handle.dblclick()]) {
        await drag(page, handle, 40)
        t.strictSame(await sizes(), [135, 55, 190])
        await back()
        t.strictSame(await sizes(), [95, 95, 190])
      }
      t.equal((await news(peer)).length, 4, 'all of which is reported')
    })
    await t.test('sizes stay in proportion when the window is resized', async t => {
      const { peer, sizes } = await panes(t, [1, 1, 2])
      await peer.call(1, 'resize', 800, 300)
      t.strictSame(await sizes(), [195, 195, 390])
    })
    await t.test('a hidden pane leaves no handle, and comes back with its share', async t => {
      const { peer, page, sizes } = await panes(t, [1, 1, 2])
      await peer.call(11, 'hide')
      t.equal(await page.getByRole('separator').count(), 1)
      t.strictSame(await sizes(), [0, 130, 259])
      await drag(page, page.getByRole('separator'), 65)
      await peer.call(11, 'show')
      const [first = 0, second = 0, third = 0] = await sizes()
      t.equal(first, 95)
      t.ok(Math.abs(second - third) <= 1, 'and what was dragged meanwhile')
      await peer.call(12, 'hide')
      await drag(page, page.getByRole('separator'), -40)
      t.strictSame((await sizes())[1], 0)
      t.ok((await sizes())[0]! < 195, 'the handle is between the two that are shown')
    })
    await t.test('from right to left, a handle goes where it is dragged', async t => {
      const { page, sizes } = await panes(t, [1, 1, 2])
      await turnAround(page)
      await drag(page, page.getByRole('separator').first(), -40)
      t.strictSame(await sizes(), [135, 55, 190])
      await page.getByRole('separator').first().press('ArrowRight')
      t.strictSame(await sizes(), [125, 65, 190])
    })
    await t.test('a drag ends with its handle, and the server hears where the others are', async t => {
      const { peer, page } = await panes(t)
      const { x, y } = await boxOf(page.getByRole('separator').last())
      await page.mouse.move(x + 4, y + 20)
      await page.mouse.down()
      await page.mouse.move(x + 20, y + 20)
      await peer.call(10, 'remove', ref(13))
      await animationFrames(page, 2)
      await page.mouse.move(x + 60, y + 20)
      await page.mouse.up()
      t.match(await news(peer), [[10, 'sizing', [Number, Number]]], 'once, of the two that are left')
      t.equal(await page.getByRole('separator').count(), 1)
    })
  })

  await t.test('Frame', async t => {
    await t.test('a long title stays inside', async t => {
      const { page } = await scene(t, 'Frame', [{ title: 'a very long title '.repeat(12) }])
      const [title, frame] = [await boxOf(page.locator('legend')), await boxOf(page.getByRole('group'))]
      t.ok(title.x + title.width <= frame.x + frame.width)
      t.ok(title.height < 30, 'on one line')
    })
    await t.test('null is no title', async t => {
      const { peer, page } = await scene(t, 'Frame', [{ title: 'Limits' }])
      t.equal((await peer.call(10, 'get_text')).value, 'Limits')
      await peer.call(10, 'set_title', null)
      t.equal(await page.locator('legend').count(), 0)
      t.equal((await peer.call(10, 'get_text')).value, '')
    })
  })
}
