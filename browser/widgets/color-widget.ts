import { hexColor } from '../../lib/widgets/hex-color.ts'
import { ColorPicker } from './color-picker.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** Picks a colour, in place. */
export class ColorWidget extends Widget {
  readonly #picker = new ColorPicker(color => this.fire('pick', color))

  constructor (init: Init<readonly unknown[], { readonly color: string }>) {
    super(init)
    this.element.classList.add('pg-color-widget')
    this.element.role = 'group'
    this.element.ariaLabel = 'Colour'
    this.element.append(this.#picker.element)
    this.#picker.color = hexColor(init.options.color) ?? this.#picker.color
  }

  override get focusTarget (): HTMLElement { return this.#picker.field }

  set_color (color: string): void { this.#picker.choose(color) }

  get_color (): string { return this.#picker.color }

  // Its parts are of many kinds; those of them that the platform can disable are not all.
  protected override disable (disabled: boolean): void { this.setInert(disabled) }
}
