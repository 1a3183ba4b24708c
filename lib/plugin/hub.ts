/** What all routes of a server share: the sessions, the hooks, the connections and their heartbeat. */
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { Connection } from '../connection/connection.ts'
import type { Admission, AttachInfo, Credentials } from '../connection/connection.ts'
import type { Socket } from '../connection/socket.ts'
import { CloseCode, CloseReason } from '../protocol/close-codes.ts'
import type { SessionObserver } from '../session/core.ts'
import { isThenable } from '../session/handlers.ts'
import { Session } from '../session/session.ts'
import { checkSnapshot } from '../session/snapshot.ts'
import type { SessionSnapshot } from '../session/snapshot.ts'
import { kCore } from '../session/widget.ts'
import { createId, createToken, tokensEqual } from '../store/credentials.ts'
import { SessionStore } from '../store/store.ts'
import type { AnyWidget } from '../../types/widgets.ts'
import { HookRegistry } from './hooks.ts'
import type { ErrorInfo, HookName, Hooks } from './hooks.ts'
import type { Limits } from './options.ts'

/** Whose hooks hold for a session: those of a Fastify instance and its parents, and a route's own. */
export interface Scope {
  readonly instance: object
  readonly hooks: Hooks<never>
  /** The session was made by server code, before any route was known. */
  readonly headless?: boolean
  /** Initial value of a session's data. */
  readonly data?: (request: FastifyRequest) => unknown
}

const SWEEP_INTERVAL = 60_000

export class Hub {
  readonly limits: Limits
  readonly sessions: SessionStore
  readonly hooks = new HookRegistry()
  readonly log: FastifyBaseLogger
  readonly #connections = new Set<Connection>()
  readonly #scopes = new WeakMap<Session, Scope>()
  readonly #timers: NodeJS.Timeout[]
  #lastConnection = 0
  #closing = false

