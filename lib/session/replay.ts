/**
 * From the model to messages: one function for a new browser, one that comes back, a second one, and a session
 * restored from storage. It awaits nothing, so that nobody ever sees half a tree.
 */
import { equal, isRef } from '../protocol/values.ts'
import { callsFor, initialState, isDurable, patchOf } from '../widgets/apply.ts'
import type { BinaryState, Call, Entry, Method, State } from '../widgets/definition.ts'
import { contextOf } from './tree.ts'
import type { Node, Tree } from './tree.ts'

/** A step of a replay: a message body without its id, or a binary call. */
export type Step =
  | { readonly kind: 'message', readonly body: Record<string, unknown> }
  | { readonly kind: 'binary', readonly wid: number, readonly method: string, readonly state: BinaryState }

/** The steps that build the tree in an empty browser, in the order of PROTOCOL.md §5. */
export function replay (tree: Tree): Step[] {
  const steps: Step[] = []
  const built = new Set<Node>()
  // What the browser's widgets hold at each point, so that only what differs is sent.
  const shown = new Map<Node, State>()
  const order: Node[] = []

  const send = (node: Node, [method, ...args]: Call): void => {
    steps.push({ kind: 'message', body: { type: 'call', wid: node.wid, method, args } })
    const patch = patchOf(node.definition.methods[method] as Method, shown.get(node) as State, args, contextOf(node))
    Object.assign(shown.get(node) as State, patch)
  }

  const restore = (node: Node, phase: 'early' | 'late' | 'last'): void => {
    const state = shown.get(node) as State
    for (const [key, definition] of Object.entries(node.definition.state)) {
      if ((definition.phase ?? 'early') !== phase || !isDurable(node.definition, key)) continue
      const value = node.state[key]
      if (equal(state[key], value)) continue
      if (definition.binary !== undefined) {
        if (value !== null) steps.push({ kind: 'binary', wid: node.wid, method: definition.binary, state: value as BinaryState })
      } else {
        for (const call of callsFor(node.definition, key, value, state[key])) send(node, call)
      }
      state[key] = value
    }
  }

  const attach = (parent: Node, { wid, method, args }: Entry, index: number): void => {
    steps.push({ kind: 'message', body: { type: 'call', wid: parent.wid, method, args } })
    if (wid === undefined) return
    const state = shown.get(parent) as State
    Object.assign(state, parent.definition.container?.reduce?.(state, { kind: 'added', index, wid }, index + 1))
  }

  const build = (node: Node): void => {
    if (built.has(node)) return
    built.add(node)
    for (const dependency of refsIn(node.args)) {
      const other = tree.nodes.get(dependency)
      if (other !== undefined) build(other)
    }
    order.push(node)
    steps.push({ kind: 'message', body: { type: 'create', wid: node.wid, class: node.definition.class, args: node.args } })
    shown.set(node, initialState(node.definition, node.given))
    restore(node, 'early')
    let index = 0
    for (const entry of node.entries) {
      if (entry.wid !== undefined) build(tree.nodes.get(entry.wid) as Node)
      attach(node, entry, index)
      if (entry.wid !== undefined) index++
    }
    for (const action of [...node.listened].sort()) steps.push({ kind: 'message', body: { type: 'listen', wid: node.wid, action } })
  }

  for (const node of tree.nodes.values()) if (node.parent === null && node.definition.remote) build(node)
  for (const node of order) restore(node, 'late')
  for (const node of order) restore(node, 'last')
  return steps
}

function * refsIn (value: unknown): Iterable<number> {
  if (isRef(value)) yield value.__wid__
  else if (Array.isArray(value)) for (const item of value) yield * refsIn(item)
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) yield * refsIn(item)
}
