import { hexColor, hexOf, rgbOf } from '../../lib/widgets/hex-color.ts'
import type { Triple } from '../../lib/widgets/hex-color.ts'
import { hsvOfRgb, rgbOfHsv } from './hsv.ts'
import type { Hsv } from './hsv.ts'

/** A number that can be typed: its letter, its name, and the largest it can be. */
const NUMBERS = [
  ['H', 'Hue', 360], ['S', 'Saturation', 100], ['V', 'Brightness', 100], ['R', 'Red', 255], ['G', 'Green', 255], ['B', 'Blue', 255]
] as const
const COLUMNS = 3

/** How far Shift and an arrow key go. */
const LEAP = 10

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  made.className = className
  return made
}

const within = (value: number, most: number): number => Math.min(most, Math.max(0, value))

/** The parts by which a colour is picked, without the widget around them. */
export class ColorPicker {
  readonly element = element('div', 'pg-color')
  /** Takes the keyboard focus first. */
  readonly field = element('div', 'pg-color-field')
  readonly #strip = element('input', 'pg-color-strip')
  readonly #now = element('span', 'pg-color-now')
  readonly #old = element('button', 'pg-color-old')
  readonly #numbers: HTMLInputElement[]
  readonly #digits = element('input', 'pg-field pg-color-digits')
  readonly #picked: (color: string) => void
  #hsv: Hsv = [0, 100, 100]
  #hex = '#ff0000'
  #before = '#ff0000'

