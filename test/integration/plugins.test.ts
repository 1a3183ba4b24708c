/** Under other people's plugins: headers, limits on requests, load shedding, scopes. */
import { randomBytes } from 'node:crypto'
import { get } from 'node:http'
import type { IncomingMessage } from 'node:http'
import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import pgwidgets, { CloseCode } from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import { launch } from '../chromium/support.ts'
import { bare, connectionCount, dial, until } from '../support/app.ts'
import { counter, newPage, onlySession, serve, upgrade } from './support.ts'

/** A response with its headers as they were on the wire. */
function fetchRaw (url: string, headers: Record<string, string> = {}): Promise<{ status: number, all: (name: string) => string[] }> {
  return new Promise((resolve, reject) => {
    get(url, { headers, agent: false }, (response: IncomingMessage) => {
      response.resume()
      const pairs = Array.from({ length: response.rawHeaders.length / 2 }, (_, i) => [response.rawHeaders[2 * i]?.toLowerCase(), response.rawHeaders[2 * i + 1] ?? ''])
      response.on('end', () => resolve({ status: response.statusCode ?? 0, all: name => pairs.filter(([key]) => key === name).map(([, value]) => value as string) }))
    }).on('error', reject)
  })
}

t.test('@fastify/helmet', async t => {
  const OWN = ['content-security-policy', 'referrer-policy', 'x-content-type-options']
  const ITS = ['strict-transport-security', 'x-frame-options', 'cross-origin-opener-policy', 'cross-origin-resource-policy', 'x-dns-prefetch-control']

  for (const order of ['before', 'after'] as const) {
    t.test(`registered ${order} the plugin: no header is doubled, the page's own policy holds, and helmet's other headers stay`, async t => {
      const app = bare(t)
      if (order === 'before') await app.register(helmet, { enableCSPNonces: true })
      await app.register(pgwidgets, { prefix: '/panel', onConnect: counter })
      if (order === 'after') await app.register(helmet)
      app.get('/elsewhere', async () => 'elsewhere')
      const base = await serve(app)
      const without = bare(t)
      await without.register(pgwidgets, { prefix: '/panel', onConnect: counter })
      const plain = await fetchRaw(`${await serve(without)}/panel`)
      const page = await fetchRaw(`${base}/panel`)
      const elsewhere = await fetchRaw(`${base}/elsewhere`)
      for (const name of OWN) t.same(page.all(name), plain.all(name), name)
      t.match(page.all('content-security-policy')[0], /^default-src 'none'; script-src 'self';/)
      for (const name of ITS) {
        t.equal(page.all(name).length, 1, name)
        t.same(page.all(name), elsewhere.all(name), `${name} as on other pages`)
      }
      const asset = await app.inject((/src="\.\/(.*?)"/.exec((await app.inject('/panel')).body)?.[1] ?? '').replace(/^/, '/'))
      t.match(asset, { statusCode: 200, headers: { 'cache-control': /immutable/ } })
    })
  }

  t.test('is left out of a route that asks for it', async t => {
    const app = bare(t)
    await app.register(helmet)
    await app.register(pgwidgets)
    app.pgwidgets.route({ url: '/panel', helmet: false, onConnect: counter })
    const page = await app.inject('/panel')
    t.equal(page.headers['strict-transport-security'], undefined)
    t.match(page.headers['content-security-policy'], /default-src 'none'/)
  })

  t.test('lets the page work in a real browser, nonces and isolation included', async t => {
    const chromium = await launch(t)
    if (chromium === null) return
    const app = bare(t)
    await app.register(helmet, { enableCSPNonces: true, crossOriginEmbedderPolicy: true })
    await app.register(pgwidgets, { prefix: '/panel', onConnect: counter })
    const base = await serve(app)
    const { page, problems } = await newPage(t, chromium)
    await page.goto(`${base}/panel`)
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('1 clicks').waitFor()
    t.equal(await page.evaluate('crossOriginIsolated'), true)
    t.same(problems, [])
  })
})

