import { icon } from '../icons.ts'
import type { Menu } from './menu.ts'
import { MenuOpener } from './menu-opener.ts'
import { Picture } from './picture.ts'
import type { Size } from './picture.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly text: string | null
  readonly icon_url: string | null
  readonly iconsize: Size | null
  readonly toggle: boolean
  readonly group: ToolBarAction | null
  readonly menu: Menu | null
}

/** A button of a tool bar: plain, latching, one of a group, or with a menu. */
export class ToolBarAction extends Widget {
  readonly #caption = document.createElement('span')
  readonly #arrow = icon('chevron-down')
  readonly #picture: Picture
  readonly #latches: boolean
  readonly #opener: MenuOpener
  /** All that are down at most one at a time, this one included. */
  readonly #group: Set<ToolBarAction>
  #text: string | null = null
  #menu: Menu | null = null
  #down = false

  constructor (init: Init<readonly unknown[], Options>) {
    super(init, 'button')
    const { text, icon_url: url, iconsize, toggle, group, menu } = init.options
    this.#group = group === null ? new Set() : group.#group
    this.#group.add(this)
    this.#latches = toggle || group !== null
    this.#caption.className = 'pg-caption'
    this.element.classList.add('pg-tool')
    this.element.setAttribute('type', 'button')
    this.#picture = new Picture(this.element, [18, 18])
    this.#opener = new MenuOpener(this.element, { menu: () => this.#menu })
    this.set_text(text)
    this.set_icon(url, iconsize)
    this.set_menu(menu)
    this.set_state(false)
    this.element.addEventListener('click', () => this.#use())
  }

  set_text (text: string | null): void {
    this.#text = text
    this.#caption.textContent = text
    if (text === null || text === '') this.#caption.remove()
    else if (this.#arrow.parentElement === this.element) this.#arrow.before(this.#caption)
    else this.element.append(this.#caption)
    this.#name()
  }

  get_text (): string | null { return this.#text }

  /** @param size - px; null for 18 by 18. */
  set_icon (url: string | null, size: Size | null = null): void { this.#picture.set(url, size) }

  /** Puts it down or up; down lets go of the others of its group, silently. */
  set_state (down: boolean): void {
    this.#down = down
    if (this.#latches || down) this.element.ariaPressed = String(down)
    else this.element.ariaPressed = null
    if (down) for (const mate of this.#group) if (mate !== this && mate.#down) mate.set_state(false)
  }

  get_state (): boolean { return this.#down }

  set_menu (menu: Menu | null): void {
    this.#menu = menu
    this.#opener.refresh()
    if (menu === null) this.#arrow.remove()
    else this.element.append(this.#arrow)
  }

  override set_tooltip (msg: string | null): void {
    super.set_tooltip(msg)
    this.#name()
  }

  override dispose (): void {
    this.#opener.close(false)
    this.#group.delete(this)
    super.dispose()
  }

  #name (): void {
    const named = (this.#text ?? '') !== '' || this.get_tooltip() !== ''
    this.element.ariaLabel = named ? null : 'Action'
  }

  #use (): void {
    if (this.#menu !== null) return
    if (!this.#latches) {
      this.fire('activated')
      return
    }
    this.set_state(!this.#down)
    this.fire('activated', this.#down)
  }
}
