import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A button that stays down, alone or as one of a group. In a group the one that is down can be released, so that none is. */
export class ToggleButton extends Widget {
  readonly #caption = document.createElement('span')
  /** All that are down at most one at a time, this one included. */
  readonly #group: Set<ToggleButton>
  #down = false

  constructor (init: Init<readonly [text: string | null], { readonly group: ToggleButton | null }>) {
    super(init, 'button')
    const { group } = init.options
    this.#group = group === null ? new Set() : group.#group
    this.#group.add(this)
    this.element.classList.add('pg-button', 'pg-toggle-button')
    this.element.setAttribute('type', 'button')
    this.#caption.className = 'pg-caption'
    this.element.append(this.#caption)
    this.set_text(init.args[0])
    this.set_state(false)
    this.element.addEventListener('click', () => {
      this.set_state(!this.#down)
      this.fire('activated', this.#down)
    })
  }

  set_text (text: string | null): void {
    this.#caption.textContent = text
    this.element.ariaLabel = this.#caption.textContent === '' ? 'Toggle' : null
  }

  get_text (): string { return this.#caption.textContent ?? '' }

  /** Puts it down or up; down lets go of the others of its group, silently. */
  set_state (down: boolean): void {
    this.#down = down
    this.element.ariaPressed = String(down)
    if (down) for (const mate of this.#group) if (mate !== this && mate.#down) mate.set_state(false)
  }

  get_state (): boolean { return this.#down }

  override dispose (): void {
    this.#group.delete(this)
    super.dispose()
  }
}
