/**
 * The widgets that a page holds. Written apart from the session's own tree, so that a mistake in one shows as a
 * difference from the other; what a call does to a widget's state they both take from its definition.
 */
import { equal, isRef } from '../protocol/values.ts'
import { arranged, givenOf, initialState, padded, patchOf } from '../widgets/apply.ts'
import type { Call, Context, Entry, Given, Method, State, WidgetDefinition } from '../widgets/definition.ts'
import { CHILD } from '../widgets/definition.ts'
import { definitions } from '../widgets/index.ts'
import type { Dialect } from './dialects/dialect.ts'

/** A widget in a page. */
export interface PageWidget {
  wid: number
  readonly definition: WidgetDefinition
  /** What it was made with, by wire name. */
  readonly given: Given
  state: State
  entries: PageEntry[]
  parent: PageWidget | null
  /** Of a wrapper: what it is wrapped around. */
  wraps: PageWidget | null
  /** Actions that the server wants to hear of. */
  readonly listened: Set<string>
  /** The member of an exclusive group that it joined; kept after that has ended, so that the group stays one. */
  readonly joins: PageWidget | null
  alive: boolean
  /** A menu that `popup()` has opened. */
  popped: boolean
}

/** A child with the call that attached it, or an ornament. */
export interface PageEntry { readonly child: PageWidget | null, readonly method: string, readonly args: readonly unknown[], readonly wrapper?: PageWidget | null }

/** Something that a call made happen in the page, and that a page reports unless it is suppressed. */
export type Echo =
  | { readonly widget: PageWidget, readonly kind: 'state', readonly key: string }
  | { readonly widget: PageWidget, readonly kind: 'child-added' | 'child-removed', readonly child: PageWidget }

/** The part of what a call sets that the page lets through. */
type Admit = (widget: PageWidget, patch: State) => State

/** The server named something that is not there. The texts are part of the protocol. */
export class UnknownName extends Error {}

/** All widgets of a page, by wid, in order of creation. */
export class Model {
  readonly widgets = new Map<number, PageWidget>()
  readonly #dialect: Dialect
  readonly #admit: Admit
  #nextWid = 1
  #echoes: Echo[] = []

  constructor (dialect: Dialect, admit: Admit) {
    this.#dialect = dialect
    this.#admit = admit
  }

  /** The number that the page would give to a widget of its own. */
  get nextWid (): number { return this.#nextWid }

  /** Forgets everything. */
  reset (nextWid: number): void {
    for (const widget of this.widgets.values()) widget.alive = false
    this.widgets.clear()
    this.#nextWid = nextWid
    this.#echoes = []
  }

  /** What has happened since the last time. */
  takeEchoes (): Echo[] {
    const echoes = this.#echoes
    this.#echoes = []
    return echoes
  }

  /** The widget of this number. @throws UnknownName */
  widget (wid: number): PageWidget {
    const widget = this.widgets.get(wid)
    if (widget === undefined) throw new UnknownName(`Unknown widget id: ${wid}`)
    return widget
  }

  /** Makes a widget; without a number, under one that the page chooses. @throws UnknownName */
  create (className: string, args: readonly unknown[], wid?: number): PageWidget {
    const definition = definitions.get(className)
    if (definition?.creatable !== true) throw new UnknownName(`Unknown widget class: ${className}`)
    return this.#make(definition, args, wid)
  }

  #make (definition: WidgetDefinition, args: readonly unknown[], wid?: number): PageWidget {
    for (const ref of refsIn(args)) this.widget(ref)
    const number = wid ?? this.#nextWid
    this.#nextWid = Math.max(this.#nextWid, number + 1) + (wid === undefined ? 0 : this.#dialect.idsUsed(definition.class))
    const given = givenOf(definition, args)
    const group = definition.exclusive === null ? null : given[definition.exclusive.group]
    const widget: PageWidget = {
      wid: number,
      definition,
      given,
      state: initialState(definition, given),
      entries: [],
      parent: null,
      wraps: null,
      listened: new Set(),
      joins: isRef(group) ? this.widget(group.__wid__) : null,
      alive: true,
      popped: false
    }
    const displaced = this.widgets.get(number)
    if (displaced !== undefined) {
      displaced.wid = this.#nextWid++
      this.widgets.set(displaced.wid, displaced)
    }
    this.widgets.set(number, widget)
    return widget
  }

