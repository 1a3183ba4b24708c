import { boolean, nullable, string } from '../protocol/values.ts'
import { define, getter, optional, param, setter, tracked } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A box to tick, with a caption.
 * @param text - The caption.
 * @keyboard Space - ticks or clears it
 * @example
 * const log = W.CheckBox('Write measurements to the log')
 * const alarm = W.CheckBox('Sound the alarm above 80 °C')
 * const state = W.Label('Alarm on')
 * alarm.setState(true)
 * alarm.on('activated', checked => state.setText(checked ? 'Alarm on' : 'Alarm off'))
 * const box = W.VBox({ spacing: 4, padding: 12 })
 * for (const widget of [log, alarm, state]) box.addWidget(widget)
 * page.setWidget(box)
 */
export const CheckBox = define({
  class: 'CheckBox',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  state: { state: { initial: false } },
  methods: {
    /** Ticks or clears it. */
    set_state: setter('state', [param('tf', boolean)]),
    /** Whether it is ticked. */
    get_state: getter('state', boolean)
  },
  callbacks: {
    /** It was ticked or cleared. @param checked - Whether it is now ticked. */
    activated: tracked(['state'], [param('checked', boolean)])
  }
})
