/** What a host may step into with WebSockets in Fastify (see docs/security.md), beyond what test/plugin has. */
import websocket from '@fastify/websocket'
import t from 'tap'
import pgwidgets, { CloseCode } from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import { bare, build, dial, listen, until } from '../support/app.ts'
import { counter, serve, upgrade } from './support.ts'

t.test('a host\'s own @fastify/websocket that reads larger frames than the plugin takes is warned about', async t => {
  for (const [options, warned] of [[{}, true], [{ maxPayload: 64 * 1024 * 1024 }, true], [{ maxPayload: 1024 }, false]] as const) {
    const app = bare(t)
    await app.register(websocket, { options })
    await app.register(pgwidgets, { prefix: '/panel', maxFrameBytes: 600_000, onConnect: counter })
    t.equal(app.logs.lines.some(({ code, level }) => code === 'PGW_ERR_MAX_PAYLOAD' && level === 40), warned, JSON.stringify(options))
  }
  const app = await build(t)
  t.notOk(app.logs.lines.some(({ code }) => code === 'PGW_ERR_MAX_PAYLOAD'), 'the plugin\'s own needs no warning')
})

t.test('a host with its own @fastify/websocket may say why it closes', async t => {
  const app = bare(t)
  await app.register(websocket, { preClose (done) { for (const socket of app.websocketServer.clients) socket.close(CloseCode.restart); app.websocketServer.close(() => done()) } })
  await app.register(pgwidgets, { prefix: '/panel', onConnect: counter })
  const browser = await dial(await listen(app) + '/panel')
  await browser.ready()
  await app.close()
  t.equal((await browser.closed).code, CloseCode.restart)
})

t.test('Fastify\'s own timeouts end no session', async t => {
  const app = bare(t, { connectionTimeout: 60, requestTimeout: 60, keepAliveTimeout: 60, handlerTimeout: 60 })
  await app.register(pgwidgets, { prefix: '/panel', onConnect: counter })
  app.get('/slow', async () => await new Promise(resolve => { setTimeout(resolve, 400).unref() }))
  const base = await serve(app)
  const browser = await dial(`${base.replace('http', 'ws')}/panel`)
  await browser.ready()
  // A request that the same limits do end is the clock here.
  await fetch(`${base}/slow`).catch(() => null)
  await browser.sync()
  t.equal(browser.socket.readyState, browser.socket.OPEN)
})

t.test('a host\'s error handlers make the answers to refused pages and upgrades, and see no token', async t => {
  const app = bare(t)
  app.setErrorHandler((error: { statusCode?: number, code?: string }, _request, reply) => reply.code(error.statusCode ?? 500).send({ house: error.code }))
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/panel', identify: () => null, onConnect: counter })
  const base = await serve(app)
  const token = 'x'.repeat(43)
  const page = await fetch(`${base}/panel?session=s1&token=${token}`)
  t.equal(page.status, 401)
  t.same(await page.json(), { house: 'PGW_ERR_NOT_IDENTIFIED' })
  t.match(await upgrade(`${base}/panel?session=s1&token=${token}`), { status: 401, body: /PGW_ERR_NOT_IDENTIFIED/ })
  t.match(await upgrade(`${base}/panel`, { origin: 'https://evil.example' }), { status: 403, body: /PGW_ERR_ORIGIN/ })
  t.notMatch(app.logs.text, token)
})

t.test('a host may forbid what the page does not need, and allow what its own pictures need', async t => {
  const app = await build(t, {
    prefix: '/panel', contentSecurityPolicy: { 'frame-ancestors': ["'none'"], 'img-src': ['https://tiles.example'] }, onConnect: counter
  })
  const policy = String((await app.inject('/panel')).headers['content-security-policy'])
  t.match(policy, /frame-ancestors 'none'(;|$)/)
  t.match(policy, /img-src 'self' data: blob: https:\/\/tiles\.example(;|$)/)
})

t.test('a guard in preValidation that is slow, and a browser that leaves meanwhile, harm nobody', async t => {
  let release = (): void => {}
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/panel', preValidation: async () => await new Promise<void>(resolve => { release = resolve }), onConnect: counter })
  app.pgwidgets.route({ url: '/free', onConnect: counter })
  const url = await listen(app)
  const leaving = dial(`${url}/panel`, {}, { handshakeTimeout: 50 })
  await t.rejects(leaving)
  release()
  const browser = await dial(`${url}/free`)
  await browser.ready()
  await until(() => app.websocketServer.clients.size === 1, 'nothing is left of the one that left')
  t.equal(app.pgwidgets.sessions.size, 1)
})

t.test('a trailing slash is another URL, unless Fastify is told otherwise', async t => {
  const strict = await build(t, { prefix: '/panel', onConnect: counter })
  t.equal((await strict.inject('/panel/')).statusCode, 404)
  const lax = await build(t, { prefix: '/panel', onConnect: counter }, { routerOptions: { ignoreTrailingSlash: true } })
  const page = await lax.inject('/panel/')
  const { pathname } = new URL(/src="(.*?)"/.exec(page.body)?.[1] ?? '', 'http://host/panel/')
  t.equal((await lax.inject(pathname)).statusCode, 200, 'files are found from either')
  const browser = await openBrowser(lax, '/panel/')
  const again = await openBrowser(lax, '/panel', { ...(browser.credentials !== null && { session: browser.credentials }) })
  t.equal(again.session, browser.session, 'and it is the same session')
})
