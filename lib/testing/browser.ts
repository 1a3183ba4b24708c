/** A browser without a browser: what a test does with it. */
import type { FastifyInstance } from 'fastify'
import type { Session } from '../session/session.ts'
import { dialects } from './dialects/index.ts'
import type { DialectName } from './dialects/index.ts'
import { outline } from './finder.ts'
import type { Size } from './geometry.ts'
import { makeHandle } from './gestures/index.ts'
import type { HandleHost, WidgetHandle } from './handle.ts'
import { Line } from './line.ts'
import type { Closed, Direction, RecordedFrame } from './line.ts'
import type { BrowserOptions } from './options.ts'
import { Page } from './page.ts'
import type { Credentials, PageHost } from './page.ts'
import { Screen } from './screen.ts'
import { browsers, connectionOf, nextTurn, settle } from './settle.ts'
import type { Settleable } from './settle.ts'
import { takeCredentials } from './target.ts'

/** How long `until()` waits, ms. */
const PATIENCE = 5000

/** A browser that looks at a session. Made by `openBrowser()`. */
export class TestBrowser extends Screen {
  /** Everything that went over the line, oldest first. Empty it by `frames.length = 0`. */
  readonly frames: RecordedFrame[] = []
  /** Which page the browser plays. */
  readonly dialect: DialectName
  readonly #app: FastifyInstance
  readonly #url: string
  readonly #options: BrowserOptions
  readonly #answers = new Map<string, (...args: unknown[]) => unknown>()
  readonly #listeners = new Set<(frame: RecordedFrame) => void>()
  readonly #handles: HandleHost
  readonly #settleable: Settleable
  #line: Line
  #page: Page
  #credentials: Credentials | null
  #viewport: Size
  #fault: Error | null = null
  #activity = 0
  #attached = false
  #working = false
  readonly #untold: RecordedFrame[] = []

