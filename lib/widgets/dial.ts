import { atLeast, nullable, oneOf, string } from '../protocol/values.ts'
import { define, option, optional, param, setter } from './definition.ts'
import { rangeCallbacks, rangeMethods, rangeOptions, rangeState } from './range.ts'
import { Widget } from './widget.ts'

/**
 * A knob that is turned: picks a number between limits, from the lower left clockwise to the lower right.
 * @keyboard Right, Up - the next value
 * @keyboard Left, Down - the value before
 * @keyboard Page Up, Page Down - a tenth of the range up or down
 * @keyboard Home, End - the smallest, the largest value
 * @example
 * const gain = W.Dial({ min: 0, max: 60, step: 3, value: 24, track: true, showValue: true })
 * const state = W.Label('Gain 24 dB')
 * gain.resize(96, 96)
 * gain.on('activated', value => state.setText(`Gain ${value} dB`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(gain)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const Dial = define({
  class: 'Dial',
  base: Widget,
  options: {
    ...rangeOptions,
    /** Where the value is shown: below (`b`), or in a corner: upper right (`ur`), upper left, lower right, lower left. */
    show_value_position: option(oneOf('b', 'ur', 'ul', 'lr', 'll'), 'b')
  },
  state: {
    ...rangeState,
    knob_diameter: { initial: null },
    icon: { initial: [null, null] }
  },
  methods: {
    ...rangeMethods,
    /** Sets how wide the knob is, at most as wide as there is room inside the arc. @param len_px - Diameter in px. */
    set_knob_diameter: setter('knob_diameter', [param('len_px', { kind: 'number', min: 0 })]),
    /** Sets a picture that turns with the value, in place of the knob. @param url - Relative to the page; null for the knob. @param size - Width and height in px; null for as large as the knob. */
    set_icon: setter('icon', [param('url', nullable(string)), optional('size', nullable(atLeast(1)), null)])
  },
  callbacks: rangeCallbacks
})
