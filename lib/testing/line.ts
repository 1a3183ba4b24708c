/** One connection of a test browser: a WebSocket over a pair of streams, with brakes. */
import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import { inject } from './inject.ts'

/** A frame that a test browser has taken from, or given to, its line. */
export interface RecordedFrame {
  /** Towards the browser, or from it. */
  readonly direction: 'in' | 'out'
  /** Text as it was on the wire, or bytes. */
  readonly data: string | Uint8Array
  /** The messages of a text frame, whether or not it was an array; none of a binary one. */
  readonly messages: ReadonlyArray<Readonly<Record<string, unknown>>>
}

/** Which way frames are held: to the browser, from it, or both. */
export type Direction = 'in' | 'out'

/** Why a line ended. */
export interface Closed { readonly code: number, readonly reason: string }

/** Whom a line tells. */
export interface LineEvents {
  /** A frame came, or one leaves; a held one when it is let through. */
  frame (frame: RecordedFrame): void
  closed (closed: Closed): void
}

/** Where and as whom to connect. */
export interface LineTarget {
  readonly app: FastifyInstance
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly remoteAddress: string
}

/** By this key a connection's request leads back to the line, and so a browser to its connection at the server. */
export const kLine = Symbol('pgwidgets.testing.line')

export class Line {
  readonly #events: LineEvents
  readonly #held: Record<Direction, Array<() => void>> = { in: [], out: [] }
  readonly #holding: Record<Direction, boolean> = { in: false, out: false }
  #socket: WebSocket | null = null
  /** Frames given to the socket, for the server's count of what came to be compared with. */
  sent = 0
  slow = false
  closed: Closed | null = null

  constructor (events: LineEvents) { this.#events = events }

  /** @throws Error where the upgrade is refused. */
  async open ({ app, path, headers, remoteAddress }: LineTarget): Promise<void> {
    const context = {
      headers: { host: 'localhost', origin: 'http://localhost', ...headers },
      // Without a socket, `request.ip` is undefined and everything that asks for it fails.
      socket: { remoteAddress },
      [kLine]: this
    }
    try {
      await inject(app, path, context, socket => this.#use(socket))
    } catch (error) {
      throw new Error(`openBrowser: ${(error as Error).message}`, { cause: (error as Error).cause })
    }
  }

  get connected (): boolean { return this.#socket !== null && this.closed === null && this.#socket.readyState === 1 }

  /** Whether one end has said goodbye and the other is about to. */
  get closing (): boolean { return this.#socket?.readyState === 2 && this.closed === null }

  /** Frames that are held. */
  get waiting (): Record<Direction, number> { return { in: this.#held.in.length, out: this.#held.out.length } }

  get held (): boolean { return this.#holding.in || this.#holding.out || this.#held.in.length > 0 || this.#held.out.length > 0 }

  send (message: object): void {
    if (!this.connected) return
    this.#take('out', { data: JSON.stringify(message) })
  }

  /** Sends anything as it is. */
  sendRaw (frame: object | string | Uint8Array): void {
    if (!this.connected) return
    this.#take('out', { data: typeof frame === 'string' || frame instanceof Uint8Array ? frame : JSON.stringify(frame) })
  }

  hold (direction?: Direction): void { for (const way of ways(direction)) this.#holding[way] = true }

  release (direction?: Direction): void {
    for (const way of ways(direction)) {
      this.#holding[way] = false
      this.step(way, Infinity)
    }
  }

  /** Lets held frames through; returns how many. */
  step (direction: Direction, count: number): number {
    const held = this.#held[direction]
    let done = 0
    for (; done < count; done++) {
      const pass = held.shift()
      if (pass === undefined) break
      pass()
    }
    return done
  }

  /** Stops or resumes reading, so that the server's socket fills up for real. */
  setSlow (slow: boolean): void {
    this.slow = slow
    if (slow) this.#socket?.pause()
    else this.#socket?.resume()
  }

  /** Cuts the line, or closes it with a code. */
  end (code?: number): void {
    const socket = this.#socket
    if (socket === null || this.closed !== null) return
    if (code === undefined) socket.terminate()
    else socket.close(code)
  }

  /** Resolves when the line is over. */
  async ended (): Promise<void> {
    if (this.closed !== null || this.#socket === null) return
    await new Promise<void>(resolve => { this.#socket?.once('close', () => resolve()) })
  }

  #use (socket: WebSocket): void {
    this.#socket = socket
    socket.on('message', (data, isBinary) => this.#take('in', { data: isBinary ? new Uint8Array(data as Buffer) : String(data) }))
    socket.on('close', (code, reason) => this.#end({ code, reason: String(reason) }))
    // `close` follows and says all that there is to say.
    socket.on('error', () => {})
  }

  #take (direction: Direction, { data }: { data: string | Uint8Array }): void {
    const pass = (): void => {
      if (direction === 'out') {
        if (!this.connected) return
        this.#socket?.send(data)
        this.sent++
      }
      this.#events.frame({ direction, data, messages: messagesOf(data) })
    }
    if (this.#holding[direction] || this.#held[direction].length > 0) this.#held[direction].push(pass)
    else pass()
  }

  #end (closed: Closed): void {
    this.closed = closed
    this.#held.in.length = 0
    this.#held.out.length = 0
    this.#events.closed(closed)
  }
}

function messagesOf (data: string | Uint8Array): RecordedFrame['messages'] {
  if (typeof data !== 'string') return []
  try {
    const parsed: unknown = JSON.parse(data)
    return (Array.isArray(parsed) ? parsed : [parsed]) as RecordedFrame['messages']
  } catch {
    return []
  }
}

function ways (direction: Direction | undefined): Direction[] { return direction === undefined ? ['in', 'out'] : [direction] }
