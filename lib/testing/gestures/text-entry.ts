import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import { TextHandle } from './text.ts'

/** A TextEntry. */
export class TextEntryHandle extends TextHandle {
  /** Presses a key. Enter reports the text. */
  press (key: 'Enter', options: ActOptions = {}): Done {
    if (key !== 'Enter') this.refuse(`press ${String(key)} in`, 'only Enter does anything here')
    return this.act('press Enter in', options, widget => {
      this.host.page.typing.enter(widget, 'activated', [widget.state.text], { sayBoth: true })
    })
  }

  protected override readOnly ({ state }: PageWidget): string | null {
    return state.editable === false ? 'it is not editable' : null
  }
}

/** A TextEntrySet. */
export class TextEntrySetHandle extends TextEntryHandle {
  /** Presses the button, which reports the text as Enter does. */
  click (options: ActOptions = {}): Done {
    return this.act('press the button of', options, widget => {
      this.host.page.typing.enter(widget, 'activated', [widget.state.text], { sayBoth: true })
    })
  }
}