  /** Does what a call asks for; returns its answer, undefined for none. @throws UnknownName, or what the method throws. */
  call (widget: PageWidget, name: string, args: readonly unknown[]): unknown {
    const method = methodOf(widget, name)
    if (method.extension === true && !this.#dialect.extended) throw new UnknownName(`Unknown method: ${name} on ${widget.definition.class}`)
    for (const ref of refsIn(args)) this.widget(ref)
    switch (method.effect.kind) {
      case 'set': case 'update':
        this.patch(widget, this.#admit(widget, patchOf(method, widget.state, args, this.context(widget))))
        return undefined
      case 'get':
        return method.get?.(widget.state, padded(method.params, args), this.context(widget))
      case 'child': {
        const child = this.#refAt(args, method.effect.child)
        switch (method.effect.op) {
          case 'remove':
            this.#remove(widget, child, args[1] === true)
            break
          case 'move':
            this.move(widget, child, args[method.effect.child + 1] as number)
            break
          case 'amend':
            widget.entries = widget.entries.map(entry => entry.child === child ? { ...entry, args: method.amend?.(entry.args, args) ?? entry.args } : entry)
            break
          default: this.#attach(widget, child, name, method.effect.op, args)
        }
        return undefined
      }
      case 'arrange': {
        const context = this.context(widget)
        const patch = patchOf(method, widget.state, args, context)
        const entries = arranged(method, context.entries, args, widget.state)
        this.patch(widget, patch)
        this.#arrange(widget, entries)
        return undefined
      }
      case 'factory':
        return this.#compose(widget, name, method, args)
      case 'wrap': {
        const child = this.#refAt(args, 0)
        const { [method.effect.key]: id, ...options } = (args[1] ?? {}) as Record<string, unknown>
        const wrapper = this.#make(definitions.get(method.effect.in) as WidgetDefinition, [options], this.#dialect.extended ? id as number | undefined : undefined)
        this.#attach(widget, child, name, 'add', args, wrapper)
        return { __wid__: wrapper.wid }
      }
      case 'unwrap':
        if (widget.parent !== null && widget.wraps !== null) this.#remove(widget.parent, widget.wraps, args[method.effect.destroy ?? -1] === true)
        return undefined
      case 'spread':
        for (const [wid, patch] of method.spread?.(widget.state, padded(method.params, args), this.context(widget)) ?? []) this.patch(this.widget(wid), patch)
        return undefined
      case 'clear-children':
        for (const child of this.row(widget)) this.#remove(widget, child, args[0] === true)
        return undefined
      case 'ornament':
        widget.entries.push({ child: null, method: name, args })
        return undefined
      case 'destroy':
        this.destroy(widget)
        return undefined
      default:
        if (name === 'popup') widget.popped = true
        return undefined
    }
  }

  /** Gives a child another position; one that is not there is passed over. */
  move (parent: PageWidget, child: PageWidget, index: number): void {
    const from = this.children(parent).indexOf(child)
    const entry = parent.entries.find(entry => entry.child === child)
    if (entry === undefined) return
    const others = parent.entries.filter(entry => entry.child !== child)
    const places = others.flatMap((entry, at) => entry.child === null ? [] : [at])
    parent.entries = others.toSpliced(places[index] ?? others.length, 0, entry)
    const to = this.children(parent).indexOf(child)
    const patch = to === from ? undefined : parent.definition.container?.reduce?.(parent.state, { kind: 'moved', from, index: to, wid: child.wid }, places.length + 1)
    // What follows from it is nothing that a page tells: it shows what it showed before.
    if (patch !== undefined) parent.state = { ...parent.state, ...patch }
  }

  /** Sets state; one of an exclusive group that goes on switches the others off. */
  patch (widget: PageWidget, patch: State): void {
    const { exclusive } = widget.definition
    for (const [key, value] of Object.entries(patch)) {
      if (equal(widget.state[key], value)) continue
      widget.state = { ...widget.state, [key]: value }
      this.#echoes.push({ widget, kind: 'state', key })
    }
    if (exclusive === null || patch[exclusive.state] !== true) return
    for (const mate of this.groupOf(widget)) if (mate !== widget) this.patch(mate, { [exclusive.state]: false })
  }

  /** All of the exclusive group that a widget is in, itself included. */
  groupOf (widget: PageWidget): PageWidget[] {
    const head = headOf(widget)
    return [...this.widgets.values()].filter(other => other.definition.exclusive !== null && headOf(other) === head)
  }

  children (widget: PageWidget): PageWidget[] {
    return widget.entries.flatMap(({ child }) => child ?? [])
  }

  /** The children that have positions. */
  row (widget: PageWidget): PageWidget[] {
    return widget.entries.filter(entry => !isAside(widget, entry.method)).flatMap(({ child }) => child ?? [])
  }

  /** What reducers and getters may know of a widget. */
  context (widget: PageWidget): Context & { readonly entries: readonly Entry[] } {
    const { wid, given, parent, wraps } = widget
    const entriesOf = ({ entries }: PageWidget): Entry[] => entries.map(({ child, method, args, wrapper }) =>
      ({ ...(child !== null && { wid: child.wid }), method, args, ...(wrapper != null && { wrapper: wrapper.wid }) }))
    return {
      wid,
      given,
      parent: parent?.wid ?? null,
      children: wraps === null ? this.row(widget).map(({ wid }) => wid) : [wraps.wid],
      entries: entriesOf(widget),
      other: wid => {
        const other = this.widgets.get(wid)
        return other === undefined ? undefined : { state: other.state, entries: entriesOf(other) }
      }
    }
  }

  destroy (widget: PageWidget): void {
    for (const { wrapper } of widget.entries) if (wrapper != null) this.#unwrap(wrapper)
    for (const child of this.children(widget)) this.destroy(child)
    if (widget.parent !== null && !this.#dialect.keepsMovedChildren) this.#detach(widget.parent, widget)
    widget.alive = false
    this.widgets.delete(widget.wid)
  }

  #compose (parent: PageWidget, name: string, method: Method, args: readonly unknown[]): unknown {
    const composition = method.compose?.(padded(method.params, args)) ?? null
    if (composition === null) {
      const child = this.#refAt(args, method.child as number)
      this.#attach(parent, child, name, 'add', args)
      return { __wid__: child.wid }
    }
    const child = this.create(composition.class, composition.args)
    const [attach, ...rest] = composition.attach as Call
    this.#attach(parent, child, attach, 'add', rest.map(arg => arg === CHILD ? { __wid__: child.wid } : arg))
    return { __wid__: child.wid }
  }

  #attach (parent: PageWidget, child: PageWidget, method: string, op: 'add' | 'insert' | 'only', args: readonly unknown[], wrapper?: PageWidget): void {
    const rules = parent.definition.container
    const known = parent.entries.findIndex(entry => entry.child === child)
    const stays = known !== -1 && isAside(parent, parent.entries[known]?.method) === isAside(parent, method)
    if (stays && op === 'add' && rules?.again === 'update') {
      parent.entries = parent.entries.with(known, { child, method, args })
      this.#childChanged(parent, 'updated', this.children(parent).indexOf(child), child, args)
      return
    }
    if (child.parent !== null && !this.#dialect.keepsMovedChildren) this.#detach(child.parent, child)
    if (op === 'only' && this.#dialect.replacesChild(parent.definition.class)) {
      for (const other of this.children(parent)) this.#detach(parent, other)
    }
    child.parent = parent
    let index = this.row(parent).length
    if (op === 'insert') {
      index = Math.min(args[0] as number, index)
      const before = this.row(parent)[index]
      const at = before === undefined ? parent.entries.length : parent.entries.findIndex(entry => entry.child === before)
      parent.entries = parent.entries.toSpliced(at, 0, { child, method: rules?.attach ?? method, args: args.slice(1) })
    } else {
      parent.entries = [...parent.entries, { child, method, args, ...(wrapper !== undefined && { wrapper }) }]
    }
    if (wrapper !== undefined) {
      wrapper.parent = parent
      wrapper.wraps = child
    }
    this.#childChanged(parent, 'added', index, child, args)
  }

  #arrange (parent: PageWidget, entries: readonly Entry[]): void {
    const wanted = entries.map(({ wid, method, args }): PageEntry => ({ child: wid === undefined ? null : this.widget(wid), method, args }))
    for (const child of this.children(parent)) if (!wanted.some(entry => entry.child === child)) this.#detach(parent, child)
    const known = new Set(this.children(parent))
    const arrived = wanted.filter((entry): entry is PageEntry & { child: PageWidget } => entry.child !== null && !known.has(entry.child))
    for (const { child } of arrived) {
      if (child.parent !== null && !this.#dialect.keepsMovedChildren) this.#detach(child.parent, child)
      child.parent = parent
    }
    parent.entries = wanted
    for (const { child, args } of arrived) this.#childChanged(parent, 'added', this.children(parent).indexOf(child), child, args)
  }

  #remove (parent: PageWidget, child: PageWidget, destroy: boolean): void {
    if (!parent.entries.some(entry => entry.child === child)) return
    this.#detach(parent, child)
    if (destroy) this.destroy(child)
  }

  #detach (parent: PageWidget, child: PageWidget): void {
    if (!this.children(parent).includes(child)) return
    const index = this.row(parent).indexOf(child)
    const { args } = parent.entries.find(entry => entry.child === child) as PageEntry
    const wrapper = parent.entries.find(entry => entry.child === child)?.wrapper
    if (wrapper != null) this.#unwrap(wrapper)
    parent.entries = parent.entries.filter(entry => entry.child !== child)
    if (child.parent === parent) child.parent = null
    this.#childChanged(parent, 'removed', index, child, args)
  }

