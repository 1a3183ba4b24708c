import t from 'tap'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { seriousFaults } from './axe.ts'
import { gallery, wids } from './gallery.ts'
import { launch, open } from './support.ts'
import { news, put, ref } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

const focused = async (page: Page): Promise<string> => await page.locator(':focus').textContent() ?? ''

if (browser !== null) {
  /** A bar with File (Open, Recent › first, second, Wrap ✓) and Edit (Copy, disabled Cut, Clear). */
  const menus = async (t: Test): Promise<Scene> => {
    const made = await put(t, browser, 'MenuBar')
    const { peer } = made
    for (const wid of [20, 21, 30]) await peer.create(wid, 'Menu')
    for (const [wid, text] of [[22, 'Open'], [23, 'first'], [24, 'second'], [31, 'Copy'], [32, 'Cut'], [33, 'Clear']] as const) await peer.create(wid, 'MenuAction', { text })
    await peer.create(25, 'MenuAction', { name: 'Wrap', checkable: true })
    await peer.call(10, 'add_menu', ref(20), 'File')
    await peer.call(10, 'add_menu', ref(30), 'Edit')
    await peer.call(20, 'add_widget', ref(22))
    await peer.call(20, 'add_menu', 'Recent', ref(21))
    await peer.call(20, 'add_separator')
    await peer.call(20, 'add_widget', ref(25))
    for (const wid of [23, 24]) await peer.call(21, 'add_widget', ref(wid))
    for (const wid of [31, 32, 33]) await peer.call(30, 'add_widget', ref(wid))
    await peer.call(32, 'set_enabled', false)
    for (const wid of [22, 23, 24, 25, 31, 32, 33]) await peer.listen(wid, 'activated')
    return made
  }

  await t.test('MenuBar and Menu', async t => {
    await t.test('are used by pointer: click and click', async t => {
      const { peer, page } = await menus(t)
      const file = page.getByRole('menuitem', { name: 'File' })
      await file.click()
      t.equal(await file.getAttribute('aria-expanded'), 'true')
      await page.getByRole('menuitem', { name: 'Open' }).click()
      t.strictSame(await news(peer), [[22, 'activated']])
      t.equal(await page.getByRole('menu').count(), 0)
      t.equal(await focused(page), 'File', 'the focus is back')
      await file.click()
      await file.click()
      t.equal(await page.getByRole('menu').count(), 0, 'a second click closes')
    })
    await t.test('are used by pointer: press, drag, release', async t => {
      const { peer, page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).hover()
      await page.mouse.down()
      await page.getByRole('menuitem', { name: 'Open' }).hover()
      await page.mouse.up()
      t.strictSame(await news(peer), [[22, 'activated']])
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('switch to the neighbour that the pointer comes over, and close at a press elsewhere', async t => {
      const { page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).click()
      await page.getByRole('menuitem', { name: 'Edit' }).hover()
      t.ok(await page.getByRole('menu', { name: 'Edit' }).isVisible())
      t.equal(await page.getByRole('menu').count(), 1)
      await page.mouse.click(1000, 700)
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('open submenus under the pointer', async t => {
      const { peer, page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).click()
      await page.getByRole('menuitem', { name: 'Recent' }).hover()
      await page.getByRole('menuitem', { name: 'second' }).click()
      t.strictSame(await news(peer), [[24, 'activated']])
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('are used by keyboard', async t => {
      const { peer, page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).focus()
      const path: string[] = []
      for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'ArrowDown', 'ArrowLeft', 'End', 'Home', 'w', 'ArrowRight', 'End', 'ArrowUp', 'Escape']) {
        await page.keyboard.press(key)
        path.push(await focused(page))
      }
      t.strictSame(path, ['Open', 'Recent', 'first', 'second', 'Recent', 'Wrap', 'Open', 'Wrap', 'Copy', 'Clear', 'Copy', 'Edit'], 'disabled ones are passed over')
      for (const key of ['ArrowLeft', 'ArrowDown']) await page.keyboard.press(key)
      t.equal(await page.locator('[role=menu] > :not([tabindex="-1"], [role=separator])').count(), 0, 'nothing of it is a stop for Tab')
      for (const key of ['Escape', 'ArrowRight']) await page.keyboard.press(key)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[31, 'activated']])
      await page.keyboard.press('ArrowUp')
      t.equal(await focused(page), 'Clear')
      await page.keyboard.press('Tab')
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('mark checkable actions and report the new mark', async t => {
      const { peer, page } = await menus(t)
      for (const mark of [true, false]) {
        await page.getByRole('menuitem', { name: 'File' }).click()
        await page.getByRole('menuitemcheckbox', { name: 'Wrap' }).click()
        t.strictSame(await news(peer), [[25, 'activated', mark]])
      }
      await peer.call(25, 'set_checked', true)
      t.strictSame(await news(peer), [])
      await page.getByRole('menuitem', { name: 'File' }).click()
      t.ok(await page.getByRole('menuitemcheckbox', { name: 'Wrap', checked: true }).isVisible())
    })
    await t.test('leave nothing behind when a menu is taken out', async t => {
      const { peer, page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).click()
      await peer.call(20, 'remove', ref(21))
      t.equal(await page.getByRole('menuitem', { name: 'Recent' }).count(), 0)
      await peer.call(10, 'remove', ref(20))
      t.equal(await page.getByRole('menuitem').count(), 1)
      t.equal((await peer.call(10, 'get_menu', 'File')).value, null)
    })
    await t.test('are made by factories, for servers that use them', async t => {
      const { peer, page } = await put(t, browser, 'MenuBar')
      const { value: menu } = await peer.call(10, 'add_name', 'Tools')
      t.match(menu, { __wid__: Number, __class__: 'Menu' })
      const wid = (menu as { __wid__: number }).__wid__
      t.match((await peer.call(wid, 'add_name', 'Act', true)).value, { __class__: 'MenuAction' })
      const { value: submenu } = await peer.call(wid, 'add_menu', 'More')
      t.strictSame((await peer.call(wid, 'get_menu', 'More')).value, submenu)
      t.strictSame((await peer.call(10, 'get_menu', 'Tools')).value, menu)
      t.ok(await page.getByRole('menuitem', { name: 'Tools' }).isVisible())
    })
    await t.test('pop up inside the viewport', async t => {
      const { peer, page } = await menus(t)
      await peer.call(20, 'popup', 1270, 790)
      const menu = page.getByRole('menu')
      await page.waitForFunction(() => (document.querySelector('[role=menu]')?.getBoundingClientRect().top ?? 0) > 0)
      const box = await menu.boundingBox()
      t.ok(box !== null && box.x + box.width <= 1280 && box.y + box.height <= 800 && box.y > 0)
      await page.keyboard.press('ArrowDown')
      t.equal(await focused(page), 'Open')
    })
    await t.test('stay inside the viewport where what opens them leaves no room beside it', async t => {
      const { peer, page } = await open(t, browser)
      for (const [wid, name, ...args] of [[1, 'Page'], [10, 'Label', 'State'], [20, 'Menu'], [21, 'MenuAction', { text: 'Stop' }]] as const) await peer.create(wid, name, ...args)
      await peer.call(20, 'add_widget', ref(21))
      await peer.call(10, 'set_menu', ref(20))
      await peer.call(1, 'set_widget', ref(10))
      await peer.call(1, 'show')
      await peer.listen(21, 'activated')
      await page.locator('.pg-label').click()
      const menu = (await page.getByRole('menu').boundingBox())!
      t.ok(menu.y >= 0 && menu.y + menu.height <= 800 && menu.height > 30, JSON.stringify(menu))
      await page.getByRole('menuitem', { name: 'Stop' }).click()
      t.strictSame(await news(peer), [[21, 'activated']])
    })
    await t.test('may be destroyed while they are open', async t => {
      const { peer, page } = await menus(t)
      await peer.call(20, 'popup', 300, 300)
      t.match(await peer.call(20, 'destroy'), { type: 'result' })
      t.equal(await page.getByRole('menu').count(), 0)
      t.equal(await page.getByRole('menuitem').count(), 1)
    })
    await t.test('that popped up close at a press on what had the focus', async t => {
      const { peer, page } = await menus(t)
      await page.getByRole('menuitem', { name: 'Edit' }).focus()
      await peer.call(20, 'popup', 500, 500)
      t.equal(await page.getByRole('menu').count(), 1)
      await page.mouse.click(1000, 700)
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('of a disabled bar do not open', async t => {
      const { peer, page } = await menus(t)
      await peer.call(10, 'set_enabled', false)
      await page.getByText('File').click({ force: true })
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('run the other way where text does', async t => {
      const { peer, page } = await menus(t)
      await page.locator('.pg-root').evaluate(root => { (root as HTMLElement).dir = 'rtl' })
      await page.getByRole('menuitem', { name: 'Edit' }).focus()
      const path: string[] = []
      for (const key of ['ArrowRight', 'ArrowDown', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'ArrowLeft', 'ArrowLeft']) {
        await page.keyboard.press(key)
        path.push(await focused(page))
      }
      t.strictSame(path, ['File', 'Open', 'Recent', 'first', 'Recent', 'first', 'Copy'])
      await page.keyboard.press('Escape')
      await page.getByRole('menuitem', { name: 'File' }).click()
      await page.getByRole('menuitem', { name: 'Recent' }).click()
      const [above, below] = [await page.getByRole('menu', { name: 'File' }).boundingBox(), await page.getByRole('menu', { name: 'Recent' }).boundingBox()]
      t.ok(below!.x + below!.width <= above!.x + 8, 'a submenu opens on the left')
      t.match(await news(peer), [])
    })
    await t.test('that are long scroll inside the viewport, and follow the keys', async t => {
      const { peer, page } = await menus(t)
      await peer.askAll(...Array.from({ length: 60 }, (_, i) => [
        { type: 'create', wid: 100 + i, class: 'MenuAction', args: [{ text: `Channel ${i}` }] },
        { type: 'call', wid: 30, method: 'add_widget', args: [ref(100 + i)] }
      ]).flat())
      await page.getByRole('menuitem', { name: 'Edit' }).press('ArrowUp')
      t.equal(await focused(page), 'Channel 59')
      await page.waitForFunction(() => (document.querySelector('[role=menu]')?.getBoundingClientRect().bottom ?? Infinity) <= 800)
      await page.waitForFunction(() => (document.activeElement?.getBoundingClientRect().bottom ?? Infinity) <= innerHeight)
    })
    await t.test('close one level at a time at Escape, and give the focus back', async t => {
      const { page } = await menus(t)
      await page.getByRole('menuitem', { name: 'File' }).focus()
      for (const key of ['ArrowDown', 'r', 'ArrowRight']) await page.keyboard.press(key)
      const levels: Array<[number, string]> = []
      for (let i = 0; i < 2; i++) {
        await page.keyboard.press('Escape')
        levels.push([await page.getByRole('menu').count(), await focused(page)])
      }
      t.strictSame(levels, [[1, 'Recent'], [0, 'File']])
    })
    await t.test('go out of use, or of sight, and their entries with them', async t => {
      const { peer, page } = await menus(t)
      const file = page.getByRole('menuitem', { name: 'File' })
      await file.click()
      await peer.call(21, 'set_enabled', false)
      t.ok(await page.getByRole('menuitem', { name: 'Recent' }).isDisabled())
      await peer.call(20, 'set_enabled', false)
      t.equal(await page.getByRole('menu').count(), 0, 'an open one closes')
      t.ok(await file.isDisabled())
      await peer.call(20, 'popup', 300, 300)
      t.equal(await page.getByRole('menu').count(), 0)
      await peer.call(20, 'set_enabled', true)
      await peer.call(30, 'hide')
      t.equal(await page.getByRole('menuitem').count(), 1)
      await file.press('ArrowDown')
      await page.keyboard.press('ArrowRight')
      t.equal(await focused(page), 'Open', 'there is no neighbour to go to')
      await peer.call(30, 'show')
      t.equal(await page.getByRole('menubar').getByRole('menuitem').count(), 2)
    })
    await t.test('lead by keyboard to what stands in a box inside', async t => {
      const { peer, page } = await menus(t)
      await peer.askAll({ type: 'create', wid: 40, class: 'HBox', args: [] },
        ...[[41, 'In'], [42, 'Out']].map(([wid, text]) => ({ type: 'create', wid, class: 'MenuAction', args: [{ text }] })),
        ...[41, 42].map(wid => ({ type: 'call', wid: 40, method: 'add_widget', args: [ref(wid)] })),
        { type: 'call', wid: 30, method: 'add_widget', args: [ref(40)] }, { type: 'listen', wid: 42, action: 'activated' })
      await page.getByRole('menuitem', { name: 'Edit' }).press('ArrowUp')
      t.equal(await focused(page), 'Out')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[42, 'activated']])
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('open by a tap, and their submenus too', async t => {
      const { peer, page } = await open(t, browser, { hasTouch: true })
      await peer.askAll(...gallery())
      await page.getByRole('menuitem', { name: 'File' }).tap()
      await page.getByRole('menuitem', { name: 'Recent' }).tap()
      t.equal(await page.getByRole('menu').count(), 2)
      await page.getByRole('menuitem', { name: 'File' }).tap()
      t.equal(await page.getByRole('menu').count(), 0)
    })
    await t.test('keep tooltips through other changes, and show no broken pictures', async t => {
      const { peer, page } = await menus(t)
      await peer.call(22, 'set_tooltip', 'Opens a file')
      await peer.call(22, 'set_text', 'Open…')
      await peer.call(22, 'set_icon', 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs=')
      await page.getByRole('menuitem', { name: 'File' }).click()
      const item = page.getByRole('menuitem', { name: 'Open…' })
      t.equal(await item.getAttribute('title'), 'Opens a file')
      t.equal(await item.locator('img').count(), 1)
      for (const none of [null, '']) {
        await peer.call(22, 'set_icon', none)
        t.equal(await item.locator('img').count(), 0)
      }
    })
    await t.test('hold other widgets too', async t => {
      const { peer, page } = await menus(t)
      await peer.create(40, 'CheckBox', 'Verbose')
      await peer.call(20, 'add_widget', ref(40))
      await peer.listen(40, 'activated')
      await page.getByRole('menuitem', { name: 'File' }).focus()
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Space')
      t.strictSame(await news(peer), [[40, 'activated', true]])
      t.ok(await page.getByRole('menuitemcheckbox', { name: 'Verbose' }).isChecked())
    })
  })

  await t.test('ToolBar', async t => {
    const bar = async (t: Test): Promise<Scene> => {
      const made = await put(t, browser, 'ToolBar')
      const { peer } = made
      await peer.create(20, 'Menu')
      await peer.create(21, 'MenuAction', { text: 'Item' })
      await peer.call(20, 'add_widget', ref(21))
      await peer.create(11, 'ToolBarAction', { text: 'Plain' })
      await peer.create(12, 'ToolBarAction', { text: 'Toggle', toggle: true })
      await peer.create(13, 'ToolBarAction', { text: 'One', toggle: true })
      await peer.create(14, 'ToolBarAction', { text: 'Two', group: ref(13) })
      await peer.create(15, 'ToolBarAction', { text: 'More', menu: ref(20) })
      for (const wid of [11, 12, 13, 14, 15]) {
        await peer.call(10, 'add_widget', ref(wid))
        await peer.listen(wid, 'activated')
      }
      await peer.call(10, 'add_separator')
      await peer.call(10, 'add_spacer')
      return made
    }
    await t.test('has plain and latching actions', async t => {
      const { peer, page } = await bar(t)
      await page.getByRole('button', { name: 'Plain' }).click()
      await page.getByRole('button', { name: 'Toggle' }).click()
      t.equal(await page.getByRole('button', { name: 'Toggle' }).getAttribute('aria-pressed'), 'true')
      await page.keyboard.press('Space')
      t.strictSame(await news(peer), [[11, 'activated'], [12, 'activated', true], [12, 'activated', false]])
    })
    await t.test('has groups of which one at most is down, and may be let go', async t => {
      const { peer, page } = await bar(t)
      const [one, two] = [page.getByRole('button', { name: 'One' }), page.getByRole('button', { name: 'Two' })]
      await one.click()
      await two.click()
      t.strictSame(await news(peer), [[13, 'activated', true], [14, 'activated', true]], 'a mate is let go without a report')
      t.equal((await peer.call(13, 'get_state')).value, false)
      await two.click()
      t.strictSame(await news(peer), [[14, 'activated', false]])
      await peer.call(13, 'set_state', true)
      await peer.call(14, 'set_state', true)
      t.equal(await one.getAttribute('aria-pressed'), 'false')
      t.strictSame(await news(peer), [])
    })
    await t.test('opens a menu and never reports that as use', async t => {
      const { peer, page } = await bar(t)
      const more = page.getByRole('button', { name: 'More' })
      t.equal(await more.getAttribute('aria-haspopup'), 'menu')
      await more.click()
      await page.getByRole('menuitem', { name: 'Item' }).click()
      t.equal(await focused(page), 'More')
      await more.press('Enter')
      t.equal(await focused(page), 'Item')
      await page.keyboard.press('Escape')
      t.strictSame(await news(peer), [])
      await more.click()
      await peer.call(15, 'set_menu', null)
      t.equal(await page.getByRole('menu').count(), 0, 'one that is taken away while it is open closes')
      t.equal(await more.getAttribute('aria-haspopup'), null)
      await more.click()
      t.strictSame(await news(peer), [[15, 'activated']])
    })
    await t.test('is one tab stop, in which arrow keys lead around', async t => {
      const { peer, page } = await bar(t)
      await page.getByRole('button', { name: 'Plain' }).focus()
      await peer.call(12, 'set_enabled', false)
      const path: string[] = []
      for (const key of ['ArrowRight', 'End', 'ArrowRight', 'ArrowLeft', 'Home']) {
        await page.keyboard.press(key)
        path.push(await focused(page))
      }
      t.strictSame(path, ['One', 'More', 'Plain', 'More', 'Plain'])
      t.equal(await page.locator('[role=toolbar] [tabindex="0"]').count(), 1)
    })
    await t.test('runs down when vertical, and opens its menus beside itself', async t => {
      const { peer, page } = await bar(t)
      await peer.create(30, 'ToolBar', { orientation: 'vertical' })
      await peer.call(2, 'add_widget', ref(30))
      for (const wid of [11, 15, 12]) await peer.call(30, 'add_widget', ref(wid))
      await page.getByRole('button', { name: 'Plain' }).focus()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('ArrowDown')
      t.equal(await focused(page), 'Toggle')
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Enter')
      t.equal(await focused(page), 'Item')
      await page.waitForFunction(() => (document.querySelector('[role=menu]')?.getBoundingClientRect().left ?? 0) > (document.querySelector('[aria-expanded=true]')?.getBoundingClientRect().right ?? Infinity))
    })
    await t.test('wraps where it is too wide', async t => {
      const { peer, page } = await bar(t)
      for (let i = 0; i < 12; i++) await peer.call(10, 'add_action', `Action ${i}`)
      const right = (box: { x: number, width: number } | null): number => box === null ? Infinity : box.x + box.width
      const edge = right(await page.getByRole('toolbar').boundingBox())
      for (const button of await page.getByRole('toolbar').getByRole('button').all()) t.ok(right(await button.boundingBox()) <= edge)
    })
    await t.test('makes actions, of options or of a text', async t => {
      const { peer, page } = await bar(t)
      t.match((await peer.call(10, 'add_action', 'Made')).value, { __class__: 'ToolBarAction' })
      await peer.call(10, 'add_action', { text: 'Latch', toggle: true })
      t.equal(await page.getByRole('button', { name: 'Latch' }).getAttribute('aria-pressed'), 'false')
      t.ok(await page.getByRole('button', { name: 'Made' }).isVisible())
    })
  })

  await t.test('a scene with everything', async t => {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const viewport of [{ width: 1280, height: 800 }, { width: 390, height: 844 }]) {
        await t.test(`has nothing that axe finds serious, ${colorScheme}, ${viewport.width} px wide`, async t => {
          const { page, peer } = await open(t, browser, { colorScheme, viewport })
          const answers = await peer.askAll(...gallery())
          t.strictSame(answers.filter(({ type }) => type === 'error'), [])
          t.strictSame(await seriousFaults(page), [])
          await page.getByRole('menuitem', { name: 'File' }).press('ArrowDown')
          await page.keyboard.press('ArrowDown')
          await page.keyboard.press('ArrowRight')
          t.strictSame(await seriousFaults(page), [], 'with menus open')
          await page.keyboard.press('Escape')
          await page.keyboard.press('Escape')
          await page.getByRole('combobox').first().press('ArrowDown')
          t.strictSame(await seriousFaults(page), [], 'with a list open')
        })
      }
    }
    await t.test('survives a replay', async t => {
      const { page, peer } = await open(t, browser)
      await peer.askAll(...gallery())
      await page.locator('.pg-text-entry').focus()
      await peer.replay(1000, ...gallery())
      t.equal(await page.getByRole('menubar').count(), 1)
      t.ok(await page.locator('.pg-text-entry').evaluate(field => field === field.ownerDocument.activeElement))
      t.equal((await peer.call(wids.check, 'get_state')).value, true)
    })
  })
}
