import { NoBrowserError, QueryFailedError, QueryTimeoutError, TooManyQueriesError } from '../errors.ts'
import type { Peer } from './peer.ts'

interface Query {
  readonly label: string
  readonly send: (peer: Peer) => number
  readonly resolve: (value: unknown) => void
  readonly reject: (error: Error) => void
  readonly deadline: NodeJS.Timeout
  peer: Peer
}

/** Questions to browsers that wait for their answers. */
export class Queries {
  readonly #peers: ReadonlySet<Peer>
  readonly #open = new Map<number, Query>()
  readonly #timeout: number
  readonly #limit: number
  /** Questions that went on to another browser because the one asked left. */
  moved = 0

  constructor (peers: ReadonlySet<Peer>, { queryTimeout, maxPendingQueries }: { queryTimeout: number, maxPendingQueries: number }) {
    this.#peers = peers
    this.#timeout = queryTimeout
    this.#limit = maxPendingQueries
  }

  get size (): number { return this.#open.size }

  /** Asks the browser that has been connected longest; `send` puts the question and returns its message id. */
  ask (label: string, send: (peer: Peer) => number): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const peer = this.#next(null)
      if (peer === null) return reject(new NoBrowserError(label))
      if (this.#open.size >= this.#limit) return reject(new TooManyQueriesError(label, this.#limit))
      const deadline = setTimeout(() => {
        for (const [id, open] of this.#open) if (open === query) this.#open.delete(id)
        reject(new QueryTimeoutError(label, this.#timeout))
      }, this.#timeout)
      deadline.unref()
      const query: Query = { label, send, resolve, reject, deadline, peer }
      this.#open.set(send(peer), query)
    })
  }

  /** Takes an answer; false if it is to no question. */
  answered (peer: Peer, id: number, answer: { readonly type: 'result' | 'error', readonly value?: unknown, readonly error?: string }): boolean {
    const query = this.#open.get(id)
    if (query === undefined || query.peer !== peer) return false
    this.#close(id, query)
    if (answer.type === 'error') query.reject(new QueryFailedError(query.label, answer.error ?? 'unknown error'))
    else query.resolve(answer.value)
    return true
  }

  /** A question goes out under another id. */
  renumber (from: number, to: number): void {
    const query = this.#open.get(from)
    if (query === undefined) return
    this.#open.delete(from)
    this.#open.set(to, query)
  }

  /** Puts the questions of a browser that cannot answer them (any more) to another; rejects them if there is none. */
  move (from: Peer): void {
    for (const [id, query] of [...this.#open]) {
      if (query.peer !== from) continue
      this.#open.delete(id)
      const peer = this.#next(from)
      if (peer === null) {
        clearTimeout(query.deadline)
        query.reject(new NoBrowserError(query.label))
      } else {
        query.peer = peer
        this.moved++
        this.#open.set(query.send(peer), query)
      }
    }
  }

  /** Puts a browser's questions to it again, after its queue was dropped. */
  repeat (peer: Peer): void {
    for (const [id, query] of [...this.#open]) {
      if (query.peer !== peer) continue
      this.#open.delete(id)
      this.#open.set(query.send(peer), query)
    }
  }

  /** Rejects everything; for a session that ended. */
  rejectAll (error: Error): void {
    for (const [id, query] of [...this.#open]) {
      this.#close(id, query)
      query.reject(error)
    }
  }

  #close (id: number, query: Query): void {
    this.#open.delete(id)
    clearTimeout(query.deadline)
  }

  #next (not: Peer | null): Peer | null {
    // Who only watches is asked nothing.
    for (const peer of this.#peers) if (peer !== not && peer.role === 'operator') return peer
    return null
  }
}
