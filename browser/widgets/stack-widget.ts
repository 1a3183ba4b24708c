import { TabWidget } from './tab-widget.ts'
import type { Init } from './widget.ts'

/** Pages on top of each other, without tabs. */
export class StackWidget extends TabWidget {
  constructor (init: Init) {
    super({ ...init, options: { closable: false, reorderable: false, tab_position: 'none' } })
    this.element.classList.add('pg-stack')
  }

  protected override get tabbed (): boolean { return false }

  /** There are no tabs to put anywhere. */
  override set_tab_position (): void {}
}
