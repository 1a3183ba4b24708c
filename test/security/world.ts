/** A session with visitors of all kinds, and what can happen to them at any time. */
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { Connection, Grant, Session } from '../../lib/index.ts'
import { kCore } from '../../lib/session/widget.ts'
import { bare, connect, defer, open } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import type { Logs } from '../support/logs.ts'
import { shownBy } from './support.ts'

/** How often a run met the cases that matter. */
export interface Tally {
  revokedWhileQueued: number
  revokedByAHandler: number
  revokedAfterHangingUp: number
  disconnectedWhileQueued: number
  disconnectedAfterHangingUp: number
  expired: number
  destroyedWhileQueued: number
  inFlight: number
  handlersRun: number
}

export const newTally = (): Tally => ({
  revokedWhileQueued: 0,
  revokedByAHandler: 0,
  revokedAfterHangingUp: 0,
  disconnectedWhileQueued: 0,
  disconnectedAfterHangingUp: 0,
  expired: 0,
  destroyedWhileQueued: 0,
  inFlight: 0,
  handlersRun: 0
})

/** What all runs share: an application, and a session of somebody else that must not notice anything. */
export interface Stage { readonly app: FastifyInstance & { logs: Logs }, readonly witness: Browser, readonly witnessed: () => number }

export async function serve (t: Test): Promise<Stage> {
  const app = bare(t)
  await app.register(pgwidgets, { identify: ({ headers }) => String(headers['x-user']), onConnect () {}, handlerWarning: 60_000, maxSessionsPerIdentity: 1000 })
  await app.ready()
  const session = app.pgwidgets.createSession({ identity: 'witness' })
  let clicks = 0
  session.getWidgets().Button('x').on('activated', () => { clicks++ })
  const witness = await open(app, '/', { headers: { 'x-user': 'witness' }, credentials: { session_id: session.id } })
  return { app, witness, witnessed: () => clicks }
}

interface Visitor { readonly user: string, readonly browser: Browser, readonly grant: Grant | null, readonly viewer: boolean, out: boolean, left: boolean, sent: number, ran: number }

const BUTTONS = ['quick', 'slow', 'concurrent', 'revokes'] as const

export class World {
  readonly stage: Stage
  readonly tally: Tally
  readonly session: Session
  readonly visitors: Visitor[] = []
  readonly violations: string[] = []
  readonly #gates: Array<() => void> = []
  #clicks = 0
  #before: number
  #expires = false

