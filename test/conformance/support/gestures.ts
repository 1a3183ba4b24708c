/** What a person does to have the page report what was recorded: by pointer and keyboard, on what the page shows. */
import type { ElementHandle, Page } from 'playwright-core'
import type { Node, Tree } from '../../../lib/session/tree.ts'
import { equal, isRef } from '../../../lib/protocol/values.ts'
import { MARK, shown } from './dom.ts'
import type { Report } from './trace.ts'

/** What a gesture may use. */
export interface Hands {
  readonly page: Page
  readonly tree: Tree
  /** The element of a widget that is on screen. */
  element (node: Node): Promise<ElementHandle>
}

type Gesture = (hands: Hands, node: Node, args: Report['args']) => Promise<void>

const press: Gesture = async (hands, node) => await (await hands.element(node)).click()

/** Puts a text into a field by typing what is missing, or all of it. */
const type = async (page: Page, field: ElementHandle, text: string): Promise<void> => {
  const before = await field.inputValue()
  if (before === text) return await field.focus()
  await field.focus()
  await page.keyboard.press(text.startsWith(before) ? 'End' : 'ControlOrMeta+A')
  await page.keyboard.type(text.startsWith(before) ? text.slice(before.length) : text)
}

const drag = async (page: Page, from: readonly [number, number], by: readonly [number, number]): Promise<void> => {
  await page.mouse.move(...from)
  await page.mouse.down()
  await page.mouse.move(from[0] + by[0] / 2, from[1] + by[1] / 2)
  await page.mouse.move(from[0] + by[0], from[1] + by[1])
  await page.mouse.up()
}

const one = async (element: ElementHandle, selector: string): Promise<ElementHandle> => {
  const found = await element.$(selector)
  if (found === null) throw new Error(`there is no ${selector}`)
  return found
}

async function chooseItem ({ page }: Hands, combo: ElementHandle, text: string): Promise<void> {
  const field = await combo.$('input')
  if (field === null) {
    await combo.click()
    await page.getByRole('option', { name: text, exact: true }).click()
  } else {
    await type(page, field, text)
    await page.keyboard.press('Enter')
  }
}

/** Turns the knob of a dial to a value, from where it is, and lets go. */
async function turn ({ page }: Hands, dial: ElementHandle, wanted: number): Promise<void> {
  const input = await one(dial, 'input')
  const [value, min, max] = [Number(await input.inputValue()), Number(await input.getAttribute('min')), Number(await input.getAttribute('max'))]
  const box = await input.boundingBox()
  if (box === null) throw new Error('the dial is not on screen')
  const point = (value: number): [x: number, y: number] => {
    const angle = ((value - min) / (max - min) - 0.5) * 300 * Math.PI / 180
    return [box.x + box.width / 2 + Math.sin(angle) * box.width * 0.4, box.y + box.height / 2 - Math.cos(angle) * box.height * 0.4]
  }
  await page.mouse.move(...point(value))
  await page.mouse.down()
  await page.mouse.move(...point(wanted))
  await page.mouse.up()
}

/** Moves the handle along its track until the value under it is the one wanted, then lets go. */
async function slide ({ page }: Hands, slider: ElementHandle, wanted: number): Promise<void> {
  const input = await one(slider, 'input')
  const read = async (): Promise<number> => Number(await input.inputValue())
  const [min, max] = [Number(await input.getAttribute('min')), Number(await input.getAttribute('max'))]
  const box = await input.boundingBox()
  if (box === null) throw new Error('the slider is not on screen')
  const thumb = Math.min(box.height, 16)
  const at = (value: number): number => box.x + thumb / 2 + (box.width - thumb) * (value - min) / (max - min)
  const y = box.y + box.height / 2
  await page.mouse.move(at(await read()), y)
  await page.mouse.down()
  let x = at(wanted)
  for (let i = 0; i < 60; i++) {
    await page.mouse.move(x, y)
    const now = await read()
    if (Math.abs(now - wanted) < 1e-9) break
    x += now < wanted ? 1 : -1
  }
  await page.mouse.up()
}

/** Opens the menu that an action is in, unless it is open already, and returns its element. */
async function opened (hands: Hands, menu: Node): Promise<ElementHandle> {
  const { page, tree } = hands
  const { parent } = menu
  if (parent?.definition.class === 'MenuBar') {
    const bar = await hands.element(parent)
    const captions = await bar.$$('[role="menuitem"]')
    const caption = captions[parent.entries.findIndex(({ wid }) => wid === menu.wid)]
    if (await caption?.getAttribute('aria-expanded') !== 'true') await caption?.click()
  } else if (parent !== null) {
    const above = await opened(hands, parent)
    const submenus = parent.entries.filter(({ wid }) => wid !== undefined && tree.nodes.get(wid)?.definition.class === 'Menu')
    const entries = await above.$$('[aria-haspopup="menu"]')
    await entries[submenus.findIndex(({ wid }) => wid === menu.wid)]?.click()
  } else {
    const opener = [...tree.nodes.values()].find(({ state }) => isRef(state.menu) && state.menu.__wid__ === menu.wid)
    if (opener !== undefined) await (await hands.element(opener)).click()
  }
  return await page.waitForSelector('.pg-overlays > [role="menu"]:last-of-type')
}

