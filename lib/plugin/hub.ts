/** What all routes of a server share: the sessions, the hooks, the connections and their heartbeat. */
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { Connection } from '../connection/connection.ts'
import type { Admission, Credentials } from '../connection/owner.ts'
import { identityOf } from '../connection/identity.ts'
import type { Socket } from '../connection/socket.ts'
import { ClosingError, TooManyOwnSessionsError } from '../errors.ts'
import { CloseCode, CloseReason } from '../protocol/close-codes.ts'
import type { SessionObserver } from '../session/core.ts'
import { isThenable } from '../session/handlers.ts'
import { Session } from '../session/session.ts'
import { checkSnapshot } from '../session/snapshot.ts'
import type { SessionSnapshot } from '../session/snapshot.ts'
import { kCore } from '../session/widget.ts'
import { createId, createToken } from '../store/credentials.ts'
import { SessionStore } from '../store/store.ts'
import type { AnyWidget } from '../../types/widgets.ts'
import { tell, trace } from '../telemetry.ts'
import { enter, refuse } from './admission.ts'
import type { Refusal } from './admission.ts'
import { Deadlines, LONGEST_TIMER } from './deadlines.ts'
import { HookRegistry } from './hooks.ts'
import { pathOf } from './identity.ts'
import type { RefusedRequest } from './identity.ts'
import type { ErrorInfo, HookName, Hooks, ReconstructInfo } from './hooks.ts'
import { Fonts } from './fonts.ts'
import type { Limits } from './options.ts'
import { relativePath } from './page.ts'
import { redactFrame } from './redact.ts'

/** Whose hooks hold for a session: those of a Fastify instance and its parents, and a route's own. */
export interface Scope {
  readonly instance: object
  readonly hooks: Hooks<never>
  /** Whether the route knows its users. */
  readonly identifies?: boolean
  /** The session was made by server code, before any route was known. */
  readonly headless?: boolean
  /** Initial value of a session's data. */
  readonly data?: (request: FastifyRequest) => unknown
}

/** What a session is made from, all of it optional. */
export interface NewSession {
  readonly data?: unknown
  readonly snapshot?: SessionSnapshot | undefined
  readonly identity?: string | undefined
}

const SWEEP_INTERVAL = 60_000

/** What hooks have at the end beyond the time for browsers to leave, ms. */
const GRACE = 1_000

export class Hub {
  readonly limits: Limits
  readonly sessions: SessionStore
  readonly hooks = new HookRegistry()
  readonly log: FastifyBaseLogger
  readonly fonts: Fonts
  readonly #connections = new Set<Connection>()
  readonly #scopes = new WeakMap<Session, Scope>()
  readonly #timers: NodeJS.Timeout[]
  /** Hooks that have not finished. */
  readonly #hooking = new Set<Promise<void>>()
  readonly #deadlines = new Deadlines<Connection>(connection => this.#expired(connection))
  #lastConnection = 0
  #empty: () => void = () => {}
  #closing = false

