import { ExclusiveGroup } from './exclusive-group.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** A button that stays down, alone or as one of a group. In a group the one that is down can be released, so that none is. */
export class ToggleButton extends Widget {
  readonly #caption = document.createElement('span')
  readonly #group: ExclusiveGroup<ToggleButton>
  #down = false

  constructor (init: Init<readonly [text: string | null], { readonly group: ToggleButton | null }>) {
    super(init, 'button')
    const { group } = init.options
    this.#group = group === null ? new ExclusiveGroup() : group.#group
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

  get on (): boolean { return this.#down }

  release (): void { this.set_state(false) }

  set_text (text: string | null): void {
    this.#caption.textContent = text
    this.element.ariaLabel = this.#caption.textContent === '' ? 'Toggle' : null
  }

  get_text (): string { return this.#caption.textContent ?? '' }

  set_state (down: boolean): void {
    this.#down = down
    this.element.ariaPressed = String(down)
    if (down) this.#group.releaseOthers(this)
  }

  get_state (): boolean { return this.#down }

  override dispose (): void {
    this.#group.remove(this)
    super.dispose()
  }
}
