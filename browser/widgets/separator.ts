import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Orientation = 'horizontal' | 'vertical'

/** A line between groups of widgets. */
export class Separator extends Widget {
  constructor (init: Init<readonly [orientation: Orientation], { readonly orientation: Orientation }>) {
    super(init, 'hr')
    this.element.classList.add('pg-separator')
    this.set_orientation(init.options.orientation === 'vertical' ? 'vertical' : init.args[0])
  }

  set_orientation (orientation: Orientation | null = 'horizontal'): void {
    const vertical = orientation === 'vertical'
    this.element.dataset.orientation = vertical ? 'vertical' : 'horizontal'
    this.element.ariaOrientation = vertical ? 'vertical' : null
  }
}
