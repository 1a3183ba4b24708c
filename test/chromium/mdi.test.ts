import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { faults } from './axe.ts'
import { launch, open } from './support.ts'
import type { Opened, Request } from './support.ts'
import { animationFrames, news, pan, ref, turnWheel } from './widget-support.ts'

const browser = await launch(t)

const MDI = 2
/** What the page answers to a call that puts a child in, and what a server of ours asks for. */
const add = (child: number, options: Request): Request => ({ type: 'call', wid: MDI, method: 'add_widget', args: [ref(child), options] })
const ACTIONS = ['page-switch', 'page-close', 'child-added', 'child-removed', 'scrolled', 'stacking']

/** A workspace that fills the page, with fields 11, 12, … in windows 21, 22, … at these places. */
async function workspace (t: Test, places: Array<readonly [x: number, y: number]> = [[10, 10], [200, 120]], options: Request = {}, page: object = {}): Promise<Opened> {
  const opened = await open(t, browser!, page)
  await opened.peer.askAll(
    { type: 'create', wid: 1, class: 'Page', args: [] }, { type: 'create', wid: MDI, class: 'MDIWidget', args: [] },
    { type: 'call', wid: 1, method: 'set_widget', args: [ref(MDI)] }, { type: 'call', wid: 1, method: 'show', args: [] },
    ...places.flatMap(([x, y], i) => [
      { type: 'create', wid: 11 + i, class: 'TextEntry', args: [`field ${i + 1}`] },
      add(11 + i, { title: `Window ${i + 1}`, x, y, width: 300, height: 200, subwindow: 21 + i, ...options }),
      ...['move', 'resize', 'window-state'].map(action => ({ type: 'listen', wid: 21 + i, action }))
    ]),
    ...ACTIONS.map(action => ({ type: 'listen', wid: MDI, action })))
  await opened.peer.callbacks()
  opened.peer.frames.length = 0
  return opened
}

const windowOf = (page: Page, number: number): Locator => page.getByRole('group', { name: `Window ${number}`, exact: true })
const titleOf = (page: Page, number: number): Locator => windowOf(page, number).locator('.pg-window-title')
const button = (page: Page, number: number, name: string): Locator => windowOf(page, number).getByRole('button', { name, exact: true })
const box = async (page: Page, number: number): Promise<number[]> => {
  const { x, y, width, height } = await windowOf(page, number).boundingBox() ?? { x: NaN, y: NaN, width: NaN, height: NaN }
  return [x, y, width, height]
}
const order = async (page: Page): Promise<number[]> => await page.locator('.pg-sub-window').evaluateAll(windows => windows
  .sort((a, b) => Number((a as HTMLElement).style.zIndex) - Number((b as HTMLElement).style.zIndex)).map(window => Number(window.querySelector('.pg-window-title')?.textContent?.slice(-1))))
const isFocused = async (locator: Locator): Promise<boolean> => await locator.evaluate(node => node === node.ownerDocument.activeElement)

async function drag (page: Page, from: readonly [number, number], by: readonly [number, number], steps = 4): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(from[0] + by[0], from[1] + by[1], { steps })
  await page.mouse.up()
}

const child = (wid: number): Request => ({ __wid__: wid, __class__: 'TextEntry' })

