/** What calls of server code do to the model. */
import { CycleError, InvalidArgumentError, SessionDestroyedError } from '../errors.ts'
import type { Composition, Method, WidgetDefinition } from '../widgets/definition.ts'
import { CHILD } from '../widgets/definition.ts'
import { isRef } from '../protocol/values.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { camelCase } from '../protocol/names.ts'
import { fromWire } from './arguments.ts'
import type { Core } from './core.ts'
import { moversOf } from './movers.ts'
import { childrenOf, contextOf, rowOf, staysWhere } from './tree.ts'
import type { Change, Node } from './tree.ts'
import { creatable, kNode } from './widget.ts'
import type { RemoteWidget } from './widget.ts'
import { definitions } from '../widgets/index.ts'

/** A call of server code, its arguments in wire form. */
export interface ServerCall {
  readonly node: Node
  readonly wire: string
  readonly method: Method
  readonly args: readonly unknown[]
  /** What an error names. */
  readonly label: string
}

/** Makes a call: changes the model at once and tells the browsers. Returns what the call answers. */
export function perform (core: Core, call: ServerCall): unknown {
  const { node, method, args, label } = call
  if (method.as !== undefined) {
    for (const [other, ...rest] of method.as(args)) {
      perform(core, { ...call, wire: other, method: node.definition.methods[other] as Method, args: rest })
    }
    return undefined
  }
  const { effect } = method
  switch (effect.kind) {
    case 'get':
      return fromWire(core, method.get?.(node.state, args, contextOf(node)))
    case 'factory': {
      const composition = method.compose?.(args) ?? null
      if (composition !== null) return compose(core, node, composition)
      makeRoom(core, call)
      apply(core, call)
      return core.widgets.get((args[method.child as number] as WidgetRef).__wid__)
    }
    case 'wrap':
      makeRoom(core, call)
      return wrap(core, call)
    case 'unwrap': {
      const child = node.wraps
      const named = args.find(isRef)
      if (child === null || (named !== undefined && named.__wid__ !== child.wid)) return undefined
      takeOut(core, child.parent as Node, child)
      if (effect.destroy !== undefined && args[effect.destroy] === true) core.destroyWidget(core.widgets.get(child.wid) as RemoteWidget)
      return undefined
    }
    case 'spread':
      core.push(change(core, call), null)
      return undefined
    case 'clear-children':
      for (const wid of rowOf(node)) {
        const child = core.widgets.get(wid) as RemoteWidget
        if (args[0] === true) core.destroyWidget(child)
        else takeOut(core, node, child[kNode])
      }
      return undefined
    case 'child':
      ofChild(core, call, effect)
      return undefined
    case 'arrange':
      // Who comes leaves where it was, and who goes is taken out: a reference page does neither cleanly.
      for (const mover of refusing(label, () => moversOf(core.tree, node, method, args, label))) takeOut(core, mover.parent as Node, mover)
      apply(core, call)
      return undefined
    default:
      apply(core, call)
      return undefined
  }
}

/** Takes a child out of what it is in. */
export function takeOut (core: Core, parent: Node, child: Node): void {
  const remover = parent.definition.container?.remove ?? 'remove'
  showFirst(core, parent, child, () => apply(core, {
    node: parent, wire: remover, method: parent.definition.methods[remover] as Method, args: [{ __wid__: child.wid }], label: remover
  }))
}

type Effect<Kind extends Method['effect']['kind']> = Extract<Method['effect'], { kind: Kind }>

/** A child comes, goes, or changes its place or what is said of it. */
function ofChild (core: Core, call: ServerCall, effect: Effect<'child'>): void {
  const { node, wire, args } = call
  const child = core.widgets.get((args[effect.child] as WidgetRef).__wid__) as RemoteWidget
  switch (effect.op) {
    case 'move': case 'amend':
      return apply(core, call)
    case 'remove': {
      const { wraps, parent } = child[kNode]
      if (wraps !== null) {
        perform(core, { ...call, args: [{ __wid__: wraps.wid }, ...args.slice(1)] })
        return
      }
      if (parent !== node) return
      showFirst(core, node, child[kNode], () => apply(core, { ...call, wire: node.definition.container?.remove ?? wire, args: args.slice(0, 1) }))
      if (args[1] === true) core.destroyWidget(child)
      return
    }
    default:
      makeRoom(core, call)
      apply(core, call)
      // A reference page has forgotten it.
      core.push((node.definition.container?.forgets ?? []).map(key => ({ node: child[kNode], key })), null)
  }
}

