import { hexColor } from '../../lib/widgets/hex-color.ts'
import { ColorPicker } from './color-picker.ts'
import { Dialog } from './dialog.ts'
import type { DialogOptions } from './dialog.ts'
import type { Init } from './widget.ts'

type Options = DialogOptions & { readonly color: string, readonly title: string }

/** A dialog around a colour picker, with buttons that close it. */
export class ColorDialog extends Dialog {
  readonly #picker = new ColorPicker(color => this.fire('pick', color))

  constructor (init: Init<readonly unknown[], Options>) {
    super({ ...init, args: [init.options.title, []], options: { ...init.options, autoclose: true } })
    this.element.classList.add('pg-color-dialog')
    this.contentElement.append(this.#picker.element)
    this.#picker.color = hexColor(init.options.color) ?? this.#picker.color
    this.addOwnButton('OK', () => this.answer(this.#picker.color))
    this.addOwnButton('Cancel', () => {
      this.fire('cancel')
      this.hide()
    })
  }

  set_color (color: string): void { this.#picker.choose(color) }

  get_color (): string { return this.#picker.color }
}
