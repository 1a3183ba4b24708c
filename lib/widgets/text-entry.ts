import { atLeast, boolean, nullable, string } from '../protocol/values.ts'
import { define, getter, option, optional, param, setter, tracked, update } from './definition.ts'
import { Widget } from './widget.ts'

/** A field for one line of text. */
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
