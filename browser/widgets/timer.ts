import { Callback } from './callback.ts'
import type { Init } from './callback.ts'

/** The longest time that the platform can wait, ms. */
const LONGEST = 2 ** 31 - 1

/** A countdown in the page, for servers that have none of their own. All times in seconds. */
export class Timer extends Callback {
  #duration: number
  #timer: number | null = null
  #started = 0

  constructor (init: Init<readonly unknown[], { readonly duration: number }>) {
    super(init)
    this.#duration = init.options.duration
  }

  /** @param duration - Seconds; as before if absent. */
  start (duration: number | null = null): void {
    if (duration !== null) this.#duration = duration
    this.stop()
    const seconds = this.#duration
    this.#started = performance.now()
    this.#timer = window.setTimeout(() => {
      this.#timer = null
      this.fire('expired', seconds)
    }, Math.min(LONGEST, Math.max(0, seconds * 1000)))
  }

  set (duration: number): void { this.start(duration) }

  cond_set (duration: number): void {
    if (!this.is_set()) this.start(duration)
  }

  stop (): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
  }

  cancel (): void {
    const elapsed = this.elapsed_time()
    this.stop()
    this.fire('cancelled', elapsed)
  }

  is_set (): boolean { return this.#timer !== null }

  elapsed_time (): number { return this.is_set() ? (performance.now() - this.#started) / 1000 : 0 }

  time_left (): number { return this.is_set() ? Math.max(0, this.#duration - this.elapsed_time()) : 0 }

  set_duration (duration: number): void { this.#duration = duration }

  get_duration (): number { return this.#duration }

  override dispose (): void { this.stop() }
}
