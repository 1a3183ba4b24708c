import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { faults } from './axe.ts'
import { launch, open } from './support.ts'
import type { Request, Opened } from './support.ts'
import type { Test } from 'tap'
import { animationFrames, pan } from './widget-support.ts'

const browser = await launch(t)

const makeWindow = (wid: number, x: number, y: number, options: Request = {}): Request[] => [
  { type: 'create', wid, class: 'TopLevel', args: [{ title: `Window ${wid}`, minimizable: true, maximizable: true, lowerable: true, ...options }] },
  { type: 'call', wid, method: 'set_position', args: [x, y] },
  { type: 'call', wid, method: 'resize', args: [300, 200] },
  ...['move', 'resize', 'window-state', 'close'].map(action => ({ type: 'listen', wid, action })),
  { type: 'call', wid, method: 'show', args: [] }
]

const windowOf = (page: Page, wid: number): Locator => page.getByRole('dialog', { name: `Window ${wid}`, exact: true })
const titleOf = (page: Page, wid: number): Locator => windowOf(page, wid).locator('.pg-window-title')
const button = (page: Page, wid: number, name: string): Locator => windowOf(page, wid).getByRole('button', { name, exact: true })
const box = async (page: Page, wid: number): Promise<number[]> => {
  const found = await windowOf(page, wid).boundingBox()
  if (found === null) throw new Error('The window is not on screen')
  return [found.x, found.y, found.width, found.height]
}

async function drag (page: Page, from: [number, number], by: [number, number]): Promise<void> {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(from[0] + by[0] / 2, from[1] + by[1] / 2)
  await page.mouse.move(from[0] + by[0], from[1] + by[1])
  await page.mouse.up()
}

/** A page with one window at 100, 100. */
async function oneWindow (t: Test, options: Request = {}): Promise<Opened> {
  const opened = await open(t, browser!)
  await opened.peer.askAll(...makeWindow(1, 100, 100, options))
  return opened
}

