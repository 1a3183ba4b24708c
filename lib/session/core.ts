/** The inside of a session: the model and everything that changes it or is told of its changes. */
import type { FastifyBaseLogger } from 'fastify'
import { InvalidArgumentError, NameTakenError, SessionDestroyedError, TooManyWidgetsError, UnknownNameError, WidgetDestroyedError } from '../errors.ts'
import { callsFor, isDurable, plainCall, touchedBy, trackableOf } from '../widgets/apply.ts'
import type { BinaryState, Call, Method, WidgetDefinition } from '../widgets/definition.ts'
import { isTracked } from '../widgets/definition.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { camelCase } from '../protocol/names.ts'
import { webAddress } from '../protocol/web-address.ts'
import { construction, wireArgs } from './arguments.ts'
import { binaryCall } from './binary.ts'
import { Corrections } from './corrections.ts'
import { DialogWidget } from './dialog.ts'
import { Echoes } from './echoes.ts'
import { Handlers, SerialQueue } from './handlers.ts'
import type { Listener } from './handlers.ts'
import { Batch, Message } from './message.ts'
import { Outbox } from './outbox.ts'
import type { Audience } from './outbox.ts'
import type { Peer } from './peer.ts'
import { perform, takeOut } from './perform.ts'
import type { ServerCall } from './perform.ts'
import { Queries } from './queries.ts'
import { replay } from './replay.ts'
import type { Session } from './session.ts'
import { StatusBarWidget } from './status-bar.ts'
import { TimerWidget } from './timer.ts'
import { Tree, contextOf } from './tree.ts'
import type { Change, Node } from './tree.ts'
import { RemoteWidget, creatable, kCalled, kEnded, kNode, makeClass } from './widget.ts'
import type { WidgetClass } from './widget.ts'
import { definitions } from '../widgets/index.ts'

/** Limits and times of a session. */
export interface SessionLimits {
  readonly queryTimeout: number
  readonly maxPendingQueries: number
  readonly maxWidgets: number
  readonly maxPendingCallbacks: number
  readonly maxGrants: number
  readonly handlerWarning: number
}

/** A handler's run: for which widget and action, and for which browser; null for a timer. */
export interface HandlerRun { readonly widget: RemoteWidget, readonly action: string, readonly peer: Peer | null }

/** Whom a session tells of what happens in it. */
export interface SessionObserver {
  synced (change: { readonly changes: readonly Change[], readonly action: string, readonly widget: RemoteWidget, readonly peer: Peer }): void
  /** A handler has run for longer than `handlerWarning` and has not finished. */
  slow (run: { readonly widget: RemoteWidget, readonly action: string }): void
  /** A handler is to run: calls `work`, which runs it, and returns, or throws, what that does. */
  handling (run: HandlerRun, work: () => unknown): unknown
  /** A limit was met, by the option's name. */
  limited (limit: string): void
  failed (error: unknown, where: { readonly widget: RemoteWidget | null, readonly action: string | null }): void
  destroyed (): void
}

/** What a browser said of a field last, and when, in ms of `performance.now()`. */
export interface LastReport { readonly peer: Peer, readonly value: unknown, readonly debounced: boolean, readonly at: number }

/** Browsers allot ids of their own from far above the server's, from another range at each replay. */
const BROWSER_IDS = 1_000_000_000

/** Classes that do something on the server itself. */
const own: Readonly<Record<string, WidgetClass>> = { Dialog: DialogWidget, StatusBar: StatusBarWidget, Timer: TimerWidget }
const ownOf = ({ class: name, base }: WidgetDefinition): WidgetClass => own[name] ?? (base === null ? RemoteWidget : ownOf(base))

/** Stands, among the state keys that a message may change, for a child that it puts in. */
export const comingOf = (parent: Node, child: number): string => `${parent.wid}.+${child}`

const classes = new Map<WidgetDefinition, WidgetClass>([...definitions.values()].map(definition =>
  [definition, makeClass(definition, ownOf(definition))]))

