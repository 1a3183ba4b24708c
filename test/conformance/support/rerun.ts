/** A whole recording, played against our server: its application through our API, its browsers over injectWS. */
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import pgwidgets from '../../../lib/index.ts'
import type { PgwidgetsOptions, Session } from '../../../lib/index.ts'
import { isRef } from '../../../lib/protocol/values.ts'
import { FakeBrowser, settle } from './fake-browser.ts'
import { BrowserModel, facts, unlike } from './model.ts'
import { Program } from './program.ts'
import { connectionsOf, readTrace, stepsOf } from './trace.ts'
import type { Report, Request, Step } from './trace.ts'

/** Where the page of the server under test is. */
export const PATH = '/panel'

/** A server with one page; `built` is handed each new session. */
export async function serve (t: Test, built: (session: Session) => unknown, options: PgwidgetsOptions = {}): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(pgwidgets, { prefix: PATH, ...options, onConnect: session => { void built(session as unknown as Session) } })
  await app.ready()
  t.teardown(() => app.close())
  return app
}

/** A place where the recorded side and ours do not hold the same. */
export interface Unlike {
  /** `connected`: a browser that saw it all. `fresh`: one that came at the end. `rebuild`: one that came where a recorded one did. */
  readonly where: 'connected' | 'fresh' | 'rebuild'
  readonly fact: string
  readonly ours: string | undefined
  readonly recorded: string | undefined
}

/** What a rerun found. */
export interface Rerun {
  /** Messages of the recorded server that were said through our API. */
  done: number
  /** Those about classes that do not exist here. */
  missing: number
  /** Those that the recorded browser refused, and calls that our API does not have. */
  refused: number
  reports: number
  /** Facts compared. */
  facts: number
  readonly unlike: Unlike[]
  readonly objections: string[]
}

interface Group { readonly program: Program, readonly session: Session }

/** One recorded connection and the browser that plays it. */
interface Line {
  readonly recorded: BrowserModel
  group: Group | null
  browser: FakeBrowser | null
  rebuilding: boolean
}

export class Player {
  readonly found: Rerun = { done: 0, missing: 0, refused: 0, reports: 0, facts: 0, unlike: [], objections: [] }
  readonly #app: FastifyInstance
  readonly #sessions: Session[]
  readonly #lines = new Map<number, Line>()
  readonly #groups = new Map<string, Group>()

  constructor (app: FastifyInstance, sessions: Session[]) {
    this.#app = app
    this.#sessions = sessions
  }

