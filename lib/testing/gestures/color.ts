import { hexColor } from '../../widgets/hex-color.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import { TopLevelHandle } from './top-level.ts'

/** A ColorWidget. */
export class ColorWidgetHandle extends WidgetHandle {
  /** The colour as `#rrggbb`. */
  get color (): string { return this.state.color as string }

  /** Picks a colour: `#rrggbb` or `rgb(r, g, b)`. One that is picked already says nothing. */
  pick (color: string, options: ActOptions = {}): Done {
    return this.act('pick a colour in', options, widget => {
      const hex = hexColor(color)
      if (hex === null) this.refuse('pick a colour in', `${JSON.stringify(color)} is none; expected #rrggbb or rgb(r, g, b)`)
      if (hex === widget.state.color) return
      this.set(widget, { color: hex })
      this.report(widget, 'pick', hex)
    })
  }
}

/** A ColorDialog. */
export class ColorDialogHandle extends TopLevelHandle {
  /** The colour as `#rrggbb`. */
  get color (): string { return this.state.color as string }

  /** Picks a colour: `#rrggbb` or `rgb(r, g, b)`. One that is picked already says nothing. */
  pick (color: string, options: ActOptions = {}): Done {
    return this.act('pick a colour in', options, widget => {
      const hex = hexColor(color)
      if (hex === null) this.refuse('pick a colour in', `${JSON.stringify(color)} is none; expected #rrggbb or rgb(r, g, b)`)
      if (hex === widget.state.color) return
      this.set(widget, { color: hex })
      this.report(widget, 'pick', hex)
    })
  }

  /** Presses OK: the colour is reported, and the dialog hides. */
  accept (options: ActOptions = {}): Done {
    return this.act('press OK in', options, widget => {
      this.report(widget, 'activated', widget.state.color)
      this.set(widget, { visible: false })
    })
  }

  /** Presses Cancel: the dialog hides. A reference page does so without a word. */
  cancel (options: ActOptions = {}): Done {
    return this.act('press Cancel in', options, widget => {
      this.report(widget, 'cancel')
      this.set(widget, { visible: false })
    })
  }
}
