import { icon } from '../icons.ts'
import { ContainerWidget } from './container.ts'
import { schemeOn } from './ink.ts'
import type { Init, Widget } from './widget.ts'

interface Options {
  readonly title: string
  readonly collapsible: boolean
  readonly shadow: boolean
  readonly bg_color: string | null
}

/** A section under a title. Where it can be collapsed the title is a button for that, as in the disclosure pattern. */
export class Expander extends ContainerWidget {
  readonly #bar: HTMLElement
  readonly #caption = document.createElement('span')
  readonly #content = document.createElement('div')
  readonly #collapsible: boolean
  #collapsed = false

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    const { title, collapsible, shadow, bg_color: color } = init.options
    this.#collapsible = collapsible
    this.#bar = collapsible ? this.#button() : document.createElement('div')
    this.element.classList.add('pg-expander')
    this.element.classList.toggle('pg-raised', shadow)
    this.#bar.classList.add('pg-expander-bar')
    this.#bar.style.setProperty('--pg-expander-bg', color ?? '')
    this.#bar.style.colorScheme = schemeOn(color)
    this.#caption.className = 'pg-caption'
    this.#caption.id = this.scene.uniqueId()
    this.#bar.append(this.#caption)
    this.#content.className = 'pg-expander-content'
    this.#content.id = this.scene.uniqueId()
    this.#content.role = 'group'
    this.#content.addEventListener('animationend', () => this.#content.classList.remove('pg-unfolding'))
    this.#bar.setAttribute('aria-controls', this.#content.id)
    this.element.append(this.#bar, this.#content)
    this.set_title(title)
    this.#show(collapsible)
  }

  override get focusTarget (): HTMLElement { return this.#bar }

  protected override get contentElement (): HTMLElement { return this.#content }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  set_collapsed (collapsed: boolean | null): void {
    const wanted = collapsed === true
    if (wanted === this.#collapsed) return
    // Before anything is hidden, and not in silence: whoever asked for it would believe that it happened.
    if (wanted && !this.#collapsible) throw new Error('This expander cannot be collapsed')
    this.#show(wanted)
    if (!wanted && !matchMedia('(prefers-reduced-motion: reduce)').matches) this.#content.classList.add('pg-unfolding')
    this.fire('toggled', wanted)
  }

  get_collapsed (): boolean { return this.#collapsed }

  toggleContent (): void { this.set_collapsed(!this.#collapsed) }

  set_title (title: string | null): void {
    this.#caption.textContent = title ?? ''
    const named = this.get_title() !== ''
    this.#bar.hidden = !named && !this.#collapsible
    this.#bar.ariaLabel = named ? null : 'Details'
    if (named) this.#content.setAttribute('aria-labelledby', this.#caption.id)
    else this.#content.removeAttribute('aria-labelledby')
  }

  get_title (): string { return this.#caption.textContent ?? '' }

  #button (): HTMLElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.append(icon('chevron-right'))
    button.addEventListener('click', () => this.toggleContent())
    return button
  }

  #show (collapsed: boolean): void {
    this.#collapsed = collapsed
    this.element.classList.toggle('pg-collapsed', collapsed)
    this.#content.hidden = collapsed
    if (this.#collapsible) this.#bar.ariaExpanded = String(!collapsed)
  }
}
