import { array, boolean, integer, nullable, number, oneOf, payload, string } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { event, param } from './definition.ts'
import type { Callback } from './definition.ts'

const always: Record<string, ValueType> = { type: string, time_stamp: number }
const mouse: Record<string, ValueType> = {
  ...always,
  x: number,
  y: number,
  viewport_x: number,
  viewport_y: number,
  button_trigger: integer,
  button_mask: integer,
  modifiers: array(oneOf('alt', 'ctrl', 'shift', 'meta'))
}
const pointerExtras: Record<string, ValueType> = { pointer_id: integer, pointer_type: string, pressure: number, is_primary: boolean }

const pointerEvent = payload(mouse, pointerExtras)
const wheelEvent = payload({ ...mouse, delta_x: number, delta_y: number, delta_z: number, delta_mode: integer }, pointerExtras)
const keyEvent = payload({ ...always, key: string, keycode: string, repeat: boolean, modifiers: array(string) })
const focusEvent = payload(always)
const dragEvent = payload({ ...mouse, types: array(string) })
const file = payload({ name: string, size: number, type: string, encoding: string })
const dropEvent = payload({ ...mouse, types: array(string), text: nullable(string), url: nullable(string), html: nullable(string), files: array(file) }, { transfer_id: integer })

const on = (type: ValueType, extra: Partial<Callback> = {}): Callback => event([param('event', type)], extra)

/** Something dragged over, or dropped on, a widget: every visible widget reports these once they are listened to. */
export const dragCallbacks = {
  /** Something is being dragged over the widget. */
  'drag-over': on(dragEvent, { unruly: true }),
  /** Something was dropped; files are still to be read. */
  'drop-start': on(dropEvent),
  /** Something was dropped, with its text, URL, HTML or files. */
  'drop-end': on(dropEvent)
}

/** Pointer, keyboard and focus events of widgets with the `interactive` option. Positions in px from the widget's corner. */
export const interactiveCallbacks = {
  /** A button or finger went down. */
  'pointer-down': on(pointerEvent),
  /** A button or finger went up. */
  'pointer-up': on(pointerEvent),
  /** The pointer moved. */
  'pointer-move': on(pointerEvent, { unruly: true }),
  /** The pointer came in. */
  enter: on(pointerEvent),
  /** The pointer left. */
  leave: on(pointerEvent),
  /** The widget was clicked. */
  click: on(pointerEvent),
  /** The widget was double-clicked. */
  dblclick: on(pointerEvent),
  /** The wheel was turned over the widget. */
  scroll: on(wheelEvent),
  /** A key went down while the widget had the focus. */
  'key-down': on(keyEvent),
  /** A key went up while the widget had the focus. */
  'key-up': on(keyEvent),
  /** A key that types a character was pressed while the widget had the focus. */
  'key-press': on(keyEvent),
  /** The widget got the focus. */
  'focus-in': on(focusEvent),
  /** The widget lost the focus. */
  'focus-out': on(focusEvent),
  /** The context menu was asked for. */
  contextmenu: on(pointerEvent)
}
