/** Reads what a person sees from the DOM, in the words of sight.ts; opens menus and lists to see what is in them. */
import type { Locator, Page } from 'playwright-core'
import { sorted } from './sight.ts'
import type { Sight } from './sight.ts'

/** A widget as the DOM shows it, before what it opens was opened. */
interface Glance {
  readonly class: string
  readonly as?: unknown
  readonly facts: Readonly<Record<string, unknown>>
  readonly children: readonly Glance[]
  /** Position of what opens it among all that opens something. */
  readonly opener?: number
}

/** The scene on screen: during a replay there is another one, which nobody can use. */
export function sceneOf (page: Page): Locator { return page.locator('.pg-scene:not(.pg-retired)') }

/** What a person sees of the page. Moves the focus, and leaves everything else as it is. */
export async function look (page: Page): Promise<Sight[]> {
  const sights: Sight[] = []
  for (const layer of await sceneOf(page).locator('.pg-stage, .pg-modal').all()) {
    for (const glance of await layer.evaluate(glanceAt)) sights.push(await open(page, layer, glance))
  }
  return sorted(sights)
}

/** Fills in what a widget, or one inside it, shows only when it is opened. */
async function open (page: Page, root: Locator, { opener, ...glance }: Glance): Promise<Sight> {
  const control = opener === undefined ? null : root.locator('[aria-haspopup]').nth(opener)
  if (glance.class === 'Menu') return { ...glance, children: control === null ? [] : await openMenu(page, control) }
  const list = control === null ? {} : await openList(page, control)
  const children: Sight[] = []
  for (const child of glance.children) children.push(await open(page, root, child))
  return { ...glance, facts: { ...glance.facts, ...list }, children }
}

async function openMenu (page: Page, opener: Locator): Promise<Sight[]> {
  const menus = sceneOf(page).locator('.pg-overlays').getByRole('menu')
  const before = await menus.count()
  await opener.focus()
  await opener.press(before === 0 ? 'ArrowDown' : 'ArrowRight')
  const menu = menus.nth(before)
  await menu.waitFor()
  const sights: Sight[] = []
  for (const glance of await menu.evaluate(glanceAt)) sights.push(await open(page, menu, glance))
  await page.keyboard.press('Escape')
  await menu.waitFor({ state: 'detached' })
  return sights
}

async function openList (page: Page, control: Locator): Promise<{ items: string[], chosen: number } | object> {
  await control.focus()
  await control.press('ArrowDown')
  const list = page.locator(`[id="${await control.getAttribute('aria-controls')}"]`)
  // Without items there is nothing to open.
  if (await list.count() === 0) return {}
  const options = list.getByRole('option')
  const items = (await options.allTextContents()).map(text => text === '\u00a0' ? '' : text)
  const selected = await options.evaluateAll(options => options.map(option => option.ariaSelected))
  await page.keyboard.press('Escape')
  await list.waitFor({ state: 'detached' })
  return { items, chosen: selected.indexOf('true') }
}

