/**
 * The model: every widget of a session with its state and children. It changes by calls and callbacks alone and
 * knows neither sockets nor handlers.
 */
import { equal, isRef } from '../protocol/values.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { arranged, givenOf, initialState, padded, patchOf } from '../widgets/apply.ts'
import type { Callback, ChildChange, Context, Entry, Given, Method, State, WidgetDefinition } from '../widgets/definition.ts'

/** One widget of the model. */
export interface Node {
  readonly wid: number
  readonly definition: WidgetDefinition
  /** Constructor arguments in wire form, as first given. */
  args: readonly unknown[]
  given: Given
  state: State
  /** State keys that were ever changed: what a replay and a snapshot have to look at. */
  changed: Set<string> | null
  /** Children and ornaments, in order. */
  entries: Entry[]
  parent: Node | null
  /** Of a wrapper: what it is wrapped around; its parent is that one's parent. */
  wraps: Node | null
  readonly tree: Tree
  /** Stable name, unique in its session. */
  name: string | null
  /** Actions that browsers report. */
  readonly listened: string[]
}

/** One state key that got another value. */
export interface Change { readonly node: Node, readonly key: string, readonly before: unknown }

/** The widgets of one session, by id, in order of creation. */
export class Tree {
  readonly nodes = new Map<number, Node>()
  /** Members of exclusive groups, by the id that heads the group. */
  readonly #groups = new Map<number, Set<Node>>()
  readonly #unwrapped: (wrapper: Node) => void

