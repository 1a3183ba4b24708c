import { HtmlBox } from './html-box.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

const plainly = (change: () => void): void => change()

/** A box that HTML fills. */
export class ExternalWidget extends Widget {
  readonly #box: HtmlBox

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-external')
    this.#box = new HtmlBox(this.element, { replace: plainly, grow: plainly })
    this.#box.content.classList.add('filling')
  }

  set_content (html: string): void { this.#box.html = html }

  clear (): void { this.set_content('') }

  /** @param trusted - The content may style itself and hold frames. */
  set_trusted (trusted: boolean): void { this.#box.trust(trusted) }

  /** An element cannot travel. */
  get_content_element (): null { return null }

  override dispose (): void {
    this.#box.dispose()
    super.dispose()
  }
}
