import { number } from '../protocol/values.ts'
import { define, getter, param, setter } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A bar that shows how much of something is done.
 * @example
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * const tank = W.ProgressBar()
 * tank.setValue(0.62)
 * box.addWidget(W.Label('Tank 3, 310 of 500 l'))
 * box.addWidget(tank)
 * page.setWidget(box)
 */
export const ProgressBar = define({
  class: 'ProgressBar',
  base: Widget,
  state: { value: { initial: 0 } },
  methods: {
    /** Sets how much is done. @param value - From 0 to 1; what is beyond is brought inside. */
    set_value: setter('value', [param('value', number)], (_state, [value]) => ({ value: Math.min(1, Math.max(0, value as number)) })),
    /** How much is done, from 0 to 1. */
    get_value: getter('value', number)
  }
})
