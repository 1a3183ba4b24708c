import type { Connection } from '../connection/connection.ts'

/** What connections count. */
export interface Totals {
  readonly framesIn: number
  readonly framesOut: number
  readonly bytesIn: number
  readonly bytesOut: number
  readonly taken: number
  readonly invalid: number
  readonly stale: number
  readonly watching: number
  readonly coalesced: number
}

const NONE: Totals = { framesIn: 0, framesOut: 0, bytesIn: 0, bytesOut: 0, taken: 0, invalid: 0, stale: 0, watching: 0, coalesced: 0 }

/** What all connections have counted, those that have ended included. Never less than it was before. */
export class Traffic {
  // Not those of the sessions: one that is shown out leaves its session before its line has ended.
  readonly #live: Set<Connection>
  #ended = NONE

  constructor (connections: Iterable<Connection>) { this.#live = new Set(connections) }

  add (connection: Connection): void { this.#live.add(connection) }

  /** Keeps what a connection counted, also of one that was never let in. */
  end (connection: Connection): void {
    this.#live.delete(connection)
    this.#ended = sum(this.#ended, totalsOf(connection))
  }

  get total (): Totals { return [...this.#live].map(totalsOf).reduce(sum, this.#ended) }
}

function totalsOf ({ counts, sent }: Connection): Totals {
  const { framesIn, bytesIn, taken, invalid, stale, watching } = counts
  return { framesIn, framesOut: sent.frames, bytesIn, bytesOut: sent.bytes, taken, invalid, stale, watching, coalesced: sent.coalesced }
}

function sum (a: Totals, b: Totals): Totals {
  return Object.fromEntries(Object.entries(a).map(([key, value]) => [key, value + b[key as keyof Totals]])) as unknown as Totals
}
