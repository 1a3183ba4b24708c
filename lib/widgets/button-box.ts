import { nullable, oneOf, px } from '../protocol/values.ts'
import { Box } from './box.ts'
import { define, option, param, setter } from './definition.ts'

const halign = oneOf('left', 'center', 'right')

/**
 * Buttons that are all as wide as the widest of them, whatever their captions become. In a row they stand together at
 * one side or in the middle; if one of them has a share of the room left over (`stretch`), they fill the row. In a column they
 * are as wide as the column, or as the widest where `setAlign` says where they stand.
 *
 * @example
 * const buttons = W.ButtonBox({ halign: 'right', minButtonWidth: 90, spacing: 8, padding: 12 })
 * const told = W.Label('Not saved', { padding: 12 })
 * for (const name of ['Discard', 'Save', 'Save as…']) {
 *   buttons.addWidget(W.Button(name).on('activated', () => told.setText(name)))
 * }
 * const box = W.VBox()
 * box.addWidget(told, 1)
 * box.addWidget(buttons)
 * page.setWidget(box)
 */
export const ButtonBox = define({
  class: 'ButtonBox',
  base: Box,
  options: {
    /** Direction in which the buttons follow each other. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal'),
    /** Where the buttons stand along that direction; in a column left is the top and right the bottom. */
    halign: option(halign, 'center'),
    /** Least width of the buttons, px; null for none. */
    min_button_width: option(nullable(px), null)
  },
  state: {
    halign: { initial: given => given.halign }
  },
  methods: {
    /** Sets where the buttons stand along the box's direction; in a column left is the top and right the bottom. */
    set_halign: setter('halign', [param('halign', halign)])
  }
})
