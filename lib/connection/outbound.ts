import { Batch } from '../session/message.ts'
import type { Message } from '../session/message.ts'
import { SlowQueue } from './queue.ts'
import { OPEN } from './socket.ts'
import type { Socket } from './socket.ts'

/** Marks that say how slow a browser may be. All in bytes but the last. */
export interface QueueLimits {
  /** Above this many unsent bytes, messages wait in a queue that keeps the newest value of each setter. */
  readonly lowMark: number
  /** Above this many waiting bytes the queue is dropped; the browser is replayed to when it has caught up. */
  readonly highMark: number
  /** Above this many unsent bytes the connection is closed. */
  readonly hardLimit: number
  /** Unanswered messages above which further ones wait, however fast the line is. */
  readonly maxUnanswered: number
}

/** What happens to a slow browser. */
export interface OutboundEvents {
  /** The queue was dropped. */
  dropped (bytes: number): void
  /** Everything was sent after the queue was dropped: the browser needs a replay. */
  drained (): void
  /** A frame is sent. */
  frame (frame: string | Uint8Array): void
  /** The browser is too far behind to be helped. */
  hopeless (bytes: number): void
}

/** The way out of a connection: what was sent and not answered, and what waits to be sent. */
export class Outbound {
  readonly #socket: Socket
  readonly #limits: QueueLimits
  readonly #events: OutboundEvents
  readonly #queue = new SlowQueue()
  #unanswered: Batch[] = []
  #unansweredMessages = 0
  #writing = 0
  #stale = false
  #waiters: Array<() => void> = []
  /** When a replay was last answered, in ms of `performance.now()`. */
  replayedAt = -Infinity
  /** Frames sent. */
  frames = 0
  /** Bytes sent. */
  bytes = 0

  constructor (socket: Socket, limits: QueueLimits, events: OutboundEvents) {
    this.#socket = socket
    this.#limits = limits
    this.#events = events
  }

  /** Bytes that wait here and in the socket. */
  get queued (): number { return this.#queue.bytes + this.#socket.bufferedAmount }
  /** Calls that newer ones took the place of, because the browser was slow. */
  get coalesced (): number { return this.#queue.coalesced }
  /** Whether everything was sent and answered. */
  get idle (): boolean { return this.#unanswered.length === 0 && this.#queue.empty && !this.#stale }
  /** Whether the queue was dropped and a replay is due. */
  get stale (): boolean { return this.#stale }

  deliver (batch: Batch): void {
    if (batch.replay) {
      this.#queue.clear()
      this.#stale = false
      return this.#write(batch)
    }
    if (this.#stale) return
    if (this.#queue.empty && !this.#busy()) return this.#write(batch)
    for (const message of batch.messages) this.#queue.add(message)
    if (this.#queue.bytes > this.#limits.highMark) this.#drop()
  }

  /** Drops what waits, for the browser to be replayed to when it has caught up. */
  giveUp (): void {
    if (this.#stale) return
    this.#drop()
    this.#resume()
  }

  #drop (): void {
    const { bytes } = this.#queue
    this.#queue.clear()
    this.#stale = true
    this.#events.dropped(bytes)
  }

  /** Sends a message that stands outside the numbered ones (`init`, `session-info`). */
  greet (message: object): void {
    const text = JSON.stringify(message)
    this.bytes += Buffer.byteLength(text)
    this.#send([text])
  }

  /** Takes the id of an answer. Browsers answer in order, so that everything before it is answered too. */
  answered (id: number): void {
    let done = 0
    for (const batch of this.#unanswered) {
      if (batch.lastAnswered > id) break
      done++
      if (batch.replay) this.replayedAt = performance.now()
      else this.#unansweredMessages -= batch.messages.length
    }
    if (done === 0) return
    this.#unanswered.splice(0, done)
    this.#resume()
    this.#settle()
  }

  /** The message of this id, if it is not answered yet. */
  find (id: number): Message | undefined {
    const batch = this.#unanswered.find(({ lastAnswered }) => lastAnswered >= id)
    return batch?.messages.find(message => message.id === id)
  }

  /** Whether a message that may change the state key is waiting or unanswered. */
  underWay (key: string): boolean {
    return this.#stale || this.#queue.touches(key) || this.#unanswered.some(batch => batch.touches(key))
  }

  settled (): Promise<void> {
    return this.idle ? Promise.resolve() : new Promise(resolve => { this.#waiters.push(resolve) })
  }

  /** The connection is over. */
  end (): void {
    this.#queue.clear()
    this.#unanswered = []
    this.#stale = false
    this.#settle()
  }

  #busy (): boolean {
    return this.#socket.bufferedAmount > this.#limits.lowMark || this.#unansweredMessages > this.#limits.maxUnanswered
  }

  #write (batch: Batch): void {
    if (batch.lastAnswered > 0) {
      this.#unanswered.push(batch)
      if (!batch.replay) this.#unansweredMessages += batch.messages.length
    }
    this.#send(batch.frames)
    this.bytes += batch.bytes
    const { bufferedAmount } = this.#socket
    if (bufferedAmount > this.#limits.hardLimit) this.#events.hopeless(bufferedAmount)
  }

  #send (frames: readonly (string | Uint8Array)[]): void {
    if (this.#socket.readyState !== OPEN) return
    for (const frame of frames) {
      const text = typeof frame === 'string'
      this.frames++
      this.#events.frame(frame)
      // Who keeps up is not asked when: only what may end above the low mark has to say when it has left.
      if (this.#socket.bufferedAmount > 0 || (text ? frame.length : frame.byteLength) > this.#limits.lowMark / 4) {
        this.#writing++
        this.#socket.send(frame, { binary: !text }, this.#sent)
      } else {
        this.#socket.send(frame, { binary: !text })
      }
    }
  }

  readonly #sent = (): void => {
    this.#writing--
    this.#resume()
  }

  #resume (): void {
    if (this.#stale) {
      // Only when nothing is left in the socket: what a replay sends would be added to it.
      if (this.#writing === 0 && this.#socket.readyState === OPEN) this.#events.drained()
      return
    }
    if (this.#queue.empty || this.#busy()) return
    this.#write(new Batch(this.#queue.take()))
  }

  #settle (): void {
    if (!this.idle) return
    for (const resolve of this.#waiters.splice(0)) resolve()
  }
}
