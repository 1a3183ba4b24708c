/** What a message does to the state of one widget. The same pure code serves the session, the test kit and the page. */
import { equal } from '../protocol/values.ts'
import type { Call, Context, Given, Method, Param, State, StateDefinition, WidgetDefinition } from './definition.ts'

/** Names the arguments of a `create`: positional ones first, then the options object; defaults fill the gaps. */
export function givenOf (definition: WidgetDefinition, args: readonly unknown[]): Given {
  const given: Record<string, unknown> = {}
  definition.args.forEach((param, i) => { given[param.name] = args[i] ?? param.default ?? null })
  const options = args[definition.args.length] as Record<string, unknown> | null | undefined
  for (const [name, option] of Object.entries(definition.options)) {
    given[name] = options != null && Object.hasOwn(options, name) ? options[name] : option.default
  }
  return given
}

/** The state of a widget right after construction. */
export function initialState (definition: WidgetDefinition, given: Given): State {
  const state: State = {}
  for (const [key, { initial }] of Object.entries(definition.state)) {
    state[key] = typeof initial === 'function' ? initial(given) : initial
  }
  return state
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

/** State keys that a call of this method may change, whatever its arguments. */
export function touchedBy (definition: WidgetDefinition, method: Method): readonly string[] {
  switch (method.effect.kind) {
    case 'set': return [method.effect.key]
    case 'update': return method.effect.touches
    // What follows from children coming and going is restored once they are there.
    case 'child': case 'clear-children': return lateKeys(definition)
    default: return []
  }
}

/** The calls that lead a browser from one value of a state key to another. */
export function callsFor (definition: WidgetDefinition, key: string, value: unknown, before: unknown): readonly Call[] {
  const own = (definition.state[key] as StateDefinition).calls
  if (own !== undefined) return own === null ? [] : own(value, before)
  const setter = setters(definition).get(key)
  if (setter === undefined) return []
  const [name, arity] = setter
  return [arity === 1 ? [name, value] : [name, ...value as unknown[]]]
}

/** Whether a state key is restored by a replay, and so passed on to other browsers and kept in snapshots. */
export function isDurable (definition: WidgetDefinition, key: string): boolean {
  const { calls, binary } = definition.state[key] as StateDefinition
  return binary !== undefined || (calls !== null && (calls !== undefined || setters(definition).has(key)))
}

/** The part of `state` that a fresh widget of these arguments would not have. */
export function changedState (definition: WidgetDefinition, given: Given, state: State): State {
  const initial = initialState(definition, given)
  return Object.fromEntries(Object.entries(state).filter(([key, value]) => isDurable(definition, key) && !equal(value, initial[key])))
}

const cachedSetters = new WeakMap<WidgetDefinition, Map<string, readonly [string, number]>>()
function setters (definition: WidgetDefinition): Map<string, readonly [string, number]> {
  let map = cachedSetters.get(definition)
  if (map === undefined) {
    cachedSetters.set(definition, map = new Map())
    for (const [name, { effect, params }] of Object.entries(definition.methods)) {
      if (effect.kind === 'set' && !map.has(effect.key)) map.set(effect.key, [name, params.length])
    }
  }
  return map
}

const cachedLateKeys = new WeakMap<WidgetDefinition, readonly string[]>()
function lateKeys (definition: WidgetDefinition): readonly string[] {
  let keys = cachedLateKeys.get(definition)
  if (keys === undefined) {
    keys = Object.entries(definition.state).filter(([, state]) => state.phase === 'late').map(([key]) => key)
    cachedLateKeys.set(definition, keys)
  }
  return keys
}
