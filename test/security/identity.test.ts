/** The first two gates: the host's own hooks, and `identify`. */
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { Identity } from '../../lib/index.ts'
import { bare, connect, connectionCount, dial, listen, until } from '../support/app.ts'
import { hear, link, visit } from './support.ts'

t.test('the host\'s own hooks come first, for the page and the upgrade alike', async t => {
  for (const at of ['onRequest', 'preValidation', 'preHandler'] as const) {
    const asked: string[] = []
    const app = bare(t)
    await app.register(pgwidgets)
    app.pgwidgets.route({
      url: '/panel',
      [at]: async (request: { headers: Record<string, unknown> }, reply: { code (code: number): { send (text: string): unknown } }) => {
        if (request.headers.cookie === undefined) return reply.code(403).send('no')
      },
      identify: () => { asked.push(at); return 'ann' },
      onConnect () {}
    })
    t.equal((await app.inject('/panel')).statusCode, 403, at)
    t.match(await visit(app, '/panel'), { status: 403 })
    t.strictSame(asked, [], 'identify is not asked about whom the host refuses')
    t.match(await visit(app, '/panel', { headers: { cookie: 'yes' } }), { role: 'operator' })
    t.strictSame(asked, [at])
    t.equal(app.pgwidgets.sessions.size, 1)
  }
})

t.test('a refused upgrade is an ordinary HTTP answer, and leaves no socket behind', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', identify: () => null, onConnect () {} })
  const url = await listen(app)
  for (let i = 0; i < 20; i++) await t.rejects(dial(`${url}/panel`), /401/)
  await until(async () => await connectionCount(app) === 0, 'all sockets are gone')
  const lines = app.logs.lines.filter(({ gate }) => gate === 'identify')
  t.equal(lines.length, 20)
  t.match(lines[0], { msg: /refused/, reqId: String })
})

t.test('identify may be asynchronous, and what it returns is a string or { id, expiresAt }', async t => {
  const app = bare(t)
  const soon = Date.now() + 60_000
  const answers: Record<string, [answer: unknown, status: number, id?: string]> = {
    text: ['ann', 200, 'ann'],
    object: [{ id: 'ann' }, 200, 'ann'],
    date: [{ id: 'ann', expiresAt: new Date(soon) }, 200, 'ann'],
    time: [{ id: 'ann', expiresAt: soon }, 200, 'ann'],
    never: [{ id: 'ann', expiresAt: Infinity }, 200, 'ann'],
    past: [{ id: 'ann', expiresAt: Date.now() - 1 }, 401],
    // The `exp` of a JWT is in seconds: long past, when it is taken for ms. It closes the door rather than opens it.
    seconds: [{ id: 'ann', expiresAt: Math.floor(soon / 1000) }, 401],
    null: [null, 401],
    undefined: [undefined, 401],
    empty: ['', 401],
    number: [42, 500],
    noId: [{}, 500],
    emptyId: [{ id: '' }, 500],
    numberId: [{ id: 7 }, 500],
    noTime: [{ id: 'ann', expiresAt: 'tomorrow' }, 500]
  }
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/:name', identify: async ({ params }) => await Promise.resolve(answers[(params as { name: string }).name]?.[0] as Identity), onConnect () {} })
  app.pgwidgets.route({ url: '/throws', identify: () => { throw new Error('the users\' database is down') }, onConnect () {} })
  for (const [name, [, status, id]] of Object.entries(answers)) {
    t.equal((await app.inject(`/${name}`)).statusCode, status, name)
    const { status: refused, id: session, browser } = await visit(app, `/${name}`)
    t.equal(refused ?? 200, status, `${name}, upgrade`)
    t.equal(app.pgwidgets.sessions.get(session ?? '')?.identity, id)
    await browser?.drop()
  }
  t.equal((await app.inject('/throws')).statusCode, 500)
  t.match(await visit(app, '/throws'), { status: 500 })
})

