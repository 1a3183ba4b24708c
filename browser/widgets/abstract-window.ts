import { ContainerWidget } from './container.ts'
import { px, sides } from './widget.ts'
import type { Init, Lengths } from './widget.ts'
import { WindowBar } from './window-bar.ts'
import type { WindowAction } from './window-bar.ts'
import { boxOn, edges, keyStep, onDrag, stretched } from './window-gestures.ts'
import type { Box, Drag, Edge, Point } from './window-gestures.ts'
import { commandsOf, offerMenu } from './window-menu.ts'
import type { WindowStack } from './window-stack.ts'
import type { Sheet } from './window-switcher.ts'

const states = ['normal', 'shaded', 'minimized', 'maximized'] as const
export type WindowState = typeof states[number]

/** What a window is made with. */
export interface WindowTraits {
  /** The windows among which it stands. */
  readonly stack: WindowStack
  readonly title: string | null
  readonly icon: string | null
  readonly resizable: boolean
  readonly moveable: boolean
  readonly shadeable: boolean
  /** Buttons of the title bar. */
  readonly actions: readonly WindowAction[]
}

/** Smallest size that a user can give a window, px. */
const LEAST = { width: 120, height: 60 }

/** What the page knows of a window beyond its state at the server. */
export interface Carried { readonly rank: number, readonly place: Point | null }

/**
 * What every window is: a box with a title bar among others on a ground. By pointer: the title bar moves it, edges and
 * corners resize it, a double click on the bar rolls it up, Escape calls a drag off. By keyboard, on its title: arrow
 * keys move it, Shift and arrow keys resize it (10 px, with Ctrl 1 px), Enter rolls it up or brings it back.
 *
 * Its size and place are those of the normal state; the other states cover them and leave them as they are.
 */
export abstract class AbstractWindow extends ContainerWidget implements Sheet {
  readonly #traits: WindowTraits
  readonly #content = document.createElement('div')
  readonly #titleId: string
  #bar: WindowBar | null = null
  #title: string | null
  #icon: string | null
  #moveable: boolean
  #state: WindowState = 'normal'
  /** Position in the normal state as asked for; what is shown may be moved to where it can be reached. Null: the page chooses. */
  #position: Point | null = null
  #placed: Point | null = null
  #size: { width: number | null, height: number | null } = { width: null, height: null }

