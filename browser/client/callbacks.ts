import { turned } from '../../lib/widgets/wheel.ts'
import type { Callback } from '../widgets/callback.ts'
import { serialise } from './arguments.ts'

/** How long an unruly callback waits where no animation frame comes, as in a background tab. ms */
const HIDDEN_DELAY = 100

/** How the queue passes frames on; false if there is no connection to take them. */
type Send = (frame: object) => boolean

/** The way of callbacks to the server: which of them leave, and when. */
export class CallbackQueue {
  /** Start of all DOM ids of this client. */
  readonly prefix: string
  readonly #send: Send
  readonly #pending = new Map<string, { widget: Callback, action: string, args: readonly unknown[] }>()
  #silences = 0
  #replaying = false
  #replayed: Array<() => void> = []
  #animationFrame = 0
  #timer = 0
  /** For those who may only watch: nothing leaves. */
  watching = false

  constructor (send: Send, prefix: string) {
    this.#send = send
    this.prefix = prefix
  }

  /** Between `reconstruct-start` and `reconstruct-end` only `map` leaves. */
  get replaying (): boolean { return this.#replaying }

  set replaying (replaying: boolean) {
    this.#replaying = replaying
    if (!replaying) for (const resolve of this.#replayed.splice(0)) resolve()
  }

  /** Resolves when no replay is under way. */
  async settled (): Promise<void> {
    while (this.#replaying) await new Promise<void>(resolve => this.#replayed.push(resolve))
  }

  /**
   * Sends a callback if the server listens and nothing suppresses it. Unruly ones wait for the next animation frame,
   * and only the last of them leaves, or the sum of all. Returns whether it was, or will be, sent.
   */
  fire (widget: Callback, action: string, args: readonly unknown[]): boolean {
    if (this.watching || !widget.listens(action) || this.#silences > 0 || (this.replaying && action !== 'map')) return false
    const gathering = widget.outline.unruly.get(action)
    if (gathering !== undefined) {
      const key = `${widget.wid} ${action}`
      const waiting = this.#pending.get(key)?.args
      const merged = gathering === 'sum' && waiting !== undefined ? turned(waiting, args) : args
      if (merged === undefined) this.#flushOf(widget)
      // Re-inserted, so that what waits leaves in the order of the last change.
      this.#pending.delete(key)
      this.#pending.set(key, { widget, action, args: merged ?? args })
      this.#schedule()
      return true
    }
    this.#flushOf(widget)
    return this.#dispatch(widget, action, args)
  }

  /** Runs `change` with all callbacks suppressed, also if it throws. */
  silently<T> (change: () => T): T {
    this.#silences++
    try {
      return change()
    } finally {
      this.#silences--
    }
  }

  /** Sends what waits. Done before anything that the server says is acted on, so that both sides agree on the order. */
  flush (): void {
    cancelAnimationFrame(this.#animationFrame)
    clearTimeout(this.#timer)
    this.#animationFrame = 0
    this.#timer = 0
    const waiting = [...this.#pending.values()]
    this.#pending.clear()
    for (const { widget, action, args } of waiting) this.#dispatch(widget, action, args)
  }

  /** Forgets what waits. */
  clear (): void {
    this.#pending.clear()
    this.flush()
  }

  #flushOf (widget: Callback): void {
    for (const [key, waiting] of this.#pending) {
      if (waiting.widget !== widget) continue
      this.#pending.delete(key)
      this.#dispatch(widget, waiting.action, waiting.args)
    }
  }

  #dispatch (widget: Callback, action: string, args: readonly unknown[]): boolean {
    return this.#send({ type: 'callback', wid: widget.wid, action, args: args.map(serialise) })
  }

  #schedule (): void {
    if (this.#animationFrame !== 0) return
    this.#animationFrame = requestAnimationFrame(() => this.flush())
    this.#timer = window.setTimeout(() => this.flush(), HIDDEN_DELAY)
  }
}