  /** @param picked - Called with `#rrggbb` whenever the user picks another colour. */
  constructor (picked: (color: string) => void) {
    this.#picked = picked
    this.#makeField()
    this.#makeStrip()
    this.#numbers = NUMBERS.map(([, , most], i) => this.#makeNumber(i, most))
    const swatches = element('div', 'pg-color-swatches')
    this.#now.title = 'New colour'
    this.#old.type = 'button'
    this.#old.addEventListener('click', () => this.#pickHex(this.#before))
    swatches.append(this.#now, this.#old)
    this.#makeDigits()
    const form = element('div', 'pg-color-form')
    form.append(swatches, ...NUMBERS.map(([letter, name], i) => label(letter, name, this.#numbers[i] as HTMLInputElement)), label('#', 'Digits', this.#digits))
    this.element.append(this.field, this.#strip, form)
    this.#show()
  }

  get color (): string { return this.#hex }

  /** Sets the colour, and the one that is shown as the old one. */
  set color (hex: string) {
    this.#before = hex
    this.#set(hex)
  }

  /** As a server sets it. */
  choose (color: string): void {
    const hex = hexColor(color)
    if (hex === null) throw new Error(`Not a colour: ${color}; expected #rrggbb or rgb(r, g, b)`)
    this.color = hex
  }

  #set (hex: string): void {
    // What rounds to the same colour keeps the finer numbers that led to it.
    if (hex !== hexOf(rgbOfHsv(this.#hsv))) this.#hsv = hsvOfRgb(rgbOf(hex), this.#hsv)
    this.#hex = hex
    this.#show()
  }

  #pick (hsv: Hsv): void {
    this.#hsv = hsv
    const hex = hexOf(rgbOfHsv(hsv))
    const changed = hex !== this.#hex
    this.#hex = hex
    this.#show()
    if (changed) this.#picked(hex)
  }

  #pickHex (hex: string): void {
    const changed = hex !== this.#hex
    this.#set(hex)
    if (changed) this.#picked(hex)
  }

  #makeField (): void {
    const { field } = this
    field.tabIndex = 0
    field.role = 'slider'
    field.ariaLabel = 'Saturation and brightness'
    field.append(element('span', 'pg-color-thumb'))
    const follow = ({ clientX, clientY }: PointerEvent): void => {
      const { left, top, width, height } = field.getBoundingClientRect()
      this.#pick([this.#hsv[0], within((clientX - left) / width * 100, 100), within(100 - (clientY - top) / height * 100, 100)])
    }
    field.addEventListener('pointerdown', event => {
      if (event.button !== 0 || !event.isPrimary) return
      field.setPointerCapture(event.pointerId)
      follow(event)
    })
    field.addEventListener('pointermove', event => { if (field.hasPointerCapture(event.pointerId)) follow(event) })
    field.addEventListener('keydown', event => {
      const step = event.shiftKey ? LEAP : 1
      const by = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowDown: [0, -step], ArrowUp: [0, step] }[event.key]
      if (by === undefined || event.ctrlKey || event.altKey || event.metaKey) return
      event.preventDefault()
      const [hue, saturation, value] = this.#hsv
      this.#pick([hue, within(saturation + by[0]!, 100), within(value + by[1]!, 100)])
    })
  }

  #makeStrip (): void {
    this.#strip.type = 'range'
    this.#strip.min = '0'
    this.#strip.max = '360'
    this.#strip.ariaLabel = 'Hue'
    this.#strip.ariaOrientation = 'vertical'
    this.#strip.addEventListener('input', () => this.#pick([this.#strip.valueAsNumber, this.#hsv[1], this.#hsv[2]]))
  }

  #makeNumber (index: number, most: number): HTMLInputElement {
    const input = element('input', 'pg-field pg-color-number')
    input.type = 'number'
    input.min = '0'
    input.max = String(most)
    input.addEventListener('input', () => {
      // What is being typed stays as it is; only what can be a number counts.
      if (!Number.isNaN(input.valueAsNumber)) this.#take(index, within(Math.round(input.valueAsNumber), most))
    })
    this.#commits(input)
    return input
  }

  #take (index: number, number: number): void {
    const with_ = (numbers: Triple): Triple => numbers.map((old, i) => i === index % COLUMNS ? number : old) as unknown as Triple
    if (index < COLUMNS) this.#pick(with_(this.#hsv))
    else this.#pickHex(hexOf(with_(rgbOf(this.#hex))))
  }

  #makeDigits (): void {
    this.#digits.spellcheck = false
    this.#digits.maxLength = 9
    const take = (): boolean => {
      const hex = hexColor(this.#digits.value)
      if (hex !== null) this.#pickHex(hex)
      this.#show(true)
      return hex !== null
    }
    this.#digits.addEventListener('keydown', event => {
      // What is no colour must not be taken for one by a dialog around, whose OK Enter presses.
      if (event.key === 'Enter' && !take()) event.preventDefault()
    })
    this.#commits(this.#digits, take)
  }

  /** Typing ends with Escape, or by leaving: what is shown then is the colour. */
  #commits (input: HTMLInputElement, left: () => unknown = () => this.#show(true)): void {
    input.addEventListener('blur', left)
    input.addEventListener('keydown', event => {
      if (event.key !== 'Escape' || input.value === input.dataset.shown) return
      event.stopPropagation()
      this.#show(true)
    })
  }

  /** @param all - Also what is being typed into. */
  #show (all = false): void {
    const [hue, saturation, value] = this.#hsv
    const { style } = this.element
    style.setProperty('--pg-color-hue', `hsl(${hue} 100% 50%)`)
    style.setProperty('--pg-color-x', `${saturation}%`)
    style.setProperty('--pg-color-y', `${100 - value}%`)
    style.setProperty('--pg-color-now', this.#hex)
    style.setProperty('--pg-color-old', this.#before)
    this.field.ariaValueNow = String(Math.round(saturation))
    this.field.ariaValueText = `Saturation ${Math.round(saturation)} %, brightness ${Math.round(value)} %`
    this.#old.ariaLabel = `Back to ${this.#before}`
    this.#old.title = `Old colour, ${this.#before}`
    this.#strip.value = String(hue)
    const shown = [...this.#hsv, ...rgbOf(this.#hex)].map(number => String(Math.round(number)))
    for (const [i, input] of [...this.#numbers, this.#digits].entries()) {
      const text = shown[i] ?? this.#hex.slice(1)
      if (all || document.activeElement !== input) input.value = text
      input.dataset.shown = text
    }
  }
}

function label (letter: string, name: string, input: HTMLInputElement): HTMLElement {
  const made = element('label', 'pg-color-label')
  const caption = document.createElement('span')
  caption.textContent = letter
  caption.ariaHidden = 'true'
  input.ariaLabel = name
  made.append(caption, input)
  return made
}
