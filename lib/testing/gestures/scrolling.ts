import type { ActOptions, Done } from '../handle.ts'
import { WidgetHandle } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import type { DragOptions } from './slider.ts'
import { TextHandle } from './text.ts'

/** Why nobody can get to a place; null if one can. */
function beyond (...shares: readonly number[]): string | null {
  const no = shares.find(share => !(share >= 0 && share <= 1))
  return no === undefined ? null : `${no} is not between 0 and 1`
}

/** A ScrollBar. */
export class ScrollBarHandle extends WidgetHandle {
  /** Where its thumb is, 0 to 1. */
  get position (): number { return this.state.scroll_percent as number }

  /** Drags the thumb to a place, or along several, and lets go. */
  drag (to: number | readonly number[], options: DragOptions = {}): Done {
    return this.act('drag', options, widget => {
      const path = typeof to === 'number' ? [to] : to
      const reason = beyond(...path)
      if (reason !== null && options.force !== true) this.refuse('drag', reason)
      for (const position of path) {
        if (position === widget.state.scroll_percent) continue
        this.set(widget, { scroll_percent: position })
        this.report(widget, 'activated', position)
        if (options.oneFrame !== true) this.host.page.reports.flush(widget)
      }
    })
  }
}

/** An AbstractScrollArea. */
export class AbstractScrollAreaHandle extends WidgetHandle {
  /** Where it is scrolled to, horizontally and vertically, each 0 to 1. */
  get position (): readonly number[] { return this.state.scroll_percent as number[] }

  /** Scrolls, by bars, wheel, keys or touch, to a place: shares of the whole way, 0 to 1. */
  scrollTo (horizontal: number, vertical: number, options: ActOptions = {}): Done {
    return this.act('scroll', options, widget => {
      const reason = beyond(horizontal, vertical)
      if (reason !== null && options.force !== true) this.refuse('scroll', reason)
      this.host.page.scroll(widget, 'scroll_percent', [horizontal, vertical])
    })
  }
}

/** A ScrollArea. */
export class ScrollAreaHandle extends AbstractScrollAreaHandle {
  override scrollTo (horizontal: number, vertical: number, options: ActOptions = {}): Done {
    const [across, down] = this.state.scroll_bar_visibility as [string, string]
    const [h, v] = this.position
    if (options.force !== true && ((across === 'off' && horizontal !== h) || (down === 'off' && vertical !== v))) {
      this.refuse('scroll', 'the bar of that direction is off')
    }
    return super.scrollTo(horizontal, vertical, options)
  }
}

/** A TextArea. */
export class TextAreaHandle extends TextHandle {
  /** Where it is scrolled to, horizontally and vertically, each 0 to 1. */
  get position (): readonly number[] { return this.state.scroll_position as number[] }

  /** Scrolls to a place: shares of the whole way, 0 to 1. */
  scrollTo (horizontal: number, vertical: number, options: ActOptions = {}): Done {
    return this.act('scroll', options, widget => {
      const reason = beyond(horizontal, vertical)
      if (reason !== null && options.force !== true) this.refuse('scroll', reason)
      this.host.page.scroll(widget, 'scroll_position', [horizontal, vertical])
    })
  }

  protected override readOnly ({ state }: PageWidget): string | null {
    return state.editable === false ? 'it is not editable' : null
  }
}

/** An HtmlView. */
export class HtmlViewHandle extends WidgetHandle {
  /** The HTML, as the server gave it; a page shows what is left of it when it is clean. */
  get html (): string { return this.state.html as string }

  /** Where it is scrolled to, horizontally and vertically, each 0 to 1. */
  get position (): readonly number[] { return this.state.scroll_position as number[] }

  /** Scrolls to a place: shares of the whole way, 0 to 1. */
  scrollTo (horizontal: number, vertical: number, options: ActOptions = {}): Done {
    return this.act('scroll', options, widget => {
      const reason = beyond(horizontal, vertical)
      if (reason !== null && options.force !== true) this.refuse('scroll', reason)
      this.host.page.scroll(widget, 'scroll_position', [horizontal, vertical])
    })
  }
}
