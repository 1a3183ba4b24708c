/** Places where this project deliberately does not do what the reference did. Each is needed, or the tests fail. */

/** One deliberate difference. */
export interface Difference {
  /** Traces in which it shows. */
  readonly traces: readonly string[] | 'all'
  /** What it is about; the suite says which words. */
  readonly about: RegExp
  readonly why: string
}

/** A table of deliberate differences that notes which of them occurred. */
export class Differences {
  readonly #table: readonly Difference[]
  readonly #seen = new Set<string>()

  constructor (table: readonly Difference[]) { this.#table = table }

  /** Whether a difference is a deliberate one. */
  excuse (trace: string, what: string): boolean {
    const found = this.#table.find(({ traces, about }) => (traces === 'all' || traces.includes(trace)) && about.test(what))
    if (found === undefined) return false
    this.#seen.add(`${found.traces === 'all' ? 'all' : trace} ${String(found.about)}`)
    return true
  }

  /** Entries, trace by trace, that nothing needed. */
  get unused (): string[] {
    return this.#table.flatMap(({ traces, about }) => (traces === 'all' ? ['all'] : traces).map(trace => `${trace} ${String(about)}`))
      .filter(entry => !this.#seen.has(entry))
  }
}
