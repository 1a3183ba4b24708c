/** A bucket of tokens: so many at once, and so many a second. */
export class Rate {
  readonly #perSecond: number
  readonly #burst: number
  #tokens: number
  #at = 0

  constructor (perSecond: number, burst: number) {
    this.#perSecond = perSecond
    this.#burst = burst
    this.#tokens = burst
  }

  /** Takes tokens. Returns how long to wait before the next, in ms; 0 if there is one. @param now - ms */
  take (now: number, count = 1): number {
    this.#refill(now)
    this.#tokens -= count
    return this.wait(now)
  }

  /** How long to wait for the next token, in ms; 0 if there is one. @param now - ms */
  wait (now: number): number {
    this.#refill(now)
    return this.#tokens >= 0 ? 0 : Math.ceil(-this.#tokens / this.#perSecond * 1000)
  }

  #refill (now: number): void {
    if (this.#perSecond === Infinity || this.#burst === Infinity) {
      this.#tokens = Infinity
      return
    }
    this.#tokens = Math.min(this.#burst, this.#tokens + (now - this.#at) / 1000 * this.#perSecond)
    this.#at = now
  }
}
