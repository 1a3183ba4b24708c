import { oneOf } from '../protocol/values.ts'
import { define, option } from './definition.ts'
import { rangeCallbacks, rangeMethods, rangeOptions, rangeState } from './range.ts'
import { Widget } from './widget.ts'

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
    ...rangeOptions,
    /** Side where the value is shown: left, top, right or bottom. */
    show_value_position: option(oneOf('l', 't', 'r', 'b'), 'r')
  },
  state: rangeState,
  methods: rangeMethods,
  callbacks: rangeCallbacks
})