export class Core {
  readonly session: Session<never>
  readonly limits: SessionLimits
  readonly observer: SessionObserver
  readonly log: FastifyBaseLogger
  readonly tree = new Tree(wrapper => this.#bury(wrapper))
  readonly widgets = new Map<number, RemoteWidget>()
  readonly names = new Map<string, RemoteWidget>()
  readonly handlers = new Handlers()
  readonly peers = new Set<Peer>()
  /** Of widgets with callbacks that come late: the browser that changed them last, null for server code. */
  readonly authors = new WeakMap<Node, Peer | null>()
  /** Who was told last that it showed something else than the server, and when, in ms of `performance.now()`. */
  readonly corrected = new WeakMap<Node, { readonly peer: Peer, readonly at: number }>()
  /** What a browser said of such a widget last. */
  readonly reported = new WeakMap<Node, LastReport>()
  readonly echoes = new Echoes()
  readonly outbox: Outbox
  readonly queries: Queries
  readonly tasks = new SerialQueue<Peer | null>()
  destroyed = false
  /** Bytes of files that have come and that handlers are not done with. */
  uploaded = 0
  /** Reports that met a call about the same state half-way. */
  crossings = 0
  #lastWid = 0
  #lastId = 0
  #lastTransfer = 0
  #replays = 0
  readonly #corrections = new Corrections()

  constructor (session: Session<never>, limits: SessionLimits, observer: SessionObserver, log: FastifyBaseLogger) {
    this.session = session
    this.limits = limits
    this.observer = observer
    this.log = log
    this.outbox = new Outbox(this.peers, () => ++this.#lastId, () => this.#corrections.send(this))
    this.queries = new Queries(this.peers, limits)
  }

  get lastWid (): number { return this.#lastWid }

  /** Keeps ids of a restored session's past from being given out again. */
  raiseLastWid (wid: number): void { this.#lastWid = Math.max(this.#lastWid, wid) }

  // ---- server code to model ----

  /** Makes a widget as server code asks for it. */
  construct (className: string, given: readonly unknown[]): RemoteWidget {
    const definition = creatable(className)
    const { args, name, setters } = construction(this, definition, given)
    if (name !== null && this.names.has(name)) throw new NameTakenError(name)
    const widget = this.create(definition, args)
    if (name !== null) this.setName(widget, name)
    try {
      for (const [wire, value] of setters) this.invoke(widget, wire, definition.methods[wire] as Method, [value])
    } catch (error) {
      this.destroyWidget(widget)
      throw error
    }
    return widget
  }

  /** Makes a widget from wire arguments; `wid` only for one restored from a snapshot. */
  create (definition: WidgetDefinition, args: readonly unknown[], wid = this.#lastWid + 1): RemoteWidget {
    if (this.destroyed) throw new SessionDestroyedError()
    if (this.tree.nodes.size >= this.limits.maxWidgets) {
      this.observer.limited('maxWidgets')
      throw new TooManyWidgetsError(this.limits.maxWidgets)
    }
    this.#lastWid = Math.max(this.#lastWid, wid)
    const node = this.tree.create(definition, wid, args)
    const widget = new (classes.get(definition) as WidgetClass)(this, node)
    this.widgets.set(wid, widget)
    if (!definition.remote || definition.wrapper) return widget
    this.#send({ type: 'create', wid, class: definition.class, args })
    this.track(node)
    return widget
  }

  /** Listens to everything that changes the state of a widget. */
  track (node: Node): void {
    for (const [action, callback] of trackableOf(node.definition)) if (isTracked(callback, node.given)) this.#listenTo(node, action)
  }

  setName (widget: RemoteWidget, name: string): void {
    widget[kNode].name = name
    this.names.set(name, widget)
  }

  /** A call by server code: changes the model at once and tells the browsers. */
  invoke (widget: RemoteWidget, wire: string, method: Method, given: readonly unknown[]): unknown {
    const node = widget[kNode]
    const label = `${widget.toString()}.${method.ts ?? camelCase(wire)}`
    const result = perform(this, { node, wire, method, args: wireArgs(this, label, method.params, given), label })
    widget[kCalled](wire, given)
    return result
  }

  /** Ends a widget and all in it. */
  destroyWidget (widget: RemoteWidget): void {
    const node = widget[kNode]
    if (widget.destroyed || this.destroyed) return
    // A wrapper stands for what it is around.
    if (node.wraps !== null) return this.destroyWidget(this.widgets.get(node.wraps.wid) as RemoteWidget)
    // A reference page leaves a destroyed child in its parent's list, where it breaks the parent later.
    if (node.parent !== null) takeOut(this, node.parent, node)
    if (node.definition.remote) this.#send({ type: 'call', wid: node.wid, method: 'destroy', args: [], silent: true })
    const mates = new Set(this.tree.subtree(node).flatMap(node => [...this.tree.groupMates(node)]))
    for (const ended of this.tree.destroy(node)) this.#bury(ended)
    // Somebody may just have pressed the one that ended, which released the others there and nowhere else.
    const left = [...mates].filter(({ wid }) => this.tree.nodes.has(wid))
    this.push(left.map(mate => ({ node: mate, key: mate.definition.exclusive?.state as string })), null)
  }

  /** A widget is in the tree no more: nothing is left of it. */
  #bury (ended: Node): void {
    const handle = this.widgets.get(ended.wid)
    handle?.[kEnded]()
    this.widgets.delete(ended.wid)
    this.handlers.clear(ended, () => new WidgetDestroyedError(handle?.toString() ?? '', 'report anything more'))
    if (ended.name !== null) this.names.delete(ended.name)
  }

  listen (widget: RemoteWidget, action: string, listener: Listener): void {
    const node = widget[kNode]
    if (widget.destroyed) throw new WidgetDestroyedError(widget.toString(), `listen to ${action}`)
    if (node.definition.callbacks[action] === undefined) {
      throw new UnknownNameError(`${widget.toString()}: there is no action ${action}; there are ${Object.keys(node.definition.callbacks).join(', ')}`)
    }
    if (typeof listener.handler !== 'function') throw new InvalidArgumentError(`${widget.toString()}.on`, 'handler', 'expected a function')
    this.handlers.add(node, action, listener)
    this.#listenTo(node, action)
  }

  unlisten (widget: RemoteWidget, action: string, handler?: Listener['handler']): void {
    const node = widget[kNode]
    this.handlers.remove(node, action, handler)
    const callback = node.definition.callbacks[action]
    if (callback === undefined || !node.listened.includes(action) || this.handlers.of(node, action).length > 0) return
    if (isTracked(callback, node.given)) return
    node.listened.splice(node.listened.indexOf(action), 1)
    this.#send({ type: 'unlisten', wid: node.wid, action })
  }

  // ---- model to browsers ----

  /**
   * Attaches a browser, or brings one up to date from nothing: everything it needs, in one piece.
   * @param first - What it is told before that, e.g. of fonts.
   */
  attach (peer: Peer, first: ReadonlyArray<Record<string, unknown>> = []): number {
    // What was collected so far is part of the model already and must not reach this browser a second time.
    this.outbox.flush()
    const messages = first.map(body => this.#message(body))
    messages.push(this.#message({ type: 'reconstruct-start', next_wid: BROWSER_IDS * ++this.#replays }))
    replay(this.tree, peer.extended, {
      message: (body, wrapper) => messages.push(this.#numbered(body, wrapper)),
      binary: (wid, method, state) => messages.push(...this.#binary(wid, method, state, []))
    })
    messages.push(this.#message({ type: 'reconstruct-end' }))
    this.peers.add(peer)
    peer.deliver(new Batch(messages, true))
    this.queries.repeat(peer)
    return messages.length
  }

  detach (peer: Peer): void {
    if (this.peers.delete(peer)) this.queries.move(peer)
  }

  /** Tells browsers the present values of state keys. */
  push (changes: Iterable<{ readonly node: Node, readonly key: string, readonly before?: unknown }>, audience: Audience): void {
    for (const { node, key, before } of changes) {
      const { definition, state } = node
      if (!isDurable(definition, key)) continue
      for (const call of callsFor(definition, key, state[key], before, contextOf(node))) this.#sendCall(node, call, [key], audience)
    }
  }

  /** Tells one browser, at the end of the tick, what the state keys are then. */
  correct (peer: Peer, state: Iterable<{ readonly node: Node, readonly key: string }>): void {
    this.#corrections.add(peer, state)
    this.outbox.schedule()
  }

  /** Has browsers open a URL in a tab of its own. */
  openUrl (label: string, url: string, audience: Audience): void {
    if (this.destroyed) throw new SessionDestroyedError()
    if (typeof url !== 'string' || webAddress(url, 'http://page/') === null) {
      throw new InvalidArgumentError(label, 'url', `expected a web or mail address, or one relative to the page; got ${JSON.stringify(url)}`)
    }
    this.tell({ type: 'open-url', url }, audience)
  }

  /** Says something that is not about a widget. */
  tell (body: Record<string, unknown>, audience: Audience): void {
    if (this.peers.size > 0) this.outbox.add(this.#message(body), audience)
  }

  /** A new number for a message. */
  nextId (): number { return ++this.#lastId }

  /** A new number for a message that was held back: it is answered after those that went before it. */
  renumber (id: number): number {
    this.queries.renumber(id, ++this.#lastId)
    return this.#lastId
  }

  destroy (): void {
    if (this.destroyed) return
    this.destroyed = true
    this.outbox.clear()
    this.tasks.clear()
    this.queries.rejectAll(new SessionDestroyedError())
    for (const widget of this.widgets.values()) {
      widget[kEnded]()
      this.handlers.clear(widget[kNode], () => new SessionDestroyedError())
    }
    this.observer.destroyed()
  }

  /** Tells browsers that a child has left, which one of them has said. */
  passOnRemoval (parent: Node, wid: number, audience: Audience): void {
    const { methods, container } = parent.definition
    const remover = container?.remove ?? 'remove'
    this.#sendCall(parent, [remover, { __wid__: wid }], touchedBy(parent.definition, methods[remover] as Method), audience)
  }

  /** Sends on what a call has changed. @param wrapper - Id of the wrapper that it makes. */
  passOn ({ node, wire, method, args }: ServerCall, wrapper?: number): void {
    if (!node.definition.remote || this.peers.size === 0) return
    const touches = touchedBy(node.definition, method)
    if (touches.some(key => node.definition.debounced.includes(key))) this.authors.set(node, null)
    const first = args[0]
    if (first instanceof Uint8Array) {
      const rest = args.slice(1)
      const state: BinaryState = { args: (rest.length > 0 ? rest : [method.params[1]?.default]) as BinaryState['args'], bytes: first }
      for (const message of this.#binary(node.wid, wire, state, touches.map(key => `${node.wid}.${key}`))) this.outbox.add(message, null)
      return
    }
    // A setter may clamp, or keep what it was given null for: what is sent is what was stored, so that it can stand alone.
    const { effect } = method
    const calls = effect.kind === 'set' && method.reduce !== undefined
      ? callsFor(node.definition, effect.key, node.state[effect.key], undefined, contextOf(node))
      : [[wire, ...args] as const]
    for (const call of calls) this.#sendCall(node, call, touches, null, wrapper)
  }

  #sendCall (node: Node, call: Call, keys: readonly string[], audience: Audience, wrapper?: number): void {
    if (this.peers.size === 0) return
    const [wire] = call
    const method = node.definition.methods[wire] as Method
    const { exclusive } = node.definition
    const touches = keys.map(key => `${node.wid}.${key}`)
    if (wrapper !== undefined) touches.push(comingOf(node, (call[1] as WidgetRef).__wid__))
    const grouped = exclusive !== null && keys.includes(exclusive.state)
    if (grouped) for (const mate of this.tree.groupMates(node)) touches.push(`${mate.wid}.${exclusive.state}`)
    // A setter that reads or writes more than its own key must keep its place among the others.
    const free = method.effect.kind === 'set' && !grouped && (node.definition.state[method.effect.key]?.phase ?? 'early') === 'early'
    if (node.definition.trails) this.echoes.note(node, keys, this.peers, audience)
    const id = ++this.#lastId
    const bodyOf = ([method, ...args]: Call): Message['body'] => ({ type: 'call', id, wid: node.wid, method, args, silent: true })
    const plain = plainCall(node.definition, call, contextOf(node))
    this.outbox.add(new Message(id, bodyOf(call), {
      touches,
      coalesce: free ? `${node.wid}.${wire}` : null,
      ...(plain !== call && { plain: plain === null || plain === 'replay' ? null : bodyOf(plain), renews: plain === 'replay' }),
      wrapper
    }), audience)
  }

  #listenTo (node: Node, action: string): void {
    if (!node.definition.remote || node.listened.includes(action)) return
    node.listened.push(action)
    this.#send({ type: 'listen', wid: node.wid, action })
  }

  #send (body: Record<string, unknown>): void { this.tell(body, null) }

  #message (body: Record<string, unknown>): Message {
    const id = ++this.#lastId
    return new Message(id, { ...body, id })
  }

  /** As `#message`, of a body that is nobody else's: a replay has too many to copy each. */
  #numbered (body: Record<string, unknown>, wrapper: number | undefined): Message {
    const id = ++this.#lastId
    body.id = id
    return new Message(id, body, wrapper === undefined ? undefined : { wrapper })
  }

  #binary (wid: number, method: string, { args, bytes }: BinaryState, touches: readonly string[]): Message[] {
    return binaryCall(wid, method, args, bytes, () => ++this.#lastTransfer).map(({ body, bytes }) => {
      const id = ++this.#lastId
      return new Message(id, { ...body, id }, { touches, ...(bytes !== undefined && { bytes }) })
    })
  }
}
