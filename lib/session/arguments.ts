/** Arguments of server code become wire values, checked against the widget's definition, and back. */
import { ForeignWidgetError, InvalidArgumentError, UnknownNameError, WidgetDestroyedError } from '../errors.ts'
import { mismatch } from '../protocol/compile.ts'
import { camelCase, snakeCase } from '../protocol/names.ts'
import { isRef } from '../protocol/values.ts'
import type { Json, ValueType } from '../protocol/values.ts'
import { isA } from '../widgets/definition.ts'
import type { Param, WidgetDefinition } from '../widgets/definition.ts'
import type { Core } from './core.ts'
import { RemoteWidget, kNode } from './widget.ts'

/** Checks and converts the arguments of a call; those left out at the end are not sent. */
export function wireArgs (core: Core, label: string, params: readonly Param[], args: readonly unknown[]): unknown[] {
  if (args.length > params.length) {
    throw new InvalidArgumentError(label, 'arguments', `takes at most ${params.length}, got ${args.length}`)
  }
  let length = args.length
  while (length > 0 && args[length - 1] === undefined) length--
  const missing = params[length]
  if (missing !== undefined && missing.optional !== true) wireArg(core, label, missing, undefined)
  const wire: unknown[] = []
  for (let i = 0; i < length; i++) wire.push(wireArg(core, label, params[i] as Param, args[i]))
  return wire
}

/** Checks and converts one argument. */
export function wireArg (core: Core, label: string, param: Param, value: unknown): unknown {
  if (value === undefined && param.optional === true) return param.default ?? null
  if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') refuse(label, param, param.type, value)
  const wire = typeof value === 'object' && value !== null ? encode(core, label, param.type, value) : value
  refuse(label, param, param.type, wire)
  return param.normal === undefined ? wire : param.normal(wire as Json)
}

function refuse (label: string, { name }: Param, type: ValueType, value: unknown): void {
  const reason = mismatch(type, value)
  if (reason !== null) throw new InvalidArgumentError(label, camelCase(name), reason)
}

/** Levels of arrays and objects in an argument, as in a frame. */
const DEEPEST = 64

/** A copy in wire form: widgets as references, the keys of option objects in snake_case. */
function encode (core: Core, label: string, type: ValueType | undefined, value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEEPEST) throw new InvalidArgumentError(label, 'argument', `nested deeper than ${DEEPEST} levels, or holds itself`)
  if (isRef(value)) throw new InvalidArgumentError(label, 'argument', 'expected a widget, got a reference as it stands on the wire')
  if (value instanceof RemoteWidget) {
    const node = value[kNode]
    if (value.session !== core.session) throw new ForeignWidgetError(label, value.toString())
    if (core.tree.nodes.get(node.wid) !== node) throw new WidgetDestroyedError(value.toString(), `be given to ${label}`)
    if (!node.definition.remote) throw new InvalidArgumentError(label, 'argument', `${value.toString()} lives on the server alone and cannot be shown`)
    const of = widgetTypes(type)
    if (of.length > 0 && !of.some(name => isA(node.definition, name))) {
      throw new InvalidArgumentError(label, 'argument', `expected a ${of.join(' or ')}, got ${value.toString()}`)
    }
    return { __wid__: node.wid }
  }
  // A camera's loop uses its buffer again before the frame has left.
  if (value instanceof Uint8Array) return value.slice()
  if (Array.isArray(value)) {
    const items = itemType(type)
    return value.map((item, i) => encode(core, label, items(i), item, depth + 1))
  }
  const properties = closedProperties(type)
  const copy: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue
    const wire = properties === null ? key : snakeCase(key)
    copy[wire] = encode(core, label, properties?.[wire]?.type, item, depth + 1)
  }
  return copy
}

function alternatives (type: ValueType | undefined): readonly ValueType[] {
  if (type === undefined) return []
  return type.kind === 'union' ? type.of.flatMap(alternatives) : [type]
}

function widgetTypes (type: ValueType | undefined): string[] {
  const names = alternatives(type).map(one => one.kind === 'widget' ? one.of ?? null : undefined)
  return names.includes(null) ? [] : names.filter(name => typeof name === 'string')
}

function itemType (type: ValueType | undefined): (index: number) => ValueType | undefined {
  const list = alternatives(type).find(one => one.kind === 'array' || one.kind === 'tuple')
  return index => list?.kind === 'array' ? list.items : list?.kind === 'tuple' ? list.items[index] : undefined
}

function closedProperties (type: ValueType | undefined): Readonly<Record<string, { type: ValueType }>> | null {
  const object = alternatives(type).find(one => one.kind === 'object')
  return object?.kind === 'object' && object.open !== true ? object.properties : null
}

/** Wire values become what server code sees: references become widgets; null for one that is unknown here. */
export function fromWire (core: Core, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  if (isRef(value)) return core.widgets.get(value.__wid__) ?? null
  if (Array.isArray(value)) return value.map(item => fromWire(core, item))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fromWire(core, item)]))
}

/** What a constructor was called with, taken apart. */
export interface Construction {
  readonly args: readonly unknown[]
  readonly name: string | null
  /** Options that are setters: the TypeScript method and its argument. */
  readonly setters: ReadonlyArray<readonly [wireMethod: string, value: unknown]>
}

/** Takes constructor arguments apart: positional ones, options of the class, setters, the widget's name. */
export function construction (core: Core, definition: WidgetDefinition, given: readonly unknown[]): Construction {
  const label = definition.class
  const positional = [...given]
  const last = positional.at(-1)
  const options = isOptions(last) ? positional.pop() as Record<string, unknown> : {}
  const args = wireArgs(core, label, definition.args, positional)
  const own: Record<string, unknown> = {}
  const setters: Array<readonly [string, unknown]> = []
  let name: string | null = null
  for (const [key, value] of Object.entries(options)) {
    if (value === undefined) continue
    const wire = snakeCase(key)
    const option = definition.options[wire]
    if (option !== undefined && option.pageOnly !== true) {
      own[wire] = wireArg(core, label, { name: wire, type: option.type }, value)
    } else if (key === 'name') {
      if (typeof value !== 'string' || value === '') throw new InvalidArgumentError(label, 'name', 'expected a string that is not empty')
      name = value
    } else if (isSetterOption(definition, `set_${wire}`)) {
      setters.push([`set_${wire}`, value])
    } else {
      throw new UnknownNameError(`${label}: there is no option ${key}; there are ${optionNames(definition).join(', ')}`)
    }
  }
  if (Object.keys(own).length > 0) {
    while (args.length < definition.args.length) args.push(null)
    args.push(own)
  }
  return { args, name, setters }
}

function isOptions (value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof RemoteWidget) && !(value instanceof Uint8Array)
}

/** Whether a wire method is a setter that can be given as an option: one argument, or only the first one required. */
export function isSetterOption (definition: WidgetDefinition, wire: string): boolean {
  const method = definition.methods[wire]
  if (method === undefined || method.pageOnly === true || method.needsChildren === true || !wire.startsWith('set_')) return false
  const required = method.params.filter(({ optional }) => optional !== true).length
  return method.params.length === 1 || required === 1
}

/** All options of a class in TypeScript spelling. */
export function optionNames (definition: WidgetDefinition): string[] {
  const own = Object.entries(definition.options).filter(([, { pageOnly }]) => pageOnly !== true).map(([name]) => name)
  const setters = Object.keys(definition.methods).filter(wire => isSetterOption(definition, wire)).map(wire => wire.slice(4))
  return [...new Set([...own, ...setters, 'name'])].map(camelCase)
}
