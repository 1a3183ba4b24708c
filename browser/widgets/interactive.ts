import type { Widget } from './widget.ts'

const modifiersOf = (event: MouseEvent | KeyboardEvent): string[] => {
  const held: ReadonlyArray<[string, boolean]> = [['alt', event.altKey], ['ctrl', event.ctrlKey], ['shift', event.shiftKey], ['meta', event.metaKey]]
  return held.filter(([, down]) => down).map(([name]) => name)
}

/** The protocol's bits for held buttons: 1 left, 2 middle, 4 right. The platform has the last two the other way round. */
const maskOf = ({ buttons }: MouseEvent): number => (buttons & 1) | (buttons & 4) >> 1 | (buttons & 2) << 1

type Payload = Record<string, unknown>

const basic = (event: Event, type = event.type): Payload => ({ type, time_stamp: event.timeStamp })

/** What all events of mouse and pointer, drags among them, have in common. */
export const mouse = (event: MouseEvent, element: HTMLElement, type?: string): Payload => {
  const { left, top } = element.getBoundingClientRect()
  return {
    ...basic(event, type),
    x: event.clientX - left,
    y: event.clientY - top,
    viewport_x: event.clientX,
    viewport_y: event.clientY,
    // Boundary events and moves are nobody's press; the platform says -1 of the latter only.
    button_trigger: type === undefined ? event.button + 1 : 0,
    button_mask: maskOf(event),
    modifiers: modifiersOf(event),
    ...(event instanceof PointerEvent && {
      pointer_id: event.pointerId,
      pointer_type: event.pointerType,
      pressure: event.pressure,
      is_primary: event.isPrimary
    })
  }
}

const wheel = (event: WheelEvent, element: HTMLElement): Payload => ({
  ...mouse(event, element),
  delta_x: event.deltaX,
  delta_y: event.deltaY,
  delta_z: event.deltaZ,
  delta_mode: event.deltaMode
})

const keyboard = (event: KeyboardEvent): Payload => ({
  ...basic(event),
  key: event.key,
  keycode: event.code,
  repeat: event.repeat,
  modifiers: modifiersOf(event)
})

/**
 * Makes a widget report what pointer, wheel, keyboard and focus do to it. It can be focused, a drag that leaves it
 * goes on, and the context menu is the server's.
 */
export function interact (widget: Widget): void {
  const { element } = widget
  element.tabIndex = 0
  element.classList.add('pg-interactive')

  const on = <K extends keyof HTMLElementEventMap>(type: K, action: string, payload: (event: HTMLElementEventMap[K]) => Payload): void => {
    element.addEventListener(type, event => { if (widget.get_enabled()) widget.fire(action, payload(event)) }, { capture: true, passive: true })
  }

  element.addEventListener('pointerdown', ({ pointerId }) => element.setPointerCapture(pointerId), { capture: true })
  element.addEventListener('contextmenu', event => event.preventDefault())
  on('pointerdown', 'pointer-down', event => mouse(event, element))
  on('pointerup', 'pointer-up', event => mouse(event, element))
  on('pointermove', 'pointer-move', event => mouse(event, element))
  // Listened to as the events that inner elements do not repeat, named as the protocol does.
  on('pointerenter', 'enter', event => mouse(event, element, 'pointerover'))
  on('pointerleave', 'leave', event => mouse(event, element, 'pointerout'))
  on('click', 'click', event => mouse(event, element))
  on('dblclick', 'dblclick', event => mouse(event, element))
  on('contextmenu', 'contextmenu', event => mouse(event, element))
  on('wheel', 'scroll', event => wheel(event, element))
  on('keydown', 'key-down', keyboard)
  on('keyup', 'key-up', keyboard)
  on('keypress', 'key-press', keyboard)
  on('focusin', 'focus-in', event => basic(event))
  on('focusout', 'focus-out', event => basic(event))
}
