import { icon } from '../icons.ts'
import { ContainerWidget } from './container.ts'
import { isRightToLeft } from './direction.ts'
import { schemeOn } from './ink.ts'
import { Roving } from './roving.ts'
import { onTabDrag } from './tab-drag.ts'
import { TabStrip } from './tab-strip.ts'
import type { Init, Widget } from './widget.ts'

type Position = 'top' | 'bottom' | 'left' | 'right' | 'none'

type Options = {
  readonly closable: boolean
  readonly reorderable: boolean
  readonly tab_position: Position
}

interface Tab {
  readonly id: string
  readonly head: HTMLElement
  readonly caption: HTMLElement
  readonly panel: HTMLElement
}

const positions: readonly string[] = ['top', 'bottom', 'left', 'right', 'none']

/**
 * Pages under tabs. Arrow keys, Home and End lead from tab to tab and show its page; Delete asks to close it. Where
 * tabs may be moved, that is by dragging, or by Ctrl+Shift and an arrow key. The pages follow the tabs if the server
 * listens to that. A reference server does not: then it is a matter of looks, and positions are those that it knows.
 */
export class TabWidget extends ContainerWidget {
  readonly #options: Options
  readonly #strip = new TabStrip({ vertical: () => this.#vertical, current: () => this.#currentHead })
  readonly #bar = this.#strip.bar
  readonly #news = document.createElement('span')
  readonly #panels = document.createElement('div')
  readonly #tabs = new Map<Widget, Tab>()
  readonly #roving: Roving
  #position: Position = 'top'
  #current: Widget | null = null
  #nextTab = 0

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    this.#options = init.options
    this.element.classList.add('pg-tab-widget')
    this.#panels.className = 'pg-tab-panels'
    this.#news.className = 'pg-unseen'
    this.#news.role = 'status'
    this.element.append(this.#strip.element, this.#panels, this.#news)
    this.#roving = new Roving(this.#bar, {
      items: () => this.#heads(),
      vertical: () => this.#vertical,
      moved: head => this.#select(this.#pageOf(head))
    })
    this.#bar.addEventListener('keydown', event => this.#key(event))
    this.#place(init.options.tab_position)
  }

  override get focusTarget (): HTMLElement { return this.#currentHead ?? this.element }

  /** Whether pages are shown as those of tabs. */
  protected get tabbed (): boolean { return true }

  add_widget (child: Widget, options: { readonly title?: string } | null = {}): void {
    const title = options?.title ?? ''
    const known = this.#tabs.get(child)
    if (known === undefined) this.#tabs.set(child, this.#tab(child, title))
    else this.set_tab_title(child, title)
    this.adopt(child)
  }

  show_widget (child: Widget): void { if (this.#tabs.has(child)) this.#select(child) }

  close_widget (child: Widget): void { this.remove(child) }

  set_index (index: number): void {
    const child = this.children[index]
    if (child !== undefined) this.#select(child)
  }

  get_index (): number { return this.#current === null ? -1 : this.children.indexOf(this.#current) }

  get_tab_id (child: Widget): string | null { return this.#tabs.get(child)?.id ?? null }

  get_child (id: string): Widget | null { return [...this.#tabs].find(([, tab]) => tab.id === id)?.[0] ?? null }

  index_of (child: Widget): number { return this.children.indexOf(child) }

  index_to_widget (index: number): Widget | null { return this.children[index] ?? null }

  /** @param index - Its position from now on; beyond the end is the end. */
  move_widget (child: Widget, index: number): void { this.reposition(child, index) }

  set_tab_title (child: Widget, title: string | null): void {
    const caption = this.#tabs.get(child)?.caption
    if (caption === undefined) return
    caption.textContent = title ?? ''
    this.#strip.refresh()
  }

  get_tab_title (child: Widget): string | null { return this.#tabs.get(child)?.caption.textContent ?? null }

  highlight_tab (child: Widget, color: string | null): void {
    const head = this.#tabs.get(child)?.head
    if (head === undefined) return
    head.style.setProperty('--pg-tab-mark', color ?? '')
    head.style.colorScheme = schemeOn(color)
    head.classList.toggle('pg-marked', color !== null && color !== '')
  }

  set_tab_position (position: Position): void { this.#place(position) }

  signal_close (id: string): void {
    const child = this.get_child(id)
    if (child !== null) this.fire('page-close', child)
  }

  protected override place (child: Widget, index: number): void {
    const tab = this.#tabs.get(child)
    if (tab === undefined) return
    const next = this.children[index + 1]
    this.#bar.insertBefore(tab.head, next === undefined ? null : this.#tabs.get(next)?.head ?? null)
    tab.panel.append(child.element)
    this.#panels.append(tab.panel)
    if (this.#current === null) this.#select(child)
    this.#roving.refresh()
    this.#strip.refresh()
  }

  protected override moved (): void {
    const heads = this.children.flatMap(child => this.#tabs.get(child)?.head ?? [])
    if (heads.every((head, index) => head === this.#bar.children[index])) return
    // The others move around the one that somebody has hold of, which would lose the focus or the pointer.
    const still = heads.find(head => head.classList.contains('pg-dragged') || head === document.activeElement) ?? heads[0]
    if (still === undefined) return
    const at = heads.indexOf(still)
    still.before(...heads.slice(0, at))
    still.after(...heads.slice(at + 1))
    this.#strip.refresh()
  }

  protected override displace (child: Widget, index: number): void {
    const tab = this.#tabs.get(child)
    const focused = tab?.head === document.activeElement
    tab?.head.remove()
    tab?.panel.remove()
    child.element.remove()
    this.#tabs.delete(child)
    if (this.#current === child) {
      this.#current = null
      const next = this.children[Math.min(index, this.children.length - 1)]
      if (next !== undefined) this.#select(next)
    }
    if (focused) this.focusTarget.focus({ preventScroll: true })
    this.#roving.refresh()
    this.#strip.refresh()
  }

  override dispose (): void {
    this.#strip.dispose()
    super.dispose()
  }

  /** The visual order of the tabs, where it is not the order of the pages. */
  override carry (): number[] | undefined {
    const pages = this.#heads().map(head => this.#pageOf(head).wid)
    return pages.every((wid, index) => wid === this.children[index]?.wid) ? undefined : pages
  }

  override resume (carried: unknown): void {
    for (const wid of carried as number[]) {
      const child = this.children.find(child => child.wid === wid)
      const tab = child === undefined ? undefined : this.#tabs.get(child)
      if (tab !== undefined) this.#bar.append(tab.head)
    }
  }

  get #vertical (): boolean { return this.#position === 'left' || this.#position === 'right' }

  #heads (): HTMLElement[] { return [...this.#bar.children] as HTMLElement[] }

  get #currentHead (): HTMLElement | null { return (this.#current === null ? null : this.#tabs.get(this.#current)?.head) ?? null }

  #place (position: Position): void {
    this.#position = positions.includes(position) ? position : 'top'
    this.element.dataset.tabs = this.#position
    this.#strip.element.hidden = this.#position === 'none'
    this.#bar.ariaOrientation = this.#vertical ? 'vertical' : 'horizontal'
    this.#strip.refresh()
  }

  #pageOf (head: HTMLElement): Widget {
    const [child] = [...this.#tabs].find(([, tab]) => tab.head === head) ?? []
    return child as Widget
  }

  #tab (child: Widget, title: string): Tab {
    const id = `tab_${this.#nextTab++}`
    const head = document.createElement('div')
    const panel = document.createElement('div')
    const caption = document.createElement('span')
    head.className = 'pg-tab'
    head.role = 'tab'
    head.id = this.scene.uniqueId()
    head.ariaSelected = 'false'
    caption.className = 'pg-caption'
    caption.textContent = title
    head.append(caption)
    panel.className = 'pg-tab-panel'
    panel.id = this.scene.uniqueId()
    panel.hidden = true
    if (this.tabbed) {
      panel.role = 'tabpanel'
      panel.setAttribute('aria-labelledby', head.id)
    }
    head.setAttribute('aria-controls', panel.id)
    head.addEventListener('click', () => this.#select(child))
    const { closable, reorderable } = this.#options
    if (closable) this.#makeClosable(head, child)
    if (reorderable) {
      head.classList.add('pg-movable')
      onTabDrag(head, { vertical: () => this.#vertical, started: () => this.#select(child), dropped: () => this.#dropped(head) })
    }
    const keys = [closable && 'Delete closes the tab', reorderable && 'Ctrl, Shift and an arrow key move the tab'].filter(text => text !== false)
    if (keys.length > 0) head.setAttribute('aria-description', keys.join('. '))
    return { id, head, caption, panel }
  }

  // Not a button: controls inside a tab are out of reach for many. Delete does the same by keyboard.
  #makeClosable (head: HTMLElement, child: Widget): void {
    const close = document.createElement('span')
    close.className = 'pg-tab-close'
    close.title = 'Close'
    close.setAttribute('aria-hidden', 'true')
    close.append(icon('close'))
    close.addEventListener('pointerdown', event => event.stopPropagation())
    close.addEventListener('click', event => {
      event.stopPropagation()
      this.fire('page-close', child)
    })
    head.setAttribute('aria-keyshortcuts', 'Delete')
    head.append(close)
  }

  #select (child: Widget): void {
    if (this.#current === child) return
    this.#current = child
    for (const [page, { head, panel }] of this.#tabs) {
      const shown = page === child
      head.ariaSelected = String(shown)
      panel.hidden = !shown
      if (shown) this.#roving.current = head
      if (shown) this.#strip.reveal(head)
    }
    this.fire('page-switch', child, this.children.indexOf(child))
  }

  /** A tab was put somewhere: its page follows, if the server wants to hear of it. */
  #dropped (head: HTMLElement): void {
    const child = [...this.#tabs].find(([, tab]) => tab.head === head)?.[0]
    if (child === undefined || !this.listens('page-move')) return
    const index = this.#heads().indexOf(head)
    if (index === this.children.indexOf(child)) return
    this.reposition(child, index)
    this.fire('page-move', child, index)
  }

  #key (event: KeyboardEvent): void {
    const head = event.target
    if (!(head instanceof HTMLElement) || head.role !== 'tab') return
    const row = isRightToLeft(this.#bar) ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
    const [back, on] = this.#vertical ? ['ArrowUp', 'ArrowDown'] : row
    if (event.key === 'Delete' && this.#options.closable) this.fire('page-close', this.#pageOf(head))
    else if (event.key === 'Enter' || event.key === ' ') this.#select(this.#pageOf(head))
    else if (this.#options.reorderable && event.ctrlKey && event.shiftKey && (event.key === back || event.key === on)) {
      // The neighbour moves, so that this one keeps the focus.
      if (event.key === back && head.previousElementSibling !== null) head.after(head.previousElementSibling)
      if (event.key === on && head.nextElementSibling !== null) head.before(head.nextElementSibling)
      this.#strip.reveal(head)
      this.#dropped(head)
      this.#news.textContent = `Tab ${this.#heads().indexOf(head) + 1} of ${this.#tabs.size}`
    } else return
    event.preventDefault()
  }
}
