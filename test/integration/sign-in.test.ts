/** Logins by the usual plugins, before page and upgrade alike. */
import { randomBytes } from 'node:crypto'
import cookie from '@fastify/cookie'
import formbody from '@fastify/formbody'
import jwt from '@fastify/jwt'
import secureSession from '@fastify/secure-session'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets, { CloseCode } from '../../lib/index.ts'
import type { Identity } from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import { launch } from '../chromium/support.ts'
import { bare } from '../support/app.ts'
import type { Logs } from '../support/logs.ts'
import { LOGIN_FORM, counter, newPage, nextOf, onlySession, serve, toLogin } from './support.ts'

declare module '@fastify/secure-session' {
  interface SessionData { user: string, until: number }
}

declare module '@fastify/jwt' {
  interface FastifyJWT { user: { sub: string, exp: number } }
}

/** A way to sign people in. */
interface Way {
  /** Registers the plugins and `POST /login`, which takes `user` and `seconds`. */
  install (app: FastifyInstance): Promise<void>
  signedIn (request: FastifyRequest): boolean | Promise<boolean>
  identify (request: FastifyRequest): Identity
}

const ways: Record<string, Way> = {
  '@fastify/jwt': {
    async install (app) {
      await app.register(jwt, { secret: randomBytes(32).toString('hex'), cookie: { cookieName: 'token', signed: false } })
      app.post<{ Body: { user: string, seconds?: string } }>('/login', async (request, reply) => {
        const { user, seconds = '3600' } = request.body
        // A browser sends cookies with an upgrade, and no header of the page's choice.
        const token = await reply.jwtSign({}, { sign: { sub: user, expiresIn: `${seconds}s` } })
        return reply.setCookie('token', token, { path: '/', httpOnly: true, sameSite: 'lax' }).redirect(nextOf(request))
      })
    },
    signedIn: request => request.jwtVerify().then(() => true, () => false),
    identify: ({ user: { sub, exp } }) => ({ id: sub, expiresAt: exp * 1000 })
  },
  '@fastify/secure-session': {
    async install (app) {
      await app.register(secureSession, { key: randomBytes(32), cookie: { path: '/', httpOnly: true, sameSite: 'lax' } })
      app.post<{ Body: { user: string, seconds?: string } }>('/login', async (request, reply) => {
        const { user, seconds = '3600' } = request.body
        request.session.set('user', user)
        request.session.set('until', Date.now() + Number(seconds) * 1000)
        return reply.redirect(nextOf(request))
      })
    },
    signedIn: ({ session }) => session.get('user') !== undefined && (session.get('until') ?? 0) > Date.now(),
    identify: ({ session }) => ({ id: session.get('user') ?? '', expiresAt: session.get('until') ?? 0 })
  }
}

