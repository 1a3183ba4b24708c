/** Whether all who look at a session hold the same. */
import type { FastifyInstance } from 'fastify'
import type { Session } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser, WidgetTree } from '../../lib/testing/index.ts'
import { touchedBy } from '../../lib/widgets/apply.ts'
import type { WidgetDefinition } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'

export interface Audience {
  readonly app: FastifyInstance
  readonly session: Session
  readonly dialect: DialectName
  readonly browsers: readonly TestBrowser[]
}

/**
 * Throws unless the browsers hold what the session holds, a fresh one does too, and one that comes to a session restored
 * from a snapshot is sent the same frames.
 */
export async function agree ({ app, session, dialect, browsers }: Audience): Promise<void> {
  const known = (tree: WidgetTree): string => JSON.stringify(dialect === 'ours' ? tree : withoutExtensions(tree))
  const truth = known(treeOf(session))
  for (const [i, browser] of browsers.entries()) same(known(browser.tree()), truth, `browser ${i}`)
  same(known((await fresh(app, session, dialect)).tree), truth, 'a fresh browser')
  const restored = app.pgwidgets.createSession({ snapshot: JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<Session['snapshot']> })
  try {
    same((await fresh(app, restored, dialect)).frames, (await fresh(app, session, dialect)).frames, 'a restored session')
  } finally {
    restored.destroy()
  }
}

/** What a browser that comes now is sent, ids aside, and what it holds then. */
async function fresh (app: FastifyInstance, { id, token }: Session, dialect: DialectName): Promise<{ tree: WidgetTree, frames: string }> {
  const browser = await openBrowser(app, '/', { dialect, session: { id, token } })
  const tree = browser.tree()
  const frames = browser.frames.filter(({ direction }) => direction === 'in').map(({ data, messages }) =>
    typeof data === 'string' ? JSON.stringify(messages, (key, value: unknown) => ['id', 'next_wid', 'session_id', 'token', 'transfer_id'].includes(key) ? 0 : key === 'wid' ? own(value) : value) : Buffer.from(data).toString('base64'))
  await browser.close()
  return { tree, frames: frames.join('\n') }
}

/** Ids that browsers choose are from another range at each replay. */
const own = (wid: unknown): unknown => typeof wid === 'number' ? wid % 1_000_000_000 : wid

/** What pages know that do not know what the project adds to the protocol. */
function withoutExtensions (tree: WidgetTree): WidgetTree {
  return Object.fromEntries(Object.entries(tree).map(([wid, widget]) => {
    const definition = definitions.get(widget.class) as WidgetDefinition
    const { methods, callbacks } = definition
    const foreign = new Set([
      ...Object.values(methods).filter(({ extension }) => extension === true).flatMap(method => touchedBy(definition, method)),
      ...Object.values(callbacks).filter(({ extension }) => extension === true).flatMap(({ touches }) => touches ?? [])
    ])
    // What only an extension could set afterwards, such pages are told by the constructor.
    const args = Object.fromEntries(Object.entries(widget.args).filter(([key]) => methods[`set_${key}`]?.extension !== true))
    return [wid, { ...widget, args, state: Object.fromEntries(Object.entries(widget.state).filter(([key]) => !foreign.has(key))) }]
  }))
}

/** Says where two long texts part. */
function same (actual: string, expected: string, what: string): void {
  if (actual === expected) return
  let at = 0
  while (actual[at] === expected[at]) at++
  const around = (text: string): string => text.slice(Math.max(0, at - 160), at + 120)
  throw new Error(`${what} differs:\n  has      …${around(actual)}\n  should   …${around(expected)}`)
}
