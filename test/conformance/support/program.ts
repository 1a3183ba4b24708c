/**
 * The application behind a recording, rebuilt through this project's API: each recorded `create` is a constructor,
 * each `call` a method, each `listen` a handler, in the recorded order.
 */
import type { Session } from '../../../lib/index.ts'
import { camelCase } from '../../../lib/protocol/names.ts'
import { isRef } from '../../../lib/protocol/values.ts'
import type { Node } from '../../../lib/session/tree.ts'
import { ATTACHES, BrowserModel, STAND_IN, list, methodOf } from './model.ts'
import type { Answer, Message, Request } from './trace.ts'

/** A widget of our API, by the names of its members alone. */
interface Handle {
  readonly wid: number
  on (action: string, handler: () => void): unknown
  off (action: string): unknown
}

/** What became of a recorded message. */
export type Step = 'done' | 'missing' | 'refused' | 'other'

export class Program {
  readonly session: Session
  /** The recorded session as its browsers would have it, if nobody had ever reloaded. */
  readonly model = new BrowserModel()
  /** Messages that our API did not take, with its words. */
  readonly objections: string[] = []
  /** Our widgets, by number in the model. */
  readonly #handles = new Map<number, Handle>()

  constructor (session: Session) { this.session = session }

  /** Widgets of our wire by their numbers in the model, and the other way round. */
  get numbers (): Map<number, number> { return new Map([...this.#handles].map(([number, { wid }]) => [wid, number])) }

  /** Our id of a recorded one. */
  wid (recorded: number): number | undefined {
    const node = this.model.ids.get(recorded)
    return node == null ? undefined : this.#handles.get(node.wid)?.wid
  }

  /** Does what the recorded server did. What our API objects to, the model does not take either. */
  run ({ message, answer }: Request): Step {
    if (answer?.type === 'error') return 'refused'
    const missing = this.model.concernsMissing(message)
    try {
      if (message.type === 'create') {
        this.model.apply(message, answer)
        this.#create(message, answer)
      } else {
        const made = this.#act(message)
        this.model.apply(message, answer)
        const child = isRef(answer?.value) ? this.model.ids.get(answer.value.__wid__) : undefined
        if (child != null && made !== null) this.#handles.set(child.wid, made)
      }
    } catch (error) {
      this.objections.push(`${describe(message, this.model)}: ${(error as Error).message}`)
      return 'refused'
    }
    if (missing) return 'missing'
    return ['create', 'call', 'batch', 'listen', 'unlisten'].includes(String(message.type)) ? 'done' : 'other'
  }

  /** Takes the bytes of a binary frame. */
  bytes (bytes: Uint8Array): Step {
    const call = this.model.bytes(bytes)
    if (call === null) return 'other'
    const node = this.model.ids.get(call.wid as number)
    const handle = node == null ? undefined : this.#handles.get(node.wid)
    const state = node?.state.binary_image as { bytes: Uint8Array } | null | undefined
    if (handle === undefined || state == null) return 'refused'
    this.#method(handle, String(call.method), [state.bytes, ...call.args as unknown[]])
    return 'done'
  }

  /**
   * The recorded server has rebuilt its tree in another browser, where objects made by factories got new ids. Widgets
   * keep their places, so that the ids of `rebuilt` can be told from there.
   */
  rebuilt (rebuilt: BrowserModel): void {
    const places = new Map([...this.model.tree.nodes.values()].map(node => [placeOf(node), node]))
    const ids = new Map(this.model.ids)
    for (const [id, node] of rebuilt.ids) {
      const known = node === null ? null : ids.get(id) ?? places.get(placeOf(node))
      if (known !== undefined && !(node !== null && known !== null && known.definition !== node.definition)) this.model.ids.set(id, known)
      else if (node !== null && places.has(placeOf(node))) this.model.ids.set(id, places.get(placeOf(node)) as Node)
    }
  }

  /** Returns the widget that a factory made. */
  #act (message: Message): Handle | null {
    if (message.type === 'call') return this.#call(message)
    if (message.type === 'batch') this.session.batch(() => { for (const call of list(message.calls)) this.#call(call) })
    if (message.type !== 'listen' && message.type !== 'unlisten') return null
    const handle = this.#handleOf(message.wid as number)
    const { definition } = this.model.ids.get(message.wid as number) ?? {}
    const action = String(message.action)
    if (handle === undefined || this.model.concernsMissing(message) || definition?.callbacks[action] === undefined) return null
    if (message.type === 'listen') handle.on(action, () => {})
    else handle.off(action)
    return null
  }

  #create ({ wid, class: name, args = [] }: Message, answer: Answer | null): void {
    const node = this.model.ids.get(typeof wid === 'number' ? wid : answer?.wid as number) as Node
    const factories = this.session.getWidgets() as unknown as Record<string, (...args: unknown[]) => Handle>
    const standIn = this.model.standIns.has(node)
    const make = factories[standIn ? STAND_IN : String(name)] as (...args: unknown[]) => Handle
    this.#handles.set(node.wid, make(...standIn ? [] : (args as unknown[]).map(arg => this.#argument(arg))))
  }

  #call (message: Message): Handle | null {
    const { wid, method: name } = message as { wid: number, method: string }
    const args = message.args as unknown[] | null | undefined ?? []
    const handle = this.#handleOf(wid)
    const node = this.model.ids.get(wid)
    if (handle === undefined || node == null) return null
    if (this.model.standIns.has(node)) {
      const child = args.map(arg => isRef(arg) ? this.#handleOf(arg.__wid__) : undefined).find(child => child !== undefined)
      if (ATTACHES.test(name) && child !== undefined) this.#method(handle, 'add_widget', [child])
      return null
    }
    const method = methodOf(node.definition, name)
    // A question changes nothing; and what is for pages alone our server never calls.
    if (method === undefined || method.pageOnly === true || method.effect.kind === 'query' || method.effect.kind === 'get') return null
    const given = args.map(arg => this.#argument(arg))
    if (given.includes(NOBODY)) return null
    const made = this.#method(handle, name, given)
    return method.effect.kind === 'factory' || method.effect.kind === 'wrap' ? made as Handle : null
  }

  #method (handle: Handle, name: string, args: readonly unknown[]): unknown {
    const node = this.model.tree.nodes.get(this.numbers.get(handle.wid) as number)
    const spelled = (node === undefined ? undefined : methodOf(node.definition, name)?.ts) ?? camelCase(name)
    return (handle as unknown as Record<string, (...args: readonly unknown[]) => unknown>)[spelled]?.(...args)
  }

  #handleOf (recorded: number): Handle | undefined {
    const node = this.model.ids.get(recorded)
    return node == null ? undefined : this.#handles.get(node.wid)
  }

  /** A recorded argument as server code writes it: widgets as handles; what was not given is left out. */
  #argument (value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return value
    if (isRef(value)) return this.#handleOf(value.__wid__) ?? NOBODY
    if (Array.isArray(value)) return value.map(item => this.#argument(item))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [camelCase(key), this.#argument(item)]))
  }
}

/** Stands for a widget that does not exist here. */
const NOBODY = Symbol('nobody')

function placeOf (node: Node): string {
  const at = node.parent?.entries.findIndex(({ wid }) => wid === node.wid)
  return node.parent === null ? `root ${node.definition.class}` : `${placeOf(node.parent)}/${at} ${node.definition.class}`
}

/** A message in words, for tables and reports. */
export function describe ({ type, class: name, wid, method, args, action }: Message, model: BrowserModel): string {
  const node = model.ids.get(wid as number)
  const of = type === 'create' ? String(name) : node?.definition.class ?? `#${String(wid)}`
  const what = type === 'call' ? `.${String(method)}${JSON.stringify(args) ?? ''}` : type === 'create' ? JSON.stringify(args) : ` ${String(action ?? '')}`
  return `${String(type)} ${of}${what}`
}
