import Fastify from 'fastify'
import { pino } from 'pino'
import t from 'tap'
import pgwidgets, { redactTokens } from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { bare, connect, dial, listen, open } from '../support/app.ts'
import { Logs } from '../support/logs.ts'

const SECRET = 'S3cretTokenThatNobodyMaySee'

t.test('no token is in any log line, whatever happens', async t => {
  const app = bare(t)
  let fail: 'onRequest' | 'preValidation' | null = null
  app.addHook('onRequest', async (request, reply) => {
    if (fail === 'onRequest') throw new Error('refused early')
    if (request.headers.authorization === 'no') return reply.code(401).send('no')
  })
  const seen: Session[] = []
  await app.register(pgwidgets, {
    prefix: '/panel',
    maxFrameBytes: 2000,
    onConnect (session, connection) {
      seen.push(session)
      session.log.info({ session, connection: connection.id }, 'a session in a log line')
      connection.log.info({ req: connection.request }, 'a request in a log line')
      const button = session.getWidgets().Button('x')
      button.on('activated', () => { throw new Error('handler') })
      session.log.info({ button }, 'a widget in a log line')
    },
    onReconstruct () { throw new Error('hook') }
  })
  app.addHook('preValidation', async () => { if (fail === 'preValidation') throw new Error('refused late') })
  const url = await listen(app)
  const query = `?session=s1&token=${SECRET}&view=small`

  await app.inject(`/panel${query}`)
  await app.inject({ url: `/panel${query}`, headers: { authorization: 'no' } })
  await app.inject(`/panel?TOKEN=${SECRET}`)
  await app.inject(`/panel?a=1;token=${SECRET}`)
  for (const at of ['onRequest', 'preValidation'] as const) {
    fail = at
    await app.inject(`/panel${query}`)
    await t.rejects(dial(`${url}/panel${query}`), /500/)
  }
  fail = null
  await t.rejects(dial(`${url}/panel${query}`, { headers: { origin: 'https://evil.example' } }), /403/)
  await t.rejects(dial(`${url}/panel${query}`, { headers: { authorization: 'no' } }), /401/)

  const browser = await dial(`${url}/panel${query}`, { credentials: { session_id: 'sUnknown', token: SECRET } })
  await browser.ready()
  await browser.sync()
  const { credentials } = browser
  const wrong = await dial(`${url}/panel`, { credentials: { session_id: credentials.session_id, token: SECRET } })
  await wrong.closed
  const back = await dial(`${url}/panel`, { credentials })
  await back.ready()
  back.callback(1, 'activated')
  back.raw(`{"type":"result","id":0,"token":"${SECRET}"`)
  back.send({ type: 'result', id: 0, session_id: credentials.session_id, token: { [SECRET]: SECRET } })
  back.send({ type: 'result', id: 0, ...credentials })
  await back.sync()
  back.raw(JSON.stringify({ type: 'result', id: 0, token: credentials.token, session_id: 'x'.repeat(3000) }))
  await back.closed
  app.pgwidgets.sessions.destroy(credentials.session_id)
  await connect(app, '/panel', { credentials }).then(late => late.closed)

  t.ok(app.logs.lines.length > 20)
  t.ok(app.logs.of('a session in a log line').length > 0 && app.logs.of('a handler failed').length > 0 && app.logs.of('a hook failed').length > 0)
  t.notMatch(app.logs.text, SECRET, 'not what a browser showed')
  for (const session of seen) t.notOk(app.logs.text.includes(session.token), 'not what a session has')
  t.match(app.logs.lines.find(({ msg }) => msg === 'incoming request'), { req: { url: '/panel?session=s1&token=[redacted]&view=small' } }, 'and the rest is there')
})

t.test('with a logger of the host\'s own', async t => {
  const logs = new Logs()
  const app = Fastify({ loggerInstance: pino({ level: 'trace', serializers: { req: (request: { raw?: unknown, url: string }) => ({ where: request.url, own: true }) } }, logs.stream) })
  t.teardown(() => app.close())
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  await app.inject(`/panel?token=${SECRET}`)
  t.notMatch(logs.text, SECRET)
  t.match(logs.of('incoming request'), [{ req: Object }])
})

t.test('serializers of the host stay, on a route too', async t => {
  const logs = new Logs()
  const app = Fastify({ logger: { level: 'info', stream: logs.stream, serializers: { req: request => ({ address: request.url, kind: 'app' }) } } })
  t.teardown(() => app.close())
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/plain' })
  app.pgwidgets.route({ url: '/own', logSerializers: { req: (request: { url: string }) => ({ address: request.url, kind: 'route' }) } })
  await app.inject(`/plain?token=${SECRET}&x=1`)
  await app.inject(`/own?token=${SECRET}&x=1`)
  t.match(logs.of('incoming request'), [
    { req: { address: '/plain?token=[redacted]&x=1', kind: 'app' } },
    { req: { address: '/own?token=[redacted]&x=1', kind: 'route' } }
  ])
})

t.test('lines about URLs that are not the plugin\'s can be kept free of tokens by the host', async t => {
  const logs = new Logs()
  const app = Fastify({ logger: { level: 'info', stream: logs.stream, hooks: { streamWrite: redactTokens } } })
  t.teardown(() => app.close())
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  app.get('/login', async () => 'login')
  const urls = [`/panel/?token=${SECRET}&view=small`, `/pane?session=s1&token=${SECRET}`, `/login?next=${encodeURIComponent(`/panel?a=1&token=${SECRET}&b=2`)}`]
  for (const url of urls) await app.inject(url)
  app.log.info({ quoted: `"?token=${SECRET}"` }, 'a line of the host')
  t.notMatch(logs.text, SECRET)
  t.same(logs.of('incoming request').map(({ req }) => (req as { url: string }).url), [
    '/panel/?token=[redacted]&view=small', '/pane?session=s1&token=[redacted]', '/login?next=%2Fpanel%3Fa%3D1%26token%3D[redacted]%26b%3D2'
  ], 'and the rest is there')
  t.ok(logs.lines.some(({ msg }) => msg === 'Route GET:/panel/?token=[redacted]&view=small not found'))
  t.match(logs.of('a line of the host'), [{ quoted: '"?token=[redacted]"' }], 'every line is JSON still')
})

t.test('works without any logger', async t => {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(pgwidgets, { prefix: '/panel', onConnect (session) { session.log.info('x') } })
  t.equal((await app.inject(`/panel?token=${SECRET}`)).statusCode, 200)
  await open(app, '/panel')
})
