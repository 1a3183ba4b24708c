import { ContainerWidget } from './container.ts'
import { float, pointAnchor } from './floating.ts'
import type { Anchor, Placement } from './floating.ts'
import { icon } from '../icons.ts'
import { isCharacter, TypeAhead } from './type-ahead.ts'
import type { Init, Widget } from './widget.ts'

/** How a menu opens. */
export interface MenuOpening {
  /** Where it hangs. If that is an element, pressing it does not count as a press outside. */
  readonly anchor: Anchor
  readonly placement: Placement
  /** What gets the focus; `none` leaves it where it is. */
  readonly focus: 'first' | 'last' | 'menu' | 'none'
  /** What gets the focus back. */
  readonly returnTo: HTMLElement | null
  /** Left or right was pressed where it has no meaning in the menu. */
  sideways? (step: 1 | -1): void
  closed? (): void
}

/** How long the pointer may stray over other entries on its way into a submenu, ms. */
const HOVER_DELAY = 140
/** How far a pointer moves in what is a drag, px. */
const SLACK = 4

const enabled = (item: HTMLElement): boolean => !item.matches(':disabled') && item.closest('[inert], [hidden]') === null

/**
 * A list of actions that pops up, in the page's overlays while it is open. Arrow keys, Home, End and first letters
 * lead through it, Right and Left into and out of submenus, Escape closes.
 */
