/** What a message does to the state of one widget. The same pure code serves the session and the test kit. */
import { equal } from '../protocol/values.ts'
import type { Call, Callback, Context, Entry, Given, Method, Param, Phase, State, StateDefinition, WidgetDefinition } from './definition.ts'

/** Names the arguments of a `create`: positional ones first, then the options object; defaults fill the gaps. */
export function givenOf (definition: WidgetDefinition, args: readonly unknown[]): Given {
  const { defaults } = planOf(definition)
  if (args.length === 0) return defaults
  const given: Record<string, unknown> = { ...defaults }
  definition.args.forEach((param, i) => { given[param.name] = args[i] ?? param.default ?? null })
  const options = args[definition.args.length] as Record<string, unknown> | null | undefined
  if (options != null) for (const [name, value] of Object.entries(options)) if (Object.hasOwn(definition.options, name)) given[name] = value
  return given
}

/** The state of a widget right after construction. */
export function initialState (definition: WidgetDefinition, given: Given): State {
  const { initial, derived } = planOf(definition)
  const state = { ...initial }
  for (const [key, derive] of derived) state[key] = derive(given)
  return state
}

/** State keys that a replay restores in a phase, in order. */
export function durableKeys (definition: WidgetDefinition, phase: Phase): readonly string[] {
  return planOf(definition)[phase]
}

/**
 * Constructor arguments, in wire form, that make a widget as it is now, as far as only options can: those of the phase
 * `create`, and for a browser that does not know the extensions, those that it cannot set afterwards.
 */
export function argsNow (definition: WidgetDefinition, args: readonly unknown[], given: Given, state: State, extended: boolean): readonly unknown[] {
  const { made, madePlain } = planOf(definition)
  const options = (extended ? made : madePlain).filter(key => !equal(state[key], given[key]))
  if (options.length === 0) return args
  const positional = definition.args.map((_param, i) => args[i] ?? null)
  return [...positional, { ...args[definition.args.length] as object | undefined, ...Object.fromEntries(options.map(key => [key, state[key]])) }]
}

/** Arguments at their full number, those left out replaced by their defaults. */
export function padded (params: readonly Param[], args: readonly unknown[]): unknown[] {
  return params.map((param, i) => args[i] === undefined ? param.default : args[i])
}

/** The state keys that a call of this method changes, with their new values. */
export function patchOf (method: Method, state: State, args: readonly unknown[], context: Context): State {
  const full = padded(method.params, args)
  if (method.reduce !== undefined) return method.reduce(state, full, context) ?? {}
  if (method.effect.kind !== 'set') return {}
  return { [method.effect.key]: method.params.length === 1 ? full[0] : full }
}

/** The children and ornaments after a call that rearranges them. */
export function arranged (method: Method, entries: readonly Entry[], args: readonly unknown[], state: State): readonly Entry[] {
  return method.arrange?.(entries, padded(method.params, args), state) ?? entries
}

/** State keys that a call of this method may change, whatever its arguments. */
export function touchedBy (definition: WidgetDefinition, method: Method): readonly string[] {
  switch (method.effect.kind) {
    case 'set': return [method.effect.key]
    case 'update': return method.effect.touches
    // What follows from children coming and going is restored once they are there.
    case 'child': case 'clear-children': case 'wrap': return planOf(definition).late
    case 'arrange': return [...method.effect.touches, ...planOf(definition).late]
    default: return []
  }
}

/** The calls that lead a browser from one value of a state key to another. */
export function callsFor (definition: WidgetDefinition, key: string, value: unknown, before: unknown, context: Context): readonly Call[] {
  const own = (definition.state[key] as StateDefinition).calls
  if (own !== undefined) return own === null ? [] : own(value, before, context)
  const setter = planOf(definition).setters.get(key)
  if (setter === undefined) return []
  const [name, arity] = setter
  return [arity === 1 ? [name, value] : [name, ...value as unknown[]]]
}

/** What a page that knows the reference protocol alone is sent for a call: the call itself where it knows and stands it. */
export function plainCall (definition: WidgetDefinition, call: Call, context: Context): Call | 'replay' | null {
  const [name, ...args] = call
  const method = definition.methods[name] as Method
  const instead = method.instead?.(args, context)
  if (instead !== undefined) return instead
  return method.extension === true ? null : call
}

