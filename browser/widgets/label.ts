import { interact } from './interactive.ts'
import type { Menu } from './menu.ts'
import { MenuOpener } from './menu-opener.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

export type LabelOptions = {
  readonly halign: 'left' | 'center' | 'right'
  readonly interactive: boolean
  readonly menu: Menu | null
}

/** Left is where a line begins: in a page that runs from right to left that is the right. */
const horizontals: Readonly<Record<string, string>> = { left: 'start', center: 'center', right: 'end' }
const verticals: Readonly<Record<string, string>> = { top: 'start', center: 'center', bottom: 'end' }

/** A text. */
export class Label extends Widget {
  readonly #interactive: boolean
  #text: string | null = null
  #menu: Menu | null = null
  #opener: MenuOpener | null = null

  constructor (init: Init<readonly [text: string | null], LabelOptions>) {
    super(init)
    const { halign, interactive, menu } = init.options
    this.element.id = this.scene.uniqueId()
    this.element.classList.add('pg-label')
    this.#interactive = interactive
    if (interactive) interact(this)
    this.set_text(init.args[0])
    this.set_halign(halign)
    this.set_menu(menu)
  }

  set_text (text: string | null): void {
    this.#text = text
    this.element.textContent = text
  }

  get_text (): string | null { return this.#text }

  /** A null leaves that colour as it is, an empty string returns it to the theme. */
  set_color (bg: string | null = null, fg: string | null = null): void {
    if (bg !== null) this.element.style.backgroundColor = bg
    if (fg !== null) this.element.style.color = fg
  }

  set_halign (align: string): void { this.element.style.textAlign = horizontals[align] ?? '' }

  set_valign (align: string): void {
    const value = verticals[align]
    if (value === undefined) throw new Error(`unknown valign: ${align}`)
    this.element.style.setProperty('--pg-valign', value)
  }

  set_menu (menu: Menu | null): void {
    this.#menu = menu
    if (menu !== null) this.#opener ??= this.#makeOpener()
    this.#opener?.refresh()
    // Only what opens something is a button to those who cannot see it.
    this.element.role = menu === null ? null : 'button'
    this.element.classList.toggle('pg-has-menu', menu !== null)
    if (menu !== null || this.#interactive) this.element.tabIndex = 0
    else this.element.removeAttribute('tabindex')
  }

  override dispose (): void {
    this.#opener?.close(false)
    super.dispose()
  }

  #makeOpener (): MenuOpener {
    this.element.addEventListener('contextmenu', event => { if (this.#menu !== null) event.preventDefault() })
    // What is a button by role must also be used like one.
    this.element.addEventListener('keydown', event => {
      if (this.#menu === null || (event.key !== 'Enter' && event.key !== ' ')) return
      event.preventDefault()
      this.#opener?.open('first')
    })
    return new MenuOpener(this.element, { menu: () => this.#menu, anyButton: true })
  }
}
