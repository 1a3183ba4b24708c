import { limitsOf, snap, stepped } from '../../widgets/numeric.ts'
import type { Limits, NumberType } from '../../widgets/numeric.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'

/** How a handle is dragged. */
export interface DragOptions extends ActOptions {
  /** The whole way between two animation frames, so fast that a page reports no more than where it ends. */
  oneFrame?: boolean
}

const gridOf = ({ state, given }: PageWidget): Limits => limitsOf(state.limits as Limits, given.dtype as NumberType)

/** A Slider or a Dial. */
export class SliderHandle extends WidgetHandle {
  /** The value. */
  get value (): number { return this.state.value as number }

  /** Drags the handle to a value, or along several, and lets go. It comes to rest on the nearest step. */
  drag (to: number | readonly number[], options: DragOptions = {}): Done {
    return this.act('drag', options, widget => {
      const path = typeof to === 'number' ? [to] : to
      const limits = gridOf(widget)
      const beyond = path.find(value => value < limits[0] || value > limits[1])
      if (beyond !== undefined && options.force !== true) this.refuse('drag', `${beyond} is not within its range, ${limits[0]} to ${limits[1]}`)
      let reported = widget.state.value
      const report = (): void => {
        if (reported === widget.state.value) return
        reported = widget.state.value
        this.report(widget, 'activated', reported)
      }
      for (const value of path) {
        this.set(widget, { value: snap(value, limits) })
        if (widget.state.tracking !== true) continue
        report()
        if (options.oneFrame !== true) this.host.page.reports.flush(widget)
      }
      report()
    })
  }

  /** Moves the handle by a number of steps, as an arrow key or the wheel does; it stops at the ends. */
  nudge (steps: number, options: ActOptions = {}): Done {
    return this.act('nudge', options, widget => {
      const limits = gridOf(widget)
      const value = snap(stepped(widget.state.value as number, steps, limits), limits)
      if (value === widget.state.value) return
      this.set(widget, { value })
      this.report(widget, 'activated', value)
    })
  }
}
