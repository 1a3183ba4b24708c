import { number, oneOf } from '../protocol/values.ts'
import { changesValue, decimals, limits, setsLimits, setsValue } from './bounded.ts'
import { define, getter, option, param, setter } from './definition.ts'
import type { Context } from './definition.ts'
import { confine } from './numeric.ts'
import type { Limits, NumberType } from './numeric.ts'
import { Widget } from './widget.ts'

const confined = (value: unknown, limits: unknown, { given }: Pick<Context, 'given'>): number =>
  confine(value as number, limits as Limits, given.dtype as NumberType)

/**
 * A field for a number, with buttons that step it up and down. The steps start at the smallest value; what is typed may
 * lie between them.
 * @keyboard Up, Down - the next step up or down
 * @keyboard Page Up, Page Down - ten steps up or down
 * @keyboard Home, End - the smallest, the largest value
 * @keyboard Enter - takes the number that was typed
 * @keyboard Escape - gives it up
 * @example
 * const speed = W.SpinBox({ min: 0, max: 3000, step: 50, value: 1450 })
 * const dose = W.SpinBox({ dtype: 'float', min: 0, max: 5, step: 0.05, value: 1.25 })
 * const state = W.Label('1450 rpm, 1.25 ml')
 * const tell = () => state.setText(`${speed.getValue()} rpm, ${dose.getValue()} ml`)
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * for (const field of [speed, dose]) box.addWidget(field.on('activated', tell))
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const SpinBox = define({
  class: 'SpinBox',
  base: Widget,
  options: {
    /** Whole numbers, or any. Among whole numbers the step is one too. */
    dtype: option(oneOf('int', 'float'), 'int'),
    /** Smallest value. */
    min: option(number, 0),
    /** Largest value. */
    max: option(number, 99),
    /** Distance between values. */
    step: option(number, 1),
    /** Value to start with; the smallest if left out. */
    value: option(number, null),
    /** Digits after the point in the shown value; null for as many as the step has. The value itself keeps all. Whole numbers have none. */
    decimals: option(decimals, null)
  },
  state: {
    limits,
    value: { initial: given => confined(given.value ?? given.min, [given.min, given.max, given.step], { given }) },
    decimals: { initial: given => given.decimals }
  },
  methods: {
    /** Sets the value; it is brought between the limits, and rounded among whole numbers. */
    set_value: setsValue('val', confined),
    /** The value, with all its digits. */
    get_value: getter('value', number),
    /** Sets the limits; a value outside is brought inside. @param minval - Smallest value. @param maxval - Largest value. @param incrval - Distance between values; as before if left out. */
    set_limits: setsLimits(confined),
    /** Sets the digits after the point in the shown value; null for as many as the step has. */
    set_decimals: setter('decimals', [param('num', decimals)])
  },
  callbacks: {
    /** The value was stepped, or a number was typed and taken. @param value - The new value. */
    activated: changesValue(confined)
  }
})
