import { TooManyOwnSessionsError, TooManySessionsError } from '../errors.ts'
import { kGrants } from '../session/session.ts'
import type { Session } from '../session/session.ts'

/** Limits and times of the store. */
export interface StoreLimits {
  /** Most sessions at a time. */
  readonly maxSessions: number
  /** Milliseconds that a session may be without any browser before it is destroyed. */
  readonly sessionIdleTimeout: number
  /** Milliseconds after which a session is destroyed, used or not. */
  readonly sessionMaxAge: number
  /** Most sessions of one user at a time. */
  readonly maxSessionsPerIdentity: number
}

/** Ids of ended sessions that are remembered, so that their browsers hear so instead of getting a new session. */
const TOMBSTONES = 10_000

/** The sessions of a server, by id. In memory: they end with the process. */
export class SessionStore implements Iterable<Session> {
  readonly #sessions = new Map<string, Session>()
  readonly #ended = new Set<string>()
  /** Since when a session has been without a browser, in ms of `performance.now()`; the longest first. */
  readonly #detached = new Map<Session, number>()
  readonly #limits: StoreLimits
  readonly #byIdentity = new Map<string, Set<Session>>()
  /** When each session was made, in ms of `performance.now()`; the oldest first. */
  readonly #born = new Map<Session, number>()

  /** @internal */
  constructor (limits: StoreLimits) { this.#limits = limits }

  /** Number of sessions. */
  get size (): number { return this.#sessions.size }

  /** The session of this id. */
  get (id: string): Session | undefined { return this.#sessions.get(id) }

  /** Whether there is a session of this id. */
  has (id: string): boolean { return this.#sessions.has(id) }

  /** Whether a session of this id was here and has ended, as far as is remembered. */
  hasEnded (id: string): boolean { return this.#ended.has(id) }

  /** Ends a session; false if there is none of this id. */
  destroy (id: string): boolean {
    const session = this.#sessions.get(id)
    session?.destroy()
    return session !== undefined
  }

  [Symbol.iterator] (): IterableIterator<Session> { return this.#sessions.values() }

  /**
   * Makes room for one more: the session that has been without a browser longest goes.
   * @throws PGW_ERR_TOO_MANY_SESSIONS if all are in use.
   * @throws PGW_ERR_TOO_MANY_OWN_SESSIONS if all of this user are in use.
   * @internal
   */
  makeRoom (identity: string | null = null): void {
    const own = identity === null ? undefined : this.#byIdentity.get(identity)
    if (own !== undefined && own.size >= this.#limits.maxSessionsPerIdentity) {
      const idle = [...this.#detached.keys()].find(session => own.has(session))
      if (idle === undefined) throw new TooManyOwnSessionsError(this.#limits.maxSessionsPerIdentity)
      this.#evict(idle)
    }
    if (this.#sessions.size < this.#limits.maxSessions) return
    const [oldest] = this.#detached.keys()
    if (oldest === undefined) throw new TooManySessionsError(this.#limits.maxSessions)
    this.#evict(oldest)
  }

  /** Whether there is no room for another session, and none can be made. @internal */
  get full (): boolean { return this.#sessions.size >= this.#limits.maxSessions && this.#detached.size === 0 }

  #evict (session: Session): void {
    session.log.info('session destroyed to make room for another')
    session.destroy()
  }

  /** @internal */
  add (session: Session): void {
    this.#sessions.set(session.id, session)
    this.#born.set(session, performance.now())
    const { identity } = session
    if (identity !== null) this.#byIdentity.set(identity, (this.#byIdentity.get(identity) ?? new Set()).add(session))
    this.detached(session)
  }

  /** @internal */
  remove (session: Session): void {
    if (!this.#sessions.delete(session.id)) return
    this.#detached.delete(session)
    this.#born.delete(session)
    const own = session.identity === null ? undefined : this.#byIdentity.get(session.identity)
    own?.delete(session)
    if (own?.size === 0) this.#byIdentity.delete(session.identity as string)
    this.#ended.add(session.id)
    const [oldest] = this.#ended
    if (this.#ended.size > TOMBSTONES && oldest !== undefined) this.#ended.delete(oldest)
  }

  /** A browser came to the session. @internal */
  attached (session: Session): void { this.#detached.delete(session) }

  /** The last browser left the session. @internal */
  detached (session: Session): void {
    this.#detached.delete(session)
    if (this.#sessions.has(session.id)) this.#detached.set(session, performance.now())
  }

  /** Sessions without a browser. */
  get detachedSize (): number { return this.#detached.size }

  /** Destroys the sessions that are too old, or have been without a browser for too long. @internal */
  sweep (now = performance.now()): void {
    for (const session of this.#sessions.values()) session[kGrants].sweep(Date.now())
    for (const [session, since] of this.#born) {
      if (now - since < this.#limits.sessionMaxAge) break
      session.log.info({ age: Math.round(now - since) }, 'session destroyed, its time is over')
      session.destroy()
    }
    for (const [session, since] of this.#detached) {
      if (now - since < this.#limits.sessionIdleTimeout) return
      session.log.info({ idle: Math.round(now - since) }, 'session destroyed after idle time')
      session.destroy()
    }
  }
}
