/** How long something is held before it repeats, and how often it does then, ms. */
const DELAY = 400
const INTERVAL = 60

/** Does something at once, and again and again for as long as a pointer is held down on an element. */
export class Repeat {
  #timer = 0
  #held: AbortController | null = null

  /** @param act - Returns whether there is any point in doing it again. */
  start (element: Element, pointerId: number, act: () => boolean): void {
    this.stop()
    const held = new AbortController()
    this.#held = held
    const { signal } = held
    element.setPointerCapture(pointerId)
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture']) element.addEventListener(type, () => this.stop(), { signal })
    const again = (wait: number): void => {
      // What was done may have ended it.
      if (act() && !signal.aborted) this.#timer = window.setTimeout(() => again(INTERVAL), wait)
    }
    again(DELAY)
  }

  stop (): void {
    clearTimeout(this.#timer)
    this.#held?.abort()
    this.#held = null
  }
}
