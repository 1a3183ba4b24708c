/** Where menus and lists open, by the browser's own anchor positioning and, without it, by script. */
import t from 'tap'
import type { Locator } from 'playwright-core'
import type { Test } from 'tap'
import { launch } from './support.ts'
import { animationFrames, put, ref } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

/** Room that stays free at the edges of the viewport, px. */
const EDGE = 8

interface Box { readonly left: number, readonly top: number, readonly right: number, readonly bottom: number, readonly width: number, readonly height: number }
const boxOf = async (locator: Locator): Promise<Box> => await locator.evaluate(element => {
  const { left, top, right, bottom, width, height } = element.getBoundingClientRect()
  return { left, top, right, bottom, width, height }
})

const near = (t: Test, one: number, other: number, what: string): void => { t.ok(Math.abs(one - other) <= 1, `${what}: ${one}, ${other}`) }

if (browser !== null) {
  const withoutAnchors = (): void => {
    const { supports } = CSS
    CSS.supports = (...args: [string]) => args[0] !== 'position-area' && supports.apply(CSS, args)
  }

  for (const [way, before] of [['by the browser', undefined], ['by script', withoutAnchors]] as const) {
    await t.test(way, async t => {
      /** A combo box of `count` items in a window at (x, y). */
      const combo = async (t: Test, x: number, y: number, count = 3): Promise<Scene & { control: Locator, list: Locator, open: () => Promise<{ control: Box, list: Box }> }> => {
        const made = await put(t, browser, 'ComboBox', [{ dropdown_limit: count }], [], before)
        const { peer, page } = made
        await peer.ask({ type: 'batch', calls: Array.from({ length: count }, (_, i) => ({ wid: 10, method: 'append_text', args: [`item ${i}`] })) })
        await peer.call(1, 'resize', 240, 120)
        await peer.call(1, 'set_position', x, y)
        const [control, list] = [page.getByRole('combobox'), page.getByRole('listbox')]
        return {
          ...made,
          control,
          list,
          open: async () => {
            await control.focus()
            await page.keyboard.press('ArrowDown')
            if (before !== undefined) await page.waitForFunction(() => document.querySelector<HTMLElement>('.pg-list')!.style.left !== '')
            await animationFrames(page, 2)
            return { control: await boxOf(control), list: await boxOf(list) }
          }
        }
      }

      await t.test('a list opens below what it hangs from, as wide as that at least, and goes where it goes', async t => {
        const { peer, page, control: element, list: popup, open } = await combo(t, 100, 100)
        const { control, list } = await open()
        near(t, list.left, control.left, 'left')
        near(t, list.top, control.bottom + 4, 'top')
        t.ok(list.width >= control.width)
        await peer.call(1, 'set_position', 300, 250)
        await animationFrames(page, 4)
        const [there, moved] = [await boxOf(element), await boxOf(popup)]
        t.ok(there.left > control.left + 100)
        near(t, moved.left, there.left, 'left after a move')
        near(t, moved.top, there.bottom + 4, 'top after a move')
      })
      await t.test('above, where there is no room below', async t => {
        const { open } = await combo(t, 100, 690, 5)
        const { control, list } = await open()
        near(t, list.bottom, control.top - 4, 'bottom')
        near(t, list.left, control.left, 'left')
      })
      for (const [y, side] of [[100, 'below'], [600, 'above']] as const) {
        await t.test(`${side}, where neither side has room enough and that one more, and scrolls`, async t => {
          const { open, list: element } = await combo(t, 100, y, 100)
          const { control, list } = await open()
          if (side === 'below') {
            near(t, list.top, control.bottom + 4, 'top')
            near(t, list.bottom, 800 - EDGE, 'bottom')
          } else {
            near(t, list.top, EDGE, 'top')
            near(t, list.bottom, control.top - 4, 'bottom')
          }
          t.ok(await element.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight))
        })
      }

      await t.test('a menu opens at a point, and in the viewport wherever that is; a submenu beside its entry', async t => {
        const { peer, page } = await put(t, browser, 'Label', ['text'], [], before)
        const menu = page.getByRole('menu').first()
        /** A menu of `count` entries; the first leads into a submenu of three. */
        const make = async (wid: number, count: number): Promise<void> => {
          for (const number of [wid, wid + 1]) await peer.create(number, 'Menu')
          await peer.call(wid, 'add_menu', 'More', ref(wid + 1))
          await peer.askAll(...Array.from({ length: count + 3 }, (_, i) => [
            { type: 'create', wid: wid + 2 + i, class: 'MenuAction', args: [{ text: `Entry ${i}` }] },
            { type: 'call', wid: i < count ? wid : wid + 1, method: 'add_widget', args: [ref(wid + 2 + i)] }
          ]).flat())
        }
        const placed = async (count: number): Promise<void> => {
          if (before !== undefined) await page.waitForFunction(count => [...document.querySelectorAll<HTMLElement>('.pg-menu')].filter(({ style }) => style.left !== '').length === count, count)
          await animationFrames(page, 2)
        }
        const popUp = async (wid: number, x: number, y: number): Promise<Box> => {
          await page.keyboard.press('Escape')
          await page.keyboard.press('Escape')
          await peer.call(wid, 'popup', x, y)
          await placed(1)
          const box = await boxOf(menu)
          t.ok(box.left >= 0 && box.top >= 0 && box.right <= 1280 && box.bottom <= 800, JSON.stringify(box))
          return box
        }
        const descend = async (x: number, y: number, entry = 'More'): Promise<{ above: Box, below: Box }> => {
          const above = await popUp(20, x, y)
          await page.getByRole('menuitem', { name: entry, exact: true }).click()
          await placed(2)
          return { above, below: await boxOf(page.getByRole('menu').nth(1)) }
        }
        await make(20, 3)
        await make(100, 60)
        await peer.create(200, 'Menu')
        await peer.create(201, 'MenuAction', { text: 'Set the limits of all stations to those of this one' })
        await peer.call(200, 'add_widget', ref(201))
        await peer.call(20, 'add_menu', 'All', ref(100))
        const there = await popUp(20, 300, 200)
        near(t, there.left, 300, 'left')
        near(t, there.top, 204, 'top')
        const corner = await popUp(20, 1275, 795)
        t.ok(corner.bottom <= 792, JSON.stringify(corner))
        const { height } = await popUp(100, 300, 390)
        t.ok(height > 380 && height <= 800 - 2 * EDGE, String(height))
        const usual = await descend(300, 200)
        near(t, usual.below.left, (await boxOf(page.getByRole('menuitem', { name: 'More' }))).right, 'close to its entry')
        const flipped = await descend(1150, 200)
        t.ok(flipped.below.right <= flipped.above.left + 8, 'at the left')
        const tall = await descend(1150, 200, 'All')
        t.ok(tall.below.right <= tall.above.left + 8 && tall.below.top >= 0 && tall.below.bottom <= 800, JSON.stringify(tall.below))
        const low = await descend(300, 780)
        t.ok(low.below.bottom <= 800 && low.below.left >= low.above.right - 8, JSON.stringify(low.below))
        await page.locator('.pg-root').evaluate(root => { (root as HTMLElement).dir = 'rtl' })
        const mirrored = await descend(700, 200)
        t.ok(mirrored.below.right <= mirrored.above.left + 8, 'at the left, where text runs there')
        await page.setViewportSize({ width: 390, height: 700 })
        const wide = await popUp(200, 195, 690)
        t.ok(wide.width > 195 && wide.left >= 0 && wide.right <= 390 && wide.bottom <= 690, JSON.stringify(wide))
        await page.keyboard.press('Escape')
        t.equal(await menu.count(), 0)
        t.equal(await page.locator('.pg-point, [style*=anchor-name]').count(), 0, 'nothing is left of where they hung')
      })
    })
  }

  await t.test('what an on-screen keyboard covers is no room', async t => {
    const covered = (): void => {
      Object.defineProperty(window, 'visualViewport', { value: Object.assign(new EventTarget(), { height: innerHeight, offsetTop: 0 }) })
    }
    const { peer, page } = await put(t, browser, 'ComboBox', [{ editable: true, dropdown_limit: 40 }], [], covered)
    const fill = async (count: number): Promise<void> => { for (let i = 0; i < count; i++) await peer.call(10, 'append_text', `item ${i}`) }
    await fill(5)
    await peer.call(1, 'resize', 240, 120)
    await peer.call(1, 'set_position', 100, 250)
    await page.getByRole('combobox').focus()
    await page.keyboard.press('ArrowDown')
    const [control, list] = [await boxOf(page.getByRole('combobox')), await boxOf(page.getByRole('listbox'))]
    near(t, list.top, control.bottom + 4, 'below the control')
    await page.evaluate(() => {
      Object.assign(visualViewport as object, { height: innerHeight - 400 })
      visualViewport?.dispatchEvent(new Event('resize'))
    })
    await animationFrames(page, 2)
    near(t, (await boxOf(page.getByRole('listbox'))).bottom, control.top - 4, 'above it, once there is a keyboard')
    await page.keyboard.press('Escape')
    await fill(30)
    await page.keyboard.press('ArrowDown')
    const { top, bottom } = await boxOf(page.getByRole('listbox'))
    near(t, bottom, control.top - 4, 'and so is a list that is longer than the room')
    t.ok(top >= 0)
  })
}
