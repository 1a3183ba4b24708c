import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/**
 * One of several choices. Its caption belongs to it, so that a click there chooses it too. Those of a group have one DOM
 * name: the platform then sees to it that at most one is chosen, and to the arrow keys.
 */
export class RadioButton extends Widget {
  readonly #input = document.createElement('input')
  readonly #caption = document.createElement('span')

  constructor (init: Init<readonly [text: string | null], { readonly group: RadioButton | null }>) {
    super(init, 'label')
    const { group } = init.options
    this.element.classList.add('pg-choice', 'pg-radio-button')
    this.#input.type = 'radio'
    this.#input.name = group === null ? this.scene.uniqueId() : group.#input.name
    this.#caption.className = 'pg-caption'
    this.element.append(this.#input, this.#caption)
    this.set_text(init.args[0])
    this.#input.addEventListener('change', () => this.fire('activated', true))
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

  set_text (text: string | null): void {
    this.#caption.textContent = text
    this.#input.ariaLabel = this.#caption.textContent === '' ? 'Choice' : null
  }

  get_text (): string { return this.#caption.textContent ?? '' }

  /** Choosing is reported even of the one that is chosen already (part of the protocol). */
  set_state (chosen: boolean): void {
    this.#input.checked = chosen
    if (chosen) this.fire('activated', true)
  }

  get_state (): boolean { return this.#input.checked }
}
