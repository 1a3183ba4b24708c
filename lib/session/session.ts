import type { FastifyBaseLogger } from 'fastify'
import type { WidgetFactories, AnyWidget } from '../../types/widgets.ts'
import { definitions } from '../widgets/index.ts'
import type { Connection } from '../connection/connection.ts'
import { UnknownNameError } from '../errors.ts'
import { Core } from './core.ts'
import type { SessionLimits, SessionObserver } from './core.ts'
import { isThenable } from './handlers.ts'
import { restore, snapshotOf } from './snapshot.ts'
import type { SessionSnapshot } from './snapshot.ts'
import { kCore } from './widget.ts'

/** What a session is made of, besides its widgets. */
export interface SessionInit<Data> {
  readonly id: string
  readonly token: string
  /** Concrete path of the URL that it belongs to. */
  readonly path: string
  readonly data: Data
  readonly limits: SessionLimits
  readonly log: FastifyBaseLogger
  readonly observe: (session: Session<Data>) => SessionObserver
  readonly end: (session: Session<Data>) => void
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
  /** Yours: whatever the application wants to keep with the session. */
  data: Data
  /** Logs with `sessionId`. */
  readonly log: FastifyBaseLogger
  /** @internal */ readonly [kCore]: Core
  readonly #token: string
  readonly #end: () => void
  #factories: WidgetFactories | undefined

  /** @internal */
  constructor (init: SessionInit<Data>) {
    this.id = init.id
    this.path = init.path
    this.data = init.data
    this.log = init.log
    this.#token = init.token
    this.#end = () => init.end(this)
    this[kCore] = new Core(this as unknown as Session<never>, init.limits, init.observe(this), init.log)
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

  /** Resolves when every connected browser has done all that was asked of it so far, or has gone. */
  async settled (): Promise<void> {
    const core = this[kCore]
    do {
      core.outbox.flush()
      await Promise.all([...core.peers].map(peer => peer.settled()))
    } while (!core.outbox.empty)
  }

  /**
   * A URL that opens this session. The credentials are in the fragment, which browsers send to no server.
   * @param base - Where the application is reachable, e.g. `https://host.example`; without it the URL is a path.
   */
  url (base = ''): string {
    return `${base.replace(/\/$/, '')}${this.path}#session=${encodeURIComponent(this.id)}&token=${encodeURIComponent(this.#token)}`
  }

  /** The tree as plain JSON, for `createSession({ snapshot })`. Handlers are not in it: bind them again by name. */
  snapshot (): SessionSnapshot { return snapshotOf(this[kCore]) }

  /** Ends the session for good; its browsers are told so. */
  destroy (): void {
    if (this.destroyed) return
    this.#end()
  }

  /** Keeps the token out of logs and JSON. */
  toJSON (): { id: string, path: string } { return { id: this.id, path: this.path } }
}
