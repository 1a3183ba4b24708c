import { TextEntry } from './text-entry.ts'
import type { EntryOptions } from './text-entry.ts'
import type { Init } from './widget.ts'

type Options = EntryOptions & { readonly label: string }

/** A field for one line of text, with a button that does what Enter does. */
export class TextEntrySet extends TextEntry {
  readonly #button = document.createElement('button')
  readonly #caption = document.createElement('span')

  constructor (init: Init<readonly [text: string | null], Options>) {
    super(init, document.createElement('div'))
    this.element.classList.add('pg-text-entry-set')
    this.#button.type = 'button'
    this.#button.className = 'pg-button'
    this.#caption.className = 'pg-caption'
    this.#button.append(this.#caption)
    this.element.append(this.#button)
    this.set_button_text(init.options.label)
    this.#button.addEventListener('click', () => this.enter())
  }

  set_button_text (text: string): void { this.#caption.textContent = text }

  protected override disable (disabled: boolean): void {
    super.disable(disabled)
    this.#button.disabled = disabled
  }
}
