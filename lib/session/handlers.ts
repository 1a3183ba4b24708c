import type { Node } from './tree.ts'

/** A handler as registered. */
export interface Listener {
  readonly handler: (...args: unknown[]) => unknown
  /** Runs at once, beside others that still run. */
  readonly concurrent: boolean
  /** Settles a promise instead of running code: on arrival, whatever else runs. */
  readonly immediate: boolean
  readonly once: boolean
  /** Told when the widget or its session ends before the action came. */
  readonly ended?: (error: Error) => void
}

/** The handlers of a session's widgets. */
export class Handlers {
  readonly #byNode = new WeakMap<Node, Map<string, Listener[]>>()

  add (node: Node, action: string, listener: Listener): void {
    let actions = this.#byNode.get(node)
    if (actions === undefined) this.#byNode.set(node, actions = new Map())
    const list = actions.get(action)
    if (list === undefined) actions.set(action, [listener])
    else actions.set(action, [...list, listener])
  }

  /** Removes one handler, or all of an action. */
  remove (node: Node, action: string, handler?: Listener['handler']): void {
    const actions = this.#byNode.get(node)
    const left = handler === undefined ? [] : (actions?.get(action) ?? []).filter(listener => listener.handler !== handler)
    if (left.length > 0) actions?.set(action, left)
    else actions?.delete(action)
  }

  of (node: Node, action: string): readonly Listener[] {
    return this.#byNode.get(node)?.get(action) ?? NONE
  }

  /** Forgets all handlers of a widget that ended. @param reason - Makes the error for those who waited: for most widgets nobody does. */
  clear (node: Node, reason: () => Error): void {
    const actions = this.#byNode.get(node)
    this.#byNode.delete(node)
    for (const listeners of actions?.values() ?? []) for (const { ended } of listeners) ended?.(reason())
  }
}

const NONE: readonly Listener[] = []

/** Runs tasks one at a time, in order; one that returns a promise holds the next back until it settles. Tasks do not throw. */
export class SerialQueue<Owner> {
  #tasks: Array<{ readonly run: () => unknown, readonly owner: Owner }> = []
  #busy = false

  get length (): number { return this.#tasks.length }

  /** @param owner - Whose task it is. */
  push (run: () => unknown, owner: Owner): void {
    this.#tasks.push({ run, owner })
    if (!this.#busy) this.#run()
  }

  /** Whose tasks wait. */
  get owners (): Set<Owner> { return new Set(this.#tasks.map(({ owner }) => owner)) }

  clear (): void { this.#tasks = [] }

  #run (): void {
    this.#busy = true
    for (let task = this.#tasks.shift(); task !== undefined; task = this.#tasks.shift()) {
      const result = task.run()
      if (!isThenable(result)) continue
      const next = (): void => this.#run()
      result.then(next, next)
      return
    }
    this.#busy = false
  }
}

export function isThenable (value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}