const chooseAction: Gesture = async (hands, node) => {
  const menu = node.parent as Node
  const element = await opened(hands, menu)
  const actions = menu.entries.filter(({ wid }) => wid !== undefined && hands.tree.nodes.get(wid)?.definition.class !== 'Menu')
  const items = await element.$$(':scope > .pg-widget')
  await items[actions.findIndex(({ wid }) => wid === node.wid)]?.click()
}

const moveWindow: Gesture = async (hands, node, [x, y]) => {
  const window = await hands.element(node)
  const title = await (await one(window, '.pg-window-title')).boundingBox()
  const box = await window.boundingBox()
  if (title === null || box === null) throw new Error('the window has no title bar')
  await drag(hands.page, [title.x + 20, title.y + title.height / 2], [x as number - box.x, y as number - box.y])
}

const closeWindow: Gesture = async (hands, node) => await (await one(await hands.element(node), '[aria-label="Close"]')).click()

const answer: Gesture = async (hands, node, [value]) => {
  const made = (node.given.buttons as ReadonlyArray<readonly [string, unknown]> | null ?? []).map(([, value]) => value)
  const added = node.entries.filter(({ method }) => method === 'add_button').map(({ args }) => args[1])
  const row = await (await hands.element(node)).$$('.pg-dialog-row > *')
  await row[[...made, ...added].findIndex(one => equal(one, value))]?.click()
}

const pickColor: Gesture = async (hands, node, [color]) => {
  const digits = await one(await hands.element(node), '.pg-color-digits')
  await digits.fill(String(color))
  // Enter would press OK in a dialog.
  await digits.press('Tab')
}

/** What was dragged when a payload was recorded. */
interface Dragged { readonly types: readonly string[], readonly text?: string | null, readonly html?: string | null, readonly files?: ReadonlyArray<{ readonly name: string, readonly size: number, readonly type: string }> }

/** Something from another program comes over an element, or is let go there. Files come with names, sizes and types as recorded. */
const bring = (event: 'dragover' | 'drop'): Gesture => async (hands, node, [payload]) => {
  await (await hands.element(node)).evaluate((element, [event, { types, text, html, files }]) => {
    const { left, top, width, height } = (element as Element).getBoundingClientRect()
    const dataTransfer = new DataTransfer()
    // While something is only dragged, no more of it is told than its types.
    const given: Readonly<Record<string, string>> = { 'text/plain': text ?? '', 'text/html': html ?? '' }
    for (const type of types) if (type in given) dataTransfer.items.add(given[type] as string, type)
    for (const { name, size, type } of files ?? (types.includes('Files') ? [{ name: 'unknown', size: 0, type: '' }] : [])) dataTransfer.items.add(new File([new Uint8Array(size)], name, { type }))
    element.dispatchEvent(new DragEvent(event, { bubbles: true, cancelable: true, dataTransfer, clientX: left + width / 2, clientY: top + height / 2 }))
  }, [event, payload as unknown as Dragged] as const)
}

