/** Pause after which a key begins a new search, ms. */
const PAUSE = 700

/** Whether a key press types a character. */
export const isCharacter = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.length === 1 && !ctrlKey && !metaKey && !altKey

/** Finds entries by their first letters, as they are typed. The same letter again goes to the next one that has it. */
export class TypeAhead {
  #typed = ''
  #last = -Infinity

  /** Whether a search is under way, so that a blank belongs to it. */
  get searching (): boolean { return performance.now() - this.#last < PAUSE }

  /**
   * @param key - The character typed.
   * @param labels - The texts to search.
   * @param current - Index of the entry where the user is; -1 for none.
   * @returns Index of the entry to go to; -1 if none fits.
   */
  find (key: string, labels: readonly string[], current: number): number {
    this.#typed = (this.searching ? this.#typed : '') + key.toLowerCase()
    this.#last = performance.now()
    const repeated = [...this.#typed].every(character => character === this.#typed[0])
    const prefix = repeated ? key.toLowerCase() : this.#typed
    const first = repeated ? current + 1 : Math.max(0, current)
    for (let step = 0; step < labels.length; step++) {
      const index = (first + step) % labels.length
      if (labels[index]?.toLowerCase().startsWith(prefix) === true) return index
    }
    return -1
  }
}