  /** @param fonts - Absolute path below which fonts are served, with a slash at the end. */
  constructor (limits: Limits, log: FastifyBaseLogger, fonts: string) {
    this.fonts = new Fonts(fonts, bodyFor => {
      for (const connection of this.#connections) connection.tell(bodyFor(pathOf(connection.request)))
    }, relativePath)
    this.limits = limits
    this.log = log
    this.sessions = new SessionStore(limits)
    this.#timers = [
      setInterval(() => { for (const connection of this.#connections) connection.beat() }, limits.heartbeatInterval),
      setInterval(() => this.sessions.sweep(), Math.min(SWEEP_INTERVAL, limits.sessionIdleTimeout, limits.sessionMaxAge))
    ]
    for (const timer of this.#timers) timer.unref()
  }

  /**
   * Makes a session; `scope` says whose hooks it gets.
   * @throws PGW_ERR_CLOSING
   * @throws PGW_ERR_TOO_MANY_SESSIONS
   * @throws PGW_ERR_TOO_MANY_OWN_SESSIONS
   */
  createSession (path: string, scope: Scope, { data, snapshot, identity = snapshot?.identity }: NewSession): Session {
    if (this.#closing) throw new ClosingError()
    if (snapshot !== undefined) checkSnapshot(snapshot)
    this.sessions.makeRoom(identity)
    const id = createId()
    const session: Session = new Session({
      id,
      token: createToken(),
      path,
      identity: identity ?? null,
      data,
      limits: this.limits,
      log: this.log.child({ sessionId: id }),
      observe: session => this.#observerOf(session),
      end: session => this.#end(session),
      showOut: peer => this.#showOut(peer as Connection, 'linkRevoked'),
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
      introduction: ({ request }) => this.fonts.messagesFor(pathOf(request)),
      admitted: (connection, session, fresh) => this.#admitted(connection, session, fresh),
      renew: (connection, session, text) => connection.log.info({ ...this.#reconstruct(connection, session) }, text),
      limited: ({ session }, limit) => tell(this.sessions, 'limit', () => ({ limit, session })),
      frame: (connection, direction, data, isText) => tell(this.sessions, 'frame', () => {
        const { session } = connection
        return { session, connection, direction, data: isText ? redactFrame(textOf(data), session?.token ?? null) : data }
      }),
      closed: (connection, { code, reason }) => this.#left(connection, code, reason)
    })
    this.#connections.add(connection)
    if (this.#closing) connection.close(CloseCode.restart, CloseReason.restart)
  }

  /** Shows a user's browsers out, as at sign-out; returns how many there were. */
  disconnect (identity: string): number {
    // Those who have left, too, where what they did still waits for its handler.
    const waiting = [...this.sessions].flatMap(session => [...session[kCore].tasks.owners]) as Array<Connection | null>
    const all = [...new Set([...this.#connections, ...waiting])].filter(connection => connection?.identity === identity) as Connection[]
    const open = all.filter(connection => connection.open)
    for (const connection of all) this.#showOut(connection, 'signedOut')
    return open.length
  }

  /** Says that a gate before the upgrade refused somebody. */
  readonly refusedRequest: RefusedRequest = (refusal, code, request) => {
    const path = pathOf(request)
    request.log[refusal === 'origin' ? 'warn' : 'info']({ gate: refusal === 'origin' ? 'origin' : 'identify', refusal, statusCode: code, path }, `refused: ${refusal === 'origin' ? 'foreign origin' : 'not signed in'}`)
    tell(this.sessions, 'refusal', () => ({ reason: refusal, code, path }))
  }

  /** Says that a page was refused because there is no room. */
  full (path: string): void {
    this.log.warn({ code: 'PGW_ERR_FULL', path, sessions: this.sessions.size }, 'refused, no room for another session')
    tell(this.sessions, 'limit', () => ({ limit: 'maxSessions', session: null }))
    tell(this.sessions, 'refusal', () => ({ reason: 'tooManySessions', code: 503, path }))
  }

  /** Tells all browsers that the service goes down, after what is still to be said. */
  closeConnections (): void {
    this.#closing = true
    for (const session of this.sessions) session[kCore].outbox.flush()
    for (const connection of this.#connections) connection.close(CloseCode.restart, CloseReason.restart)
  }

  /** Ends everything, and waits for the hooks of that, but not for ever. */
  async close (): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.#deadlines.clear()
    for (const session of [...this.sessions]) session.destroy()
    // Browsers have so long to answer the close, and hooks so long to finish. Not unref'd: the process waits for this.
    const patience = new AbortController()
    const timeout = delay(Math.min(this.limits.closeTimeout + GRACE, LONGEST_TIMER), undefined, { signal: patience.signal }).catch(() => {})
    await Promise.race([timeout, this.#allLeft().then(() => Promise.allSettled(this.#hooking))])
    patience.abort()
  }

  /** Resolves when no browser is connected any more. */
  #allLeft (): Promise<void> {
    return this.#connections.size === 0 ? Promise.resolve() : new Promise(resolve => { this.#empty = resolve })
  }

  #admit (connection: Connection, credentials: Credentials, path: string, scope: Scope): Admission {
    const identity = identityOf(connection.request)
    const entry = enter(this.sessions, { credentials, path, identity, identifies: scope.identifies === true }, this.limits.maxBrowsers)
    if (entry !== null && 'refusal' in entry) {
      if (entry.refusal === 'tooManyBrowsers') tell(this.sessions, 'limit', () => ({ limit: 'maxBrowsers', session: null }))
      return this.#refuse(connection, entry.refusal, path, { sessionId: credentials.id })
    }
    if (entry !== null) {
      // A session that no browser has opened before gets the hooks of the route that the first one comes by.
      if (this.#scopes.get(entry.session)?.headless === true) this.#scopes.set(entry.session, scope)
      return { ...entry, fresh: false }
    }
    let data: unknown
    try {
      data = scope.data?.(connection.request)
    } catch (error) {
      return this.#refuse(connection, 'failed', path, { err: error })
    }
    try {
      const session = this.createSession(path, scope, { data, ...(identity !== null && { identity: identity.id }) })
      return { session, fresh: true, grant: null, token: session.token }
    } catch (error) {
      tell(this.sessions, 'limit', () => ({ limit: error instanceof TooManyOwnSessionsError ? 'maxSessionsPerIdentity' : 'maxSessions', session: null }))
      return this.#refuse(connection, 'tooManySessions', path, { code: (error as { code?: string }).code })
    }
  }

  /** One line of log, and no more than that about why. */
  #refuse (connection: Connection, refusal: Refusal, path: string, details: object): { code: number, reason: string } {
    const { code, reason } = refuse(refusal)
    const level = refusal === 'failed' ? 'error' : refusal === 'ended' ? 'info' : 'warn'
    connection.log[level]({ gate: 'session', refusal, closeCode: code, ...details }, `refused: ${reason}`)
    tell(this.sessions, 'refusal', () => ({ reason: refusal, code, path }))
    return { code, reason }
  }

  #showOut (connection: Connection, refusal: Refusal): void {
    const { code, reason } = this.#refuse(connection, refusal, connection.session?.path ?? '', {})
    connection.bar(code, reason)
  }

  /** The sign-in, or the link, that a browser came by has run out. */
  #expired (connection: Connection): void {
    const signedIn = identityOf(connection.request)?.expiresAt ?? Infinity
    this.#showOut(connection, signedIn <= Date.now() ? 'signedOut' : 'linkExpired')
  }

  #admitted (connection: Connection, session: Session, fresh: boolean): void {
    this.sessions.attached(session)
    const until = Math.min(identityOf(connection.request)?.expiresAt ?? Infinity, connection.grant?.expiresAt ?? Infinity)
    if (until !== Infinity) this.#deadlines.add(connection, until)
    const hook = fresh ? 'onConnect' : 'onReconstruct'
    const connected = trace(this.sessions, 'connect', () => ({ session, connection, fresh }), () => {
      if (fresh) {
        connection.attach()
        connection.log.info({ path: session.path, identity: session.identity }, 'session opened')
        return this.#runInOrder(session, hook, [session, connection])
      }
      const replayed = this.#reconstruct(connection, session)
      connection.log.info({ ...replayed, role: connection.role, browsers: session[kCore].peers.size }, 'session reconstructed')
      return this.#runInOrder(session, hook, [session, connection, replayed])
    }).catch(async (error: unknown) => await this.#hookFailed(session, hook, error))
    // What an interface is built for is over when the service closes.
    if (!fresh) this.#track(connected)
  }

  #reconstruct (connection: Connection, session: Session): ReconstructInfo {
    const started = performance.now()
    const messages = trace(this.sessions, 'reconstruct', () => ({ session, connection }), told => {
      const messages = connection.attach()
      if (told !== null) told.messages = messages
      return messages
    })
    return { messages, duration: performance.now() - started }
  }

  #left (connection: Connection, code: number, reason: string): void {
    this.#connections.delete(connection)
    this.#deadlines.remove(connection)
    // After the hooks of its leaving have begun, which is when this turn has done its work.
    if (this.#connections.size === 0) queueMicrotask(() => this.#empty())
    const duration = Date.now() - connection.openedAt
    const { session } = connection
    connection.log.info({ code, reason, duration, ...connection.counts }, 'connection closed')
    tell(this.sessions, 'disconnect', () => ({ session, connection, code, duration }))
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
        tell(this.sessions, 'sync', () => ({ session, connection, action, keys: changes.map(({ key }) => key) }))
        connection.log.debug({ wid: widget.wid, action, keys: changes.map(({ key }) => key) }, 'session synced')
        const hooks = this.#hooksOf(session, 'onSync')
        if (hooks.length === 0) return
        const state = changes.map(({ node, key }) => ({ widget: session[kCore].widgets.get(node.wid) as unknown as AnyWidget, key, value: node.state[key] }))
        void this.#run(session, 'onSync', session, { widget, action, state, connection })
      },
      handling: ({ widget, action, peer }, work) =>
        trace(this.sessions, 'callback', () => ({ session, connection: peer as Connection | null, widget: widget.toString(), action }), work),
      slow: ({ widget, action }) => {
        session.log.warn({ code: 'PGW_ERR_HANDLER_WARNING', widget: widget.toString(), action, after: this.limits.handlerWarning }, 'a handler takes long')
        tell(this.sessions, 'limit', () => ({ limit: 'handlerWarning', session }))
      },
      limited: limit => {
        session.log.warn({ code: 'PGW_ERR_LIMIT', limit }, 'a limit was met')
        tell(this.sessions, 'limit', () => ({ limit, session }))
      },
      failed: (error, { widget, action }) => {
        session.log.error({ err: error, widget: widget?.toString(), action }, 'a handler failed')
        const info: ErrorInfo = { widget: widget as unknown as AnyWidget | null, action }
        void this.#run(session, 'onSessionError', session, error, info)
      },
      destroyed: () => {
        this.sessions.remove(session)
        session.log.info('session destroyed')
        this.#track(trace(this.sessions, 'destroy', () => ({ session }), () => this.#runInOrder(session, 'onDestroy', [session]))
          .catch(async (error: unknown) => await this.#hookFailed(session, 'onDestroy', error)))
      }
    }
  }

  #hooksOf (session: Session, name: HookName): Array<(...args: unknown[]) => unknown> {
    const scope = this.#scopes.get(session)
    return scope === undefined ? [] : this.hooks.of(scope.instance, name, scope.hooks)
  }

  /** Runs hooks; one that throws is reported, but harms nothing else. */
  #run (session: Session, name: HookName, ...args: unknown[]): Promise<void> {
    return this.#track(this.#runInOrder(session, name, args).catch(async (error: unknown) => await this.#hookFailed(session, name, error)))
  }

  /** Hooks that have not finished are waited for when the service closes. */
  #track (running: Promise<void>): Promise<void> {
    this.#hooking.add(running)
    return running.finally(() => this.#hooking.delete(running))
  }

  /** Runs hooks in order. One that throws keeps the rest from running. */
  async #runInOrder (session: Session, name: HookName, args: unknown[]): Promise<void> {
    for (const hook of this.#hooksOf(session, name)) {
      const result = hook(...args)
      if (isThenable(result)) await result
    }
  }

  async #hookFailed (session: Session, name: HookName, error: unknown): Promise<void> {
    session.log.error({ err: error, hook: name }, name === 'onConnect' ? 'onConnect failed, the session ends' : 'a hook failed')
    if (name !== 'onSessionError') await this.#run(session, 'onSessionError', session, error, { widget: null, action: name })
    if (name === 'onConnect') this.#end(session, CloseCode.failed, CloseReason.failed)
  }
}

const textOf = (data: string | Uint8Array): string => typeof data === 'string' ? data : new TextDecoder().decode(data)
