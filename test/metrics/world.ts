/** An application with metrics, browsers that come and go, and a count of its own of all that happens. */
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { WebSocket } from 'ws'
import pgwidgets from '../../lib/index.ts'
import type { Grant, Session } from '../../lib/index.ts'
import { pgwidgetsMetrics } from '../../lib/metrics/index.ts'
import { until } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import '../support/client.ts'

/** The channels that metrics are made of. */
export const channelNames = [
  ...['disconnect', 'sync', 'refusal', 'limit'].map(name => `pgwidgets:${name}`),
  ...['connect:start', 'destroy:start', 'callback:end', 'callback:asyncEnd', 'reconstruct:end', 'reconstruct:asyncEnd'].map(name => `tracing:pgwidgets:${name}`)
]

/** What a register says, by name and labels, without the start of the names. */
export async function sample (register: Registry, prefix = 'pgwidgets_'): Promise<Record<string, number>> {
  const lines = (await register.metrics()).split('\n').filter(line => line !== '' && !line.startsWith('#'))
  return Object.fromEntries(lines.map(line => {
    const at = line.lastIndexOf(' ')
    return [line.slice(line.startsWith(prefix) ? prefix.length : 0, at), Number(line.slice(at + 1))]
  }))
}

interface Visit {
  readonly browser: Browser
  session: Session | null
  readonly grant: Grant | null
  readonly sent: { frames: number, bytes: number }
}

/** Widgets of each session, in the order in which they are made. */
const [GOOD, BAD, ENTRY] = [1, 2, 3]

export class World {
  readonly app: FastifyInstance
  readonly register: Registry
  readonly tokens = new Set<string>()
  readonly #url: string
  /** All that ever came, those that have left included. */
  readonly #visits: Visit[] = []
  readonly #counts: Record<string, number> = {}
  #texts = 0

  private constructor (app: FastifyInstance, register: Registry, url: string) {
    this.app = app
    this.register = register
    this.#url = url
  }

  static async make (): Promise<World> {
    const app = Fastify()
    await app.register(pgwidgets, {
      // Many wrong frames are part of the history; what happens after too many is tested elsewhere.
      maxInvalidFrames: 10_000,
      onConnect (session) {
        const W = session.getWidgets()
        W.Button('good').on('activated', () => {})
        W.Button('bad').on('activated', () => { throw new Error('as intended') })
        W.TextEntry('')
      }
    })
    const register = new Registry()
    pgwidgetsMetrics(app, { register })
    await app.listen({ port: 0, host: '127.0.0.1' })
    return new World(app, register, `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}/`)
  }

  // ---- what may happen; `pick` says to whom ----

  async open (): Promise<void> {
    await this.#visit({})
    this.#count('connects_total{session="new"}')
  }

  async headless (): Promise<void> { this.tokens.add(this.app.pgwidgets.createSession().token) }

  async join (pick: number): Promise<void> {
    const session = this.#session(pick)
    if (session === undefined) return
    await this.#visit({ session_id: session.id, token: session.token }, session)
    this.#count('connects_total{session="known"}')
    this.#count('replay_duration_seconds_count')
  }

  async watch (pick: number): Promise<void> {
    const session = this.#session(pick)
    if (session === undefined) return
    const grant = session.grant({ role: 'viewer', expiresIn: 60_000 })
    const token = new URLSearchParams(new URL(grant.url('http://host')).hash.slice(1)).get('token') ?? ''
    this.tokens.add(token)
    await this.#visit({ session_id: session.id, token }, session, grant)
    this.#count('connects_total{session="known"}')
    this.#count('replay_duration_seconds_count')
  }

  /** Somebody with a session's id and no right to it. */
  async intrude (pick: number): Promise<void> {
    const session = this.#session(pick)
    if (session === undefined) return
    const visit = this.#dial({ session_id: session.id, token: 'x'.repeat(43) }, null, null)
    await visit.browser.closed
    this.#count('refusals_total{reason="credentials"}')
  }