/** What is inside an element. Runs in the page, where nothing of this file is known. */
function glanceAt (root: Element): Glance[] {
  const classes: ReadonlyArray<readonly [mark: string, name: string]> = [
    ['pg-color-dialog', 'ColorDialog'], ['pg-dialog', 'Dialog'], ['pg-mdi', 'MDIWidget'], ['pg-window', 'TopLevel'], ['pg-page', 'Page'], ['pg-button-box', 'ButtonBox'], ['pg-box', 'Box'],
    ['pg-grid', 'GridBox'], ['pg-fixed-layout', 'FixedLayout'], ['pg-separator', 'Separator'], ['pg-frame', 'Frame'], ['pg-splitter', 'Splitter'],
    ['pg-stack', 'StackWidget'], ['pg-tab-widget', 'TabWidget'], ['pg-expander', 'Expander'], ['pg-tool-bar', 'ToolBar'], ['pg-tool', 'ToolBarAction'], ['pg-menu-bar', 'MenuBar'],
    ['pg-menu-action', 'MenuAction'], ['pg-toggle-button', 'ToggleButton'], ['pg-button', 'Button'], ['pg-status-bar', 'StatusBar'], ['pg-label', 'Label'], ['pg-check-box', 'CheckBox'], ['pg-radio-button', 'RadioButton'], ['pg-slider', 'Slider'], ['pg-dial', 'Dial'],
    ['pg-spin-box', 'SpinBox'], ['pg-scroll-bar', 'ScrollBar'], ['pg-abstract-scroll-area', 'AbstractScrollArea'], ['pg-scroll-area', 'ScrollArea'],
    ['pg-text-area', 'TextArea'], ['pg-html-view', 'HtmlView'], ['pg-external', 'ExternalWidget'],
    ['pg-color-widget', 'ColorWidget'], ['pg-text-entry-set', 'TextEntrySet'], ['pg-text-entry', 'TextEntry'], ['pg-combo', 'ComboBox'], ['pg-progress', 'ProgressBar'], ['pg-image', 'Image']
  ]
  const openers = [...root.querySelectorAll('[aria-haspopup]')]
  const textOf = (element: Element | null): string => element?.textContent ?? ''
  const placeOf = ({ scrollLeft, scrollWidth, clientWidth, scrollTop, scrollHeight, clientHeight }: Element): unknown =>
    [[scrollLeft, scrollWidth - clientWidth], [scrollTop, scrollHeight - clientHeight]].map(([offset = 0, way = 0]) => offset === 0 ? 'start' : way - offset <= 1 ? 'end' : null)
  const wordsOf = (element: Element): string => {
    const words: string[] = []
    const walk = (node: Node): void => { node.nodeType === 3 ? words.push(node.textContent ?? '') : node.childNodes.forEach(walk) }
    element.shadowRoot!.childNodes.forEach(walk)
    return words.join(' ').replace(/\s+/g, ' ').trim()
  }
  const byId = (id: string | null): Element | null => id === null ? null : document.getElementById(id)
  const truth = (value: string | null): boolean | null => value === null ? null : value === 'true'
  const inputOf = (element: Element): HTMLInputElement => (element.matches('input') ? element : element.querySelector('input')) as HTMLInputElement
  const entryOf = (element: Element): Record<string, unknown> => {
    const { value, readOnly, placeholder, type } = inputOf(element)
    return { text: value, editable: !readOnly, placeholder, password: type === 'password' }
  }
  const rangeOf = (element: Element): Record<string, unknown> => {
    const { valueAsNumber, min, max, step } = inputOf(element)
    return {
      value: valueAsNumber,
      limits: [Number(min), Number(max), step === 'any' ? 0 : Number(step)],
      shown: element.querySelector('output') !== null
    }
  }
  const pictureOf = (element: Element): string | null => element.querySelector('img.pg-picture')?.getAttribute('src') ?? null
  const parts = (element: Element, selector: string): Element[] => [...element.querySelectorAll(selector)].filter(part => part.parentElement?.closest('.pg-widget') === element)

  const boxOf = (element: Element): number[] => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const stage = (element.parentElement as Element).getBoundingClientRect()
    return [left - stage.left, top - stage.top, width, height].map(Math.round)
  }

  const windowOf = (element: HTMLElement): Record<string, unknown> => {
    const title = byId(element.getAttribute('aria-labelledby'))
    const state = element.dataset.state ?? 'normal'
    return {
      title: title === null ? null : textOf(title),
      picture: element.querySelector(':scope > .pg-window-bar > img')?.getAttribute('src') ?? null,
      state,
      box: state === 'normal' || state === 'maximized' ? boxOf(element) : null,
      moveable: title?.getAttribute('aria-description')?.includes('Arrow keys move') ?? false,
      resizable: element.querySelector(':scope > .pg-grip') !== null,
      buttons: [...element.querySelectorAll<HTMLElement>(':scope > .pg-window-bar > [data-action]')].map(({ dataset }) => dataset.action)
    }
  }

  const facts: Readonly<Record<string, (element: HTMLElement) => Record<string, unknown>>> = {
    TopLevel: windowOf,
    MDIWidget: element => {
      const windows = parts(element, '.pg-sub-window') as HTMLElement[]
      const stacked = [...windows].sort((a, b) => Number(a.style.zIndex) - Number(b.style.zIndex))
      return { order: stacked.map(window => windows.indexOf(window)), place: placeOf(element.querySelector(':scope > .pg-ground') as Element) }
    },
    Dialog: element => {
      const { box, ...window } = windowOf(element)
      const row = [...element.querySelectorAll('.pg-dialog-row > *')]
      // What nobody has placed stands in the middle, and is as large as it must be.
      const own = element.classList.contains('pg-unplaced') || element.style.width === '' || element.style.height === ''
      return {
        ...window,
        box: own && window.state === 'normal' ? 'own' : box,
        modal: element.getAttribute('aria-modal') === 'true',
        spacing: parseFloat(getComputedStyle(element.querySelector('.pg-dialog-column') as Element).rowGap) || 0,
        row: row.map(button => button.classList.contains('pg-widget') ? null : textOf(button)),
        standard: row.findIndex(button => button.classList.contains('pg-default'))
      }
    },
    ColorDialog: element => ({ ...facts.Dialog!(element), color: `#${element.querySelector<HTMLInputElement>('.pg-color-digits')?.value ?? ''}` }),
    Page: () => ({}),
    // A gap that nobody set is no length at all.
    Box: element => ({ orientation: element.dataset.orientation, spacing: parseFloat(getComputedStyle(element).rowGap) || 0, align: element.dataset.align ?? null }),
    ButtonBox: element => {
      const tracks = getComputedStyle(element.firstElementChild as Element)
      const least = parseFloat(tracks.getPropertyValue('--pg-least'))
      return {
        orientation: element.dataset.orientation,
        spacing: parseFloat(tracks.rowGap) || 0,
        align: element.dataset.align ?? null,
        halign: element.dataset.halign,
        least: Number.isNaN(least) ? null : least
      }
    },
    GridBox: element => {
      const { gridTemplateRows: rows, gridTemplateColumns: columns } = element.style
      const { rowGap, columnGap } = getComputedStyle(element)
      return { rows: rows.split(' ').length, columns: columns.split(' ').length, gaps: [rowGap, columnGap].map(parseFloat) }
    },
    FixedLayout: () => ({}),
    Separator: element => ({ orientation: element.ariaOrientation ?? 'horizontal' }),
    Frame: element => ({ title: textOf(element.querySelector(':scope > legend')) }),
    Splitter: element => {
      const grow = [...element.querySelectorAll<HTMLElement>(':scope > .pg-pane')].map(({ style }) => Number(style.flexGrow))
      const sum = grow.reduce((sum, share) => sum + share, 0)
      return { orientation: element.dataset.orientation, shares: grow.map(share => Math.round(share / sum * 1000) / 1000) }
    },
    TabWidget: element => {
      const tabs = parts(element, '[role="tab"]')
      return { index: tabs.findIndex(tab => tab.ariaSelected === 'true'), side: element.dataset.tabs, closable: tabs.some(tab => tab.querySelector('.pg-tab-close') !== null) }
    },
    StackWidget: element => ({ index: parts(element, '[role="tab"]').findIndex(tab => tab.ariaSelected === 'true'), side: element.dataset.tabs }),
    Expander: element => {
      const bar = element.querySelector(':scope > .pg-expander-bar') as Element
      return {
        title: textOf(bar),
        collapsed: bar.ariaExpanded === 'false',
        collapsible: bar.matches('button'),
        raised: element.classList.contains('pg-raised')
      }
    },
    ToolBar: element => ({ orientation: element.ariaOrientation }),
    ToolBarAction: element => ({ text: textOf(element), picture: pictureOf(element), pressed: truth(element.ariaPressed), menu: element.ariaHasPopup === 'menu' }),
    MenuBar: () => ({}),
    MenuAction: element => ({ text: textOf(element), picture: pictureOf(element), checked: truth(element.ariaChecked) }),
    Button: element => ({ text: textOf(element), picture: pictureOf(element) }),
    StatusBar: element => ({ text: textOf(element), halign: { start: 'left', center: 'center', end: 'right' }[element.style.textAlign], menu: element.ariaHasPopup === 'menu' }),
    Label: element => ({ text: textOf(element), halign: { start: 'left', center: 'center', end: 'right' }[element.style.textAlign], menu: element.ariaHasPopup === 'menu' }),
    CheckBox: element => ({ text: textOf(element), checked: inputOf(element).checked }),
    ColorWidget: element => ({ color: `#${element.querySelector<HTMLInputElement>('.pg-color-digits')?.value ?? ''}` }),
    RadioButton: element => ({ text: textOf(element), checked: inputOf(element).checked }),
    ToggleButton: element => ({ text: textOf(element), pressed: truth(element.ariaPressed) }),
    Slider: element => ({ ...rangeOf(element), orientation: element.dataset.orientation }),
    Dial: element => ({ ...rangeOf(element), icon: pictureOf(element) }),
    SpinBox: element => {
      const { ariaValueNow: now, ariaValueMin: min, ariaValueMax: max } = inputOf(element)
      return { value: Number(now), limits: [Number(min), Number(max)] }
    },
    ScrollBar: element => ({ position: Math.round(Number(element.style.getPropertyValue('--pg-at')) * 1000) / 1000, orientation: element.dataset.orientation }),
    AbstractScrollArea: element => {
      const bars = parts(element, '.pg-scroll-bar').reverse()
      return { place: bars.map(bar => Math.round(Number((bar as HTMLElement).style.getPropertyValue('--pg-at')) * 1000) / 1000), bars: bars.map(bar => !(bar as HTMLElement).hidden) }
    },
    ScrollArea: element => ({ bars: [element.style.overflowX, element.style.overflowY].map(overflow => ({ scroll: 'on', hidden: 'off' })[overflow] ?? 'auto'), place: placeOf(element) }),
    TextArea: element => {
      const { value, readOnly, wrap } = element as HTMLTextAreaElement
      return { text: value, editable: !readOnly, wrap: wrap !== 'off', place: placeOf(element) }
    },
    HtmlView: element => ({ text: wordsOf(element), place: placeOf(element) }),
    ExternalWidget: element => ({ text: wordsOf(element) }),
    TextEntry: entryOf,
    TextEntrySet: element => ({ ...entryOf(element), button: textOf(element.querySelector('button')) }),
    ComboBox: element => {
      const control = element.querySelector('[role="combobox"]') as Element
      const editable = control instanceof HTMLInputElement
      return { text: editable ? control.value : textOf(control), editable, items: null, chosen: null }
    },
    ProgressBar: element => ({ value: Math.round((element.querySelector('progress')?.value ?? -1) * 1000) / 1000 }),
    Image: element => {
      if (element.tagName !== 'IMG') return {}
      const src = element.getAttribute('src')
      const bytes = src?.startsWith('blob:') === true
      return { picture: bytes ? null : src, bytes }
    }
  }

  const menuOf = (opener: Element, open: boolean): Glance => ({
    class: 'Menu', facts: {}, children: [], ...(opener.getAttribute('role') === 'menuitem' && { as: textOf(opener) }), ...(open && { opener: openers.indexOf(opener) })
  })

  const isOff = (element: Element): boolean => {
    const control = parts(element, 'input, button')[0] ?? element
    return element.closest('.pg-disabled, :disabled, [inert]:not(.pg-scene)') !== null || control.matches(':disabled')
  }

  const widget = (element: HTMLElement): Glance => {
    const name = classes.find(([mark]) => element.classList.contains(mark))?.[1] ?? element.className
    const seen = element.checkVisibility({ visibilityProperty: true })
    const enabled = !isOff(element)
    const opener = name !== 'ComboBox' ? -1 : openers.findIndex(opener => opener.parentElement === element)
    return {
      class: name,
      facts: { seen, enabled, tooltip: element.title, ...facts[name]?.(element) },
      children: [...inner(element, name), ...(element.ariaHasPopup === 'menu' ? [menuOf(element, seen && enabled)] : [])],
      ...(opener !== -1 && seen && enabled && { opener })
    }
  }

  const inner = (element: Element, name: string): Glance[] => {
    if (name === 'MDIWidget') {
      return parts(element, '.pg-sub-window').map(part => {
        const { title, state, box } = windowOf(part as HTMLElement)
        const ground = part.parentElement as Element
        const [x = 0, y = 0, ...size] = box as number[] | null ?? []
        return {
          ...widget(part.querySelector(':scope > .pg-window-content > .pg-widget') as HTMLElement),
          as: { title, state, box: state === 'normal' ? [x + ground.scrollLeft, y + ground.scrollTop, ...size] : null }
        }
      })
    }
    if (name === 'TabWidget' || name === 'StackWidget') {
      return parts(element, '[role="tab"]').map(tab =>
        ({ ...widget(byId(tab.getAttribute('aria-controls'))?.firstElementChild as HTMLElement), ...(name === 'TabWidget' && { as: textOf(tab) }) }))
    }
    const own = element.matches('.pg-widget') ? parts(element, PARTS) : [...element.querySelectorAll(PARTS)].filter(part => part.parentElement?.closest('.pg-widget') === null)
    return own.map(part => {
      if (part.getAttribute('role') === 'separator') return { class: 'separator', facts: {}, children: [] }
      if (!part.matches('.pg-widget')) return part.matches('[role="menuitem"]') ? menuOf(part, part.checkVisibility() && !isOff(part)) : { class: 'spacer', facts: {}, children: [] }
      const child = widget(part as HTMLElement)
      const place = placeIn(name, part as HTMLElement)
      return place === undefined ? child : { ...child, as: place }
    })
  }
  const placeIn = (name: string, { style, parentElement }: HTMLElement): unknown => {
    switch (name) {
      case 'Box': return Number(style.flexGrow)
      case 'Dialog': case 'ColorDialog': return parentElement?.classList.contains('pg-dialog-row') === true ? 'button' : Number(style.flexGrow)
      case 'GridBox': return [style.gridRowStart, style.gridColumnStart].map(line => Number(line) - 1)
      case 'FixedLayout': return [parentElement?.style.marginLeft, parentElement?.style.marginTop].map(length => parseFloat(length ?? ''))
      default: return undefined
    }
  }
  const PARTS = '.pg-widget, .pg-tool-separator, .pg-tool-spacer, .pg-menu-separator, [role="menuitem"][aria-haspopup="menu"]'

  // A hidden window is nowhere to be seen.
  const shown = root.matches('.pg-stage, .pg-modal') ? [...root.children].filter(child => !(child as HTMLElement).hidden).map(child => widget(child as HTMLElement)) : inner(root, 'Menu')
  return shown
}
