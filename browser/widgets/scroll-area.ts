import { visibilityOf } from '../../lib/widgets/shares.ts'
import { AreaReport } from './area-report.ts'
import { ContainerWidget } from './container.ts'
import { ScrollPosition } from './scroll-position.ts'
import { px } from './widget.ts'
import type { Init, Widget } from './widget.ts'

type Options = { readonly hscrollbar: unknown, readonly vscrollbar: unknown, readonly thickness: number }

const overflows = { on: 'scroll', off: 'hidden', auto: 'auto' } as const

/** A view of a widget that may be larger, scrolled by the platform with its own bars, keys and gestures. */
export class ScrollArea extends ContainerWidget {
  readonly #content = document.createElement('div')
  readonly #position: ScrollPosition
  readonly #report: AreaReport
  #thumbs: readonly [horizontal: number, vertical: number] = [0.2, 0.2]

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    const { hscrollbar, vscrollbar, thickness } = init.options
    this.#content.className = 'pg-scroll-content'
    this.element.classList.add('pg-scroll-area')
    this.element.style.setProperty('--pg-thickness', px(thickness))
    this.element.append(this.#content)
    this.set_scroll_bar_visibility(hscrollbar, vscrollbar)
    this.#position = new ScrollPosition(this, this.element, this.#content)
    this.#report = new AreaReport(this, this.element, () => this.#room())
  }

  protected override get contentElement (): HTMLElement { return this.#content }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  set_scroll_position (horizontal: number, vertical: number): void { this.#position.set(horizontal, vertical) }

  get_scroll_position (): readonly [horizontal: number, vertical: number] { return this.#position.place }

  // In a reference page this moves the bars alone, which then show what is not so.
  set_scroll_percent (horizontal: number, vertical: number): void { this.set_scroll_position(horizontal, vertical) }

  get_scroll_percent (): readonly [horizontal: number, vertical: number] { return this.get_scroll_position() }

  // The platform's bars show how much is in view, whatever anybody says.
  set_thumb_percent (horizontal: number, vertical: number): void { this.#thumbs = [horizontal, vertical] }

  get_thumb_percent (): readonly [horizontal: number, vertical: number] { return this.#thumbs }

  set_scroll_bar_visibility (horizontal: unknown, vertical: unknown): void {
    const { style } = this.element
    style.overflowX = overflows[visibilityOf(horizontal)]
    style.overflowY = overflows[visibilityOf(vertical)]
  }

  scroll_to_widget (child: Widget): void {
    // What scrolls is found out by a scroll event, as where somebody scrolled: only the page knows where it led.
    if (this.element.contains(child.element)) child.element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' })
  }

  override carry (): unknown { return this.#position.carry() }

  override resume (carried: unknown): void { this.#position.resume(carried) }

  override settled (): void {
    this.#position.settle()
    this.#report.again()
  }

  override dispose (): void {
    this.#position.dispose()
    this.#report.dispose()
    super.dispose()
  }

  #room (): { width: number, height: number, vertical: number, horizontal: number } {
    const { offsetWidth, offsetHeight, clientWidth, clientHeight } = this.element
    const { borderLeftWidth, borderRightWidth, borderTopWidth, borderBottomWidth } = getComputedStyle(this.element)
    const width = offsetWidth - parseFloat(borderLeftWidth) - parseFloat(borderRightWidth)
    const height = offsetHeight - parseFloat(borderTopWidth) - parseFloat(borderBottomWidth)
    return { width, height, vertical: width - clientWidth, horizontal: height - clientHeight }
  }
}
