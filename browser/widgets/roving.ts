import { isRightToLeft } from './direction.ts'

/** What of the keyboard a group of controls uses. */
export interface RovingOptions {
  /** The controls as they are now, in visual order. */
  items (): readonly HTMLElement[]
  /** Whether the arrows of the vertical, not of the horizontal direction lead from one to the next. */
  vertical (): boolean
  /** Called when a key led to an item, before it is focused. */
  moved? (item: HTMLElement): void
}

/** Whether the control uses arrow keys itself. */
const usesArrows = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input:not([type="checkbox"], [type="radio"], [type="button"]), textarea, [role="combobox"], [role="separator"]')

/** One tab stop for a group of controls; arrow keys, Home and End lead from one to the other. */
export class Roving {
  readonly #element: HTMLElement
  readonly #options: RovingOptions
  #current: HTMLElement | null = null

  constructor (element: HTMLElement, options: RovingOptions) {
    this.#element = element
    this.#options = options
    element.addEventListener('focusin', ({ target }) => {
      const item = this.#options.items().find(item => item === target)
      if (item !== undefined) this.current = item
    })
    element.addEventListener('keydown', event => this.#key(event))
    // An item that is disabled or gone must not take the only tab stop with it.
    new MutationObserver(() => this.refresh()).observe(element, {
      attributes: true, attributeFilter: ['disabled', 'hidden', 'inert'], childList: true, subtree: true
    })
  }

  /** The item that has the tab stop. */
  get current (): HTMLElement | null { return this.#current }

  set current (item: HTMLElement | null) {
    this.#current = item
    this.refresh()
  }

  /** Puts the tab stop where it belongs. */
  refresh (): void {
    const items = this.#options.items()
    const candidates = items.filter(item => this.#isUsable(item))
    if (this.#current === null || !candidates.includes(this.#current)) this.#current = candidates[0] ?? null
    for (const item of items) item.tabIndex = item === this.#current ? 0 : -1
  }

  // Whether all around is out of use, behind a dialog or a scene that comes, says nothing of one item.
  #isUsable (item: HTMLElement): boolean {
    const off = item.closest('[inert], [hidden]')
    return !item.matches(':disabled') && (off === null || !this.#element.contains(off))
  }

  #key (event: KeyboardEvent): void {
    const { key, target } = event
    const items = this.#options.items().filter(item => this.#isUsable(item))
    const from = items.findIndex(item => item === target)
    if (from === -1 || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.defaultPrevented || usesArrows(target)) return
    const row = isRightToLeft(target as Element) ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
    const [back, on] = this.#options.vertical() ? ['ArrowUp', 'ArrowDown'] : row
    const to = key === on ? from + 1 : key === back ? from - 1 : key === 'Home' ? 0 : key === 'End' ? items.length - 1 : null
    if (to === null) return
    event.preventDefault()
    const item = items[(to + items.length) % items.length] as HTMLElement
    this.#options.moved?.(item)
    item.focus()
  }
}
