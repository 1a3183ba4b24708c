import { atLeast, nullable, number, oneOf, px, widget } from '../protocol/values.ts'
import { addsChild, define, insertsChild, option, optional, param, setter } from './definition.ts'
import type { Reduce } from './definition.ts'
import { ContainerWidget } from './widget.ts'

const ROW = ['top', 'center', 'bottom']
const COLUMN = ['left', 'center', 'right']

const align: Reduce = (_state, [align], { given }) => {
  const words = given.orientation === 'vertical' ? COLUMN : ROW
  if (!words.includes(align as string)) throw new RangeError(`align of a ${String(given.orientation)} box must be ${words.join(', ')}; it is ${String(align)}`)
  return { align }
}

/**
 * A row or a column of widgets. They have their natural size, or the one they were given; what has a share (`stretch`)
 * divides the room that is left over, and what expands takes it where nothing has one. Where there is too little room
 * all give way as far as their content can. A label names the field right after it.
 *
 * @example
 * const box = W.Box({ orientation: 'vertical', spacing: 8, padding: 12 })
 * box.addWidget(W.Label('Beam line 3'))
 * const log = W.Frame({ title: 'Log' })
 * log.setWidget(W.Label('12:04  shutter open\n12:05  shutter closed', { padding: 8 }))
 * box.addWidget(log, 1)
 * box.addWidget(W.Button('Open shutter'))
 * page.setWidget(box)
 */
export const Box = define({
  class: 'Box',
  base: ContainerWidget,
  options: {
    /** Direction in which children follow each other. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal')
  },
  container: { attach: 'add_widget', again: 'update', forgets: ['size'] },
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
    set_align: setter('align', [param('align', oneOf('top', 'center', 'bottom', 'left', 'right'))], align)
  }
})

/**
 * A column of widgets: a Box with the orientation vertical.
 *
 * @example
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * const speed = W.Slider({ max: 3000, step: 50, track: true })
 * const told = W.Label('0 rpm')
 * speed.on('activated', value => told.setText(`${value} rpm`))
 * box.addWidget(W.Label('Spindle'))
 * box.addWidget(speed)
 * box.addWidget(told)
 * page.setWidget(box)
 */
export const VBox = define({
  class: 'VBox',
  base: Box,
  methods: {
    /** Aligns the children: left, center or right. */
    set_align: setter('align', [param('align', oneOf(...COLUMN))])
  }
})

/**
 * A row of widgets: a Box with the orientation horizontal.
 *
 * @example
 * const row = W.HBox({ spacing: 8, padding: 12, align: 'center' })
 * row.addWidget(W.Label('Setpoint'))
 * row.addWidget(W.TextEntry('21.5'), 1)
 * row.addWidget(W.Button('Set'))
 * page.setWidget(row)
 */
export const HBox = define({
  class: 'HBox',
  base: Box,
  methods: {
    /** Aligns the children: top, center or bottom. */
    set_align: setter('align', [param('align', oneOf(...ROW))])
  }
})
