/** A service that shows one example at a time, and pages that look at it. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Browser, BrowserContextOptions, Page, ViewportSize } from 'playwright-core'
import pgwidgets from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { runExample } from '../../types/manual/examples.ts'

/** An example on screen. */
export interface Stand { readonly page: Page, readonly session: Session, close (): Promise<void> }

export class Stands {
  readonly #browser: Browser
  readonly #app: FastifyInstance = Fastify()
  #url = ''

  constructor (browser: Browser) { this.#browser = browser }

  async open (): Promise<void> {
    await this.#app.register(pgwidgets, { prefix: '/ltr', onConnect () {} })
    this.#app.pgwidgets.route({ url: '/rtl', dir: 'rtl', onConnect () {} })
    await this.#app.listen({ port: 0, host: '127.0.0.1' })
    this.#url = `http://127.0.0.1:${(this.#app.server.address() as AddressInfo).port}`
  }

  close (): Promise<void> { return this.#app.close() }

  /** Shows an example on a page of the first size; if it has windows, which stand below each other there, of the second. */
  async showFitting (example: string, [narrow, wide]: readonly [ViewportSize, ViewportSize], options: BrowserContextOptions, dir: 'ltr' | 'rtl' = 'ltr'): Promise<Stand> {
    const stand = await this.show(example, { viewport: narrow, ...options }, dir)
    if (await stand.page.locator('.pg-window').count() === 0) return stand
    await stand.close()
    return await this.show(example, { viewport: wide, ...options }, dir)
  }

  /** Shows what `build` builds: an example, or a program of one's own. */
  async show (build: string | ((session: Session) => unknown), options: BrowserContextOptions, dir: 'ltr' | 'rtl' = 'ltr'): Promise<Stand> {
    const session = this.#app.pgwidgets.createSession({ url: `/${dir}` })
    if (typeof build === 'string') await runExample(build, session)
    else build(session)
    const context = await this.#browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    await page.goto(session.url(this.#url))
    await page.locator('.pg-stage .pg-widget').first().waitFor({ state: 'attached' })
    await settled(session, page)
    return {
      page,
      session,
      close: async () => {
        await context.close()
        session.destroy()
      }
    }
  }
}

/** Waits until all that the server asked of the page is on screen, pictures included. */
export async function settled (session: Session, page: Page): Promise<void> {
  await session.settled()
  await page.evaluate(async () => {
    await Promise.all([...document.images].map(image => image.decode().catch(() => {})))
    for (let i = 0; i < 2; i++) await new Promise(resolve => requestAnimationFrame(resolve))
  })
}
