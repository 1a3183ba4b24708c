import type { Connection } from '../connection/connection.ts'
import { InvalidHookError } from '../errors.ts'
import type { Session } from '../session/session.ts'
import type { AnyWidget } from '../../types/widgets.ts'

/** What was passed on to the other browsers of a session. */
export interface SyncChange {
  /** The widget that somebody used. */
  readonly widget: AnyWidget
  /** What was done, e.g. `activated`. */
  readonly action: string
  /** State that changed, by wire name; of other widgets too where they are of one group. */
  readonly state: ReadonlyArray<{ readonly widget: AnyWidget, readonly key: string, readonly value: unknown }>
  /** Whose change it is. */
  readonly connection: Connection
}

/** How an existing session came to a browser. */
export interface ReconstructInfo {
  /** Messages of the replay. */
  readonly messages: number
  /** Milliseconds that it took to make and hand over the replay. */
  readonly duration: number
}

/** How a connection ended. */
export interface DisconnectInfo {
  /** WebSocket close code. */
  readonly code: number
  readonly reason: string
  /** Milliseconds that it was open. */
  readonly duration: number
}

/** Where an error happened. */
export interface ErrorInfo {
  /** The widget whose handler threw; null for a hook. */
  readonly widget: AnyWidget | null
  /** The action that was handled, or the hook's name. */
  readonly action: string | null
}

/** Hooks of a session's life. Those of the application run first, then those of the route; each is awaited in order. */
export interface Hooks<Data = unknown> {
  /** A browser opened a new session: build its user interface. If this throws, the session ends. */
  onConnect? (session: Session<Data>, connection: Connection): unknown
  /** An existing session was replayed to a browser. */
  onReconstruct? (session: Session<Data>, connection: Connection, info: ReconstructInfo): unknown
  /** One browser's change was passed on to the others. Not awaited. */
  onSync? (session: Session<Data>, change: SyncChange): unknown
  /** A browser left. */
  onDisconnect? (session: Session<Data>, connection: Connection, info: DisconnectInfo): unknown
  /** The session ended. */
  onDestroy? (session: Session<Data>): unknown
  /** A handler or a hook threw. */
  onSessionError? (session: Session<Data>, error: unknown, info: ErrorInfo): unknown
}

export type HookName = keyof Hooks

export const HOOK_NAMES: readonly HookName[] = ['onConnect', 'onReconstruct', 'onSync', 'onDisconnect', 'onDestroy', 'onSessionError']

type Hook = (...args: unknown[]) => unknown

/** Hooks by the Fastify instance they were added to: they hold for its routes and its children's. */
export class HookRegistry {
  readonly #byInstance = new WeakMap<object, Map<HookName, Hook[]>>()

  /** @throws PGW_ERR_INVALID_HOOK */
  add (instance: object, name: HookName, hook: unknown): void {
    checkHook(name, hook)
    const hooks = this.#byInstance.get(instance) ?? new Map<HookName, Hook[]>()
    this.#byInstance.set(instance, hooks.set(name, [...hooks.get(name) ?? [], hook as Hook]))
  }

  /** The hooks that hold for an instance, the outermost first, then the route's own. */
  of (instance: object, name: HookName, own: Hooks<never>): Hook[] {
    const lists: Hook[][] = own[name] === undefined ? [] : [[own[name] as unknown as Hook]]
    // A child instance of Fastify has its parent as prototype.
    for (let at: object | null = instance; at !== null; at = Object.getPrototypeOf(at) as object | null) {
      const hooks = this.#byInstance.get(at)?.get(name)
      if (hooks !== undefined) lists.unshift(hooks)
    }
    return lists.flat()
  }
}

/** @throws PGW_ERR_INVALID_HOOK */
export function checkHook (name: string, hook: unknown): void {
  if (!HOOK_NAMES.includes(name as HookName)) throw new InvalidHookError(`there is no hook ${name}; there are ${HOOK_NAMES.join(', ')}`)
  if (typeof hook !== 'function') throw new InvalidHookError(`hook ${name} must be a function, got ${typeof hook}`)
}
