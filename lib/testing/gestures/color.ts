import { hexColor } from '../../widgets/hex-color.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'

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