t.test('when a sign-in runs out its browsers are shown out, and those of others stay', async t => {
  const app = bare(t)
  await app.register(pgwidgets, {
    identify: ({ headers }) => ({ id: String(headers['x-user']), ...(headers['x-for'] !== undefined && { expiresAt: Date.now() + Number(headers['x-for']) }) }),
    onConnect () {}
  })
  // Something that keeps the process alive: what ends a sign-in in time does not.
  await listen(app)
  const refusals = hear(t, 'refusal')
  const brief = { 'x-user': 'ann', 'x-for': '30' }
  const [ann, tab, long, bob] = [await visit(app, '/', { headers: brief }), await visit(app, '/', { headers: brief }), await visit(app, '/', { headers: { 'x-user': 'ann' } }), await visit(app, '/', { headers: { 'x-user': 'bob', 'x-for': '60000' } })]
  for (const { browser } of [ann, tab]) t.match(await browser?.closed, { code: 4006, reason: 'You are not signed in any more' })
  t.strictSame(refusals.map(({ reason }) => reason), ['signedOut', 'signedOut'])
  for (const { browser } of [long, bob]) {
    await browser?.sync()
    t.equal(browser?.socket.readyState, 1)
  }
  t.match(await visit(app, '/', { headers: { 'x-user': 'ann' }, credentials: { session_id: ann.id } }), { id: ann.id }, 'who signs in again finds the session')
})

t.test('disconnect() shows a user out of every session and route, by any gate, before the handshake too', async t => {
  const app = bare(t)
  const identify = ({ headers }: { headers: Record<string, unknown> }): string => String(headers['x-user'])
  await app.register(pgwidgets, { identify, onConnect () {} })
  app.pgwidgets.route({ url: '/other', identify, onConnect () {} })
  const ann = { 'x-user': 'ann' }
  const bobs = app.pgwidgets.createSession({ identity: 'bob' })
  const comes = [
    await visit(app, '/', { headers: ann }),
    await visit(app, '/other', { headers: ann }),
    await visit(app, '/', { headers: ann, credentials: link(bobs, { role: 'operator' }).shown }),
    await visit(app, '/', { headers: ann, credentials: link(bobs).shown })
  ]
  const bob = await visit(app, '/', { headers: { 'x-user': 'bob' }, credentials: { session_id: bobs.id } })
  const mute = await connect(app, '/', { headers: ann, greet: false })
  t.equal(app.pgwidgets.disconnect({ identity: 'nobody at all' }), 0)
  t.equal(app.pgwidgets.disconnect({ identity: 'ann' }), 5)
  mute.send({ type: 'result', id: 0 })
  for (const browser of [mute, ...comes.map(({ browser }) => browser)]) t.match(await browser?.closed, { code: 4006 })
  t.equal(app.pgwidgets.disconnect({ identity: 'ann' }), 0, 'nobody is left')
  await bob.browser?.sync()
  t.equal(bob.browser?.socket.readyState, 1, 'another user stays')
  t.equal(mute.of('session-info').length, 0)
})

t.test('links that nobody should make are not made', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { onConnect () {} })
  const session = app.pgwidgets.createSession()
  for (const wrong of [{ role: 'admin' }, { role: '' }, { role: null }, { expiresIn: 0 }, { expiresIn: -1 }, { expiresIn: NaN }, { expiresIn: '60000' }, { expiresIn: [60_000] }, { expiresIn: {} }, { identity: '' }, { identity: 7 }, { identity: null }]) {
    t.throws(() => session.grant(wrong as never), { code: 'PGW_ERR_INVALID_OPTION' }, JSON.stringify(wrong))
  }
  t.strictSame(session.grants, [])
  t.match(session.grant(), { role: 'viewer', identity: null, expiresAt: null }, 'the least that there is, where nothing is said')
  session.destroy()
  t.throws(() => session.grant(), { code: 'PGW_ERR_SESSION_DESTROYED' })
})
