/** A session, its browsers, and what random numbers can do to them. */
import type { FastifyInstance } from 'fastify'
import type { AnyWidget, Session } from '../../lib/index.ts'
import { kCore } from '../../lib/session/widget.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser } from '../../lib/testing/index.ts'

/** How often a run met the cases that matter. */
export interface Tally {
  crossings: number
  dropsInReplay: number
  coalesced: number
  queuesDropped: number
  questionsMoved: number
  joins: number
  /** Classes of which widgets were made, … */
  readonly classes: Set<string>
  /** … and actions that were reported, by whatever was defined rather than by name. */
  readonly actions: Set<string>
}

export const newTally = (): Tally => ({ crossings: 0, dropsInReplay: 0, coalesced: 0, queuesDropped: 0, questionsMoved: 0, joins: 0, classes: new Set(), actions: new Set() })

/** Something to collide over from the start. */
function furnish (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'World' })
  const box = W.VBox()
  const combo = W.ComboBox({ editable: true })
  for (const text of ['a', 'b', 'c']) combo.appendText(text)
  const bar = W.ToolBar()
  const first = bar.addAction({ text: 'one', toggle: true })
  bar.addAction({ text: 'two', group: first })
  const tabs = W.TabWidget({ reorderable: true })
  for (const title of ['one', 'two', 'three']) tabs.addWidget(W.Label(title), { title })
  for (const widget of [W.Slider({ track: true }), W.CheckBox('check'), W.TextEntry(), combo, bar, tabs, W.Expander({ title: 'section' })]) box.addWidget(widget)
  top.setWidget(box)
  top.show()
}

/** Browsers at a time. */
const MOST_BROWSERS = 3

export class World {
  readonly app: FastifyInstance
  readonly session: Session
  readonly dialect: DialectName
  readonly tally: Tally
  readonly browsers: TestBrowser[] = []
  readonly questions: Array<Promise<unknown>> = []
  /** Browsers that were sent a replay which their line holds back. */
  readonly #replaying = new Set<TestBrowser>()

  constructor (app: FastifyInstance, dialect: DialectName, tally: Tally) {
    this.app = app
    this.dialect = dialect
    this.tally = tally
    this.session = app.pgwidgets.createSession()
    furnish(this.session)
  }

  /** A widget of one of these classes, by number; undefined where there is none. */
  pick<Class extends AnyWidget['constructor']['name']> (number: number, ...classes: Class[]): AnyWidget | undefined {
    const fitting = this.session.widgets().filter(widget => classes.length === 0 || classes.includes(widget.constructor.name as Class))
    return fitting[number % fitting.length]
  }

  browser (number: number): TestBrowser | undefined { return this.browsers[number % Math.max(1, this.browsers.length)] }

  async join (): Promise<void> {
    if (this.browsers.length >= MOST_BROWSERS) return
    this.tally.joins++
    const { id, token } = this.session
    this.browsers.push(await openBrowser(this.app, '/', { dialect: this.dialect, session: { id, token } }))
  }

  async drop (browser: TestBrowser): Promise<void> {
    if (!browser.connected) return
    this.#count(browser)
    if (browser.replaying || (this.#replaying.has(browser) && browser.waiting.in > 0)) this.tally.dropsInReplay++
    this.#replaying.delete(browser)
    browser.fast()
    await browser.dropLine()
  }

  async comeBack (browser: TestBrowser, reload: boolean): Promise<void> {
    browser.fast()
    browser.release()
    if (reload) await browser.reload()
    else if (!browser.connected) await browser.reconnect()
  }

  /** Comes back over a line that holds back the replay, so that what follows meets it under way. */
  async comeBackHeld (browser: TestBrowser): Promise<void> {
    if (browser.connected) return
    const before = browser.replays
    const off = browser.onFrame(({ messages }) => { if (messages.some(({ type }) => type === 'session-info')) browser.hold('in') })
    // It cannot come to rest with its line held, and says so.
    await browser.reconnect().catch(() => {})
    off()
    if (browser.replays === before) this.#replaying.add(browser)
  }

  /** Lets everything through, brings everybody back, and waits until nothing happens any more. */
  async rest (): Promise<void> {
    for (const browser of this.browsers) {
      browser.fast()
      browser.release()
      if (!browser.connected) await browser.reconnect()
    }
    for (const browser of this.browsers) {
      browser.flushTyping()
      await browser.idle()
    }
    await this.session.settled()
    for (const browser of this.browsers) await browser.idle()
    await Promise.allSettled(this.questions)
    for (const browser of this.browsers) this.#count(browser)
    this.tally.crossings += this.session[kCore].crossings
    this.tally.questionsMoved += this.session[kCore].queries.moved
  }

  async end (): Promise<void> {
    this.session.destroy()
    for (const browser of this.browsers) await browser.close()
  }

  #count (browser: TestBrowser): void {
    this.tally.coalesced += browser.connection?.sent.coalesced ?? 0
    this.tally.queuesDropped += Math.max(0, (browser.connection?.counts.replays ?? 1) - 1)
  }
}
