import { icon } from '../icons.ts'
import { isRightToLeft } from './direction.ts'

interface TabStripOptions {
  /** Whether the tabs stand one below the other. */
  vertical (): boolean
  /** The tab that is to be in view. */
  current (): HTMLElement | null
}

/** Room that a tab in view keeps to the ends, which fade where there is more, px. */
const MARGIN = 56
/** Share of what is in view that a button goes on by. */
const STRIDE = 0.8

/**
 * The row of tabs with what it takes when they are more than there is room for: it scrolls by wheel, finger and two
 * buttons, and fades where there is more. The buttons are for pointers alone; keys bring the tab they lead to into view.
 */
export class TabStrip {
  readonly element = document.createElement('div')
  readonly bar = document.createElement('div')
  readonly #options: TabStripOptions
  readonly #observer = new ResizeObserver(() => this.refresh())

  constructor (options: TabStripOptions) {
    this.#options = options
    this.element.className = 'pg-tab-strip'
    this.bar.className = 'pg-tab-bar'
    this.bar.role = 'tablist'
    this.element.append(this.bar, this.#button('before', -1), this.#button('after', 1))
    this.bar.addEventListener('scroll', () => this.#look(), { passive: true })
    this.bar.addEventListener('wheel', event => this.#wheel(event), { passive: false })
    this.#observer.observe(this.bar)
  }

  /** Something changed in number, size or direction: the current tab comes into view, and the ends tell of the rest. */
  refresh (): void {
    const current = this.#options.current()
    if (current !== null) this.reveal(current)
    this.#look()
  }

  /** Brings a tab into view. Not by `scrollIntoView`, which would also scroll the window that all this is in. */
  reveal (head: HTMLElement): void {
    const bar = this.bar.getBoundingClientRect()
    const tab = head.getBoundingClientRect()
    const way = (from: number, to: number, start: number, end: number): number =>
      from < start + MARGIN ? from - start - MARGIN : to > end - MARGIN ? to - end + MARGIN : 0
    if (this.#options.vertical()) this.bar.scrollTop += way(tab.top, tab.bottom, bar.top, bar.bottom)
    else this.bar.scrollLeft += way(tab.left, tab.right, bar.left, bar.right)
  }

  dispose (): void { this.#observer.disconnect() }

  #button (to: 'before' | 'after', sign: 1 | -1): HTMLElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'pg-tab-scroll'
    button.dataset.to = to
    button.tabIndex = -1
    button.setAttribute('aria-hidden', 'true')
    button.append(icon('chevron-right'))
    // The focus stays where it is.
    button.addEventListener('pointerdown', event => event.preventDefault())
    button.addEventListener('click', () => {
      const { clientWidth, clientHeight } = this.bar
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches
      const way = this.#options.vertical() ? { top: sign * STRIDE * clientHeight } : { left: this.#sign * sign * STRIDE * clientWidth }
      this.bar.scrollBy({ ...way, behavior: still ? 'instant' : 'smooth' })
    })
    return button
  }

  /** The direction in which tabs follow each other, as scroll positions count. */
  get #sign (): 1 | -1 { return isRightToLeft(this.bar) ? -1 : 1 }

  #wheel (event: WheelEvent): void {
    if (this.#options.vertical() || event.deltaX !== 0 || event.ctrlKey || event.shiftKey) return
    const before = this.bar.scrollLeft
    this.bar.scrollLeft += this.#sign * (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? event.deltaY : event.deltaY * 24)
    // At an end, the wheel is for whatever is around.
    if (this.bar.scrollLeft !== before) event.preventDefault()
  }

  #look (): void {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.bar
    const [at, room] = this.#options.vertical() ? [scrollTop, scrollHeight - clientHeight] : [Math.abs(scrollLeft), scrollWidth - clientWidth]
    this.element.toggleAttribute('data-before', at > 1)
    this.element.toggleAttribute('data-after', room - at > 1)
  }
}
