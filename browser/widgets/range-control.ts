import { limitsOf, snap, stepped, textOf } from '../../lib/widgets/numeric.ts'
import type { Limits, NumberType } from '../../lib/widgets/numeric.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** Options of what picks a number between limits. */
export type RangeOptions = {
  readonly track: boolean
  readonly dtype: NumberType
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  readonly show_value: boolean
  readonly show_value_position: string
  readonly decimals: number | null
}

/**
 * A number between limits, in the platform's own control for it, which brings keys, names and the grid. The wheel moves
 * it only while it has the focus, so that it cannot get in the way of scrolling.
 */
export abstract class RangeControl extends Widget {
  protected readonly input = document.createElement('input')
  readonly #output: HTMLOutputElement | null
  readonly #type: NumberType
  #limits: Limits
  #tracking: boolean
  #decimals: number | null
  /** The value that the server knows. */
  #reported: number

  constructor (init: Init<readonly unknown[], RangeOptions>, className: string) {
    super(init)
    const { track, dtype, min, max, step, value, show_value: shows, show_value_position: position, decimals } = init.options
    this.#type = dtype
    this.#limits = [min, max, step]
    this.#tracking = track
    this.#decimals = decimals
    this.element.classList.add(className)
    this.input.type = 'range'
    this.input.ariaLabel = 'Value'
    this.element.append(this.input)
    this.#output = shows ? document.createElement('output') : null
    if (this.#output !== null) {
      this.#output.className = 'pg-range-value'
      this.element.dataset.value = position
      this.element.append(this.#output)
    }
    this.#reported = snap(value, this.grid)
    this.#setLimits()
    this.input.value = String(this.#reported)
    this.input.addEventListener('input', () => {
      this.render()
      if (this.#tracking) this.report()
    })
    this.input.addEventListener('change', () => this.report())
    this.element.addEventListener('wheel', event => this.#wheel(event), { passive: false })
  }

  override get focusTarget (): HTMLInputElement { return this.input }

  /** @param value - What is no number changes nothing. */
  set_value (value: number): void {
    if (Number.isNaN(Number(value))) return
    this.#reported = snap(Number(value), this.grid)
    this.input.value = String(this.#reported)
    this.render()
  }

  get_value (): number { return snap(this.input.valueAsNumber, this.grid) }

  /** @param step - As before if absent. */
  set_limits (min: number, max: number, step: number | null = null): void {
    const value = this.get_value()
    this.#limits = [min, max, step ?? this.#limits[2]]
    this.#setLimits()
    this.set_value(value)
  }

  set_tracking (tracking: boolean): void { this.#tracking = tracking }

  /** @param decimals - Digits after the point; null for as many as the step has. */
  set_decimals (decimals: number | null): void {
    this.#decimals = decimals
    this.#setLimits()
    this.render()
  }

  /** Smallest value, largest value and step. */
  protected get grid (): Limits { return limitsOf(this.#limits, this.#type) }

  #setLimits (): void {
    const [min, max, step] = this.grid
    this.input.min = String(min)
    this.input.max = String(max)
    this.input.step = step > 0 ? String(step) : 'any'
    const width = Math.max(this.#text(min).length, this.#text(max).length)
    this.#output?.style.setProperty('--pg-digits', `${width}ch`)
  }

  #text (value: number): string { return textOf(value, this.grid[2], this.#decimals) }

  /** Goes to a value on the user's behalf, and reports it if every value is to be. */
  protected move (value: number): void {
    this.input.value = String(snap(value, this.grid))
    this.render()
    if (this.#tracking) this.report()
  }

  /** Hook: shows how far along the range the value is. @param done - Fraction of the range, 0 to 1. */
  protected abstract paint (done: number): void

  /** Brings all that is seen up to date; for the end of a constructor. */
  protected render (): void {
    const [min, max] = this.grid
    const value = this.get_value()
    const text = this.#text(value)
    this.paint(max > min ? (value - min) / (max - min) : 0)
    this.input.ariaValueText = this.#decimals === null ? null : text
    if (this.#output !== null) this.#output.textContent = text
  }

  /** Whoever held it, holds it no longer: the value is the one that the server knows. */
  protected override disable (disabled: boolean): void {
    super.disable(disabled)
    if (disabled) this.set_value(this.#reported)
  }

  /** Tells the server of a value that it does not know. */
  protected report (): void {
    const value = this.get_value()
    if (value === this.#reported) return
    this.#reported = value
    this.fire('activated', value)
  }

  #wheel (event: WheelEvent): void {
    if (document.activeElement !== this.input || event.deltaY === 0 || event.ctrlKey) return
    event.preventDefault()
    this.move(stepped(this.get_value(), -Math.sign(event.deltaY), this.grid))
    this.report()
  }
}
