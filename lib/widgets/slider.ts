import { boolean, nullable, number, oneOf, union } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { define, getter, option, optional, param, setter, tracked, update } from './definition.ts'
import type { Context } from './definition.ts'
import { limitsOf, snap } from './numeric.ts'
import type { Limits, NumberType } from './numeric.ts'
import { Widget } from './widget.ts'

const decimals: ValueType = nullable({ kind: 'integer', min: 0, max: 20 })

const snapped = (value: unknown, limits: unknown, { given }: Pick<Context, 'given'>): number =>
  snap(value as number, limitsOf(limits as Limits, given.dtype as NumberType))

/**
 * A handle on a track: picks a number between limits.
 * @keyboard Right, Up - the next value
 * @keyboard Left, Down - the value before
 * @keyboard Page Up, Page Down - a tenth of the range up or down
 * @keyboard Home, End - the smallest, the largest value
 * @example
 * const setpoint = W.Slider({ min: 18, max: 28, step: 0.5, value: 21, dtype: 'float', track: true, showValue: true })
 * const state = W.Label('Heating to 21.0 °C')
 * setpoint.on('activated', value => state.setText(`Heating to ${value.toFixed(1)} °C`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(setpoint)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const Slider = define({
  class: 'Slider',
  base: Widget,
  options: {
    /** Direction of the track. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal'),
    /** Reports every value while the handle is dragged, not only the last. */
    track: option(boolean, false),
    /** Whole numbers, or any. Among whole numbers the step is one too. */
    dtype: option(oneOf('int', 'float'), 'int'),
    /** Smallest value. */
    min: option(number, 0),
    /** Largest value. */
    max: option(number, 100),
    /** Distance between values. */
    step: option(number, 1),
    /** Value to start with. */
    value: option(number, 50),
    /** Shows the value beside the track. */
    show_value: option(boolean, false),
    /** Side where the value is shown: left, top, right or bottom. */
    show_value_position: option(oneOf('l', 't', 'r', 'b'), 'r'),
    /** Digits after the point in the shown value; null for as many as the step has. */
    decimals: option(decimals, null)
  },
  state: {
    limits: { initial: given => [given.min, given.max, given.step], calls: value => [['set_limits', ...value as Limits]] },
    value: { initial: given => snapped(given.value, [given.min, given.max, given.step], { given }) },
    tracking: { initial: given => given.track },
    decimals: { initial: given => given.decimals }
  },
  methods: {
    /** Sets the value; it is brought between the limits and onto the nearest step. */
    set_value: setter('value', [param('num', number)], (state, [value], context) => ({ value: snapped(value, state.limits, context) })),
    /** The value. */
    get_value: getter('value', number),
    /** Sets the limits; a value outside is brought inside. @param minval - Smallest value. @param maxval - Largest value. @param incrval - Distance between values; as before if left out. */
    set_limits: update(['limits', 'value'], [param('minval', number), param('maxval', number), optional('incrval', union(number))], (state, [min, max, step], context) => {
      const limits = [min, max, step ?? (state.limits as Limits)[2]]
      return { limits, value: snapped(state.value, limits, context) }
    }),
    /** Sets whether every value is reported while the handle is dragged. */
    set_tracking: setter('tracking', [param('track', boolean)]),
    /** Sets the digits after the point in the shown value; null for as many as the step has. */
    set_decimals: setter('decimals', [param('num', decimals)])
  },
  callbacks: {
    /** The handle was moved. @param value - The new value. */
    activated: tracked(['value'], [param('value', number)], (state, [value], context) => ({ value: snapped(value, state.limits, context) }), {
      unruly: true, corrected: (patch, [value]) => patch.value !== value
    })
  }
})