if (browser !== null) {
  await t.test('windows are made under the id that the server says, or under one that the page chooses', async t => {
    const { page, peer } = await workspace(t, [[10, 10]])
    t.match(await peer.call(MDI, 'get_subwindows'), { value: [{ __wid__: 21, __class__: 'MDISubWindow' }] })
    await peer.create(12, 'Label', 'text')
    const chosen = (await peer.ask(add(12, { title: '<b>bold</b>' }))).value as { __wid__: number, __class__: string }
    t.equal(chosen.__class__, 'MDISubWindow')
    t.ok(chosen.__wid__ > 21)
    t.strictSame(await news(peer), [[MDI, 'page-switch', { __wid__: 12, __class__: 'Label' }], [MDI, 'child-added', { __wid__: 12, __class__: 'Label' }]])
    t.strictSame(await page.locator('.pg-window-title').allTextContents(), ['Window 1', '<b>bold</b>'], 'a title is text')
    t.match((await peer.call(MDI, 'get_subwin', ref(12))).value, chosen)
    t.match((await peer.call(chosen.__wid__, 'get_child')).value, { __wid__: 12 })
    t.strictSame((await peer.call(MDI, 'get_children')).value, [child(11), { __wid__: 12, __class__: 'Label' }], 'what is in the windows')
    t.strictSame((await peer.call(MDI, 'get_configuration', ref(11))).value, { x: 10, y: 10, width: 300, height: 200, title: 'Window 1' })
    t.equal((await peer.call(MDI, 'get_index')).value, 1)
    t.match(await peer.ask({ type: 'create', wid: 30, class: 'MDISubWindow', args: [] }), { error: 'Unknown widget class: MDISubWindow' })
    await peer.call(chosen.__wid__, 'close')
    t.strictSame(await news(peer), [[MDI, 'child-removed', { __wid__: 12, __class__: 'Label' }]], 'what came out is named')
    t.match(await peer.call(12, 'get_text'), { value: 'text' }, 'and lives on')
  })

  await t.test('a window that is dragged is brought to the front once, and reported at the end', async t => {
    const { page, peer } = await workspace(t)
    await drag(page, [60, 28], [70, 40])
    t.strictSame(await box(page, 1), [80, 50, 300, 200])
    t.strictSame(await news(peer), [[MDI, 'page-switch', child(11)], [21, 'move', 80, 50]])
    await titleOf(page, 1).click()
    await peer.call(21, 'raise_')
    await peer.call(MDI, 'set_index', 0)
    t.strictSame(await news(peer), [], 'nothing of what is in front already')
  })

  await t.test('a finger moves and resizes a window', async t => {
    const { page, peer } = await workspace(t, [[10, 10]], {}, { hasTouch: true })
    await pan(page, [60, 28], [70, 40])
    t.strictSame(await box(page, 1), [80, 50, 300, 200])
    t.strictSame(await news(peer), [[21, 'move', 80, 50]])
    await pan(page, [379, 249], [20, 30])
    t.strictSame(await box(page, 1), [80, 50, 320, 230])
    t.strictSame((await news(peer)).at(-1), [21, 'resize', { width: 320, height: 230 }])
  })

  await t.test('a press on what is in a window, and the keyboard focus, bring it to the front', async t => {
    const { page, peer } = await workspace(t)
    await windowOf(page, 1).getByRole('textbox').click({ position: { x: 5, y: 5 } })
    t.strictSame(await order(page), [2, 1])
    await windowOf(page, 2).getByRole('textbox').focus()
    t.strictSame(await order(page), [1, 2])
    t.strictSame(await news(peer), [[MDI, 'page-switch', child(11)], [MDI, 'page-switch', child(12)]])
    await button(page, 2, 'Send to back').click()
    t.strictSame(await order(page), [2, 1])
    t.strictSame(await news(peer), [[MDI, 'stacking', [child(12), child(11)]]])
  })

  await t.test('no window goes beyond the left or upper edge; to the right and down the workspace grows and scrolls', async t => {
    const { page, peer } = await workspace(t)
    await drag(page, [60, 28], [-400, -400])
    t.strictSame(await box(page, 1), [0, 0, 300, 200])
    await peer.call(21, 'set_position', -50, -50)
    t.strictSame(await box(page, 1), [0, 0, 300, 200])
    await drag(page, [1, 100], [-50, 0])
    t.strictSame(await box(page, 1), [0, 0, 300, 200], 'not by its left edge either')
    await peer.call(22, 'set_position', 2000, 1000)
    const ground = page.locator('.pg-mdi-ground')
    t.ok(await ground.evaluate(node => node.scrollWidth >= 2300 && node.scrollHeight >= 1200))
    peer.frames.length = 0
    await page.mouse.move(600, 600)
    await turnWheel(page, 5000, 0)
    const { args: [h, v] } = await peer.callback(MDI, 'scrolled')
    t.ok((h as number) > 0 && v === 0, 'by the wheel')
    await peer.call(MDI, 'set_scroll_position', 1, 1)
    await animationFrames(page, 3)
    t.strictSame((await peer.call(MDI, 'get_scroll_position')).value, [1, 1])
    t.notMatch(await peer.callbacks(), [{ action: 'scrolled', args: [1, 1] }], 'what the server does itself is not reported')
    t.ok((await box(page, 2))[0]! < 1280)
    await peer.call(22, 'resize', 310, 210)
    t.strictSame((await peer.call(MDI, 'get_configuration', ref(12))).value, { x: 2000, y: 1000, width: 310, height: 210, title: 'Window 2' })
  })

  await t.test('whatever the windows do, the workspace stays where the server said, or where its user is, who reports what share that is now', async t => {
    const { page, peer } = await workspace(t, [[10, 10], [200, 1000], [600, 900]])
    const ground = page.locator('.pg-mdi-ground')
    const place = async (): Promise<number[]> => await ground.evaluate(({ scrollTop, scrollHeight, clientHeight }) => [scrollTop, scrollHeight - clientHeight])
    await peer.call(MDI, 'set_scroll_position', 0, 1)
    t.strictSame(await place(), [402, 402])
    await peer.call(22, 'set_position', 200, 1300)
    await animationFrames(page, 2)
    t.strictSame(await place(), [702, 702])
    t.strictSame((await peer.callbacks()).filter(({ action }) => action === 'scrolled'), [])
    const [x, y] = await box(page, 2) as [number, number]
    await drag(page, [x + 60, y + 14], [0, 150])
    t.strictSame(await place(), [702, 852], 'what is dragged does not run away')
    const scrolled = (await peer.callbacks()).filter(({ action }) => action === 'scrolled')
    t.equal((scrolled.at(-1)?.args as number[])[1], 702 / 852)
    await peer.call(MDI, 'set_scroll_position', 0, 0.5)
    await peer.call(MDI, 'remove', ref(12))
    await animationFrames(page, 2)
    t.strictSame(await place(), [151, 302], 'less of it is scrolled by the same share')
    peer.frames.length = 0
    await turnWheel(page, 0, 60)
    await peer.callback(MDI, 'scrolled')
    const [seen] = await place()
    await peer.call(23, 'set_position', 600, 1200)
    await animationFrames(page, 2)
    t.equal((await place())[0], seen, 'nor does what somebody looks at')
  })

  await t.test('grips at all edges resize by what they are dragged, and no more', async t => {
    const { page, peer } = await workspace(t, [[100, 100]])
    await drag(page, [399, 299], [20, 30])
    await drag(page, [419, 329], [-20, -30])
    t.strictSame(await box(page, 1), [100, 100, 300, 200])
    await drag(page, [250, 100], [0, -20])
    t.strictSame(await box(page, 1), [100, 80, 300, 220])
    const reports = await news(peer)
    t.strictSame(reports.filter(([, action]) => action === 'resize').at(-1), [21, 'resize', { width: 300, height: 220 }])
    t.strictSame(reports.at(-1), [21, 'move', 100, 80])
  })

  await t.test('the keyboard does all that the pointer does', async t => {
    const { page, peer } = await workspace(t)
    await titleOf(page, 1).focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Control+ArrowDown')
    await page.keyboard.press('Shift+ArrowLeft')
    t.strictSame(await box(page, 1), [20, 11, 290, 200])
    await page.keyboard.press('Enter')
    t.strictSame((await peer.callback(21, 'window-state')).args, ['shaded'])
    await page.keyboard.press('Control+F6')
    t.equal(await isFocused(titleOf(page, 2)), true)
    t.strictSame(await order(page), [1, 2])
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Minimise' }).press('Enter')
    t.strictSame((await peer.callback(22, 'window-state')).args, ['minimized'])
    await page.keyboard.press('Control+Shift+F6')
    t.equal(await isFocused(titleOf(page, 1)), true)
    peer.frames.length = 0
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Close' }).press('Enter')
    t.strictSame(await news(peer), [[MDI, 'page-close', child(11)], [MDI, 'child-removed', child(11)]])
    t.equal(await page.locator('.pg-sub-window').count(), 1)
    t.equal(await isFocused(titleOf(page, 2)), true, 'the focus goes to the next window')
    t.equal(await peer.refused(21, 'get_child'), 'Unknown widget id: 21')
    t.match(await peer.call(11, 'get_text'), { value: 'field 1' })
  })

  await t.test('the normal geometry and the content come back from any state', async t => {
    const { page, peer } = await workspace(t)
    const seen = async (): Promise<boolean> => await windowOf(page, 1).getByRole('textbox').isVisible()
    for (const state of ['minimized', 'maximized', 'shaded', 'minimized', 'shaded', 'maximized', 'normal']) {
      await peer.call(21, 'set_window_state', state)
      t.equal(await seen(), state === 'normal' || state === 'maximized', state)
    }
    t.strictSame(await box(page, 1), [10, 10, 300, 200])
    await peer.call(21, 'toggle_minimize')
    await peer.call(21, 'toggle_maximize')
    await peer.call(21, 'toggle_maximize')
    t.equal(await seen(), true)
    t.strictSame(await box(page, 1), [10, 10, 300, 200])
    t.notMatch(await peer.callbacks(), [{ action: 'resize' }])
  })

  await t.test('a maximised window fills what is seen of the workspace, and minimised ones stand at its lower edge, wherever it is scrolled', async t => {
    const { page, peer } = await workspace(t, [[10, 10], [2000, 1500], [50, 50]])
    await peer.call(23, 'set_window_state', 'minimized')
    await peer.call(MDI, 'set_scroll_position', 1, 1)
    await animationFrames(page, 2)
    const [x, y, , height] = await box(page, 3) as [number, number, number, number]
    t.ok(x >= 0 && x < 20 && y + height > 750 && y + height < 800, `${x}, ${y}`)
    await peer.call(21, 'set_window_state', 'maximized')
    await peer.call(21, 'raise_')
    const { clientWidth, clientHeight } = await page.locator('.pg-mdi-ground').evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }))
    t.strictSame(await box(page, 1), [0, 0, clientWidth, clientHeight])
    await page.setViewportSize({ width: 900, height: 600 })
    await animationFrames(page, 2)
    t.strictSame(await box(page, 1), [0, 0, 900, 600])
  })

  await t.test('edges hold a window that is dragged, as strongly as is said', async t => {
    const { page, peer } = await workspace(t, [[100, 100]])
    await peer.call(MDI, 'set_resistance', 0.5)
    await drag(page, [200, 118], [-85, 0])
    t.strictSame(await box(page, 1), [0, 100, 300, 200])
    await peer.call(MDI, 'set_resistance', 0)
    await drag(page, [100, 118], [15, 0])
    t.strictSame(await box(page, 1), [15, 100, 300, 200])
  })

  await t.test('a reference server has windows put side by side, and one before the other as they were', async t => {
    const { page, peer } = await workspace(t, [[10, 10], [50, 50], [90, 90]])
    await peer.call(21, 'set_window_state', 'minimized')
    await peer.call(MDI, 'tile_windows')
    t.strictSame([await box(page, 1), await box(page, 2), await box(page, 3)], [[0, 0, 640, 400], [640, 0, 640, 400], [0, 400, 640, 400]])
    await peer.call(MDI, 'cascade_windows')
    t.strictSame([await box(page, 1), await box(page, 2), await box(page, 3)], [[0, 0, 300, 200], [28, 28, 300, 200], [56, 56, 300, 200]])
  })

  await t.test('what is taken out, moved elsewhere or put in again leaves no window behind', async t => {
    const { page, peer } = await workspace(t)
    await peer.create(5, 'VBox')
    await peer.call(5, 'add_widget', ref(11), 0)
    t.equal(await page.locator('.pg-sub-window').count(), 1)
    await peer.ask(add(12, { title: 'Window 9', subwindow: 40 }))
    t.strictSame(await page.locator('.pg-window-title').allTextContents(), ['Window 9'])
    t.equal(await peer.refused(22, 'get_title'), 'Unknown widget id: 22')
    t.match(await peer.ask(add(MDI, {})), { type: 'error' })
    t.equal(await page.locator('.pg-sub-window').count(), 1)
    await peer.call(MDI, 'destroy')
    t.equal(await peer.refused(40, 'get_title'), 'Unknown widget id: 40')
    t.equal(await page.locator('.pg-sub-window').count(), 0)
  })

  await t.test('on a small screen one window at a time fills the workspace', async t => {
    const { page } = await workspace(t, [[10, 10], [200, 120]], {}, { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })
    const row = page.getByRole('navigation', { name: 'Windows' })
    t.strictSame(await row.getByRole('button').allTextContents(), ['Window 1', 'Window 2'])
    await row.getByRole('button', { name: 'Window 1' }).tap()
    t.strictSame(await order(page), [2, 1])
    const [x, y, width] = await box(page, 1)
    t.strictSame([x, y, width], [0, 0, 390])
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    await t.test(`axe finds nothing wrong with a workspace in the ${colorScheme} theme`, async t => {
      const { page, peer } = await workspace(t, [[10, 10], [400, 120], [600, 300]], {}, { colorScheme })
      await peer.call(23, 'set_window_state', 'minimized')
      t.strictSame(await faults(page), [])
    })
  }
}
