import type { FastifyBaseLogger, FastifyRequest } from 'fastify'
import { CloseCode, CloseReason } from '../protocol/close-codes.ts'
import { TOO_DEEP, decodeBrowserFrame } from '../protocol/decode.ts'
import type { BrowserMessage } from '../protocol/schemas.ts'
import type { GrantRecord, Role } from '../session/grants.ts'
import { receive } from '../session/inbound.ts'
import type { Verdict } from '../session/inbound.ts'
import { Batch } from '../session/message.ts'
import type { Message } from '../session/message.ts'
import type { Peer } from '../session/peer.ts'
import type { Session } from '../session/session.ts'
import type { Upload, UploadFailure } from '../session/upload.ts'
import { kCore } from '../session/widget.ts'
import { Aliases } from './aliases.ts'
import { shorten, withoutBatches, withoutExtensions } from './fallback.ts'
import { identityOf } from './identity.ts'
import { Outbound } from './outbound.ts'
import { Rate } from './rate.ts'
import type { ConnectionLimits, ConnectionOwner } from './owner.ts'
import { CLOSING, OPEN } from './socket.ts'
import type { Socket } from './socket.ts'
import { Throttle } from './throttle.ts'
import { Uploads } from './uploads.ts'

/** Messages in one frame of a browser: an answer to a large replay has as many as the replay. */
const MAX_MESSAGES = 1_000_000

/** Seconds in which as many invalid frames as the limit allows are forgiven. */
const FORGIVEN_IN = 3600

/** Characters of a browser's error text that are logged. */
const LONGEST_ERROR = 500

/** Codes of the limits that uploads meet. */
const UPLOAD_CODES: Readonly<Partial<Record<UploadFailure, string>>> = {
  maxTransfers: 'PGW_ERR_MAX_TRANSFERS', maxTransferBytes: 'PGW_ERR_TRANSFER_BYTES', transferTimeout: 'PGW_ERR_TRANSFER_TIMEOUT'
}

/** One browser that looks at a session. */
export class Connection implements Peer {
  /** Unique in the process. */
  readonly id: string
  /** The upgrade request: user, params, query. */
  readonly request: FastifyRequest
  /** Logs with `connectionId` and, once known, `sessionId`. */
  log: FastifyBaseLogger
  /** Size of the browser's viewport in CSS px; null until it was reported. */
  viewport: { readonly width: number, readonly height: number } | null = null
  /** When the connection was opened, in ms since the epoch. */
  readonly openedAt = Date.now()
  /** Counters of this connection. */
  readonly counts = { framesIn: 0, bytesIn: 0, messages: 0, taken: 0, invalid: 0, stale: 0, watching: 0, throttled: 0, replays: 0 }
  /** Whether the page reports geometry only where a person set it, as ours does. @internal */
  reportsGestures = false
  /** Whether the page knows the methods that the project adds to the protocol. @internal */
  extended = false
  readonly #socket: Socket
  readonly #limits: ConnectionLimits
  readonly #owner: ConnectionOwner
  readonly #outbound: Outbound
  #session: Session | null = null
  #grant: GrantRecord | null = null
  #barred = false
  readonly #throttle: Throttle
  readonly #faults: Rate
  #handshake: NodeJS.Timeout | null
  #closing = false
  #farewell: NodeJS.Timeout | undefined
  #alive = true
  /** When a sign of life was asked for last. */
  #asked = 0
  readonly #uploads: Uploads
  #batches = true
  readonly #aliases = new Aliases(wid => this.#session?.[kCore].tree.nodes.has(wid) === true)

