/** The words in which definitions are written. */
import type { Json, ValueType } from '../protocol/values.ts'
import type { Callback, Method, Option, Param, Reduce } from './definition.ts'

/** A parameter that must be given. */
export const param = (name: string, type: ValueType): Param => ({ name, type })
/** A parameter that may be left out; with a default, handlers and getters see that instead. */
export const optional = (name: string, type: ValueType, ...fallback: [Json?]): Param =>
  fallback.length === 0 ? { name, type, optional: true } : { name, type, optional: true, default: fallback[0] as Json }
/** A constructor option. */
export const option = (type: ValueType, fallback: Json): Option => ({ type, default: fallback })

/** A setter that stores its argument(s) under `key`; `reduce` may clamp or snap what is stored. */
export const setter = (key: string, params: readonly Param[], reduce?: Reduce): Method =>
  ({ params, effect: { kind: 'set', key }, ...(reduce && { reduce }) })
/** A method that changes state by a reducer; `touches` lists all keys that it may change. */
export const update = (touches: readonly string[], params: readonly Param[], reduce: Reduce): Method =>
  ({ params, effect: { kind: 'update', touches }, reduce })
/** A getter of a state key. */
export const getter = (key: string, returns: ValueType): Method =>
  ({ params: [], returns, effect: { kind: 'get' }, get: state => state[key] })
/** A getter that computes its answer from the model. */
export const computed = (params: readonly Param[], returns: ValueType, get: NonNullable<Method['get']>): Method =>
  ({ params, returns, effect: { kind: 'get' }, get })
/** A method of the server's own class. */
export const local = (params: readonly Param[], returns?: ValueType): Method => ({ params, effect: { kind: 'local' }, ...(returns && { returns }) })
/** A question to a browser. */
export const query = (params: readonly Param[], returns: ValueType): Method => ({ params, returns, effect: { kind: 'query' } })
/** A call that is passed on and not remembered. */
export const action = (params: readonly Param[] = []): Method => ({ params, effect: { kind: 'action' } })
/** Attaches the child at parameter position `child`. */
export const addsChild = (params: readonly Param[], child = 0): Method => ({ params, effect: { kind: 'child', op: 'add', child } })
/** Attaches the child at a position: parameter 0 is the index, parameter 1 the child. */
export const insertsChild = (params: readonly Param[]): Method => ({ params, effect: { kind: 'child', op: 'insert', child: 1 } })
/** Makes the child the only one. */
export const onlyChild = (params: readonly Param[]): Method => ({ params, effect: { kind: 'child', op: 'only', child: 0 } })
/** Takes the child out. */
export const removesChild = (params: readonly Param[]): Method => ({ params, effect: { kind: 'child', op: 'remove', child: 0 } })
/** Moves a child to another position: parameter 0 is the child, parameter 1 the index. */
export const movesChild = (params: readonly Param[]): Method => ({ params, effect: { kind: 'child', op: 'move', child: 0 } })
/** Changes what the call that attached a child (parameter 0) said of it. */
export const amendsChild = (params: readonly Param[], amend: NonNullable<Method['amend']>): Method =>
  ({ params, effect: { kind: 'child', op: 'amend', child: 0 }, amend })
/** Rearranges the children by `arrange`, and changes state by a reducer; `touches` lists all keys that it may change. */
export const arranges = (touches: readonly string[], params: readonly Param[], arrange: NonNullable<Method['arrange']>, reduce: Reduce): Method =>
  ({ params, effect: { kind: 'arrange', touches }, arrange, reduce })
/** Adds what is no widget to the list of children. */
export const ornament = (): Method => ({ params: [], effect: { kind: 'ornament' } })
/** Makes a widget of class `makes` and attaches it. */
export const factory = (params: readonly Param[], makes: string, compose: NonNullable<Method['compose']>, child?: number): Method =>
  ({ params, returns: { kind: 'widget', of: makes }, effect: { kind: 'factory' }, compose, ...(child !== undefined && { child }) })

/** A member that the reference protocol does not have. @param instead - For a method: what pages without it are sent. */
export const extension = <Member extends Method | Callback>(member: Member, instead?: Method['instead']): Member =>
  ({ ...member, extension: true, ...(instead && { instead }) })

/** A user's action that changes no tracked state. */
export const event = (params: readonly Param[] = [], extra: Partial<Callback> = {}): Callback => ({ params, ...extra })
/** A user's action that changes tracked state. Without `reduce`, the first argument becomes the value of the first key. */
export const tracked = (touches: readonly string[], params: readonly Param[], reduce?: Reduce, extra: Partial<Callback> = {}): Callback =>
  ({ params, touches, reduce: reduce ?? ((_state, args) => ({ [touches[0] as string]: args[0] })), ...extra })
