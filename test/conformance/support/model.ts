/**
 * What a browser holds after the frames that it was sent and what its user did: worked out by the definitions' own
 * reducers, from either side's frames. Widgets have numbers of their own here, so that models of different ids compare.
 */
import { Tree, childrenOf, contextOf } from '../../../lib/session/tree.ts'
import type { Node } from '../../../lib/session/tree.ts'
import { mismatch } from '../../../lib/protocol/compile.ts'
import { isRef } from '../../../lib/protocol/values.ts'
import { isDurable, padded } from '../../../lib/widgets/apply.ts'
import { CHILD } from '../../../lib/widgets/definition.ts'
import type { Method, WidgetDefinition } from '../../../lib/widgets/definition.ts'
import { definitions } from '../../../lib/widgets/index.ts'
import type { Answer, Message, Report } from './trace.ts'

/** Takes the place of widgets whose class does not exist here, so that their siblings keep their positions. */
export const STAND_IN = 'VBox'

/** What became of a message: `missing` where it is about a class that does not exist here. */
export type Outcome = 'applied' | 'missing' | 'refused' | 'other'

/** A call that puts one widget into another, of any container. */
export const ATTACHES = /^(?:add|set|insert)_widget$/

/** The definition of a class that browsers can be told to make. */
export function classOf (name: unknown): WidgetDefinition | undefined {
  const definition = definitions.get(String(name))
  return definition?.creatable === true ? definition : undefined
}

/** A list that may be absent. */
export const list = (value: unknown): Message[] => Array.isArray(value) ? value : []

export class BrowserModel {
  tree = new Tree()
  /** Widgets by the ids that the frames use; null for those that stand for no widget here. */
  ids = new Map<number, Node | null>()
  readonly standIns = new Set<Node>()
  #last = 0
  #headers: Message[] = []
  #transfers = new Map<number, { message: Message, chunks: Array<Uint8Array | undefined> }>()

  /** Takes a message of the server; `answer` is needed where the browser chose ids. */
  apply (message: Message, answer: Answer | null = null): Outcome {
    switch (message.type) {
      case 'init': case 'reconstruct-start':
        this.tree = new Tree()
        this.ids.clear()
        return 'other'
      case 'create': return this.#create(message, answer)
      case 'call': return this.#call(message, answer)
      case 'batch':
        for (const call of list(message.calls)) this.#call(call, null)
        return 'applied'
      case 'listen': case 'unlisten': {
        const node = this.ids.get(message.wid as number)
        return node === undefined ? 'refused' : this.#missing(node) ? 'missing' : 'applied'
      }
      case 'binary-call':
        this.#headers.push(message)
        return 'other'
      case 'binary-call-chunked':
        this.#transfers.set(message.transfer_id as number, { message, chunks: Array.from({ length: message.num_chunks as number }) })
        return 'other'
      case 'binary-chunk':
        if (message.encoding === 'base64') this.#chunk(message, Buffer.from(String(message.data), 'base64'))
        else this.#headers.push(message)
        return 'other'
      default: return 'other'
    }
  }

  /** Takes a binary frame; returns the call that it completes. */
  bytes (bytes: Uint8Array): Message | null {
    const header = this.#headers.shift()
    if (header === undefined) return null
    if (header.type === 'binary-chunk') return this.#chunk(header, bytes)
    this.#call(header, null, bytes)
    return header
  }

