/** Something that fills the room while it is in front. */
export interface Sheet {
  readonly title: string
  /** Puts it in front of the others. */
  comeForward (): void
}

/**
 * Where there is room for one window at a time: a row of buttons, one for each, that says which one is in front
 * and brings the others there.
 */
export class WindowSwitcher {
  readonly element = document.createElement('nav')
  readonly #buttons = new Map<Sheet, HTMLButtonElement>()

  constructor () {
    this.element.className = 'pg-switcher'
    this.element.setAttribute('aria-label', 'Windows')
    this.element.hidden = true
  }

  /** @param sheets - In order. @param front - The one that is seen. */
  update (sheets: readonly Sheet[], front: Sheet | undefined): void {
    for (const [sheet, button] of this.#buttons) {
      if (sheets.includes(sheet)) continue
      button.remove()
      this.#buttons.delete(sheet)
    }
    for (const [index, sheet] of sheets.entries()) {
      const button = this.#buttonOf(sheet)
      if (this.element.children[index] !== button) this.element.insertBefore(button, this.element.children[index] ?? null)
      if (button.textContent !== sheet.title) button.textContent = sheet.title
      button.ariaCurrent = sheet === front ? 'true' : null
    }
    // One that fills the room needs none.
    this.element.hidden = sheets.length === 0 || (sheets.length === 1 && sheets[0] === front)
  }

  #buttonOf (sheet: Sheet): HTMLButtonElement {
    let button = this.#buttons.get(sheet)
    if (button === undefined) {
      button = document.createElement('button')
      button.type = 'button'
      button.className = 'pg-switch'
      button.addEventListener('click', () => sheet.comeForward())
      this.#buttons.set(sheet, button)
    }
    return button
  }
}
