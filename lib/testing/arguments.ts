import { mismatch } from '../protocol/compile.ts'
import type { ValueType } from '../protocol/values.ts'
import type { Param, WidgetDefinition } from '../widgets/definition.ts'

/** What is wrong with the arguments of a call. A `null` in the place of an optional one means that it was left out. */
export function * faultsOfCall (label: string, params: readonly Param[], args: readonly unknown[]): Iterable<string> {
  if (args.length > params.length) yield `${label}: at most ${params.length} arguments, got ${args.length}`
  for (const [i, { name, type, optional }] of params.entries()) {
    const value = args[i]
    if (optional === true && (value === undefined || value === null)) continue
    const reason = mismatch(type, value)
    if (reason !== null) yield `${label}, ${name}: ${reason}`
  }
}

/** What is wrong with the arguments of a `create`: positional ones, then the options. */
export function * faultsOfCreate (definition: WidgetDefinition, args: readonly unknown[]): Iterable<string> {
  const label = `create ${definition.class}`
  const { length } = definition.args
  yield * faultsOfCall(label, definition.args, args.slice(0, length))
  for (const [name, value] of Object.entries(args[length] as object | undefined ?? {})) {
    const option = definition.options[name]
    if (option === undefined) yield `${label}: there is no option ${name}`
    else yield * faultsOfCall(label, [{ name, type: option.type }], [value])
  }
}

const BLANK: Readonly<Record<string, unknown>> = { boolean: false, number: 0, integer: 0, string: '', array: [], object: {} }

/** What a question is answered with where nobody knows better. */
export function blankAnswer (method: string, type: ValueType | undefined): unknown {
  if (method === 'get_position') return [0, 0]
  return type === undefined ? undefined : BLANK[type.kind] ?? null
}
