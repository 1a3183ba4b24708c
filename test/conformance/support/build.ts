/** The application of a recording's first connection, built in a session of ours. */
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import type { AnyWidget, PgwidgetsOptions, Session } from '../../../lib/index.ts'
import { PATH, serve } from './rerun.ts'
import { FakeBrowser } from './fake-browser.ts'
import { Program } from './program.ts'
import { connectionsOf, readTrace, stepsOf } from './trace.ts'
import type { Report, Step } from './trace.ts'

export interface Built {
  readonly app: FastifyInstance
  readonly session: Session
  readonly program: Program
  readonly browser: FakeBrowser
  /** Steps of each recorded connection. */
  readonly steps: ReadonlyMap<number, readonly Step[]>
  /** A browser with the session's credentials. */
  join (): Promise<FakeBrowser>
  /** The same, as soon as it is connected. */
  hurry (): Promise<FakeBrowser>
}

/** Builds what the recorded server built before its first user did anything, for a browser that is there. */
export async function build (t: Test, name: string, options: PgwidgetsOptions = {}): Promise<Built> {
  const sessions: Session[] = []
  const app = await serve(t, session => { sessions.push(session) }, options)
  const browser = await FakeBrowser.open(app, PATH)
  const session = sessions[0] as Session
  const program = new Program(session)
  const steps = new Map([...connectionsOf(readTrace(name))].map(([conn, frames]) => [conn, stepsOf(frames)]))
  for (const step of steps.get(1) ?? []) {
    if (step.kind === 'report' && isAction(step.report)) break
    if (step.kind === 'requests') for (const request of step.requests) program.run(request)
  }
  await session.settled()
  const credentials = { session_id: session.id, token: session.token }
  return {
    app,
    session,
    program,
    browser,
    steps,
    join: async () => await FakeBrowser.open(app, PATH, credentials),
    hurry: async () => await FakeBrowser.connect(app, PATH, credentials)
  }
}

/** Whether a report is of something that a person did. */
export const isAction = ({ action }: Report): boolean => action === 'activated'

/** What people did on a recorded connection. */
export function actionsOf (built: Built, conn: number): Report[] {
  return (built.steps.get(conn) ?? []).flatMap(step => step.kind === 'report' && isAction(step.report) ? [step.report] : [])
}

/** Our widget for a recorded one. */
export function widgetOf ({ program, session }: Built, recorded: number): AnyWidget {
  const wid = program.wid(recorded)
  return session.widgets().find(widget => widget.wid === wid) as AnyWidget
}