/** A service with a login, a panel behind it, and a sign-out. */
async function service (t: Test, way: Way): Promise<{ app: FastifyInstance & { logs: Logs }, login: (user: string, seconds?: number) => Promise<{ cookie: string }> }> {
  const app = bare(t)
  await app.register(pgwidgets, { closeTimeout: 200 })
  await app.register(cookie)
  await app.register(formbody)
  await way.install(app)
  app.get('/login', async (_request, reply) => reply.type('text/html').send(LOGIN_FORM))
  app.post('/logout', { preValidation: toLogin(way.signedIn) }, async (request, reply) => {
    const ended = app.pgwidgets.disconnect({ identity: way.identify(request).id })
    return reply.clearCookie('token', { path: '/' }).clearCookie('session', { path: '/' }).send({ ended })
  })
  app.pgwidgets.route({ url: '/panel', preValidation: toLogin(way.signedIn), identify: way.identify, onConnect: counter })
  app.pgwidgets.route({ url: '/other', preValidation: toLogin(way.signedIn), identify: way.identify, onConnect: counter })
  await app.ready()
  return {
    app,
    async login (user, seconds = 3600) {
      const { cookies } = await app.inject({ method: 'POST', url: '/login', payload: { user, seconds: String(seconds) } })
      return { cookie: cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ') }
    }
  }
}

for (const [name, way] of Object.entries(ways)) {
  t.test(`a login by ${name}`, async t => {
    t.test('stands before page and upgrade, and before any session', async t => {
      const { app, login } = await service(t, way)
      const page = await app.inject('/panel')
      t.match(page, { statusCode: 302, headers: { location: '/login?next=%2Fpanel' } })
      await t.rejects(openBrowser(app, '/panel'), /401/)
      await t.rejects(openBrowser(app, '/panel', { headers: { cookie: 'token=forged; session=forged' } }), /401/)
      t.equal(app.pgwidgets.sessions.size, 0)

      const ada = await login('ada')
      t.equal((await app.inject({ url: '/panel', headers: ada })).statusCode, 200)
      const browser = await openBrowser(app, '/panel', { headers: ada })
      await browser.get('Button').click()
      t.equal(browser.get('Label', { name: 'count' }).text, '1 clicks')
      t.match(onlySession(app), { identity: 'ada' })
      t.equal(onlySession(app).connections[0]?.identity, 'ada')
    })

    t.test('makes a session its user\'s: nobody else comes in by its credentials, its user by its id alone', async t => {
      const { app, login } = await service(t, way)
      const [ada, grace] = [await login('ada'), await login('grace')]
      await openBrowser(app, '/panel', { headers: ada })
      const session = onlySession(app)
      const thief = await openBrowser(app, '/panel', { headers: grace, session })
      t.equal(thief.closed?.code, CloseCode.credentials)
      await t.rejects(openBrowser(app, session.url()), /401/, 'nor who is not signed in')
      const elsewhere = await openBrowser(app, '/other', { headers: ada, session })
      t.equal(elsewhere.closed?.code, CloseCode.credentials, 'nor its user by another path')
      const again = await openBrowser(app, session.ownUrl(), { headers: ada })
      t.equal(again.session, session)
      t.equal(session.connections.length, 2)
      t.equal(app.pgwidgets.sessions.size, 1)
      t.notMatch(app.logs.text, session.token)
    })

    t.test('that runs out while its user is connected ends the connection, and the session lives on', async t => {
      const { app, login } = await service(t, way)
      const browser = await openBrowser(app, '/panel', { headers: await login('ada', 2) })
      const session = onlySession(app)
      await browser.get('Button').click()
      await browser.until(() => browser.closed)
      t.equal(browser.closed?.code, CloseCode.signedOut)
      t.notOk(session.destroyed)
      const back = await openBrowser(app, session.ownUrl(), { headers: await login('ada') })
      t.equal(back.get('Label', { name: 'count' }).text, '1 clicks', 'who signs in again finds it')
    })

    t.test('is over at once with its sign-out, for its user and for nobody else', async t => {
      const { app, login } = await service(t, way)
      const [ada, grace] = [await login('ada'), await login('grace')]
      const browsers = [await openBrowser(app, '/panel', { headers: ada }), await openBrowser(app, '/other', { headers: ada })]
      const other = await openBrowser(app, '/panel', { headers: grace })
      const answer = await app.inject({ method: 'POST', url: '/logout', headers: ada })
      t.same(answer.json(), { ended: 2 })
      await other.idle()
      for (const browser of browsers) t.equal(browser.closed?.code, CloseCode.signedOut)
      t.equal(other.closed, null)
      t.equal(app.pgwidgets.sessions.size, 3, 'sessions stay')
    })
  })
}

t.test('in a real browser', async t => {
  const chromium = await launch(t)
  if (chromium === null) return
  const way = ways['@fastify/secure-session'] as Way

  t.test('a link with the id alone survives the way through the login', async t => {
    const { app, login } = await service(t, way)
    await openBrowser(app, '/panel', { headers: await login('ada') })
    const session = onlySession(app)
    session.find('note', 'Label')?.setText('This is the one')
    const base = await serve(app)
    const { page, problems } = await newPage(t, chromium)
    await page.goto(session.ownUrl(base))
    await page.getByLabel('User').fill('ada')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This is the one').waitFor({ timeout: 5000 })
    t.equal(app.pgwidgets.sessions.size, 1)
    t.same(problems, [])
  })

  t.test('a link made for others survives it as well, if the form posts to its own address', async t => {
    const { app, login } = await service(t, way)
    await openBrowser(app, '/panel', { headers: await login('ada') })
    const session = onlySession(app)
    session.find('note', 'Label')?.setText('This is the one')
    const grant = session.grant({ role: 'viewer', identity: 'grace' })
    const base = await serve(app)
    const { page } = await newPage(t, chromium)
    await page.goto(grant.url(base))
    await page.getByLabel('User').fill('grace')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByText('This is the one').waitFor({ timeout: 5000 })
    t.equal(session.connections.find(({ role }) => role === 'viewer')?.identity, 'grace')
    t.notMatch(app.logs.text, new URL(grant.url(base)).hash.split('token=')[1] ?? '')
  })

  t.test('who signs out is told so, and comes back by signing in again', async t => {
    const { app } = await service(t, way)
    const base = await serve(app)
    const { page } = await newPage(t, chromium)
    await page.goto(`${base}/panel`)
    await page.getByLabel('User').fill('ada')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Count' }).click()
    await page.getByText('1 clicks').waitFor()
    t.equal(await page.evaluate('fetch("/logout", { method: "POST" }).then(response => response.status)'), 200)
    await page.getByText('You are not signed in any more', { exact: true }).waitFor({ timeout: 5000 })
    await page.reload()
    await page.getByLabel('User').fill('ada')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Count' }).waitFor({ timeout: 5000 })
    t.equal((await page.context().cookies()).filter(({ name }) => name.startsWith('pg')).length, 0, 'the page sets no cookies of its own')
  })

  t.test('a sign-in that is over while the line is down leads to the login', async t => {
    const { app } = await service(t, way)
    const base = await serve(app)
    const { page } = await newPage(t, chromium)
    await page.goto(`${base}/panel`)
    await page.getByLabel('User').fill('ada')
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('button', { name: 'Count' }).waitFor()
    await page.context().clearCookies()
    for (const socket of app.websocketServer.clients) socket.terminate()
    await page.getByLabel('User').waitFor({ timeout: 10_000 })
    t.match(page.url(), /\/login\?next=%2Fpanel/)
  })
})
