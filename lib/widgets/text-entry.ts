import { atLeast, boolean, nullable, string } from '../protocol/values.ts'
import { define, extension, getter, option, optional, param, setter, tracked, update } from './definition.ts'
import type { Option } from './definition.ts'
import { Widget } from './widget.ts'

/** Options of fields for one line of text. */
const entryOptions = {
  /** People may change the text. */
  editable: option(boolean, true),
  /** Number of earlier entries that the up and down keys bring back. */
  linehistory: option(atLeast(0), 1),
  /** Hides what is typed. */
  password: option(boolean, false)
} satisfies Record<string, Option>

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
  options: entryOptions,
  state: {
    length: { initial: null },
    text: { initial: given => given.text ?? '' },
    placeholder: { initial: '' },
    editable: { initial: given => given.editable }
  },
  methods: {
    /** Sets the text. */
    set_text: setter('text', [param('text', string)]),
    /** The text. */
    get_text: getter('text', string),
    /** Empties the field. */
    clear: update(['text'], [], () => ({ text: '' })),
    /** Fixes the width; until then it follows the text. @param numchars - Number of characters. */
    set_length: setter('length', [param('numchars', atLeast(1))]),
    /** Sets what an empty field shows in place of a text, such as an example of what belongs there. */
    set_placeholder: extension(setter('placeholder', [param('text', string)])),
    /** Sets whether people may change the text. */
    set_editable: extension(setter('editable', [param('tf', boolean)]))
  },
  callbacks: {
    /** Enter was pressed. @param text - The text of the field. */
    activated: tracked(['text'], [param('text', string)]),
    /** The text was changed; comes 300 ms after the last key. @param text - The text of the field. */
    modified: tracked(['text'], [param('text', string)], undefined, { debounced: true })
  }
})

/**
 * A field for one line of text, with a button that reports it as Enter does.
 * @param text - What it holds at first.
 * @keyboard Enter - reports the text by `activated`
 * @keyboard Up, Down - an earlier, a later entry
 * @example
 * const station = W.TextEntrySet('Lathe 2', { label: 'Rename', linehistory: 5 })
 * const state = W.Label('The station is called Lathe 2')
 * station.on('activated', text => state.setText(`The station is called ${text}`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(station)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const TextEntrySet = define({
  class: 'TextEntrySet',
  base: TextEntry,
  args: TextEntry.args,
  options: {
    /** Caption of the button. */
    label: option(string, 'Set'),
    ...entryOptions
  },
  state: {
    button_text: { initial: given => given.label }
  },
  methods: {
    /** Sets the caption of the button. */
    set_button_text: setter('button_text', [param('text', string)])
  },
  callbacks: {
    /** Enter or the button was pressed. @param text - The text of the field. */
    activated: tracked(['text'], [param('text', string)])
  }
})
