import { ContainerWidget } from './container.ts'
import type { Init, Widget } from './widget.ts'

/** Fills the whole stage with one widget. */
export class Page extends ContainerWidget {
  constructor (init: Init) {
    super(init, 'main')
    this.element.classList.add('pg-page')
  }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  override show (): void {
    if (!this.element.isConnected) this.scene.stage.append(this.element)
    super.show()
  }
}
