import { complete } from '../client/arguments.ts'
import { outlines } from '../client/outlines.ts'
import type { Outline } from '../client/outlines.ts'
import { ContainerWidget } from './container.ts'
import { MDISubWindow } from './mdi-sub-window.ts'
import type { Init, Widget } from './widget.ts'
import { WindowStack } from './window-stack.ts'

/** Distance of windows that a reference server has put one before the other, px. */
const CASCADE = 28
/** How far from the far edges the last of them begins, px. */
const VISIBLE = 120

const outline = outlines.get('MDISubWindow') as Outline

type Size = [across: number, down: number]

/** A share from 0 to 1. */
const share = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole))

/**
 * A workspace with windows of its own, one around each child. It scrolls where they reach beyond it to the right or
 * down; further than its left and upper edges they do not go.
 */
export class MDIWidget extends ContainerWidget {
  readonly #ground = document.createElement('div')
  readonly #stack: WindowStack
  readonly #windows = new Map<Widget, MDISubWindow>()
  readonly #untiled = new Map<Widget, Size>()
  /** How far it is scrolled, as last said by the server or the user. */
  #scroll: Size = [0, 0]
  /** Whether somebody is at work here, whose view must not be moved. */
  #own = false
  /** The longest way that it could be scrolled when it was last looked at, px. */
  #known: Size = [0, 0]
  #frame = 0
  #resistance = 0

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-mdi')
    this.#ground.className = 'pg-mdi-ground pg-ground'
    this.element.append(this.#ground)
    this.#stack = new WindowStack(this.scene, this.#ground, {
      arranged: () => this.#scrollTo(),
      raised: window => this.fire('page-switch', (window as MDISubWindow).child)
    })
    this.#ground.addEventListener('scroll', () => this.#scrolled())
    for (const type of ['pointerdown', 'keydown'] as const) this.#ground.addEventListener(type, () => { this.#own = true }, { capture: true })
  }

  override get focusTarget (): HTMLElement { return this.#stack.top?.focusTarget ?? this.element }

  get resistance (): number { return this.#resistance }

  add_widget (child: Widget, options: Readonly<Record<string, unknown>> | null = {}): MDISubWindow {
    if (child.parent === this) this.release(child)
    this.adopt(child, undefined, () => {
      const { subwindow: given } = options ?? {}
      const wid = Number.isSafeInteger(given) && (given as number) > 0 ? given as number : undefined
      const window = this.scene.admit(wid, wid => new MDISubWindow(
        { scene: this.scene, outline, wid, ...complete(outline, [options ?? {}]) } as never, { mdi: this, stack: this.#stack, child }))
      window.parent = this
      this.#windows.set(child, window)
    })
    return this.#windows.get(child) as MDISubWindow
  }

  get_subwindows (): MDISubWindow[] { return this.children.map(child => this.#windows.get(child) as MDISubWindow) }

  get_subwin (child: Widget): MDISubWindow | null { return this.#windows.get(child) ?? null }

  get_configuration (child: Widget): object | null {
    const window = this.#windows.get(child)
    return window === undefined ? null : { ...window.box, title: window.title }
  }

  get_child_size (child: Widget): Size { return this.#windows.get(child)?.get_size() ?? [0, 0] }

  get_child_position (child: Widget): [x: number, y: number] { return this.#windows.get(child)?.get_position() ?? [0, 0] }

  move_child (child: Widget, x: number, y: number): void { this.#windows.get(child)?.set_position(x, y) }

  resize_child (child: Widget, width: number, height: number): void {
    this.#untiled.delete(child)
    this.#windows.get(child)?.resize(width, height)
  }

  close_child (child: Widget): void { this.remove(child) }

  get_index (): number { return this.children.findIndex(child => this.#windows.get(child) === this.#stack.windows.at(-1)) }

  set_index (index: number): void { this.get_subwindows()[index]?.raise_() }

  index_of (child: Widget): number { return this.children.indexOf(child) }

  index_to_widget (index: number): Widget | null { return this.children[index] ?? null }

  set_resistance (value: number): void { this.#resistance = share(value, 1) }

  set_scroll_position (h: number, v: number): void {
    this.#own = false
    this.#scroll = [h, v]
    this.#scrollTo()
  }

  get_scroll_position (): [h: number, v: number] { return [...this.#scroll] }

  cascade_windows (): void {
    const { clientWidth, clientHeight } = this.#ground
    const steps = Math.max(1, Math.floor((Math.min(clientWidth, clientHeight) - VISIBLE) / CASCADE))
    for (const [index, [child, window]] of this.#inOrder().entries()) {
      const at = index % steps * CASCADE
      window.set_window_state('normal')
      window.set_position(at, at)
      const size = this.#untiled.get(child)
      if (size !== undefined) window.resize(...size)
      this.#untiled.delete(child)
      window.raise_()
    }
  }

  tile_windows (): void {
    const { clientWidth, clientHeight } = this.#ground
    const windows = this.#inOrder()
    const columns = Math.ceil(Math.sqrt(windows.length))
    const rows = Math.ceil(windows.length / columns)
    for (const [index, [child, window]] of windows.entries()) {
      window.set_window_state('normal')
      if (!this.#untiled.has(child)) this.#untiled.set(child, window.get_size())
      const width = Math.floor(clientWidth / columns)
      const height = Math.floor(clientHeight / rows)
      window.set_position(index % columns * width, Math.floor(index / columns) * height)
      window.resize(width, height)
    }
  }

  /** Its user has closed the window around `child`. */
  closed (child: Widget): void {
    this.fire('page-close', child)
    this.remove(child)
  }

  /** Its user has put a window behind the others. */
  reordered (): void { this.fire('stacking', this.#stack.windows.map(window => (window as MDISubWindow).child)) }

  /** A window stands elsewhere or has another size, so that there may be more to scroll, or less. */
  rearranged (): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      if (this.#own) this.#scrolled()
      else this.#scrollTo()
    })
  }

  override dispose (): void {
    cancelAnimationFrame(this.#frame)
    this.#stack.dispose()
    super.dispose()
  }

  protected override place (child: Widget): void {
    const window = this.#windows.get(child)
    if (window !== undefined) this.#stack.add(window)
    window?.arrange()
  }

  protected override displace (child: Widget): void {
    const window = this.#windows.get(child)
    if (window === undefined) return
    const focused = window.element.contains(document.activeElement)
    this.#windows.delete(child)
    this.#untiled.delete(child)
    child.element.remove()
    window.destroy()
    this.rearranged()
    if (focused) this.#stack.top?.focusTarget.focus({ preventScroll: true })
  }

  #inOrder (): Array<[Widget, MDISubWindow]> { return this.children.map(child => [child, this.#windows.get(child) as MDISubWindow]) }

  /** The longest way that it can be scrolled, px. */
  get #way (): Size {
    const { scrollWidth, scrollHeight, clientWidth, clientHeight } = this.#ground
    return [scrollWidth - clientWidth, scrollHeight - clientHeight]
  }

  /** Scrolls to where it should be, as far as the windows reach by now. */
  #scrollTo (): void {
    const [across, down] = this.#known = this.#way
    this.#ground.scrollTo({ left: this.#scroll[0] * across, top: this.#scroll[1] * down, behavior: 'instant' })
  }

  #scrolled (): void {
    this.#stack.follow()
    const way = this.#way
    // With a shorter way, the platform has moved what would not fit.
    if (!this.#own && way.some((length, i) => length !== this.#known[i])) return this.#scrollTo()
    this.#known = way
    const at = [this.#ground.scrollLeft, this.#ground.scrollTop]
    // Where there is nothing to scroll, nobody has scrolled; and what the server asked for is rounded to whole pixels.
    if (!way.some((length, i) => length > 0 && Math.abs(at[i]! - this.#scroll[i]! * length) > 1)) return
    this.#own = true
    this.#scroll = way.map((length, i) => length > 0 ? share(at[i]!, length) : this.#scroll[i]) as Size
    this.fire('scrolled', ...this.#scroll)
  }
}