  constructor (stage: Stage, tally: Tally) {
    this.stage = stage
    this.tally = tally
    this.#before = stage.witnessed()
    this.session = stage.app.pgwidgets.createSession({ identity: 'u0' })
    const W = this.session.getWidgets()
    const [quick, slow, concurrent, revokes] = BUTTONS.map(name => W.Button(name))
    quick?.on('activated', ({ connection }) => this.#ran(connection))
    slow?.on('activated', async ({ connection }) => {
      this.#ran(connection)
      const gate = defer()
      this.#gates.push(gate.resolve)
      await gate.promise
    })
    concurrent?.on('activated', async ({ connection }) => {
      this.#ran(connection)
      await Promise.resolve()
    }, { concurrent: true })
    revokes?.on('activated', ({ connection }) => {
      const visitor = this.#ran(connection)
      if (visitor?.grant != null) this.tally.revokedByAHandler++
      if (visitor !== undefined) this.revoke(visitor)
    })
  }

  /** The first is the owner; others come by links of both roles, for anybody, for one, for a while. */
  async join (number: number): Promise<void> {
    if (this.session.destroyed || this.visitors.length > 5) return
    const kind = number % 5
    const user = kind === 0 ? 'u0' : `u${1 + number % 2}`
    const role = kind === 4 ? 'viewer' : 'operator'
    const grant = kind === 0 ? null : this.session.grant({ role, ...(kind === 2 && { identity: user }), ...(kind === 3 && { expiresIn: 4 + number % 30 }) })
    if (kind === 3) this.#expires = true
    const credentials = grant === null ? { session_id: this.session.id } : shownBy(grant.url())
    const browser = await connect(this.stage.app, '/', { headers: { 'x-user': user, 'x-visitor': String(this.visitors.length) }, credentials })
    const visitor: Visitor = { user, browser, grant, viewer: role === 'viewer', out: false, left: false, sent: 0, ran: 0 }
    this.visitors.push(visitor)
    const verdict = await Promise.race([browser.ready(), browser.closed])
    if ('code' in verdict && typeof verdict.code === 'number') visitor.left = true
  }

  visitor (number: number): Visitor | undefined { return this.visitors[number % Math.max(1, this.visitors.length)] }

  click (visitor: Visitor, button: number, count: number): void {
    if (visitor.left || visitor.browser.socket.readyState !== 1) return
    for (let i = 0; i < count; i++) {
      visitor.browser.callback(1 + button % BUTTONS.length, 'activated')
      visitor.sent++
    }
    this.tally.inFlight++
  }

  witness (): void {
    this.stage.witness.callback(1, 'activated')
    this.#clicks++
  }

  release (): void { this.#gates.shift()?.() }

  revoke (visitor: Visitor): void {
    if (visitor.grant === null) return
    const queued = this.#queued(visitor)
    if (!visitor.grant.revoke()) return
    if (queued) this.tally.revokedWhileQueued++
    if (queued && visitor.left) this.tally.revokedAfterHangingUp++
    visitor.out = true
  }

  disconnect (user: string): void {
    const those = this.visitors.filter(visitor => visitor.user === user)
    const queued = those.filter(visitor => this.#queued(visitor))
    this.stage.app.pgwidgets.disconnect({ identity: user })
    this.tally.disconnectedWhileQueued += queued.length
    this.tally.disconnectedAfterHangingUp += queued.filter(({ left }) => left).length
    for (const visitor of those) visitor.out = true
  }

  destroy (): void {
    if (this.session.destroyed) return
    if (this.session[kCore].tasks.length > 0) this.tally.destroyedWhileQueued++
    this.session.destroy()
    for (const visitor of this.visitors) visitor.out = true
  }

  async hangUp (visitor: Visitor): Promise<void> {
    if (visitor.left) return
    visitor.left = true
    await visitor.browser.drop()
    await turn()
  }

  /** Everything arrives, everything that waits goes on, and what must hold then is looked at. */
  async rest (): Promise<void> {
    for (let round = 0; round < 100; round++) {
      for (const { browser } of this.visitors) await browser.sync()
      if (this.#gates.length === 0 && this.session[kCore].tasks.length === 0) break
      this.release()
      await turn()
    }
    await this.stage.witness.sync()
    if (this.stage.witnessed() - this.#before !== this.#clicks) this.violations.push(`another session saw ${this.stage.witnessed() - this.#before} of ${this.#clicks} clicks`)
    for (const [i, visitor] of this.visitors.entries()) {
      const { browser, grant, viewer, out, left, sent, ran } = visitor
      const open = browser.socket.readyState === 1
      if (grant !== null && grant.expiresAt !== null && !open && (await browser.closed).code === 4007) { this.tally.expired++; continue }
      if (out && open) this.violations.push(`visitor ${i} is out and still connected`)
      if (!out && !left && !open) this.violations.push(`visitor ${i} was not shown out, and is closed: ${JSON.stringify(await browser.closed)}`)
      if (!out && !left && ran !== (viewer ? 0 : sent)) this.violations.push(`of visitor ${i} ${ran} of ${sent} handlers ran`)
    }
  }

  async end (): Promise<void> {
    this.session.destroy()
    for (const release of this.#gates) release()
    await Promise.all(this.visitors.map(({ browser }) => browser.drop()))
  }

  /** A time that links expire in. */
  async wait (): Promise<void> { if (this.#expires) await new Promise(resolve => setTimeout(resolve, 8)) }

  #ran (connection: Connection | null): Visitor | undefined {
    this.tally.handlersRun++
    const number = Number(connection?.request.headers['x-visitor'])
    const visitor = this.visitors[number]
    if (visitor === undefined || connection === null) {
      this.violations.push('a handler ran for nobody')
      return
    }
    visitor.ran++
    if (visitor.out) this.violations.push(`a handler ran for visitor ${number}, who was shown out`)
    if (connection.barred) this.violations.push(`a handler ran for visitor ${number}, whose connection is barred`)
    if (visitor.viewer) this.violations.push(`a handler ran for visitor ${number}, who only watches`)
    if (this.session.destroyed) this.violations.push(`a handler ran for visitor ${number} after the session's end`)
    return visitor
  }

  /** Whether something that the visitor did waits for its handler. */
  #queued ({ browser }: Visitor): boolean {
    const number = String(this.visitors.findIndex(visitor => visitor.browser === browser))
    return [...this.session[kCore].tasks.owners].some(owner => (owner as Connection | null)?.request.headers['x-visitor'] === number)
  }
}

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

type Operation = (world: World, a: number, b: number) => unknown

const of = (work: (world: World, visitor: NonNullable<ReturnType<World['visitor']>>, b: number) => unknown): Operation =>
  (world, a, b) => {
    const visitor = world.visitor(a)
    return visitor === undefined ? undefined : work(world, visitor, b)
  }

export const OPERATIONS: Readonly<Record<string, Operation>> = {
  click: of((world, visitor, b) => world.click(visitor, b % 3, 1 + b % 4)),
  clickSlow: of((world, visitor, b) => world.click(visitor, 1, 2 + b % 4)),
  clickAndArrive: of(async (world, visitor, b) => { world.click(visitor, b % 3, 2); await visitor.browser.sync() }),
  clickWhatRevokes: of((world, visitor, b) => { if (b % 3 === 0) world.click(visitor, 3, 2) }),
  arrive: of((_world, visitor) => visitor.browser.sync()),
  turn,
  wait: world => world.wait(),
  release: world => world.release(),
  witness: world => world.witness(),
  join: (world, a) => world.join(a),
  revoke: of((world, visitor, b) => { if (b % 2 === 0) world.revoke(visitor) }),
  disconnect: (world, a, b) => { if (b % 3 === 0) world.disconnect(`u${a % 3}`) },
  hangUp: of((world, visitor) => world.hangUp(visitor)),
  // What it did still waits when it has gone, and may be the next to be shown out.
  clickAndHangUp: of(async (world, visitor, b) => {
    world.click(visitor, 1, 3)
    await visitor.browser.sync()
    await world.hangUp(visitor)
    if (b % 3 === 0) world.revoke(visitor)
    if (b % 3 === 1) world.disconnect(visitor.user)
  }),
  destroy: (world, a) => { if (a % 12 === 0) world.destroy() }
}
