import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { PgwidgetsOptions, Session } from '../../lib/index.ts'
import { CloseCode, CloseReason } from '../../lib/protocol/close-codes.ts'
import { seriousFaults } from './axe.ts'
import { launch, open, ScriptedServer } from './support.ts'

const browser = await launch(t)

interface Case {
  readonly reason: string
  readonly title: string
  readonly advice: RegExp
  readonly button: string
  /** Whether what is stored survives the refusal itself. */
  readonly keeps: boolean
  /** Whether what the button does shows the credentials again. */
  readonly again: boolean
}

const { credentials, ended, failed, invalid, dismissed, signedOut, linkExpired, linkRevoked, tooManySessions, tooManyBrowsers } = CloseCode

const cases: ReadonlyArray<readonly [code: number, told: Case]> = [
  [credentials, { reason: CloseReason.credentials, title: 'You cannot open this session', advice: /link is complete/, button: 'Start a new session', keeps: false, again: false }],
  [ended, { reason: CloseReason.ended, title: 'The session is over', advice: /start a new one/, button: 'Start a new session', keeps: false, again: false }],
  [failed, { reason: CloseReason.failed, title: 'The session did not start', advice: /Try again/, button: 'Try again', keeps: true, again: false }],
  [invalid, { reason: CloseReason.invalid, title: 'Page and service disagree', advice: /older/, button: 'Reload the page', keeps: true, again: true }],
  [dismissed, { reason: 'Maintenance', title: 'You were disconnected', advice: /goes on/, button: 'Try again', keeps: true, again: true }],
  [signedOut, { reason: CloseReason.signedOut, title: 'Signed out', advice: /Sign in again/, button: 'Sign in again', keeps: true, again: true }],
  [linkExpired, { reason: CloseReason.linkExpired, title: 'This link no longer works', advice: /Ask for a new link/, button: 'Start a new session', keeps: false, again: false }],
  [linkRevoked, { reason: CloseReason.linkRevoked, title: 'This link no longer works', advice: /Ask for a new link/, button: 'Start a new session', keeps: false, again: false }],
  [tooManySessions, { reason: CloseReason.tooManySessions, title: 'No room for another session', advice: /try again in a while/, button: 'Try again', keeps: true, again: true }],
  [tooManyBrowsers, { reason: CloseReason.tooManyBrowsers, title: 'No room for another browser', advice: /another tab/, button: 'Try again', keeps: true, again: true }]
]

const stored = async (page: Page): Promise<unknown> => await page.evaluate(() => JSON.parse(sessionStorage.getItem('pgwidgets:/panel:credentials') ?? 'null') as unknown)

