import { between, boolean, nullable, oneOf, string, widget } from '../protocol/values.ts'
import { define, getter, option, optional, param, setter } from './definition.ts'
import type { Reduce } from './definition.ts'
import { Label } from './label.ts'

/** Seconds that the platform can wait. */
const seconds = between(0, 2_147_483)

const toText: Reduce = (_state, [text]) => ({ text: text ?? '' })

/**
 * A line for messages, at the foot of a window as a rule. Assistive tools read out what appears in it. A message with a
 * duration is taken away by the server, so that all browsers agree, and none shows it again later.
 *
 * @example
 * const status = W.StatusBar()
 * const run = W.Button('Calibrate')
 * run.on('activated', () => {
 *   status.setMessage('Calibration done, drift 0.02 K', 10)
 * })
 * const column = W.VBox({ spacing: 8 })
 * column.addWidget(run, 0)
 * column.addWidget(W.Label('Spectrometer 2'), 1)
 * column.addWidget(status, 0)
 * page.setWidget(column)
 * status.setMessage('Ready')
 */
export const StatusBar = define({
  class: 'StatusBar',
  base: Label,
  options: {
    /** Where the text is within the line. */
    halign: option(oneOf('left', 'center', 'right'), 'left'),
    /** It reports pointer, keyboard and focus events. */
    interactive: option(boolean, false),
    /** A menu that opens when the line is pressed. */
    menu: option(nullable(widget('Menu')), null)
  },
  state: {
    text: { initial: '', calls: value => [['set_message', value]] }
  },
  methods: {
    /** Shows a message in place of the one there. It is shown as it is, never read as HTML. @param text - The message. @param duration - Seconds for which it is shown; null or 0 for as long as no other comes. */
    set_message: setter('text', [param('text', string), optional('duration', nullable(seconds), null)], toText),
    /** Takes the message away. */
    clear: setter('text', [], () => ({ text: '' })),
    /** The same as `setMessage` without a duration. */
    set_text: setter('text', [param('text', nullable(string))], toText),
    /** The message that is shown; empty for none. */
    get_text: getter('text', string)
  }
})
