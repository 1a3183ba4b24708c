import type { FastifyReply, FastifyRequest } from 'fastify'
import t from 'tap'
import type { Connection, Session } from '../../lib/index.ts'
import { bare, build, connect, dial, listen, open } from '../support/app.ts'
import pgwidgets from '../../lib/index.ts'

/** Status that an upgrade is refused with; 101 if it is not. */
async function upgradeStatus (url: string, headers: Record<string, string> = {}): Promise<number> {
  try {
    await (await dial(url, { headers })).drop()
    return 101
  } catch (error) {
    return Number(/Unexpected server response: (\d+)/.exec((error as Error).message)?.[1])
  }
}

t.test('the decorator is bound to the instance that it is read from', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const seen: string[] = []
  await app.register(async child => {
    child.addHook('onRequest', async request => { seen.push(`guarded ${request.url}`) })
    child.pgwidgets.route({ url: '/panel', onConnect () { seen.push('opened') } })
    t.equal(child.pgwidgets, child.pgwidgets, 'one object for each instance')
    t.not(child.pgwidgets, app.pgwidgets)
    t.equal(child.pgwidgets.sessions, app.pgwidgets.sessions)
  }, { prefix: '/admin' })
  app.pgwidgets.route({ url: '/open' })

  t.equal((await app.inject('/panel')).statusCode, 404)
  await open(app, '/admin/panel')
  t.strictSame(seen, ['guarded /admin/panel', 'opened'])
  await open(app, '/open')
  t.equal(seen.length, 2, 'the child\'s hook guards the child alone')
})

t.test('hooks of Fastify guard the page and the socket alike', async t => {
  for (const at of ['onRequest', 'preParsing', 'preValidation', 'preHandler'] as const) {
    const refuse = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
      if (request.headers.authorization === 'yes') return
      return request.headers.authorization === undefined ? reply.code(401).send('who are you') : reply.redirect('/login')
    }
    const app = bare(t)
    await app.register(pgwidgets)
    let opened = 0
    app.pgwidgets.route({ url: '/panel', [at]: refuse, onConnect () { opened++ } })
    const url = await listen(app)

    t.equal((await app.inject('/panel')).statusCode, 401, `${at}: page`)
    t.equal(await upgradeStatus(url + '/panel'), 401, `${at}: socket`)
    t.equal((await app.inject({ url: '/panel', headers: { authorization: 'no' } })).statusCode, 302, `${at}: page, redirected`)
    t.equal(await upgradeStatus(url + '/panel', { authorization: 'no' }), 302, `${at}: socket, redirected`)
    t.equal(opened, 0)
    t.equal((await app.inject({ url: '/panel', headers: { authorization: 'yes' } })).statusCode, 200, `${at}: page for who may`)
    await (await dial(url + '/panel', { headers: { authorization: 'yes' } })).ready()
    t.equal(opened, 1, `${at}: socket for who may`)
  }
})

t.test('hooks of the application guard it too, wherever they answer', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  app.addHook('preValidation', async (_request, reply) => reply.code(403).send())
  const url = await listen(app)
  t.equal((await app.inject('/panel')).statusCode, 403)
  t.equal(await upgradeStatus(url + '/panel'), 403)
  t.equal((await app.inject('/panel/client/manifest.json')).statusCode, 403, 'and the files')
})

t.test('options of a Fastify route reach Fastify', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const order: string[] = []
  const note = (name: string) => async (): Promise<void> => { order.push(name) }
  app.pgwidgets.route({
    url: '/list/:id',
    config: { roles: ['operator'] } as never,
    schema: { params: { type: 'object', properties: { id: { type: 'integer' } } }, querystring: { type: 'object', required: ['key'], properties: { key: { type: 'string' } } } },
    constraints: { host: 'panel.example' },
    preValidation: [note('first'), note('second')],
    preHandler: note('third'),
    onConnect (_session, { request }) {
      order.push(JSON.stringify([request.params, request.query, (request.routeOptions.config as { roles?: string[] }).roles]))
    }
  })
  const headers = { host: 'panel.example' }
  t.equal((await app.inject({ url: '/list/7?key=x' })).statusCode, 404, 'constraints')
  t.equal((await app.inject({ url: '/list/7', headers })).statusCode, 400, 'the query is checked')
  t.equal((await app.inject({ url: '/list/x?key=x', headers })).statusCode, 400, 'the path is checked')
  t.notOk(order.includes('third'), 'before preHandler')
  order.length = 0
  t.equal((await app.inject({ url: '/list/7?key=x', headers })).statusCode, 200)
  t.strictSame(order.splice(0), ['first', 'second', 'third'])
  await open(app, '/list/7?key=x', { headers })
  t.strictSame(order, ['first', 'second', 'third', '[{"id":7},{"key":"x"},["operator"]]'])
  await t.rejects(connect(app, '/list/x?key=x', { headers }), /400/, 'the upgrade is checked')
})

