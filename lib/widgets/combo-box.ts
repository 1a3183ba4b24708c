import { atLeast, boolean, integer, nullable, string } from '../protocol/values.ts'
import { NO_ITEMS, appended, chosen, cleared, deleted, insertedInOrder, itemsOf, selected, shown } from './combo-items.ts'
import { computed, define, getter, option, param, setter, tracked, update } from './definition.ts'
import type { Call } from './definition.ts'
import { Widget } from './widget.ts'

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
      initial: NO_ITEMS.items,
      calls: (value, before): Call[] => {
        const now = value as string[]
        const old = before as string[] | undefined
        const append = (texts: string[]): Call[] => texts.map(text => ['append_text', text])
        if (old !== undefined && old.every((text, i) => text === now[i])) return append(now.slice(old.length))
        return [['clear'], ...append(now)]
      }
    },
    // Whether the next first item is selected by itself. An index out of range switches that off and does nothing else.
    auto: { initial: NO_ITEMS.auto, calls: value => value === false ? [['set_index', -1]] : [] },
    text: { initial: NO_ITEMS.text }
  },
  methods: {
    /** Adds an item at the end. */
    append_text: update(['items', 'text'], [param('text', string)], appended),
    /** Adds an item before the first one that sorts after it. */
    insert_alpha: update(['items', 'text'], [param('text', string)], insertedInOrder),
    /** Removes the first item with this text; the field keeps its text. */
    delete_alpha: update(['items'], [param('text', string)], deleted),
    /** Sets the text of the field; if it is an item's, that item is selected. */
    set_text: setter('text', [param('text', string)]),
    /** The text of the field. */
    get_text: getter('text', string),
    /** Selects an item. @param idx - From 0. */
    set_index: { ...update(['text', 'auto'], [param('idx', integer)], selected), needsChildren: true },
    /** Position of the first item with the field's text, from 0; -1 if there is none. */
    get_index: computed([], integer, state => itemsOf(state).indexOf(state.text as string)),
    /** Text of an item; null if there is no such item. @param idx - From 0. */
    get_alpha: computed([param('idx', integer)], nullable(string), (state, [index]) => itemsOf(state)[index as number] ?? null),
    /** Sets the text of the field if it is an item's or the field is editable. */
    show_text: update(['text'], [param('text', string)], shown),
    /** Removes all items and the text. */
    clear: update(['items', 'text', 'auto'], [], cleared),
    /** Fixes the width; until then it follows the longest item. @param numchars - Number of characters. */
    set_length: setter('length', [param('numchars', atLeast(1))])
  },
  callbacks: {
    /** An item was chosen, or Enter pressed. @param index - Position of the item. @param text - Its text. */
    activated: tracked(['items', 'auto', 'text'], [param('index', integer), param('text', string)], chosen),
    /** The text of an editable field was changed. @param text - The text. */
    modified: tracked(['text'], [param('text', string)], undefined, { debounced: true, when: given => given.editable === true })
  }
})
