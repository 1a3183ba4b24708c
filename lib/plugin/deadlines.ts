/** As long as a timer can wait, ms: it takes anything longer for no time at all. */
export const LONGEST_TIMER = 2 ** 31 - 1

/** Ends things in time, with one timer for all of them that does not keep the process alive. */
export class Deadlines<Item extends object> {
  readonly #items = new Map<Item, number>()
  readonly #due: (item: Item) => void
  #timer: NodeJS.Timeout | null = null
  #next = Infinity

  constructor (due: (item: Item) => void) { this.#due = due }

  get size (): number { return this.#items.size }

  /** Sets when an item is due, in ms since the epoch; a later time than before is not taken. */
  add (item: Item, at: number): void {
    const before = this.#items.get(item)
    if (before !== undefined && before <= at) return
    this.#items.set(item, at)
    if (at < this.#next) this.#schedule(at)
  }

  remove (item: Item): void {
    this.#items.delete(item)
    if (this.#items.size === 0) this.clear()
  }

  clear (): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#next = Infinity
    this.#items.clear()
  }

  #schedule (at: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#next = at
    // What is due later is looked at again then.
    this.#timer = setTimeout(() => this.#run(), Math.min(Math.max(0, at - Date.now()), LONGEST_TIMER)).unref()
  }

  #run (): void {
    const now = Date.now()
    this.#timer = null
    this.#next = Infinity
    for (const [item, at] of [...this.#items]) {
      if (at > now) continue
      this.#items.delete(item)
      this.#due(item)
    }
    const next = Math.min(...this.#items.values())
    if (next !== Infinity) this.#schedule(next)
  }
}
