import { AbstractWindow } from './abstract-window.ts'
import type { WindowState } from './abstract-window.ts'
import type { MDIWidget } from './mdi-widget.ts'
import type { Init, Widget } from './widget.ts'
import type { Point } from './window-gestures.ts'
import type { WindowStack } from './window-stack.ts'

export interface SubWindowOptions {
  readonly title: string
  readonly width: number
  readonly height: number
  readonly icon_url: string | null
  readonly x: number | null
  readonly y: number | null
  readonly shadeable: boolean
}

/** What a window is told by the workspace that makes it. */
export interface Surroundings {
  readonly mdi: MDIWidget
  readonly stack: WindowStack
  readonly child: Widget
}

/** How near an edge of the workspace holds a window that is dragged, px, where resistance is at its greatest. */
const HOLD = 40

/** A window in a workspace. What is in it belongs to the workspace; this stands for its place. */
export class MDISubWindow extends AbstractWindow {
  readonly #mdi: MDIWidget
  readonly #child: Widget

  constructor (init: Init<readonly unknown[], SubWindowOptions>, { mdi, stack, child }: Surroundings) {
    const { title, width, height, icon_url: icon, x, y, shadeable } = init.options
    super(init, { stack, title, icon, shadeable, resizable: true, moveable: true, actions: ['lower', 'minimize', 'maximize', 'close'] })
    this.#mdi = mdi
    this.#child = child
    this.element.setAttribute('role', 'group')
    this.element.classList.add('pg-sub-window')
    this.contentElement.append(child.element)
    this.resize(width, height)
    if (x !== null && y !== null) this.set_position(x, y)
  }

  get child (): Widget { return this.#child }

  get_child (): Widget { return this.#child }

  // None any more when the window ends because what was in it has left.
  override get_children (): Widget[] { return this.#child.parent === this.#mdi ? [this.#child] : [] }

  override num_children (): number { return this.get_children().length }

  override remove (child: Widget | null, destroy = false): void {
    if (child === this.#child) this.#mdi.remove(child, destroy)
  }

  override remove_all (destroy = false): void { this.#mdi.remove(this.#child, destroy) }

  get_title (): string { return this.title }

  get_window_state (): WindowState { return this.state }

  move (x: number, y: number): void { this.set_position(x, y) }

  close (): void { this.#mdi.close_child(this.#child) }

  signal_close (): void { this.closing() }

  get_state (): Record<string, string> {
    const { left, top, width, height } = this.element.style
    return { state: this.state, width, height, left, top }
  }

  // The server knows where the window stands, unlike those on the stage.
  override carry (): undefined { return undefined }

  override arrange (): void {
    super.arrange()
    this.#mdi.rearranged()
  }

  protected override get leftmost (): number { return 0 }

  protected override reachable ({ x, y }: Point): Point { return { x: Math.max(0, x), y: Math.max(0, y) } }

  protected override held ({ x, y }: Point): Point {
    const { scrollLeft, scrollTop, clientWidth, clientHeight } = this.stack.ground
    const { width, height } = this.box
    const distance = HOLD * this.#mdi.resistance
    const hold = (at: number, length: number, from: number, to: number): number =>
      [from, to - length].find(edge => Math.abs(at - edge) < distance) ?? at
    return { x: hold(x, width, scrollLeft, scrollLeft + clientWidth), y: hold(y, height, scrollTop, scrollTop + clientHeight) }
  }

  protected override closing (): void { this.#mdi.closed(this.#child) }

  protected override lowered (): void { this.#mdi.reordered() }

  protected override stateChanged (state: WindowState): void { this.fire('window-state', state) }
}
