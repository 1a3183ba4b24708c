import { icon } from '../icons.ts'
import { ContainerWidget } from './container.ts'
import { Roving } from './roving.ts'
import { onTabDrag } from './tab-drag.ts'
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
 * tabs may be moved, that is by dragging, or by Ctrl+Shift and an arrow key. Moving them is a matter of looks: to the
 * server the pages stay in the order in which it added them.
 */
export class TabWidget extends ContainerWidget {
  readonly #options: Options
  readonly #bar = document.createElement('div')
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
    this.#bar.className = 'pg-tab-bar'
    this.#bar.role = 'tablist'
    this.#panels.className = 'pg-tab-panels'
    this.element.append(this.#bar, this.#panels)
    this.#roving = new Roving(this.#bar, {
      items: () => [...this.#bar.querySelectorAll<HTMLElement>('[role="tab"]')],
      vertical: () => this.#vertical,
      moved: head => this.#select(this.#pageOf(head))
    })
    this.#bar.addEventListener('keydown', event => this.#key(event))
    this.set_tab_position(init.options.tab_position)
  }

  override get focusTarget (): HTMLElement {
    return (this.#current === null ? null : this.#tabs.get(this.#current)?.head) ?? this.element
  }

  add_widget (child: Widget, options: { readonly title?: string } | null = {}): void {
    const title = options?.title ?? ''
    const known = this.#tabs.get(child)
    if (known === undefined) this.#tabs.set(child, this.#tab(child, title))
    else known.caption.textContent = title
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

  highlight_tab (child: Widget, color: string | null): void {
    const head = this.#tabs.get(child)?.head
    head?.style.setProperty('--pg-tab-mark', color ?? '')
    head?.classList.toggle('pg-marked', color !== null && color !== '')
  }

  set_tab_position (position: Position): void {
    this.#position = positions.includes(position) ? position : 'top'
    this.element.dataset.tabs = this.#position
    this.#bar.hidden = this.#position === 'none'
    this.#bar.ariaOrientation = this.#vertical ? 'vertical' : 'horizontal'
  }

  signal_close (id: string): void {
    const child = this.get_child(id)
    if (child !== null) this.fire('page-close', child)
  }

  protected override disable (disabled: boolean): void { this.element.inert = disabled }

  protected override place (child: Widget, index: number): void {
    const tab = this.#tabs.get(child)
    if (tab === undefined) return
    const next = this.children[index + 1]
    this.#bar.insertBefore(tab.head, next === undefined ? null : this.#tabs.get(next)?.head ?? null)
    tab.panel.append(child.element)
    this.#panels.append(tab.panel)
    if (this.#current === null) this.#select(child)
    this.#roving.refresh()
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
    panel.role = 'tabpanel'
    panel.id = this.scene.uniqueId()
    panel.hidden = true
    panel.setAttribute('aria-labelledby', head.id)
    head.setAttribute('aria-controls', panel.id)
    head.addEventListener('click', () => this.#select(child))
    if (this.#options.closable) this.#makeClosable(head, child)
    if (this.#options.reorderable) {
      head.setAttribute('aria-description', 'Ctrl, Shift and an arrow key move the tab')
      onTabDrag(head, { vertical: () => this.#vertical, started: () => this.#select(child) })
    }
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
      if (shown) this.#reveal(head)
    }
    this.fire('page-switch', child, this.children.indexOf(child))
  }

  // Not by `scrollIntoView`, which would also scroll the window that all this is in.
  #reveal ({ offsetLeft, offsetTop, offsetWidth, offsetHeight }: HTMLElement): void {
    const bar = this.#bar
    bar.scrollLeft = Math.min(offsetLeft, Math.max(bar.scrollLeft, offsetLeft + offsetWidth - bar.clientWidth))
    bar.scrollTop = Math.min(offsetTop, Math.max(bar.scrollTop, offsetTop + offsetHeight - bar.clientHeight))
  }

  #key (event: KeyboardEvent): void {
    const head = event.target
    if (!(head instanceof HTMLElement) || head.role !== 'tab') return
    const back = this.#vertical ? 'ArrowUp' : 'ArrowLeft'
    const on = this.#vertical ? 'ArrowDown' : 'ArrowRight'
    if (event.key === 'Delete' && this.#options.closable) this.fire('page-close', this.#pageOf(head))
    else if (event.key === 'Enter' || event.key === ' ') this.#select(this.#pageOf(head))
    else if (this.#options.reorderable && event.ctrlKey && event.shiftKey && (event.key === back || event.key === on)) {
      // The neighbour moves, so that this one keeps the focus.
      if (event.key === back && head.previousElementSibling !== null) head.after(head.previousElementSibling)
      if (event.key === on && head.nextElementSibling !== null) head.before(head.nextElementSibling)
    } else return
    event.preventDefault()
  }
}
