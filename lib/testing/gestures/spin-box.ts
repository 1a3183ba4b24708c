import { confine, limitsOf, stepped } from '../../widgets/numeric.ts'
import type { Limits, NumberType } from '../../widgets/numeric.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'

const typeOf = (widget: PageWidget): NumberType => widget.given.dtype as NumberType

/** A SpinBox. */
export class SpinBoxHandle extends WidgetHandle {
  /** The value. */
  get value (): number { return this.state.value as number }

  /** Types a number and presses Enter. What is out of range is brought inside. */
  enter (value: number, options: ActOptions = {}): Done {
    return this.act('enter a number into', options, widget => {
      if (!Number.isFinite(value)) this.refuse('enter a number into', `${value} is none that one can type`)
      this.set(widget, { value: confine(value, widget.state.limits as Limits, typeOf(widget)) })
      this.report(widget, 'activated', widget.state.value)
    })
  }

  /** Goes a number of steps up, or down if it is negative, as its buttons, the arrow keys and the wheel do; it stops at the ends. */
  step (steps: number, options: ActOptions = {}): Done {
    return this.act('step', options, widget => {
      for (let i = 0; i < Math.abs(steps); i++) {
        const value = this.#next(widget, Math.sign(steps))
        if (value === widget.state.value) return
        this.set(widget, { value })
        this.report(widget, 'activated', value)
      }
    })
  }

  #next (widget: PageWidget, steps: number): number {
    const limits = widget.state.limits as Limits
    return confine(stepped(widget.state.value as number, steps, limitsOf(limits, typeOf(widget))), limits, typeOf(widget))
  }
}
