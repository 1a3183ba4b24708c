import { Rate } from './rate.ts'
import { OPEN } from './socket.ts'
import type { Socket } from './socket.ts'

/** Slows a browser down that sends too much: it is not read for a while, and what it sends waits at its own end. */
export class Throttle {
  readonly #rate: Rate
  readonly #socket: Socket
  #paused = false
  #resumedAt = 0

  /** @param perSecond - Messages that are read for long. @param burst - Messages that are read at once. */
  constructor (socket: Socket, perSecond: number, burst: number) {
    this.#socket = socket
    this.#rate = new Rate(perSecond, burst)
  }

  /** Since when the browser has been read without a pause, as of `performance.now()`: now, while it is not read. */
  get readSince (): number { return this.#paused ? performance.now() : this.#resumedAt }

  /** So many messages have come. Returns whether they were too many. */
  take (messages: number): boolean {
    if (this.#rate.take(performance.now(), messages) === 0) return false
    if (!this.#paused) {
      this.#paused = true
      this.#socket.pause()
      this.#resumeLater()
    }
    return true
  }

  /** Frames that were read already come all the same, and make the pause longer. */
  #resumeLater (): void {
    const wait = this.#rate.wait(performance.now())
    if (wait > 0) {
      setTimeout(() => this.#resumeLater(), wait).unref()
      return
    }
    this.#paused = false
    this.#resumedAt = performance.now()
    if (this.#socket.readyState === OPEN) this.#socket.resume()
  }
}
