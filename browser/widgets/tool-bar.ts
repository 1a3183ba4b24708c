import { ContainerWidget } from './container.ts'
import { nameByLabels } from './naming.ts'
import { Roving } from './roving.ts'
import type { Init, Widget } from './widget.ts'

/** A strip of actions and small controls. Arrow keys lead from one action to the next. */
export class ToolBar extends ContainerWidget {
  readonly #roving: Roving

  constructor (init: Init<readonly unknown[], { readonly orientation: 'horizontal' | 'vertical' }>) {
    super(init)
    const orientation = init.options.orientation === 'vertical' ? 'vertical' : 'horizontal'
    this.element.classList.add('pg-tool-bar')
    this.element.dataset.orientation = orientation
    this.element.role = 'toolbar'
    this.element.ariaLabel = 'Tools'
    this.element.ariaOrientation = orientation
    this.#roving = new Roving(this.element, { items: () => this.#items(), vertical: () => orientation === 'vertical' })
  }

  override get focusTarget (): HTMLElement { return this.#roving.current ?? this.element }

  add_widget (child: Widget): void { this.adopt(child) }

  /** @param options - The action's options, or its text. */
  add_action (options: string | Readonly<Record<string, unknown>> | null = {}): Widget {
    const action = this.scene.make<Widget>('ToolBarAction', typeof options === 'string' ? { text: options } : options ?? {})
    this.adopt(action)
    return action
  }

  add_separator (): void {
    const rule = this.#ornament('pg-tool-separator')
    rule.role = 'separator'
  }

  add_spacer (): void { this.#ornament('pg-tool-spacer') }

  protected override place (child: Widget, index: number): void {
    super.place(child, index)
    nameByLabels(this.children, index)
    this.#roving.refresh()
  }

  protected override displace (child: Widget, index: number): void {
    super.displace(child, index)
    if (child.focusTarget.tabIndex === -1 && child.focusTarget.matches('button, input')) child.focusTarget.removeAttribute('tabindex')
    nameByLabels(this.children, index, child)
    this.#roving.refresh()
  }

  // Controls that need the arrow keys for themselves stay tab stops of their own.
  #items (): HTMLElement[] {
    return this.children.map(({ focusTarget }) => focusTarget).filter(target => target.matches('button:not([role="combobox"]), input[type="checkbox"]'))
  }

  #ornament (className: string): HTMLElement {
    const ornament = document.createElement('div')
    ornament.className = className
    this.element.append(ornament)
    return ornament
  }
}
