import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A box to tick. Its caption belongs to it, so that a click there ticks it too. */
export class CheckBox extends Widget {
  readonly #input = document.createElement('input')

  constructor (init: Init<readonly [text: string | null]>) {
    super(init, 'label')
    this.element.classList.add('pg-check-box')
    this.#input.type = 'checkbox'
    const caption = document.createElement('span')
    caption.className = 'pg-caption'
    caption.textContent = init.args[0]
    this.element.append(this.#input, caption)
    if (caption.textContent === '') this.#input.setAttribute('aria-label', 'Check box')
    this.#input.addEventListener('change', () => this.fire('activated', this.#input.checked))
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

  set_state (checked: boolean): void { this.#input.checked = checked }

  get_state (): boolean { return this.#input.checked }
}