/** One for each class and action that people cause. */
const GESTURES: Readonly<Record<string, Gesture>> = {
  'Dialog.activated': answer,
  'Dialog.move': moveWindow,
  'Dialog.close': closeWindow,
  'ColorDialog.pick': pickColor,
  'ColorDialog.activated': async (hands, node) => await (await one(await hands.element(node), '.pg-dialog-row > button:first-child')).click(),
  'ColorDialog.move': moveWindow,
  'ColorDialog.close': closeWindow,
  'Button.activated': press,
  'CheckBox.activated': press,
  'RadioButton.activated': press,
  'ToggleButton.activated': press,
  'ToolBarAction.activated': press,
  'MenuAction.activated': chooseAction,
  'Label.click': press,
  'Label.drag-over': bring('dragover'),
  'Label.drop-start': bring('drop'),
  'Label.drop-end': bring('drop'),
  'Image.drop-end': bring('drop'),
  'Label.enter': async (hands, node) => await (await hands.element(node)).hover(),
  'Label.leave': async ({ page }) => await page.mouse.move(0, 0),
  'Dial.activated': async (hands, node, [value]) => await turn(hands, await hands.element(node), value as number),
  'Slider.activated': async (hands, node, [value]) => await slide(hands, await hands.element(node), value as number),
  'ScrollBar.activated': async (hands, node, [pct]) => {
    const bar = await hands.element(node)
    const thumb = await one(bar, '.pg-scroll-thumb')
    const [track, piece] = [await bar.boundingBox(), await thumb.boundingBox()]
    if (track === null || piece === null) throw new Error('the bar is not on screen')
    const vertical = node.given.orientation === 'vertical'
    const way = vertical ? track.height - piece.height : track.width - piece.width
    const length = vertical ? piece.height : piece.width
    const along = way * Number(pct) + length / 2
    await hands.page.mouse.click(track.x + (vertical ? track.width / 2 : along), track.y + (vertical ? along : track.height / 2))
  },
  'SpinBox.activated': async (hands, node, [value]) => {
    const field = await one(await hands.element(node), 'input')
    await type(hands.page, field, String(value))
    await hands.page.keyboard.press('Enter')
  },
  'TextArea.modified': async (hands, node, [text]) => await type(hands.page, await hands.element(node), String(text)),
  'TextEntry.modified': async (hands, node, [text]) => await type(hands.page, await hands.element(node), String(text)),
  'TextEntry.activated': async (hands, node, [text]) => {
    await type(hands.page, await hands.element(node), String(text))
    await hands.page.keyboard.press('Enter')
  },
  'TextEntrySet.modified': async (hands, node, [text]) => await type(hands.page, await one(await hands.element(node), 'input'), String(text)),
  'TextEntrySet.activated': async (hands, node, [text]) => {
    await type(hands.page, await one(await hands.element(node), 'input'), String(text))
    await (await one(await hands.element(node), 'button')).click()
  },
  'ComboBox.modified': async (hands, node, [text]) => await type(hands.page, await one(await hands.element(node), 'input'), String(text)),
  'ComboBox.activated': async (hands, node, [, text]) => await chooseItem(hands, await hands.element(node), String(text)),
  'ColorWidget.pick': pickColor,
  'TabWidget.page-switch': async (hands, node, [, index]) => {
    const heads = await (await hands.element(node)).$$('[role="tab"]')
    await heads[index as number]?.click()
  },
  'TabWidget.page-close': async (hands, node, [child]) => {
    const heads = await (await hands.element(node)).$$('[role="tab"]')
    await heads[node.entries.findIndex(({ wid }) => isRef(child) && wid === child.__wid__)]?.press('Delete')
  },
  'Expander.toggled': async (hands, node) => await (await one(await hands.element(node), '.pg-expander-bar')).click(),
  'Splitter.sizing': async (hands, node) => {
    const handle = await one(await hands.element(node), '[role="separator"]')
    const box = await handle.boundingBox()
    if (box === null) throw new Error('the handle is not on screen')
    await drag(hands.page, [box.x + box.width / 2, box.y + box.height / 2], node.given.orientation === 'vertical' ? [0, 20] : [20, 0])
  },
  'TopLevel.move': moveWindow,
  'MDISubWindow.move': async (hands, node, [x, y]) => {
    const window = await one(await hands.element(node.wraps as Node), 'xpath=ancestor::*[contains(@class, "pg-sub-window")]')
    const ground = await (await one(window, 'xpath=..')).boundingBox()
    const title = await (await one(window, '.pg-window-title')).boundingBox()
    const box = await window.boundingBox()
    if (title === null || box === null || ground === null) throw new Error('the window has no title bar')
    await drag(hands.page, [title.x + 20, title.y + title.height / 2], [x as number - (box.x - ground.x), y as number - (box.y - ground.y)])
  },
  'TopLevel.close': closeWindow,
  'TopLevel.window-state': async (hands, node, [state]) => {
    const window = await hands.element(node)
    const before = await window.getAttribute('data-state')
    const change = state === 'normal' ? before : state
    if (change === 'shaded') await (await one(window, '.pg-window-title')).dblclick()
    else await (await one(window, `[data-action="${change === 'minimized' ? 'minimize' : 'maximize'}"]`)).click()
  }
}

/** Reports that a gesture makes in any number, of which only the last one counts: they follow the pointer's way. */
const CONTINUOUS = new Set(['Slider.activated', 'Dial.activated', 'ScrollBar.activated', 'TopLevel.move', 'Dialog.move', 'MDISubWindow.move', 'Splitter.sizing'])

const key = (node: Node, action: string): string => `${node.definition.class}.${action}`

/** Whether somebody can have the page report this. */
export const canDo = (node: Node, action: string): boolean => key(node, action) in GESTURES

export const isContinuous = (node: Node, action: string): boolean => CONTINUOUS.has(key(node, action))

/** Does it. Returns when it is done; what the page reports of it comes in its own time. */
export async function perform (page: Page, tree: Tree, node: Node, { action, args }: Report): Promise<void> {
  const hands: Hands = {
    page,
    tree,
    element: async wanted => {
      await shown(page, tree)
      const found = await page.$(`[${MARK}="${wanted.wid}"]`)
      if (found === null) throw new Error(`${wanted.definition.class} #${wanted.wid} is not on screen`)
      return found
    }
  }
  await GESTURES[key(node, action)]?.(hands, node, args)
}
