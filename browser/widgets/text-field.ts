import type { Widget } from './widget.ts'

/** Time without a keystroke after which an edit is reported, ms. */
const PAUSE = 300

/** What survives a replay: text that the server has not heard of. */
interface Unsent { readonly text: string }

/**
 * The text input inside a widget. Reports `modified` once the user pauses, and keeps track of what the server has not
 * heard yet. Widgets with a text field forward {@link carry} and {@link resume} to it.
 */
export class TextField {
  readonly input: HTMLInputElement | HTMLTextAreaElement
  readonly #widget: Widget
  #timer = 0
  #unsent = false

  constructor (widget: Widget, input: HTMLInputElement | HTMLTextAreaElement) {
    this.#widget = widget
    this.input = input
    input.addEventListener('input', () => this.#edited())
    input.addEventListener('blur', () => this.flush())
  }

  get text (): string { return this.input.value }

  /**
   * Sets the text; the caret stays where it can. What is just being typed is not taken from under the user's hands: it
   * is about to be reported, and that is the later change.
   */
  set text (text: string) {
    if (this.#timer !== 0 && document.activeElement === this.input && this.#widget.listens('modified')) return
    this.#settle()
    if (this.input.value === text) return
    const { selectionStart, selectionEnd } = this.input
    this.input.value = text
    // Null for the types of input that have no caret to keep.
    if (selectionStart !== null && document.activeElement === this.input) this.input.setSelectionRange(selectionStart, selectionEnd)
  }

  /**
   * Adds to the end, and takes away `surplus` characters at the start. Caret and selection stay with their text, and
   * what is just being typed is reported along with the addition.
   */
  append (text: string, surplus = 0): void {
    if (surplus > 0) this.input.setRangeText('', 0, surplus, 'preserve')
    const { length } = this.input.value
    this.input.setRangeText(text, length, length, 'preserve')
  }

  /** Changes the text on the user's behalf: reported as if it were typed. */
  edit (text: string): void {
    if (text === this.input.value) return
    this.input.value = text
    this.#edited()
  }

  /** Reports an edit that waits for a pause. */
  flush (): void { if (this.#timer !== 0) this.#report() }

  /** Reports the text under another action, such as `activated`; a `modified` that waits is then said already. */
  fire (action: string, ...args: unknown[]): void {
    this.dispose()
    if (this.#widget.fire(action, ...args)) this.#unsent = false
    else if (this.#unsent) this.#report()
  }

  carry (): Unsent | undefined {
    this.dispose()
    return this.#unsent ? { text: this.text } : undefined
  }

  resume (carried: unknown): void {
    // What can never be reported would pass for the truth.
    if (this.#widget.scene.watching) return
    this.input.value = (carried as Unsent).text
    this.#report()
  }

  /** Stops the clock; for the widget's `dispose`. */
  dispose (): void {
    clearTimeout(this.#timer)
    this.#timer = 0
  }

  #edited (): void {
    this.#unsent = true
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#report(), PAUSE)
  }

  #settle (): void {
    this.dispose()
    this.#unsent = false
  }

  #report (): void {
    this.dispose()
    // The focus that an ending widget loses is no edit.
    this.#unsent = !this.#widget.destroyed && !this.#widget.fire('modified', this.text)
  }
}
