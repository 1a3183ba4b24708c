import { ContainerWidget } from './container.ts'
import type { Init, Widget } from './widget.ts'

/** A titled border around one widget. */
export class Frame extends ContainerWidget {
  declare readonly element: HTMLFieldSetElement
  readonly #legend = document.createElement('legend')
  readonly #content = document.createElement('div')

  constructor (init: Init<readonly unknown[], { readonly title: string }>) {
    super(init, 'fieldset')
    this.element.classList.add('pg-frame')
    this.#legend.className = 'pg-frame-title'
    this.#content.className = 'pg-frame-content'
    this.element.append(this.#content)
    this.set_title(init.options.title)
  }

  protected override get contentElement (): HTMLElement { return this.#content }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  set_title (title: string | null): void {
    this.#legend.textContent = title ?? ''
    if (this.get_text() === '') this.#legend.remove()
    else this.element.prepend(this.#legend)
  }

  set_text (title: string | null): void { this.set_title(title) }

  get_text (): string { return this.#legend.textContent ?? '' }

  // The platform disables only form controls, not the handles and tabs that may be inside.
  protected override disable (disabled: boolean): void {
    this.element.disabled = disabled
    this.setInert(disabled)
  }
}
