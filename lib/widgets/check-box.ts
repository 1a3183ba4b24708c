import { boolean, nullable, string } from '../protocol/values.ts'
import { define, extension, getter, optional, param, setter, tracked } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A box to tick, with a caption.
 * @param text - The caption.
 *
 * @keyboard Space - ticks or clears it
 * @example
 * const box = W.VBox({ spacing: 6, padding: 12 })
 * const armed = W.CheckBox('Armed', { state: true })
 * const fire = W.Button('Fire')
 * armed.on('activated', checked => fire.setEnabled(checked))
 * box.addWidget(armed)
 * box.addWidget(fire)
 * page.setWidget(box)
 */
export const CheckBox = define({
  class: 'CheckBox',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  state: {
    text: { initial: given => given.text ?? '' },
    state: { initial: false }
  },
  methods: {
    /** Sets the caption. */
    set_text: extension(setter('text', [param('text', string)])),
    /** The caption. */
    get_text: extension({ ...getter('text', string), unasked: true }),
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
