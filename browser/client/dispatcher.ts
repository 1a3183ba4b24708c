import type { Callback } from '../widgets/callback.ts'
import { webAddress } from '../../lib/protocol/web-address.ts'
import { resolve, serialise, UnknownName } from './arguments.ts'
import type { CallbackQueue } from './callbacks.ts'
import type { Fonts } from './fonts.ts'
import type { Scenes } from './scenes.ts'
import { Transfers } from './transfers.ts'
import type { Message } from './transfers.ts'

/** What the dispatcher needs of the client. */
export interface Peers {
  readonly scenes: Scenes
  readonly callbacks: CallbackQueue
  readonly fonts: Fonts
  /** The answer to `init`: credentials, if there are any. */
  greet (): Message
  /** A `session-info` came. */
  attached (message: Message): void
  /** A `transfer-refused` came. */
  refused (message: Message): void
  send (frame: object): boolean
  /** Opens an address in a tab of its own. */
  openTab (url: string): void
  /** Something came that a server should not send. */
  problem (text: string): void
}

type Method = (...args: unknown[]) => unknown

/** What an answer holds besides type and id; null where none is due. */
type Outcome = Message | null

const DONE: Message = {}

const answered = (act: (message: Message) => void) => (message: Message): Outcome => {
  act(message)
  return DONE
}

const unanswered = (act: (message: Message) => void) => (message: Message): Outcome => {
  act(message)
  return null
}

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && !Array.isArray(value)
const textOf = (error: unknown): string => error instanceof Error ? error.message : String(error)
const list = (value: unknown): readonly unknown[] => Array.isArray(value) ? value : []

/** Acts on the frames of the server, and answers them. */
export class Dispatcher {
  readonly #peers: Peers
  readonly #transfers: Transfers
  readonly #actions: Readonly<Record<string, (message: Message) => Outcome>> = {
    init: () => this.#init(),
    'session-info': unanswered(message => this.#peers.attached(message)),
    'reconstruct-start': ({ next_wid: nextWid }) => this.#startReplay(nextWid),
    'reconstruct-end': () => this.#endReplay(),
    create: message => this.#create(message),
    call: message => ({ value: this.#call(message) }),
    batch: ({ calls }) => this.#batch(list(calls)),
    listen: answered(({ wid, action }) => this.#widget(wid).listen(String(action))),
    unlisten: answered(({ wid, action }) => this.#widget(wid).unlisten(String(action))),
    'binary-call': unanswered(message => this.#transfers.call(message)),
    'binary-call-chunked': unanswered(message => this.#transfers.open(message)),
    'binary-chunk': unanswered(message => this.#transfers.chunk(message)),
    'register-font': answered(message => this.#peers.fonts.register(message)),
    'set-default-font': answered(message => this.#peers.fonts.setDefault(message)),
    'transfer-refused': unanswered(message => this.#peers.refused(message)),
    'open-url': answered(({ url }) => this.#openUrl(String(url)))
  }

  constructor (peers: Peers) {
    this.#peers = peers
    this.#transfers = new Transfers((header, bytes) => this.#deliver(header, bytes), peers.problem)
  }

  /** A text frame: one message, or an array of them, which one array answers. */
  text (frame: string): void {
    let message: unknown
    try {
      message = JSON.parse(frame)
    } catch {
      return this.#peers.problem('frame that is not JSON')
    }
    this.#peers.callbacks.flush()
    if (Array.isArray(message)) {
      this.#peers.send(message.map(item => this.#answer(item)).filter(answer => answer !== null))
    } else {
      const answer = this.#answer(message)
      if (answer !== null) this.#peers.send(answer)
    }
  }

  /** A binary frame. */
  bytes (frame: ArrayBuffer): void {
    this.#peers.callbacks.flush()
    this.#transfers.bytes(frame)
  }

  /** The connection is gone, and with it all that was half sent. */
  reset (): void { this.#transfers.clear() }

  #answer (message: unknown): object | null {
    if (!isMessage(message)) {
      this.#peers.problem('frame that is no message')
      return null
    }
    const { type, id } = message
    try {
      const act = Object.hasOwn(this.#actions, String(type)) ? this.#actions[String(type)] : undefined
      if (act === undefined) throw new UnknownName(`Unknown message type: ${String(type)}`)
      const outcome = act(message)
      return outcome === null ? null : { type: 'result', id, ...outcome }
    } catch (error) {
      return { type: 'error', id, error: textOf(error) }
    }
  }

  #openUrl (url: string): void {
    const target = webAddress(url, document.baseURI)
    if (target === null) throw new Error(`Not a URL to open: ${url}`)
    this.#peers.openTab(target)
  }

  #init (): Outcome {
    this.#transfers.clear()
    this.#peers.callbacks.replaying = false
    this.#peers.scenes.begin(1)
    return this.#peers.greet()
  }

  #startReplay (nextWid: unknown): Outcome {
    this.#peers.callbacks.replaying = true
    this.#peers.scenes.begin(typeof nextWid === 'number' && nextWid > 0 ? nextWid : 1)
    this.#peers.scenes.expectReplay()
    return DONE
  }

  #endReplay (): Outcome {
    this.#peers.callbacks.replaying = false
    this.#peers.scenes.complete()
    return DONE
  }

  #create ({ wid, class: className, args }: Message): Outcome {
    if (wid !== undefined && !(Number.isSafeInteger(wid) && (wid as number) > 0)) throw new RangeError(`Not a widget id: ${String(wid)}`)
    const { current: scene } = this.#peers.scenes
    const widget = scene.create(String(className), wid as number | undefined, list(args).map(arg => resolve(arg, scene)))
    return { wid: widget.wid, next_wid: scene.nextWid }
  }

  #call ({ wid, method, args, silent }: Message, ...bytes: unknown[]): unknown {
    const widget = this.#widget(wid)
    const run = this.#method(widget, String(method))
    const resolved = list(args).map(arg => resolve(arg, widget.scene))
    const apply = (): unknown => run.apply(widget, [...bytes, ...resolved])
    const value = silent === true ? this.#peers.callbacks.silently(apply) : apply()
    return value === undefined ? undefined : serialise(value)
  }

  // What a call names wrongly is noted and passed over; what a method throws ends the batch.
  #batch (calls: readonly unknown[]): Outcome {
    const errors: string[] = []
    for (const call of calls) {
      try {
        this.#call(isMessage(call) ? call : {})
      } catch (error) {
        if (!(error instanceof UnknownName)) throw error
        errors.push(error.message)
      }
    }
    return errors.length === 0 ? DONE : { value: { errors } }
  }

  #deliver (header: Message, bytes: ArrayBuffer | ArrayBufferView): void {
    try {
      this.#call(header, bytes)
    } catch (error) {
      this.#peers.problem(textOf(error))
    }
  }

  #widget (wid: unknown): Callback {
    const widget = typeof wid === 'number' ? this.#peers.scenes.current.widget(wid) : undefined
    if (widget === undefined) throw new UnknownName(`Unknown widget id: ${String(wid)}`)
    return widget
  }

  #method (widget: Callback, name: string): Method {
    const { outline } = widget
    const method = outline.methods.has(name) ? (widget as unknown as Record<string, unknown>)[name] : undefined
    if (typeof method !== 'function') throw new UnknownName(`Unknown method: ${name} on ${outline.class}`)
    return method as Method
  }
}
