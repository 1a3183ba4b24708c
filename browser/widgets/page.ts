import { ContainerWidget } from './container.ts'
import { WindowStack } from './window-stack.ts'
import type { Init, Widget } from './widget.ts'

/** Fills the whole stage with one widget. */
export class Page extends ContainerWidget {
  constructor (init: Init) {
    super(init, 'main')
    this.element.classList.add('pg-page')
    this.element.tabIndex = -1
  }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  override show (): void {
    if (!this.element.isConnected) this.scene.stage.append(this.element)
    super.show()
    this.scene.service(WindowStack).restack()
  }

  override hide (): void {
    super.hide()
    this.scene.service(WindowStack).restack()
  }

  override is_visible (): boolean { return this.element.isConnected && super.is_visible() }
}
