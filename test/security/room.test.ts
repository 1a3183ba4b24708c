/** When it is full: who must wait, who makes room, and what they are told. */
import t from 'tap'
import { build, connect, open, until } from '../support/app.ts'
import { hear, visit } from './support.ts'

const byHeader = ({ headers }: { headers: Record<string, unknown> }): string => String(headers['x-user'])

t.test('when it is full, the page is answered by 503 with Retry-After, and the socket is closed, not left hanging', async t => {
  const app = await build(t, { onConnect () {}, maxSessions: 2 })
  const [limits, refusals] = [hear(t, 'limit'), hear(t, 'refusal')]
  const browsers = [await open(app), await open(app)]
  const page = await app.inject('/')
  t.equal(page.statusCode, 503)
  t.ok(Number(page.headers['retry-after']) > 0)
  t.match(page.json(), { code: 'PGW_ERR_FULL' })
  t.match(app.logs.lines.filter(({ code }) => code === 'PGW_ERR_FULL')[0], { level: 40, sessions: 2 })
  t.match(limits, [{ limit: 'maxSessions' }])
  t.match(refusals, [{ reason: 'tooManySessions', code: 503 }])
  const refused = await connect(app)
  t.match(await refused.closed, { code: 4009, reason: 'There are too many sessions' })
  t.match(refusals[1], { reason: 'tooManySessions', code: 4009 })
  t.match(app.logs.lines.findLast(({ refusal }) => refusal === 'tooManySessions'), { gate: 'session', code: 'PGW_ERR_TOO_MANY_SESSIONS' })
  t.match(await visit(app, '/', { credentials: browsers[0]?.credentials }), { id: browsers[0]?.credentials.session_id }, 'who has a session comes in all the same')

  await browsers[1]?.drop()
  await until(() => app.pgwidgets.sessions.detachedSize === 1, 'one has left')
  t.equal((await app.inject('/')).statusCode, 200, 'then there is room')
})

t.test('live sessions never make room, the one longest without a browser goes first', async t => {
  const app = await build(t, { onConnect () {}, maxSessions: 4 })
  const live = [await open(app), await open(app)]
  const [older, newer] = [app.pgwidgets.createSession(), app.pgwidgets.createSession()]
  await open(app)
  t.strictSame([older.destroyed, newer.destroyed], [true, false])
  t.match(app.logs.of('session destroyed to make room for another'), [{ sessionId: older.id }])
  await open(app)
  t.ok(newer.destroyed)
  t.throws(() => app.pgwidgets.createSession(), { code: 'PGW_ERR_TOO_MANY_SESSIONS' })
  for (const { credentials } of live) t.ok(app.pgwidgets.sessions.has(credentials.session_id))
})

t.test('whoever has too many sessions loses one of their own that nobody looks at, and nobody else does', async t => {
  const app = await build(t, { onConnect () {}, identify: byHeader, maxSessionsPerIdentity: 2 })
  const limits = hear(t, 'limit')
  const theirs = app.pgwidgets.createSession({ identity: 'bob' })
  const nobodys = app.pgwidgets.createSession()
  const idle = app.pgwidgets.createSession({ identity: 'ann' })
  const ann = { 'x-user': 'ann' }
  const [first, second] = [await open(app, '/', { headers: ann }), await open(app, '/', { headers: ann })]
  t.ok(idle.destroyed, 'their own idle one goes, though others are older')
  t.strictSame([theirs.destroyed, nobodys.destroyed], [false, false])
  t.match(await visit(app, '/', { headers: ann }), { code: 4009 })
  t.match(limits, [{ limit: 'maxSessionsPerIdentity' }])
  t.match(app.logs.lines.findLast(({ refusal }) => refusal === 'tooManySessions'), { code: 'PGW_ERR_TOO_MANY_OWN_SESSIONS' })
  t.throws(() => app.pgwidgets.createSession({ identity: 'ann' }), { code: 'PGW_ERR_TOO_MANY_OWN_SESSIONS' })
  t.strictSame([first, second].map(({ socket }) => socket.readyState), [1, 1], 'who is there stays')
  t.match(await visit(app, '/', { headers: { 'x-user': 'bob' } }), { role: 'operator' }, 'another user has room')
  t.match(await visit(app, '/', { headers: ann, credentials: first.credentials }), { id: first.credentials.session_id }, 'a second browser of a session needs no room')

  await second.drop()
  await until(() => app.pgwidgets.sessions.get(second.credentials.session_id)?.connections.length === 0, 'one has left')
  t.match(await visit(app, '/', { headers: ann }), { role: 'operator' })
  t.match(await visit(app, '/', { headers: ann, credentials: second.credentials }), { code: 4002 }, 'the evicted one has ended')
})

t.test('sessions that end make room for their user', async t => {
  const app = await build(t, { onConnect () {}, identify: byHeader, maxSessionsPerIdentity: 1 })
  for (let i = 0; i < 5; i++) {
    const { browser, id } = await visit(app, '/', { headers: { 'x-user': 'ann' } })
    app.pgwidgets.sessions.destroy(id ?? '')
    t.equal((await browser?.closed)?.code, 4002)
  }
  t.equal(app.pgwidgets.sessions.size, 0)
})

t.test('browsers that were refused at the limit of a session leave the others alone', async t => {
  const app = await build(t, { onConnect () {}, maxBrowsers: 2 })
  const first = await open(app)
  await open(app, '/', { credentials: first.credentials })
  for (let i = 0; i < 10; i++) t.match(await visit(app, '/', { credentials: first.credentials }), { code: 4010 })
  t.equal(app.pgwidgets.sessions.get(first.credentials.session_id)?.connections.length, 2)
  t.match(await visit(app, '/', { credentials: { ...first.credentials, token: 'wrong' } }), { code: 4001 }, 'who has no right to it does not hear that it is full')
})
