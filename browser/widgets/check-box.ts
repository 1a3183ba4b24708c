import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A box to tick. Its caption belongs to it, so that a click there ticks it too. */
export class CheckBox extends Widget {
  readonly #input = document.createElement('input')
  readonly #caption = document.createElement('span')

  constructor (init: Init<readonly [text: string | null]>) {
    super(init, 'label')
    this.element.classList.add('pg-choice', 'pg-check-box')
    this.#input.type = 'checkbox'
    this.#caption.className = 'pg-caption'
    this.element.append(this.#input, this.#caption)
    this.set_text(init.args[0])
    this.#input.addEventListener('change', () => this.fire('activated', this.#input.checked))
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

  set_text (text: string | null): void {
    this.#caption.textContent = text
    this.#input.ariaLabel = this.#caption.textContent === '' ? 'Check box' : null
  }

  get_text (): string { return this.#caption.textContent ?? '' }

  set_state (checked: boolean): void { this.#input.checked = checked }

  get_state (): boolean { return this.#input.checked }
}
