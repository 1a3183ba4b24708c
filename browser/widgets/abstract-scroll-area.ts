import { visibilityOf } from '../../lib/widgets/shares.ts'
import { AreaReport } from './area-report.ts'
import { ContainerWidget } from './container.ts'
import { ScrollTrack, isLive, wheelDelta } from './scroll-track.ts'
import { onPan } from './touch-pan.ts'
import type { Init, Widget } from './widget.ts'

/** Two scroll bars around a widget that does not move by itself: wheel, touch and keys over it move the bars. */
export class AbstractScrollArea extends ContainerWidget {
  readonly #viewport = document.createElement('div')
  readonly #horizontal: ScrollTrack
  readonly #vertical: ScrollTrack
  readonly #report: AreaReport
  #visibility: readonly [horizontal: unknown, vertical: unknown] = ['auto', 'auto']

  constructor (init: Init<readonly unknown[], { readonly thickness: number }>) {
    super(init)
    const { thickness } = init.options
    const moved = (): void => { this.fire('scrolled', ...this.get_scroll_percent()) }
    this.#horizontal = new ScrollTrack(document.createElement('div'), { orientation: 'horizontal', thickness }, moved)
    this.#vertical = new ScrollTrack(document.createElement('div'), { orientation: 'vertical', thickness }, moved)
    this.#viewport.className = 'pg-scroll-viewport'
    this.#viewport.id = this.scene.uniqueId()
    for (const { element } of this.#bars) element.setAttribute('aria-controls', this.#viewport.id)
    this.element.classList.add('pg-abstract-scroll-area')
    this.element.append(this.#viewport, this.#vertical.element, this.#horizontal.element)
    this.#viewport.addEventListener('wheel', event => this.#wheel(event), { passive: false })
    this.#viewport.addEventListener('keydown', event => this.#key(event))
    onPan(this.#viewport, (dx, dy) => this.#scrollBy(-dx, -dy))
    this.#report = new AreaReport(this, this.#viewport, () => ({
      width: this.element.clientWidth,
      height: this.element.clientHeight,
      vertical: this.#vertical.element.offsetWidth,
      horizontal: this.#horizontal.element.offsetHeight
    }))
    this.#arrange()
  }

  override get focusTarget (): HTMLElement { return this.#viewport }

  protected override get contentElement (): HTMLElement { return this.#viewport }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  /** @param horizontal - Share of the track; likewise `vertical`. */
  set_thumb_percent (horizontal: number, vertical: number): void {
    this.#horizontal.thumb = horizontal
    this.#vertical.thumb = vertical
    this.#arrange()
  }

  get_thumb_percent (): [horizontal: number, vertical: number] { return [this.#horizontal.thumb, this.#vertical.thumb] }

  set_scroll_percent (horizontal: number, vertical: number): void {
    this.#horizontal.position = horizontal
    this.#vertical.position = vertical
  }

  get_scroll_percent (): [horizontal: number, vertical: number] { return [this.#horizontal.position, this.#vertical.position] }

  set_scroll_bar_visibility (horizontal: unknown, vertical: unknown): void {
    this.#visibility = [horizontal, vertical]
    this.#arrange()
  }

  override settled (): void { this.#report.again() }

  override dispose (): void {
    this.#report.dispose()
    super.dispose()
  }

  get #bars (): readonly [ScrollTrack, ScrollTrack] { return [this.#horizontal, this.#vertical] }

  #arrange (): void {
    for (const [i, { element, thumb }] of this.#bars.entries()) {
      const visibility = visibilityOf(this.#visibility[i])
      element.hidden = visibility === 'off' || (visibility === 'auto' && thumb >= 1)
    }
    const scrolls = this.#bars.some(({ thumb }) => thumb < 1)
    this.#viewport.role = scrolls ? 'region' : null
    this.#viewport.ariaLabel = scrolls ? 'Scrollable content' : null
    if (scrolls) this.#viewport.tabIndex = 0
    else this.#viewport.removeAttribute('tabindex')
  }

  /** @param x - px, towards the right; likewise `y`, down. Returns whether anything moved. */
  #scrollBy (x: number, y: number): boolean {
    const { clientWidth, clientHeight } = this.#viewport
    const rtl = getComputedStyle(this.#viewport).direction === 'rtl'
    const across = this.#horizontal.scrollBy(rtl ? -x : x, clientWidth)
    return this.#vertical.scrollBy(y, clientHeight) || across
  }

  #wheel (event: WheelEvent): void {
    if (event.ctrlKey || event.defaultPrevented || !isLive(this.element)) return
    if (this.#scrollBy(...wheelDelta(event, this.#viewport.clientHeight))) event.preventDefault()
  }

  // Keys of what is inside belong to that.
  #key (event: KeyboardEvent): void {
    if (event.target !== this.#viewport) return
    const sideways = event.key === 'ArrowLeft' || event.key === 'ArrowRight'
    const done = sideways ? this.#horizontal.key(event, this.#viewport.clientWidth) : this.#vertical.key(event, this.#viewport.clientHeight)
    if (done) event.preventDefault()
  }
}
