/** Two turns of the wheel as one, where the later one happened; those counted in different units cannot be. */
export function turned ([earlier]: readonly unknown[], [later]: readonly unknown[]): readonly unknown[] | undefined {
  const [before, after] = [earlier, later] as Array<Record<string, number>>
  if (before === undefined || after === undefined || before.delta_mode !== after.delta_mode) return undefined
  const sum = (key: string): number => (before[key] ?? 0) + (after[key] ?? 0)
  return [{ ...after, delta_x: sum('delta_x'), delta_y: sum('delta_y'), delta_z: sum('delta_z') }]
}