  /** Takes what the browser's own user did. What the page only asks for changes nothing. */
  report ({ wid, action, args }: Report): Outcome {
    const node = this.ids.get(wid)
    if (node === undefined) return 'refused'
    if (this.#missing(node)) return 'missing'
    const callback = node.definition.callbacks[action]
    if (callback === undefined) return 'refused'
    const tracked = callback.touches === undefined || callback.minds === true || callback.when?.(node.given) !== false
    if (callback.request === true || !tracked) return 'applied'
    const translated = args.map(arg => this.#translate(arg))
    if (translated.some(arg => arg instanceof Unknown)) return 'missing'
    try {
      // A reference page says what it measured, whoever caused it.
      this.tree.callback(node, callback, translated, callback.measured === true)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
    }
    return 'applied'
  }

  /** What a browser answers to a question of which it knows the answer; undefined for others. */
  ask ({ wid, method: name, args }: Message): unknown {
    const node = this.ids.get(wid as number)
    const method = node == null ? undefined : methodOf(node.definition, String(name))
    if (method?.effect.kind === 'wrap') return { __wid__: (list(args)[1] as Record<string, unknown> | undefined)?.[method.effect.key] }
    return node == null ? undefined : method?.get?.(node.state, list(args), contextOf(node))
  }

  /** Whether a message is about a class that does not exist here, or names one in its arguments. */
  concernsMissing (message: Message): boolean {
    if (message.type === 'create') return classOf(message.class) === undefined || this.#translate(message.args ?? []) instanceof Unknown
    if (message.type === 'batch') return list(message.calls).some(call => this.concernsMissing(call))
    if (typeof message.wid !== 'number') return false
    const node = this.ids.get(message.wid)
    if (node === undefined) return false
    return this.#missing(node) || this.#missingIn(message.args)
  }

  #missing (node: Node | null): node is null { return node === null || this.standIns.has(node) }

  #missingIn (value: unknown): boolean {
    if (isRef(value)) {
      const node = this.ids.get(value.__wid__)
      return node !== undefined && this.#missing(node)
    }
    return typeof value === 'object' && value !== null && Object.values(value).some(item => this.#missingIn(item))
  }

  #make (definition: WidgetDefinition, wid: number, args: readonly unknown[]): Node {
    const node = this.tree.create(definition, ++this.#last, args)
    this.ids.set(wid, node)
    return node
  }

  #create ({ wid, class: name, args = [] }: Message, answer: Answer | null): Outcome {
    if (answer?.type === 'error') return 'refused'
    const id = typeof wid === 'number' ? wid : answer?.wid as number
    const definition = classOf(name)
    const translated = this.#translate(args) as unknown[] | Unknown
    if (definition === undefined || translated instanceof Unknown) {
      this.standIns.add(this.#make(classOf(STAND_IN) as WidgetDefinition, id, []))
      return 'missing'
    }
    this.#make(definition, id, translated)
    return 'applied'
  }

  #call ({ wid, method: name, args: given }: Message, answer: Answer | null, bytes?: Uint8Array): Outcome {
    const args = given ?? []
    if (answer?.type === 'error') return 'refused'
    const node = this.ids.get(wid as number)
    if (node === undefined) return 'refused'
    const made = isRef(answer?.value) ? answer.value : null
    if (this.#missing(node)) {
      if (made !== null && !this.ids.has(made.__wid__)) this.ids.set(made.__wid__, null)
      this.#attachToStandIn(node, String(name), args as unknown[])
      return 'missing'
    }
    const method = methodOf(node.definition, String(name))
    if (method === undefined) return 'refused'
    const translated = this.#translate(args) as unknown[] | Unknown
    if (translated instanceof Unknown) return 'missing'
    const all = bytes === undefined ? translated : [bytes, ...translated]
    if (method.effect.kind === 'destroy') {
      for (const { wid } of this.tree.destroy(node)) for (const [id, other] of this.ids) if (other?.wid === wid) this.ids.delete(id)
      return 'applied'
    }
    if (method.effect.kind === 'wrap') {
      const { [method.effect.key]: said, ...options } = (all[1] ?? {}) as Record<string, unknown>
      const id = made?.__wid__ ?? said
      if (typeof id !== 'number') return 'refused'
      const wrapper = this.#make(definitions.get(method.effect.in) as WidgetDefinition, id, [options])
      this.#apply(node, String(name), [all[0], { ...options, [method.effect.key]: wrapper.wid }])
      return 'applied'
    }
    const composition = method.compose?.(all) ?? null
    if (composition !== null) {
      if (made === null) return 'refused'
      const child = this.#make(classOf(composition.class) as WidgetDefinition, made.__wid__, composition.args)
      const [attach, ...rest] = composition.attach
      this.#apply(node, attach, rest.map(arg => arg === CHILD ? { __wid__: child.wid } : arg))
    } else {
      this.#apply(node, String(name), all)
    }
    return this.#missingIn(args) ? 'missing' : 'applied'
  }

  #apply (node: Node, name: string, args: readonly unknown[]): void {
    const method = methodOf(node.definition, name) as Method
    try {
      this.tree.call(node, name, method, args)
    } catch (error) {
      // An index that there is not, or arguments that no definition allows: pages pass over them.
      if (!(error instanceof RangeError) && fits(method, args)) throw error
      return
    }
    // The reference's `remove` and `remove_all` can end what they take out.
    const { kind } = method.effect
    const child = kind === 'child' && method.effect.op === 'remove' && args[1] === true && isRef(args[0]) ? this.tree.nodes.get(args[0].__wid__) : undefined
    if (child !== undefined) this.tree.destroy(child)
  }

