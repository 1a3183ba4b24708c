import { atLeast, nullable, number, oneOf, px, widget } from '../protocol/values.ts'
import { addsChild, define, insertsChild, option, optional, param, setter } from './definition.ts'
import { ContainerWidget } from './widget.ts'

/** A row or a column of widgets. */
export const Box = define({
  class: 'Box',
  base: ContainerWidget,
  options: {
    /** Direction in which children follow each other. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal')
  },
  container: { attach: 'add_widget', again: 'update' },
  state: {
    spacing: { initial: 0 },
    align: { initial: null }
  },
  methods: {
    /** Adds a widget at the end; of one that is there already, changes the stretch. @param child - The widget. @param stretch - Its share of the room left over; 0 keeps its natural size. */
    add_widget: addsChild([param('child', widget()), optional('stretch', nullable(number), 0)]),
    /** Adds a widget before position `index`. @param index - From 0; beyond the end adds at the end. @param stretch - Its share of the room left over. */
    insert_widget: insertsChild([param('index', atLeast(0)), param('child', widget()), optional('stretch', nullable(number), 0)]),
    /** Sets the gap between children. @param gap - px. */
    set_spacing: setter('spacing', [optional('gap', px, 0)]),
    /** Aligns the children across the box's direction: top, center, bottom in a row; left, center, right in a column. */
    set_align: setter('align', [param('align', oneOf('top', 'center', 'bottom', 'left', 'right'))])
  }
})

/** A column of widgets. */
export const VBox = define({ class: 'VBox', base: Box })

/** A row of widgets. */
export const HBox = define({ class: 'HBox', base: Box })
