import type { Place } from '../../lib/widgets/shares.ts'
import { isLive, toShare } from './scroll-track.ts'
import type { Widget } from './widget.ts'

const same = (one: Place, other: Place): boolean => one[0] === other[0] && one[1] === other[1]

/** What survives a replay: a place that the server has not heard of. */
interface Unsent { readonly place: Place }

/**
 * Where an element that the platform scrolls is, in the server's terms. A page that was told where to be keeps that
 * share, whatever happens to the sizes. Once its own user has scrolled it keeps what that user sees, and reports the
 * share that this has become: so of several pages no more than one says anything about a change of the content.
 */
export class ScrollPosition {
  readonly #widget: Widget
  readonly #scroller: HTMLElement
  readonly #observer = new ResizeObserver(() => this.settle())
  readonly #isField: boolean
  /** The place that the server knows. */
  #place: Place = [0, 0]
  /** Whether this page's user went there. */
  #isOwn = false
  /** Whether the server may not have heard of it. */
  #unsent = false
  /** Where the element was put, px: an event that finds it there is nobody's doing. */
  #put = { left: 0, top: 0 }
  /** The longest way at that time: with another one, the platform may have moved what would not fit. */
  #known: Place = [0, 0]
  /** A box without a size loses its scroll offset. */
  #hidden = true
  #frame = 0

  /** @param content - What changes its size with the content; null for a text field, which is a stop for the keyboard anyway. */
  constructor (widget: Widget, scroller: HTMLElement, content: HTMLElement | null) {
    this.#widget = widget
    this.#scroller = scroller
    this.#isField = content === null
    scroller.classList.add('pg-scroller')
    this.#own = false
    scroller.addEventListener('scroll', () => this.#scrolled())
    this.#observer.observe(scroller)
    if (content !== null) this.#observer.observe(content)
    // What is typed may make the way longer; that the platform then follows the caret is its user's doing.
    else scroller.addEventListener('input', () => { this.#known = this.#way })
  }

  get place (): Place { return this.#place }

  get #own (): boolean { return this.#isOwn }

  // The platform holds on to what is in view, which is not where a share of the content is.
  set #own (own: boolean) {
    this.#isOwn = own
    this.#scroller.style.overflowAnchor = own ? '' : 'none'
  }

  /** Whether the end of the content is in view. */
  get atEnd (): boolean {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller
    return scrollTop >= scrollHeight - clientHeight - 1
  }

  /** Goes where the server says. */
  set (horizontal: unknown, vertical: unknown): void {
    this.#own = false
    this.#unsent = false
    this.#place = [toShare(horizontal), toShare(vertical)]
    this.#apply()
  }

  /** Sizes may have changed, or what is in view. */
  settle (): void {
    if (this.#scroller.clientWidth === 0 && this.#scroller.clientHeight === 0) {
      this.#hidden = true
    } else if (this.#hidden || !this.#own) {
      this.#hidden = false
      this.#apply()
    } else {
      this.#reportSoon()
    }
    if (!this.#isField) this.#describe()
  }

  /** Makes a change that leaves nothing of the content as it was. */
  replace (change: () => void): void {
    const { offset } = this
    change()
    if (this.#own) this.#scroller.scrollTo({ ...offset, behavior: 'instant' })
    this.settle()
  }

  /**
   * Makes a change at the end of the content. Who looks at the end goes on doing so, and reports it where the server
   * cannot know; all others go on seeing what they saw.
   *
   * @param cut - Takes away from the start; done first.
   */
  grow (change: () => void, cut?: () => void): void {
    const { atEnd, offset: { left, top } } = this
    const before = this.#scroller.scrollHeight
    cut?.()
    const gone = cut === undefined ? 0 : before - this.#scroller.scrollHeight
    change()
    this.#scroller.scrollTo({ left, top: atEnd ? this.#scroller.scrollHeight : Math.max(0, top - gone), behavior: 'instant' })
    this.#mark()
    this.#own ||= atEnd && this.#place[1] !== 1
    if (this.#own) this.#reportSoon()
    else this.#place = this.#measured
  }

  carry (): Unsent | undefined { return this.#unsent ? { place: this.#place } : undefined }

  resume (carried: unknown): void {
    if (this.#widget.scene.watching) return
    this.#place = (carried as Unsent).place
    this.#apply()
    this.#own = true
    this.#widget.fire('scrolled', ...this.#place)
  }

  dispose (): void {
    this.#observer.disconnect()
    cancelAnimationFrame(this.#frame)
  }

  // Only what can be scrolled is a stop for the keyboard, and a part of the page that is worth a name.
  #describe (): void {
    const scrolls = this.#way.some(way => way > 0)
    this.#scroller.role = scrolls ? 'region' : null
    this.#scroller.ariaLabel = scrolls ? 'Scrollable content' : null
    if (scrolls) this.#scroller.tabIndex = 0
    else this.#scroller.removeAttribute('tabindex')
  }

  /** How far it is scrolled, px. */
  get offset (): { readonly left: number, readonly top: number } {
    const { scrollLeft: left, scrollTop: top } = this.#scroller
    return { left, top }
  }

  /** The longest way that it can be scrolled, px. */
  get #way (): Place {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = this.#scroller
    return [Math.max(0, scrollWidth - clientWidth), Math.max(0, scrollHeight - clientHeight)]
  }

  /** The place that it is at. Where everything is in view, one that it was told counts on. */
  get #measured (): Place {
    const { left, top } = this.offset
    const [across, down] = this.#way
    const shareOf = (offset: number, way: number, told: number): number =>
      way === 0 ? this.#own ? 0 : told : way - offset < 1 ? 1 : toShare(offset / way)
    // From right to left, offsets are negative.
    return [shareOf(Math.abs(left), across, this.#place[0]), shareOf(top, down, this.#place[1])]
  }

  #apply (): void {
    const [across, down] = this.#way
    const rtl = getComputedStyle(this.#scroller).direction === 'rtl'
    this.#scroller.scrollTo({ left: this.#place[0] * across * (rtl ? -1 : 1), top: this.#place[1] * down, behavior: 'instant' })
    this.#mark()
  }

  #mark (): void {
    this.#put = this.offset
    this.#known = this.#way
  }

  #scrolled (): void {
    const { left, top } = this.offset
    if (this.#hidden || !this.#widget.scene.live || (Math.abs(left - this.#put.left) < 1 && Math.abs(top - this.#put.top) < 1)) return
    if (!this.#own && !same(this.#known, this.#way)) return this.#apply()
    this.#mark()
    this.#own = true
    this.#report()
  }

  #report (): void {
    const place = this.#measured
    if (same(place, this.#place)) return
    this.#place = place
    this.#unsent = !this.#widget.fire('scrolled', ...place) || !isLive(this.#scroller)
  }

  // Calls that change the content are silent, and what one of them takes away the next may bring back.
  #reportSoon (): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      if (!this.#own || this.#widget.destroyed) return
      this.#mark()
      this.#report()
    })
  }
}
