import { MOST_LINES } from '../../lib/widgets/most-lines.ts'
import { ContainerWidget } from './container.ts'
import { Label } from './label.ts'
import { nameBy } from './naming.ts'
import { px } from './widget.ts'
import type { Init, Widget } from './widget.ts'

interface Cell { row: number, column: number }

type Axis = 'row' | 'column'
const axes = ['row', 'column'] as const

/** A row or a column. */
class Line {
  readonly children = new Set<Widget>()
  /** What it asks of the layout. */
  kind: 'empty' | 'expanding' | 'labels' | 'plain' = 'empty'

  /** Returns whether it asks for something else than before. */
  look (axis: Axis): boolean {
    const before = this.kind
    const children = [...this.children]
    if (children.length === 0) this.kind = 'empty'
    else if (children.some(child => child.get_expanding()[axis === 'row' ? 'vertical' : 'horizontal'])) this.kind = 'expanding'
    else this.kind = children.every(child => child instanceof Label) ? 'labels' : 'plain'
    return this.kind !== before
  }
}

/**
 * Rows and columns. They are as large as what is in them and share the room left over, but where something wants to
 * expand its row or column takes all of it, and a column of labels beside others keeps to itself. A label names the
 * control at its right.
 */
export class GridBox extends ContainerWidget {
  readonly #lines: Readonly<Record<Axis, Line[]>>
  /** Where the children are; a server may leave that to the page, which then knows of no cell. */
  readonly #cells = new Map<Widget, Cell>()

  constructor (init: Init<readonly unknown[], { readonly rows: number, readonly columns: number }>) {
    super(init)
    this.element.classList.add('pg-grid')
    const { rows, columns } = init.options
    const lines = (count: number): Line[] => Array.from({ length: Math.min(MOST_LINES, Math.max(1, count)) }, () => new Line())
    this.#lines = { row: lines(rows), column: lines(columns) }
    for (const axis of axes) this.#size(axis)
  }

  /** A widget that is here already moves; without a cell it goes wherever there is room. */
  add_widget (child: Widget, row: number | null = null, column: number | null = null): void {
    if (row === null || column === null) {
      this.adopt(child)
      return
    }
    this.#check('row', row, MOST_LINES - 1)
    this.#check('column', column, MOST_LINES - 1)
    this.adopt(child)
    this.#leave(child)
    this.#enter(child, { row, column })
  }

  set_row_spacing (gap: number): void { this.element.style.rowGap = px(gap) }

  set_column_spacing (gap: number): void { this.element.style.columnGap = px(gap) }

  set_spacing (gap: number): void { this.element.style.gap = px(gap) }

