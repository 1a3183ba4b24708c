import { boolean, nullable, string, widget } from '../protocol/values.ts'
import { define, extension, getter, option, optional, param, setter, tracked } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * One of several choices, with a caption: choosing it releases the others of its group.
 *
 * @keyboard Arrow keys - choose the next or previous one of the group
 * @keyboard Space - chooses it
 * @example
 * const box = W.VBox({ spacing: 6, padding: 12 })
 * const slow = W.RadioButton('Slow', { state: true })
 * const fast = W.RadioButton('Fast', { group: slow })
 * for (const button of [slow, fast]) {
 *   button.on('activated', (_chosen, { widget }) => session.log.info({ speed: widget.getText() }))
 *   box.addWidget(button)
 * }
 * page.setWidget(box)
 */
export const RadioButton = define({
  class: 'RadioButton',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  options: {
    /** Any other radio button of the group to join; null begins a group of its own. */
    group: option(nullable(widget('RadioButton')), null)
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
    /** Chooses it, which releases the others of its group, or releases it. */
    set_state: setter('state', [param('value', boolean)]),
    /** Whether it is the chosen one. */
    get_state: getter('state', boolean)
  },
  callbacks: {
    /** It was chosen. The one that was released says nothing. @param state - true. */
    activated: tracked(['state'], [param('state', boolean)])
  }
})
