/** The widgets of server code: one class per definition, made from it. */
import { UnknownNameError, WidgetDestroyedError } from '../errors.ts'
import { camelCase } from '../protocol/names.ts'
import { ask } from './ask.ts'
import { definitions } from '../widgets/index.ts'
import type { WidgetDefinition } from '../widgets/definition.ts'
import type { Core } from './core.ts'
import type { Session } from './session.ts'
import type { Node } from './tree.ts'

/** The widget's place in the model; not for users. */
export const kNode = Symbol('pgwidgets.node')
/** The session's inside; not for users. */
export const kCore = Symbol('pgwidgets.core')
/** Hook: server code has called a method, which is done. */
export const kCalled = Symbol('pgwidgets.called')
/** Hook: the widget or its session has ended. */
export const kEnded = Symbol('pgwidgets.ended')

type Handler = (...args: unknown[]) => unknown

/** Base of all widgets of a session. Made by `session.getWidgets()`, never by `new`. */
export class RemoteWidget {
  /** @internal */ readonly [kNode]: Node
  /** @internal */ readonly [kCore]: Core
  #query: Record<string, (...args: unknown[]) => Promise<unknown>> | undefined

  constructor (core: Core, node: Node) {
    this[kCore] = core
    this[kNode] = node
  }

  /** The widget's id in its session and on the wire. */
  get wid (): number { return this[kNode].wid }
  /** The session that the widget belongs to. */
  get session (): Session<never> { return this[kCore].session as Session<never> }
  /** The name given to the constructor, by which `session.find()` knows it; null if none was. */
  get name (): string | null { return this[kNode].name }
  /** Whether the widget was destroyed. */
  get destroyed (): boolean { return this[kCore].tree.nodes.get(this.wid) !== this[kNode] }
  /** The widget that holds this one; null if none does. */
  get parent (): RemoteWidget | null {
    const { parent } = this[kNode]
    return parent === null ? null : this[kCore].widgets.get(parent.wid) ?? null
  }

  /** Questions that only a browser can answer. Each returns a promise. */
  get query (): Record<string, (...args: unknown[]) => Promise<unknown>> {
    this.#query ??= queriesOf(this)
    return this.#query
  }

  on (action: string, handler: Handler, options: { concurrent?: boolean } = {}): this {
    this[kCore].listen(this, action, { handler, concurrent: options.concurrent === true, immediate: false, once: false })
    return this
  }

  once (action: string): Promise<unknown[]> {
    const promise = new Promise<unknown[]>((resolve, reject) => {
      this[kCore].listen(this, action, { handler: (...args) => resolve(args), concurrent: false, immediate: true, once: true, ended: reject })
    })
    // Nobody has to wait for it: that the widget ended is no error of theirs.
    promise.catch(() => {})
    return promise
  }

  off (action: string, handler?: Handler): this {
    this[kCore].unlisten(this, action, handler)
    return this
  }

  /** @internal */ [kCalled] (_wire: string, _args: readonly unknown[]): void {}
  /** @internal */ [kEnded] (): void {}

  /** Class, id and name, for messages. */
  toString (): string {
    return `${this[kNode].definition.class}#${this.wid}${this.name === null ? '' : ` "${this.name}"`}`
  }

  /** So that a widget in a log line is not its whole session. */
  toJSON (): string { return this.toString() }
}

function queriesOf (widget: RemoteWidget): Record<string, (...args: unknown[]) => Promise<unknown>> {
  const { definition } = widget[kNode]
  const queries: Record<string, (...args: unknown[]) => Promise<unknown>> = {}
  for (const [wire, method] of Object.entries(definition.methods)) {
    if (!isQuery(definition, wire) || method.pageOnly === true) continue
    queries[queryName(wire)] = (...args) => ask(widget[kCore], widget, wire, method, args)
  }
  return queries
}

/** Whether a browser can be asked by this method: a question by nature, or a getter whose answer every browser has too. */
export function isQuery (definition: WidgetDefinition, wire: string): boolean {
  const method = definition.methods[wire]
  return method !== undefined && (method.effect.kind === 'query' || (method.effect.kind === 'get' && definition.remote && method.unasked !== true && method.extension !== true))
}

/** `get_size` is asked by `query.size()`. */
export function queryName (wire: string): string {
  return camelCase(wire.replace(/^get_/, ''))
}

export type WidgetClass = new (core: Core, node: Node) => RemoteWidget

/** The class of a definition: one method for each of the definition's, in TypeScript spelling. */
export function makeClass (definition: WidgetDefinition, Base: WidgetClass): WidgetClass {
  const Class = { [definition.class]: class extends Base {} }[definition.class] as WidgetClass
  for (const [wire, method] of Object.entries(definition.methods)) {
    if (method.pageOnly === true || method.effect.kind === 'query' || method.effect.kind === 'local') continue
    const name = method.ts ?? camelCase(wire)
    const value = function (this: RemoteWidget, ...args: unknown[]): unknown {
      if (method.effect.kind === 'destroy') return this[kCore].destroyWidget(this)
      if (this.destroyed) throw new WidgetDestroyedError(this.toString(), name)
      return this[kCore].invoke(this, wire, method, args)
    }
    Object.defineProperty(value, 'name', { value: name })
    Object.defineProperty(Class.prototype, name, { value, writable: true, configurable: true })
  }
  return Class
}

/** The definition of a class that server code may make. */
export function creatable (name: string): WidgetDefinition {
  const definition = definitions.get(name)
  if (definition?.creatable === true) return definition
  const names = [...definitions.values()].filter(({ creatable }) => creatable).map(definition => definition.class)
  throw new UnknownNameError(`there is no widget class ${name}; there are ${names.join(', ')}`)
}
