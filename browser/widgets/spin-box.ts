import { confine, limitsOf, stepped, textOf } from '../../lib/widgets/numeric.ts'
import type { Limits, NumberType } from '../../lib/widgets/numeric.ts'
import { icon } from '../icons.ts'
import { Repeat } from './repeat.ts'
import { isLive } from './scroll-track.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly dtype: NumberType
  readonly min: number
  readonly max: number
  readonly step: number
  readonly value: number | null
  readonly decimals: number | null
}

/** What survives a replay: text that was not taken yet, and whether its field was left. */
interface Typing { readonly text: string, readonly left: boolean }

/** Steps that Page Up and Page Down go. */
const PAGE = 10

/** What is a number to people: no hexadecimal, no empty text. */
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * A field for a number with two buttons. The value is a thing of its own: what is in the field is its shown form, or
 * what somebody is just typing.
 */
export class SpinBox extends Widget {
  readonly #input = document.createElement('input')
  readonly #buttons: readonly [up: HTMLButtonElement, down: HTMLButtonElement]
  readonly #repeat = new Repeat()
  readonly #type: NumberType
  #limits: Limits
  #decimals: number | null
  #value = 0
  /** The value that the field shows, or showed before somebody began to type. */
  #shown = 0

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    const { dtype, min, max, step, value, decimals } = init.options
    this.#type = dtype
    this.#limits = [min, max, step]
    this.#decimals = decimals
    this.element.classList.add('pg-spin-box')
    this.#input.type = 'text'
    this.#input.className = 'pg-field pg-spin-field'
    this.#input.role = 'spinbutton'
    this.#input.inputMode = min < 0 ? 'text' : dtype === 'int' ? 'numeric' : 'decimal'
    this.#input.autocomplete = 'off'
    this.#input.spellcheck = false
    this.#input.ariaLabel = 'Value'
    this.#buttons = [this.#button('chevron-up', 'Increase', 1), this.#button('chevron-down', 'Decrease', -1)]
    this.element.append(this.#input, ...this.#buttons)
    this.#value = confine(value ?? min, this.#limits, dtype)
    this.#setLimits()
    this.#tell()
    this.#show()
    this.#input.addEventListener('keydown', event => this.#key(event))
    // While the line is down, the text waits for it to come back.
    this.#input.addEventListener('blur', () => { if (isLive(this.element)) this.#commit() })
    this.#input.addEventListener('wheel', event => this.#wheel(event), { passive: false })
  }

  override get focusTarget (): HTMLInputElement { return this.#input }

  /** @param value - What is no number changes nothing. */
  set_value (value: number): void {
    if (Number.isNaN(Number(value))) return
    const typing = this.#typed !== null
    this.#value = confine(Number(value), this.#limits, this.#type)
    this.#tell()
    if (!typing) this.#show()
  }

  get_value (): number { return this.#value }

  /** @param step - As before if absent. */
  set_limits (min: number, max: number, step: number | null = null): void {
    this.#redraw(() => {
      this.#limits = [min, max, step ?? this.#limits[2]]
      this.#value = confine(this.#value, this.#limits, this.#type)
    })
  }

  /** @param decimals - Digits after the point; null for as many as the step has. */
  set_decimals (decimals: number | null): void {
    this.#redraw(() => { this.#decimals = decimals })
  }

  override carry (): Typing | undefined {
    const text = this.#typed
    return text === null ? undefined : { text, left: document.activeElement !== this.#input }
  }

  override resume (carried: unknown): void {
    // What can never be reported would pass for the truth.
    if (this.scene.watching) return
    const { text, left } = carried as Typing
    this.#input.value = text
    if (left) this.#commit()
  }

  override dispose (): void {
    this.#repeat.stop()
    super.dispose()
  }

  protected override disable (disabled: boolean): void {
    super.disable(disabled)
    for (const button of this.#buttons) button.disabled = disabled
    if (!disabled) return
    this.#repeat.stop()
    this.#show()
  }

  /** What somebody is typing; null if the field shows the value. */
  get #typed (): string | null {
    const text = this.#input.value
    return text === this.#text(this.#shown) && this.#shown === this.#value ? null : text
  }

  #text (value: number): string {
    return this.#type === 'int' ? String(value) : textOf(value, this.#limits[2], this.#decimals)
  }

