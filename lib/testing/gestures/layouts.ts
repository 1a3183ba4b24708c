import { WidgetHandle } from '../handle.ts'

/** A GridBox. */
export class GridBoxHandle extends WidgetHandle {
  /** The number of rows. */
  get rows (): number { return this.state.rows as number }
  /** The number of columns. */
  get columns (): number { return this.state.columns as number }

  /** The widget in a cell, rows and columns counted from 0; null if it is empty. */
  cell (row: number, column: number): WidgetHandle | null {
    const entry = this.widget.entries.find(({ args }) => args[1] === row && args[2] === column)
    return entry?.child == null ? null : this.host.handle(entry.child)
  }
}

/** A FixedLayout. */
export class FixedLayoutHandle extends WidgetHandle {
  /** Where a widget in it stands: px from the left and from the top; null for one that is not in it. */
  placeOf (child: WidgetHandle): readonly [x: number, y: number] | null {
    const entry = this.widget.entries.find(entry => entry.child?.wid === child.wid)
    return entry === undefined ? null : [entry.args[1] as number, entry.args[2] as number]
  }
}
