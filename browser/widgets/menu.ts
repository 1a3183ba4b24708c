import { ContainerWidget } from './container.ts'
import { float } from './floating.ts'
import type { Anchor, Floating } from './floating.ts'
import { icon } from '../icons.ts'
import { isCharacter, TypeAhead } from './type-ahead.ts'
import type { Init, Widget } from './widget.ts'

/** How a menu opens. */
export interface MenuOpening {
  /** Where it hangs. If that is an element, pressing it does not count as a press outside. */
  readonly anchor: Anchor
  readonly side: Floating['side']
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

/** What of a control reacts to the pointer: of a check box, its caption too. */
const areaOf = (item: HTMLElement): HTMLElement => item.closest('label') ?? item

/** Controls that need most keys for themselves. */
const WRITING = 'input:not([type="checkbox"], [type="radio"]), textarea, select'

const MARKS: ReadonlyArray<readonly [input: string, role: string]> =
  [['input[type="checkbox"]', 'menuitemcheckbox'], ['input[type="radio"]', 'menuitemradio']]

/** Check boxes and radio buttons may be items of a menu by its standard, other form controls may not. */
function beItem (control: HTMLElement, isItem: boolean): void {
  const [, role] = MARKS.find(([input]) => control.matches(input)) ?? []
  if (role === undefined) return
  if (isItem) control.role = role
  else control.removeAttribute('role')
}

/**
 * A list of actions that pops up, in the page's overlays while it is open. Arrow keys, Home, End and first letters
 * lead through it and through all controls in it, Right and Left into and out of submenus (the other way round where
 * text runs to the left), Escape closes.
 */
export class Menu extends ContainerWidget {
  /** The entries of submenus; what they open hangs elsewhere. */
  readonly #entries = new Map<Widget, HTMLButtonElement>()
  readonly #names = new Map<string, Menu>()
  readonly #search = new TypeAhead()
  #entry: HTMLButtonElement | null = null
  #opening: MenuOpening | null = null
  #above: Menu | null = null
  #below: Menu | null = null
  #end = new AbortController()
  #hover = 0

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-menu')
    this.element.role = 'menu'
    this.element.id = this.scene.uniqueId()
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

  /** Whether it can be opened. */
  get usable (): boolean { return this.get_enabled() && this.is_visible() }

  /** @param button - What opens it in a bar or a menu; it goes out of use, and out of sight, with the menu. */
  hangFrom (button: HTMLButtonElement | null): void {
    this.#entry = button
    this.#mark()
  }

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
    const entry = this.#makeEntry(name, submenu)
    this.#entries.set(submenu, entry)
    this.#names.set(name, submenu)
    submenu.hangFrom(entry)
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
      anchor: { x: left + (x ?? width / 2), y: top + (y ?? height / 2) },
      side: 'below',
      focus: 'menu',
      returnTo: focused instanceof HTMLElement && focused !== document.body ? focused : null
    })
  }

  override show (): void {
    super.show()
    this.#mark()
  }

  override hide (): void {
    super.hide()
    this.#mark()
  }

  /** Shows the menu, in place of where it may be shown already. */
  open (opening: MenuOpening, above: Menu | null = null): void {
    this.close(false)
    if (!this.usable) return
    this.#opening = opening
    this.#above = above
    this.#end = new AbortController()
    this.scene.overlays.append(this.element)
    const { signal } = this.#end
    signal.addEventListener('abort', float(this.element, opening.anchor, {
      side: opening.side,
      gap: above === null ? 4 : 0,
      // One that is too long for the viewport scrolls only from now on.
      placed: () => { if (this.element.contains(document.activeElement)) document.activeElement?.scrollIntoView({ block: 'nearest' }) }
    }))
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

  protected override disable (disabled: boolean): void {
    this.element.inert = disabled
    this.#mark()
  }

  protected override place (child: Widget, index: number): void {
    const next = this.children[index + 1]
    const before = next === undefined ? null : this.#entries.get(next) ?? next.element
    this.element.insertBefore(this.#entries.get(child) ?? child.element, before)
    beItem(child.focusTarget, true)
  }

  protected override displace (child: Widget): void {
    const entry = this.#entries.get(child)
    if (entry === undefined) {
      child.element.remove()
      beItem(child.focusTarget, false)
      return
    }
    if (child instanceof Menu) {
      child.close(false)
      child.hangFrom(null)
    }
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

  #makeEntry (name: string, submenu: Menu): HTMLButtonElement {
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

  #mark (): void {
    if (!this.usable) this.close(false)
    if (this.#entry === null) return
    this.#entry.disabled = !this.get_enabled()
    this.#entry.hidden = !this.is_visible()
  }

  get #leftwards (): boolean { return getComputedStyle(this.element).direction === 'rtl' }

  #descend (submenu: Menu, entry: HTMLElement, focus: MenuOpening['focus']): void {
    clearTimeout(this.#hover)
    this.#below?.close(false)
    submenu.close(false)
    // Known before the focus moves there, or this menu would take it for gone and close.
    this.#below = submenu
    entry.ariaExpanded = 'true'
    submenu.open({
      anchor: entry,
      side: 'beside',
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
    return below ?? this.#items().find(item => areaOf(item).contains(target))
  }

  #items (): HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('button, input, textarea, select, [tabindex]')].filter(enabled)
  }

  #pointed (event: PointerEvent): void {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
    if (this.#above !== null) clearTimeout(this.#above.#hover)
    const { target } = event
    const item = this.#items().find(item => areaOf(item).contains(target))
    if (item === undefined || item === document.activeElement) return
    if (!item.matches(WRITING)) item.focus({ preventScroll: true })
    clearTimeout(this.#hover)
    this.#hover = window.setTimeout(() => {
      const [submenu] = [...this.#entries].find(([, entry]) => entry === item) ?? []
      if (submenu instanceof Menu && submenu !== this.#below) this.#descend(submenu, item, 'none')
      else if (submenu === undefined) this.#below?.close(false)
    }, HOVER_DELAY)
  }

  #key (event: KeyboardEvent): void {
    const { key, target } = event
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return
    if (key === 'Tab') return this.top.close()
    const writing = target instanceof HTMLElement && target.matches(WRITING)
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
    const [inward, outward] = this.#leftwards ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
    switch (key) {
      case 'ArrowDown': return go(at + 1)
      case 'ArrowUp': return go(at === -1 ? -1 : at - 1)
      case 'Home': return go(0)
      case 'End': return go(-1)
      case 'Escape': this.close(); return true
      case inward: {
        const [submenu, entry] = [...this.#entries].find(([, entry]) => entry === target) ?? []
        if (submenu instanceof Menu && entry !== undefined) this.#descend(submenu, entry, 'first')
        else this.top.#opening?.sideways?.(1)
        return true
      }
      case outward:
        if (this.#above === null) this.#opening?.sideways?.(-1)
        else this.close()
        return true
    }
    if (!isCharacter(event) || (key === ' ' && !this.#search.searching)) return false
    const found = this.#search.find(key, items.map(item => areaOf(item).textContent?.trim() ?? ''), at)
    return found === -1 ? true : go(found)
  }
}
