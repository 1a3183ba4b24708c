import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger } from 'fastify'
import type { WidgetFactories, AnyWidget } from '../../types/widgets.ts'
import { definitions } from '../widgets/index.ts'
import type { Connection } from '../connection/connection.ts'
import { InvalidOptionError, SessionDestroyedError, TooManyGrantsError, UnknownNameError } from '../errors.ts'
import { Grants } from './grants.ts'
import type { GrantOptions, GrantRecord } from './grants.ts'
import { Core } from './core.ts'
import type { SessionLimits, SessionObserver } from './core.ts'
import { isThenable } from './handlers.ts'
import type { Peer } from './peer.ts'
import { restore, snapshotOf } from './snapshot.ts'
import type { SessionSnapshot } from './snapshot.ts'
import { kCore } from './widget.ts'

/** The links to a session; not for users. */
export const kGrants = Symbol('pgwidgets.grants')

/** What is known of a link: all but its token. */
export type GrantInfo = Omit<GrantRecord, 'hash'>

/** A link that lets others into a session. */
export interface Grant extends GrantInfo {
  /** The link. Whoever has it may enter: keep it out of logs. @param base - e.g. `https://host.example`. */
  url (base?: string): string
  /** Takes the link back; false if it was already. */
  revoke (): boolean
}

/** What a session is made of, besides its widgets. */
export interface SessionInit<Data> {
  readonly id: string
  readonly token: string
  /** Concrete path of the URL that it belongs to. */
  readonly path: string
  /** Whose it is, where the route knows its users. */
  readonly identity: string | null
  readonly data: Data
  readonly limits: SessionLimits
  readonly log: FastifyBaseLogger
  readonly observe: (session: Session<Data>) => SessionObserver
  readonly end: (session: Session<Data>) => void
  /** Shows a browser out whose link was taken back. */
  readonly showOut: (peer: Peer) => void
  readonly snapshot?: SessionSnapshot
}

/**
 * A user interface and everybody who looks at it. It owns the widgets, their state and their handlers; it outlives
 * every browser connection, and may exist before the first.
 */
export class Session<Data = unknown> {
  /** Identifies the session; no secret. */
  readonly id: string
  /** Path of the URL that the session belongs to, e.g. `/machines/7`. */
  readonly path: string
  /** The user whose session it is, as the route's `identify` said; null where it is whoever's who has the token. */
  readonly identity: string | null
  /** Yours: whatever the application wants to keep with the session. */
  data: Data
  /** Logs with `sessionId`. */
  readonly log: FastifyBaseLogger
  /** @internal */ readonly [kCore]: Core
  /** @internal */ readonly [kGrants]: Grants
  readonly #token: string
  readonly #end: () => void
  readonly #showOut: (peer: Peer) => void
  #factories: WidgetFactories | undefined

  /** @internal */
  constructor (init: SessionInit<Data>) {
    this.id = init.id
    this.path = init.path
    this.identity = init.identity
    this.data = init.data
    this.log = init.log
    this.#token = init.token
    this.#end = () => init.end(this)
    this.#showOut = init.showOut
    this[kCore] = new Core(this as unknown as Session<never>, init.limits, init.observe(this), init.log)
    this[kGrants] = new Grants(init.snapshot?.grants)
    if (init.snapshot !== undefined) restore(this[kCore], init.snapshot)
  }

