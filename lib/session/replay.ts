/**
 * From the model to messages: one function for a new browser, one that comes back, a second one, and a session
 * restored from storage. It awaits nothing, so that nobody ever sees half a tree.
 */
import { equal, isRef } from '../protocol/values.ts'
import { argsNow, callsFor, durableKeys, givenOf, initialState, patchOf, plainCall } from '../widgets/apply.ts'
import type { BinaryState, Call, Entry, Method, Phase, State, StateDefinition } from '../widgets/definition.ts'
import { contextOf } from './tree.ts'
import type { Node, Tree } from './tree.ts'

/** Takes the steps of a replay. */
export interface ReplaySink {
  /** A message without its id, which the sink adds; `wrapper` if it makes one, which it says the id of. */
  message (body: Record<string, unknown>, wrapper?: number): void
  /** A binary call. */
  binary (wid: number, method: string, state: BinaryState): void
}

/**
 * Makes the steps that build the tree in an empty browser, in the order of PROTOCOL.md §5.
 *
 * @param extended - Whether the browser knows the methods that the project adds to the protocol.
 */
export function replay (tree: Tree, extended: boolean, sink: ReplaySink): void {
  const built = new Set<Node>()
  // What the browser's widgets hold at each point, so that only what differs is sent; only of widgets that differ.
  const shown = new Map<Node, State>()

  const argsOf = ({ definition, args, given, state }: Node): readonly unknown[] => argsNow(definition, args, given, state, extended)

  const showing = (node: Node): State => {
    let state = shown.get(node)
    if (state === undefined) shown.set(node, state = initialState(node.definition, givenOf(node.definition, argsOf(node))))
    return state
  }

  const send = (node: Node, state: State, call: Call): void => {
    const context = contextOf(node)
    const sent = extended ? call : plainCall(node.definition, call, context)
    if (sent !== null && sent !== 'replay') {
      const [method, ...args] = sent
      sink.message({ type: 'call', wid: node.wid, method, args })
    }
    const [name, ...args] = call
    Object.assign(state, patchOf(node.definition.methods[name] as Method, state, args, context))
  }

  const restore = (node: Node, phase: Phase): void => {
    restoreKeys(node, durableKeys(node.definition, phase), phase === 'early' ? forgottenOf(node) : NONE)
  }

  const restoreKeys = (node: Node, keys: readonly string[], but: readonly string[] = NONE): void => {
    if (node.changed === null) return
    const { definition } = node
    const state = showing(node)
    for (const key of keys) {
      const value = node.state[key]
      if (but.includes(key) || equal(state[key], value)) continue
      const { binary } = definition.state[key] as StateDefinition
      if (binary === undefined) for (const call of callsFor(definition, key, value, state[key], contextOf(node))) send(node, state, call)
      else if (value !== null) sink.binary(node.wid, binary, value as BinaryState)
      state[key] = value
    }
  }

  const attach = (parent: Node, { wid, method, args, wrapper }: Entry, index: number): void => {
    sink.message({ type: 'call', wid: parent.wid, method, args }, wrapper)
    if (wid === undefined) return
    const child = tree.nodes.get(wid) as Node
    restoreKeys(child, forgottenOf(child))
    const reduce = parent.definition.container?.reduce
    if (reduce === undefined) return
    const state = showing(parent)
    Object.assign(state, reduce(state, { kind: 'added', index, wid, args }, index + 1))
  }

  const build = (node: Node): void => {
    if (built.has(node)) return
    if (node.args.length > 0) {
      for (const dependency of refsIn(node.args)) {
        const other = tree.nodes.get(dependency)
        if (other !== undefined) build(other)
      }
    }
    built.add(node)
    sink.message({ type: 'create', wid: node.wid, class: node.definition.class, args: argsOf(node) })
    restore(node, 'early')
    let index = 0
    for (const entry of node.entries) {
      if (entry.wid !== undefined) build(tree.nodes.get(entry.wid) as Node)
      attach(node, entry, index)
      if (entry.wid !== undefined) index++
      if (entry.wrapper !== undefined) furnish(tree.nodes.get(entry.wrapper) as Node)
    }
    listen(node)
  }

  const listen = (node: Node): void => {
    for (const action of node.listened.toSorted()) sink.message({ type: 'listen', wid: node.wid, action })
  }

  /** A wrapper is made by the call that attaches what it is around. */
  const furnish = (wrapper: Node): void => {
    built.add(wrapper)
    restore(wrapper, 'early')
    listen(wrapper)
  }

  for (const node of tree.nodes.values()) if (node.parent === null && node.definition.remote) build(node)
  for (const node of built) restore(node, 'late')
  for (const node of built) restore(node, 'last')
}

const NONE: readonly string[] = []

/** What a reference page does not keep of a widget when it is put where this one is. */
const forgottenOf = ({ parent }: Node): readonly string[] => parent?.definition.container?.forgets ?? NONE

function * refsIn (value: unknown): Iterable<number> {
  if (isRef(value)) yield value.__wid__
  else if (Array.isArray(value)) for (const item of value) yield * refsIn(item)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield * refsIn(item)
}
