import { coalesced } from '../widgets/apply.ts'
import type { Dialect } from './dialects/index.ts'
import type { PageWidget } from './model.ts'

/** The way of a page's reports to the server: which of them leave, and when. */
export class Reports {
  /** Between `reconstruct-start` and `reconstruct-end` nothing but `map` leaves. */
  replaying = false
  /** Never again does anything leave, after a silent call that threw in a reference page. */
  mute = false
  readonly #dialect: Dialect
  readonly #send: (message: object) => void
  readonly #nextFrame: (task: () => void) => void
  readonly #pending = new Map<string, { readonly widget: PageWidget, readonly action: string, readonly args: readonly unknown[] }>()
  #silent = false

  constructor (dialect: Dialect, send: (message: object) => void, nextFrame: (task: () => void) => void) {
    this.#dialect = dialect
    this.#send = send
    this.#nextFrame = nextFrame
  }

  /** Reports an action if the server listens and nothing suppresses it; whether it was, or will be, sent. */
  fire (widget: PageWidget, action: string, args: readonly unknown[]): boolean {
    const callback = widget.definition.callbacks[action]
    if (callback?.extension === true && !this.#dialect.extended) return false
    if (!widget.alive || !widget.listened.has(action) || this.#silent || this.mute || (this.replaying && action !== 'map')) return false
    if (this.#dialect.coalesces && callback?.unruly === true) {
      const key = `${widget.wid} ${action}`
      const merged = coalesced(callback, this.#pending.get(key)?.args, args)
      if (merged === undefined) this.flush(widget)
      // Put at the end anew, so that what waits leaves in the order of the last change.
      this.#pending.delete(key)
      this.#pending.set(key, { widget, action, args: merged ?? args })
      this.#nextFrame(() => this.flush())
      return true
    }
    // What this widget said before is not overtaken.
    this.flush(widget)
    this.#dispatch(widget, action, args)
    return true
  }

  /** Does something without any of the reports that it would cause. */
  silently<T> (work: () => T): T {
    const before = this.#silent
    this.#silent = true
    try {
      return work()
    } catch (error) {
      this.mute ||= this.#dialect.staysMute
      throw error
    } finally {
      this.#silent = before
    }
  }

  /** Sends what waits for an animation frame, of one widget or of all. */
  flush (of?: PageWidget): void {
    for (const [key, { widget, action, args }] of [...this.#pending]) {
      if (of !== undefined && widget !== of) continue
      this.#pending.delete(key)
      if (widget.alive) this.#dispatch(widget, action, args)
    }
  }

  /** Forgets what waits. */
  clear (): void { this.#pending.clear() }

  #dispatch ({ wid }: PageWidget, action: string, args: readonly unknown[]): void {
    this.#send({ type: 'callback', wid, action, args })
  }
}

/** A widget as a page names it to the server. */
export function refTo ({ wid, definition }: PageWidget): { __wid__: number, __class__: string } {
  return { __wid__: wid, __class__: definition.class }
}