if (browser !== null) {
  await t.test('by pointer', async t => {
    await t.test('the title bar moves a window, reported once, at the end', async t => {
      const { page, peer } = await oneWindow(t)
      await drag(page, [150, 118], [60, 40])
      t.strictSame(await box(page, 1), [160, 140, 300, 200])
      t.match(await peer.callbacks(), [{ action: 'move', args: [160, 140] }])
      t.strictSame((await peer.call(1, 'get_position')).value, [160, 140])
    })

    await t.test('a click on the title bar moves nothing and reports nothing', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).click()
      t.strictSame(await peer.callbacks(), [])
    })

    await t.test('Escape calls a drag off', async t => {
      const { page, peer } = await oneWindow(t)
      await page.mouse.move(150, 118)
      await page.mouse.down()
      await page.mouse.move(250, 218)
      t.strictSame(await box(page, 1), [200, 200, 300, 200])
      await page.keyboard.press('Escape')
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
      await page.mouse.up()
      t.strictSame(await peer.callbacks(), [])
    })

    const grips: Array<[edge: string, from: [number, number], by: [number, number], expected: number[]]> = [
      ['n', [250, 100], [0, -20], [100, 80, 300, 220]],
      ['ne', [399, 101], [20, -20], [100, 80, 320, 220]],
      ['e', [399, 200], [20, 0], [100, 100, 320, 200]],
      ['se', [399, 299], [20, 30], [100, 100, 320, 230]],
      ['s', [250, 299], [0, 30], [100, 100, 300, 230]],
      ['sw', [101, 299], [-20, 30], [80, 100, 320, 230]],
      ['w', [100, 200], [-20, 0], [80, 100, 320, 200]],
      ['nw', [101, 101], [-20, -20], [80, 80, 320, 220]]
    ]
    for (const [edge, from, by, expected] of grips) {
      await t.test(`the grip ${edge} resizes, and what is reported, asked and seen is the same size`, async t => {
        const { page, peer } = await oneWindow(t)
        await drag(page, from, by)
        t.strictSame(await box(page, 1), expected)
        const [x, y, width, height] = expected
        const callbacks = await peer.callbacks()
        t.strictSame(callbacks.findLast(({ action }) => action === 'resize')?.args, [{ width, height }])
        t.equal(callbacks.map(({ action }) => action).lastIndexOf('resize') < callbacks.map(({ action }) => action).indexOf('move'), edge.includes('n') || edge.includes('w'), 'a size that waits for its frame leaves before what comes later')
        t.strictSame(callbacks.filter(({ action }) => action === 'move').map(({ args }) => args), x === 100 && y === 100 ? [] : [[x, y]])
        t.strictSame((await peer.call(1, 'get_size')).value, [width, height])
        await peer.call(1, 'resize', width, height)
        t.strictSame(await box(page, 1), expected, 'so that nothing grows')
      })
    }

    await t.test('a window does not become smaller than its least size, nor wander off when it is there', async t => {
      const { page, peer } = await oneWindow(t)
      await peer.call(1, 'set_min_size', 250, 150)
      await drag(page, [101, 101], [500, 500])
      t.strictSame(await box(page, 1), [150, 150, 250, 150])
    })

    await t.test('a window cannot be lost off-screen', async t => {
      const { page, peer } = await oneWindow(t)
      await drag(page, [150, 118], [-600, -600])
      t.strictSame(await box(page, 1), [-180, 0, 300, 200])
      await peer.call(1, 'set_position', 5000, 5000)
      t.strictSame(await box(page, 1), [1160, 764, 300, 200])
      await page.setViewportSize({ width: 800, height: 500 })
      await titleOf(page, 1).click()
      t.strictSame(await box(page, 1), [680, 464, 300, 200])
      await page.setViewportSize({ width: 1280, height: 800 })
      await animationFrames(page, 1)
      t.strictSame(await box(page, 1), [1160, 764, 300, 200], 'and returns when there is room again')
      t.notMatch(await peer.callbacks(), [{ action: 'resize' }])
      await page.setViewportSize({ width: 800, height: 500 })
      await titleOf(page, 1).click()
      await drag(page, [690, 480], [600, -200])
      t.strictSame(await box(page, 1), [680, 264, 300, 200])
      await page.setViewportSize({ width: 1280, height: 800 })
      await animationFrames(page, 2)
      t.strictSame(await box(page, 1), [680, 264, 300, 200], 'one that its user has put there stays')
    })

    await t.test('a finger resizes a window by its grip', async t => {
      const { page, peer } = await open(t, browser, { hasTouch: true })
      await peer.askAll(...makeWindow(1, 100, 100))
      await pan(page, [399, 299], [50, 40])
      t.strictSame(await box(page, 1), [100, 100, 350, 240])
      t.match((await peer.callbacks()).at(-1), { action: 'resize', args: [{ width: 350, height: 240 }] })
    })

    await t.test('what may not be moved or resized is not', async t => {
      const { page, peer } = await oneWindow(t, { moveable: false, resizable: false })
      await drag(page, [150, 118], [60, 40])
      await drag(page, [399, 299], [60, 40])
      await titleOf(page, 1).focus()
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('Shift+ArrowRight')
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
      t.strictSame(await peer.callbacks(), [])
      t.equal(await titleOf(page, 1).getAttribute('aria-description'), null)
      await peer.call(1, 'set_moveable', true)
      t.equal(await titleOf(page, 1).getAttribute('aria-description'), 'Arrow keys move the window')
      await drag(page, [150, 118], [60, 40])
      t.strictSame(await box(page, 1), [160, 140, 300, 200])
    })

    await t.test('a press anywhere in a window raises it', async t => {
      const { page, peer } = await oneWindow(t)
      await peer.askAll(...makeWindow(2, 200, 150))
      const above = async (): Promise<boolean> => Number(await windowOf(page, 1).evaluate(node => node.style.zIndex)) > Number(await windowOf(page, 2).evaluate(node => node.style.zIndex))
      t.equal(await above(), false)
      await page.mouse.click(120, 280)
      t.equal(await above(), true)
      await button(page, 1, 'Send to back').click()
      t.equal(await above(), false)
      // A finger is not lifted yet when the focus has not moved.
      const session = await page.context().newCDPSession(page)
      await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x: 120, y: 280 }] })
      t.equal(await above(), true)
      await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    })
  })

  await t.test('by keyboard', async t => {
    await t.test('arrow keys on the title move, and with Shift resize', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).focus()
      t.equal(await titleOf(page, 1).getAttribute('aria-description'), 'Arrow keys move the window. Shift and arrow keys resize the window')
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Control+ArrowLeft')
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Shift+ArrowUp')
      t.strictSame(await box(page, 1), [109, 110, 310, 190])
      const callbacks = await peer.callbacks()
      t.strictSame(callbacks.filter(({ action }) => action === 'move').at(-1)?.args, [109, 110])
      t.strictSame(callbacks.filter(({ action }) => action === 'resize').at(-1)?.args, [{ width: 310, height: 190 }])
    })

    await t.test('buttons are reached by Tab, and do what they say', async t => {
      const { page, peer } = await oneWindow(t)
      const focused = async (): Promise<string | null> => await page.locator(':focus').getAttribute('aria-label')
      await page.keyboard.press('Tab')
      t.equal(await titleOf(page, 1).evaluate(node => node === node.ownerDocument.activeElement), true)
      for (const name of ['Send to back', 'Minimise', 'Maximise', 'Close']) {
        await page.keyboard.press('Tab')
        t.equal(await focused(), name)
      }
      await page.keyboard.press('Enter')
      await peer.callback(1, 'close')
      t.equal(await windowOf(page, 1).isVisible(), true, 'closing is up to the server')
      await page.keyboard.press('Shift+Tab')
      await page.keyboard.press('Space')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['maximized'])
      t.equal(await focused(), 'Restore')
      await page.keyboard.press('Space')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['normal'])
    })

    await t.test('Enter on the title rolls up and down', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).focus()
      await page.keyboard.press('Enter')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['shaded'])
      await page.keyboard.press('Enter')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['normal'])
    })

    await t.test('the focus goes to the next window when one is hidden', async t => {
      const { page, peer } = await oneWindow(t)
      await peer.askAll(...makeWindow(2, 200, 150))
      await titleOf(page, 2).focus()
      await peer.call(2, 'hide')
      t.equal(await titleOf(page, 1).evaluate(node => node === node.ownerDocument.activeElement), true)
    })
  })

  await t.test('states', async t => {
    await t.test('the normal geometry is kept through all other states', async t => {
      const { page, peer } = await oneWindow(t)
      for (const state of ['minimized', 'maximized', 'shaded', 'maximized', 'minimized', 'shaded']) {
        await peer.call(1, 'set_window_state', state)
        t.strictSame((await peer.callback(1, 'window-state')).args, [state])
      }
      await peer.call(1, 'set_window_state', 'normal')
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
      await peer.callback(1, 'window-state')
      t.strictSame(await peer.callbacks(), [], 'and no size or place is reported')
    })

    await t.test('a maximised window fills the page, also when that changes', async t => {
      const { page, peer } = await oneWindow(t)
      await button(page, 1, 'Maximise').click()
      t.strictSame(await box(page, 1), [0, 0, 1280, 800])
      await page.setViewportSize({ width: 900, height: 700 })
      t.strictSame(await box(page, 1), [0, 0, 900, 700])
      await peer.call(1, 'resize', 310, 210)
      await button(page, 1, 'Restore').click()
      t.strictSame(await box(page, 1), [100, 100, 310, 210], 'a size set meanwhile is that of the normal state')
    })

    await t.test('minimised windows stand in a row at the lower edge and come back by a click', async t => {
      const { page, peer } = await oneWindow(t)
      await peer.askAll(...makeWindow(2, 200, 150))
      await button(page, 1, 'Minimise').click()
      await button(page, 2, 'Minimise').click()
      const [first, second] = [await box(page, 1), await box(page, 2)]
      t.equal(first[1], second[1])
      t.ok((first[1] ?? 0) > 740)
      t.ok((second[0] ?? 0) >= (first[0] ?? 0) + (first[2] ?? 0), 'side by side')
      await titleOf(page, 1).click()
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
      t.strictSame(await box(page, 2), first, 'the row closes up')
    })

    await t.test('a double click on the title bar rolls up, if that is allowed', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).dblclick()
      t.strictSame((await peer.callback(1, 'window-state')).args, ['shaded'])
      const [, , width, height] = await box(page, 1)
      t.equal(width, 300)
      t.ok((height ?? 0) < 45)
      await titleOf(page, 1).dblclick()
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
      await peer.askAll(...makeWindow(2, 600, 100, { shadeable: false }))
      await titleOf(page, 2).dblclick()
      t.strictSame(await box(page, 2), [600, 100, 300, 200])
    })

    await t.test('an unknown state is an error', async t => {
      const { peer } = await oneWindow(t)
      t.equal(await peer.refused(1, 'set_window_state', 'iconified'), 'Unknown window state: iconified')
      t.match(await peer.call(1, 'get_window_state'), { value: 'normal' })
    })
  })

  await t.test('title and content', async t => {
    await t.test('a window without a title has no bar, and gets one on top with its title', async t => {
      const { page, peer } = await open(t, browser)
      await peer.askAll(
        { type: 'create', wid: 1, class: 'TopLevel', args: [null] },
        { type: 'create', wid: 2, class: 'Page', args: [] },
        { type: 'call', wid: 1, method: 'set_widget', args: [{ __wid__: 2 }] },
        { type: 'call', wid: 1, method: 'show', args: [] })
      t.equal(await page.locator('.pg-window-bar').count(), 0)
      await peer.call(1, 'set_title', 'Late <b>title</b>')
      t.equal(await page.getByRole('dialog', { name: 'Late <b>title</b>' }).evaluate(node => node.firstElementChild?.className), 'pg-window-bar')
      await peer.call(1, 'set_title', null)
      t.equal(await page.locator('.pg-window-bar').count(), 0)
    })

    await t.test('show and hide', async t => {
      const { page, peer } = await oneWindow(t)
      t.equal((await peer.call(1, 'is_visible')).value, true)
      await peer.call(1, 'hide')
      t.equal(await page.locator('.pg-window').isVisible(), false)
      t.equal((await peer.call(1, 'is_visible')).value, false)
      await peer.call(1, 'hide')
      await peer.call(1, 'show')
      t.strictSame(await box(page, 1), [100, 100, 300, 200])
    })

    await t.test('a page fills everything, and stays behind windows', async t => {
      const { page, peer } = await oneWindow(t)
      await peer.askAll({ type: 'create', wid: 2, class: 'Page', args: [] }, { type: 'call', wid: 2, method: 'hide', args: [] }, { type: 'call', wid: 2, method: 'show', args: [] })
      t.strictSame(await page.getByRole('main').boundingBox(), { x: 0, y: 0, width: 1280, height: 800 })
      await button(page, 1, 'Close').click()
      await peer.callback(1, 'close')
    })
  })

  await t.test('a replay with a page that was hidden, before or after it was shown, is whole', async t => {
    const { page, peer } = await open(t, browser)
    const hidden = (wid: number, ...methods: string[]): Request[] => [
      { type: 'create', wid, class: 'Page', args: [] }, ...methods.map(method => ({ type: 'call', wid, method, args: [] }))
    ]
    const answers = await peer.replay(100, ...hidden(2, 'hide'), ...hidden(3, 'show', 'hide'), ...makeWindow(1, 100, 100))
    t.strictSame(answers.filter(({ type }) => type === 'error'), [])
    t.equal(await page.getByRole('main').count(), 0)
    await button(page, 1, 'Close').click()
    await peer.callback(1, 'close')
  })

  for (const colorScheme of ['light', 'dark'] as const) {
    await t.test(`axe finds nothing wrong with windows in the ${colorScheme} theme`, async t => {
      const { page, peer } = await open(t, browser, { colorScheme })
      await peer.askAll(...makeWindow(1, 100, 100), ...makeWindow(2, 500, 100), ...makeWindow(3, 100, 400, { title: null }), { type: 'call', wid: 2, method: 'toggle_minimize', args: [] })
      t.strictSame(await faults(page), [])
    })
  }

  await t.test('the window menu', async t => {
    const entries = async (page: Page): Promise<string[]> => await page.getByRole('menu', { name: 'Window' }).getByRole('menuitem').allTextContents()
    const isFocused = async (locator: Locator): Promise<boolean> => await locator.evaluate(node => node === node.ownerDocument.activeElement)

    await t.test('opens by the secondary button and offers what the window allows', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).click({ button: 'right' })
      t.strictSame(await entries(page), ['Bring to front', 'Send to back', 'Roll up', 'Minimise', 'Maximise', 'Close'])
      await page.getByRole('menuitem', { name: 'Roll up' }).click()
      t.strictSame((await peer.callback(1, 'window-state')).args, ['shaded'])
      t.equal(await page.getByRole('menu').count(), 0)
      await titleOf(page, 1).click({ button: 'right' })
      t.strictSame(await entries(page), ['Bring to front', 'Send to back', 'Roll down', 'Minimise', 'Maximise', 'Close'])
      await page.keyboard.press('Escape')
      await peer.askAll(...makeWindow(2, 600, 100, { lowerable: false, shadeable: false, minimizable: false, maximizable: false, closeable: false }))
      await titleOf(page, 2).click({ button: 'right' })
      t.strictSame(await entries(page), ['Bring to front'])
    })

    await t.test('is used by keyboard alone, and gives the focus back', async t => {
      const { page, peer } = await oneWindow(t)
      await titleOf(page, 1).focus()
      await page.keyboard.press('Shift+F10')
      t.equal(await isFocused(page.getByRole('menuitem', { name: 'Bring to front' })), true)
      await page.keyboard.press('Escape')
      t.equal(await isFocused(titleOf(page, 1)), true)
      await page.keyboard.press('ContextMenu')
      await page.keyboard.type('max')
      await page.keyboard.press('Enter')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['maximized'])
      await page.keyboard.press('Shift+F10')
      t.strictSame(await entries(page), ['Bring to front', 'Send to back', 'Restore', 'Minimise', 'Close'])
      await page.keyboard.press('End')
      await page.keyboard.press('Enter')
      await peer.callback(1, 'close')
      t.equal(await isFocused(titleOf(page, 1)), true)
    })

    await t.test('opens under a finger that rests on the bar, and not under one that drags', async t => {
      const { context, page, peer } = await open(t, browser, { hasTouch: true })
      await peer.askAll(...makeWindow(1, 100, 100))
      const touch = await context.newCDPSession(page)
      const at = async (type: string, x: number, y: number): Promise<void> => {
        await touch.send('Input.dispatchTouchEvent', { type: type as 'touchStart', touchPoints: type === 'touchEnd' ? [] : [{ x, y }] })
      }
      await at('touchStart', 150, 118)
      await page.getByRole('menu').waitFor()
      await at('touchEnd', 150, 118)
      t.equal(await isFocused(page.getByRole('menu')), true, 'it stays when the finger is lifted')
      await page.keyboard.press('Escape')
      t.strictSame(await peer.callbacks(), [])
      await at('touchStart', 150, 118)
      for (let x = 155; x <= 200; x += 5) await at('touchMove', x, 118)
      await at('touchEnd', 200, 118)
      t.strictSame((await peer.callback(1, 'move')).args, [150, 100])
      t.equal(await page.getByRole('menu').count(), 0)
    })
  })

  await t.test('F6 leads from window to window and on to the page, and back to where the focus was', async t => {
    const { page, peer } = await oneWindow(t)
    await peer.askAll(
      ...makeWindow(2, 500, 100), { type: 'create', wid: 3, class: 'Page', args: [] }, { type: 'create', wid: 4, class: 'TextEntry', args: [] },
      { type: 'call', wid: 3, method: 'set_widget', args: [{ __wid__: 4 }] }, { type: 'call', wid: 3, method: 'show', args: [] }
    )
    const where = async (): Promise<string | null> => await page.locator(':focus').evaluate(node => node.getAttribute('data-action') ?? node.textContent + node.tagName)
    await button(page, 1, 'Minimise').focus()
    await page.keyboard.press('F6')
    t.equal(await where(), 'Window 2BUTTON')
    t.equal(await windowOf(page, 2).evaluate(node => node.classList.contains('pg-active')), true, 'it comes to the front')
    await page.keyboard.press('F6')
    t.equal(await where(), 'MAIN')
    await page.keyboard.press('Tab')
    await page.keyboard.press('F6')
    t.equal(await where(), 'minimize')
    await page.keyboard.press('Shift+F6')
    t.equal(await where(), 'INPUT')
  })

  await t.test('on a small screen one window at a time fills it', async t => {
    const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
    const rowOf = (page: Page): Locator => page.getByRole('navigation', { name: 'Windows' })
    const seen = async (page: Page): Promise<string[]> => {
      const titles = await page.locator('.pg-window-title').all()
      const shown = await Promise.all(titles.map(async title => await title.evaluate(node => {
        const { left, top } = node.getBoundingClientRect()
        return node.contains(node.ownerDocument.elementFromPoint(left + 5, top + 5)) ? node.textContent : null
      })))
      return shown.filter(title => title !== null)
    }

    await t.test('others, minimised ones included, are reached by a row of buttons', async t => {
      const { page, peer } = await open(t, browser, phone)
      await peer.askAll(...makeWindow(1, 100, 100))
      t.strictSame(await box(page, 1), [0, 0, 390, 844], 'a single one fills the screen')
      t.equal(await rowOf(page).isVisible(), false)
      await peer.askAll(...makeWindow(2, 200, 150), ...makeWindow(3, 200, 150), { type: 'call', wid: 3, method: 'toggle_minimize', args: [] })
      await peer.callbacks()
      peer.frames.length = 0
      t.strictSame(await seen(page), ['Window 2'])
      t.strictSame(await rowOf(page).getByRole('button').allTextContents(), ['Window 1', 'Window 2', 'Window 3'])
      await rowOf(page).getByRole('button', { name: 'Window 1' }).tap()
      t.strictSame(await seen(page), ['Window 1'])
      t.equal(await rowOf(page).getByRole('button', { name: 'Window 1' }).getAttribute('aria-current'), 'true')
      t.strictSame(await peer.callbacks(), [], 'which is nobody else\'s business')
      await rowOf(page).getByRole('button', { name: 'Window 3' }).tap()
      t.strictSame(await seen(page), ['Window 3'])
      t.strictSame((await peer.callback(3, 'window-state')).args, ['normal'])
      await button(page, 3, 'Close').tap()
      await peer.callback(3, 'close')
      await peer.call(3, 'hide')
      t.strictSame(await seen(page), ['Window 1'])
      t.strictSame(await rowOf(page).getByRole('button').allTextContents(), ['Window 1', 'Window 2'])
      await peer.call(3, 'show')
      t.strictSame(await rowOf(page).getByRole('button').allTextContents(), ['Window 1', 'Window 2', 'Window 3'])
      t.strictSame(await peer.callbacks(), [], 'neither place nor size is reported')
    })

    await t.test('so is the page behind them', async t => {
      const { page, peer } = await open(t, browser, phone)
      await peer.askAll(
        ...makeWindow(1, 100, 100), { type: 'create', wid: 2, class: 'Page', args: [] }, { type: 'create', wid: 3, class: 'Button', args: ['On the page'] },
        { type: 'call', wid: 2, method: 'set_widget', args: [{ __wid__: 3 }] }, { type: 'listen', wid: 3, action: 'activated' }, { type: 'call', wid: 2, method: 'show', args: [] }
      )
      await rowOf(page).getByRole('button', { name: 'Panel' }).tap()
      t.strictSame(await seen(page), [])
      await page.getByRole('button', { name: 'On the page' }).tap()
      await peer.callback(3, 'activated')
      await rowOf(page).getByRole('button', { name: 'Window 1' }).tap()
      t.strictSame(await seen(page), ['Window 1'])
    })

    await t.test('one that only watches may look at all of them', async t => {
      const { page, peer } = await open(t, browser, phone)
      await peer.askAll(...makeWindow(1, 100, 100), ...makeWindow(2, 100, 100))
      peer.send({ type: 'session-info', session_id: 1, token: 'secret', role: 'viewer' })
      await peer.callbacks()
      await rowOf(page).getByRole('button', { name: 'Window 1' }).tap()
      t.strictSame(await seen(page), ['Window 1'])
    })
  })

  await t.test('a page scrolls where it is too small for its content, and says honestly whether it is shown', async t => {
    const { page, peer } = await open(t, browser)
    await peer.askAll(
      { type: 'create', wid: 1, class: 'Page', args: [] }, { type: 'create', wid: 2, class: 'VBox', args: [] }, { type: 'create', wid: 3, class: 'Label', args: ['tall'] },
      { type: 'call', wid: 3, method: 'set_min_size', args: [null, 2000] }, { type: 'call', wid: 2, method: 'add_widget', args: [{ __wid__: 3 }, 0] },
      { type: 'call', wid: 1, method: 'set_widget', args: [{ __wid__: 2 }] })
    t.equal((await peer.call(1, 'is_visible')).value, false, 'before it was shown')
    await peer.call(1, 'show')
    t.equal((await peer.call(1, 'is_visible')).value, true)
    t.strictSame(await page.getByRole('main').evaluate(node => [node.scrollHeight, node.clientHeight]), [2000, 800])
    await peer.create(4, 'Label', 'other')
    await peer.call(1, 'set_widget', { __wid__: 4 })
    t.equal(await page.getByRole('main').textContent(), 'other', 'another child takes the place of the first')
    await peer.call(1, 'hide')
    t.equal((await peer.call(1, 'is_visible')).value, false)
  })
}
