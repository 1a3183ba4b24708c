/** What happens to the items and the text of a combo box, at the server and in the page alike. */
import type { Reduce, State } from './definition.ts'

/** What people may add to is bounded; server code is not. */
const MOST_ITEMS = 10_000

/** A combo box without items. `auto` tells whether the next first item is selected by itself. */
export const NO_ITEMS = { items: [], auto: true, text: '' } as const

export const itemsOf = (state: State): readonly string[] => state.items as string[]

/** Items after `text` came in at `index`; the first item of a list that never had a selection is selected. */
function inserted (state: State, text: string, index: number): State {
  const next = itemsOf(state).toSpliced(index, 0, text)
  return next.length === 1 && state.auto === true ? { items: next, text } : { items: next }
}

export const appended: Reduce = (state, [text]) => inserted(state, text as string, itemsOf(state).length)

export const insertedInOrder: Reduce = (state, [text]) => {
  // One language for all: an order that depends on the machine would differ between the server and its browsers.
  const index = itemsOf(state).findIndex(item => item.localeCompare(text as string, 'en') > 0)
  return inserted(state, text as string, index === -1 ? itemsOf(state).length : index)
}

export const deleted: Reduce = (state, [text]) => {
  const index = itemsOf(state).indexOf(text as string)
  return index === -1 ? undefined : { items: itemsOf(state).toSpliced(index, 1) }
}

export const selected: Reduce = (state, [index]) => {
  const text = itemsOf(state)[index as number]
  if (text !== undefined) return { text, auto: false }
  if (index === -1) return { auto: false }
  throw new RangeError(`index must be from 0 to ${itemsOf(state).length - 1}, the last item; it is ${index}`)
}

export const shown: Reduce = (state, [text], { given }) =>
  given.editable === true || itemsOf(state).includes(text as string) ? { text } : undefined

export const cleared: Reduce = () => ({ ...NO_ITEMS })

/** An item was chosen, or a text entered, which becomes an item if it is none. */
export const chosen: Reduce = (state, [, text], { given }) => {
  const items = itemsOf(state)
  if (text === '' || items.includes(text as string)) return { auto: false, text }
  if (given.editable !== true) throw new RangeError('only an editable field takes a text that is no item')
  if (items.length >= MOST_ITEMS) throw new RangeError(`people may add items up to ${MOST_ITEMS}`)
  return { items: [...items, text], auto: false, text }
}
