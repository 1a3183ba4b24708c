import type { PageWidget } from '../model.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'

/** How something is typed. */
export interface TypeOptions extends ActOptions {
  /** Lets the pause pass after which the page reports `modified`; otherwise that is up to `browser.flushTyping()`. */
  commit?: boolean
}

/** Anything with one line of text to type. */
export abstract class TextHandle extends WidgetHandle {
  /** The text in the field. */
  get text (): string { return this.state.text as string }

  /** Types at the end of what is there, key by key. */
  type (text: string, options: TypeOptions = {}): Done {
    return this.#edit('type into', options, function * (before) {
      for (let at = 1; at <= text.length; at++) yield before + text.slice(0, at)
    })
  }

  /** Puts another text in the place of what is there, at once, as pasting does. */
  fill (text: string, options: TypeOptions = {}): Done {
    return this.#edit('fill', options, function * () { yield text })
  }

  /** Deletes what is there. */
  clear (options: TypeOptions = {}): Done { return this.fill('', options) }

  /** Why people cannot type here; null if they can. */
  protected abstract readOnly (widget: PageWidget): string | null

  #edit (verb: string, options: TypeOptions, texts: (before: string) => Iterable<string>): Done {
    return this.act(verb, options, widget => {
      const reason = options.force === true ? null : this.readOnly(widget)
      if (reason !== null) this.refuse(verb, reason)
      const { typing } = this.host.page
      for (const text of texts(widget.state.text as string)) {
        if (text === widget.state.text) continue
        this.set(widget, { text })
        typing.edited(widget)
      }
      if (options.commit === true) typing.flush(widget)
    })
  }
}