  /** @internal */
  constructor (id: string, socket: Socket, request: FastifyRequest, limits: ConnectionLimits, owner: ConnectionOwner) {
    this.id = id
    this.request = request
    this.log = request.log.child({ connectionId: id })
    this.#socket = socket
    this.#limits = limits
    this.#throttle = new Throttle(socket, limits.framesPerSecond, limits.frameBurst)
    this.#faults = new Rate(limits.maxInvalidFrames / FORGIVEN_IN, limits.maxInvalidFrames)
    this.#owner = owner
    this.#outbound = new Outbound(socket, limits, {
      dropped: bytes => {
        this.log.warn({ code: 'PGW_ERR_HIGH_MARK', bytes }, 'slow browser, its queue was dropped')
        owner.limited(this, 'highMark')
      },
      drained: () => this.#renew('slow browser has caught up and was replayed to'),
      frame: frame => owner.frame(this, 'out', frame, typeof frame === 'string'),
      hopeless: bytes => {
        this.log.warn({ code: 'PGW_ERR_HARD_LIMIT', bytes }, 'slow browser, its connection is closed')
        owner.limited(this, 'hardLimit')
        this.close(CloseCode.overload, CloseReason.overload)
      }
    })
    this.#uploads = new Uploads(limits, {
      failed: (upload, why) => this.#uploadFailed(upload, why),
      readSince: () => this.#throttle.readSince
    })
    // Before anything is awaited, so that no early frame is lost.
    socket.on('message', (data, isBinary) => this.#guard(() => this.#message(data, isBinary)))
    socket.on('close', (code, reason) => this.#closed(code, reason.toString()))
    socket.on('error', error => {
      const large = (error as { code?: string }).code === 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH'
      this.log.info({ err: error, ...(large && { code: 'PGW_ERR_FRAME_BYTES' }) }, 'socket error')
      if (large) owner.limited(this, 'maxFrameBytes')
    })
    socket.on('pong', () => { this.#alive = true })
    this.#handshake = setTimeout(() => {
      this.log.info({ code: 'PGW_ERR_HANDSHAKE' }, 'the handshake was not completed in time')
      owner.limited(this, 'handshakeTimeout')
      this.close(CloseCode.handshake, CloseReason.handshake)
    }, limits.handshakeTimeout)
    this.#handshake.unref()
    this.#outbound.greet({ type: 'init', id: 0 })
  }

  /** The user, as the route's `identify` said; null where it says nothing. */
  get identity (): string | null { return identityOf(this.request)?.id ?? null }
  /** What the browser may do: everything, or only look. */
  get role (): Role { return this.#grant?.role ?? 'operator' }
  /** The link that the browser came by; null for the session's owner. @internal */
  get grant (): GrantRecord | null { return this.#grant }
  /** @internal */
  get barred (): boolean { return this.#barred }

  /** The session that the browser looks at; null before the handshake is complete. */
  get session (): Session | null { return this.#session }
  /** Bytes that wait to be sent. */
  get queuedBytes (): number { return this.#outbound.queued }
  /** Frames and bytes sent, and calls that newer ones replaced because the browser was slow. */
  get sent (): { frames: number, bytes: number, coalesced: number } {
    const { frames, bytes, coalesced } = this.#outbound
    return { frames, bytes, coalesced }
  }

  /** Whether frames can be sent. */
  get open (): boolean { return !this.#closing && this.#socket.readyState === OPEN }

  /**
   * Ends the connection.
   * @param code - WebSocket close code; a browser comes back after one outside 4000–4999. Default 4005, for good.
   * @param reason - What the person is told; at most 123 bytes.
   */
  close (code: number = CloseCode.dismissed, reason = ''): void {
    if (this.#closing) return
    this.#socket.close(code, shorten(reason))
    this.#closing = true
    // A peer that never answers the close frame would hold the server's own close up for half a minute.
    this.#farewell = setTimeout(() => this.#socket.terminate(), this.#limits.closeTimeout).unref()
  }

  /**
   * Has the browser open a URL in a tab of its own, as `session.openUrl()` has all of the session.
   * @param url - A web or mail address, or one relative to the page.
   * @throws PGW_ERR_INVALID_ARGUMENT
   */
  openUrl (url: string): void { this.#session?.[kCore].openUrl('connection.openUrl', url, { only: this }) }

  /** Says something that is not about a widget. @internal */
  tell (body: Record<string, unknown>): void { this.#session?.[kCore].tell(body, { only: this }) }

  /** @internal */
  bar (code: number, reason: string): void {
    this.#barred = true
    this.close(code, reason)
  }

  /** @internal */
  deliver (batch: Batch): void {
    if (!this.open) return
    if (!this.extended && batch.messages.some(({ renews }) => renews)) return this.#renew('the browser could not follow and was replayed to')
    const known = this.extended ? batch : this.#aliases.outgoing(withoutExtensions(batch))
    if (this.#aliases.held > this.#limits.highMark) return this.#outbound.giveUp()
    if (known.messages.length > 0) this.#outbound.deliver(this.#batches ? known : withoutBatches(known))
  }

  /** @internal */
  get replayedAt (): number { return this.#outbound.replayedAt }

  /** @internal */
  underWay (key: string): boolean { return this.#outbound.underWay(key) || this.#aliases.touches(key) }

  /** @internal */
  settled (): Promise<void> { return this.open ? this.#outbound.settled() : Promise.resolve() }

  /** Brings the browser in line with the session, from nothing; returns the number of messages. @internal */
  attach (): number {
    this.counts.replays++
    return this.#session?.[kCore].attach(this, this.#owner.introduction(this)) ?? 0
  }

  /** What may be told of a connection: not its request, which holds the secrets of its user. */
  toJSON (): { id: string, role: Role, identity: string | null, sessionId: string | null } {
    return { id: this.id, role: this.role, identity: this.identity, sessionId: this.#session?.id ?? null }
  }

  /** Called at each heartbeat; a browser that let the last one pass without a sign of life is gone. @internal */
  beat (): void {
    if (this.#socket.readyState === CLOSING) return this.#socket.terminate()
    // While it was not read, its signs of life were not heard either.
    if (!this.#alive && this.#throttle.readSince <= this.#asked) {
      this.log.info({ code: 'PGW_ERR_HEARTBEAT' }, 'no sign of life, the connection is cut')
      this.#owner.limited(this, 'heartbeatInterval')
      this.#socket.terminate()
      return
    }
    this.#alive = false
    this.#asked = performance.now()
    if (this.#socket.readyState === OPEN) this.#socket.ping()
  }

  /** @param text - For the log. */
  #renew (text: string): void { if (this.#session !== null) this.#owner.renew(this, this.#session, text) }

  /** Nothing that a browser sends may throw past its connection. */
  #guard (work: () => void): void {
    try {
      work()
    } catch (error) {
      this.log.error({ err: error }, 'a frame could not be handled')
      this.#invalid('it could not be handled')
    }
  }

  #message (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean): void {
    if (this.#closing) return
    this.#alive = true
    const bytes = Array.isArray(data) ? Buffer.concat(data) : data instanceof ArrayBuffer ? Buffer.from(data) : data
    this.counts.framesIn++
    this.counts.bytesIn += bytes.byteLength
    this.#owner.frame(this, 'in', bytes, !isBinary)
    if (bytes.byteLength > this.#limits.maxFrameBytes) {
      this.log.warn({ code: 'PGW_ERR_FRAME_BYTES', bytes: bytes.byteLength }, 'a frame is too large')
      this.#owner.limited(this, 'maxFrameBytes')
      return this.#unreadable(`a frame of ${bytes.byteLength} bytes, more than ${this.#limits.maxFrameBytes}`)
    }
    if (isBinary) return this.#bytes(bytes)
    const { messages, refused } = decodeBrowserFrame(bytes.toString(), { maxDepth: this.#limits.maxFrameDepth, maxMessages: MAX_MESSAGES })
    let callbacks = 0
    for (const { type } of messages) if (type === 'callback') callbacks++
    this.#count(Math.max(1, callbacks))
    if (refused[0]?.startsWith(TOO_DEEP) === true) {
      this.log.warn({ code: 'PGW_ERR_FRAME_DEPTH' }, 'a frame nests too deeply')
      this.#owner.limited(this, 'maxFrameDepth')
    }
    for (const reason of refused) {
      this.#unreadable(reason)
      if (this.#closing) return
    }
    for (const message of messages) {
      if (this.#closing) return
      this.counts.messages++
      if (this.#take(message)) this.counts.taken++
    }
  }

  /** Whether the message had an effect; otherwise it was counted as what it was. */
  #take (message: BrowserMessage): boolean {
    const session = this.#session
    if (message.type === 'viewport') return this.#resized(message)
    if (session === null) {
      if (message.type === 'result' && message.id === 0) return this.#greeted(message)
      return this.#invalid(`${message.type} before the handshake was complete`)
    }
    switch (message.type) {
      case 'callback': return this.#callback(session, message)
      case 'result': case 'error': return this.#answer(session, message)
      case 'binary-chunk': return this.#judged(session, this.#uploads.header(message))
    }
  }

  #callback (session: Session, message: Extract<BrowserMessage, { type: 'callback' }>): boolean {
    const verdict = receive(session[kCore], this, this.#aliases.incoming(message))
    if (verdict.kind === 'upload') return this.#judged(session, this.#uploads.open(verdict.upload))
    // What comes to nothing may have announced files, which come all the same.
    const id = transferOf(message.args[0])
    if (id !== null) this.#uploads.ignore(id, verdict.kind === 'watching' ? 'watching' : 'stale')
    return this.#judged(session, verdict)
  }

  #judged (session: Session, verdict: Verdict): boolean {
    switch (verdict.kind) {
      case 'taken': return true
      case 'invalid': return this.#invalid(verdict.reason)
      case 'overload':
        this.log.warn({ code: 'PGW_ERR_PENDING_CALLBACKS', pending: session[kCore].tasks.length }, 'handlers do not keep up, the connection is closed')
        this.#owner.limited(this, 'maxPendingCallbacks')
        this.close(CloseCode.overload, CloseReason.busy)
        this.counts.stale++
        return false
      default:
        this.counts[verdict.kind]++
        return false
    }
  }

  #greeted ({ session_id: id, token, reports, extensions = 0 }: { session_id?: string | number, token?: string | number, reports?: string, extensions?: number }): boolean {
    this.reportsGestures = reports === 'gestures'
    this.extended = extensions >= 1
    if (this.#handshake !== null) clearTimeout(this.#handshake)
    this.#handshake = null
    const outcome = this.#owner.admit(this, { id: id === undefined ? null : String(id), token: token === undefined ? null : String(token) })
    if ('code' in outcome) {
      this.close(outcome.code, outcome.reason)
      return true
    }
    const { session, fresh, grant, token: granted } = outcome
    this.#session = session
    this.#grant = grant
    this.log = this.log.child({ sessionId: session.id })
    this.#outbound.greet({ type: 'session-info', session_id: session.id, token: granted, ...(this.role !== 'operator' && { role: this.role }), ...(this.extended && { extensions: 1 }) })
    this.#owner.admitted(this, session, fresh)
    return true
  }

  #answer (session: Session, answer: Extract<BrowserMessage, { type: 'result' | 'error' }>): boolean {
    const { id } = answer
    const message = id === undefined || (answer.type === 'result' && answer.value === undefined) ? undefined : this.#outbound.find(id)
    if (id !== undefined) {
      // First, so that there is no moment in which all seems to be answered.
      const due = this.#aliases.answered(id, answer.type === 'result' ? answer.value : null, message => session[kCore].renumber(message.id))
      if (due.length > 0) this.#outbound.deliver(new Batch(due))
      this.#outbound.answered(id)
      if (session[kCore].queries.answered(this, id, answer)) return true
    }
    if (answer.type === 'error') {
      if (message === undefined) {
        this.counts.stale++
        return false
      }
      this.#refusedByBrowser(message, answer.error)
    } else if (message?.body.type === 'batch') {
      this.#reportBatchErrors(answer.value)
    }
    return true
  }

  #count (messages: number): void {
    if (!this.#throttle.take(messages) || this.counts.throttled++ > 0) return
    this.log.warn({ code: 'PGW_ERR_FRAME_RATE', framesPerSecond: this.#limits.framesPerSecond }, 'too many frames, the browser is read more slowly')
    this.#owner.limited(this, 'framesPerSecond')
  }

  #resized ({ width, height }: { width: number, height: number }): true {
    this.viewport = { width, height }
    return true
  }

  #bytes (bytes: Uint8Array): void {
    this.#count(1)
    if (this.#session === null) return this.#unreadable('a binary frame before the handshake was complete')
    this.counts.messages++
    if (this.#judged(this.#session, this.#uploads.bytes(bytes))) this.counts.taken++
  }

  #uploadFailed (upload: Upload, why: UploadFailure): void {
    const code = UPLOAD_CODES[why]
    if (code !== undefined) {
      this.log.warn({ code, transfer: upload.id, wid: upload.wid, files: upload.files.length, bytes: upload.size }, 'files are not taken')
      this.#owner.limited(this, why)
    }
    // A reference page does not know the message, and would answer with an error.
    if (!this.extended || !this.open) return
    const limit = why === 'invalid' || why === 'disconnected' ? undefined : this.#limits[why]
    this.#outbound.greet({ type: 'transfer-refused', transfer_id: upload.id, reason: why, ...(limit !== undefined && Number.isFinite(limit) && { limit }) })
  }

  #reportBatchErrors (value: unknown): void {
    const errors = (value as { errors?: unknown } | null)?.errors
    if (!Array.isArray(errors)) return
    this.log.warn({ errors: errors.slice(0, 10).map(error => String(error).slice(0, LONGEST_ERROR)) }, 'the browser could not do all of a batch')
  }

  #refusedByBrowser (message: Message, error: string): void {
    if (message.body.type === 'batch' && error.startsWith('Unknown message type')) {
      if (!this.#batches) return
      // Other calls have passed the refused ones by now: only a replay puts them back in order.
      this.#batches = false
      this.log.info('the browser does not know batches and gets single calls')
      this.attach()
      return
    }
    const { type, wid, method, class: className } = message.body as { type?: string, wid?: number, method?: string, class?: string }
    // A window that its user has closed meanwhile, say: what was on its way there met nothing.
    const { tree, lastWid } = (this.#session as Session)[kCore]
    const level = wid !== undefined && wid <= lastWid && !tree.nodes.has(wid) ? 'debug' : 'warn'
    this.log[level]({ error: error.slice(0, LONGEST_ERROR), message: { type, wid, method, class: className } }, 'the browser refused a message')
  }

  /** A frame, or a message in one, that could not be read. */
  #unreadable (reason: string): void {
    this.counts.messages++
    this.#invalid(reason)
  }

  /** Counts and logs it, and closes the connection after too many. @returns false, for those who ask whether it was taken. */
  #invalid (reason: string): false {
    this.counts.invalid++
    this.log.warn({ reason, invalid: this.counts.invalid }, 'invalid frame')
    // Forgiven in time: a connection that lives for weeks may stumble now and then.
    if (this.#faults.take(performance.now()) > 0) {
      this.log.warn({ code: 'PGW_ERR_INVALID_FRAMES', invalid: this.counts.invalid }, 'too many invalid frames, the connection is closed')
      this.#owner.limited(this, 'maxInvalidFrames')
      this.close(CloseCode.invalid, CloseReason.invalid)
    }
    return false
  }

  #closed (code: number, reason: string): void {
    this.#closing = true
    clearTimeout(this.#farewell)
    if (this.#handshake !== null) clearTimeout(this.#handshake)
    this.#outbound.end()
    this.#uploads.end()
    this.#session?.[kCore].detach(this)
    this.#owner.closed(this, { code, reason })
  }
}

/** The transfer that a report announces; null if it does not. */
function transferOf (payload: unknown): number | null {
  const id = typeof payload === 'object' && payload !== null ? (payload as { transfer_id?: unknown }).transfer_id : undefined
  return typeof id === 'number' ? id : null
}
