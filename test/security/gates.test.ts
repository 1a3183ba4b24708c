/** Who may enter: each gate, role and state of a credential, on routes with and without `identify`. */
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import { CloseCode } from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { bare, listen } from '../support/app.ts'
import pgwidgets from '../../lib/index.ts'
import type { Logs } from '../support/logs.ts'
import { hear, link, visit } from './support.ts'
import type { Shown } from './support.ts'

/** Who comes: to the route that knows nobody, or to the one that knows its users. */
type Visitor = 'anyone' | 'ann' | 'bob' | 'nobody'
/** `new`, or the session that is meant in a role, or a close code, or the HTTP status of the refused upgrade. */
type Expected = 'new' | 'operator' | 'viewer' | number

/** What a row of the table can use. The session is ann's on the route that knows users. */
interface Stage { readonly app: FastifyInstance, readonly session: Session, readonly other: Session, readonly elsewhere: Session, readonly path: string }

const PATHS: Record<'plain' | 'known', [here: string, elsewhere: string]> = { plain: ['/plain/1', '/plain/2'], known: ['/known/1', '/known/2'] }

async function serve (t: Test): Promise<FastifyInstance & { logs: Logs }> {
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/plain/:id', onConnect () {} })
  app.pgwidgets.route({
    url: '/known/:id',
    identify: ({ headers }) => headers['x-user'] === undefined ? null : String(headers['x-user']),
    onConnect () {}
  })
  await app.ready()
  return app
}

const shown = (session: Session, token: string = session.token): Shown => ({ session_id: session.id, token })
const shortened = (token: string): string => token.slice(0, -1)
/** The same length, and different in one place. */
const bent = (token: string): string => (token.startsWith('A') ? 'B' : 'A') + token.slice(1)

/** Outcomes for whoever comes to the plain route; and for the owner, another user and nobody on the one that knows users. */
type Row = readonly [state: string, credentials: (stage: Stage) => Shown, anyone: Expected, ann: Expected, bob: Expected]

const { credentials: WRONG, ended: ENDED, linkExpired: EXPIRED, linkRevoked: REVOKED } = CloseCode

const OWN: readonly Row[] = [
  ['nothing', () => ({}), 'new', 'new', 'new'],
  ['a token without an id', ({ session }) => ({ token: session.token }), 'new', 'new', 'new'],
  ['an id that nobody has', ({ session }) => ({ session_id: 'sUnknown', token: session.token }), 'new', 'new', 'new'],
  ['the right token', ({ session }) => shown(session), 'operator', 'operator', WRONG],
  ['the id alone', ({ session }) => ({ session_id: session.id }), WRONG, 'operator', WRONG],
  ['an empty token', ({ session }) => shown(session, ''), WRONG, 'operator', WRONG],
  ['a wrong token', ({ session }) => shown(session, bent(session.token)), WRONG, 'operator', WRONG],
  ['a truncated token', ({ session }) => shown(session, shortened(session.token)), WRONG, 'operator', WRONG],
  ['a token with more behind it', ({ session }) => shown(session, session.token + 'A'), WRONG, 'operator', WRONG],
  ['another session\'s token', ({ session, other }) => shown(session, other.token), WRONG, 'operator', WRONG],
  ['another path\'s session, with its token', ({ elsewhere }) => shown(elsewhere), WRONG, WRONG, WRONG],
  ['another path\'s session, by its id alone', ({ elsewhere }) => ({ session_id: elsewhere.id }), WRONG, WRONG, WRONG],
  ['an ended session, with its token', ({ other }) => { const was = shown(other); other.destroy(); return was }, ENDED, ENDED, ENDED],
  ['an ended session, by its id alone', ({ other }) => { other.destroy(); return { session_id: other.id } }, ENDED, ENDED, ENDED]
]

