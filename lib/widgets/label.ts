import { boolean, color, nullable, oneOf, string, widget } from '../protocol/values.ts'
import { define, getter, option, optional, param, setter } from './definition.ts'
import { interactiveCallbacks } from './interactive.ts'
import { Widget, keepNulls } from './widget.ts'

const align = oneOf('left', 'center', 'right')

/**
 * A text. It is shown as it is, never read as HTML.
 * @param text - The text; null or empty for a blank line.
 * @keyboard Enter, Space, Down - open the menu, if it has one
 * @example
 * const reading = W.Label('21.4 °C', { halign: 'center', padding: 8 })
 * const state = W.Label('Within limits', { halign: 'center', padding: 8 })
 * reading.setFont('ui-monospace, monospace', 18, 600)
 * state.setColor('#1f7a45', '#ffffff')
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(reading)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const Label = define({
  class: 'Label',
  base: Widget,
  args: [optional('text', nullable(string), null)],
  options: {
    /** Where the text is within the label; on a page that runs from right to left, `left` is the right. */
    halign: option(align, 'left'),
    /** It reports pointer, keyboard and focus events. */
    interactive: option(boolean, false),
    /** A menu that opens when the label is pressed. */
    menu: option(nullable(widget('Menu')), null)
  },
  state: {
    text: { initial: given => given.text },
    color: { initial: [null, null] },
    halign: { initial: given => given.halign },
    valign: { initial: null },
    menu: { initial: given => given.menu, phase: 'late' }
  },
  methods: {
    /** Sets the text; null or empty for a blank line. */
    set_text: setter('text', [param('text', nullable(string))]),
    /** The text. */
    get_text: getter('text', nullable(string)),
    /** Sets the colours; null leaves one as it is, an empty string returns it to the theme. @param bg - Background. @param fg - Text. */
    set_color: setter('color', [optional('bg', nullable(color), null), optional('fg', nullable(color), null)], keepNulls('color')),
    /** Sets where the text is horizontally; on a page that runs from right to left, `left` is the right. */
    set_halign: setter('halign', [param('align', align)]),
    /** Sets where the text is vertically, in a label taller than its text. */
    set_valign: setter('valign', [param('align', oneOf('top', 'center', 'bottom'))]),
    /** Sets the menu that opens when the label is pressed; null for none. */
    set_menu: setter('menu', [param('menu', nullable(widget('Menu')))])
  },
  callbacks: interactiveCallbacks
})