t.test('a single preValidation hook works as a list of one', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/panel', preValidation: (_request, reply, done) => { reply.header('x-seen', 'yes'); done() } })
  t.equal((await app.inject('/panel')).headers['x-seen'], 'yes')
})

t.test('what hooks put on the request is at connection.request', async t => {
  const app = bare(t)
  app.decorateRequest('user', null as never)
  app.addHook('onRequest', async request => { (request as unknown as { user: unknown }).user = { name: 'ada' } })
  let found: unknown
  await app.register(pgwidgets, { prefix: '/panel', onConnect (_session, connection) { found = (connection.request as unknown as { user: unknown }).user } })
  await open(app, '/panel?view=small')
  t.strictSame(found, { name: 'ada' })
})

t.test('data() makes session.data for each new session from the request', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const seen: Array<Session<{ machine: string }>> = []
  app.pgwidgets.route<{ machine: string }>({
    url: '/machines/:id',
    data: request => ({ machine: (request.params as { id: string }).id }),
    onConnect (session) { seen.push(session) }
  })
  const browser = await open(app, '/machines/7')
  await open(app, '/machines/8')
  await open(app, '/machines/7', { credentials: browser.credentials })
  t.strictSame(seen.map(({ data }) => data.machine), ['7', '8'])
  t.not(seen[0]?.data, seen[1]?.data)
})

t.test('data() that throws is an error of the application, and final', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  let opened = 0
  app.pgwidgets.route({ url: '/panel', data () { throw new Error('no such machine') }, onConnect () { opened++ } })
  const browser = await connect(app, '/panel')
  t.match(await browser.closed, { code: 4003 })
  t.equal(opened, 0)
  t.equal(app.pgwidgets.sessions.size, 0)
  t.ok(app.logs.lines.some(line => line.level >= 50 && JSON.stringify(line).includes('no such machine')), 'logged as an error')
})

t.test('a session belongs to its concrete path', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/machines/:id' })
  app.pgwidgets.route({ url: '/other' })
  const { credentials, ...first } = { browser: await open(app, '/machines/7'), get credentials () { return this.browser.credentials } }
  for (const path of ['/machines/8', '/other']) {
    const browser = await connect(app, path, { credentials })
    t.match(await browser.closed, { code: 4001, reason: 'Invalid session credentials' }, path)
    t.equal(browser.of('session-info').length, 0, 'it is told nothing')
  }
  t.equal(app.pgwidgets.sessions.size, 1, 'and no session was made')
  for (const path of ['/machines/7?view=small', '/machines/%37']) {
    const browser = await open(app, path, { credentials })
    t.equal(browser.credentials.session_id, credentials.session_id, `${path} is the same place`)
  }
  t.equal(first.browser.socket.readyState, 1, 'whoever is there stays')
})

t.test('a route of the plugin does not take other methods, nor a HEAD that upgrades', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  t.equal((await app.inject({ method: 'POST', url: '/panel' })).statusCode, 404)
  const head = await app.inject({ method: 'HEAD', url: '/panel' })
  t.equal(head.statusCode, 200)
  t.equal(head.body, '')
})

t.test('a host\'s own websocket route and errors stay the host\'s', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  app.get('/plain', async () => 'plain')
  const url = await listen(app)
  t.equal(await upgradeStatus(url + '/nowhere'), 404)
  t.equal((await app.inject('/plain')).body, 'plain')
})

t.test('connection shows what is known of the browser', async t => {
  let connection: Connection | undefined
  const app = await build(t, { prefix: '/panel', onConnect (_session, c) { connection = c } })
  const browser = await open(app, '/panel')
  t.equal(connection?.viewport, null)
  browser.send({ type: 'viewport', width: 1280, height: 720 })
  await browser.sync()
  t.strictSame(connection?.viewport, { width: 1280, height: 720 })
  t.equal(connection?.session?.id, browser.credentials.session_id)
  t.ok(connection?.open)
  t.match(connection?.counts, { invalid: 0, replays: 1, framesIn: Number })
  await browser.leave()
  t.notOk(connection?.open)
})