  #redraw (change: () => void): void {
    const typing = this.#typed
    change()
    this.#setLimits()
    this.#tell()
    this.#show()
    if (typing !== null) this.#input.value = typing
  }

  #setLimits (): void {
    const [min, max] = limitsOf(this.#limits, this.#type)
    this.#input.ariaValueMin = String(min)
    this.#input.ariaValueMax = String(max)
    this.#input.size = Math.max(3, this.#text(min).length, this.#text(max).length) + 1
  }

  /** Says the value to assistive tools. */
  #tell (): void {
    this.#input.ariaValueNow = String(this.#value)
    this.#input.ariaValueText = this.#text(this.#value)
  }

  #show (): void {
    this.#shown = this.#value
    this.#input.value = this.#text(this.#value)
  }

  /** Takes what was typed, once; what is no number is given up. */
  #commit (): void {
    const text = this.#typed?.trim() ?? null
    // The focus that an ending widget loses takes nothing.
    if (text === null || this.destroyed) return
    const valid = NUMBER.test(text)
    if (valid) this.set_value(Number(text))
    this.#show()
    if (valid) this.fire('activated', this.#value)
  }

  /** Steps from what was typed, if that is a number, else from the value. */
  #step (steps: number): boolean {
    const text = this.#typed?.trim() ?? ''
    const from = NUMBER.test(text) ? confine(Number(text), this.#limits, this.#type) : this.#value
    return this.#goTo(stepped(from, steps, limitsOf(this.#limits, this.#type)))
  }

  #goTo (value: number): boolean {
    if (!isLive(this.element)) return false
    const before = this.#value
    this.set_value(value)
    this.#show()
    if (this.#value === before) return false
    this.fire('activated', this.#value)
    return true
  }

  #key (event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    if (this.#act(event.key)) event.preventDefault()
  }

  #act (key: string): boolean {
    const [min, max] = this.#limits
    switch (key) {
      case 'ArrowUp': this.#step(1); return true
      case 'ArrowDown': this.#step(-1); return true
      case 'PageUp': this.#step(PAGE); return true
      case 'PageDown': this.#step(-PAGE); return true
      case 'Home': case 'End':
        // In a text that is being typed they move the caret.
        if (this.#typed !== null) return false
        this.#goTo(key === 'Home' ? min : max)
        return true
      case 'Enter': this.#commit(); return true
      case 'Escape':
        if (this.#typed === null) return false
        this.#show()
        return true
    }
    return false
  }

  #wheel (event: WheelEvent): void {
    if (document.activeElement !== this.#input || event.deltaY === 0 || event.ctrlKey) return
    event.preventDefault()
    this.#step(-Math.sign(event.deltaY))
  }

  #button (name: 'chevron-up' | 'chevron-down', label: string, steps: 1 | -1): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = `pg-spin-button pg-spin-${steps > 0 ? 'up' : 'down'}`
    // The keys do the same in the field.
    button.tabIndex = -1
    button.ariaLabel = label
    button.append(icon(name))
    button.addEventListener('pointerdown', event => {
      // A disabled button still hears of the pointer.
      if (event.button !== 0 || !event.isPrimary || button.disabled) return
      // The focus stays in the field, and with it the keys; on a touch screen no keyboard comes up for a step.
      event.preventDefault()
      if (event.pointerType !== 'touch') this.#input.focus({ preventScroll: true })
      this.#repeat.start(button, event.pointerId, () => this.#step(steps))
    })
    // A click without a pointer comes from an assistive tool.
    button.addEventListener('click', event => { if (event.detail === 0) this.#step(steps) })
    return button
  }
}
