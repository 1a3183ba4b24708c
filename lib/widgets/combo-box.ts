import { atLeast, boolean, integer, nullable, string } from '../protocol/values.ts'
import { computed, define, getter, option, param, setter, tracked, update } from './definition.ts'
import type { Call, State } from './definition.ts'
import { Widget } from './widget.ts'

// One language for all: an order that depends on the machine would differ between the server and its browsers.
const alphabet = new Intl.Collator('en')

/** What people may add to is bounded; server code is not. */
const MOST_ITEMS = 10_000

const items = (state: State): readonly string[] => state.items as string[]

/** Items after `text` came in at `index`; the first item of a list that never had a selection is selected. */
function inserted (state: State, text: string, index: number): State {
  const next = items(state).toSpliced(index, 0, text)
  return next.length === 1 && state.auto === true ? { items: next, text } : { items: next }
}

/**
 * A field with a list to choose from.
 * @keyboard Down, Up - opens the list; then the next, the previous item
 * @keyboard Enter - opens the list; then takes the item. In an editable field it takes the text as typed
 * @keyboard Space - opens the list; then takes the item (not in an editable field)
 * @keyboard Tab - takes the item and goes on
 * @keyboard Escape - closes the list and leaves things as they were
 * @keyboard Page Up, Page Down - ten items up or down
 * @keyboard Home, End - the first, the last item (not in an editable field)
 * @keyboard Letters - go to the item that begins so; in an editable field they narrow the list down
 * @example
 * const range = W.ComboBox()
 * for (const text of ['0 to 10 V', '0 to 5 V', '4 to 20 mA']) range.appendText(text)
 * const state = W.Label('Channel 1 reads 0 to 10 V')
 * range.on('activated', (_index, text) => state.setText(`Channel 1 reads ${text}`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(range)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const ComboBox = define({
  class: 'ComboBox',
  base: Widget,
  options: {
    /** People may type a text that is not in the list; Enter adds it to the list. */
    editable: option(boolean, false),
    /** Number of rows shown before the list scrolls; 0 for 200 px. */
    dropdown_limit: option(atLeast(0), 0)
  },
  state: {
    length: { initial: null },
    items: {
      initial: [],
      calls: (value, before): Call[] => {
        const now = value as string[]
        const old = before as string[] | undefined
        const append = (texts: string[]): Call[] => texts.map(text => ['append_text', text])
        if (old !== undefined && old.every((text, i) => text === now[i])) return append(now.slice(old.length))
        return [['clear'], ...append(now)]
      }
    },
    // Whether the next first item is selected by itself. An index out of range switches that off and does nothing else.
    auto: { initial: true, calls: value => value === false ? [['set_index', -1]] : [] },
    text: { initial: '' }
  },
  methods: {
    /** Adds an item at the end. */
    append_text: update(['items', 'text'], [param('text', string)], (state, [text]) => inserted(state, text as string, items(state).length)),
    /** Adds an item before the first one that sorts after it. */
    insert_alpha: update(['items', 'text'], [param('text', string)], (state, [text]) => {
      const index = items(state).findIndex(item => alphabet.compare(item, text as string) > 0)
      return inserted(state, text as string, index === -1 ? items(state).length : index)
    }),
    /** Removes the first item with this text; the field keeps its text. */
    delete_alpha: update(['items'], [param('text', string)], (state, [text]) => {
      const index = items(state).indexOf(text as string)
      return index === -1 ? undefined : { items: items(state).toSpliced(index, 1) }
    }),
    /** Sets the text of the field; if it is an item's, that item is selected. */
    set_text: setter('text', [param('text', string)]),
    /** The text of the field. */
    get_text: getter('text', string),
    /** Selects an item. @param idx - From 0. */
    set_index: {
      ...update(['text', 'auto'], [param('idx', integer)], (state, [index]) => {
        const text = items(state)[index as number]
        if (text !== undefined) return { text, auto: false }
        if (index === -1) return { auto: false }
        throw new RangeError(`index must be from 0 to ${items(state).length - 1}, the last item; it is ${index}`)
      }),
      needsChildren: true
    },
    /** Position of the first item with the field's text, from 0; -1 if there is none. */
    get_index: computed([], integer, state => items(state).indexOf(state.text as string)),
    /** Text of an item; null if there is no such item. @param idx - From 0. */
    get_alpha: computed([param('idx', integer)], nullable(string), (state, [index]) => items(state)[index as number] ?? null),
    /** Sets the text of the field if it is an item's or the field is editable. */
    show_text: update(['text'], [param('text', string)], (state, [text], { given }) =>
      given.editable === true || items(state).includes(text as string) ? { text } : undefined),
    /** Removes all items and the text. */
    clear: update(['items', 'text', 'auto'], [], () => ({ items: [], text: '', auto: true })),
    /** Fixes the width; until then it follows the longest item. @param numchars - Number of characters. */
    set_length: setter('length', [param('numchars', atLeast(1))])
  },
  callbacks: {
    /** An item was chosen, or Enter pressed. @param index - Position of the item. @param text - Its text. */
    activated: tracked(['items', 'auto', 'text'], [param('index', integer), param('text', string)], (state, [, text], { given }) => {
      if (text === '' || items(state).includes(text as string)) return { auto: false, text }
      if (given.editable !== true) throw new RangeError('only an editable field takes a text that is no item')
      if (items(state).length >= MOST_ITEMS) throw new RangeError(`people may add items up to ${MOST_ITEMS}`)
      return { items: [...items(state), text], auto: false, text }
    }),
    /** The text of an editable field was changed. @param text - The text. */
    modified: tracked(['text'], [param('text', string)], undefined, { debounced: true, when: given => given.editable === true })
  }
})
