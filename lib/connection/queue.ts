import type { Message } from '../session/message.ts'

/**
 * What a slow browser has not been sent yet. Of each setter only the newest call is kept, at the end; any other
 * message about the same widget is a barrier that no setter is taken from behind of.
 */
export class SlowQueue {
  /** By a running number, in order. */
  readonly #slots = new Map<number, Message>()
  #last = 0
  /** By widget, then by coalescing key: the number of the newest call since the last barrier. */
  readonly #newest = new Map<number, Map<string, number>>()
  readonly #touches = new Map<string, number>()
  #bytes = 0
  /** Calls that a newer one of the same setter took the place of. */
  coalesced = 0

  get bytes (): number { return this.#bytes }
  get empty (): boolean { return this.#bytes === 0 }

  add (message: Message): void {
    const { wid, coalesce } = message
    if (coalesce === null) {
      // A batch, which names no widget of its own, is about any.
      if (wid === 0) this.#newest.clear()
      else this.#newest.delete(wid)
    } else {
      const keys = this.#newest.get(wid) ?? new Map<string, number>()
      const number = keys.get(coalesce)
      const older = number === undefined ? undefined : this.#slots.get(number)
      if (older !== undefined && number !== undefined) {
        this.#slots.delete(number)
        this.#count(older, -1)
        this.coalesced++
      }
      this.#newest.set(wid, keys.set(coalesce, this.#last + 1))
    }
    this.#slots.set(++this.#last, message)
    this.#count(message, 1)
  }

  /** Whether a message in the queue may change the state key. */
  touches (key: string): boolean { return this.#touches.has(key) }

  /** Empties the queue and returns what was in it. */
  take (): Message[] {
    const messages = [...this.#slots.values()]
    this.clear()
    return messages
  }

  clear (): void {
    this.#slots.clear()
    this.#newest.clear()
    this.#touches.clear()
    this.#bytes = 0
  }

  #count (message: Message, by: 1 | -1): void {
    this.#bytes += by * message.size
    for (const key of message.touches) {
      const count = (this.#touches.get(key) ?? 0) + by
      if (count === 0) this.#touches.delete(key)
      else this.#touches.set(key, count)
    }
  }
}
