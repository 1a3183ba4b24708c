import { number, widget } from '../protocol/values.ts'
import { addsChild, define, param } from './definition.ts'
import { ContainerWidget } from './widget.ts'

/**
 * Widgets at fixed places, for plans and diagrams. It is naturally as large as what is in it reaches; a widget that
 * expands takes the room from its place to the edge.
 *
 * @example
 * const plan = W.FixedLayout()
 * plan.addWidget(W.Label('Cooling circuit'), 12, 8)
 * plan.addWidget(W.Button('Pump 1'), 12, 40)
 * plan.addWidget(W.Button('Pump 2'), 132, 40)
 * const valve = W.Button('Valve')
 * plan.addWidget(valve, 72, 96)
 * valve.on('activated', () => plan.addWidget(valve, 72, 140))
 * page.setWidget(plan)
 */
export const FixedLayout = define({
  class: 'FixedLayout',
  base: ContainerWidget,
  container: { attach: 'add_widget', again: 'update' },
  methods: {
    /** Puts a widget at a place; one that is there already moves. Later ones lie above earlier ones. @param child - The widget. @param x - px from the left edge. @param y - px from the top edge. */
    add_widget: addsChild([param('child', widget()), param('x', number), param('y', number)])
  }
})