const LINKS: readonly Row[] = (['operator', 'viewer'] as const).flatMap((role): Row[] => [
  [`a link for a ${role}`, ({ session }) => link(session, { role }).shown, role, 'operator', role],
  [`a link for a ${role} that holds for a while`, ({ session }) => link(session, { role, expiresIn: 60_000 }).shown, role, 'operator', role],
  [`a wrong link for a ${role}`, ({ session }) => shown(session, bent(link(session, { role }).shown.token)), WRONG, 'operator', WRONG],
  [`a truncated link for a ${role}`, ({ session }) => shown(session, shortened(link(session, { role }).shown.token)), WRONG, 'operator', WRONG],
  [`a link for a ${role} of another session`, ({ session, other }) => shown(session, link(other, { role }).shown.token), WRONG, 'operator', WRONG],
  [`a link for a ${role} of another path's session`, ({ elsewhere }) => link(elsewhere, { role }).shown, WRONG, WRONG, WRONG],
  [`the hash of a link for a ${role}`, ({ session }) => { session.grant({ role }); return shown(session, session.snapshot().grants?.[0]?.hash) }, WRONG, 'operator', WRONG],
  [`the public id of a link for a ${role}`, ({ session }) => shown(session, session.grant({ role }).id), WRONG, 'operator', WRONG],
  [`a link for a ${role} that was taken back`, ({ session }) => { const { grant, shown } = link(session, { role }); grant.revoke(); return shown }, REVOKED, 'operator', REVOKED],
  [`a link for a ${role} of an ended session`, ({ other }) => { const { shown } = link(other, { role }); other.destroy(); return shown }, ENDED, ENDED, ENDED],
  [`a link for a ${role} that is for bob`, ({ session }) => link(session, { role, identity: 'bob' }).shown, WRONG, 'operator', role],
  [`a link for a ${role} that is for carol`, ({ session }) => link(session, { role, identity: 'carol' }).shown, WRONG, 'operator', WRONG],
  [`a link for a ${role} that is for bob, after those of carol were taken back`, ({ session }) => {
    const { shown } = link(session, { role, identity: 'bob' })
    link(session, { role, identity: 'carol' })
    session.revoke({ identity: 'carol' })
    return shown
  }, WRONG, 'operator', role],
  [`a link for a ${role} that is for bob, after his were taken back`, ({ session }) => {
    const { shown } = link(session, { role, identity: 'bob' })
    session.revoke({ identity: 'bob' })
    return shown
  }, REVOKED, 'operator', REVOKED]
])

/** Comes as told and looks at everything that a refusal must and must not leave behind. */
async function check (t: Test, app: FastifyInstance & { logs: Logs }, row: Row, visitor: Visitor, expected: Expected): Promise<void> {
  const route = visitor === 'anyone' ? 'plain' : 'known'
  const [path, elsewhere] = PATHS[route]
  const make = (url: string, identity?: string): Session => app.pgwidgets.createSession({ url, ...(identity !== undefined && { identity }) })
  const owner = route === 'known' ? 'ann' : undefined
  const stage: Stage = { app, session: make(path, owner), other: make(path, owner), elsewhere: make(elsewhere, owner), path }
  const credentials = row[1](stage)
  const before = { sessions: new Set([...app.pgwidgets.sessions].map(({ id }) => id)), lines: app.logs.lines.length }
  const refusals = hear(t, 'refusal')
  const { browser, id, role, code, status } = await visit(app, path, { credentials, headers: visitor === 'anyone' || visitor === 'nobody' ? {} : { 'x-user': visitor } })
  const label = `${visitor} with ${row[0]}`
  const refused = app.logs.lines.slice(before.lines).filter(line => line.gate !== undefined)
  if (expected === 'new') {
    t.ok(id !== undefined && !before.sessions.has(id), `${label}: a new session`)
    t.equal(app.pgwidgets.sessions.get(id ?? '')?.identity, route === 'known' ? visitor : null, `${label}: which is theirs`)
  } else if (typeof expected === 'string') {
    t.equal(id, stage.session.id, `${label}: the session that is meant`)
    t.equal(role, expected, `${label}: as ${expected}`)
    t.equal(stage.session.connections[0]?.role, expected)
  } else {
    t.equal(code ?? status, expected, `${label}: ${expected}`)
    t.equal(browser?.of('session-info').length ?? 0, 0, `${label}: is told of no session`)
    t.equal(refused.length, 1, `${label}: one line of log says so`)
    t.equal(refusals.length, 1, `${label}: and one event`)
    t.strictSame([...app.pgwidgets.sessions].filter(({ id }) => !before.sessions.has(id)), [], `${label}: no session is made`)
  }
  if (typeof expected === 'string') t.strictSame([refused, refusals], [[], []], `${label}: nobody was refused`)
  await browser?.drop()
  for (const session of [...app.pgwidgets.sessions]) session.destroy()
}

