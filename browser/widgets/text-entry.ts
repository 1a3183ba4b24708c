import { TextField } from './text-field.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly editable: boolean
  readonly linehistory: number
  readonly password: boolean
}

/** Width of a field that follows its text, characters. */
const LEAST = 12
const MOST = 60

/** A field for one line of text. Up and Down bring back earlier entries. */
export class TextEntry extends Widget {
  declare readonly element: HTMLInputElement
  readonly #field: TextField
  readonly #capacity: number
  /** Earlier entries, the latest last. */
  #history: string[] = []
  /** Position in the history; its length for the entry that is being written. */
  #at = 0
  #draft = ''
  #length: number | null = null

  constructor (init: Init<readonly [text: string | null], Options>) {
    super(init, 'input')
    const { editable, linehistory, password } = init.options
    this.#capacity = linehistory
    this.element.classList.add('pg-field', 'pg-text-entry')
    this.element.type = password ? 'password' : 'text'
    this.element.autocomplete = 'off'
    this.element.ariaLabel = password ? 'Password' : 'Text'
    this.element.readOnly = !editable
    this.#field = new TextField(this, this.element)
    this.set_text(init.args[0])
    this.element.addEventListener('input', () => this.#fit())
    this.element.addEventListener('keydown', event => this.#key(event))
  }

  set_text (text: string | null): void {
    this.#field.text = text ?? ''
    this.#fit()
  }

  get_text (): string { return this.#field.text }

  clear (): void { this.set_text('') }

  /** @param length - Width, characters. */
  set_length (length: number): void {
    if (!(length >= 1)) throw new RangeError(`The length must be at least 1; it is ${length}`)
    this.#length = length
    this.#fit()
  }

  override carry (): unknown { return this.#field.carry() }

  override resume (carried: unknown): void {
    this.#field.resume(carried)
    this.#fit()
  }

  override dispose (): void {
    this.#field.dispose()
    super.dispose()
  }

  #fit (): void { this.element.size = this.#length ?? Math.min(MOST, Math.max(LEAST, this.element.value.length + 1)) }

  #key (event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter') {
      const { text } = this.#field
      if (text !== '' && this.#capacity > 0) this.#history = [...this.#history, text].slice(-this.#capacity)
      this.#at = this.#history.length
      // First, so that a handler of `activated` may change the text without an older one coming after.
      this.#field.flush()
      this.#field.fire('activated', text)
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      if (!this.element.readOnly) this.#recall(event.key === 'ArrowUp' ? -1 : 1)
    }
  }

  #recall (step: 1 | -1): void {
    const to = this.#at + step
    if (to < 0 || to > this.#history.length) return
    if (this.#at === this.#history.length) this.#draft = this.#field.text
    this.#at = to
    this.#field.edit(this.#history[to] ?? this.#draft)
    this.#fit()
  }
}
