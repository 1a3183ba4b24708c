import { Batch, Message } from '../session/message.ts'
import { isRef } from '../protocol/values.ts'
import { SlowQueue } from './queue.ts'

type Body = Readonly<Record<string, unknown>>
interface CallBody { readonly wid: number, readonly method: string, readonly args: readonly unknown[] }

/** Aliases above which those of widgets that have ended are looked for. */
const MANY = 256

/** A reference page shows these texts as HTML. */
const asHtml = (text: unknown): unknown =>
  typeof text !== 'string' ? text : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/**
 * The ids that a reference page chose for widgets which have ids of the server's: it makes wrappers by itself and names
 * them in its answer. Until that has come, what is said to such a widget is held back, in its order; then it goes out
 * under the page's id, and what the page reports under that comes in under the server's.
 */
export class Aliases {
  /** By the server's id; null while the page has not answered, 0 if it never will. */
  readonly #theirs = new Map<number, number | null>()
  readonly #ours = new Map<number, number>()
  /** Wrappers whose ids are awaited, by the message that the page answers. */
  readonly #awaited = new Map<number, number>()
  readonly #held = new SlowQueue()
  readonly #exists: (wid: number) => boolean

  /** @param exists - Whether the server still has a widget of this id. */
  constructor (exists: (wid: number) => boolean) { this.#exists = exists }

  /** Bytes that wait for ids. */
  get held (): number { return this.#held.bytes }

  /** Whether something that may change the state key is held back. */
  touches (key: string): boolean { return this.#held.touches(key) }

  /** The page has forgotten everything. */
  reset (): void {
    this.#theirs.clear()
    this.#ours.clear()
    this.#awaited.clear()
    this.#held.clear()
  }

  /** What of a batch can go out, as the page understands it. The rest is held back. */
  outgoing (batch: Batch): Batch {
    if (batch.replay) this.reset()
    if (this.#theirs.size === 0 && batch.messages.every(({ wrapper }) => wrapper === null)) return batch
    return new Batch(batch.messages.flatMap(message => this.#translate(message)), batch.replay)
  }

  /**
   * Takes an answer. Returns what was held back for the widget whose id it names, under numbers of `nextId`.
   *
   * @param id - The message that is answered.
   */
  answered (id: number, value: unknown, nextId: (message: Message) => number): Message[] {
    const ours = this.#awaited.get(id)
    if (ours === undefined) return []
    this.#awaited.delete(id)
    const theirs = isRef(value) ? value.__wid__ : 0
    this.#theirs.set(ours, theirs)
    if (theirs > 0) this.#ours.set(theirs, ours)
    // What was said to a window that has been closed meanwhile is of no use, but a question wants its answer.
    const held = this.#held.take().filter(({ wid, body }) => this.#exists(wid) || (body.type === 'call' && body.silent !== true))
    return held.flatMap(message => this.#translate(message.wid === ours ? copy(message, message.body, nextId(message)) : message))
  }

  /** What the page reports, in the server's ids. */
  incoming<Report extends { readonly wid: number, readonly args: readonly unknown[] }> (report: Report): Report {
    const wid = this.#ours.get(report.wid)
    return wid === undefined ? report : { ...report, wid }
  }

  #translate (message: Message): Message[] {
    const { body, wid, wrapper, id } = message
    if (wrapper !== null) {
      this.#expect(id, wrapper)
      return [copy(message, withHtml(body as unknown as CallBody & Body))]
    }
    if (body.type === 'batch') return this.#translateBatch(message)
    const theirs = this.#theirs.get(wid)
    if (theirs === undefined) return [message]
    if (theirs === null) this.#held.add(message)
    return theirs === null || theirs === 0 ? [] : [copy(message, { ...withHtml(body as unknown as CallBody & Body), wid: theirs })]
  }

  // Calls of other widgets do not wait: newer ones would overtake them.
  #translateBatch (message: Message): Message[] {
    const calls = message.body.calls as readonly CallBody[]
    if (!calls.some(({ wid }) => this.#theirs.has(wid))) return [message]
    const known: object[] = []
    for (const call of calls) {
      const theirs = this.#theirs.get(call.wid)
      if (theirs === undefined) known.push(call)
      else if (theirs === null) this.#held.add(new Message(message.id, { type: 'call', id: message.id, ...call }, { touches: message.touches }))
      else if (theirs > 0) known.push({ ...withHtml(call), wid: theirs })
    }
    return [copy(message, { ...message.body, calls: known })]
  }

  #expect (id: number, wrapper: number): void {
    if (this.#theirs.size > MANY) {
      for (const [ours, theirs] of this.#theirs) {
        if (this.#exists(ours) || theirs === null) continue
        this.#theirs.delete(ours)
        this.#ours.delete(theirs)
      }
    }
    this.#theirs.set(wrapper, null)
    this.#awaited.set(id, wrapper)
  }
}

function withHtml<Call extends CallBody> (call: Call): Call {
  const { method, args } = call
  if (method === 'set_title') return { ...call, args: args.map(asHtml) }
  const options = args?.[1] as { readonly title?: unknown } | undefined
  return method !== 'add_widget' || options?.title === undefined ? call : { ...call, args: [args[0], { ...options, title: asHtml(options.title) }] }
}

function copy ({ id: before, touches, coalesce, bytes, wrapper }: Message, body: Body, id = before): Message {
  return new Message(id, { ...body, id }, { touches, coalesce, ...(bytes !== null && { bytes }), ...(wrapper !== null && { wrapper }) })
}
