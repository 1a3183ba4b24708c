import { boolean, nullable, number, oneOf, union } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { getter, option, optional, param, setter, tracked, update } from './definition.ts'
import type { Callback, Context, Method, Option, StateDefinition } from './definition.ts'
import { limitsOf, snap } from './numeric.ts'
import type { Limits, NumberType } from './numeric.ts'

const decimals: ValueType = nullable({ kind: 'integer', min: 0, max: 20 })

const snapped = (value: unknown, limits: unknown, { given }: Pick<Context, 'given'>): number =>
  snap(value as number, limitsOf(limits as Limits, given.dtype as NumberType))

/** Options of what picks a number between limits: Slider and Dial. */
export const rangeOptions = {
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
  /** Digits after the point in the shown value; null for as many as the step has. */
  decimals: option(decimals, null)
} satisfies Record<string, Option>

/** What they keep: the limits first, so that a replay does not clip the value. */
export const rangeState = {
  limits: { initial: given => [given.min, given.max, given.step], calls: value => [['set_limits', ...value as Limits]] },
  value: { initial: given => snapped(given.value, [given.min, given.max, given.step], { given }) },
  tracking: { initial: given => given.track },
  decimals: { initial: given => given.decimals }
} satisfies Record<string, StateDefinition>

/** Their methods. */
export const rangeMethods = {
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
} satisfies Record<string, Method>

/** What people do to them. */
export const rangeCallbacks = {
  /** The handle was moved. @param value - The new value. */
  activated: tracked(['value'], [param('value', number)], (state, [value], context) => ({ value: snapped(value, state.limits, context) }), {
    unruly: true, corrected: (patch, [value]) => patch.value !== value
  })
} satisfies Record<string, Callback>
