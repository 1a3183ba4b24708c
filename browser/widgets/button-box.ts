import { Box } from './box.ts'
import { px } from './widget.ts'
import type { Init, Widget } from './widget.ts'

type Options = {
  readonly orientation: 'horizontal' | 'vertical'
  readonly halign: string
  readonly min_button_width: number | null
}

const sides: readonly string[] = ['left', 'center', 'right']

/**
 * Buttons of one width. They stand in tracks of a grid of its own inside the box, which is as wide as they need, so that
 * the style sheet keeps them equal whatever becomes of captions and fonts.
 */
export class ButtonBox extends Box {
  readonly #tracks = document.createElement('div')
  readonly #filling = new Set<Widget>()

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    const { halign, min_button_width: least } = init.options
    this.element.classList.add('pg-button-box')
    this.#tracks.className = 'pg-button-tracks'
    if (least !== null) this.#tracks.style.setProperty('--pg-least', px(least))
    this.element.append(this.#tracks)
    this.set_halign(halign)
  }

  protected override get contentElement (): HTMLElement { return this.#tracks }

  override originOf (_child: Widget): HTMLElement { return this.element }

  set_halign (side: string): void { this.element.dataset.halign = sides.includes(side) ? side : 'center' }

  // Shares of their own would make the buttons unequal: they are as good as one for all.
  protected override share (child: Widget, stretch: number): void {
    if (stretch > 0) this.#filling.add(child)
    else this.#filling.delete(child)
    this.#tracks.classList.toggle('pg-filling', this.#filling.size > 0)
  }
}
