/** Small models to try definitions on, without a session. */
import fc from 'fast-check'
import type { ValueType, WidgetRef } from '../../lib/protocol/values.ts'
import { replay } from '../../lib/session/replay.ts'
import { Tree, contextOf } from '../../lib/session/tree.ts'
import type { Change, Node } from '../../lib/session/tree.ts'
import { isA } from '../../lib/widgets/definition.ts'
import type { Callback, Method, Param, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'

export const ref = (node: Node | number): WidgetRef => ({ __wid__: typeof node === 'number' ? node : node.wid })

export function definitionOf (name: string): WidgetDefinition {
  const definition = definitions.get(name)
  if (definition === undefined) throw new Error(`there is no class ${name}`)
  return definition
}

/** A tree that is driven by names, as messages do. */
export class Model {
  readonly tree = new Tree()
  #lastWid = 0

  create (name: string, ...args: unknown[]): Node {
    return this.tree.create(definitionOf(name), ++this.#lastWid, args)
  }

  call (node: Node, name: string, ...args: unknown[]): Change[] {
    const method = node.definition.methods[name] as Method
    if (method.effect.kind === 'wrap') {
      const options = method.complete?.((args[1] ?? {}) as Record<string, unknown>, contextOf(node)) ?? {}
      const wrapper = this.create(method.effect.in, options)
      args = [args[0], { ...options, [method.effect.key]: wrapper.wid }]
    }
    return this.tree.call(node, name, node.definition.methods[name] as Method, args)
  }

  callback (node: Node, action: string, ...args: unknown[]): Change[] {
    return this.tree.callback(node, node.definition.callbacks[action] as Callback, args)
  }

  /** What a getter answers. */
  get (node: Node, name: string, ...args: unknown[]): unknown {
    return node.definition.methods[name]?.get?.(node.state, args, contextOf(node))
  }

  /** A container of the class with buttons in it. */
  filled (name: string, count: number): [Node, Node[]] {
    const parent = this.create(name)
    const children = Array.from({ length: count }, () => this.create('Button'))
    for (const child of children) this.call(parent, parent.definition.container?.attach ?? '', ref(child))
    return [parent, children]
  }
}

/** The tree that a browser holds after a replay. Throws where a step names a widget that it was not told of. */
export function replayed (tree: Tree): Tree {
  const browser = new Tree()
  const know = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return
    const { __wid__: wid } = value as Partial<WidgetRef>
    if (wid !== undefined && !browser.nodes.has(wid)) throw new Error(`widget ${wid} is named before it is created`)
    Object.values(value).forEach(know)
  }
  const nodeOf = (wid: number): Node => {
    const node = browser.nodes.get(wid)
    if (node === undefined) throw new Error(`widget ${wid} is used before it is created`)
    return node
  }
  const call = (node: Node, name: string, args: readonly unknown[]): void => {
    const { effect } = node.definition.methods[name] as Method
    if (effect.kind === 'wrap') {
      const { [effect.key]: wid, ...options } = args[1] as Record<string, unknown>
      browser.create(definitionOf(effect.in), wid as number, [options])
    }
    browser.call(node, name, node.definition.methods[name] as Method, args)
  }
  replay(tree, true, {
    message (body) {
      const { type, wid, class: name, method, args } = body as { type: string, wid: number, class: string, method: string, args: unknown[] }
      know(args)
      if (type === 'create') browser.create(definitionOf(name), wid, args)
      else if (type === 'call') call(nodeOf(wid), method, args)
      else nodeOf(wid)
    },
    binary (wid, method, { args, bytes }) { call(nodeOf(wid), method, [bytes, ...args]) }
  })
  return browser
}

/** Children, with the calls that attached them, and state of every widget, without what is never restored. */
export function contentOf (tree: Tree): Record<string, unknown> {
  return Object.fromEntries([...tree.nodes.values()].sort((a, b) => a.wid - b.wid).map(node => [
    `${node.definition.class}#${node.wid}`,
    {
      entries: node.entries,
      ...Object.fromEntries(Object.entries(node.state).filter(([key]) => node.definition.state[key]?.calls !== null))
    }
  ]))
}

/** Any value of a type; widgets are picked from `widgets`. */
export function anyOf (type: ValueType, widgets: readonly Node[]): fc.Arbitrary<unknown> {
  const inner = (type: ValueType): fc.Arbitrary<unknown> => anyOf(type, widgets)
  switch (type.kind) {
    case 'null': return fc.constant(null)
    case 'boolean': return fc.boolean()
    case 'any': return fc.jsonValue()
    case 'string': return fc.constantFrom('', 'a', 'b', 'c', 'ä', 'red')
    case 'bytes': return fc.uint8Array({ maxLength: 4 })
    case 'enum': return fc.constantFrom(...type.values)
    case 'integer': case 'number': {
      const { min = -3, max = 200 } = type
      return fc.integer({ min: Math.ceil(min), max: Math.min(max, 200) })
    }
    case 'widget': {
      const fitting = widgets.filter(({ definition }) => type.of === undefined || isA(definition, type.of))
      return fc.constantFrom(...fitting.map(node => ref(node)))
    }
    case 'array': return fc.array(inner(type.items), { maxLength: 4 })
    case 'tuple': return fc.tuple(...type.items.map(inner))
    case 'union': return fc.oneof(...type.of.map(inner))
    case 'object': {
      const optional = Object.entries(type.properties).filter(([, property]) => property.optional === true).map(([name]) => name)
      const required = Object.keys(type.properties).filter(name => !optional.includes(name))
      return fc.record(Object.fromEntries(Object.entries(type.properties).map(([name, property]) => [name, inner(property.type)])), { requiredKeys: required })
    }
  }
}

/** Arguments for parameters; optional ones are left out at times. */
export function argsOf (params: readonly Param[], widgets: readonly Node[]): fc.Arbitrary<unknown[]> {
  const required = params.filter(({ optional }) => optional !== true).length
  return fc.tuple(fc.integer({ min: required, max: params.length }), fc.tuple(...params.map(({ type }) => anyOf(type, widgets))))
    .map(([length, args]) => args.slice(0, length))
}
