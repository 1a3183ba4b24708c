import type { Widget } from './widget.ts'

/** The room of a scroll area, its bars included, and how much of it they take. px */
export interface Room { readonly width: number, readonly height: number, readonly vertical: number, readonly horizontal: number }

/** Reports `area-resize` of a scroll area: at every change of its size or bars, and once after a replay. */
export class AreaReport {
  readonly #widget: Widget
  readonly #measure: () => Room
  readonly #observer: ResizeObserver
  #reported = ''

  /** @param inner - What is in view; it changes its size also when a bar comes or goes. */
  constructor (widget: Widget, inner: HTMLElement, measure: () => Room) {
    this.#widget = widget
    this.#measure = measure
    this.#observer = new ResizeObserver(() => this.#look())
    this.#observer.observe(inner)
  }

  /** Reports also what was reported before. */
  again (): void {
    this.#reported = ''
    this.#look()
  }

  dispose (): void { this.#observer.disconnect() }

  #look (): void {
    const { width, height, vertical, horizontal } = this.#measure()
    // An area that is nowhere to be seen has no room to fill.
    if (width === 0 && height === 0) return
    const room = [width, height, vertical, horizontal].map(Math.round)
    if (room.join() === this.#reported) return
    if (this.#widget.fire('area-resize', ...room)) this.#reported = room.join()
  }
}
