import { equal } from '../../protocol/values.ts'
import type { Json } from '../../protocol/values.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import { TopLevelHandle } from './top-level.ts'

interface RowButton {
  readonly label: string
  readonly value: unknown
  /** Where it is a widget of its own. */
  readonly widget: PageWidget | null
}

/** A dialog. */
export class DialogHandle extends TopLevelHandle {
  /** The captions of the buttons in its row, in order. */
  get buttons (): string[] { return this.#row(this.widget).map(({ label }) => label) }

  /** Presses a button of the row. @param which - What it answers, or else its caption. */
  press (which: Json, options: ActOptions = {}): Done {
    const row = this.#row(this.widget)
    const button = row.find(({ value }) => equal(value, which)) ?? row.find(({ label }) => label === which)
    const verb = `press ${JSON.stringify(which)} in`
    if (button === undefined) this.refuse(verb, `there is no such button; there are ${row.map(({ label, value }) => `${label} (${JSON.stringify(value)})`).join(', ')}`)
    return this.act(verb, options, widget => {
      if (options.force !== true && !['normal', 'maximized'].includes(this.windowState)) this.refuse(verb, `it is ${this.windowState}`)
      if (options.force !== true && button.widget?.state.enabled === false) this.refuse(verb, 'the button is disabled')
      if (button.widget !== null) this.report(button.widget, 'activated')
      this.report(widget, 'activated', button.value)
      if (widget.given.autoclose === true) this.set(widget, { visible: false })
    })
  }

  /** Presses Escape in it, which asks the server to close it, unless it may not be closed. */
  escape (options: ActOptions = {}): Done {
    return this.act('press Escape in', options, widget => {
      if (this.host.page.dialect.escapeCloses && widget.given.closeable === true) this.report(widget, 'close')
    })
  }

  #row (widget: PageWidget): RowButton[] {
    const made = (widget.given.buttons ?? []) as ReadonlyArray<string | readonly [string, unknown]>
    const added = widget.entries.flatMap(({ child, method, args }): RowButton[] =>
      child === null || method !== 'add_button' ? [] : [{ label: String(child.state.text ?? ''), value: args[1], widget: child }])
    return [
      ...made.map((button): RowButton => typeof button === 'string' ? { label: button, value: button, widget: null } : { label: button[0], value: button[1], widget: null }),
      ...added
    ]
  }
}