t.test('@fastify/rate-limit', async t => {
  t.test('on a route counts pages and upgrades alike, and answers 429 before the upgrade', async t => {
    const app = bare(t)
    await app.register(pgwidgets)
    await app.register(rateLimit, { global: false })
    app.pgwidgets.route({ url: '/panel', config: { rateLimit: { max: 3, timeWindow: '1 minute' } }, onConnect: counter })
    app.pgwidgets.route({ url: '/free', onConnect: counter })
    const base = await serve(app)
    t.equal((await fetch(`${base}/panel`)).status, 200)
    const first = await dial(`${base.replace('http', 'ws')}/panel`)
    await first.ready()
    t.equal((await fetch(`${base}/panel`)).status, 200)
    t.match(await upgrade(`${base}/panel`), { status: 429, headers: { 'retry-after': /^\d+$/ }, body: /Rate limit exceeded/ })
    t.equal((await fetch(`${base}/panel`)).status, 429)
    t.equal((await upgrade(`${base}/free`)).status, 101, 'other routes do not mind')
    await first.sync()
    t.equal(first.socket.readyState, first.socket.OPEN, 'who is connected stays so')
    t.equal(app.pgwidgets.sessions.size, 1, 'a refused upgrade makes no session')
  })

  t.test('for all routes counts the files of the page too, and leaves no socket behind', async t => {
    const app = bare(t)
    await app.register(rateLimit, { max: 4, timeWindow: '1 minute' })
    await app.register(pgwidgets, { prefix: '/panel', onConnect: counter })
    const base = await serve(app)
    const html = await (await fetch(`${base}/panel`)).text()
    for (const [, file] of html.matchAll(/(?:src|href)="\.(\/panel\/client\/.*?)"/g)) t.equal((await fetch(base + file)).status, 200, String(file))
    const results = []
    for (let i = 0; i < 8; i++) results.push((await upgrade(`${base}/panel`)).status)
    t.same(new Set(results), new Set([101, 429]))
    await until(async () => app.websocketServer.clients.size === 0 && await connectionCount(app) <= 2, 'refused upgrades hold no sockets')
  })

  t.test('in a real browser: a page that is refused waits as long as it is told to, and comes back by itself', async t => {
    const chromium = await launch(t)
    if (chromium === null) return
    const app = bare(t)
    let max = 1000
    const asked: Array<{ upgrade: boolean, at: number, retryAfter: number }> = []
    app.addHook('onResponse', async (request, reply) => {
      if (request.url === '/panel') asked.push({ upgrade: request.ws === true, at: performance.now(), retryAfter: Number(reply.getHeader('retry-after') ?? 0) })
    })
    await app.register(pgwidgets)
    await app.register(rateLimit, { global: false })
    app.pgwidgets.route({ url: '/panel', config: { rateLimit: { max: () => max, timeWindow: 2000 } }, onConnect: counter })
    const base = await serve(app)
    const { page } = await newPage(t, chromium)
    await page.goto(`${base}/panel`)
    await page.getByRole('button', { name: 'Count' }).waitFor()
    asked.length = 0
    max = 0
    for (const socket of app.websocketServer.clients) socket.terminate()
    await page.getByText(/^The service is busy, trying again in/).waitFor()
    await until(() => asked.length >= 4, 'the second attempt is refused as well')
    max = 1000
    await page.getByText('Back online').waitFor()
    t.match(asked.map(({ upgrade }) => upgrade), [true, false, true, false], 'one upgrade and one question why, each time')
    t.equal(asked.length, 4)
    const [, why, again] = asked
    t.ok((why?.retryAfter ?? 0) >= 1, 'it is told how long')
    t.ok((again?.at ?? 0) - (why?.at ?? 0) >= (why?.retryAfter ?? 0) * 1000 - 50, `waited ${(again?.at ?? 0) - (why?.at ?? 0)} ms`)
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('1 clicks').waitFor()
    t.equal(app.pgwidgets.sessions.size, 1, 'it is the same session')
  })
})

