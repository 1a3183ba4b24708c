import { Picture } from './picture.ts'
import { RangeControl } from './range-control.ts'
import type { RangeOptions } from './range-control.ts'
import type { Init } from './widget.ts'

/** Way of the knob from the smallest to the largest value, degrees. */
const SWEEP = 300
const RADIUS = 44
const SVG = 'http://www.w3.org/2000/svg'

/** An arc over the whole sweep, drawn clockwise from the lower left. Lengths along it are degrees. */
function arc (className: string): SVGPathElement {
  const path = document.createElementNS(SVG, 'path')
  const end = SWEEP / 2 * Math.PI / 180
  const [x, y] = [RADIUS * Math.sin(end), 50 - RADIUS * Math.cos(end)]
  path.setAttribute('class', className)
  path.setAttribute('d', `M${50 - x} ${y}A${RADIUS} ${RADIUS} 0 1 1 ${50 + x} ${y}`)
  path.setAttribute('pathLength', String(SWEEP))
  return path
}

/**
 * A knob that is turned by dragging around its middle. The platform's range control lies over it, unseen: it takes the
 * focus and the keys.
 */
export class Dial extends RangeControl {
  readonly #face = document.createElement('div')
  readonly #knob = document.createElement('div')
  readonly #picture = new Picture(this.#knob, null)
  readonly #done = arc('pg-dial-done')
  /** Pointer that turns the knob, while it is captured. */
  #pointer = 0
  #fraction = 0

  constructor (init: Init<readonly unknown[], RangeOptions>) {
    super(init, 'pg-dial')
    const svg = document.createElementNS(SVG, 'svg')
    svg.setAttribute('viewBox', '0 0 100 100')
    svg.setAttribute('aria-hidden', 'true')
    svg.append(arc('pg-dial-arc'), this.#done)
    this.#face.className = 'pg-dial-face'
    this.#knob.className = 'pg-dial-knob'
    this.#face.append(svg, this.#knob, this.input)
    this.element.prepend(this.#face)
    this.render()
    this.#face.addEventListener('pointerdown', event => this.#grab(event))
    this.#face.addEventListener('pointermove', event => { if (this.#face.hasPointerCapture(event.pointerId)) this.#turn(event) })
    // It comes after every way in which a drag ends.
    this.#face.addEventListener('lostpointercapture', () => this.report())
    // The platform would move the focus to where the press was.
    this.#face.addEventListener('mousedown', event => event.preventDefault())
  }

  /** @param length - Diameter in px, at most as wide as there is room. */
  set_knob_diameter (length: number): void { this.#face.style.setProperty('--pg-knob', `${Math.max(0, length)}px`) }

  /** @param url - Turns in place of the knob; null for the knob. @param size - px; null for as large as the knob. */
  set_icon (url: string | null, size: number | null = null): void {
    this.#picture.set(url, size === null ? null : [size, size])
    this.#face.classList.toggle('pg-dial-pictured', this.#picture.shown)
  }

  protected override paint (done: number): void {
    this.#fraction = done
    this.#done.setAttribute('stroke-dasharray', `${done * SWEEP} 400`)
    this.#face.style.setProperty('--pg-angle', `${(done - 0.5) * SWEEP}deg`)
  }

  // What has been turned to and not reported, RangeControl takes back.
  protected override disable (disabled: boolean): void {
    super.disable(disabled)
    if (disabled && this.#face.hasPointerCapture(this.#pointer)) this.#face.releasePointerCapture(this.#pointer)
  }

  #grab (event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary || this.input.disabled) return
    this.input.focus({ focusVisible: false } as FocusOptions)
    this.#pointer = event.pointerId
    this.#face.setPointerCapture(event.pointerId)
    this.#turn(event, true)
  }

  #turn ({ clientX, clientY }: PointerEvent, jump = false): void {
    const { left, top, width, height } = this.#face.getBoundingClientRect()
    const degrees = Math.atan2(clientX - left - width / 2, top + height / 2 - clientY) * 180 / Math.PI
    const wanted = Math.min(1, Math.max(0, degrees / SWEEP + 0.5))
    // Through the gap at the bottom there is no way from one end to the other.
    const across = !jump && Math.abs(wanted - this.#fraction) > 0.5
    const fraction = across ? Math.round(this.#fraction) : wanted
    const [min, max] = this.grid
    this.move(min + fraction * (max - min))
  }
}
