import { TextField } from './text-field.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** Options of fields for one line of text. */
export type EntryOptions = {
  readonly editable: boolean
  readonly linehistory: number
  readonly password: boolean
}

/** Width of a field that follows its text, characters. */
const LEAST = 12
const MOST = 60

/** What survives a replay: earlier entries, and text that the server has not heard of. */
interface Carried { readonly history: readonly string[], readonly field: unknown }

/** A field for one line of text. Up and Down bring back earlier entries. */
export class TextEntry extends Widget {
  readonly #input: HTMLInputElement
  readonly #field: TextField
  readonly #capacity: number
  /** Earlier entries, the latest last. */
  #history: readonly string[] = []
  /** Position in the history; its length for the entry that is being written. */
  #at = 0
  #draft = ''
  #length: number | null = null

  /** @param around - The widget's element, where the field is not all of it. */
  constructor (init: Init<readonly [text: string | null], EntryOptions>, around?: HTMLElement) {
    const input = document.createElement('input')
    super(init, around ?? input)
    const { editable, linehistory, password } = init.options
    around?.append(input)
    this.#input = input
    // Nobody wants a password back by a key.
    this.#capacity = password ? 0 : linehistory
    input.classList.add('pg-field', 'pg-text-entry')
    input.type = password ? 'password' : 'text'
    input.autocomplete = 'off'
    input.ariaLabel = password ? 'Password' : 'Text'
    input.readOnly = !editable
    this.#field = new TextField(this, input)
    this.set_text(init.args[0])
    input.addEventListener('input', () => this.#fit())
    input.addEventListener('keydown', event => this.#key(event))
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

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

  set_placeholder (text: string): void { this.#input.placeholder = text }

  set_editable (editable: boolean): void { this.#input.readOnly = !editable }

  override carry (): Carried | undefined {
    const field = this.#field.carry()
    return field === undefined && this.#history.length === 0 ? undefined : { history: this.#history, field }
  }

  override resume (carried: unknown): void {
    const { history, field } = carried as Carried
    this.#history = history
    this.#at = history.length
    if (field !== undefined) this.#field.resume(field)
    this.#fit()
  }

  override dispose (): void {
    this.#field.dispose()
    super.dispose()
  }

  /** Reports the text, and keeps it as an entry. */
  protected enter (): void {
    const { text } = this.#field
    if (text !== '' && this.#capacity > 0) this.#history = [...this.#history, text].slice(-this.#capacity)
    this.#at = this.#history.length
    // First, so that a handler of `activated` may change the text without an older one coming after.
    this.#field.flush()
    this.#field.fire('activated', text)
  }

  #fit (): void { this.#input.size = this.#length ?? Math.min(MOST, Math.max(LEAST, this.#input.value.length + 1)) }

  #key (event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter') {
      this.enter()
    } else if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault()
      if (!this.#input.readOnly) this.#recall(event.key === 'ArrowUp' ? -1 : 1)
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
