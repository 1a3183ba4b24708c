import { ContainerWidget } from './container.ts'
import { Menu } from './menu.ts'
import { MenuOpener } from './menu-opener.ts'
import { Picture } from './picture.ts'
import type { Size } from './picture.ts'
import { Roving } from './roving.ts'
import { isCharacter, TypeAhead } from './type-ahead.ts'
import type { Init, Widget } from './widget.ts'

interface EntryOptions {
  readonly icon_url?: string | null
  readonly iconsize?: Size | null
  readonly icon_only?: boolean
}

interface Entry {
  readonly name: string
  readonly button: HTMLButtonElement
  readonly opener: MenuOpener
}

/** A row of menus. Left and Right lead from one to the next, also while they are open. */
export class MenuBar extends ContainerWidget {
  readonly #entries = new Map<Widget, Entry>()
  readonly #roving: Roving
  readonly #search = new TypeAhead()

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-menu-bar')
    this.element.role = 'menubar'
    this.#roving = new Roving(this.element, { items: () => this.#buttons(), vertical: () => false })
    this.element.addEventListener('keydown', event => this.#seek(event))
  }

  override get focusTarget (): HTMLElement { return this.#roving.current ?? this.element }

  /** @param options - `iconsize` in px. */
  add_menu (menu: Menu, name: string, options: EntryOptions | null = {}): void {
    if (!(menu instanceof Menu)) throw new TypeError('Not a menu')
    if (menu.parent === this) this.release(menu)
    const entry = this.#entry(menu, name, options ?? {})
    this.#entries.set(menu, entry)
    menu.hangFrom(entry.button)
    menu.element.setAttribute('aria-label', name)
    this.adopt(menu)
    this.#roving.refresh()
  }

  add_name (name: string): Menu {
    const menu = this.scene.make<Menu>('Menu')
    this.add_menu(menu, name)
    return menu
  }

  get_menu (name: string): Menu | null {
    const [menu] = [...this.#entries].findLast(([, entry]) => entry.name === name) ?? []
    return menu instanceof Menu ? menu : null
  }

  protected override place (child: Widget, index: number): void {
    const next = this.children[index + 1]
    const entry = this.#entries.get(child)
    if (entry !== undefined) this.element.insertBefore(entry.button, next === undefined ? null : this.#entries.get(next)?.button ?? null)
  }

  protected override displace (child: Widget): void {
    const entry = this.#entries.get(child)
    entry?.opener.close(false)
    entry?.button.remove()
    if (child instanceof Menu) child.hangFrom(null)
    this.#entries.delete(child)
    this.#roving.refresh()
  }

  #entry (menu: Menu, name: string, { icon_url: url = null, iconsize = null, icon_only: iconOnly = false }: EntryOptions): Entry {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'pg-menu-bar-item'
    button.role = 'menuitem'
    const caption = document.createElement('span')
    caption.className = 'pg-caption'
    caption.textContent = name
    button.append(caption)
    const picture = new Picture(button, [16, 16])
    picture.set(url, iconsize)
    if (iconOnly && picture.shown) {
      caption.classList.add('pg-unseen')
      button.title = name
    }
    const opener = new MenuOpener(button, {
      menu: () => menu,
      sideways: step => this.#move(button, step)
    })
    button.addEventListener('pointerenter', ({ pointerType }) => {
      const other = [...this.#entries.values()].find(entry => entry.opener.opened)
      if (pointerType === 'touch' || other === undefined || other.opener === opener || !menu.usable) return
      other.opener.close(false)
      opener.open('menu')
    })
    return { name, button, opener }
  }

  #buttons (): HTMLButtonElement[] {
    return this.children.flatMap(child => this.#entries.get(child)?.button ?? [])
  }

  // Along the bar with an open menu: the neighbour's opens instead.
  #move (from: HTMLButtonElement, step: 1 | -1): void {
    const entries = this.children.flatMap(child => this.#entries.get(child) ?? []).filter(({ button }) => !button.disabled && !button.hidden)
    const at = entries.findIndex(({ button }) => button === from)
    const next = entries.at((at + step) % entries.length)
    if (next === undefined || next.button === from) return
    entries[at]?.opener.close(false)
    this.#roving.current = next.button
    next.opener.open('first')
  }

  #seek (event: KeyboardEvent): void {
    const buttons = this.#buttons()
    const at = buttons.findIndex(button => button === event.target)
    if (at === -1 || !isCharacter(event) || event.key === ' ') return
    buttons[this.#search.find(event.key, buttons.map(({ textContent }) => textContent ?? ''), at)]?.focus()
  }
}
