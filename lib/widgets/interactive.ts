import { array, atLeast, boolean, bytes, integer, nothing, nullable, number, oneOf, payload, string } from '../protocol/values.ts'
import type { ValueType } from '../protocol/values.ts'
import { event, param } from './definition.ts'
import type { Callback } from './definition.ts'
import { turned } from './wheel.ts'

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
const drop: Record<string, ValueType> = { ...mouse, types: array(string), text: nullable(string), url: nullable(string), html: nullable(string) }
const file: Record<string, ValueType> = { name: string, size: atLeast(0), type: string, encoding: string }
const offeredFile = payload({ ...file, data: nothing })
const droppedFile = payload(file, { error: string }, { data: nullable(bytes) })
const dropStart = payload({ ...drop, files: array(offeredFile) })
const dropEnd = payload({ ...drop, files: array(droppedFile) }, { transfer_id: atLeast(0) })

/** Why files that were announced will not come. */
const uploadFailure = oneOf('maxTransfers', 'maxTransferBytes', 'transferTimeout', 'invalid', 'disconnected')

/** How far the files of a transfer have come. */
export const uploadProgress = payload({
  transfer_id: integer,
  file_index: integer,
  chunk_index: integer,
  num_chunks: integer,
  transferred_bytes: integer,
  total_bytes: integer,
  complete: boolean
}, { error: uploadFailure })

const on = (type: ValueType, extra: Partial<Callback> = {}): Callback => event([param('event', type)], extra)

/** Something dragged over, or dropped on, a widget: every visible widget reports these once they are listened to. */
export const dragCallbacks = {
  /** Something is being dragged over the widget. */
  'drag-over': on(dragEvent, { unruly: true }),
  /** Something was dropped; of files there is no more than their names, sizes and types. */
  'drop-start': on(dropStart),
  /** Something was dropped, with its text, URL and HTML; if there are files, their bytes have come. One that could not be read has an `error` in place of `data`. Names and types are what the browser says: check them. */
  'drop-end': on(dropEnd, { upload: { progress: 'drop-progress' } }),
  /** Some more of the dropped files has come, or, with an `error`, they will not come: they are over a limit (`maxTransfers`, `maxTransferBytes`), stalled (`transferTimeout`), or their browser went away or broke the protocol. Files come only where `drop-end` is listened to. */
  'drop-progress': on(uploadProgress, { made: true })
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
  /** The wheel was turned over the widget; turns between two animation frames are added up. */
  scroll: on(wheelEvent, { unruly: true, merge: turned }),
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