t.test('what each credential opens, for whoever comes to a route that knows nobody, its owner, and another user', async t => {
  const app = await serve(t)
  for (const row of [...OWN, ...LINKS]) {
    const [, , anyone, ann, bob] = row
    await t.test(row[0], async t => {
      await check(t, app, row, 'anyone', anyone)
      await check(t, app, row, 'ann', ann)
      await check(t, app, row, 'bob', bob)
    })
  }
})

t.test('whom a route with identify does not know is refused before the upgrade, whatever is shown', async t => {
  const app = await serve(t)
  for (const row of [...OWN, ...LINKS]) await t.test(row[0], t => check(t, app, row, 'nobody', 401))
  t.equal((await app.inject('/known/1')).statusCode, 401, 'the page too')
  t.equal((await app.inject({ url: '/known/1', headers: { 'x-user': 'ann' } })).statusCode, 200)
})

t.test('a link is over when its time is', async t => {
  const app = await serve(t)
  // Something that keeps the process alive: what ends a link in time does not.
  await listen(app)
  for (const role of ['operator', 'viewer'] as const) {
    for (const [path, headers, identity] of [['/plain/1', {}, undefined], ['/known/1', { 'x-user': 'bob' }, 'ann']] as const) {
      const session = app.pgwidgets.createSession({ url: path, ...(identity !== undefined && { identity }) })
      const { grant, shown } = link(session, { role, expiresIn: 20 })
      const came = await visit(app, path, { credentials: shown, headers })
      t.equal(came.role, role)
      t.match(await came.browser?.closed, { code: EXPIRED, reason: 'This link has expired' }, 'whoever is in is shown out')
      t.ok(Date.now() >= (grant.expiresAt ?? 0), 'not early')
      t.equal((await visit(app, path, { credentials: shown, headers })).code, EXPIRED, 'nobody comes in by it')
    }
  }
})

t.test('a session that belongs to nobody opens by its token, on a route that knows users too', async t => {
  const app = await serve(t)
  const session = app.pgwidgets.createSession({ url: '/known/1' })
  for (const user of ['ann', 'bob']) {
    const headers = { 'x-user': user }
    t.equal((await visit(app, '/known/1', { credentials: shown(session), headers })).id, session.id)
    t.equal((await visit(app, '/known/1', { credentials: { session_id: session.id }, headers })).code, WRONG, 'not by its id')
    t.equal((await visit(app, '/known/1', { credentials: shown(session, bent(session.token)), headers })).code, WRONG)
  }
})

t.test('a session that belongs to somebody opens to nobody on a route that knows no users, but by a link', async t => {
  const app = await serve(t)
  const session = app.pgwidgets.createSession({ url: '/plain/1', identity: 'ann' })
  t.equal((await visit(app, '/plain/1', { credentials: shown(session) })).code, WRONG)
  t.equal((await visit(app, '/plain/1', { credentials: { session_id: session.id }, headers: { 'x-user': 'ann' } })).code, WRONG, 'headers alone are no identity')
  t.equal((await visit(app, '/plain/1', { credentials: link(session).shown })).role, 'viewer')
})

t.test('a link and its owner go where the snapshot goes, by its hash', async t => {
  const app = await serve(t)
  const session = app.pgwidgets.createSession({ url: '/known/1', identity: 'ann' })
  const [kept, back] = [link(session, { role: 'operator' }), link(session)]
  back.grant.revoke()
  const restored = app.pgwidgets.createSession({ url: '/known/1', snapshot: JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<Session['snapshot']> })
  session.destroy()
  const bob = { 'x-user': 'bob' }
  t.match(await visit(app, '/known/1', { credentials: { ...kept.shown, session_id: restored.id }, headers: bob }), { id: restored.id, role: 'operator' })
  t.match(await visit(app, '/known/1', { credentials: { ...back.shown, session_id: restored.id }, headers: bob }), { code: Number }, 'one that was taken back stays so')
  t.match(await visit(app, '/known/1', { credentials: { session_id: restored.id }, headers: { 'x-user': 'ann' } }), { id: restored.id, role: 'operator' })
})