  constructor (limits: Limits, log: FastifyBaseLogger) {
    this.limits = limits
    this.log = log
    this.sessions = new SessionStore(limits)
    this.#timers = [
      setInterval(() => { for (const connection of this.#connections) connection.beat() }, limits.heartbeatInterval),
      setInterval(() => this.sessions.sweep(), Math.min(SWEEP_INTERVAL, limits.sessionIdleTimeout))
    ]
    for (const timer of this.#timers) timer.unref()
  }

  get closing (): boolean { return this.#closing }

  /** Makes a session; `scope` says whose hooks it gets. @throws PGW_ERR_TOO_MANY_SESSIONS */
  createSession (path: string, scope: Scope, data: unknown, snapshot?: SessionSnapshot): Session {
    if (snapshot !== undefined) checkSnapshot(snapshot)
    this.sessions.makeRoom()
    const id = createId()
    const session: Session = new Session({
      id,
      token: createToken(),
      path,
      data,
      limits: this.limits,
      log: this.log.child({ sessionId: id }),
      observe: session => this.#observerOf(session),
      end: session => this.#end(session),
      ...(snapshot !== undefined && { snapshot })
    })
    this.#scopes.set(session, scope)
    this.sessions.add(session)
    return session
  }

  /** Takes over a socket that was upgraded. Synchronous, so that no early frame is lost. */
  connect (socket: Socket, request: FastifyRequest, path: string, scope: Scope): void {
    const connection = new Connection(`c${++this.#lastConnection}`, socket, request, this.limits, {
      admit: (connection, credentials) => this.#admit(connection, credentials, path, scope),
      attached: (connection, session, info) => this.#attached(connection, session, info),
      closed: (connection, { code, reason }) => this.#left(connection, code, reason)
    })
    this.#connections.add(connection)
    if (this.#closing) connection.close(CloseCode.restart, CloseReason.restart)
  }

  /** Tells all browsers that the service goes down. */
  closeConnections (): void {
    this.#closing = true
    for (const connection of this.#connections) connection.close(CloseCode.restart, CloseReason.restart)
  }

  /** Ends everything. */
  close (): void {
    for (const timer of this.#timers) clearInterval(timer)
    for (const session of [...this.sessions]) session.destroy()
  }

  #admit (connection: Connection, { id, token }: Credentials, path: string, scope: Scope): Admission {
    const known = id === null ? undefined : this.sessions.get(id)
    if (id !== null && known === undefined && this.sessions.hasEnded(id)) {
      connection.log.info({ sessionId: id }, 'refused, the session has ended')
      return { code: CloseCode.ended, reason: CloseReason.ended }
    }
    if (known !== undefined) {
      if (known.path !== path || !tokensEqual(token ?? '', known.token)) {
        connection.log.warn({ sessionId: known.id, otherPath: known.path !== path }, 'refused, wrong session credentials')
        return { code: CloseCode.credentials, reason: CloseReason.credentials }
      }
      // A session that no browser has opened before gets the hooks of the route that the first one comes by.
      if (this.#scopes.get(known)?.headless === true) this.#scopes.set(known, scope)
      return { session: known, fresh: false }
    }
    let data: unknown
    try {
      data = scope.data?.(connection.request)
    } catch (error) {
      connection.log.error({ err: error }, 'data() of the route failed, there is no session')
      return { code: CloseCode.failed, reason: CloseReason.failed }
    }
    try {
      return { session: this.createSession(path, scope, data), fresh: true }
    } catch (error) {
      connection.log.warn({ err: error }, 'refused, no room for another session')
      return { code: CloseCode.overload, reason: 'The service has too many sessions' }
    }
  }

  #attached (connection: Connection, session: Session, { fresh, messages, duration }: AttachInfo): void {
    this.sessions.attached(session)
    if (fresh) {
      connection.log.info({ path: session.path }, 'session opened')
      void this.#build(session, connection)
    } else {
      connection.log.info({ messages, duration, browsers: session[kCore].peers.size }, 'session reconstructed')
      void this.#run(session, 'onReconstruct', session, connection, { messages, duration })
    }
  }

  async #build (session: Session, connection: Connection): Promise<void> {
    try {
      for (const hook of this.#hooksOf(session, 'onConnect')) await hook(session, connection)
    } catch (error) {
      session.log.error({ err: error }, 'onConnect failed, the session ends')
      await this.#run(session, 'onSessionError', session, error, { widget: null, action: 'onConnect' })
      this.#end(session, CloseCode.failed, CloseReason.failed)
    }
  }

  #left (connection: Connection, code: number, reason: string): void {
    this.#connections.delete(connection)
    const duration = Date.now() - connection.openedAt
    const { session } = connection
    connection.log.info({ code, reason, duration, ...connection.counts }, 'connection closed')
    if (session === null) return
    if (session.connections.length === 0) this.sessions.detached(session)
    void this.#run(session, 'onDisconnect', session, connection, { code, reason, duration })
  }

  #end (session: Session, code: number = CloseCode.ended, reason: string = CloseReason.ended): void {
    if (session.destroyed) return
    const core = session[kCore]
    core.outbox.flush()
    for (const peer of [...core.peers]) peer.close(this.#closing ? CloseCode.restart : code, this.#closing ? CloseReason.restart : reason)
    core.destroy()
  }

  #observerOf (session: Session): SessionObserver {
    return {
      synced: ({ changes, action, widget, peer }) => {
        const connection = peer as Connection
        connection.log.debug({ wid: widget.wid, action, keys: changes.map(({ key }) => key) }, 'session synced')
        const hooks = this.#hooksOf(session, 'onSync')
        if (hooks.length === 0) return
        const state = changes.map(({ node, key }) => ({ widget: session[kCore].widgets.get(node.wid) as unknown as AnyWidget, key, value: node.state[key] }))
        void this.#run(session, 'onSync', session, { widget, action, state, connection })
      },
      failed: (error, { widget, action }) => {
        session.log.error({ err: error, widget: widget?.toString(), action }, 'a handler failed')
        const info: ErrorInfo = { widget: widget as unknown as AnyWidget | null, action }
        void this.#run(session, 'onSessionError', session, error, info)
      },
      destroyed: () => {
        this.sessions.remove(session)
        session.log.info('session destroyed')
        void this.#run(session, 'onDestroy', session)
      }
    }
  }

  #hooksOf (session: Session, name: HookName): Array<(...args: unknown[]) => unknown> {
    const scope = this.#scopes.get(session)
    return scope === undefined ? [] : this.hooks.of(scope.instance, name, scope.hooks)
  }

  /** Runs hooks in order. One that throws is reported and keeps the rest from running, but harms nothing else. */
  async #run (session: Session, name: HookName, ...args: unknown[]): Promise<void> {
    try {
      for (const hook of this.#hooksOf(session, name)) {
        const result = hook(...args)
        if (isThenable(result)) await result
      }
    } catch (error) {
      session.log.error({ err: error, hook: name }, 'a hook failed')
      if (name !== 'onSessionError') await this.#run(session, 'onSessionError', session, error, { widget: null, action: name })
    }
  }
}
