import type { FastifyInstance } from 'fastify'
import type { Connection } from '../connection/connection.ts'
import type { Session } from '../session/session.ts'
import { kCore } from '../session/widget.ts'
import { kLine } from './line.ts'
import type { Line } from './line.ts'

/** What settling needs to know of a browser. */
export interface Settleable {
  readonly label: string
  /** Whether it takes and answers frames as they come. */
  readonly live: boolean
  /** Whether the page has work of its own. */
  readonly busy: boolean
  /** Grows with each frame, either way. */
  readonly activity: number
  readonly line: Line
  readonly session: Session | null
}

/** How long settling may take, ms. Only a server that never comes to rest needs so long. */
const PATIENCE = 10_000

/** Turns of the event loop in which nothing may happen. One is not enough: what is decided in one is sent in the next. */
const QUIET = 3

const browsersOf = new WeakMap<FastifyInstance, Set<Settleable>>()

/** The open browsers of an application. */
export function browsers (app: FastifyInstance): Set<Settleable> {
  let set = browsersOf.get(app)
  if (set === undefined) browsersOf.set(app, set = new Set())
  return set
}

/**
 * Waits until nothing happens any more between the server and all browsers of an application: everything that was
 * sent was taken and answered, both ways, and handlers that need no more than promises have finished.
 */
export async function settle (app: FastifyInstance): Promise<void> {
  const deadline = performance.now() + PATIENCE
  let before = -1
  for (let quiet = 0; quiet < QUIET;) {
    const pending = [...browsers(app)].filter(({ live }) => live)
    const idle = pending.map(watch)
    await nextTurn()
    const busy = pending.filter((browser, i) => browser.live && (browser.busy || idle[i]?.() === false))
    const activity = pending.reduce((sum, { activity }) => sum + activity, 0)
    quiet = busy.length === 0 && activity === before ? quiet + 1 : 0
    before = activity
    if (performance.now() > deadline) {
      throw new Error(`the browsers do not come to rest within ${PATIENCE} ms; there is still traffic with ${(busy.length > 0 ? busy : pending).map(({ label }) => label).join(', ')}`)
    }
  }
}

/** The server's end of a browser's line; null while there is none, or where the session is out of reach. */
export function connectionOf ({ session, line }: Pick<Settleable, 'session' | 'line'>): Connection | null {
  return session?.connections.find(({ request }) => (request.raw as unknown as Record<symbol, unknown>)[kLine] === line) ?? null
}

/** Whether, a turn from now, the server had nothing to send and the browser nothing to answer. */
function watch (browser: Settleable): () => boolean {
  const { session, line } = browser
  const connection = connectionOf(browser)
  if (session === null || connection === null) return () => true
  let settled = false
  void connection.settled().then(() => { settled = true })
  return () => settled && session[kCore].outbox.empty && connection.counts.framesIn === line.sent
}

/** The next turn of the event loop, when what this one has sent is there. */
export function nextTurn (): Promise<void> {
  return new Promise(resolve => setImmediate(resolve))
}
