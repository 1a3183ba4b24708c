import { string, widget } from '../protocol/values.ts'
import { define, getter, onlyChild, option, param, setter } from './definition.ts'
import { ContainerWidget } from './widget.ts'

/**
 * A titled border around one widget.
 *
 * @example
 * const limits = W.Frame({ title: 'Limits' })
 * const column = W.VBox({ spacing: 8, padding: 8 })
 * column.addWidget(W.CheckBox('Stop above 80 °C', { state: true }))
 * column.addWidget(W.CheckBox('Stop below 4 °C'))
 * limits.setWidget(column)
 * const box = W.VBox({ padding: 12 })
 * box.addWidget(limits)
 * page.setWidget(box)
 */
export const Frame = define({
  class: 'Frame',
  base: ContainerWidget,
  options: {
    /** Text in the border; empty for none. */
    title: option(string, '')
  },
  container: { attach: 'set_widget', again: 'move' },
  state: { title: { initial: given => given.title } },
  methods: {
    /** Puts a widget into the frame in place of the one there. */
    set_widget: onlyChild([param('child', widget())]),
    /** Sets the text in the border. */
    set_title: setter('title', [param('text', string)]),
    /** The same as `setTitle`. */
    set_text: setter('title', [param('text', string)]),
    /** The text in the border. */
    get_text: getter('title', string)
  }
})