  constructor (init: Init, traits: WindowTraits) {
    super(init, 'section')
    this.#traits = traits
    this.#title = traits.title
    this.#icon = traits.icon
    this.#moveable = traits.moveable
    this.#titleId = this.scene.uniqueId()
    this.element.classList.add('pg-window')
    this.element.classList.toggle('pg-sheet', this.sheet)
    this.element.tabIndex = -1
    this.#content.className = 'pg-window-content'
    this.element.append(this.#content)
    if (traits.resizable) this.element.append(...edges.map(edge => this.#grip(edge)))
    this.element.addEventListener('pointerdown', () => this.raise_(), { capture: true })
    this.element.addEventListener('focusin', () => this.raise_())
    this.#showBar()
  }

  override get focusTarget (): HTMLElement { return this.#bar?.title ?? this.element }

  /** Windows report `resize` only when the user resizes them. */
  override get measured (): boolean { return false }

  protected override get contentElement (): HTMLElement { return this.#content }

  /** The windows among which it stands. */
  protected get stack (): WindowStack { return this.#traits.stack }

  get title (): string { return this.#title ?? 'Window' }

  get state (): WindowState { return this.#state }

  /** Whether it is more than its title bar. */
  get open (): boolean { return this.#state === 'normal' || this.#state === 'maximized' }

  // ---- hooks ----

  /** Hook: whether it takes up all the room of a small screen. */
  protected get sheet (): boolean { return true }

  /** Hook: the nearest place to `at` where the window, or enough of it, can be reached. */
  protected abstract reachable (at: Point): Point

  /** Hook: where an edge holds a window that the user drags to `at`. */
  protected held (at: Point): Point { return at }

  /** Hook: how far to the left its left edge can be dragged, px. */
  protected get leftmost (): number { return -Infinity }

  /** Hook: the user has put it behind the others. */
  protected lowered (): void {}

  /** Hook: the user wants to close it. */
  protected abstract closing (): void

  /** Hook: the state is another one. */
  protected abstract stateChanged (state: WindowState): void

  /** Hook: where the window goes that nobody has placed; null leaves it to the style sheet. */
  protected get ownPlace (): Point | null {
    this.#placed ??= this.stack.nextPlace()
    return this.#placed
  }

  // ---- looks ----

  set_title (title: string | null): void {
    this.#title = title
    this.#showBar()
    this.stack.restack()
  }

  protected setIcon (url: string | null): void {
    this.#icon = url
    this.#bar?.setIcon(url)
  }

  protected setMoveable (moveable: boolean): void {
    this.#moveable = moveable
    this.#describe()
  }

  override set_padding (padding: Lengths): void { this.#content.style.padding = sides(padding) }

  // ---- geometry and states ----

  set_position (x: number, y: number): void {
    this.#position = { x, y }
    this.arrange()
  }

  /** Left and top on the ground, px. */
  override get_position (): [left: number, top: number] {
    const { x, y } = this.box
    return [x, y]
  }

  override resize (width: number | null = null, height: number | null = null): void {
    this.#size = { width: width ?? this.#size.width, height: height ?? this.#size.height }
    this.arrange()
  }

  raise_ (): void { this.stack.raise(this) }

  lower (): void { this.stack.lower(this) }

  /** Brings the window to where it can be used. */
  comeForward (): void {
    // Those who only watch look at other windows too, but a state is everybody's.
    if (!this.open && !this.scene.watching) this.set_window_state('normal')
    this.raise_()
    this.focusTarget.focus({ preventScroll: true })
  }

  toggle_minimize (): void { this.#toggle('minimized') }

  toggle_maximize (): void { this.#toggle('maximized') }

  toggle_shade (): void { this.#toggle('shaded') }

  set_window_state (state: WindowState): void {
    if (!states.includes(state)) throw new Error(`Unknown window state: ${String(state)}`)
    if (state === this.#state) return
    // A rolled-up window is as wide as it was; its content no longer holds it open.
    const { width } = this.box
    this.#state = state
    this.element.dataset.state = state
    this.#showBar()
    this.#bar?.setState(state)
    this.arrange()
    if (state === 'minimized') this.stack.minimize(this)
    else this.stack.restore(this)
    this.stack.restack()
    if (state === 'shaded' && this.#size.width === null) this.element.style.width = px(width)
    this.stateChanged(state)
  }

  /** Puts the window where it belongs; called again when the ground changes. Nothing is reported. */
  arrange (): void {
    if (!this.element.isConnected) return
    const { style } = this.element
    const free = this.#state === 'normal' || this.#state === 'shaded'
    style.height = this.#state === 'normal' ? px(this.#size.height) : ''
    if (this.#state === 'maximized') {
      style.width = ''
      style.left = px(this.stack.ground.scrollLeft)
      style.top = px(this.stack.ground.scrollTop)
    }
    if (!free) return
    if (this.#state === 'normal' || this.#size.width !== null) style.width = px(this.#size.width)
    const place = this.#position ?? this.ownPlace
    this.element.classList.toggle('pg-unplaced', place === null)
    const { x = null, y = null } = place === null ? {} : this.reachable(place)
    style.left = px(x)
    style.top = px(y)
  }

  /** Position on the ground and size, as they are on screen. */
  get box (): Box { return boxOn(this.stack.ground, this.element) }

  override show (): void {
    super.show()
    this.stack.restack()
  }

  override hide (): void {
    const focused = this.element.contains(document.activeElement)
    super.hide()
    this.stack.restack()
    if (focused) this.stack.top?.focusTarget.focus({ preventScroll: true })
  }

  override is_visible (): boolean { return this.element.isConnected && super.is_visible() }

  // ---- replay ----

  override carry (): Carried | undefined {
    return { rank: this.stack.rank(this), place: this.#placed }
  }

  override resume (carried: unknown): void {
    const { rank, place } = carried as Carried
    this.#placed = place ?? this.#placed
    if (rank !== -1) this.stack.setRank(this, rank)
    this.arrange()
  }

  override dispose (): void {
    this.stack.remove(this)
    super.dispose()
  }

  // ---- title bar ----

  // A window without a title has no bar, but one that is only a bar needs it.
  #showBar (): void {
    const needed = this.#title !== null || this.#state === 'shaded' || this.#state === 'minimized'
    if (!needed) {
      this.#bar?.element.remove()
      this.#bar = null
    } else if (this.#bar === null) {
      this.#bar = this.#makeBar()
      this.element.prepend(this.#bar.element)
      this.#describe()
    }
    this.#bar?.setTitle(this.title)
    if (this.#bar === null) {
      this.element.setAttribute('aria-label', this.title)
      this.element.removeAttribute('aria-labelledby')
    } else {
      this.element.removeAttribute('aria-label')
      this.element.setAttribute('aria-labelledby', this.#titleId)
    }
  }

  #makeBar (): WindowBar {
    const bar = new WindowBar(this.#titleId, this.#traits.actions, action => this.act(action))
    bar.setIcon(this.#icon)
    bar.title.addEventListener('keydown', event => this.#key(event))
    // A click made by the keyboard has no count; by pointer it is the double click that rolls up.
    bar.title.addEventListener('click', ({ detail }) => { if (detail === 0 || this.#state === 'minimized') this.#roll() })
    bar.element.addEventListener('dblclick', ({ target }) => { if (!bar.isButton(target)) this.#roll() })
    onDrag(bar.element, event => bar.isButton(event.target) ? null : this.#moving())
    offerMenu(this.scene, bar, () => commandsOf(this.#state, {
      actions: this.#traits.actions,
      // Where a window fills all there is, it is neither rolled up nor maximised.
      states: [...(this.#fills ? [] : ['maximized' as const]), ...(this.#traits.shadeable && !this.#fills ? ['shaded' as const] : []), 'minimized'],
      raise: () => this.raise_(),
      act: action => this.act(action),
      change: to => this.set_window_state(to)
    }))
    return bar
  }

  #describe (): void {
    const words = [
      this.#moveable && 'Arrow keys move the window',
      this.#traits.resizable && 'Shift and arrow keys resize the window'
    ]
    this.#bar?.setDescription(words.filter(word => word !== false).join('. '))
    this.element.classList.toggle('pg-moveable', this.#moveable)
  }

  /** Does what a button of the title bar says. */
  protected act (action: WindowAction): void {
    if (action === 'close') this.closing()
    else if (action === 'lower') this.#sendBack()
    else this.#toggle(action === 'minimize' ? 'minimized' : 'maximized')
  }

  #sendBack (): void {
    this.lower()
    this.lowered()
  }

  #roll (): void {
    if (this.#state === 'minimized' || this.#state === 'maximized') this.set_window_state('normal')
    else if (this.#state === 'shaded' || (this.#traits.shadeable && !this.#fills)) this.#toggle('shaded')
  }

  #toggle (state: WindowState): void { this.set_window_state(this.#state === state ? 'normal' : state) }

  // ---- moving and resizing by the user ----

  /** Whether it takes up all the room. */
  get #fills (): boolean { return this.scene.compact && this.sheet }

  get #movable (): boolean { return this.#moveable && !this.#fills && (this.#state === 'normal' || this.#state === 'shaded') }

  get #sizable (): boolean { return this.#traits.resizable && !this.#fills && this.#state === 'normal' }

  get #unplaced (): boolean { return this.element.classList.contains('pg-unplaced') }

  #moving (): Drag | null {
    if (!this.#movable) return null
    const from = this.box
    return {
      moved: (dx, dy) => this.#moveTo(this.held({ x: from.x + dx, y: from.y + dy })),
      ended: changed => { if (changed) this.#reportMove() }
    }
  }

  #grip (edge: Edge): HTMLElement {
    const grip = document.createElement('div')
    grip.className = 'pg-grip'
    grip.dataset.edge = edge
    onDrag(grip, () => {
      if (!this.#sizable) return null
      const from = this.box
      const unplaced = this.#unplaced
      return {
        moved: (dx, dy) => {
          this.#stretch(from, edge, dx, dy)
          this.#reportSize()
        },
        ended: changed => {
          const { x, y } = this.box
          if (changed && (unplaced || x !== from.x || y !== from.y)) this.#reportMove()
        }
      }
    })
    return grip
  }

  #moveTo ({ x, y }: Point): void {
    this.#position = this.reachable({ x: Math.round(x), y: Math.round(y) })
    this.arrange()
  }

  #stretch (from: Box, edge: Edge, dx: number, dy: number): void {
    const { minWidth, minHeight } = getComputedStyle(this.element)
    const least = { width: Math.max(LEAST.width, parseFloat(minWidth) || 0), height: Math.max(LEAST.height, parseFloat(minHeight) || 0) }
    const { x, y, width, height } = stretched(from, edge, Math.round(dx), Math.round(dy), least, this.leftmost)
    this.#size = { width, height }
    // What the sheet has placed would not stay where it is.
    if (x !== from.x || y !== from.y || this.#position !== null || this.#unplaced) this.#position = { x, y }
    this.arrange()
  }

  #reportMove (): void {
    const { x, y } = this.box
    this.fire('move', x, y)
  }

  #reportSize (): void {
    const { width, height } = this.box
    this.fire('resize', { width, height })
  }

  #key (event: KeyboardEvent): void {
    const step = keyStep(event)
    if (step === null) return
    const [dx, dy] = step
    if (event.shiftKey && this.#sizable) {
      const unplaced = this.#unplaced
      this.#stretch(this.box, 'se', dx, dy)
      if (unplaced) this.#reportMove()
      this.#reportSize()
    } else if (!event.shiftKey && this.#movable) {
      const { x, y } = this.box
      this.#moveTo({ x: x + dx, y: y + dy })
      this.#reportMove()
    } else return
    event.preventDefault()
  }
}