  get_row_column_count (): [rows: number, columns: number] { return [this.#lines.row.length, this.#lines.column.length] }

  get_widget_at_cell (row: number, column: number): Widget | null { return this.children.find(child => this.#isAt(child, row, column)) ?? null }

  insert_row (index: number, widgets: ReadonlyArray<Widget | null> | null = null): void { this.#insert('row', index, widgets ?? []) }

  append_row (widgets: ReadonlyArray<Widget | null>): void { this.#append('row', widgets) }

  delete_row (index: number): void { this.#delete('row', index) }

  insert_column (index: number, widgets: ReadonlyArray<Widget | null> | null = null): void { this.#insert('column', index, widgets ?? []) }

  append_column (widgets: ReadonlyArray<Widget | null>): void { this.#append('column', widgets) }

  delete_column (index: number): void { this.#delete('column', index) }

  override expands (child: Widget): void { this.#look(this.#cells.get(child)) }

  protected override displace (child: Widget, index: number): void {
    super.displace(child, index)
    this.#leave(child)
  }

  #append (axis: Axis, widgets: ReadonlyArray<Widget | null>): void {
    if (!Array.isArray(widgets)) throw new TypeError('The widgets are not a list')
    this.#insert(axis, this.#lines[axis].length, widgets)
  }

  #insert (axis: Axis, index: number, widgets: ReadonlyArray<Widget | null>): void {
    const lines = this.#lines[axis]
    this.#check(axis, index, lines.length)
    lines.splice(index, 0, new Line())
    this.#renumber(axis, index + 1)
    this.#size(axis)
    for (const [at, widget] of widgets.entries()) {
      if (widget !== null) this.add_widget(widget, axis === 'row' ? index : at, axis === 'row' ? at : index)
    }
  }

  #delete (axis: Axis, index: number): void {
    const lines = this.#lines[axis]
    this.#check(axis, index, lines.length - 1)
    for (const child of [...lines[index]?.children ?? []]) this.remove(child)
    if (lines.length > 1) lines.splice(index, 1)
    this.#renumber(axis, index)
    this.#size(axis)
  }

  #check (axis: Axis, index: number, last: number): void {
    if (!Number.isInteger(index) || index < 0 || index > last) throw new RangeError(`No such ${axis}: ${String(index)}`)
  }

  #isAt (child: Widget, row: number, column: number): boolean {
    const cell = this.#cells.get(child)
    return cell !== undefined && cell.row === row && cell.column === column
  }

  #enter (child: Widget, cell: Cell): void {
    this.#cells.set(child, cell)
    for (const axis of axes) {
      const lines = this.#lines[axis]
      const before = lines.length
      while (lines.length <= cell[axis]) lines.push(new Line())
      lines[cell[axis]]?.children.add(child)
      if (lines.length > before) this.#size(axis)
    }
    this.#look(cell)
    this.#put(child)
    this.#name(cell.row, cell.column)
  }

  #leave (child: Widget): void {
    const cell = this.#cells.get(child)
    if (cell === undefined) return
    this.#cells.delete(child)
    for (const axis of axes) this.#lines[axis][cell[axis]]?.children.delete(child)
    this.#look(cell)
    child.element.style.gridArea = ''
    nameBy(child, undefined)
    this.#name(cell.row, cell.column)
  }

  /** Gives the lines from `first` on the numbers that they have now. */
  #renumber (axis: Axis, first: number): void {
    const lines = this.#lines[axis]
    for (let index = first; index < lines.length; index++) {
      for (const child of lines[index]?.children ?? []) {
        const cell = this.#cells.get(child)
        if (cell === undefined) continue
        cell[axis] = index
        this.#put(child)
      }
    }
    // Neighbours have changed in all rows, or only in what is empty now.
    if (axis === 'column') for (const { row, column } of this.#cells.values()) this.#name(row, column)
  }

  #put (child: Widget): void {
    const { row, column } = this.#cells.get(child) as Cell
    child.element.style.gridArea = `${row + 1} / ${column + 1}`
  }

  /** Names what is in a cell, and at its right, by the label before it. */
  #name (row: number, column: number): void {
    const at = (column: number): Widget[] => [...this.#lines.row[row]?.children ?? []].filter(child => this.#isAt(child, row, column))
    for (const named of [column, column + 1]) {
      const before = at(named - 1).find(child => child instanceof Label)
      for (const child of at(named)) nameBy(child, before)
    }
  }

  /** Something about who is in this cell has changed. */
  #look (cell: Cell | undefined): void {
    if (cell === undefined) return
    for (const axis of axes) if (this.#lines[axis][cell[axis]]?.look(axis) === true) this.#size(axis)
  }

  #size (axis: Axis): void {
    const lines = this.#lines[axis]
    const narrow = axis === 'column' && lines.some(({ kind }) => kind !== 'labels' && kind !== 'empty')
    const tracks = lines.map(({ kind }) => kind === 'expanding' ? '1fr' : kind === 'labels' && narrow ? 'fit-content(50%)' : 'auto').join(' ')
    this.element.style[axis === 'row' ? 'gridTemplateRows' : 'gridTemplateColumns'] = tracks
  }
}
