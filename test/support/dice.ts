/** A generator of numbers from a seed (mulberry32): for what is drawn too often, or too entangled with what came of it, for fast-check. */
export class Dice {
  #state: number

  constructor (seed: number) { this.#state = seed | 0 }

  /** An integer from 0 to below 2 ** 32. */
  bits (): number {
    this.#state = (this.#state + 0x6D2B79F5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return (mixed ^ (mixed >>> 14)) >>> 0
  }

  /** From 0 to below 1. */
  next (): number { return this.bits() / 2 ** 32 }

  below (limit: number): number { return Math.floor(this.next() * limit) }

  /** An integer, both ends included. */
  between (from: number, to: number): number { return from + this.below(to - from + 1) }

  pick<Item> (items: readonly Item[]): Item { return items[this.below(items.length)] as Item }
}