  async click (pick: number): Promise<void> { await this.#fire(pick, GOOD, 'activated', 'callback_duration_seconds_count{outcome="done"}') }

  async fail (pick: number): Promise<void> { await this.#fire(pick, BAD, 'activated', 'callback_duration_seconds_count{outcome="failed"}') }

  async type (pick: number): Promise<void> {
    await this.#fire(pick, ENTRY, 'modified', ({ session }) => (session?.connections.length ?? 0) > 1 ? 'syncs_total' : null, `text ${++this.#texts}`)
  }

  async nonsense (pick: number): Promise<void> {
    const visit = this.#here(pick)
    if (visit === undefined) return
    visit.browser.raw('{')
    await visit.browser.sync()
    this.#count('messages_total{outcome="invalid"}')
  }

  async leave (pick: number): Promise<void> { await this.#gone(this.#here(pick), browser => browser.leave()) }

  async drop (pick: number): Promise<void> { await this.#gone(this.#here(pick), browser => browser.drop()) }

  async destroy (pick: number): Promise<void> {
    const session = this.#session(pick)
    if (session === undefined) return
    session.destroy()
    this.#count('sessions_destroyed_total')
    await Promise.all(this.#visits.filter(visit => visit.session === session).map(({ browser }) => browser.closed))
  }

  async revoke (pick: number): Promise<void> {
    const session = this.#session(pick)
    if (session === undefined) return
    const watching = this.#present().filter(visit => visit.session === session && visit.grant !== null)
    session.revoke()
    for (const { browser } of watching) {
      await browser.closed
      this.#count('refusals_total{reason="linkRevoked"}')
    }
  }

  // ---- what must have come of it ----

  /** Waits until the server has heard of all that has left. */
  async settle (): Promise<void> {
    for (const { browser } of this.#present()) await browser.sync()
    await until(() => this.app.websocketServer.clients.size === this.#present().length, 'the server knows who has left')
  }

  /** The count of this side. */
  expected (): Record<string, number> {
    const sessions = [...this.app.pgwidgets.sessions]
    const present = this.#present()
    const live = new Set(present.map(({ session }) => session)).size
    const frames = this.#visits.flatMap(({ browser }) => browser.frames)
    return {
      'sessions{state="live"}': live,
      'sessions{state="detached"}': sessions.length - live,
      'connections{role="operator"}': present.filter(({ grant }) => grant === null).length,
      'connections{role="viewer"}': present.filter(({ grant }) => grant !== null).length,
      queue_bytes: 0,
      'frames_total{direction="in"}': this.#visits.reduce((sum, { sent }) => sum + sent.frames, 0),
      'bytes_total{direction="in"}': this.#visits.reduce((sum, { sent }) => sum + sent.bytes, 0),
      'frames_total{direction="out"}': frames.length,
      'bytes_total{direction="out"}': frames.reduce((sum, frame) => sum + Buffer.byteLength(JSON.stringify(frame)), 0),
      'messages_total{outcome="stale"}': 0,
      ...Object.fromEntries([
        'connects_total{session="new"}', 'connects_total{session="known"}', 'refusals_total{reason="credentials"}', 'refusals_total{reason="linkRevoked"}',
        'sessions_destroyed_total', 'syncs_total', 'callback_duration_seconds_count{outcome="done"}', 'callback_duration_seconds_count{outcome="failed"}',
        'replay_duration_seconds_count', 'messages_total{outcome="invalid"}', 'messages_total{outcome="viewer"}'
      ].map(name => [name, this.#counts[name] ?? 0]))
    }
  }

  async close (): Promise<void> {
    await this.app.close()
    for (const { browser } of this.#visits) browser.socket.terminate()
  }

  #count (name: string): void { this.#counts[name] = (this.#counts[name] ?? 0) + 1 }

  #session (pick: number): Session | undefined {
    const sessions = [...this.app.pgwidgets.sessions]
    return sessions[pick % sessions.length]
  }

  #present (): Visit[] { return this.#visits.filter(({ browser, session }) => session !== null && browser.socket.readyState === WebSocket.OPEN) }

  #here (pick: number): Visit | undefined {
    const present = this.#present()
    return present[pick % present.length]
  }

  async #fire (pick: number, wid: number, action: string, effect: string | ((visit: Visit) => string | null), ...args: unknown[]): Promise<void> {
    const visit = this.#here(pick)
    // A session that server code made has no widgets.
    if (visit === undefined || visit.session?.widgets().length === 0) return
    visit.browser.callback(wid, action, ...args)
    await visit.browser.sync()
    if (visit.grant !== null) return this.#count('messages_total{outcome="viewer"}')
    const name = typeof effect === 'string' ? effect : effect(visit)
    if (name !== null) this.#count(name)
  }

  async #gone (visit: Visit | undefined, how: (browser: Browser) => Promise<unknown>): Promise<void> {
    if (visit === undefined) return
    await visit.browser.sync()
    await how(visit.browser)
    await this.settle()
  }

  async #visit (credentials: { session_id?: string, token?: string }, session: Session | null = null, grant: Grant | null = null): Promise<void> {
    const known = new Set(this.app.pgwidgets.sessions)
    const visit = this.#dial(credentials, session, grant)
    await visit.browser.ready()
    await visit.browser.sync()
    const made = session ?? [...this.app.pgwidgets.sessions].find(one => !known.has(one))
    if (made === undefined) throw new Error('no session was made')
    this.tokens.add(made.token)
    visit.session = made
  }

  #dial (credentials: { session_id?: string, token?: string }, session: Session | null, grant: Grant | null): Visit {
    const sent = { frames: 0, bytes: 0 }
    const socket = new WebSocket(this.#url)
    const send = socket.send.bind(socket)
    Object.assign(socket, {
      send: (data: string) => {
        sent.frames++
        sent.bytes += Buffer.byteLength(data)
        send(data)
      }
    })
    const visit: Visit = { browser: new Browser(socket, { credentials }), session, grant, sent }
    this.#visits.push(visit)
    return visit
  }
}
