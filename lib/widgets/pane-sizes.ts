/**
 * The weights after a pane has come between others: it gets their average. One at the end has a place in the list
 * already, or none yet.
 *
 * @param count - Number of panes, the new one included.
 */
export function withPane (sizes: readonly number[], index: number, count: number): readonly number[] {
  if (index >= Math.min(sizes.length, count - 1)) return sizes
  const others = sizes.slice(0, count - 1)
  return sizes.toSpliced(index, 0, others.reduce((sum, size) => sum + size, 0) / others.length)
}
