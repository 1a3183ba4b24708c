import { CloseCode } from '../../lib/protocol/close-codes.ts'

/** Bounds of the wait before another attempt, ms. */
const FIRST_WAIT = 250
const LONGEST_WAIT = 15_000
/** Bounds of the wait after the service went down on purpose, and all its browsers with it, ms. */
const SHORTEST_SPREAD = 500
const LONGEST_SPREAD = 4000
/** Longest wait that a server may ask for, ms. */
const LONGEST_RETRY_AFTER = 300_000
/** A line that was up for this long did hold: after its loss, waiting begins anew. ms */
const HELD = 5000
/** Statuses by which a server, or what protects it, says that there are too many requests. */
const BUSY: readonly number[] = [429, 503]
/** How long the page waits for its own URL to answer, ms. */
const PROBE_TIMEOUT = 5000

/** What the client does about the line. */
export interface LineEvents {
  text (frame: string): void
  bytes (frame: ArrayBuffer): void
  /** The line is down, or could not be opened; attempts to bring it back have begun. */
  down (): void
  /** The page's own URL has answered; `wait` is how long, in ms, the service wants to be left alone. */
  busy (wait: number): void
  /** The server closed for good. */
  refused (code: number, reason: string): void
  /** The page's own URL wants something of the user, a login for instance, that only loading it anew can show. */
  stale (): void
}

/** Where the line goes. */
export interface LineOptions {
  /** WebSocket URL. */
  readonly socket: string
  /** Page to ask why a socket could not be opened: a page is not told. */
  readonly page: () => string
}

const retryAfter = (header: string | null): number => {
  if (header === null) return 0
  const wait = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now()
  return Math.min(Math.max(wait || 0, 0), LONGEST_RETRY_AFTER)
}

/** A WebSocket that comes back by itself, unless the server closes it for good (codes 4000 to 4999). */
export class Line {
  readonly #options: LineOptions
  readonly #events: LineEvents
  readonly #abort = new AbortController()
  #socket: WebSocket | null = null
  #attempts = 0
  #since = Infinity
  #timer = 0
  /** Whether waiting may be cut short when things look better. */
  #impatient = false

  constructor (options: LineOptions, events: LineEvents) {
    this.#options = options
    this.#events = events
    const { signal } = this.#abort
    window.addEventListener('online', () => this.#hurry(), { signal })
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'visible') this.#hurry() }, { signal })
  }

  /** Opens the line; one that is open is closed first. */
  open (): void {
    this.#hangUp()
    const socket = new WebSocket(this.#options.socket)
    let opened = false
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => { opened = true })
    socket.addEventListener('message', ({ data }) => {
      if (this.#socket !== socket) return
      if (typeof data === 'string') this.#events.text(data)
      else this.#events.bytes(data as ArrayBuffer)
    })
    socket.addEventListener('close', ({ code, reason }) => {
      if (this.#socket !== socket) return
      this.#socket = null
      if (code >= 4000 && code <= 4999) return this.#events.refused(code, reason)
      this.#events.down()
      void this.#retry(opened, code === CloseCode.restart)
    })
    this.#socket = socket
  }

  /** The server has let us in. Whether the next loss is a new one is seen only then: it may close at once, each time. */
  established (): void { this.#since = performance.now() }

  /** Sends a frame. Returns false if there is no open line to take it. */
  send (frame: object): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(JSON.stringify(frame))
    return true
  }

  /** Sends bytes. Returns false if there is no open line to take them. */
  sendBytes (bytes: ArrayBuffer): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false
    this.#socket.send(bytes)
    return true
  }

  /** Bytes that were sent and have not left. */
  get unsent (): number { return this.#socket?.bufferedAmount ?? 0 }

  /** Ends the line for good. */
  dispose (): void {
    this.#abort.abort()
    this.#hangUp()
  }

  #hangUp (): void {
    clearTimeout(this.#timer)
    this.#impatient = false
    const socket = this.#socket
    this.#socket = null
    socket?.close()
  }

  async #retry (opened: boolean, restart: boolean): Promise<void> {
    if (performance.now() - this.#since >= HELD) this.#attempts = 0
    this.#since = Infinity
    const ceiling = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** this.#attempts++)
    const asked = opened ? 0 : await this.#probe()
    if (this.#abort.signal.aborted || this.#socket !== null) return
    if (!opened) this.#events.busy(asked)
    this.#impatient = asked === 0
    // Everywhere a part is left to chance: those who were sent away together should not come back together.
    const wait = restart ? SHORTEST_SPREAD + Math.random() * (LONGEST_SPREAD - SHORTEST_SPREAD) : asked + Math.random() * ceiling
    this.#timer = window.setTimeout(() => this.open(), wait)
  }

  #hurry (): void {
    if (!this.#impatient) return
    this.#impatient = false
    this.open()
  }

  /** Finds out why no socket could be opened. Returns the wait that the server asks for, ms. */
  async #probe (): Promise<number> {
    try {
      const response = await fetch(this.#options.page(), {
        redirect: 'manual',
        cache: 'no-store',
        headers: { accept: 'text/html' },
        signal: AbortSignal.any([this.#abort.signal, AbortSignal.timeout(PROBE_TIMEOUT)])
      })
      const { status, type } = response
      if (type === 'opaqueredirect' || status === 401 || status === 403) this.#events.stale()
      return BUSY.includes(status) ? retryAfter(response.headers.get('retry-after')) : 0
    } catch {
      // No answer at all: the server is down, and the next attempt will show when it is back.
      return 0
    }
  }
}
