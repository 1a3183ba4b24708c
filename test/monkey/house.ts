/** An example with two people before it, and what must be true of it whatever they do. */
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual, inspect } from 'node:util'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Browser, Page } from 'playwright-core'
import pgwidgets from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { treeOf } from '../../lib/testing/index.ts'
import { look } from '../chromium/reader.ts'
import { sightsOf, sorted } from '../chromium/sight.ts'
import { arrived, rest } from './acts.ts'

export interface Size { readonly width: number, readonly height: number }

/** How long anything may take before the page counts as frozen, ms. */
const PATIENCE = 15_000
/** Until what was typed has been reported, ms. */
const TYPED = 450

async function inTime<T> (what: string, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_resolve, reject) => { timer = setTimeout(() => reject(new Error(`${what} did not end`)), PATIENCE) })
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer))
}

/** Where two values differ. */
function differences (one: unknown, other: unknown, path = ''): string[] {
  if (isDeepStrictEqual(one, other)) return []
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return [`${path}: ${inspect(one)} on the page, ${inspect(other)} on the server`]
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].flatMap(key => differences((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], `${path}.${key}`))
}

/** What the comparison cannot judge: a share of nothing that scrolls is only remembered, and what is not on screen has neither place nor size. */
const UNJUDGED = ['.facts.place', '.as.box']
/** Where the windows of the examples have no room, they are as large as the screen. */
const UNJUDGED_WITHOUT_ROOM = [...UNJUDGED, '.facts.box']
const ROOM: Size = { width: 1280, height: 800 }
/** Up to this width there is room for one window at a time, px. */
const COMPACT = 600

export class House {
  readonly people: Page[] = []
  readonly problems: string[] = []
  readonly #app: FastifyInstance
  readonly #browser: Browser
  readonly #size: Size
  #url = ''

  private constructor (app: FastifyInstance, browser: Browser, size: Size) {
    this.#app = app
    this.#browser = browser
    this.#size = size
  }

  static async open (browser: Browser, size: Size, build: (session: Session) => void): Promise<House> {
    const app = Fastify()
    const house = new House(app, browser, size)
    await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect: build })
    app.pgwidgets.addHook('onSessionError', (_session, error) => { house.problems.push(`a handler failed: ${inspect(error)}`) })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    house.people.push(await house.#visit(`${origin}/panel`))
    house.#url = house.session.url(origin)
    house.people.push(await house.#visit(house.#url))
    return house
  }

  get session (): Session {
    const [session] = this.#app.pgwidgets.sessions
    if (session === undefined) throw new Error('The session has ended')
    return session
  }

  /** Whether there is nothing left to use: people close windows, and with the main one the session ends. */
  get over (): boolean { return this.#app.pgwidgets.sessions.size === 0 || sightsOf(treeOf(this.session), this.#size).every(({ facts }) => facts.seen === false) }

  /** Does something with a page, after which all of them must still answer and none may have complained. */
  async after (what: string, done: Promise<string>): Promise<string> {
    const act = await inTime(what, done)
    for (const page of this.people) await inTime(`a page after ${act}`, page.evaluate('1'))
    if (this.problems.length > 0) throw new Error(this.problems.join('\n'))
    return act
  }

  /** All pages, and one that is opened now, show what the server holds. */
  async agree (): Promise<void> {
    if (this.over) return
    const newcomer = await this.#visit(this.#url)
    // What takes itself away in time, such as a message, may do so while one looks.
    await this.#compare(newcomer).catch(async () => await this.#compare(newcomer))
    await newcomer.context().close()
  }

  async close (): Promise<void> {
    await Promise.race([Promise.all(this.people.map(async page => await page.context().close())), new Promise(resolve => setTimeout(resolve, 2000))])
    await this.#app.close()
  }

  async #compare (newcomer: Page): Promise<void> {
    for (const page of this.people) await rest(page)
    await new Promise(resolve => setTimeout(resolve, TYPED))
    await this.session.settled()
    const unjudged = this.#size.width < ROOM.width || this.#size.height < ROOM.height ? UNJUDGED_WITHOUT_ROOM : UNJUDGED
    const there = sorted(sightsOf(treeOf(this.session), this.#size))
    for (const [i, page] of [...this.people, newcomer].entries()) {
      // Those that are minimised are only buttons then.
      if (this.#size.width <= COMPACT && await page.locator('.pg-window[data-state=minimized]').count() > 0) continue
      const found = differences(sorted(await inTime('looking', look(page))), there).filter(difference => !unjudged.some(path => difference.includes(path)))
      if (found.length > 0) throw new Error(`${['the first page', 'the second page', 'a page opened now'][i]} differs\n${found.slice(0, 6).join('\n')}`)
    }
  }

  async #visit (url: string): Promise<Page> {
    const context = await this.#browser.newContext({ viewport: this.#size, reducedMotion: 'reduce' })
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE)
    // tsx leaves calls of this in functions that run in the page.
    await page.addInitScript('globalThis.__name = it => it')
    page.on('pageerror', ({ stack, message }) => this.problems.push(`the page threw ${stack ?? message}`))
    page.on('console', message => { if (message.type() === 'error' || /^pgwidgets:/.test(message.text())) this.problems.push(message.text()) })
    await page.goto(url)
    await arrived(page)
    return page
  }
}