export class Menu extends ContainerWidget {
  /** The entries of submenus; what they open hangs elsewhere. */
  readonly #entries = new Map<Widget, HTMLButtonElement>()
  readonly #names = new Map<string, Menu>()
  readonly #search = new TypeAhead()
  #opening: MenuOpening | null = null
  #above: Menu | null = null
  #below: Menu | null = null
  #end = new AbortController()
  #hover = 0

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-menu')
    this.element.role = 'menu'
    this.element.tabIndex = -1
    this.element.addEventListener('keydown', event => this.#key(event))
    this.element.addEventListener('pointermove', event => this.#pointed(event))
    this.element.addEventListener('contextmenu', event => event.preventDefault())
    this.element.addEventListener('click', ({ target }) => {
      // Actions end the menu, other controls may be used again.
      if (target instanceof Element && target.closest('.pg-menu-action') !== null) this.top.close()
    })
    this.element.addEventListener('focusout', ({ relatedTarget }) => {
      if (relatedTarget instanceof Node && this.top.#holds(relatedTarget)) return
      this.top.close(relatedTarget === null)
    })
  }

  /** Whether it is on screen. */
  get opened (): boolean { return this.#opening !== null }

  /** The menu that this one was opened from, however indirectly. */
  get top (): Menu { return this.#above?.top ?? this }

  add_widget (child: Widget): void { this.adopt(child) }

  add_name (name: string, checkable = false): Widget {
    const action = this.scene.make<Widget>('MenuAction', { text: name, checkable })
    this.adopt(action)
    return action
  }

  add_menu (name: string, menu: Menu | null = null): Menu {
    const submenu = menu ?? this.scene.make<Menu>('Menu')
    if (!(submenu instanceof Menu)) throw new TypeError('Not a menu')
    if (submenu.parent === this) this.release(submenu)
    this.#entries.set(submenu, this.#entry(name, submenu))
    this.#names.set(name, submenu)
    submenu.element.setAttribute('aria-label', name)
    this.adopt(submenu)
    return submenu
  }

  add_separator (): void {
    const rule = document.createElement('div')
    rule.className = 'pg-menu-separator'
    rule.role = 'separator'
    this.element.append(rule)
  }

  get_menu (name: string): Menu | null { return this.#names.get(name) ?? null }

  /** @param x - px from the left of the page; the middle if absent. @param y - px from the top of the page. */
  popup (x: number | null = null, y: number | null = null): void {
    const { left, top, width, height } = this.scene.element.getBoundingClientRect()
    const focused = document.activeElement
    this.open({
      anchor: pointAnchor(left + (x ?? width / 2), top + (y ?? height / 2)),
      placement: 'bottom-start',
      focus: 'menu',
      returnTo: focused instanceof HTMLElement && focused !== document.body ? focused : null
    })
  }

  /** Shows the menu, in place of where it may be shown already. */
  open (opening: MenuOpening, above: Menu | null = null): void {
    this.close(false)
    this.#opening = opening
    this.#above = above
    this.#end = new AbortController()
    this.scene.overlays.append(this.element)
    const { signal } = this.#end
    signal.addEventListener('abort', float(this.element, opening.anchor, { placement: opening.placement, gap: above === null ? 4 : 0 }))
    if (above === null) {
      document.addEventListener('pointerdown', ({ target }) => {
        if (!(target instanceof Node && this.#holds(target))) this.close(false)
      }, { capture: true, signal })
    }
    if (opening.focus === 'menu') this.element.focus({ preventScroll: true })
    else if (opening.focus !== 'none') (this.#items().at(opening.focus === 'first' ? 0 : -1) ?? this.element).focus()
  }

  /** @param giveBack - Whether the opener gets the focus. */
  close (giveBack = true): void {
    const opening = this.#opening
    if (opening === null) return
    this.#opening = null
    this.#below?.close(false)
    if (this.#above !== null && this.#above.#below === this) this.#above.#below = null
    clearTimeout(this.#hover)
    this.#end.abort()
    // First, so that taking the menu away does not drop the focus.
    if (giveBack) opening.returnTo?.focus({ preventScroll: true })
    this.element.remove()
    opening.closed?.()
  }

  /** A press that opened the menu goes on: an item that it is released over is chosen. */
  followPress (press: PointerEvent): void {
    document.addEventListener('pointerup', ({ clientX, clientY }) => {
      if (Math.hypot(clientX - press.clientX, clientY - press.clientY) <= SLACK) return
      const target = document.elementFromPoint(clientX, clientY)
      if (target !== null) this.#itemAt(target)?.click()
    }, { signal: this.#end.signal, once: true })
  }

  protected override place (child: Widget, index: number): void {
    const next = this.children[index + 1]
    const before = next === undefined ? null : this.#entries.get(next) ?? next.element
    this.element.insertBefore(this.#entries.get(child) ?? child.element, before)
    const { focusTarget } = child
    // A check box may be an item of a menu by its standard, other form controls may not.
    if (focusTarget.matches('input[type="checkbox"]')) focusTarget.role = 'menuitemcheckbox'
  }

  protected override displace (child: Widget): void {
    const entry = this.#entries.get(child)
    if (entry === undefined) {
      child.element.remove()
      if (child.focusTarget.matches('input[type="checkbox"]')) child.focusTarget.removeAttribute('role')
      return
    }
    if (child instanceof Menu) child.close(false)
    entry.remove()
    this.#entries.delete(child)
    for (const [name, menu] of this.#names) if (menu === child) this.#names.delete(name)
  }

  // Before it is taken out: the focus that it would lose on the way would close it in the middle of that.
  protected override detach (): void {
    this.close(false)
    super.detach()
  }

  override dispose (): void {
    this.close(false)
    super.dispose()
  }

  #entry (name: string, submenu: Menu): HTMLButtonElement {
    const entry = document.createElement('button')
    entry.type = 'button'
    entry.className = 'pg-menu-item'
    entry.role = 'menuitem'
    entry.tabIndex = -1
    entry.ariaHasPopup = 'menu'
    entry.ariaExpanded = 'false'
    const caption = document.createElement('span')
    caption.className = 'pg-caption'
    caption.textContent = name
    entry.append(caption, icon('chevron-right'))
    entry.addEventListener('click', () => this.#descend(submenu, entry, 'first'))
    return entry
  }

  #descend (submenu: Menu, entry: HTMLElement, focus: MenuOpening['focus']): void {
    clearTimeout(this.#hover)
    this.#below?.close(false)
    submenu.close(false)
    // Known before the focus moves there, or this menu would take it for gone and close.
    this.#below = submenu
    entry.ariaExpanded = 'true'
    submenu.open({
      anchor: entry,
      placement: 'right-start',
      focus,
      returnTo: entry,
      closed: () => { entry.ariaExpanded = 'false' }
    }, this)
  }

  #holds (node: Node): boolean {
    const anchor = this.#opening?.anchor
    return this.element.contains(node) || (anchor instanceof Node && anchor.contains(node)) || (this.#below !== null && this.#below.#holds(node))
  }

  #itemAt (target: Element): HTMLElement | undefined {
    const below = this.#below === null ? undefined : this.#below.#itemAt(target)
    return below ?? this.#items().find(item => item.contains(target))
  }

  #items (): HTMLElement[] {
    return this.children
      .map(child => this.#entries.get(child) ?? child.focusTarget)
      .filter(item => item.matches('button, input, [tabindex]') && enabled(item))
  }

  #pointed (event: PointerEvent): void {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
    if (this.#above !== null) clearTimeout(this.#above.#hover)
    const { target } = event
    const item = this.#items().find(item => item.contains(target) || item.parentElement === target)
    if (item === undefined || item === document.activeElement) return
    if (!item.matches('input:not([type="checkbox"])')) item.focus({ preventScroll: true })
    clearTimeout(this.#hover)
    this.#hover = window.setTimeout(() => {
      const [submenu] = [...this.#entries].find(([, entry]) => entry === item) ?? []
      if (submenu instanceof Menu && submenu !== this.#below) this.#descend(submenu, item, 'none')
      else if (submenu === undefined) this.#below?.close(false)
    }, HOVER_DELAY)
  }

  #key (event: KeyboardEvent): void {
    const { key, target } = event
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (key === 'Tab') return this.top.close()
    const writing = target instanceof HTMLElement && target.matches('input:not([type="checkbox"])')
    if (writing && !['ArrowUp', 'ArrowDown', 'Escape'].includes(key)) return
    if (this.#act(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  #act (event: KeyboardEvent): boolean {
    const { key, target } = event
    const items = this.#items()
    const at = items.findIndex(item => item === target)
    const go = (index: number): true => {
      items.at(index % Math.max(1, items.length))?.focus()
      return true
    }
    switch (key) {
      case 'ArrowDown': return go(at + 1)
      case 'ArrowUp': return go(at === -1 ? -1 : at - 1)
      case 'Home': return go(0)
      case 'End': return go(-1)
      case 'Escape': this.close(); return true
      case 'ArrowRight': {
        const [submenu, entry] = [...this.#entries].find(([, entry]) => entry === target) ?? []
        if (submenu instanceof Menu && entry !== undefined) this.#descend(submenu, entry, 'first')
        else this.top.#opening?.sideways?.(1)
        return true
      }
      case 'ArrowLeft':
        if (this.#above === null) this.#opening?.sideways?.(-1)
        else this.close()
        return true
    }
    if (!isCharacter(event) || (key === ' ' && !this.#search.searching)) return false
    const found = this.#search.find(key, items.map(item => (item.closest('label') ?? item).textContent?.trim() ?? ''), at)
    return found === -1 ? true : go(found)
  }
}
