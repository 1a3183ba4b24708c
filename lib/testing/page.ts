/** What a page does with the frames of a server. */
import { decodeServerFrame } from '../protocol/decode.ts'
import type { ServerMessage } from '../protocol/schemas.ts'
import { isRef } from '../protocol/values.ts'
import { blankAnswer, faultsOfCall, faultsOfCreate } from './arguments.ts'
import type { Dialect } from './dialects/index.ts'
import { Geometry } from './geometry.ts'
import type { Size } from './geometry.ts'
import { echoesOf } from './gestures/echoes.ts'
import { Model, UnknownName, methodOf } from './model.ts'
import type { PageWidget } from './model.ts'
import { Reports, refTo } from './reports.ts'
import { Transfers } from './transfers.ts'
import { Typing } from './typing.ts'
import { Uploads } from './uploads.ts'

/** What a page needs of the browser around it. */
export interface PageHost {
  send (message: object | readonly object[]): void
  sendBytes (bytes: Uint8Array): void
  /** What the page stored of an earlier connection. */
  readonly credentials: Credentials | null
  /** The server has let the page in. */
  attached (credentials: Credentials): void
  /** The server breaks the protocol. */
  fault (reason: string): void
  /** A test's own answer to a question; undefined if it has none. */
  answer (widget: PageWidget, method: string, args: readonly unknown[]): { readonly value: unknown } | undefined
  readonly viewport: Size
}

/** What opens a session. */
export interface Credentials { readonly id: string | number, readonly token: string | null }

/** A font that the server registered. */
export type Font = Omit<Extract<ServerMessage, { type: 'register-font' }>, 'type' | 'id'>
/** The default font of the page. */
export type DefaultFont = Extract<ServerMessage, { type: 'set-default-font' }>['font']

type Body = Readonly<Record<string, unknown>>
type CallBody = Extract<ServerMessage, { type: 'batch' }>['calls'][number]

const LIMITS = { maxDepth: 64, maxMessages: 1_000_000 }

export class Page {
  readonly dialect: Dialect
  readonly model: Model
  readonly reports: Reports
  readonly typing: Typing
  readonly geometry: Geometry
  readonly uploads: Uploads
  readonly fonts: Font[] = []
  readonly openedUrls: string[] = []
  /** Errors that the page answered. */
  readonly errors: string[] = []
  defaultFont: DefaultFont = null
  /** The widget that `set_focus` was called on last. */
  focused: PageWidget | null = null
  /** Replays that were completed. */
  replays = 0
  readonly #host: PageHost
  readonly #transfers: Transfers
  readonly #trailing = new Set<PageWidget>()
  #carried: ReturnType<Typing['carry']> | null = null
  #frames: Array<() => void> = []

