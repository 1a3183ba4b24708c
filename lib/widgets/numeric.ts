/** Smallest value, largest value and step. */
export type Limits = readonly [min: number, max: number, step: number]

/** Whole numbers, or any. */
export type NumberType = 'int' | 'float'

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

/** Limits of numbers of a type: among whole numbers the step is one as well, however it was given. */
export function limitsOf ([min, max, step]: Limits, type: NumberType): Limits {
  return type === 'int' ? [Math.ceil(min), Math.floor(max), Math.max(1, Math.round(step))] : [min, max, step]
}

/** Brings a number between the limits, on the grid or not; among whole numbers to the nearest. */
export function confine (value: number, limits: Limits, type: NumberType): number {
  const [min, max] = limitsOf(limits, type)
  // Adding 0 makes of -0, which JSON does not have, what it has.
  return snap(type === 'int' ? Math.round(value) : value, [min, max, 0]) + 0
}

/**
 * The number so many steps up, or down if `steps` is negative. From beside the grid, the first step leads to the next
 * number on it. A step of 0 or less stands for a hundredth of the range.
 */
export function stepped (value: number, steps: number, [min, max, step]: Limits): number {
  if (!(step > 0)) return snap(value + steps * (max - min) / 100, [min, max, 0])
  const at = Number(((value - min) / step).toFixed(9))
  const count = (steps > 0 ? Math.floor(at) : Math.ceil(at)) + steps
  const digits = Math.min(12, Math.max(decimalsOf(step), decimalsOf(min)))
  return snap(Number((min + count * step).toFixed(digits)), [min, max, 0])
}

/** A number as it is shown: with so many digits after the point, or as many as the step has. */
export function textOf (value: number, step: number, decimals: number | null): string {
  if (decimals !== null) return value.toFixed(decimals)
  return step > 0 ? value.toFixed(Math.min(20, decimalsOf(step))) : String(value)
}
