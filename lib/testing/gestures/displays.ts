import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import type { BinaryState } from '../../widgets/definition.ts'

/** A place in a widget, px from its upper left corner. */
export interface Point { readonly x: number, readonly y: number }

const LEFT = 1

/** What reports pointer, wheel, keyboard and focus where it was made `interactive`. */
export class InteractiveHandle extends WidgetHandle {
  #clock = 0

  /** Clicks it with the left button. */
  click (at: Point = { x: 0, y: 0 }, options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      this.#pointer(widget, 'pointer-down', 'pointerdown', at, LEFT, LEFT)
      this.#pointer(widget, 'pointer-up', 'pointerup', at, LEFT, 0)
      this.#pointer(widget, 'click', 'click', at, LEFT, 0)
    })
  }

  /** Clicks it twice. */
  dblclick (at: Point = { x: 0, y: 0 }, options: ActOptions = {}): Done {
    this.click(at, options)
    this.click(at, options)
    return this.act('double-click', options, widget => this.#pointer(widget, 'dblclick', 'dblclick', at, LEFT, 0))
  }

  /** Moves the pointer into it and there. */
  hover (at: Point = { x: 0, y: 0 }, options: ActOptions = {}): Done {
    return this.act('hover over', options, widget => {
      this.#pointer(widget, 'enter', 'pointerover', at, 0, 0)
      this.#pointer(widget, 'pointer-move', 'pointermove', at, 0, 0)
    })
  }

  /** Turns the wheel over it. */
  wheel (deltaX: number, deltaY: number, options: ActOptions = {}): Done {
    return this.act('turn the wheel over', options, widget => this.#send(widget, 'scroll', {
      ...this.#mouse('wheel', { x: 0, y: 0 }, LEFT, 0), delta_x: deltaX, delta_y: deltaY, delta_z: 0, delta_mode: 0
    }))
  }

  /** Presses and lets go of a key. @param key - As in KeyboardEvent.key. */
  press (key: string, options: ActOptions = {}): Done {
    return this.act(`press ${key} in`, options, widget => {
      const event = (type: string): object => ({ ...this.#basic(type), key, keycode: key.length === 1 ? `Key${key.toUpperCase()}` : key, repeat: false, modifiers: [] })
      this.#send(widget, 'key-down', event('keydown'))
      if (key.length === 1 || key === 'Enter') this.#send(widget, 'key-press', event('keypress'))
      this.#send(widget, 'key-up', event('keyup'))
    })
  }

  #pointer (widget: PageWidget, action: string, type: string, at: Point, trigger: number, mask: number): void {
    this.#send(widget, action, { ...this.#mouse(type, at, trigger, mask), pointer_id: 1, pointer_type: 'mouse', pressure: mask === 0 ? 0 : 0.5, is_primary: true })
  }

  #send (widget: PageWidget, action: string, payload: object): void {
    if (widget.given.interactive === true) this.report(widget, action, payload)
  }

  #mouse (type: string, { x, y }: Point, trigger: number, mask: number): object {
    return { ...this.#basic(type), x, y, viewport_x: x, viewport_y: y, button_trigger: trigger, button_mask: mask, modifiers: [] }
  }

  // Counted, not measured, so that a test always sees the same.
  #basic (type: string): object { return { type, time_stamp: ++this.#clock } }
}

/** A Label. */
export class LabelHandle extends InteractiveHandle {
  get text (): string | null { return this.state.text as string | null }
}

/** A StatusBar. */
export class StatusBarHandle extends InteractiveHandle {
  /** The message that is shown; empty for none. */
  get text (): string { return this.state.text as string }
}

/** An Image. */
export class ImageHandle extends InteractiveHandle {
  /** URL of the picture; null if there is none, or it came as bytes. */
  get url (): string | null { return this.state.image as string | null }
  /** The bytes of the picture; null if it has a URL, or there is none. */
  get bytes (): Uint8Array | null { return (this.state.binary_image as BinaryState | null)?.bytes ?? null }
}

/** A ProgressBar. */
export class ProgressBarHandle extends WidgetHandle {
  /** How much is done, from 0 to 1. */
  get value (): number { return this.state.value as number }
}

/** A Frame. */
export class FrameHandle extends WidgetHandle {
  get title (): string { return this.state.title as string }
}