function compose (core: Core, parent: Node, { class: className, args, attach: [attach, ...attachArgs] }: Composition): RemoteWidget {
  const widget = core.create(creatable(className), args)
  const wireArgs = attachArgs.map(arg => arg === CHILD ? { __wid__: widget.wid } : arg)
  apply(core, { node: parent, wire: attach, method: parent.definition.methods[attach] as Method, args: wireArgs, label: camelCase(attach) })
  return widget
}

/** Puts a child in with a wrapper, whose id the page is told with the call. */
function wrap (core: Core, call: ServerCall): RemoteWidget {
  const { node, method, args } = call
  const { in: className, key } = method.effect as Effect<'wrap'>
  const [child, given] = args as [WidgetRef, Record<string, unknown> | undefined]
  const options = method.complete?.(given ?? {}, contextOf(node)) ?? { ...given }
  const widget = core.create(definitions.get(className) as WidgetDefinition, [options])
  apply(core, { ...call, args: [child, { ...options, [key]: widget.wid }] }, widget.wid)
  core.track(widget[kNode])
  return widget
}

/** Before a child comes: it leaves where it was, and what it replaces leaves too. A reference page does neither. */
function makeRoom (core: Core, { node, wire, method, args, label }: ServerCall): void {
  const { effect } = method
  const position = effect.kind === 'child' ? effect.child : method.child ?? 0
  const child = core.tree.nodes.get((args[position] as WidgetRef).__wid__) as Node
  if (child.definition.wrapper) throw new InvalidArgumentError(label, 'child', `${child.definition.class}#${child.wid} cannot be put anywhere else`)
  if (core.tree.contains(child, node)) throw new CycleError(label, `${child.definition.class}#${child.wid}`)
  const stays = effect.kind === 'child' && effect.op === 'add' && staysWhere(node, child, wire)
  if (child.parent !== null && !stays) takeOut(core, child.parent, child)
  if (effect.kind === 'child' && effect.op === 'only') {
    for (const wid of childrenOf(node)) takeOut(core, node, core.tree.nodes.get(wid) as Node)
  }
}

/** Takes a child out by `remove`, after making it the one that is shown where only that one can be taken out. */
function showFirst (core: Core, parent: Node, child: Node, remove: () => void): void {
  const shows = parent.definition.container?.shows
  if (shows === undefined) return remove()
  const index = childrenOf(parent).indexOf(child.wid)
  const shown = parent.state[shows.key] as number
  const show = (index: number): void => apply(core, {
    node: parent, wire: shows.setter, method: parent.definition.methods[shows.setter] as Method, args: [index], label: shows.setter
  })
  // Even where it is the one shown here: somebody may have turned the page meanwhile.
  show(index)
  remove()
  // A page that has its tabs in another order has chosen a neighbour of its own.
  if (childrenOf(parent).length > 0) show(shown > index ? shown - 1 : Math.min(shown, childrenOf(parent).length - 1))
}

/** Changes the model. */
function change (core: Core, { node, wire, method, args, label }: ServerCall): Change[] {
  if (core.destroyed) throw new SessionDestroyedError()
  return refusing(label, () => core.tree.call(node, wire, method, args))
}

/** Changes the model and sends the call on. @param wrapper - Id of the wrapper that it makes. */
function apply (core: Core, call: ServerCall, wrapper?: number): void {
  const changes = change(core, call)
  if (call.method.onlyIfChanged === true && changes.length === 0) return
  core.passOn(call, wrapper)
}

/** What a reducer refuses is a mistake of the caller's. */
function refusing<T> (label: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof RangeError) throw new InvalidArgumentError(label, 'value', error.message)
    throw error
  }
}