t.test('@fastify/cors lets pages elsewhere read, and opens no WebSocket to them', async t => {
  const app = bare(t)
  await app.register(cors, { origin: ['https://portal.example', 'https://listed.example'], credentials: true })
  await app.register(pgwidgets, { prefix: '/panel', allowedOrigins: ['https://listed.example'], onConnect: counter })
  const base = await serve(app)
  const page = await fetchRaw(`${base}/panel`, { origin: 'https://portal.example' })
  t.same(page.all('access-control-allow-origin'), ['https://portal.example'])
  t.equal(page.all('content-security-policy').length, 1)
  t.equal((await app.inject({ method: 'OPTIONS', url: '/panel', headers: { origin: 'https://portal.example', 'access-control-request-method': 'GET' } })).statusCode, 204)
  t.equal((await upgrade(`${base}/panel`, { origin: 'https://portal.example' })).status, 403)
  t.equal((await upgrade(`${base}/panel`, { origin: 'https://listed.example' })).status, 101)
  t.equal((await upgrade(`${base}/panel`, { origin: 'null' })).status, 403)
  t.equal((await upgrade(`${base}/panel`, { origin: base })).status, 101)
})

t.test('@fastify/under-pressure', async t => {
  /** An application whose health a test decides. */
  async function pressed (order: 'before' | 'after'): Promise<{ app: FastifyInstance, base: string, press: (on: boolean) => Promise<void> }> {
    const app = bare(t)
    let healthy = true
    const pressure = async (): Promise<void> => {
      await app.register(underPressure, { healthCheck: async () => healthy, healthCheckInterval: 5, retryAfter: 1 })
    }
    if (order === 'before') await pressure()
    await app.register(pgwidgets, { prefix: '/panel', handshakeTimeout: 500, closeTimeout: 200, onConnect: counter })
    if (order === 'after') await pressure()
    const base = await serve(app)
    return {
      app,
      base,
      press: async on => {
        healthy = !on
        await until(() => app.isUnderPressure() === on, 'the health check has run')
      }
    }
  }

  for (const order of ['before', 'after'] as const) {
    t.test(`registered ${order} the plugin refuses pages and upgrades, and those who are there work on`, async t => {
      const { app, base, press } = await pressed(order)
      const browser = await dial(`${base.replace('http', 'ws')}/panel`)
      await browser.ready()
      await press(true)
      t.match(await fetchRaw(`${base}/panel`), { status: 503 })
      t.match(await upgrade(`${base}/panel`), { status: 503, headers: { 'retry-after': '1' } })
      browser.callback(browser.of('create').find(({ class: name }) => name === 'Button')?.wid as number, 'activated')
      await browser.wait(({ type, method, args }) => type === 'call' && method === 'set_text' && (args as unknown[])[0] === '1 clicks', 'the effect of a click')
      await press(false)
      t.equal((await upgrade(`${base}/panel`)).status, 101)
      await until(async () => await connectionCount(app) <= 2, 'the refused upgrade holds no socket')
      await app.close()
      t.equal((await browser.closed).code, CloseCode.restart)
    })
  }

  t.test('keeps a page waiting that lost its line, for as long as it lasts', async t => {
    const chromium = await launch(t)
    if (chromium === null) return
    const { app, base, press } = await pressed('after')
    const { page } = await newPage(t, chromium)
    await page.goto(`${base}/panel`)
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('1 clicks').waitFor()
    await press(true)
    const refused = page.waitForResponse(response => response.status() === 503)
    for (const socket of app.websocketServer.clients) socket.terminate()
    await refused
    t.equal(onlySession(app).connections.length, 0)
    await press(false)
    await until(() => onlySession(app).connections.length === 1, 'the page is back', 15_000)
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('2 clicks').waitFor()
  })
})

