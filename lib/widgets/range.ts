import { boolean, number, oneOf } from '../protocol/values.ts'
import { changesValue, decimals, limits, setsLimits, setsValue } from './bounded.ts'
import { getter, option, param, setter } from './definition.ts'
import type { Callback, Context, Method, Option, StateDefinition } from './definition.ts'
import { limitsOf, snap } from './numeric.ts'
import type { Limits, NumberType } from './numeric.ts'

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

/** What they keep. */
export const rangeState = {
  limits,
  value: { initial: given => snapped(given.value, [given.min, given.max, given.step], { given }) },
  tracking: { initial: given => given.track },
  decimals: { initial: given => given.decimals }
} satisfies Record<string, StateDefinition>

/** Their methods. */
export const rangeMethods = {
  /** Sets the value; it is brought between the limits and onto the nearest step. */
  set_value: setsValue('num', snapped),
  /** The value. */
  get_value: getter('value', number),
  /** Sets the limits; a value outside is brought inside. @param minval - Smallest value. @param maxval - Largest value. @param incrval - Distance between values; as before if left out. */
  set_limits: setsLimits(snapped),
  /** Sets whether every value is reported while the handle is dragged. */
  set_tracking: setter('tracking', [param('track', boolean)]),
  /** Sets the digits after the point in the shown value; null for as many as the step has. */
  set_decimals: setter('decimals', [param('num', decimals)])
} satisfies Record<string, Method>

/** What people do to them. */
export const rangeCallbacks = {
  /** The handle was moved. @param value - The new value. */
  activated: changesValue(snapped, { unruly: true })
} satisfies Record<string, Callback>
