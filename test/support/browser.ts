/** A browser's end of a connection as thin as can be: frames in, frames out, and answers where a browser gives them. */
import { once } from 'node:events'
import type { WebSocket } from 'ws'

/** A message, either way. */
export type Frame = Record<string, unknown> & { readonly type: string }

/** How a browser behaves. */
export interface Manners {
  /** Credentials that it shows. */
  readonly credentials?: { readonly session_id?: unknown, readonly token?: unknown } | undefined
  /** It tells sizes that people made from those that a layout made, as our page does. @default false */
  readonly gestures?: boolean
  /** It knows what the project adds to the protocol, as our page does. @default false */
  readonly extended?: boolean
  /** Answers `init`; else the test does. @default true */
  readonly greet?: boolean
  /** Answers messages. @default true */
  readonly answer?: boolean
  /** Answers in place of a plain result; undefined for the plain result, null for no answer at all. */
  readonly reply?: (message: Frame) => Frame | null | undefined
}

const UNANSWERED = new Set(['session-info', 'binary-call', 'binary-call-chunked', 'binary-chunk'])

/** Milliseconds that a test waits for what should come at once. */
const PATIENCE = 5000

export class Browser {
  readonly socket: WebSocket
  /** Frames as they came: parsed text, or bytes. */
  readonly frames: Array<Frame | Frame[] | Buffer> = []
  /** Messages as they came, arrays taken apart; bytes among them. */
  readonly messages: Array<Frame | Buffer> = []
  /** Resolves when the connection is over. */
  readonly closed: Promise<{ code: number, reason: string }>
  answering: boolean
  readonly #manners: Manners
  readonly #waiting = new Set<() => void>()

  constructor (socket: WebSocket, manners: Manners = {}) {
    this.socket = socket
    this.#manners = manners
    this.answering = manners.answer !== false
    this.closed = new Promise(resolve => socket.on('close', (code, reason) => resolve({ code, reason: reason.toString() })))
    socket.on('error', () => {})
    socket.on('message', (data: Buffer, isBinary) => this.#take(data, isBinary))
  }

  /** All messages but bytes. */
  get texts (): Frame[] { return this.messages.filter(message => !Buffer.isBuffer(message)) as Frame[] }

  /** Messages of a type. */
  of (type: string): Frame[] { return this.texts.filter(message => message.type === type) }

  /** Arguments of the calls of a method, of one widget or of any. */
  calls (method: string, wid?: number, texts = this.texts): unknown[][] {
    const inBatches = texts.flatMap(message => message.type === 'batch' ? message.calls as Frame[] : message.type === 'call' ? [message] : [])
    return inBatches.filter(call => call.method === method && (wid === undefined || call.wid === wid)).map(call => call.args as unknown[])
  }

  /** What the browser was told last by a setter, since it was last replayed to. */
  last (method: string, wid?: number): unknown[] | undefined {
    const { texts } = this
    return this.calls(method, wid, texts.slice(texts.findLastIndex(({ type }) => type === 'reconstruct-start'))).at(-1)
  }

  /** Credentials as the server gave them. */
  get credentials (): { session_id: string, token: string } {
    const info = this.of('session-info').at(-1)
    if (info === undefined) throw new Error('no session-info came')
    return { session_id: info.session_id as string, token: info.token as string }
  }

  send (message: unknown): void { this.socket.send(JSON.stringify(message)) }
  raw (data: string | Buffer): void { this.socket.send(data) }
  callback (wid: number, action: string, ...args: unknown[]): void { this.send({ type: 'callback', wid, action, args }) }

  /** Resolves once a message is there for which `matches` holds; the messages so far count. */
  wait (matches: (message: Frame) => boolean, what = 'a message'): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.texts.find(matches)
        if (found !== undefined) settle(() => resolve(found))
      }
      const settle = (how: () => void): void => {
        this.#waiting.delete(look)
        clearTimeout(timer)
        how()
      }
      const timer = setTimeout(() => settle(() => reject(new Error(`${what} did not come; last was ${JSON.stringify(this.messages.at(-1))}`))), PATIENCE)
      this.#waiting.add(look)
      look()
    })
  }

  /** Resolves when the browser has been sent the session as it is. */
  ready (): Promise<Frame> { return this.wait(({ type }) => type === 'reconstruct-end', 'the replay') }

  /**
   * Resolves when the server has read all that was sent so far and everything that follows from it at once is here:
   * a pong comes behind whatever the server said before.
   */
  async sync (): Promise<void> {
    for (let round = 0; round < 2; round++) {
      if (this.socket.readyState !== this.socket.OPEN) return
      let timer: NodeJS.Timeout | undefined
      const late = new Promise((_resolve, reject) => { timer = setTimeout(() => reject(new Error('the server does not answer a ping')), PATIENCE) })
      const pong = once(this.socket, 'pong')
      this.socket.ping()
      await Promise.race([pong, this.closed, late])
      clearTimeout(timer)
      await new Promise(resolve => setImmediate(resolve))
      await new Promise(resolve => setImmediate(resolve))
    }
  }

  /** Leaves, and resolves when the line is closed. */
  leave (): Promise<{ code: number, reason: string }> {
    this.socket.close()
    return this.closed
  }

  /** The line drops, without a word. */
  drop (): Promise<{ code: number, reason: string }> {
    this.socket.terminate()
    return this.closed
  }

  /** Answers a frame as a browser does. */
  answer (frame: Frame | Frame[]): void {
    if (Array.isArray(frame)) return this.send(frame.map(message => this.#resultOf(message)).filter(answer => answer !== null))
    const answer = this.#resultOf(frame)
    if (answer !== null) this.send(answer)
  }

  #resultOf (message: Frame): object | null {
    const own = this.#manners.reply?.(message)
    if (own !== undefined) return own
    if (message.type === 'init') return this.#manners.greet === false ? null : { type: 'result', id: message.id, ...this.#manners.credentials, ...(this.#manners.gestures === true && { reports: 'gestures' }), ...(this.#manners.extended === true && { extensions: 1 }) }
    if (UNANSWERED.has(message.type) || !this.answering) return null
    if (message.type === 'create') return { type: 'result', id: message.id, value: { wid: message.wid, next_wid: 1 }, wid: message.wid, next_wid: 1 }
    return { type: 'result', id: message.id }
  }

  #take (data: Buffer, isBinary: boolean): void {
    if (isBinary) {
      this.frames.push(data)
      this.messages.push(data)
    } else {
      const frame = JSON.parse(data.toString()) as Frame | Frame[]
      this.frames.push(frame)
      if (Array.isArray(frame)) this.messages.push(...frame)
      else this.messages.push(frame)
      if (this.socket.readyState === this.socket.OPEN) this.answer(frame)
    }
    for (const look of [...this.#waiting]) look()
  }
}
