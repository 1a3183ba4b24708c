import { ContainerWidget } from './container.ts'
import { px } from './widget.ts'
import type { Init, Widget } from './widget.ts'

/**
 * Children at fixed places. Each stands in a slot, and all slots in the one cell of a grid, pushed to their places by
 * margins: so the layout is as large as what is in it, and the margins of the children remain their own.
 */
export class FixedLayout extends ContainerWidget {
  readonly #slots = new Map<Widget, HTMLElement>()

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-fixed-layout')
  }

  override originOf (_child: Widget): HTMLElement { return this.element }

  /** A null leaves that coordinate as it is. @param x - px from the left. @param y - px from the top. */
  add_widget (child: Widget, x: number | null = null, y: number | null = null): void {
    this.adopt(child)
    const slot = this.#slots.get(child)
    if (slot === undefined) return
    if (x !== null) slot.style.marginLeft = px(x)
    if (y !== null) slot.style.marginTop = px(y)
  }

  protected override place (child: Widget, index: number): void {
    const slot = document.createElement('div')
    const next = this.children[index + 1]
    slot.className = 'pg-slot'
    slot.append(child.element)
    this.#slots.set(child, slot)
    this.element.insertBefore(slot, next === undefined ? null : this.#slots.get(next) ?? null)
  }

  protected override displace (child: Widget, _index: number): void {
    child.element.remove()
    this.#slots.get(child)?.remove()
    this.#slots.delete(child)
  }
}
