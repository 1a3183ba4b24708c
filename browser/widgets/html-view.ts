import { HtmlBox } from './html-box.ts'
import { ScrollPosition } from './scroll-position.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A view of HTML. */
export class HtmlView extends Widget {
  readonly #box: HtmlBox
  readonly #position: ScrollPosition

  constructor (init: Init<readonly [html: string | null]>) {
    super(init)
    this.element.classList.add('pg-html-view')
    this.#box = new HtmlBox(this.element, {
      replace: change => this.#position.replace(change),
      grow: change => this.#position.grow(change)
    })
    this.#position = new ScrollPosition(this, this.element, this.#box.content)
    this.set_html(init.args[0])
  }

  set_html (html: string | null): void { this.#box.html = html ?? '' }

  get_html (): string { return this.#box.html }

  append_html (html: string): void { this.#box.append(html) }

  clear (): void { this.set_html('') }

  /** @param trusted - The content may style itself and hold frames. */
  set_trusted (trusted: boolean): void { this.#box.trust(trusted) }

  scroll_to_top (): void { this.set_scroll_position(this.#position.place[0], 0) }

  scroll_to_bottom (): void { this.set_scroll_position(this.#position.place[0], 1) }

  set_scroll_position (horizontal: number, vertical: number): void { this.#position.set(horizontal, vertical) }

  get_scroll_position (): readonly [horizontal: number, vertical: number] { return this.#position.place }

  override carry (): unknown { return this.#position.carry() }

  override resume (carried: unknown): void { this.#position.resume(carried) }

  override settled (): void { this.#position.settle() }

  override dispose (): void {
    this.#box.dispose()
    this.#position.dispose()
    super.dispose()
  }
}