t.test('in an encapsulated child with a prefix', async t => {
  const app = bare(t)
  await app.register(async child => {
    child.addHook('preValidation', async (request, reply) => {
      if (request.headers.authorization !== `Basic ${Buffer.from('admin:secret').toString('base64')}`) return reply.code(401).header('www-authenticate', 'Basic').send('who are you?')
    })
    await child.register(pgwidgets, { prefix: '/panel', handshakeTimeout: 300, onConnect: counter })
    child.pgwidgets.route({ url: '/machines/:id', onConnect: counter })
    child.get('/health', async () => 'well')
  }, { prefix: '/admin' })
  app.get('/', async () => 'hello')
  const base = await serve(app)
  const headers = { authorization: `Basic ${Buffer.from('admin:secret').toString('base64')}` }

  t.test('pages, files and sockets are below the prefix, and behind the child\'s hooks', async t => {
    const page = await app.inject({ url: '/admin/panel', headers })
    t.equal(page.statusCode, 200)
    t.equal((await app.inject('/admin/panel')).statusCode, 401)
    t.equal((await app.inject('/panel')).statusCode, 404)
    const { pathname } = new URL(/src="(.*?)"/.exec(page.body)?.[1] ?? '', `${base}/admin/panel`)
    t.match(pathname, /^\/admin\/panel\/client\//)
    t.equal((await app.inject({ url: pathname, headers })).statusCode, 200)
    for (const path of ['/admin/panel', '/admin/machines/7']) {
      t.equal((await upgrade(base + path)).status, 401, path)
      t.equal((await upgrade(base + path, headers)).status, 101, path)
    }
  })

  t.test('the rest of the application does not see it', async t => {
    t.equal(app.hasDecorator('pgwidgets'), false)
    t.equal((await app.inject('/')).body, 'hello')
  })

  t.test('upgrades that are nobody\'s are closed, and do not keep the application from closing', async t => {
    const before = await connectionCount(app)
    t.equal((await upgrade(base + '/')).status, 200, 'a plain route answers as it always does')
    t.equal((await upgrade(base + '/nowhere')).status, 404)
    await until(async () => await connectionCount(app) <= before, 'their sockets are closed')
  })

  t.test('it works in a real browser', async t => {
    const chromium = await launch(t)
    if (chromium === null) return
    const { page, problems } = await newPage(t, chromium, { httpCredentials: { username: 'admin', password: 'secret' } })
    await page.goto(`${base}/admin/panel`)
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('1 clicks').waitFor()
    await page.goto(`${base}/admin/machines/7`)
    await page.getByText('0 clicks').waitFor()
    t.same(problems.filter(text => !text.includes('401')), [])
  })
})

t.test('two routes keep their guards, users, looks and sessions apart', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const key = randomBytes(8).toString('hex')
  const names = (request: { headers: Record<string, unknown> }): string | null => typeof request.headers['x-user'] === 'string' ? request.headers['x-user'] : null
  app.pgwidgets.route({
    url: '/operators',
    title: 'Operators',
    identify: names,
    preValidation: async (request, reply) => { if (request.headers['x-key'] !== key) return reply.code(403).send('not you') },
    onConnect (session) { session.getWidgets().Label('for operators') }
  })
  app.pgwidgets.route({ url: '/lobby', title: 'Lobby', onConnect (session) { session.getWidgets().Label('for everybody') } })
  const operator = { 'x-key': key, 'x-user': 'ada' }

  t.equal((await app.inject('/operators')).statusCode, 403)
  t.equal((await app.inject({ url: '/operators', headers: { 'x-key': key } })).statusCode, 401, 'past the hook, and nobody')
  t.match((await app.inject({ url: '/operators', headers: operator })).body, '<title>Operators</title>')
  t.match((await app.inject('/lobby')).body, '<title>Lobby</title>')
  await t.rejects(openBrowser(app, '/operators', { headers: { 'x-user': 'ada' } }), /403/)
  await t.rejects(openBrowser(app, '/operators', { headers: { 'x-key': key } }), /401/)

  const inside = await openBrowser(app, '/operators', { headers: operator })
  const lobby = await openBrowser(app, '/lobby')
  t.ok(inside.session?.widgets().length === 1 && lobby.session?.widgets().length === 1)
  t.match(inside.session, { identity: 'ada' })
  t.match(lobby.session, { identity: null })
  for (const [url, credentials] of [['/lobby', inside.credentials], ['/operators', lobby.credentials]] as const) {
    const stray = await openBrowser(app, url, { headers: operator, ...(credentials !== null && { session: credentials }) })
    t.equal(stray.closed?.code, CloseCode.credentials, `${url} with the credentials of the other`)
  }
  t.equal(app.pgwidgets.disconnect({ identity: 'ada' }), 1)
  await lobby.idle()
  t.equal(lobby.connected, true)
})
