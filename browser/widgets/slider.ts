import { limitsOf, snap, stepped, textOf } from '../../lib/widgets/numeric.ts'
import type { Limits, NumberType } from '../../lib/widgets/numeric.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly orientation: 'horizontal' | 'vertical'
  readonly track: boolean
  readonly dtype: NumberType
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number
  readonly show_value: boolean
  readonly show_value_position: 'l' | 't' | 'r' | 'b'
  readonly decimals: number | null
}

/** A handle on a track. The wheel moves it only while it has the focus, so that it cannot get in the way of scrolling. */
export class Slider extends Widget {
  readonly #input = document.createElement('input')
  readonly #output: HTMLOutputElement | null
  readonly #type: NumberType
  #limits: Limits
  #tracking: boolean
  #decimals: number | null
  /** The value that the server knows. */
  #reported: number

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    const { orientation, track, dtype, min, max, step, value, show_value: shows, show_value_position: position, decimals } = init.options
    this.#type = dtype
    this.#limits = [min, max, step]
    this.#tracking = track
    this.#decimals = decimals
    this.element.classList.add('pg-slider')
    this.element.dataset.orientation = orientation === 'vertical' ? 'vertical' : 'horizontal'
    this.#input.type = 'range'
    this.#input.ariaLabel = 'Value'
    if (orientation === 'vertical') this.#input.ariaOrientation = 'vertical'
    this.element.append(this.#input)
    this.#output = shows ? document.createElement('output') : null
    if (this.#output !== null) {
      this.#output.className = 'pg-slider-value'
      this.element.dataset.value = position
      this.element.append(this.#output)
    }
    this.#reported = value
    this.#setLimits()
    this.set_value(value)
    this.#input.addEventListener('input', () => {
      this.#show()
      if (this.#tracking) this.#report()
    })
    this.#input.addEventListener('change', () => this.#report())
    this.#input.addEventListener('wheel', event => this.#wheel(event), { passive: false })
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

  /** @param value - What is no number changes nothing. */
  set_value (value: number): void {
    if (Number.isNaN(Number(value))) return
    this.#reported = snap(Number(value), this.#grid)
    this.#input.value = String(this.#reported)
    this.#show()
  }

  get_value (): number { return snap(this.#input.valueAsNumber, this.#grid) }

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
    this.#show()
  }

  get #grid (): Limits { return limitsOf(this.#limits, this.#type) }

  #setLimits (): void {
    const [min, max, step] = this.#grid
    this.#input.min = String(min)
    this.#input.max = String(max)
    this.#input.step = step > 0 ? String(step) : 'any'
    const width = Math.max(this.#text(min).length, this.#text(max).length)
    this.#output?.style.setProperty('--pg-digits', `${width}ch`)
  }

  #text (value: number): string { return textOf(value, this.#grid[2], this.#decimals) }

  #show (): void {
    const [min, max] = this.#grid
    const value = this.get_value()
    const text = this.#text(value)
    this.#input.style.setProperty('--pg-done', String(max > min ? (value - min) / (max - min) : 0))
    this.#input.ariaValueText = this.#decimals === null ? null : text
    if (this.#output !== null) this.#output.textContent = text
  }

  #report (): void {
    const value = this.get_value()
    if (value === this.#reported) return
    this.#reported = value
    this.fire('activated', value)
  }

  #wheel (event: WheelEvent): void {
    if (document.activeElement !== this.#input || event.deltaY === 0 || event.ctrlKey) return
    event.preventDefault()
    this.#input.value = String(snap(stepped(this.get_value(), -Math.sign(event.deltaY), this.#grid), this.#grid))
    this.#show()
    this.#report()
  }
}
