import t from 'tap'
import { CloseCode } from '../../lib/index.ts'
import { build, connect, open, until } from '../support/app.ts'

t.test('the store shows the sessions there are', async t => {
  const app = await build(t)
  const { sessions } = app.pgwidgets
  t.equal(sessions.size, 0)
  const headless = app.pgwidgets.createSession({ data: { n: 1 } })
  const browser = await open(app)
  const id = browser.credentials.session_id
  t.equal(sessions.size, 2)
  t.ok(sessions.has(id))
  t.equal(sessions.get(headless.id), headless)
  t.strictSame(headless.data, { n: 1 })
  t.strictSame([...sessions].map(session => session.id), [headless.id, id])
  t.notOk(sessions.has('nothing'))
  t.equal(sessions.get('__proto__'), undefined)
  t.notOk(sessions.destroy('nothing'))
})

t.test('a session without a browser for too long is destroyed; one with a browser is not', async t => {
  const ended: string[] = []
  const app = await build(t, { onConnect () {}, sessionIdleTimeout: 80 })
  app.pgwidgets.addHook('onDestroy', ({ id }) => { ended.push(id) })
  const { sessions } = app.pgwidgets
  const live = await open(app)
  const left = await open(app)
  const back = await open(app)
  await left.drop()
  await back.drop()
  const again = await open(app, '/', { credentials: back.credentials })
  const headless = app.pgwidgets.createSession()
  await until(() => ended.length === 2, 'two have ended')
  t.strictSame(ended.sort(), [left.credentials.session_id, headless.id].sort())
  t.ok(sessions.has(live.credentials.session_id))
  t.ok(sessions.has(again.credentials.session_id), 'one that a browser came back to in time')
  const late = await connect(app, '/', { credentials: left.credentials })
  t.match(await late.closed, { code: 4002 })
})

t.test('the session longest without a browser makes room for a new one', async t => {
  const ended: string[] = []
  const app = await build(t, { onConnect () {}, maxSessions: 3 })
  app.pgwidgets.addHook('onDestroy', ({ id }) => { ended.push(id) })
  const live = await open(app)
  const [first, second] = [app.pgwidgets.createSession(), app.pgwidgets.createSession()]
  const visitor = await open(app, '/', { credentials: { session_id: first.id, token: first.token } })
  await visitor.drop()
  await until(() => first.connections.length === 0, 'the visitor has left')

  const fourth = await open(app)
  t.strictSame(ended, [second.id], 'the first was visited since')
  await open(app)
  t.strictSame(ended, [second.id, first.id])
  t.equal(app.pgwidgets.sessions.size, 3)

  const refused = await connect(app)
  t.match(await refused.closed, { code: CloseCode.tooManySessions, reason: /too many sessions/ })
  t.throws(() => app.pgwidgets.createSession(), { code: 'PGW_ERR_TOO_MANY_SESSIONS', message: /3 sessions/ })
  t.equal(app.pgwidgets.sessions.size, 3, 'live ones stay')
  for (const browser of [live, fourth]) t.equal(browser.socket.readyState, 1)
  await live.drop()
  await until(() => app.pgwidgets.sessions.get(live.credentials.session_id)?.connections.length === 0, 'one has left')
  await t.resolves(open(app), 'then there is room')
})

t.test('a snapshot that cannot be restored costs no other session its place', async t => {
  const app = await build(t, { onConnect () {}, maxSessions: 1 })
  const kept = app.pgwidgets.createSession()
  t.throws(() => app.pgwidgets.createSession({ snapshot: { version: 2 } as never }), { code: 'PGW_ERR_SNAPSHOT' })
  t.notOk(kept.destroyed)
  t.equal(app.pgwidgets.sessions.size, 1)
})

t.test('as many ended sessions are remembered as is safe, the latest', async t => {
  const app = await build(t)
  const { sessions } = app.pgwidgets
  const ids: string[] = []
  for (let i = 0; i < 10_050; i++) {
    const session = app.pgwidgets.createSession()
    ids.push(session.id)
    session.destroy()
  }
  t.notOk(sessions.hasEnded(ids[0] as string))
  t.ok(sessions.hasEnded(ids.at(-1) as string))
  t.ok(sessions.hasEnded(ids.at(-10_000) as string))
  t.equal(ids.filter(id => sessions.hasEnded(id)).length, 10_000)
  t.equal(sessions.size, 0)
})

t.test('a session that ended takes no more changes and breaks nobody', async t => {
  const app = await build(t)
  const session = app.pgwidgets.createSession()
  const W = session.getWidgets()
  const box = W.VBox()
  const label = W.Label('x')
  box.addWidget(label)
  session.destroy()
  session.destroy()
  t.ok(session.destroyed)
  t.throws(() => label.setText('y'), { code: 'PGW_ERR_SESSION_DESTROYED' })
  t.throws(() => W.Label('z'), { code: 'PGW_ERR_SESSION_DESTROYED' })
  await t.rejects(label.query.size(), { code: /PGW_ERR_(SESSION_DESTROYED|NO_BROWSER)/ })
  t.doesNotThrow(() => label.destroy(), 'clearing up after the end does no harm')
  t.doesNotThrow(() => box.destroy())
  await t.resolves(session.settled())
})
