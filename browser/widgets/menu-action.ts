import { icon } from '../icons.ts'
import { Picture } from './picture.ts'
import type { Size } from './picture.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly text: string | null
  readonly name: string | null
  readonly icon_url: string | null
  readonly iconsize: Size | null
  readonly checkable: boolean
  readonly icon_only: boolean
}

/** An entry of a menu. Its mark, where it has one, is flipped before it reports. */
export class MenuAction extends Widget {
  readonly #caption = document.createElement('span')
  readonly #picture: Picture
  readonly #options: Options
  #text: string | null = null
  #tooltip: string | null = null
  #checked = false

  constructor (init: Init<readonly unknown[], Options>) {
    super(init, 'button')
    this.#options = init.options
    const { text, name, icon_url: url, iconsize, checkable } = init.options
    const mark = document.createElement('span')
    mark.className = 'pg-menu-mark'
    mark.append(icon('check'))
    this.#caption.className = 'pg-caption'
    this.element.classList.add('pg-menu-item', 'pg-menu-action')
    this.element.setAttribute('type', 'button')
    this.element.role = checkable ? 'menuitemcheckbox' : 'menuitem'
    this.element.tabIndex = -1
    this.element.append(mark, this.#caption)
    this.#picture = new Picture(this.#slot(), [16, 16])
    this.set_text(text ?? name)
    this.set_icon(url, iconsize)
    this.set_checked(false)
    this.element.addEventListener('click', () => {
      if (checkable) this.set_checked(!this.#checked)
      if (checkable) this.fire('activated', this.#checked)
      else this.fire('activated')
    })
  }

  set_text (text: string | null): void {
    this.#text = text
    this.#caption.textContent = text
    this.#describe()
  }

  get_text (): string | null { return this.#text }

  /** @param size - px; null for 16 by 16. */
  set_icon (url: string | null, size: Size | null = null): void {
    this.#picture.set(url, size)
    this.#describe()
  }

  override set_tooltip (msg: string | null): void {
    this.#tooltip = msg
    this.#describe()
  }

  override get_tooltip (): string { return this.#tooltip ?? '' }

  set_checked (checked: boolean): void {
    this.#checked = checked
    // An action that is marked without being checkable is one in all but reporting.
    if (this.#options.checkable || checked) this.element.role = 'menuitemcheckbox'
    this.element.ariaChecked = this.element.role === 'menuitemcheckbox' ? String(checked) : null
  }

  get_checked (): boolean { return this.#checked }

  set_state (checked: boolean): void { this.set_checked(checked) }

  get_state (): boolean { return this.#checked }

  #slot (): HTMLElement {
    const slot = document.createElement('span')
    slot.className = 'pg-menu-picture'
    this.#caption.before(slot)
    return slot
  }

  // Where the picture stands alone, the text is still what names the action.
  #describe (): void {
    const alone = this.#options.icon_only && this.#picture.shown
    this.#caption.classList.toggle('pg-unseen', alone)
    super.set_tooltip(this.#tooltip ?? (alone ? this.#text : null))
  }
}
