/** Smallest value, largest value and step. */
export type Limits = readonly [min: number, max: number, step: number]

function decimalsOf (value: number): number {
  const text = String(value)
  const exponent = /e-(\d+)$/.exec(text)
  if (exponent) return Number(exponent[1])
  return text.split('.')[1]?.length ?? 0
}

/**
 * Brings a number onto the grid of a range control: between the limits and a whole number of steps from the smallest
 * value, rounding up from halfway, as the HTML standard has it for `input type=range` (value sanitization).
 * Free of binary noise: 3 steps of 0.1 are 0.3. A step of 0 or less only clamps.
 */
export function snap (value: number, [min, max, step]: Limits): number {
  if (max < min) return min
  const clamped = Math.min(max, Math.max(min, value))
  if (!(step > 0)) return clamped
  const digits = Math.min(12, Math.max(decimalsOf(step), decimalsOf(min)))
  const onGrid = (steps: number): number => Number((min + steps * step).toFixed(digits))
  const steps = Math.round(Number(((clamped - min) / step).toFixed(9)))
  const nearest = onGrid(steps)
  return Math.max(min, nearest > max ? onGrid(steps - 1) : nearest)
}
