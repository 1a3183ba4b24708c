import { LEAST_THUMB, share } from '../../lib/widgets/shares.ts'

/** What a line is when keys scroll, px. */
const LINE = 40
/** The part of what is in view that a page moves it by; the rest helps to find one's way. */
const PAGE = 0.875
/** What a wheel that counts lines means by one, px. */
const WHEEL_LINE = 16

type Orientation = 'horizontal' | 'vertical'

/** A share as servers may give it: what is no number means 0. */
export const toShare = (value: unknown): number => typeof value === 'number' && !Number.isNaN(value) ? share(value) : 0

/** Whether what a person does here can be reported: not while the line is down, nor to a scene that is about to go. */
export const isLive = (element: Element): boolean => element.closest('[data-line="down"], .pg-retired') === null

/** How far a wheel goes, px, in both directions. With Shift it goes sideways. */
export function wheelDelta ({ deltaX, deltaY, deltaMode, shiftKey }: WheelEvent, view: number): readonly [x: number, y: number] {
  const unit = [1, WHEEL_LINE, view][deltaMode] ?? 1
  const sideways = shiftKey && deltaX === 0
  return sideways ? [deltaY * unit, 0] : [deltaX * unit, deltaY * unit]
}

/** Where a key leads in a view of `view` px along one axis: px, or `start` or `end`; null for other keys. */
export function keyDelta ({ key, shiftKey }: KeyboardEvent, orientation: Orientation, rtl: boolean, view: number): number | 'start' | 'end' | null {
  const back = orientation === 'vertical' ? 'ArrowUp' : rtl ? 'ArrowRight' : 'ArrowLeft'
  const on = orientation === 'vertical' ? 'ArrowDown' : rtl ? 'ArrowLeft' : 'ArrowRight'
  switch (key) {
    case back: return -LINE
    case on: return LINE
    case 'PageUp': return -PAGE * view
    case 'PageDown': return PAGE * view
    case ' ': return (shiftKey ? -PAGE : PAGE) * view
    case 'Home': return 'start'
    case 'End': return 'end'
    default: return null
  }
}

/**
 * The track of a scroll bar with its thumb, which stands for a view as long as itself. The thumb is dragged; a press
 * beside it centres it there; the wheel over it scrolls.
 */
export class ScrollTrack {
  readonly element: HTMLElement
  readonly #vertical: boolean
  readonly #moved: (position: number) => void
  readonly #thumb = document.createElement('div')
  #position = 0
  #thumbShare = 1

  /** @param moved - Somebody moved the thumb. */
  constructor (element: HTMLElement, { orientation, thickness }: { readonly orientation: Orientation, readonly thickness: number }, moved: (position: number) => void) {
    this.element = element
    this.#vertical = orientation === 'vertical'
    this.#moved = moved
    element.classList.add('pg-scroll-bar')
    element.dataset.orientation = this.#vertical ? 'vertical' : 'horizontal'
    element.role = 'scrollbar'
    element.ariaLabel = 'Scroll'
    element.ariaOrientation = this.#vertical ? 'vertical' : 'horizontal'
    element.ariaValueMin = '0'
    element.ariaValueMax = '100'
    element.style.setProperty('--pg-thickness', `${thickness}px`)
    this.#thumb.className = 'pg-scroll-thumb'
    element.append(this.#thumb)
    element.addEventListener('pointerdown', event => this.#press(event))
    element.addEventListener('wheel', event => this.#wheel(event), { passive: false })
    this.thumb = 0.2
    this.position = 0
  }

  /** Where it is, 0 to 1. */
  get position (): number { return this.#position }

  set position (position: number) {
    this.#position = toShare(position)
    this.element.style.setProperty('--pg-at', String(this.#position))
    this.element.ariaValueNow = String(Math.round(this.#position * 100))
  }

  /** The length of the thumb, as a share of the track. */
  get thumb (): number { return this.#thumbShare }

  set thumb (thumb: number) {
    this.#thumbShare = Math.max(LEAST_THUMB, toShare(thumb))
    this.element.style.setProperty('--pg-thumb', String(this.#thumbShare))
  }

  /**
   * Moves it on somebody's behalf. Returns whether there was any way to go.
   *
   * @param by - px of what is scrolled.
   * @param view - Length of what is in view, px.
   */
  scrollBy (by: number, view = this.#length(this.element)): boolean {
    const way = view * (1 / this.#thumbShare - 1)
    return way > 0 && this.scrollTo(this.#position + by / way)
  }

  /** Moves it on somebody's behalf, to a position from 0 to 1. Returns whether it was not there before. */
  scrollTo (position: number): boolean {
    const to = share(position)
    if (to === this.#position) return false
    this.position = to
    this.#moved(to)
    return true
  }

  /** Does what a key asks for. Returns whether it is one of those that scroll. */
  key (event: KeyboardEvent, view = this.#length(this.element)): boolean {
    if (event.ctrlKey || event.altKey || event.metaKey) return false
    const by = keyDelta(event, this.#vertical ? 'vertical' : 'horizontal', this.#rtl, view)
    if (by === null) return false
    if (typeof by === 'number') this.scrollBy(by, view)
    else this.scrollTo(by === 'start' ? 0 : 1)
    return true
  }

  get #rtl (): boolean { return getComputedStyle(this.element).direction === 'rtl' }

  #length (element: Element): number {
    const { width, height } = element.getBoundingClientRect()
    return this.#vertical ? height : width
  }

  /** How far along the element a point is, px. */
  #along ({ clientX, clientY }: MouseEvent, element: Element): number {
    const { left, right, top } = element.getBoundingClientRect()
    return this.#vertical ? clientY - top : this.#rtl ? right - clientX : clientX - left
  }

  #press (event: PointerEvent): void {
    if (event.button !== 0 || !event.isPrimary) return
    const onThumb = event.target === this.#thumb
    const held = onThumb ? this.#along(event, this.#thumb) : this.#length(this.#thumb) / 2
    const follow = (event: MouseEvent): void => {
      const way = this.#length(this.element) - this.#length(this.#thumb)
      if (way > 0) this.scrollTo((this.#along(event, this.element) - held) / way)
    }
    const over = new AbortController()
    const { signal } = over
    const end = (): void => {
      over.abort()
      this.element.classList.remove('pg-dragged')
    }
    this.element.setPointerCapture(event.pointerId)
    this.element.classList.add('pg-dragged')
    this.element.addEventListener('pointermove', follow, { signal })
    this.element.addEventListener('pointerup', end, { signal })
    this.element.addEventListener('lostpointercapture', end, { signal })
    if (!onThumb) follow(event)
  }

  #wheel (event: WheelEvent): void {
    if (event.ctrlKey || !isLive(this.element)) return
    const [x, y] = wheelDelta(event, this.#length(this.element))
    // A wheel that only goes up and down turns a horizontal bar too.
    const by = this.#vertical ? y : x !== 0 ? x * (this.#rtl ? -1 : 1) : y
    if (this.scrollBy(by)) event.preventDefault()
  }
}