  constructor (dialect: Dialect, host: PageHost) {
    this.dialect = dialect
    this.#host = host
    this.reports = new Reports(dialect, message => host.send(message), task => this.#nextFrame(task))
    this.typing = new Typing(dialect, this.reports)
    this.model = new Model(dialect, (widget, patch) => this.typing.admit(widget, patch))
    this.geometry = new Geometry(this, () => host.viewport, task => this.#nextFrame(task))
    this.uploads = new Uploads(dialect, message => host.send(message), bytes => host.sendBytes(bytes))
    this.#transfers = new Transfers((header, bytes) => this.#deliver(header, bytes))
  }

  /** Whether the page has work of its own to do: an animation frame, or bytes that are still to come or to go. */
  get busy (): boolean { return this.#frames.length > 0 || this.#transfers.pending || this.uploads.busy }

  /** A text frame. */
  text (frame: string): void {
    const { messages, refused } = decodeServerFrame(frame, LIMITS)
    for (const reason of refused) this.#host.fault(`the server sent a frame that the protocol does not allow: ${reason}: ${frame.slice(0, 200)}`)
    // Done before anything that the server says is acted on, so that both sides agree on the order.
    this.reports.flush()
    if (frame.startsWith('[')) {
      this.#host.send(messages.flatMap(message => this.#inArray(message)) as object[])
    } else {
      for (const message of messages) {
        const answer = this.#answer(message)
        if (answer !== null) this.#host.send(answer)
      }
    }
    this.geometry.look()
  }

  /** A binary frame. */
  bytes (frame: Uint8Array): void {
    this.reports.flush()
    try {
      this.#transfers.bytes(frame)
    } catch (error) {
      this.#host.fault((error as Error).message)
    }
  }

  /** The line is down: what was half sent or not sent yet is lost, except for what is typed. */
  disconnected (): void {
    this.#transfers.clear()
    this.uploads.clear()
    this.reports.clear()
    this.#frames = []
    this.#trailing.clear()
  }

  /** Reports the consequences of what was just done to the model, if that is not suppressed. */
  echo (): void {
    for (const echo of this.model.takeEchoes()) {
      for (const [action, ...args] of echoesOf(echo, this.model)) this.reports.fire(echo.widget, action, args)
    }
  }

  /** A person scrolls. @param key - State that says where the widget is scrolled to. */
  scroll (widget: PageWidget, key: string, place: readonly number[]): void {
    if ((widget.state[key] as number[]).join() === place.join()) return
    const { reportsScrolling, trails } = this.dialect
    const { class: name } = widget.definition
    this.model.patch(widget, { [key]: trails(name, null) ? this.#onPixels(place) : place })
    if (reportsScrolling(name)) this.reports.fire(widget, 'scrolled', widget.state[key] as number[])
    if (trails(name, null)) this.#trail(widget)
  }

  /** The answer to a question of the server's. @throws Error where the page would answer one. */
  ask (widget: PageWidget, method: string, args: readonly unknown[]): unknown {
    return this.#call({ wid: widget.wid, method, args: [...args] })
  }

  // Two animation frames stand for the time that a reference page waits.
  #trail (widget: PageWidget): void {
    if (this.#trailing.has(widget)) return
    this.#trailing.add(widget)
    this.#nextFrame(() => this.#nextFrame(() => {
      this.#trailing.delete(widget)
      const [key] = widget.definition.callbacks.scrolled?.touches ?? []
      if (key !== undefined) this.reports.fire(widget, 'scrolled', this.#onPixels(widget.state[key] as number[]))
    }))
  }

  /** Nothing is scrolled to a part of a pixel: here all ways are as long as the page is high. */
  #onPixels (place: readonly number[]): number[] {
    const { height } = this.#host.viewport
    return place.map(share => Math.round(share * height) / height)
  }

  #nextFrame (task: () => void): void {
    if (this.#frames.length === 0) setImmediate(() => { for (const task of this.#frames.splice(0)) task() })
    this.#frames.push(task)
  }

  #inArray (message: ServerMessage): Array<object | null> {
    const answer = this.dialect.dropsInArray(message.type) ? null : this.#answer(message)
    return answer === null && !this.dialect.padsAnswers ? [] : [answer]
  }

  #answer (message: ServerMessage): object | null {
    const id = (message as { id?: unknown }).id
    try {
      const outcome = this.#act(message)
      return outcome === null ? null : { type: 'result', ...(id !== undefined && { id }), ...outcome }
    } catch (error) {
      const { message: reason } = error as Error
      this.errors.push(reason)
      return { type: 'error', id, error: reason }
    }
  }

