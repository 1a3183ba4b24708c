import { ContainerWidget } from './container.ts'
import { nameByLabels } from './naming.ts'
import type { Init, Widget } from './widget.ts'
import { px } from './widget.ts'

type Orientation = 'horizontal' | 'vertical'
type Align = 'top' | 'center' | 'bottom' | 'left' | 'right'

const alignments: Readonly<Record<Orientation, Readonly<Partial<Record<Align, string>>>>> = {
  horizontal: { top: 'start', center: 'center', bottom: 'end' },
  vertical: { left: 'start', center: 'center', right: 'end' }
}

/** A row or a column. Children keep their natural size, but for those that share the room left over. */
export class Box extends ContainerWidget {
  readonly #orientation: Orientation

  constructor (init: Init<readonly unknown[], { readonly orientation?: Orientation }>, orientation: Orientation = init.options.orientation ?? 'horizontal') {
    super(init)
    this.element.classList.add('pg-box')
    this.#orientation = orientation === 'vertical' ? 'vertical' : 'horizontal'
    this.element.dataset.orientation = this.#orientation
  }

  /**
   * Gives a child of a column or row its share of the room left over. The basis is the natural size, so that only what
   * is left over is shared. Without a share the sheet decides, which heeds the expanding flags.
   */
  static share (child: Widget, stretch: number | null): void {
    child.element.style.flex = stretch !== null && stretch > 0 ? `${stretch} 1 auto` : ''
  }

  /** @param stretch - Share of the room left over. */
  add_widget (child: Widget, stretch: number | null = 0): void {
    this.adopt(child)
    this.share(child, stretch ?? 0)
  }

  insert_widget (index: number, child: Widget, stretch: number | null = 0): void {
    this.adopt(child, index)
    this.share(child, stretch ?? 0)
  }

  /** @param gap - Room between children, px. */
  set_spacing (gap: number | null = 0): void { this.contentElement.style.gap = px(gap) }

  set_align (align: Align): void {
    const words = alignments[this.#orientation]
    const value = words[align]
    if (value === undefined) throw new Error(`Unknown alignment: ${String(align)}; there are ${Object.keys(words).join(', ')}`)
    this.element.style.alignItems = value
    this.element.dataset.align = align
  }

  protected override place (child: Widget, index: number): void {
    super.place(child, index)
    nameByLabels(this.children, index)
  }

  protected override displace (child: Widget, index: number): void {
    super.displace(child, index)
    this.share(child, 0)
    nameByLabels(this.children, index, child)
  }

  /** Gives a child its share of the room left over. */
  protected share (child: Widget, stretch: number): void { Box.share(child, stretch) }
}

/** A column. */
export class VBox extends Box {
  constructor (init: Init) { super(init, 'vertical') }
}

/** A row. */
export class HBox extends Box {
  constructor (init: Init) { super(init, 'horizontal') }
}
