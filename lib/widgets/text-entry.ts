import { atLeast, boolean, nullable, string } from '../protocol/values.ts'
import { define, getter, option, optional, param, setter, tracked, update } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A field for one line of text.
 * @param text - What it holds at first.
 * @keyboard Enter - reports the text by `activated`
 * @keyboard Up, Down - an earlier, a later entry
 * @example
 * const batch = W.TextEntry('B-2041', { linehistory: 10, tooltip: 'Batch number' })
 * const state = W.Label('Press Enter to load the batch')
 * batch.on('activated', text => state.setText(`Batch ${text} is loaded`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(batch)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const TextEntry = define({
  class: 'TextEntry',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  options: {
    /** People may change the text. */
    editable: option(boolean, true),
    /** Number of earlier entries that the up and down keys bring back. */
    linehistory: option(atLeast(0), 1),
    /** Hides what is typed. */
    password: option(boolean, false)
  },
  state: {
    length: { initial: null },
    text: { initial: given => given.text ?? '' }
  },
  methods: {
    /** Sets the text. */
    set_text: setter('text', [param('text', string)]),
    /** The text. */
    get_text: getter('text', string),
    /** Empties the field. */
    clear: update(['text'], [], () => ({ text: '' })),
    /** Fixes the width; until then it follows the text. @param numchars - Number of characters. */
    set_length: setter('length', [param('numchars', atLeast(1))])
  },
  callbacks: {
    /** Enter was pressed. @param text - The text of the field. */
    activated: tracked(['text'], [param('text', string)]),
    /** The text was changed; comes 300 ms after the last key. @param text - The text of the field. */
    modified: tracked(['text'], [param('text', string)], undefined, { debounced: true })
  }
})
