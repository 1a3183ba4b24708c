import { array, atLeast, integer, isRef, nullable, px, tuple, widget } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { addsChild, arranges, computed, define, option, optional, param, setter, update } from './definition.ts'
import type { Entry, Method, State } from './definition.ts'
import { MOST_LINES } from './most-lines.ts'
import { ContainerWidget } from './widget.ts'

const place: ValueType = { kind: 'integer', min: 0, max: MOST_LINES - 1 }
const lineCount: ValueType = { kind: 'integer', min: 1, max: MOST_LINES }

/** What lies along a line of the grid: its position among a child's arguments, and the state that counts such lines. */
interface Axis { readonly name: string, readonly at: 1 | 2, readonly count: 'rows' | 'columns' }

const ROW: Axis = { name: 'row', at: 1, count: 'rows' }
const COLUMN: Axis = { name: 'column', at: 2, count: 'columns' }
const across = (axis: Axis): Axis => axis === ROW ? COLUMN : ROW

const lineOf = (entry: Entry, axis: Axis): number => entry.args[axis.at] as number
const widsIn = (refs: unknown): number[] => (refs as readonly unknown[] | null ?? []).flatMap(ref => isRef(ref) ? ref.__wid__ : [])

function moved (entry: Entry, axis: Axis, by: number): Entry {
  return { ...entry, args: entry.args.with(axis.at, lineOf(entry, axis) + by) }
}

/** The children after a new line at `index`, with `refs` in it from its beginning on. */
function withLine (entries: readonly Entry[], axis: Axis, index: number, refs: unknown): Entry[] {
  const wids = widsIn(refs)
  const placed = wids.map((wid, i): Entry => ({ wid, method: 'add_widget', args: [{ __wid__: wid }, ...(axis === ROW ? [index, i] : [i, index])] }))
  const shifted = entries.map(entry => placed.find(({ wid }) => wid === entry.wid) ?? (lineOf(entry, axis) < index ? entry : moved(entry, axis, 1)))
  return [...shifted, ...placed.filter(({ wid }) => !entries.some(entry => entry.wid === wid))]
}

function withoutLine (entries: readonly Entry[], axis: Axis, index: number): Entry[] {
  return entries.filter(entry => lineOf(entry, axis) !== index).map(entry => lineOf(entry, axis) < index ? entry : moved(entry, axis, -1))
}

function insertion (axis: Axis, index: (args: readonly unknown[], state: State) => number, params: Method['params']): Method {
  return arranges(['rows', 'columns'], params, (entries, args, state) => withLine(entries, axis, index(args, state), args.at(-1)), (state, args) => {
    const count = state[axis.count] as number
    const wids = widsIn(args.at(-1))
    if (count === MOST_LINES) throw new RangeError(`there cannot be more than ${MOST_LINES} ${axis.count}`)
    if (index(args, state) > count) throw new RangeError(`index must be from 0 to ${count}, the number of ${axis.count}`)
    if (new Set(wids).size < wids.length) throw new RangeError('a widget can be named only once')
    return { [axis.count]: count + 1, [across(axis).count]: Math.max(state[across(axis).count] as number, wids.length) }
  })
}

function deletion (axis: Axis): Method {
  return arranges([axis.count], [param('index', atLeast(0))], (entries, [index]) => withoutLine(entries, axis, index as number), (state, [index]) => {
    const count = state[axis.count] as number
    if ((index as number) >= count) throw new RangeError(`index must be from 0 to ${count - 1}, the last ${axis.name}`)
    return { [axis.count]: Math.max(1, count - 1) }
  })
}

const inserts = (axis: Axis): Method =>
  insertion(axis, ([index]) => index as number, [param('index', atLeast(0)), optional('widgets', nullable(array(widget())), null)])
const appends = (axis: Axis): Method =>
  insertion(axis, (_args, state) => state[axis.count] as number, [param('widgets', array(widget()))])