  async play (conn: number, step: Step): Promise<void> {
    const line = this.#lines.get(conn) ?? { recorded: new BrowserModel(), group: null, browser: null, rebuilding: false }
    this.#lines.set(conn, line)
    switch (step.kind) {
      case 'requests':
        for (const request of step.requests) await this.#request(line, request)
        return
      case 'report': return await this.#report(line, step.report)
      case 'bytes':
        if (step.from === 'c2s') return
        line.recorded.bytes(Buffer.from(step.data.base64, 'base64'))
        if (this.#leads(line)) this.#count((line.group as Group).program.bytes(Buffer.from(step.data.base64, 'base64')))
        return
      case 'close':
        line.browser?.cut()
        line.browser = null
    }
  }

  /** At the end of a recording: what browsers hold that saw it all, and one that has just come. */
  async finish (): Promise<void> {
    for (const [id, { program, session }] of this.#groups) {
      for (const { group, browser } of this.#lines.values()) {
        if (group?.session !== session || browser === null) continue
        await settle(session, browser)
        this.#compare('connected', browser.model, program, program.model, null)
      }
      const fresh = await FakeBrowser.open(this.#app, PATH, { session_id: session.id, token: session.token })
      this.#compare('fresh', fresh.model, program, program.model, null)
      this.found.objections.push(...program.objections.map(objection => `session ${id}: ${objection}`))
    }
  }

  async #request (line: Line, request: Request): Promise<void> {
    const { message, answer } = request
    if (message.type === 'session-info') await this.#open(line, `${typeof message.session_id} ${String(message.session_id)}`)
    line.recorded.apply(message, answer)
    const { program } = line.group ?? {}
    if (program === undefined) return
    if (message.type === 'reconstruct-start') line.rebuilding = program.model.tree.nodes.size > 0
    else if (message.type === 'reconstruct-end' && line.rebuilding) {
      line.rebuilding = false
      program.rebuilt(line.recorded)
      if (line.browser !== null) this.#compare('rebuild', line.browser.model, program, line.recorded, line.recorded)
    } else if (this.#leads(line)) {
      const failed = answer !== null && answer.type === 'error'
      this.#count(failed ? 'refused' : program.run(request))
    }
  }

  async #open (line: Line, id: string): Promise<void> {
    const known = this.#groups.get(id)
    if (line.browser !== null) return
    line.browser = await FakeBrowser.open(this.#app, PATH, known === undefined ? {} : { session_id: known.session.id, token: known.session.token })
    if (known === undefined) {
      const session = this.#sessions.at(-1) as Session
      line.group = { session, program: new Program(session) }
      this.#groups.set(id, line.group)
    } else {
      line.group = known
    }
  }

  async #report (line: Line, report: Report): Promise<void> {
    line.recorded.report(report)
    const { group, browser } = line
    if (group === null || browser === null || line.rebuilding) return
    const wid = group.program.wid(report.wid)
    const outcome = group.program.model.report(report)
    if (wid === undefined || outcome !== 'applied') return
    this.found.reports++
    await settle(group.session, browser)
    const args = report.args.map(arg => isRef(arg) ? { __wid__: group.program.wid(arg.__wid__) } : arg)
    const before = invalidOf(group.session)
    browser.report({ wid, action: report.action, args })
    await settle(group.session, browser)
    if (invalidOf(group.session) !== before) this.found.objections.push(`report ${report.action} of ${String(group.program.model.ids.get(report.wid)?.definition.class)}: invalid, ${JSON.stringify(report.args)}`)
  }

  /** Whether it is the connection whose frames are taken as what the application did: the oldest one of a session. */
  #leads (line: Line): boolean {
    if (line.group === null || line.rebuilding) return false
    return [...this.#lines.values()].find(({ group, browser }) => group === line.group && browser !== null) === line
  }

  #count (step: 'done' | 'missing' | 'refused' | 'other'): void { if (step !== 'other') this.found[step]++ }

  /** @param own - The model whose ids `recorded` has, if it is not the program's own. */
  #compare (where: Unlike['where'], ours: BrowserModel, program: Program, recorded: BrowserModel, own: BrowserModel | null): void {
    const { numbers } = program
    const label = (ids: ReadonlyMap<number, { wid: number } | null>, number: (id: number) => number | undefined): (node: number) => string => {
      const names = new Map([...ids].flatMap(([id, node]) => node === null ? [] : [[node.wid, `#${number(id) ?? `? ${id}`}`] as const]))
      return node => names.get(node) ?? `#? ${node}`
    }
    const left = facts(ours, label(ours.ids, id => numbers.get(id)))
    const right = facts(recorded, own === null ? node => `#${node}` : label(own.ids, id => program.model.ids.get(id)?.wid))
    this.found.facts += left.size
    this.found.unlike.push(...unlike(left, right).map(found => ({ where, ...found })))
  }
}

/** Frames of a session's browsers that the server found invalid. */
function invalidOf (session: Session): number {
  return session.connections.reduce((sum, { counts }) => sum + counts.invalid, 0)
}

/** Plays a whole trace. */
export async function rerun (t: Test, name: string): Promise<Rerun> {
  const sessions: Session[] = []
  const app = await serve(t, session => { sessions.push(session) }, { maxInvalidFrames: 1000 })
  const player = new Player(app, sessions)
  const steps = [...connectionsOf(readTrace(name))].flatMap(([conn, frames]) => stepsOf(frames).map(step => ({ conn, step })))
  // The recorder's clock is one for all connections; steps of one connection keep their order.
  for (const { conn, step } of steps.sort((a, b) => a.step.t - b.step.t)) await player.play(conn, step)
  await player.finish()
  return player.found
}
