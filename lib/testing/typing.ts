import type { Dialect } from './dialects/index.ts'
import type { PageWidget } from './model.ts'
import type { Reports } from './reports.ts'

interface Edit { readonly widget: PageWidget, readonly text: string }

/** What a person has typed and the page has not reported yet, because it waits for a pause. Time stands still here. */
export class Typing {
  readonly #dialect: Dialect
  readonly #reports: Reports
  readonly #edits = new Map<number, Edit>()

  constructor (dialect: Dialect, reports: Reports) {
    this.#dialect = dialect
    this.#reports = reports
  }

  get pending (): boolean { return this.#edits.size > 0 }

  /** A key was pressed: the pause starts anew. */
  edited (widget: PageWidget): void {
    const text = widget.state.text as string
    if (this.#dialect.reportsEachKey && widget.definition.class === 'ComboBox') this.#reports.fire(widget, 'modified', [text])
    this.#edits.set(widget.wid, { widget, text })
  }

  /** The pause has come, in one widget or in all: edits are reported. */
  flush (of?: PageWidget): void {
    for (const [wid, { widget, text }] of [...this.#edits]) {
      if (of !== undefined && widget !== of) continue
      this.#edits.delete(wid)
      this.#reports.fire(widget, 'modified', [text])
    }
  }

  /** Reports an action that says the text as well: `modified` leaves before it, not at all, or later on. */
  enter (widget: PageWidget, action: string, args: readonly unknown[], { sayBoth }: { readonly sayBoth: boolean }): void {
    if (this.#dialect.modifiedBeforeEnter) {
      if (sayBoth) this.flush(widget)
      else this.#edits.delete(widget.wid)
    }
    this.#reports.fire(widget, action, args)
  }

  /** The part of what a call sets that reaches the widget: our page lets no server take a text from under a person's hands. */
  admit (widget: PageWidget, patch: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const { text, ...rest } = patch
    if (text === undefined) return rest
    // The reference page lets it happen, and reports later what is no longer there.
    if (this.#edits.has(widget.wid) && this.#dialect.keepsTypedText) {
      if (widget.listened.has('modified')) return rest
      this.#edits.delete(widget.wid)
    }
    return { ...rest, text }
  }

  /** The page is about to be rebuilt: returns what gives unreported edits to the widgets that come in the place of these. */
  carry (): (next: (wid: number) => PageWidget | undefined) => Edit[] {
    const edits = this.#dialect.keepsTypedText ? [...this.#edits.values()] : []
    this.#edits.clear()
    return next => edits.flatMap(({ widget, text }) => {
      const heir = next(widget.wid)
      return heir?.definition === widget.definition ? [{ widget: heir, text }] : []
    })
  }

  clear (): void { this.#edits.clear() }
}
