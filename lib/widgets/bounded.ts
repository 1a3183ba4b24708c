/** What Slider, Dial and SpinBox have in common: a number between limits. They differ in where between them it may lie. */
import { nullable, number, union } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { optional, param, setter, tracked, update } from './definition.ts'
import type { Callback, Context, Method, StateDefinition } from './definition.ts'
import type { Limits } from './numeric.ts'

/** How a class brings a value between the limits. */
type Bring = (value: unknown, limits: unknown, context: Pick<Context, 'given'>) => number

/** Digits after the point; null for as many as the step has. */
export const decimals: ValueType = nullable({ kind: 'integer', min: 0, max: 20 })

/** Smallest value, largest value and step. To stand before the value, so that a replay does not clip it. */
export const limits: StateDefinition = {
  initial: given => [given.min, given.max, given.step],
  calls: value => [['set_limits', ...value as Limits]]
}

/** A setter of the value. */
export const setsValue = (name: string, bring: Bring): Method =>
  setter('value', [param(name, number)], (state, [value], context) => ({ value: bring(value, state.limits, context) }))

/** A setter of the limits, which brings the value between them and keeps the step where none is given. */
export const setsLimits = (bring: Bring): Method =>
  update(['limits', 'value'], [param('minval', number), param('maxval', number), optional('incrval', union(number))], (state, [min, max, step], context) => {
    const limits = [min, max, step ?? (state.limits as Limits)[2]]
    return { limits, value: bring(state.value, limits, context) }
  })

/** The action of somebody who changes the value; a page that reports another than there can be is told. */
export const changesValue = (bring: Bring, extra: Partial<Callback> = {}): Callback =>
  tracked(['value'], [param('value', number)], (state, [value], context) => ({ value: bring(value, state.limits, context) }), {
    corrected: (patch, [value]) => patch.value !== value, ...extra
  })
