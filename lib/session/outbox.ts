import { Batch, Message } from './message.ts'
import type { Peer } from './peer.ts'

/** For whom a message is: everybody, all but one, or one alone. */
export type Audience = { readonly except: Peer } | { readonly only: Peer } | null

interface Entry { readonly message: Message, readonly audience: Audience }

/** Collects the messages of a tick and hands them to the browsers together. */
export class Outbox {
  readonly #peers: ReadonlySet<Peer>
  readonly #nextId: () => number
  readonly #prepare: () => void
  #entries: Entry[] = []
  #scheduled: NodeJS.Immediate | null = null
  #atomic: Message[] | null = null

  /** @param prepare - Adds what is only known at the end of the tick. */
  constructor (peers: ReadonlySet<Peer>, nextId: () => number, prepare: () => void) {
    this.#peers = peers
    this.#nextId = nextId
    this.#prepare = prepare
  }

  get empty (): boolean { return this.#entries.length === 0 && this.#scheduled === null }

  add (message: Message, audience: Audience): void {
    // What a call in a batch answers is not told.
    if (this.#atomic !== null && audience === null && message.body.type === 'call' && message.wrapper === null) {
      this.#atomic.push(message)
      return
    }
    // What is made in a batch goes before its calls; anything else that cannot be part of it keeps its place among them.
    if (this.#atomic !== null && !EARLY.has(message.body.type as string)) this.#closeBatch()
    this.#entries.push({ message, audience })
    this.schedule()
  }

  /** Sees to it that the tick ends with a flush. */
  schedule (): void {
    // Not a microtask: what several handlers of one turn of the event loop change should travel together.
    this.#scheduled ??= setImmediate(() => this.flush())
  }

  /** Whether something is collected for this browser that may change the state key (`wid.key`). */
  touches (peer: Peer, key: string): boolean {
    if (this.#entries.length > MANY) this.flush()
    return this.#entries.some(({ message, audience }) => message.touches.includes(key) && isFor(audience, peer))
  }

  /** Calls made by `change` become one `batch` message; what it creates goes before it. */
  atomic (change: () => void): void {
    if (this.#atomic !== null) return change()
    this.#atomic = []
    try {
      change()
    } finally {
      // Even after an error: the model has changed, and browsers must follow it.
      this.#closeBatch()
      this.#atomic = null
    }
  }

  #closeBatch (): void {
    const calls = this.#atomic ?? []
    if (calls.length === 0) return
    this.#atomic = null
    this.add(asOne(this.#nextId(), calls), null)
    this.#atomic = []
  }

  /** Hands over now what is collected. */
  flush (): void {
    this.#prepare()
    if (this.#scheduled !== null) clearImmediate(this.#scheduled)
    this.#scheduled = null
    if (this.#entries.length === 0) return
    const entries = this.#entries
    this.#entries = []
    const named = new Set<Peer>()
    for (const { audience } of entries) {
      if (audience !== null) named.add('only' in audience ? audience.only : audience.except)
    }
    const shared = new Batch(messagesFor(entries, null))
    for (const peer of this.#peers) {
      const batch = named.has(peer) ? new Batch(messagesFor(entries, peer)) : shared
      if (batch.messages.length > 0) peer.deliver(batch)
    }
  }

  /** Forgets everything; for a session that ended. */
  clear (): void {
    this.#entries = []
    if (this.#scheduled !== null) clearImmediate(this.#scheduled)
    this.#scheduled = null
  }
}

/** Whether a message is meant for a browser; null stands for one that no message names. */
export function isFor (audience: Audience, peer: Peer | null): boolean {
  return audience === null || ('only' in audience ? audience.only === peer : audience.except !== peer)
}

/** Entries above which looking through them costs more than sending them. */
const MANY = 200

const EARLY: ReadonlySet<string> = new Set(['create', 'listen', 'unlisten'])

/** The messages meant for one browser; for `null`, those meant for browsers that no entry names. */
function messagesFor (entries: readonly Entry[], peer: Peer | null): Message[] {
  return entries
    .filter(({ audience }) => isFor(audience, peer))
    .map(({ message }) => message)
}

function asOne (id: number, calls: readonly Message[]): Message {
  const bodyOf = (bodies: ReadonlyArray<Message['body']>): Record<string, unknown> => ({ type: 'batch', id, calls: bodies.map(callIn) })
  const known = calls.map(({ plain }) => plain).filter(plain => plain !== null)
  const plain = calls.every(({ body, plain }) => plain === body) ? {} : { plain: known.length === 0 ? null : bodyOf(known) }
  return new Message(id, bodyOf(calls.map(({ body }) => body)), {
    touches: calls.flatMap(({ touches }) => touches), renews: calls.some(({ renews }) => renews), ...plain
  })
}

/** A call as it stands in a batch. */
function callIn ({ type: _type, id: _id, ...call }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return call
}