  /** @internal */
  constructor (app: FastifyInstance, url: string, options: BrowserOptions) {
    super()
    const { path, credentials } = takeCredentials(url)
    this.#app = app
    this.#url = path
    this.#options = options
    this.dialect = options.dialect ?? 'ours'
    this.#credentials = options.session === undefined ? credentials : { id: options.session.id, token: options.session.token }
    this.#viewport = options.viewport ?? { width: 1280, height: 800 }
    this.#page = this.#makePage()
    this.#line = this.#makeLine()
    // The one that handles see is always the present page, so that they hold through a reload.
    const current = (): TestBrowser => this
    this.#handles = {
      get page () { return current().#page },
      get blocked () { return current().#blocked },
      check: () => this.#check(),
      idle: () => this.idle(),
      handle: widget => makeHandle(this.#handles, widget)
    }
    this.#settleable = {
      get label () { return `the browser of ${path}` },
      get live () {
        const { connected, closing, slow, held } = current().#line
        return (connected || closing) && !slow && !held
      },
      get busy () { return current().#page.busy || current().#line.closing },
      get activity () { return current().#activity },
      get line () { return current().#line },
      get session () { return current().session }
    }
  }

  // ---- how it stands ----

  /** Whether the line is up. */
  get connected (): boolean { return this.#line.connected }
  /** How the last line ended; null while it is up. */
  override get closed (): Closed | null { return this.#line.closed }
  /** What opens this session from another browser; null where there is none (any more). */
  get credentials (): Credentials | null { return this.#credentials }
  /** Whether a replay has begun and is not complete. */
  get replaying (): boolean { return this.#page.reports.replaying }
  /** Replays that this page has had. */
  get replays (): number { return this.#page.replays }
  /** Size of the page in px. */
  get viewport (): Size { return this.#viewport }
  /** The session, where it is in this process; null if it has ended. */
  override get session (): Session | null {
    return this.#credentials === null ? null : this.#app.pgwidgets.sessions.get(String(this.#credentials.id)) ?? null
  }

  /** The server's end of the line; null while there is none. */
  get connection (): ReturnType<typeof connectionOf> { return connectionOf(this.#settleable) }

  /**
   * Waits until nothing happens any more: everything that the server and the open browsers of the application have
   * said was taken and answered, and all handlers are done that need nothing but promises. For handlers that wait for
   * time, or for the world outside, there is `until()`.
   */
  async idle (): Promise<void> {
    this.#check()
    const { slow, held } = this.#line
    if (this.connected && (slow || held)) throw new Error(`idle: the line is ${slow ? 'slow; call fast()' : 'held; call release()'} first`)
    await settle(this.#app)
    this.#check()
  }

  /** Waits until a condition holds, which is looked at after each frame. @param timeout - ms. */
  async until (condition: () => unknown, timeout = PATIENCE): Promise<void> {
    const deadline = performance.now() + timeout
    while (true) {
      this.#check()
      if (Boolean(condition()) === true) return
      if (performance.now() > deadline) throw new Error(`until: the condition does not hold after ${timeout} ms; the browser shows:\n${outline(this.#page.model)}`)
      await this.#nextFrame(deadline - performance.now())
    }
  }

  /** Calls a function for each frame that comes or goes; returns what ends that. */
  onFrame (listener: (frame: RecordedFrame) => void): () => void {
    this.#listeners.add(listener)
    return () => { this.#listeners.delete(listener) }
  }

  // ---- what a person and a page do ----

  /** Lets the pause pass that pages wait for before they report what was typed. */
  flushTyping (): void { this.#page.typing.flush() }

  /** Gives the page another size. */
  resizeViewport (width: number, height: number): void {
    this.#viewport = { width, height }
    this.#line.send({ type: 'viewport', width, height })
    this.#page.geometry.look()
  }

  /** Answers a question of the server's, by the wire name of the method, e.g. `get_position`, in place of the kit. */
  answer (method: string, answer: (widget: WidgetHandle, ...args: unknown[]) => unknown): void {
    this.#answers.set(method, answer as (...args: unknown[]) => unknown)
  }

  /** Sends anything: an object or text as a text frame, bytes as a binary one. For tests of what no browser does. */
  send (frame: object | string | Uint8Array): void { this.#line.sendRaw(frame) }

  // ---- the line ----

  /** Cuts the line, as a lost network does; with a code, closes it. The page stays as it is. */
  async dropLine ({ code }: { code?: number } = {}): Promise<void> {
    this.#line.end(code)
    await this.#line.ended()
    await nextTurn()
  }

  /** Comes back with the same page and its credentials. */
  async reconnect (): Promise<void> {
    if (this.connected) throw new Error('reconnect: the line is up; call dropLine() first')
    const { closed } = this.#line
    if (closed !== null && isFinal(closed.code)) throw new Error(`reconnect: the server refused this browser for good (${closed.code} ${closed.reason}); reload() starts afresh`)
    await this.open()
  }

  /** Loads the page anew, with the same credentials. */
  async reload (): Promise<void> {
    if (this.#line.closed === null) await this.dropLine({ code: 1001 })
    this.#page = this.#makePage()
    await this.open()
  }

  /** Another browser for the same session. */
  async secondBrowser (options: Omit<BrowserOptions, 'session'> = {}): Promise<TestBrowser> {
    if (this.#credentials === null) throw new Error('secondBrowser: this browser has no session')
    const { headers, remoteAddress } = this.#options
    const second = new TestBrowser(this.#app, this.#url, {
      ...(headers !== undefined && { headers }), ...(remoteAddress !== undefined && { remoteAddress }), ...options, session: this.#credentials
    })
    await second.open()
    return second
  }

  /** Leaves, as a person does who closes the tab. */
  async close (): Promise<void> {
    await this.dropLine({ code: 1001 })
  }

  /** Stops reading, so that everything that the server sends piles up at its end. */
  slow (): void { this.#line.setSlow(true) }
  /** Reads on. */
  fast (): void { this.#line.setSlow(false) }

  /** Holds frames back: those to the browser, those from it, or both. Lasts until `release()`, or as long as the line. */
  hold (direction?: Direction): void { this.#line.hold(direction) }
  /** Lets through what was held, and holds nothing any more. */
  release (direction?: Direction): void { this.#line.release(direction) }
  /** Lets a number of held frames through; returns how many there were. */
  step (count = 1, direction: Direction = 'in'): number { return this.#line.step(direction, count) }
  /** Frames that are held, each way. */
  get waiting (): Readonly<Record<Direction, number>> { return this.#line.waiting }

  /** @internal */
  async open (): Promise<void> {
    this.#line = this.#makeLine()
    this.#attached = false
    browsers(this.#app).add(this.#settleable)
    await this.#line.open({
      app: this.#app, path: this.#url, headers: this.#options.headers ?? {}, remoteAddress: this.#options.remoteAddress ?? '127.0.0.1'
    })
    const deadline = performance.now() + PATIENCE
    while (!this.#attached && this.#line.closed === null) {
      if (performance.now() > deadline) throw new Error(`openBrowser: no handshake within ${PATIENCE} ms`)
      await this.#nextFrame(deadline - performance.now())
    }
    if (this.connected && !this.#line.held) await this.idle()
  }

  get #blocked (): string | null {
    if (!dialects[this.dialect].closesWhenDown) return null
    if (!this.connected) return 'the line is down'
    return this.replaying ? 'a replay is under way' : null
  }

  protected override get page (): Page { return this.#page }

  protected override get handles (): HandleHost { return this.#handles }

  #check (): void { if (this.#fault !== null) throw this.#fault }

  #makeLine (): Line {
    const page = this.#page
    return new Line({
      frame: frame => this.#frame(page, frame),
      closed: closed => {
        page.disconnected()
        browsers(this.#app).delete(this.#settleable)
        if (isFinal(closed.code)) this.#credentials = null
        this.#activity++
        this.#tell({ direction: 'in', data: '', messages: [] })
      }
    })
  }

  #makePage (): Page {
    const browser = (): TestBrowser => this
    const host: PageHost = {
      send: message => this.#line.send(message),
      sendBytes: bytes => this.#line.sendRaw(bytes),
      get credentials () { return browser().#credentials },
      get viewport () { return browser().#viewport },
      attached: credentials => {
        this.#credentials = credentials
        this.#attached = true
        this.#line.send({ type: 'viewport', ...this.#viewport })
      },
      fault: reason => { this.#fault ??= new Error(`the server is at fault: ${reason}`) },
      answer: (widget, method, args) => {
        const answer = this.#answers.get(method)
        return answer === undefined ? undefined : { value: answer(makeHandle(this.#handles, widget), ...args) }
      }
    }
    return new Page(dialects[this.dialect], host)
  }

  #frame (page: Page, frame: RecordedFrame): void {
    this.#activity++
    this.frames.push(frame)
    this.#untold.push(frame)
    if (frame.direction === 'in') {
      this.#working = true
      if (typeof frame.data === 'string') page.text(frame.data)
      else page.bytes(frame.data)
      this.#working = false
    }
    // In the order in which they went over the line, and when the page has done what is in them.
    if (!this.#working) for (const frame of this.#untold.splice(0)) this.#tell(frame)
  }

  #tell (frame: RecordedFrame): void { for (const listener of [...this.#listeners]) listener(frame) }

  async #nextFrame (timeout: number): Promise<void> {
    await new Promise<void>(resolve => {
      const done = (): void => {
        clearTimeout(timer)
        off()
        resolve()
      }
      const timer = setTimeout(done, timeout)
      const off = this.onFrame(done)
    })
  }
}

/** A browser does not come back after such a code. */
function isFinal (code: number): boolean { return code >= 4000 && code <= 4999 }
