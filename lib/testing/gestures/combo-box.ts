import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import { TextHandle } from './text.ts'

/** A ComboBox. */
export class ComboBoxHandle extends TextHandle {
  /** The texts of the list. */
  get items (): readonly string[] { return this.state.items as string[] }

  /** Position of the item that the field shows, from 0; -1 if it shows none. */
  get index (): number { return this.items.indexOf(this.text) }

  /** Chooses an item of the list, by its text or its position. */
  select (item: string | number, options: ActOptions = {}): Done {
    return this.act('select from', options, widget => {
      const items = widget.state.items as string[]
      const index = typeof item === 'number' ? item : items.indexOf(item)
      const text = items[index]
      if (text === undefined) this.refuse('select from', `there is no item ${JSON.stringify(item)}; there are ${items.map(text => JSON.stringify(text)).join(', ')}`)
      this.set(widget, { auto: false, text })
      this.host.page.typing.enter(widget, 'activated', [index, text], { sayBoth: false })
    })
  }

  /** Presses a key. Enter reports the text, and adds it to the list if it is new. */
  press (key: 'Enter', options: ActOptions = {}): Done {
    if (key !== 'Enter') this.refuse(`press ${String(key)} in`, 'only Enter does anything here')
    return this.act('press Enter in', options, widget => {
      const reason = options.force === true ? null : this.readOnly(widget)
      if (reason !== null) this.refuse('press Enter in', reason)
      const text = widget.state.text as string
      if (text === '') return
      const items = widget.state.items as string[]
      this.set(widget, { auto: false, ...(!items.includes(text) && { items: [...items, text] }) })
      const index = (widget.state.items as string[]).indexOf(text)
      this.host.page.typing.enter(widget, 'activated', [index, text], { sayBoth: false })
    })
  }

  protected override readOnly ({ given }: PageWidget): string | null {
    return given.editable === true ? null : 'it is not editable'
  }
}
