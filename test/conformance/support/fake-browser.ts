/** The least that a page does, over injectWS: answers every message at once and keeps a model of what it was sent. */
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'
import type { Session } from '../../../lib/index.ts'
import { inject } from '../../../lib/testing/inject.ts'
import { BrowserModel } from './model.ts'
import type { Message, Report } from './trace.ts'

/** How long a frame may keep a test waiting, ms. */
const PATIENCE = 5000

const SILENT = new Set(['session-info', 'binary-call', 'binary-call-chunked', 'binary-chunk'])

export interface Greeting { readonly session_id?: unknown, readonly token?: unknown }

export class FakeBrowser {
  readonly model = new BrowserModel()
  /** All messages that came, in order. */
  readonly messages: Message[] = []
  /** What it was told on admission. */
  info: { session_id: string, token: string } | null = null
  /** Whether messages are answered. */
  answering = true
  closed: { code: number, reason: string } | null = null
  readonly #socket: WebSocket
  readonly #waiting = new Set<() => void>()

  private constructor (socket: WebSocket, greeting: Greeting | null) {
    this.#socket = socket
    socket.on('message', (data, binary) => {
      if (binary) this.model.bytes(data as Buffer)
      else this.#text(JSON.parse(String(data)) as Message | Message[], greeting)
      this.#look()
    })
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) }
      this.#look()
    })
    // The server may cut the line of a hostile browser while that still writes.
    socket.on('error', () => {})
  }

  /** Connects; `greeting` answers `init`, unless it is null. Returns before the server has said anything. */
  static async connect (app: FastifyInstance, path: string, greeting: Greeting | null = {}): Promise<FakeBrowser> {
    let browser: FakeBrowser | undefined
    await inject(app, path, {}, socket => { browser = new FakeBrowser(socket, greeting) })
    return browser as FakeBrowser
  }

  /** Connects and waits until everything that there is has come. */
  static async open (app: FastifyInstance, path: string, greeting: Greeting = {}): Promise<FakeBrowser> {
    const browser = await FakeBrowser.connect(app, path, greeting)
    await browser.until(() => browser.closed !== null || browser.messages.some(({ type }) => type === 'reconstruct-end'), 'the end of the replay')
    return browser
  }

  send (message: unknown): void { this.#socket.send(typeof message === 'string' ? message : JSON.stringify(message)) }

  sendBytes (bytes: Uint8Array): void { this.#socket.send(bytes) }

  /** Resolves when the server has taken every frame sent so far: it answers a ping after those before it. */
  async taken (): Promise<void> {
    if (this.closed !== null) return
    let answered = false
    this.#socket.once('pong', () => { answered = true; this.#look() })
    this.#socket.ping()
    await this.until(() => answered || this.closed !== null, 'a pong')
  }

  /** The line breaks without a word. */
  cut (): void { this.#socket.terminate() }

  /** What the user did: changes what the page shows, then is reported. */
  report (report: Report): void {
    this.model.report(report)
    this.send({ type: 'callback', ...report })
  }

  /** Waits for what frames bring about. */
  async until (holds: () => boolean, what: string): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`${what} did not come; the last messages are ${JSON.stringify(this.messages.slice(-5))}`))
      }, PATIENCE)
      const look = (): void => {
        if (!holds()) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  #text (frame: Message | Message[], greeting: Greeting | null): void {
    const answers = (Array.isArray(frame) ? frame : [frame]).map(message => this.#take(message, greeting)).filter(answer => answer !== null)
    if (answers.length > 0 && this.answering) this.send(Array.isArray(frame) ? answers : answers[0])
  }

  #take (message: Message, greeting: Greeting | null): object | null {
    this.messages.push(message)
    if (message.type === 'init') return greeting === null ? null : { type: 'result', id: 0, ...greeting }
    if (message.type === 'session-info') this.info = message as unknown as { session_id: string, token: string }
    this.model.apply(message)
    if (SILENT.has(String(message.type))) return null
    const { id, wid } = message
    return message.type === 'create' ? { type: 'result', id, wid, next_wid: (wid as number) + 1 } : { type: 'result', id, value: this.model.ask(message) }
  }

  #look (): void { for (const look of [...this.#waiting]) look() }
}

/** Waits until the server has taken everything that this browser sent, and the browser all that the server had to say. */
export async function settle (session: Session, browser: FakeBrowser): Promise<void> {
  await browser.taken()
  await session.settled()
}