/**
 * Rows and columns: each widget stands in a cell, and widgets in one column are equally wide. Rows and columns are as
 * large as what is in them and share the room left over; if something in them expands, those with it take all of it. A
 * label stands in the middle of its row and names the field at its right.
 *
 * @example
 * const form = W.GridBox({ rows: 2, columns: 2, padding: 12 })
 * form.setSpacing(8)
 * form.addWidget(W.Label('Wavelength'), 0, 0)
 * form.addWidget(W.TextEntry('589.3 nm'), 0, 1)
 * form.addWidget(W.Label('Exposure'), 1, 0)
 * form.addWidget(W.Slider({ min: 1, max: 500, value: 40, showValue: true }), 1, 1)
 * form.appendRow([W.Label('Filter'), W.CheckBox('Inserted')])
 * page.setWidget(form)
 */
export const GridBox = define({
  class: 'GridBox',
  base: ContainerWidget,
  options: {
    /** Number of rows to start with, 10,000 at most; it grows as widgets are added. */
    rows: option(lineCount, 1),
    /** Number of columns to start with, 10,000 at most; it grows as widgets are added. */
    columns: option(lineCount, 1)
  },
  container: {
    attach: 'add_widget',
    again: 'update',
    reduce ({ rows, columns }, change) {
      if (change.kind === 'removed' || change.kind === 'moved') return undefined
      const [, row, column] = change.args
      return { rows: Math.max(rows as number, row as number + 1), columns: Math.max(columns as number, column as number + 1) }
    }
  },
  state: {
    rows: { initial: given => given.rows, phase: 'create' },
    columns: { initial: given => given.columns, phase: 'create' },
    row_spacing: { initial: 2 },
    column_spacing: { initial: 2 }
  },
  methods: {
    /** Puts a widget into a cell; one that is in the grid already moves there. Rows and columns are added as needed. @param child - The widget. @param row - From 0 to 9999. @param col - From 0 to 9999. */
    add_widget: addsChild([param('child', widget()), param('row', place), param('col', place)]),
    /** Sets the gap between rows. @param px - px, 2 at first. */
    set_row_spacing: setter('row_spacing', [param('px', px)]),
    /** Sets the gap between columns. @param px - px, 2 at first. */
    set_column_spacing: setter('column_spacing', [param('px', px)]),
    /** Sets the gap between rows and between columns. @param px - px, 2 at first. */
    set_spacing: update(['row_spacing', 'column_spacing'], [param('px', px)], (_state, [gap]) => ({ row_spacing: gap, column_spacing: gap })),
    /** The number of rows and of columns. */
    get_row_column_count: computed([], tuple(integer, integer), ({ rows, columns }) => [rows, columns]),
    /** The widget in a cell, the first one where there are several; null if it is empty. @param row - From 0. @param col - From 0. */
    get_widget_at_cell: computed([param('row', integer), param('col', integer)], nullable(widget()), (_state, [row, column], { entries }) => {
      const wid = entries.find(entry => lineOf(entry, ROW) === row && lineOf(entry, COLUMN) === column)?.wid
      return wid === undefined ? null : { __wid__: wid }
    }),
    /** Adds a row; what is there and below moves down. @param index - From 0 to the number of rows. @param widgets - Widgets for its cells, from the left. */
    insert_row: inserts(ROW),
    /** Adds a row at the end. @param widgets - Widgets for its cells, from the left. */
    append_row: appends(ROW),
    /** Takes a row away, and the widgets in it out; what is below moves up. The last row stays, empty. @param index - From 0. */
    delete_row: deletion(ROW),
    /** Adds a column; what is there and after it moves on. @param index - From 0 to the number of columns. @param widgets - Widgets for its cells, from the top. */
    insert_column: inserts(COLUMN),
    /** Adds a column at the end. @param widgets - Widgets for its cells, from the top. */
    append_column: appends(COLUMN),
    /** Takes a column away, and the widgets in it out; what is after it moves back. The last column stays, empty. @param index - From 0. */
    delete_column: deletion(COLUMN)
  }
})