if (browser !== null) {
  await t.test('the card', async t => {
    for (const [code, { reason, title, advice, button, keeps, again }] of cases) {
      await t.test(`says what ${code} means and what to do`, async t => {
        const { page, server, peer } = await open(t, browser, { bypassCSP: true })
        // From here on the page's time can be made to pass.
        await page.clock.install()
        peer.close(code, reason)
        const card = page.getByRole('region', { name: title })
        await card.waitFor()
        t.equal(await card.getByRole('heading').textContent(), title)
        t.equal(await card.getByText(reason, { exact: true }).count(), 1)
        t.match(await card.locator('.pg-card-advice').textContent(), advice)
        const news = page.getByRole('status')
        t.match(await news.textContent(), `${title}: ${reason}`, 'it is announced')
        const pill = await news.locator('.pg-pill').boundingBox()
        t.ok((pill?.width ?? 0) <= 1 && (pill?.height ?? 0) <= 1, 'and not shown twice')
        t.strictSame(await stored(page), keeps ? { session: 1, token: 'secret' } : null)
        t.equal(page.url(), keeps ? `${server.url}#session=1&token=secret` : server.url)
        t.strictSame(await seriousFaults(page), [])
        const act = card.getByRole('button', { name: button })
        t.equal(await act.evaluate(element => element === document.activeElement), true)
        let calls = 0
        const connection = server.connection().then(next => {
          calls++
          return next
        })
        await page.evaluate(() => window.dispatchEvent(new Event('online')))
        await page.clock.runFor(600_000)
        await page.evaluate(async () => { await fetch('/client/manifest.json') })
        t.equal(calls, 0, 'it stays closed by itself')
        await act.press('Enter')
        const answer = await (await connection).greet()
        t.match(answer, again ? { session_id: 1, token: 'secret' } : { type: 'result', id: 0 })
        if (!again) t.notOk('session_id' in answer || 'token' in answer, 'nothing of the old session is shown')
        await card.waitFor({ state: 'detached' })
        t.equal(page.url(), `${server.url}#session=1&token=secret`)
      })
    }

    await t.test('of a code that nobody knows gives the reason, as text', async t => {
      const { page, peer } = await open(t, browser)
      peer.close(4321, '<b>Why</b> not')
      const card = page.getByRole('region', { name: 'This session is closed' })
      await card.getByText('<b>Why</b> not', { exact: true }).waitFor()
      await card.getByRole('button', { name: 'Start a new session' }).waitFor()
    })

    await t.test('says so where there is no reason', async t => {
      const { page, peer } = await open(t, browser)
      peer.close(4005)
      await page.getByRole('region', { name: 'You were disconnected' }).getByText('without giving a reason').waitFor()
    })

    await t.test('goes when the address is changed to a link that works', async t => {
      const { page, server, peer } = await open(t, browser)
      peer.close(CloseCode.linkExpired, CloseReason.linkExpired)
      await page.locator('.pg-card').waitFor()
      await page.evaluate(() => { location.hash = 'session=8&token=fresh' })
      t.match(await (await server.connection()).greet(8, 'fresh'), { session_id: 8, token: 'fresh' })
      await page.locator('.pg-card').waitFor({ state: 'detached' })
    })

    await t.test('of a link with credentials that never worked leaves none of them behind', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(`${server.url}?session=sOther`)
      const peer = await server.connection()
      peer.send({ type: 'init', id: 0 })
      t.strictSame(await peer.take(({ id }) => id === 0), { type: 'result', id: 0, reports: 'gestures', extensions: 1, session_id: 'sOther' })
      peer.close(CloseCode.credentials, CloseReason.credentials)
      await page.getByRole('region', { name: 'You cannot open this session' }).waitFor()
      t.equal(page.url(), server.url)
    })
  })

  await t.test('an address with the id of a session alone', async t => {
    await t.test('opens it without a token, and has it from then on', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(`${server.url}?unit=7&session=sMine`)
      const peer = await server.connection()
      const answer = await peer.greet('sMine', 'mine')
      t.equal(answer.type, 'result')
      t.match(answer, { session_id: 'sMine' })
      t.notOk('token' in answer)
      await page.waitForURL(`${server.url}?unit=7#session=sMine&token=mine`)
      t.strictSame(await stored(page), { session: 'sMine', token: 'mine' })
      await page.reload()
      t.match(await (await server.connection()).greet('sMine', 'mine'), { session_id: 'sMine', token: 'mine' })
    })

    await t.test('is as good as with the token that the tab has', async t => {
      const { page, server } = await open(t, browser)
      await page.goto(`${server.url}?session=1`)
      t.match(await (await server.connection()).greet(), { session_id: 1, token: 'secret' })
    })

    await t.test('in the fragment says nothing: no server would have made it', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(`${server.url}#session=sMine`)
      t.notOk('session_id' in await (await server.connection()).greet())
    })
  })

  await t.test('the line', async t => {
    // Asked of the timer, not of the clock: machines that run tests are busy.
    for (const [code, chance, wait] of [[1012, 0, 500], [1012, 0.5, 2250], [1013, 0.5, 125], [1005, 0, 0]] as const) {
      await t.test(`that ended with ${code} is opened again after ${wait} ms where chance says ${chance}`, async t => {
        const { page, server, peer } = await open(t, browser)
        const waits = await page.evaluateHandle(chance => {
          const waits: Array<number | undefined> = []
          const { setTimeout } = window
          Math.random = () => chance
          Object.assign(window, {
            setTimeout: (act: () => void, wait?: number) => {
              waits.push(wait)
              return setTimeout(act, wait)
            }
          })
          return waits
        }, chance)
        const from = performance.now()
        if (code === 1005) peer.closeBare()
        else peer.close(code)
        const next = await server.connection()
        t.ok(performance.now() - from >= wait - 20)
        t.ok((await waits.jsonValue()).includes(wait))
        t.match(await next.greet(), { session_id: 1, token: 'secret' })
      })
    }

    for (const status of [503, 429]) {
      await t.test(`waits as long as a ${status} asks for, and says so`, async t => {
        const { page, server, peer } = await open(t, browser)
        let asked = 0
        server.behaviour.refuse = status
        server.behaviour.page = (_request, response) => {
          asked = performance.now()
          delete server.behaviour.refuse
          response.writeHead(status, { 'retry-after': '2' }).end()
          return true
        }
        peer.cut()
        const news = page.getByRole('status')
        await news.getByText(/^The service is busy, trying again in [12] s$/).waitFor()
        await news.getByRole('timer').getByText('1').waitFor()
        t.equal(await news.getByRole('timer').textContent(), '1', 'the seconds alone are a timer, which is not announced')
        await (await server.connection()).greet()
        t.ok(performance.now() - asked >= 1950, `waited ${performance.now() - asked} ms`)
        await news.getByText('Back online').waitFor()
      })
    }

    await t.test('says that it is lost when a busy service goes away, and goes on trying', async t => {
      const { page, server, peer } = await open(t, browser)
      let asked = 0
      server.behaviour.refuse = 503
      server.behaviour.page = (_request, response) => {
        response.writeHead(asked++ === 0 ? 503 : 500, { 'retry-after': '1' }).end()
        return true
      }
      peer.cut()
      await page.getByText('The service is busy').waitFor()
      await page.getByText('Connection lost, reconnecting…').waitFor()
      delete server.behaviour.refuse
      await (await server.connection()).greet()
      await page.getByText('Back online').waitFor()
    })
  })

  await t.test('with a service that has users', async t => {
    /** A panel behind a login that sends people back to where they came from, with what was in the query. */
    async function serve (t: Test, options: PgwidgetsOptions = {}): Promise<{ app: FastifyInstance, url: string }> {
      const app = Fastify()
      const userOf = (cookie = ''): string | null => /(?:^|; )user=(\w+)/.exec(cookie)?.[1] ?? null
      app.addHook('onRequest', async (request, reply) => {
        if (!request.url.startsWith('/panel') || request.url.startsWith('/panel/client/') || userOf(request.headers.cookie) !== null) return
        return await reply.redirect(`/login?next=${encodeURIComponent(request.url)}`)
      })
      app.get<{ Querystring: { next: string } }>('/login', async ({ query }, reply) =>
        await reply.type('text/html').send(`<title>Login</title><a href="/enter?next=${encodeURIComponent(query.next)}">Log in as ann</a>`))
      app.get<{ Querystring: { next: string } }>('/enter', async ({ query }, reply) =>
        await reply.header('set-cookie', 'user=ann; Path=/').redirect(query.next))
      await app.register(pgwidgets, {
        prefix: '/panel',
        identify: ({ headers }) => userOf(headers.cookie),
        onConnect (session) {
          const W = session.getWidgets()
          const surface = W.Page()
          surface.setWidget(W.Button(`Panel ${session.id}`))
          surface.show()
        },
        ...options
      })
      await app.listen({ port: 0, host: '127.0.0.1' })
      t.teardown(() => app.close())
      return { app, url: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/panel` }
    }

    const onlySession = (app: FastifyInstance): Session => [...app.pgwidgets.sessions][0] as Session

    for (const storage of ['with tab storage', 'without any storage']) {
      await t.test(`who was signed out signs in again and is back in the same session, ${storage}`, async t => {
        const { app, url } = await serve(t)
        const context = await browser.newContext()
        t.teardown(() => context.close())
        const page = await context.newPage()
        if (storage.startsWith('without')) {
          await page.addInitScript(() => {
            Object.defineProperty(window, 'sessionStorage', { get () { throw new DOMException('switched off', 'SecurityError') } })
          })
        }
        await page.goto(url)
        await page.getByRole('link', { name: 'Log in' }).click()
        const panel = page.getByRole('button', { name: /^Panel/ })
        const name = await panel.textContent()
        await context.clearCookies()
        t.equal(app.pgwidgets.disconnect({ identity: 'ann' }), 1)
        await page.getByRole('region', { name: 'Signed out' }).getByText(CloseReason.signedOut).waitFor()
        await page.getByRole('button', { name: 'Sign in again' }).click()
        await page.getByRole('link', { name: 'Log in' }).click()
        await panel.waitFor()
        t.equal(await panel.textContent(), name)
        t.equal(app.pgwidgets.sessions.size, 1)
        await page.waitForURL(`${url}#session=*&token=*`)
      })
    }

    await t.test('a link with the id alone gets through the login, for the user whose session it is', async t => {
      const { app, url } = await serve(t)
      const session = app.pgwidgets.createSession({ identity: 'ann' })
      const W = session.getWidgets()
      const surface = W.Page()
      surface.setWidget(W.Button('Made before'))
      surface.show()
      const context = await browser.newContext()
      t.teardown(() => context.close())
      const page = await context.newPage()
      await page.goto(`${new URL(url).origin}${session.ownUrl()}`)
      await page.getByRole('link', { name: 'Log in' }).click()
      await page.getByRole('button', { name: 'Made before' }).waitFor()
      await page.waitForURL(`${url}#session=${session.id}&token=${session.token}`)
      const other = await (await browser.newContext({ extraHTTPHeaders: { cookie: 'user=bob' } })).newPage()
      t.teardown(() => other.context().close())
      await other.goto(`${new URL(url).origin}${session.ownUrl()}`)
      await other.getByRole('region', { name: 'You cannot open this session' }).waitFor()
      t.equal(other.url(), url)
    })

    await t.test('who comes to a full session is let in once there is room', async t => {
      let left = (): void => {}
      const alone = new Promise<void>(resolve => { left = resolve })
      const { app, url } = await serve(t, { maxBrowsers: 1, onDisconnect: session => { if (session.connections.length === 0) left() } })
      const context = await browser.newContext()
      t.teardown(() => context.close())
      await context.addCookies([{ name: 'user', value: 'ann', url }])
      const first = await context.newPage()
      await first.goto(url)
      await first.getByRole('button', { name: /^Panel/ }).waitFor()
      const second = await context.newPage()
      await second.goto(`${new URL(url).origin}${onlySession(app).ownUrl()}`)
      const card = second.getByRole('region', { name: 'No room for another browser' })
      await card.waitFor()
      await first.close()
      await alone
      await card.getByRole('button', { name: 'Try again' }).click()
      await second.getByRole('button', { name: /^Panel/ }).waitFor()
      t.equal(app.pgwidgets.sessions.size, 1)
    })

    await t.test('a link that was taken back says so at once, and starts nothing by itself', async t => {
      const { app, url } = await serve(t)
      const session = app.pgwidgets.createSession({ identity: 'ann' })
      const W = session.getWidgets()
      const surface = W.Page()
      surface.setWidget(W.Button('Shared'))
      surface.show()
      const grant = session.grant()
      const context = await browser.newContext()
      t.teardown(() => context.close())
      await context.addCookies([{ name: 'user', value: 'bob', url }])
      const page = await context.newPage()
      await page.goto(grant.url(new URL(url).origin))
      await page.getByRole('button', { name: 'Shared' }).waitFor()
      await page.getByText('View only').waitFor()
      grant.revoke()
      await page.getByRole('region', { name: 'This link no longer works' }).getByText(CloseReason.linkRevoked).waitFor()
      t.equal(await page.getByText('View only').count(), 0)
      await page.reload()
      await page.getByRole('button', { name: /^Panel/ }).waitFor()
      t.equal(app.pgwidgets.sessions.size, 2, 'a reload opens a session of the user\'s own')
    })
  })
}
