import { oneOf } from '../protocol/values.ts'
import { define, optional, setter } from './definition.ts'
import { Widget } from './widget.ts'

const orientation = oneOf('horizontal', 'vertical')

/**
 * A thin line between groups of widgets: a horizontal one between rows, a vertical one between what stands side by side.
 *
 * @example
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(W.Label('Chamber: 21.4 °C'))
 * box.addWidget(W.Separator())
 * const row = W.HBox({ spacing: 8 })
 * row.addWidget(W.Button('Heat'))
 * row.addWidget(W.Separator('vertical'))
 * row.addWidget(W.Button('Vent'))
 * box.addWidget(row)
 * page.setWidget(box)
 */
export const Separator = define({
  class: 'Separator',
  base: Widget,
  args: [optional('orientation', orientation, 'horizontal')],
  options: {
    // Reference servers may give it here as well.
    orientation: { type: orientation, default: 'horizontal', pageOnly: true }
  },
  state: {
    orientation: { initial: given => given.orientation }
  },
  methods: {
    /** Sets the direction of the line. */
    set_orientation: setter('orientation', [optional('orientation', orientation, 'horizontal')])
  }
})
