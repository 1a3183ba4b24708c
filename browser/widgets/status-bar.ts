import { Label } from './label.ts'
import type { LabelOptions } from './label.ts'
import type { Menu } from './menu.ts'
import type { Init } from './widget.ts'

/** The longest time that the platform can wait, ms. */
const LONGEST = 2 ** 31 - 1

/** A line for messages. Assistive tools read out what appears in it, when they have nothing else to say. */
export class StatusBar extends Label {
  #timer = 0

  constructor (init: Init<readonly unknown[], LabelOptions>) {
    super({ ...init, args: [''] })
    this.element.classList.add('pg-status-bar')
    this.element.ariaLive = 'polite'
    this.element.ariaAtomic = 'true'
  }

  /** @param duration - Seconds, for servers that leave it to the page to take the message away; null or 0 for ever. */
  set_message (text: string | null, duration: number | null = null): void {
    this.set_text(text)
    if (duration !== null && duration > 0) this.#timer = window.setTimeout(() => this.clear(), Math.min(LONGEST, duration * 1000))
  }

  clear (): void { this.set_text('') }

  override set_text (text: string | null): void {
    // The base's constructor calls this, when there is no timer yet.
    if (#timer in this) clearTimeout(this.#timer)
    super.set_text(text ?? '')
  }

  override set_menu (menu: Menu | null): void {
    super.set_menu(menu)
    // What opens a menu is a button; it is still live.
    if (menu === null) this.element.role = 'status'
  }

  override dispose (): void {
    clearTimeout(this.#timer)
    super.dispose()
  }
}
