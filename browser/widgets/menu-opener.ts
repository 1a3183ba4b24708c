import type { Menu, MenuOpening } from './menu.ts'

interface OpenerOptions {
  /** The menu to open; null for none. */
  menu (): Menu | null
  /** Whether the secondary mouse button opens it too. */
  readonly anyButton?: boolean
  sideways? (step: 1 | -1): void
  changed? (open: boolean): void
}

/**
 * Lets a control open a menu: by a press, which may go on as a drag to an item; by Enter, Space or Down; by a tap.
 * The same closes it.
 */
export class MenuOpener {
  readonly #control: HTMLElement
  readonly #options: OpenerOptions
  #open: Menu | null = null
  #pressed = false

  constructor (control: HTMLElement, options: OpenerOptions) {
    this.#control = control
    this.#options = options
    control.addEventListener('pointerdown', event => this.#press(event))
    // The browser would take the focus out of the menu that the press has just opened.
    control.addEventListener('mousedown', event => { if (this.opened) event.preventDefault() })
    control.addEventListener('click', () => {
      const pressed = this.#pressed
      this.#pressed = false
      if (!pressed) this.#toggle('first')
    })
    control.addEventListener('keydown', event => {
      if (this.#options.menu() === null || event.ctrlKey || event.altKey || event.metaKey) return
      const arrow = (event.key === 'ArrowDown' || event.key === 'ArrowUp') && !this.#upright
      if (!arrow && !(event.key === 'Escape' && this.opened)) return
      event.preventDefault()
      if (event.key === 'Escape') this.close()
      else this.open(event.key === 'ArrowDown' ? 'first' : 'last')
    })
    this.refresh()
  }

  // In a tool bar that runs down, the vertical arrows lead on to the next action.
  get #upright (): boolean { return this.#control.closest('[role="toolbar"][aria-orientation="vertical"]') !== null }

  get opened (): boolean { return this.#open !== null }

  /** Says again whether there is a menu. */
  refresh (): void {
    const menu = this.#options.menu()
    if (this.#open !== menu) this.close(false)
    this.#control.ariaHasPopup = menu === null ? null : 'menu'
    this.#control.ariaExpanded = menu === null ? null : String(this.opened)
  }

  open (focus: MenuOpening['focus']): void {
    const menu = this.#options.menu()
    if (menu?.usable !== true || this.#control.matches(':disabled')) return
    menu.open({
      anchor: this.#control,
      side: this.#upright ? 'beside' : 'below',
      focus,
      returnTo: this.#control,
      sideways: step => this.#options.sideways?.(step),
      closed: () => {
        this.#open = null
        this.#control.ariaExpanded = 'false'
        this.#options.changed?.(false)
      }
    })
    this.#open = menu
    this.#control.ariaExpanded = 'true'
    this.#options.changed?.(true)
  }

  /** @param giveBack - Whether the control gets the focus. */
  close (giveBack = true): void { this.#open?.close(giveBack) }

  // A finger may be about to scroll: for it, and for assistive tools, the click counts.
  #press (event: PointerEvent): void {
    if (event.pointerType === 'touch' || !(event.button === 0 || (event.button === 2 && this.#options.anyButton === true))) return
    if (this.#options.menu() === null) return
    this.#pressed = event.button === 0
    this.#toggle('menu')
    this.#open?.followPress(event)
  }

  #toggle (focus: MenuOpening['focus']): void {
    if (this.opened) this.close()
    else this.open(focus)
  }
}