/** Whether a state key is restored by a replay, and so passed on to other browsers and kept in snapshots. */
export function isDurable (definition: WidgetDefinition, key: string): boolean {
  return durableKeys(definition, definition.state[key]?.phase ?? 'early').includes(key)
}

/** The actions that may change tracked state, with their callbacks. */
export function trackableOf (definition: WidgetDefinition): ReadonlyArray<readonly [action: string, callback: Callback]> {
  return planOf(definition).trackable
}

/** The part of `state` that a fresh widget of these arguments would not have. */
export function changedState (definition: WidgetDefinition, given: Given, state: State): State {
  const initial = initialState(definition, given)
  return Object.fromEntries(Object.entries(state).filter(([key, value]) => isDurable(definition, key) && !equal(value, initial[key])))
}

/** What is worked out once for each definition, because it is asked for at every message. */
interface Plan extends Readonly<Record<Phase, readonly string[]>> {
  readonly defaults: Given
  readonly initial: State
  readonly derived: ReadonlyArray<readonly [key: string, (given: Given) => unknown]>
  readonly setters: ReadonlyMap<string, readonly [method: string, arity: number]>
  /** Options that make a widget as it is now: those of the phase `create`. */
  readonly made: readonly string[]
  /** The same for a browser that does not know the extensions: with those that it cannot set afterwards. */
  readonly madePlain: readonly string[]
  readonly trackable: ReadonlyArray<readonly [action: string, callback: Callback]>
}

const plans = new WeakMap<WidgetDefinition, Plan>()

function planOf (definition: WidgetDefinition): Plan {
  let plan = plans.get(definition)
  if (plan === undefined) plans.set(definition, plan = makePlan(definition))
  return plan
}

/** Of more than a dozen keys set one by one V8 makes a hash table, which is slow to copy; of parsed ones it does not. */
const emptyRecord = (keys: readonly string[]): State => JSON.parse(`{${keys.map(key => `${JSON.stringify(key)}:null`).join()}}`) as State

function makePlan (definition: WidgetDefinition): Plan {
  const setters = new Map<string, readonly [string, number]>()
  for (const [name, { effect, params }] of Object.entries(definition.methods)) {
    if (effect.kind === 'set' && !setters.has(effect.key)) setters.set(effect.key, [name, params.length])
  }
  const defaults: Record<string, unknown> = {}
  for (const param of definition.args) defaults[param.name] = param.default ?? null
  for (const [name, option] of Object.entries(definition.options)) defaults[name] = option.default
  const initial = emptyRecord(Object.keys(definition.state))
  const derived: Array<readonly [string, (given: Given) => unknown]> = []
  const phases: Record<Phase, string[]> = { create: [], early: [], late: [], last: [] }
  for (const [key, { initial: value, phase, calls, binary }] of Object.entries(definition.state)) {
    initial[key] = typeof value === 'function' ? null : value
    if (typeof value === 'function') derived.push([key, value])
    if (phase === 'create' || binary !== undefined || (calls !== null && (calls !== undefined || setters.has(key)))) phases[phase ?? 'early'].push(key)
  }
  const trackable = Object.entries(definition.callbacks).filter(([, { touches }]) => touches !== undefined)
  const made = Object.keys(definition.options).filter(key => phases.create.includes(key))
  const madePlain = Object.keys(definition.options).filter(key => made.includes(key) || definition.methods[`set_${key}`]?.extension === true)
  return { defaults, initial, derived, setters, trackable, made, madePlain, ...phases }
}

/**
 * What is to be reported of an unruly action of which `waiting` has not left yet: the last of the two, or what the
 * definition makes of both. Undefined if they cannot be one, and `waiting` has to leave first.
 */
export function coalesced (callback: Callback, waiting: readonly unknown[] | undefined, args: readonly unknown[]): readonly unknown[] | undefined {
  return waiting === undefined || callback.merge === undefined ? args : callback.merge(waiting, args)
}
