import { ScrollTrack } from './scroll-track.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A scroll bar that stands alone. */
export class ScrollBar extends Widget {
  readonly #track: ScrollTrack

  constructor (init: Init<readonly unknown[], { readonly orientation: 'horizontal' | 'vertical', readonly thickness: number }>) {
    super(init)
    this.element.tabIndex = 0
    this.#track = new ScrollTrack(this.element, init.options, position => this.fire('activated', position))
    this.element.addEventListener('keydown', event => { if (this.#track.key(event)) event.preventDefault() })
  }

  set_scroll_percent (position: number): void { this.#track.position = position }

  get_scroll_percent (): number { return this.#track.position }

  /** @param thumb - Share of the track. */
  set_thumb_percent (thumb: number): void { this.#track.thumb = thumb }

  get_thumb_percent (): number { return this.#track.thumb }

  set_thumb_width (thumb: number): void { this.set_thumb_percent(thumb) }
}