  #attachToStandIn (node: Node | null, name: string, args: readonly unknown[]): void {
    const child = args.find(isRef)
    const found = child === undefined ? undefined : this.ids.get(child.__wid__)
    if (node !== null && found != null && ATTACHES.test(name)) this.#apply(node, 'add_widget', [{ __wid__: found.wid }])
  }

  #chunk ({ transfer_id: id, chunk_index: index }: Message, bytes: Uint8Array): Message | null {
    const transfer = this.#transfers.get(id as number)
    if (transfer === undefined || (index as number) >= transfer.chunks.length) return null
    transfer.chunks[index as number] = bytes
    if (transfer.chunks.includes(undefined)) return null
    this.#transfers.delete(id as number)
    this.#call(transfer.message, null, Buffer.concat(transfer.chunks as Uint8Array[]))
    return transfer.message
  }

  /** Exchanges ids of the frames for those of this model; Unknown if one stands for nothing here. */
  #translate (value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (isRef(value)) {
      const node = this.ids.get(value.__wid__)
      return node == null ? new Unknown() : { __wid__: node.wid }
    }
    if (Array.isArray(value)) {
      const items = value.map(item => this.#translate(item))
      return items.find(item => item instanceof Unknown) ?? items
    }
    const entries = Object.entries(value).map(([key, item]) => [key, this.#translate(item)] as const)
    return entries.find(([, item]) => item instanceof Unknown)?.[1] ?? Object.fromEntries(entries)
  }
}

class Unknown {}

function fits (method: Method, args: readonly unknown[]): boolean {
  return method.params.every((param, i) => args[i] === undefined ? param.optional === true : mismatch(param.type, args[i]) === null)
}

/** A method by its wire name. */
export function methodOf (definition: WidgetDefinition, name: string): Method | undefined {
  return Object.hasOwn(definition.methods, name) ? definition.methods[name] : undefined
}

/** How a widget is called in comparisons. */
export type Label = (id: number) => string

/**
 * What a model says, a line for each fact: class, children and everything that a replay must restore. Lines of two
 * models are the same where they hold the same.
 */
export function facts (model: BrowserModel, label: Label): Map<string, string> {
  const lines = new Map<string, string>()
  for (const node of model.tree.nodes.values()) {
    if (!node.definition.remote) continue
    const name = label(node.wid)
    lines.set(`${name} class`, node.definition.class)
    lines.set(`${name} children`, JSON.stringify(node.entries.map(({ wid, method, args }) => wid === undefined ? method : [label(wid), ...attachment(node, method, args)])))
    for (const [key, value] of Object.entries(node.state)) {
      if (isDurable(node.definition, key)) lines.set(`${name} ${node.definition.class}.${key}`, JSON.stringify(key === 'order' && Array.isArray(value) ? (value as number[]).map(label) : labelled(value, label, new Set(childrenOf(node)))))
    }
  }
  return lines
}

/** What the call that attached a child said besides, defaults filled in. */
function attachment (parent: Node, method: string, args: readonly unknown[]): unknown[] {
  const { params = [], effect } = methodOf(parent.definition, method) ?? {}
  if (effect?.kind === 'wrap') {
    const { [effect.key]: _id, ...options } = args[1] as Record<string, unknown>
    return [options]
  }
  return padded(params.slice(0, Math.max(args.length, params.length)), args).filter(arg => !isRef(arg))
}

function labelled (value: unknown, label: Label, children: ReadonlySet<number>): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  if (typeof value !== 'object' || value === null) return value
  if (isRef(value)) return label(value.__wid__)
  if (Array.isArray(value)) return value.map(item => labelled(item, label, children))
  // Keys may be ids of children. In order, so that it does not matter who was told of first.
  return Object.fromEntries(Object.entries(value)
    .map(([key, item]) => [children.has(Number(key)) ? label(Number(key)) : key, labelled(item, label, children)] as const)
    .sort(([a], [b]) => a < b ? -1 : 1))
}

/** Facts that two models do not share. */
export function unlike (ours: ReadonlyMap<string, string>, recorded: ReadonlyMap<string, string>): Array<{ fact: string, ours: string | undefined, recorded: string | undefined }> {
  return [...new Set([...ours.keys(), ...recorded.keys()])]
    .filter(fact => ours.get(fact) !== recorded.get(fact))
    .map(fact => ({ fact, ours: ours.get(fact), recorded: recorded.get(fact) }))
}
