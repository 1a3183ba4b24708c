import { Picture } from './picture.ts'
import type { Size } from './picture.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A push button. */
export class Button extends Widget {
  readonly #caption = document.createElement('span')
  readonly #picture: Picture

  constructor (init: Init<readonly [text: string | null]>) {
    super(init, 'button')
    this.element.classList.add('pg-button')
    this.element.setAttribute('type', 'button')
    this.#caption.className = 'pg-caption'
    this.#picture = new Picture(this.element, null)
    this.set_text(init.args[0])
    this.element.addEventListener('click', () => this.fire('activated'))
  }

  set_text (text: string | null): void {
    this.#caption.textContent = text
    if (text === null || text === '') this.#caption.remove()
    else this.element.append(this.#caption)
  }

  get_text (): string { return this.#caption.textContent ?? '' }

  set_icon (url: string | null, size: Size | null = null): void { this.#picture.set(url, size) }

  get_icon (): string | null { return this.#picture.url }

  /** A null leaves that colour as it is, an empty string returns it to the theme. */
  set_color (bg: string | null = null, fg: string | null = null): void {
    if (bg !== null) this.#paint('--pg-button-bg', bg)
    if (fg !== null) this.#paint('--pg-button-fg', fg)
  }

  /** A null or an empty string takes that colour away. */
  set_hover (bg: string | null = null, fg: string | null = null): void {
    this.#paint('--pg-button-hover-bg', bg)
    this.#paint('--pg-button-hover-fg', fg)
  }

  // An invalid colour would make the whole declaration that uses it invalid, and the button transparent.
  #paint (property: string, color: string | null): void {
    if (color === null || color === '') this.element.style.removeProperty(property)
    else if (CSS.supports('color', color)) this.element.style.setProperty(property, color)
  }
}
