/** Plays the scenarios of the test kit in a real Chromium: one application on a port of its own, and browsers for it. */
import { EventEmitter, once } from 'node:events'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Browser } from 'playwright-core'
import type { WebSocket } from 'ws'
import pgwidgets from '../../lib/index.ts'
import type { Connection, Session } from '../../lib/index.ts'
import type { Driver } from '../testing/driver.ts'
import { ChromiumView, PATIENCE, VIEWPORT } from './view.ts'
import type { Surroundings } from './view.ts'

/** Names each page to the server. Unlike other headers, Chromium sends cookies along with the upgrade. */
const COOKIE = 'view'
/** Rounds in which nothing may happen. What is decided in one is sent in the next. */
const QUIET = 2

/** Runs applications on a port of their own, and opens pages of them. */
export class ChromiumDriver implements Driver {
  readonly #browser: Browser

  constructor (browser: Browser) { this.#browser = browser }

  async start (build: (session: Session) => void): Promise<{ view: ChromiumView, session: Session, stop (): Promise<void> }> {
    const app: FastifyInstance = Fastify()
    const house = new House(this.#browser, app)
    await app.register(pgwidgets, {
      prefix: '/panel',
      closeTimeout: 500,
      onConnect: (session, connection) => {
        build(session)
        house.arrived(connection)
      },
      onReconstruct: (_session, connection) => house.arrived(connection)
    })
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    app.websocketServer.on('connection', (socket, { headers }) => house.lineUp(socket, headers.cookie ?? ''))
    const view = await house.open(`${origin}/panel`)
    const [session] = [...app.pgwidgets.sessions]
    return { view, session: session as Session, stop: () => house.close() }
  }
}

/** An application with all pages that look at it. */
class House implements Surroundings {
  readonly app: FastifyInstance
  readonly #browser: Browser
  readonly #views: ChromiumView[] = []
  readonly #arrivals = new EventEmitter()

  constructor (browser: Browser, app: FastifyInstance) {
    this.#browser = browser
    this.app = app
  }

  /** Opens a page in a browser of its own, as far as cookies and storage go. */
  async open (url: string): Promise<ChromiumView> {
    const context = await this.#browser.newContext({ viewport: VIEWPORT })
    context.setDefaultTimeout(PATIENCE)
    const cookie = `${COOKIE}=${this.#views.length}`
    await context.addCookies([{ name: COOKIE, value: String(this.#views.length), url }])
    const view = new ChromiumView(this, context, await context.newPage(), cookie)
    this.#views.push(view)
    await this.arrival(view, () => view.page.goto(url))
    return view
  }

  async close (): Promise<void> {
    for (const { context } of this.#views) await context.close()
    await this.app.close()
  }

  /** Does something that has a page connect, and waits until all is there. */
  async arrival (view: ChromiumView, act: () => Promise<unknown>): Promise<void> {
    await Promise.all([once(this.#arrivals, view.cookie, { signal: AbortSignal.timeout(PATIENCE) }), act()])
    if (view.problems.length > 0) throw new Error(`the page did not load as it should: ${view.problems.join('; ')}`)
    await this.settle()
  }

  arrived ({ request }: Connection): void { this.#arrivals.emit(request.headers.cookie ?? '') }

  lineUp (socket: WebSocket, cookie: string): void { this.#views.find(view => view.cookie === cookie)?.lineUp(socket) }

  /** Waits until everything that the server and the pages have said was taken and answered, and handlers are done. */
  async settle (): Promise<void> {
    const heard = (): number => this.#views.reduce((sum, view) => sum + view.heard, 0)
    const deadline = performance.now() + PATIENCE
    for (let quiet = 0; quiet < QUIET;) {
      const before = heard()
      for (const session of this.app.pgwidgets.sessions) await session.settled()
      // Lines keep the order: what a page has said until now is here when it has answered this.
      await Promise.all(this.#views.map(view => view.ask([])))
      // Handlers that wait for nothing but promises, and the frame that tells what they did.
      for (let turn = 0; turn < 3; turn++) await new Promise(resolve => setImmediate(resolve))
      quiet = heard() === before ? quiet + 1 : 0
      if (performance.now() > deadline) throw new Error(`the pages do not come to rest within ${PATIENCE} ms`)
    }
  }
}