  /** @param unwrapped - Told of each wrapper that ended because what it was around has left. */
  constructor (unwrapped: (wrapper: Node) => void = () => {}) { this.#unwrapped = unwrapped }

  create (definition: WidgetDefinition, wid: number, args: readonly unknown[]): Node {
    const given = givenOf(definition, args)
    const node: Node = {
      wid, definition, args, given, state: initialState(definition, given), changed: null, entries: [], parent: null, wraps: null, tree: this, name: null, listened: []
    }
    this.nodes.set(wid, node)
    if (definition.exclusive !== null) {
      const head = this.#groupOf(node)
      const members = this.#groups.get(head)
      if (members === undefined) this.#groups.set(head, new Set([node]))
      else members.add(node)
    }
    return node
  }

  /** Applies a call; returns the state keys that changed, those of other widgets included. */
  call (node: Node, name: string, method: Method, args: readonly unknown[]): Change[] {
    const { effect } = method
    switch (effect.kind) {
      case 'set': case 'update':
        return this.patch(node, patchOf(method, node.state, args, contextOf(node)))
      case 'child': {
        const child = this.nodes.get((args[effect.child] as WidgetRef).__wid__)
        if (child === undefined) return []
        switch (effect.op) {
          case 'remove': return child.parent === node ? this.#detach(child) : []
          case 'move': return this.#move(node, child, args[effect.child + 1] as number)
          case 'amend': return this.#amend(node, child, method, args)
          case 'only': {
            // Recorded as what it comes to: in a container for several, a replay of the call itself would clear what stands before.
            const [attached, ...given] = method.as?.(args).at(-1) ?? [name, ...args]
            return this.#attach(node, child, attached, effect.op, given)
          }
          default: return this.#attach(node, child, name, effect.op, args)
        }
      }
      case 'wrap': {
        const child = this.nodes.get((args[0] as WidgetRef).__wid__)
        const wrapper = this.nodes.get((args[1] as Record<string, number> | undefined)?.[effect.key] ?? -1)
        return child === undefined || wrapper === undefined ? [] : this.#attach(node, child, name, 'add', args, wrapper)
      }
      case 'unwrap': return node.wraps === null ? [] : this.#detach(node.wraps)
      case 'spread':
        return (method.spread?.(node.state, padded(method.params, args), contextOf(node)) ?? []).flatMap(([wid, patch]) => {
          const other = this.nodes.get(wid)
          return other === undefined ? [] : this.patch(other, patch)
        })
      case 'factory': {
        const child = method.child === undefined ? undefined : args[method.child]
        const existing = isRef(child) ? this.nodes.get(child.__wid__) : undefined
        return existing === undefined ? [] : this.#attach(node, existing, name, 'add', args)
      }
      case 'clear-children':
        return rowOf(node).flatMap(wid => this.#detach(this.nodes.get(wid) as Node))
      case 'arrange': {
        // Both before anything changes: they may refuse, and they go by what was there.
        const patch = patchOf(method, node.state, args, contextOf(node))
        const entries = arranged(method, node.entries, args, node.state)
        return [...this.patch(node, patch), ...this.#arrange(node, entries)]
      }
      case 'ornament':
        node.entries.push({ method: name, args })
        return []
      default:
        return []
    }
  }

  /** Applies what a browser reports; a reducer throws RangeError where the report does not fit the model (any more). */
  callback (node: Node, callback: Callback, args: readonly unknown[], observed = false): Change[] {
    const context = observed ? { ...contextOf(node), observed } : contextOf(node)
    const changes = callback.reduce === undefined ? [] : this.patch(node, callback.reduce(node.state, args, context) ?? {})
    const child = isRef(args[0]) ? this.nodes.get(args[0].__wid__) : undefined
    if (callback.movesChild === true && child !== undefined) return [...changes, ...this.#move(node, child, args[1] as number)]
    if (callback.removesChild !== true) return changes
    return child?.parent === node ? [...changes, ...this.#detach(child)] : changes
  }

  /** Sets state keys; pressing one of an exclusive group releases the others. */
  patch (node: Node, patch: State): Change[] {
    const changes: Change[] = []
    for (const [key, value] of Object.entries(patch)) {
      const before = node.state[key]
      if (equal(before, value)) continue
      this.#set(node, key, value)
      changes.push({ node, key, before })
    }
    const { exclusive } = node.definition
    if (exclusive !== null && patch[exclusive.state] === true) {
      for (const member of this.#groups.get(this.#groupOf(node)) ?? []) {
        if (member !== node && member.state[exclusive.state] === true) {
          this.#set(member, exclusive.state, false)
          changes.push({ node: member, key: exclusive.state, before: true })
        }
      }
    }
    return changes
  }

  /** The others of a widget's exclusive group. */
  * groupMates (node: Node): Iterable<Node> {
    if (node.definition.exclusive === null) return
    for (const member of this.#groups.get(this.#groupOf(node)) ?? []) if (member !== node) yield member
  }

  /** A widget and all below it. */
  subtree (node: Node): Node[] {
    return [node, ...childrenOf(node).flatMap(wid => this.subtree(this.nodes.get(wid) as Node))]
  }

  /** Ends a widget and all below it; returns what ended, the widget itself last. */
  destroy (node: Node): Node[] {
    if (node.parent !== null) this.#detach(node)
    const ended: Node[] = []
    const end = (node: Node): void => {
      for (const { wid, wrapper } of node.entries) {
        if (wid !== undefined) end(this.nodes.get(wid) as Node)
        if (wrapper !== undefined) end(this.nodes.get(wrapper) as Node)
      }
      ended.push(node)
      this.nodes.delete(node.wid)
    }
    end(node)
    this.#forget(new Set(ended.map(({ wid }) => wid)), ended.some(({ definition }) => definition.exclusive !== null))
    return ended
  }

  /** Whether `above` is `node` or holds it at some depth. */
  contains (above: Node, node: Node): boolean {
    for (let n: Node | null = node; n !== null; n = n.parent) if (n === above) return true
    return false
  }

  #set (node: Node, key: string, value: unknown): void {
    node.state[key] = value
    node.changed = (node.changed ?? new Set()).add(key)
  }

  #attach (parent: Node, child: Node, method: string, op: 'add' | 'insert' | 'only', args: readonly unknown[], wrapper?: Node): Change[] {
    const rules = parent.definition.container
    if (op === 'add' && staysWhere(parent, child, method)) {
      const at = parent.entries.findIndex(({ wid }) => wid === child.wid)
      parent.entries[at] = { wid: child.wid, method, args }
      return this.#childChanged(parent, { kind: 'updated', index: rowOf(parent).indexOf(child.wid), wid: child.wid, args })
    }
    const changes = child.parent === null ? [] : this.#detach(child)
    if (op === 'only') for (const wid of childrenOf(parent)) changes.push(...this.#detach(this.nodes.get(wid) as Node))
    // Counted only for those who ask: for a column of thousands that would be most of the work.
    let index = op === 'insert' || rules?.reduce !== undefined ? rowOf(parent).length : 0
    if (op === 'insert') {
      index = Math.min(args[0] as number, index)
      parent.entries.splice(entryAt(parent, index), 0, { wid: child.wid, method: rules?.attach ?? method, args: args.slice(1) })
    } else {
      parent.entries.push({ wid: child.wid, method, args, ...(wrapper !== undefined && { wrapper: wrapper.wid }) })
    }
    child.parent = parent
    if (wrapper !== undefined) wrap(wrapper, child)
    return [...changes, ...this.#childChanged(parent, { kind: 'added', index, wid: child.wid, args })]
  }

  /** Gives a container these entries: what it has beyond them leaves, what is new comes. */
  #arrange (parent: Node, entries: readonly Entry[]): Change[] {
    const before = childrenOf(parent)
    const after = entries.flatMap(({ wid }) => wid ?? [])
    const changes = before.filter(wid => !after.includes(wid)).flatMap(wid => this.#detach(this.nodes.get(wid) as Node))
    const arrivals = after.filter(wid => !before.includes(wid)).map(wid => this.nodes.get(wid) as Node)
    for (const child of arrivals) {
      if (child.parent !== null) changes.push(...this.#detach(child))
      child.parent = parent
    }
    parent.entries = [...entries]
    for (const { wid } of arrivals) {
      const { args } = entries.find(entry => entry.wid === wid) as Entry
      changes.push(...this.#childChanged(parent, { kind: 'added', index: after.indexOf(wid), wid, args }))
    }
    return changes
  }

  #detach (child: Node): Change[] {
    const parent = child.parent as Node
    const index = rowOf(parent).indexOf(child.wid)
    const wrapper = this.nodes.get(parent.entries.find(({ wid }) => wid === child.wid)?.wrapper ?? -1)
    const { args } = parent.entries.find(({ wid }) => wid === child.wid) as Entry
    parent.entries = parent.entries.filter(({ wid }) => wid !== child.wid)
    child.parent = null
    if (wrapper !== undefined) {
      wrapper.parent = wrapper.wraps = null
      this.nodes.delete(wrapper.wid)
      this.#unwrapped(wrapper)
    }
    return this.#childChanged(parent, { kind: 'removed', index, wid: child.wid, args })
  }

  #move (parent: Node, child: Node, index: number): Change[] {
    const before = childrenOf(parent)
    const from = before.indexOf(child.wid)
    if (from === -1) throw new RangeError(`child must be in the ${parent.definition.class}`)
    const to = Math.min(index, before.length - 1)
    if (to === from) return []
    const [entry] = parent.entries.splice(entryAt(parent, from), 1)
    parent.entries.splice(entryAt(parent, to), 0, entry as Entry)
    const { order, reduce } = parent.definition.container ?? {}
    // What follows from it does so in every page that follows it.
    this.patch(parent, reduce?.(parent.state, { kind: 'moved', from, index: to, wid: child.wid }, before.length) ?? {})
    return order === undefined ? [] : [{ node: parent, key: order, before }]
  }

  #amend (parent: Node, child: Node, { amend }: Method, args: readonly unknown[]): Change[] {
    const at = parent.entries.findIndex(({ wid }) => wid === child.wid)
    const entry = parent.entries[at]
    if (entry === undefined) throw new RangeError(`child must be in the ${parent.definition.class}`)
    parent.entries[at] = { ...entry, args: amend?.(entry.args, args) ?? entry.args }
    return []
  }

  #childChanged (parent: Node, change: ChildChange): Change[] {
    const reduce = parent.definition.container?.reduce
    if (reduce === undefined) return []
    const patch = reduce(parent.state, change, rowOf(parent).length)
    return patch === undefined ? [] : this.patch(parent, patch)
  }

  /** The id that heads the group: that of the member which joined no other. */
  #groupOf (node: Node): number {
    const option = node.definition.exclusive?.group as string
    let head = node
    for (let ref = head.given[option]; isRef(ref); ref = head.given[option]) {
      const next = this.nodes.get(ref.__wid__)
      if (next === undefined) return ref.__wid__
      head = next
    }
    return head.wid
  }

  /** Takes references to widgets that ended out of arguments and state, so that no replay names them. */
  #forget (ended: ReadonlySet<number>, regroup: boolean): void {
    const gone = (value: unknown): boolean => isRef(value) && ended.has(value.__wid__)
    for (const node of this.nodes.values()) {
      for (const [key, value] of Object.entries(node.state)) if (gone(value)) this.#set(node, key, null)
      if (!Object.values(node.given).some(gone)) continue
      const { args, exclusive } = node.definition
      node.args = node.args.map((arg, i) => {
        if (i < args.length || arg === null) return gone(arg) ? null : arg
        const options: Record<string, unknown> = { ...arg as object }
        for (const [name, value] of Object.entries(options)) {
          if (!gone(value)) continue
          options[name] = name === exclusive?.group ? this.#newHead(node) : null
          if (options[name] === null && name === exclusive?.group && exclusive.implies !== undefined) options[exclusive.implies] = true
        }
        return options
      })
      node.given = givenOf(node.definition, node.args)
    }
    if (!regroup) return
    this.#groups.clear()
    for (const node of this.nodes.values()) {
      if (node.definition.exclusive === null) continue
      const head = this.#groupOf(node)
      this.#groups.set(head, (this.#groups.get(head) ?? new Set()).add(node))
    }
  }

  /** Whom a member of a group joins when the group's head ended: its oldest member, unless it is that itself. */
  #newHead (node: Node): WidgetRef | null {
    // By membership: the widgets that led from here to the head may be among those that ended.
    const members = [...this.#groups.values()].find(members => members.has(node)) ?? [node]
    const [oldest] = [...members].filter(({ wid }) => this.nodes.has(wid)).sort((a, b) => a.wid - b.wid)
    return oldest === undefined || oldest === node ? null : { __wid__: oldest.wid }
  }
}

/** Ids of all child widgets, in order. */
export function childrenOf (node: Node): number[] {
  const wids: number[] = []
  for (const { wid } of node.entries) if (wid !== undefined) wids.push(wid)
  return wids
}

/** Ids of the child widgets that have positions, in order. */
export function rowOf (node: Node): number[] {
  const aside = node.definition.container?.aside
  if (aside === undefined) return childrenOf(node)
  return node.entries.flatMap(({ wid, method }) => wid === undefined || aside.includes(method) ? [] : [wid])
}

/** Whether a child that is added again by `method` stays where it is. */
export function staysWhere (parent: Node, child: Node, method: string): boolean {
  const { container } = parent.definition
  if (child.parent !== parent || container?.again !== 'update') return false
  const isAside = (method: string): boolean => container.aside?.includes(method) === true
  const before = parent.entries.find(({ wid }) => wid === child.wid)
  return isAside(before?.method ?? '') === isAside(method)
}

/** Puts a wrapper around what was just attached. */
export function wrap (wrapper: Node, child: Node): void {
  wrapper.parent = child.parent
  wrapper.wraps = child
}

/** What reducers may know of a widget. */
export function contextOf (node: Node): Context & { entries: readonly Entry[] } {
  const { wid, given, entries, parent, wraps, tree } = node
  return {
    wid, given, entries, parent: parent?.wid ?? null, other: wid => tree.nodes.get(wid), get children () { return wraps === null ? rowOf(node) : [wraps.wid] }
  }
}

/** Position in the list of entries of the child at `index`. */
function entryAt (node: Node, index: number): number {
  const wid = rowOf(node)[index]
  return wid === undefined ? node.entries.length : node.entries.findIndex(entry => entry.wid === wid)
}
