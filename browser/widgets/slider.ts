import { RangeControl } from './range-control.ts'
import type { RangeOptions } from './range-control.ts'
import type { Init } from './widget.ts'

type Options = RangeOptions & { readonly orientation: 'horizontal' | 'vertical' }

/** A handle on a track. */
export class Slider extends RangeControl {
  constructor (init: Init<readonly unknown[], Options>) {
    super(init, 'pg-slider')
    const vertical = init.options.orientation === 'vertical'
    this.element.dataset.orientation = vertical ? 'vertical' : 'horizontal'
    if (vertical) this.input.ariaOrientation = 'vertical'
    this.render()
  }

  protected override paint (done: number): void { this.input.style.setProperty('--pg-done', String(done)) }
}
