import { boolean, nullable, string, widget } from '../protocol/values.ts'
import { define, extension, getter, option, optional, param, setter, tracked } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A button that stays down until it is pressed again, alone or one of a group of which at most one is down.
 *
 * @keyboard Space, Enter - presses or releases it
 * @example
 * const row = W.HBox({ spacing: 8 })
 * const lamp = W.ToggleButton('Lamp', { state: true })
 * const shutter = W.ToggleButton('Shutter')
 * shutter.on('activated', down => session.log.info({ open: down }, 'shutter'))
 * row.addWidget(lamp)
 * row.addWidget(shutter)
 * const box = W.VBox({ padding: 12 })
 * box.addWidget(row)
 * page.setWidget(box)
 */
export const ToggleButton = define({
  class: 'ToggleButton',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  options: {
    /** Any other toggle button of the group to join, of which at most one is down; null for none. */
    group: option(nullable(widget('ToggleButton')), null)
  },
  exclusive: { group: 'group', state: 'state' },
  state: {
    text: { initial: given => given.text ?? '' },
    state: { initial: false }
  },
  methods: {
    /** Sets the caption. */
    set_text: setter('text', [param('text', string)]),
    /** The caption. */
    get_text: extension({ ...getter('text', string), unasked: true }),
    /** Presses or releases it; pressing one of a group releases the others. */
    set_state: setter('state', [param('value', boolean)]),
    /** Whether it is down. */
    get_state: getter('state', boolean)
  },
  callbacks: {
    /** It was pressed or released. Those of its group that were released by that say nothing. @param state - Whether it is now down. */
    activated: tracked(['state'], [param('state', boolean)])
  }
})
