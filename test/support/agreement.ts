/** Whether all who look at a session hold the same. */
import type { FastifyInstance } from 'fastify'
import type { Session } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser } from '../../lib/testing/index.ts'

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
  const truth = JSON.stringify(treeOf(session))
  for (const [i, browser] of browsers.entries()) same(JSON.stringify(browser.tree()), truth, `browser ${i}`)
  same(JSON.stringify((await fresh(app, session, dialect)).tree), truth, 'a fresh browser')
  const restored = app.pgwidgets.createSession({ snapshot: JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<Session['snapshot']> })
  try {
    same((await fresh(app, restored, dialect)).frames, (await fresh(app, session, dialect)).frames, 'a restored session')
  } finally {
    restored.destroy()
  }
}

/** What a browser that comes now is sent, ids aside, and what it holds then. */
async function fresh (app: FastifyInstance, { id, token }: Session, dialect: DialectName): Promise<{ tree: object, frames: string }> {
  const browser = await openBrowser(app, '/', { dialect, session: { id, token } })
  const tree = browser.tree()
  const frames = browser.frames.filter(({ direction }) => direction === 'in').map(({ data, messages }) =>
    typeof data === 'string' ? JSON.stringify(messages, (key, value: unknown) => ['id', 'next_wid', 'session_id', 'token', 'transfer_id'].includes(key) ? 0 : value) : Buffer.from(data).toString('base64'))
  await browser.close()
  return { tree, frames: frames.join('\n') }
}

/** Says where two long texts part. */
function same (actual: string, expected: string, what: string): void {
  if (actual === expected) return
  let at = 0
  while (actual[at] === expected[at]) at++
  const around = (text: string): string => text.slice(Math.max(0, at - 160), at + 120)
  throw new Error(`${what} differs:\n  has      …${around(actual)}\n  should   …${around(expected)}`)
}