  /** Returns what the answer holds besides type and id; null where none is due. */
  #act (message: ServerMessage): Body | null {
    switch (message.type) {
      case 'init': return this.#init()
      case 'session-info':
        this.#host.attached({ id: this.dialect.sessionId(message.session_id), token: message.token })
        return null
      case 'reconstruct-start':
        this.#begin(message.next_wid)
        this.reports.replaying = true
        return {}
      case 'reconstruct-end': return this.#complete()
      case 'create': return this.#create(message)
      case 'call': {
        const value = this.#call(message)
        return value === undefined ? {} : { value }
      }
      case 'batch': return this.#batch(message.calls)
      case 'listen': {
        const widget = this.model.widget(message.wid)
        widget.listened.add(message.action)
        this.geometry.watch(widget, message.action)
        return {}
      }
      case 'unlisten':
        this.model.widgets.get(message.wid)?.listened.delete(message.action)
        return {}
      case 'binary-call': case 'binary-call-chunked': case 'binary-chunk':
        this.#transfer(message)
        return null
      case 'register-font': {
        const { type: _type, id: _id, ...font } = message
        this.fonts.push(font)
        return {}
      }
      case 'set-default-font':
        this.defaultFont = message.font
        return {}
      case 'transfer-refused':
        if (!this.dialect.extended) throw new UnknownName(`Unknown message type: ${message.type}`)
        this.uploads.stop(message.transfer_id, message.reason)
        return null
      case 'open-url':
        this.openedUrls.push(message.url)
        return {}
    }
  }

  #init (): Body {
    this.#transfers.clear()
    this.#begin(1)
    this.reports.replaying = false
    const { credentials } = this.#host
    return { ...this.dialect.greeting, ...this.dialect.presents(credentials) }
  }

  #begin (nextWid: number): void {
    const carried = this.typing.carry()
    // A replay follows the `init` of a line that came back: what the first of the two carries is not lost in the second.
    this.#carried ??= carried
    this.reports.clear()
    this.geometry.clear()
    this.focused = null
    this.model.reset(nextWid)
  }

  #complete (): Body {
    this.reports.replaying = false
    this.replays++
    const edits = this.#carried?.(wid => this.model.widgets.get(wid)) ?? []
    this.#carried = null
    for (const { widget, text } of edits) {
      this.model.patch(widget, { text })
      this.reports.fire(widget, 'modified', [text])
    }
    this.model.takeEchoes()
    this.geometry.settle()
    return {}
  }

  #create ({ wid, class: className, args }: Extract<ServerMessage, { type: 'create' }>): Body {
    const widget = this.model.create(className, args, wid)
    this.#verify(faultsOfCreate(widget.definition, args))
    return { wid: widget.wid, next_wid: this.model.nextWid }
  }

  #call ({ wid, method, args, silent }: CallBody, ...bytes: ArrayBufferView[]): unknown {
    const widget = this.model.widget(wid)
    const { params, effect, returns } = methodOf(widget, method)
    const all = [...bytes, ...this.dialect.reads(args, widget.definition.class, method)]
    this.#verify(faultsOfCall(`${widget.definition.class}.${method}`, params, effect.kind === 'wrap' ? without(effect.key, all) : all))
    const fails = this.dialect.fails({ widget, method, args: all })
    const run = (): unknown => {
      const value = this.model.call(widget, method, all)
      this.echo()
      if (this.dialect.trails(widget.definition.class, method)) this.#trail(widget)
      if (fails !== null) throw new Error(fails)
      return value
    }
    const value = silent === true ? this.reports.silently(run) : run()
    if (method === 'set_focus') this.focused = widget
    if (effect.kind !== 'query' && effect.kind !== 'get') return this.#named(value)
    const own = this.#host.answer(widget, method, args) ?? this.dialect.answer(widget, method)
    if (own !== undefined) return own.value
    return effect.kind === 'get' ? this.#named(value) : blankAnswer(method, returns)
  }

  // What a call names wrongly is noted and passed over; what a method throws ends the batch.
  #batch (calls: readonly CallBody[]): Body {
    const errors: string[] = []
    for (const call of calls) {
      try {
        this.#call(call)
      } catch (error) {
        if (!(error instanceof UnknownName)) throw error
        errors.push(error.message)
      }
    }
    this.errors.push(...errors)
    return errors.length === 0 ? {} : { value: { errors } }
  }

  #transfer (header: Parameters<Transfers['header']>[0]): void {
    try {
      this.#transfers.header(header)
    } catch (error) {
      this.#host.fault((error as Error).message)
    }
  }

  #deliver ({ wid, method, args }: { wid: number, method: string, args: unknown[] }, bytes: ArrayBufferView): void {
    try {
      this.#call({ wid, method, args }, bytes)
    } catch (error) {
      this.#host.fault(`binary call: ${(error as Error).message}`)
    }
  }

  /** References in an answer carry the class. */
  #named (value: unknown): unknown {
    if (isRef(value)) {
      const widget = this.model.widgets.get(value.__wid__)
      return widget === undefined ? null : refTo(widget)
    }
    return Array.isArray(value) ? value.map(item => this.#named(item)) : value
  }

  /** A server that passes what its own definition does not allow is at fault, whatever a page would make of it. */
  #verify (faults: Iterable<string>): void { for (const fault of faults) this.#host.fault(fault) }
}

/** What a call says besides the id for the wrapper that it makes. */
function without (key: string, [child, options, ...rest]: readonly unknown[]): unknown[] {
  const { [key]: _id, ...others } = (options ?? {}) as Record<string, unknown>
  return [child, others, ...rest]
}