  /** The secret that, with the id, opens the session. */
  get token (): string { return this.#token }

  /** The browsers that are connected and up to date, the oldest first. */
  get connections (): Connection[] { return [...this[kCore].peers] as Connection[] }

  /** Whether the session was destroyed. */
  get destroyed (): boolean { return this[kCore].destroyed }

  /** One function for each widget class, which makes a widget in this session: `const { Button, Label } = session.getWidgets()`. */
  getWidgets (): WidgetFactories {
    this.#factories ??= Object.freeze(Object.fromEntries([...definitions.values()]
      .filter(({ creatable }) => creatable)
      .map(definition => [definition.class, (...args: unknown[]) => this[kCore].construct(definition.class, args)]))) as unknown as WidgetFactories
    return this.#factories
  }

  /**
   * The widget that was made with this `name`; null if there is none (any more).
   * @throws PGW_ERR_UNKNOWN_NAME where a class is given and the widget is of another.
   */
  find (name: string): AnyWidget | null
  find<Class extends keyof WidgetFactories> (name: string, of: Class): ReturnType<WidgetFactories[Class]> | null
  find (name: string, of?: string): AnyWidget | null {
    const widget = this[kCore].names.get(name) as unknown as AnyWidget | undefined
    if (widget === undefined) return null
    if (of !== undefined && widget.constructor.name !== of) {
      throw new UnknownNameError(`the widget named ${name} is a ${widget.constructor.name}, not a ${of}`)
    }
    return widget
  }

  /** All widgets, in the order in which they were made. */
  widgets (): AnyWidget[] { return [...this[kCore].widgets.values()] as unknown as AnyWidget[] }

  /**
   * What `change` does to widgets reaches each browser as one message and is drawn at once.
   * @throws TypeError if `change` is asynchronous: what it did after an `await` would not be part of the batch.
   */
  batch (change: () => void): void {
    let result: unknown
    this[kCore].outbox.atomic(() => { result = change() })
    if (isThenable(result)) throw new TypeError('session.batch() takes a synchronous function')
  }

  /**
   * Resolves when every connected browser has done all that was asked of it so far, or has gone. One that does not
   * answer is not waited for longer than `queryTimeout`.
   */
  async settled (): Promise<void> {
    const core = this[kCore]
    const patience = new AbortController()
    const timeout = delay(core.limits.queryTimeout, undefined, { ref: false, signal: patience.signal }).catch(() => {})
    do {
      core.outbox.flush()
      await Promise.race([timeout, Promise.all([...core.peers].map(peer => peer.settled()))])
    } while (!core.outbox.empty)
    patience.abort()
  }

  /**
   * Has every connected browser open a URL in a tab of its own; `connection.openUrl()` has only one do so. Browsers open
   * tabs only soon after the person there did something: at other times the page offers it as a link.
   * @param url - A web or mail address, or one relative to the page.
   * @throws PGW_ERR_INVALID_ARGUMENT
   */
  openUrl (url: string): void { this[kCore].openUrl('session.openUrl', url, null) }

  /**
   * A URL that opens this session. The credentials are in the fragment, which browsers send to no server.
   * @param base - Where the application is reachable, e.g. `https://host.example`; without it the URL is a path.
   */
  url (base = ''): string { return this.#url(base, this.#token) }

  /**
   * A URL that names this session and opens it for nobody but the user whose it is. It is in the query, and so survives
   * a redirect to a login.
   * @param base - Where the application is reachable; without it the URL is a path.
   */
  ownUrl (base = ''): string { return `${base.replace(/\/$/, '')}${this.path}?session=${encodeURIComponent(this.id)}` }

  /**
   * Makes a link that lets others in, to work or only to watch. The session keeps no more than a hash of its token.
   * @throws PGW_ERR_INVALID_OPTION
   * @throws PGW_ERR_TOO_MANY_GRANTS
   */
  grant (options: GrantOptions = {}): Grant {
    const { role, expiresIn, identity } = options
    if (role !== undefined && role !== 'operator' && role !== 'viewer') throw new InvalidOptionError('role', `must be operator or viewer, got ${JSON.stringify(role)}`)
    if (expiresIn !== undefined && (typeof expiresIn !== 'number' || !(expiresIn > 0))) throw new InvalidOptionError('expiresIn', `must be a number of ms above 0, got ${String(expiresIn)}`)
    if (identity !== undefined && (typeof identity !== 'string' || identity === '')) throw new InvalidOptionError('identity', 'must be a string that is not empty')
    if (this.destroyed) throw new SessionDestroyedError()
    const { maxGrants } = this[kCore].limits
    // Those that are over make room, even if people who follow them then hear no more than that they are wrong.
    if (this[kGrants].size >= maxGrants) this[kGrants].sweep(Date.now(), 0)
    if (this[kGrants].size >= maxGrants) {
      this[kCore].observer.limited('maxGrants')
      throw new TooManyGrantsError(maxGrants)
    }
    const { record, token } = this[kGrants].issue(options)
    this.log.info({ grant: record.id, role: record.role, expiresAt: record.expiresAt }, 'link made')
    return {
      id: record.id,
      role: record.role,
      identity: record.identity,
      expiresAt: record.expiresAt,
      url: (base = '') => this.#url(base, token),
      revoke: () => this.revoke({ id: record.id }) > 0
    }
  }

  /** The links that hold, without their tokens. */
  get grants (): GrantInfo[] {
    return [...this[kGrants]].map(({ id, role, identity, expiresAt }) => ({ id, role, identity, expiresAt }))
  }

  /**
   * Takes links back: one by its id, those made for one user, or all. Browsers that came by them are shown out at once,
   * and no handler runs for them any more.
   * @returns How many links there were.
   */
  revoke (which: { id?: string, identity?: string } = {}): number {
    const gone = this[kGrants].revoke(which)
    const ids = new Set(gone.map(({ id }) => id))
    const core = this[kCore]
    // Those who have left meanwhile, too: what they did may still wait for its handler.
    for (const peer of new Set([...core.peers, ...core.tasks.owners])) {
      if (peer?.grant != null && ids.has(peer.grant.id)) this.#showOut(peer)
    }
    if (gone.length > 0) this.log.info({ grants: [...ids] }, 'links taken back')
    return gone.length
  }

  #url (base: string, token: string): string {
    return `${base.replace(/\/$/, '')}${this.path}#session=${encodeURIComponent(this.id)}&token=${encodeURIComponent(token)}`
  }

  /** The tree as plain JSON, for `createSession({ snapshot })`. Handlers are not in it: bind them again by name. */
  snapshot (): SessionSnapshot {
    return { ...snapshotOf(this[kCore]), ...(this.identity !== null && { identity: this.identity }), ...(this[kGrants].size > 0 && { grants: this[kGrants].toJSON() }) }
  }

  /** Ends the session for good; its browsers are told so. */
  destroy (): void {
    if (this.destroyed) return
    this.#end()
  }

  /** Keeps the token out of logs and JSON. */
  toJSON (): { id: string, path: string } { return { id: this.id, path: this.path } }
}
