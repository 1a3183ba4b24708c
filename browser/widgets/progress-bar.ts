import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

/** Shows how much of something is done. */
export class ProgressBar extends Widget {
  readonly #bar = document.createElement('progress')
  readonly #text = document.createElement('span')

  constructor (init: Init) {
    super(init)
    this.element.classList.add('pg-progress')
    this.#bar.max = 1
    this.#bar.setAttribute('aria-label', 'Progress')
    this.#text.className = 'pg-progress-text'
    // The bar itself tells the same.
    this.#text.setAttribute('aria-hidden', 'true')
    this.element.append(this.#bar, this.#text)
    this.set_value(0)
  }

  /** Not focusable, but what a label before it names. */
  override get focusTarget (): HTMLElement { return this.#bar }

  /** @param value - 0 to 1; what is beyond is brought inside. */
  set_value (value: number | null): void {
    const done = Math.min(1, Math.max(0, value ?? 0))
    this.#bar.value = done
    this.#text.textContent = `${Math.round(done * 100)}%`
  }

  get_value (): number { return this.#bar.value }

  // There is nothing to use; dimming is enough.
  protected override disable (): void {}
}