  #unwrap (wrapper: PageWidget): void {
    wrapper.alive = false
    wrapper.parent = wrapper.wraps = null
    this.widgets.delete(wrapper.wid)
  }

  #childChanged (parent: PageWidget, kind: 'added' | 'updated' | 'removed', index: number, child: PageWidget, args: readonly unknown[]): void {
    const patch = parent.definition.container?.reduce?.(parent.state, { kind, index, wid: child.wid, args }, this.row(parent).length)
    if (patch !== undefined) this.patch(parent, patch)
    if (kind !== 'updated') this.#echoes.push({ widget: parent, kind: `child-${kind}`, child })
  }

  #refAt (args: readonly unknown[], index: number): PageWidget {
    const ref = args[index]
    if (!isRef(ref)) throw new TypeError('The child is not a visible widget')
    return this.widget(ref.__wid__)
  }
}

/** The method of this wire name; nothing else of a widget can be called. @throws UnknownName */
export function methodOf ({ definition }: PageWidget, name: string): Method {
  const method = Object.hasOwn(definition.methods, name) ? definition.methods[name] : undefined
  if (method === undefined) throw new UnknownName(`Unknown method: ${name} on ${definition.class}`)
  return method
}

/** The ids that a wire value names, at any depth. */
export function * refsIn (value: unknown): Iterable<number> {
  if (isRef(value)) yield value.__wid__
  else if (Array.isArray(value)) for (const item of value) yield * refsIn(item)
  else if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value)) for (const item of Object.values(value)) yield * refsIn(item)
}

/** Whether children that this method attaches stand somewhere of their own. */
function isAside ({ definition }: PageWidget, method: string | undefined): boolean {
  return method !== undefined && definition.container?.aside?.includes(method) === true
}

function headOf (widget: PageWidget): PageWidget {
  let head = widget
  while (head.joins !== null) head = head.joins
  return head
}
