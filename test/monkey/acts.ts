/** What somebody does at a page who tries everything: clicks, keys, drags by a few pixels at a time, wheel, reload. */
import type { Page } from 'playwright-core'
import { sceneOf } from '../chromium/reader.ts'
import type { Dice } from '../support/dice.ts'

interface Spot { readonly x: number, readonly y: number, readonly name: string }

const OPERABLE = 'button, input, textarea, a, [role=tab], [role=menuitem], [role=option], [role=slider], [role=scrollbar]'
const DRAGGABLE = '.pg-window-bar, .pg-grip, .pg-color-field, textarea, input[type=range], [role=tab], [role=slider], [role=scrollbar], [role=separator][tabindex]'
/** What takes something away for good is pressed rarely, or little would be left to use. */
const ENDS = /pg-window-button Close|pg-tab-close/

const KEYS = [
  'Tab', 'Tab', 'Shift+Tab', 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'ArrowDown', 'Enter', 'Space', 'Escape', 'Home', 'End', 'PageUp', 'PageDown',
  'a', 'B', '7', 'Backspace', 'Delete', 'Control+a', 'F6', 'Shift+F10', 'Control+Shift+ArrowRight', 'Control+Shift+ArrowLeft', 'Shift+ArrowRight', 'Control+Home'
] as const

/** What matches and can be reached by a pointer. */
async function spots (page: Page, selector: string): Promise<Spot[]> {
  return await page.evaluate(selector => [...document.querySelectorAll(selector)].filter(element => element.checkVisibility({ visibilityProperty: true })).map(element => {
    const { x, y, width, height } = element.getBoundingClientRect()
    return { x: x + width / 2, y: y + height / 2, width, name: `${element.className} ${element.ariaLabel ?? element.textContent.slice(0, 20)}`.trim() }
  }).filter(({ x, y, width }) => width > 0 && x > 0 && y > 0 && x < innerWidth && y < innerHeight), selector)
}

async function click (page: Page, dice: Dice): Promise<string> {
  const found = (await spots(page, OPERABLE)).filter(({ name }) => !ENDS.test(name) || dice.next() < 0.03)
  if (found.length === 0) return 'nothing to click'
  const { x, y, name } = dice.pick(found)
  const button = dice.next() < 0.08 ? 'right' : 'left'
  await page.mouse.click(x, y, { button, clickCount: dice.next() < 0.1 ? 2 : 1 })
  return `${button} click on ${name} at ${Math.round(x)}, ${Math.round(y)}`
}

async function press (page: Page, dice: Dice): Promise<string> {
  const keys = Array.from({ length: dice.between(1, 4) }, () => dice.pick(KEYS))
  for (const key of keys) await page.keyboard.press(key)
  return `keys ${keys.join(' ')}`
}

async function drag (page: Page, dice: Dice): Promise<string> {
  const found = await spots(page, DRAGGABLE)
  if (found.length === 0) return 'nothing to drag'
  const { x, y, name } = dice.pick(found)
  const [dx, dy] = dice.next() < 0.5 ? [dice.between(-200, 200), dice.between(-10, 10)] : [dice.between(-150, 150), dice.between(-150, 150)]
  await page.mouse.move(x, y)
  await page.mouse.down()
  await page.mouse.move(x + dx, y + dy, { steps: Math.ceil(Math.hypot(dx, dy) / 3) + 1 })
  if (dice.next() < 0.15) await page.keyboard.press('Escape')
  await page.mouse.up()
  return `drag of ${name} at ${Math.round(x)}, ${Math.round(y)} by ${dx}, ${dy}`
}

async function turn (page: Page, dice: Dice): Promise<string> {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 }
  const [x, y] = [dice.between(0, width - 1), dice.between(0, height - 1)]
  await page.mouse.move(x, y)
  await page.mouse.wheel(dice.between(-50, 50), dice.between(-200, 200))
  return `wheel at ${x}, ${y}`
}

/** Waits until there is something to use. */
export async function arrived (page: Page): Promise<void> { await sceneOf(page).locator('.pg-window').first().waitFor({ state: 'attached' }) }

async function reload (page: Page): Promise<string> {
  await page.reload()
  await arrived(page)
  return 'reload'
}

/** Does something. Resolves to what it was. */
export async function act (page: Page, dice: Dice): Promise<string> {
  const what = dice.next()
  if (what < 0.4) return await click(page, dice)
  if (what < 0.7) return await press(page, dice)
  if (what < 0.88) return await drag(page, dice)
  if (what < 0.97) return await turn(page, dice)
  return await reload(page)
}

/** Leaves everything alone: nothing is being typed, opened or pointed at. */
export async function rest (page: Page): Promise<void> {
  for (let i = 0; i < 3; i++) await page.keyboard.press('Escape')
  await page.evaluate(() => { if (document.activeElement instanceof HTMLElement) document.activeElement.blur() })
  await page.mouse.move(0, 0)
}
