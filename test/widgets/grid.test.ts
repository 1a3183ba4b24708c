import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { Model, ref, replayed } from './support.ts'
import type { Node } from '../../lib/session/tree.ts'

/** A grid as one would draw it: rows of cells, each with the numbers of who is in it. */
class Drawing {
  rows: number[][][]

  constructor (rows: number, columns: number) { this.rows = Array.from({ length: rows }, () => this.#row(columns)) }

  get columns (): number { return this.rows[0]?.length ?? 0 }

  put (wid: number, row: number, column: number): void {
    this.take(wid)
    while (this.rows.length <= row) this.rows.push(this.#row(this.columns))
    for (const cells of this.rows) while (cells.length <= column) cells.push([])
    this.rows[row]?.[column]?.push(wid)
  }

  take (wid: number): void { this.rows = this.rows.map(cells => cells.map(cell => cell.filter(other => other !== wid))) }

  insert (axis: 'row' | 'column', index: number, wids: readonly number[]): void {
    if (axis === 'row') this.rows.splice(index, 0, this.#row(this.columns))
    else for (const cells of this.rows) cells.splice(index, 0, [])
    for (const [i, wid] of wids.entries()) this.put(wid, axis === 'row' ? index : i, axis === 'row' ? i : index)
  }

  delete (axis: 'row' | 'column', index: number): void {
    // The last one is only emptied.
    if (axis === 'row') this.rows.splice(index, 1, ...(this.rows.length === 1 ? [this.#row(this.columns)] : []))
    else for (const cells of this.rows) cells.splice(index, 1, ...(cells.length === 1 ? [[]] : []))
  }

  #row (columns: number): number[][] { return Array.from({ length: columns }, () => []) }
}

const WIDGETS = 5
const small = fc.nat(3)
const axis = fc.constantFrom('row' as const, 'column' as const)
const steps = fc.array(fc.oneof(
  fc.record({ kind: fc.constant('add' as const), which: fc.nat(WIDGETS - 1), row: small, column: small }),
  fc.record({ kind: fc.constant('remove' as const), which: fc.nat(WIDGETS - 1) }),
  fc.record({ kind: fc.constant('insert' as const), axis, index: small, which: fc.uniqueArray(fc.nat(WIDGETS - 1), { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('append' as const), axis, which: fc.uniqueArray(fc.nat(WIDGETS - 1), { maxLength: 3 }) }),
  fc.record({ kind: fc.constant('delete' as const), axis, index: small })
), { maxLength: 20 })

t.test('grid box: whatever is done to its lines, everything is where a drawing has it, here and after a replay', async () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), steps, (rows, columns, steps) => {
    const model = new Model()
    const widgets = Array.from({ length: WIDGETS }, () => model.create('Label'))
    const grid = model.create('GridBox', { rows, columns })
    const drawing = new Drawing(rows, columns)
    const count = (axis: 'row' | 'column'): number => axis === 'row' ? drawing.rows.length : drawing.columns
    const refs = (which: readonly number[]): object[] => which.map(i => ref(widgets[i] as Node))
    const wids = (which: readonly number[]): number[] => which.map(i => (widgets[i] as Node).wid)
    for (const step of steps) {
      switch (step.kind) {
        case 'add':
          model.call(grid, 'add_widget', ...refs([step.which]), step.row, step.column)
          drawing.put(...wids([step.which]) as [number], step.row, step.column)
          break
        case 'remove':
          model.call(grid, 'remove', ...refs([step.which]))
          drawing.take(...wids([step.which]) as [number])
          break
        case 'insert': case 'append': {
          const index = step.kind === 'append' ? count(step.axis) : Math.min(step.index, count(step.axis))
          model.call(grid, `${step.kind}_${step.axis}`, ...(step.kind === 'append' ? [] : [index]), refs(step.which))
          drawing.insert(step.axis, index, wids(step.which))
          break
        }
        case 'delete':
          if (step.index >= count(step.axis)) break
          model.call(grid, `delete_${step.axis}`, step.index)
          drawing.delete(step.axis, step.index)
      }
    }
    for (const node of [grid, replayed(model.tree).nodes.get(grid.wid) as Node]) {
      deepStrictEqual(model.get(node, 'get_row_column_count'), [drawing.rows.length, drawing.columns])
      for (const [row, cells] of drawing.rows.entries()) {
        for (const [column, cell] of cells.entries()) {
          const there = model.get(node, 'get_widget_at_cell', row, column) as { __wid__: number } | null
          if (there === null ? cell.length > 0 : !cell.includes(there.__wid__)) throw new Error(`${row}, ${column}: ${JSON.stringify(there)}, not ${cell.join()}`)
        }
      }
    }
    const inside = drawing.rows.flat(2)
    for (const widget of widgets) deepStrictEqual(widget.parent, inside.includes(widget.wid) ? grid : null)
  }), { numRuns: 500 })
})
