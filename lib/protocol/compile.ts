/** Descriptions of values become TypeBox schemas, and these become compiled checks: each once, when first needed. */
import { Type } from '@sinclair/typebox'
import type { TSchema } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import type { ValueType } from './values.ts'

/** A widget as it travels. */
export const WidgetRefSchema = Type.Object({ __wid__: Type.Integer({ minimum: 1 }), __class__: Type.Optional(Type.String({ maxLength: 64 })) })

/** The TypeBox schema of a value. Bytes have none: they never stand in JSON. */
export function schemaOf (type: ValueType): TSchema {
  switch (type.kind) {
    case 'any': return Type.Unknown()
    case 'boolean': return Type.Boolean()
    case 'null': return Type.Null()
    case 'bytes': return Type.Uint8Array()
    case 'string': return Type.String(type.maxLength === undefined ? {} : { maxLength: type.maxLength })
    case 'number': return Type.Number(range(type))
    case 'integer': return Type.Integer(range(type))
    case 'enum': return Type.Union(type.values.map(value => Type.Literal(value)))
    case 'widget': return WidgetRefSchema
    case 'array': return Type.Array(schemaOf(type.items))
    case 'tuple': return Type.Tuple(type.items.map(schemaOf))
    case 'union': return Type.Union(type.of.map(schemaOf))
    case 'object': return Type.Object(Object.fromEntries(Object.entries(type.properties).map(([key, property]) =>
      [key, property.optional === true ? Type.Optional(schemaOf(property.type)) : schemaOf(property.type)])),
    { additionalProperties: type.open === true })
  }
}

function range ({ min, max }: { min?: number, max?: number }): { minimum?: number, maximum?: number } {
  return { ...(min !== undefined && { minimum: min }), ...(max !== undefined && { maximum: max }) }
}

const compiled = new WeakMap<ValueType, TypeCheck<TSchema>>()

function checkOf (type: ValueType): TypeCheck<TSchema> {
  let check = compiled.get(type)
  if (check === undefined) compiled.set(type, check = TypeCompiler.Compile(schemaOf(type)))
  return check
}

/** Why a value is not what it should be, with the path to the culprit; null if it is. */
export function mismatch (type: ValueType, value: unknown): string | null {
  const check = checkOf(type)
  if (check.Check(value)) return null
  const where = check.Errors(value).First()?.path ?? ''
  return `${where === '' ? '' : `at ${where}, `}expected ${describe(type)}, got ${preview(value)}`
}

/** A value's description in words, for messages. */
export function describe (type: ValueType): string {
  switch (type.kind) {
    case 'any': return 'any JSON value'
    case 'bytes': return 'a Uint8Array'
    case 'string': return type.maxLength === undefined ? 'a string' : `a string of at most ${type.maxLength} characters`
    case 'boolean': return 'true or false'
    case 'null': return 'null'
    case 'number': case 'integer': {
      const noun = type.kind === 'integer' ? 'an integer' : 'a number'
      if (type.min !== undefined && type.max !== undefined) return `${noun} from ${type.min} to ${type.max}`
      if (type.min !== undefined) return `${noun} of at least ${type.min}`
      return type.max === undefined ? noun : `${noun} of at most ${type.max}`
    }
    case 'enum': return 'one of ' + type.values.join(', ')
    case 'widget': return type.of === undefined ? 'a widget' : `a ${type.of}`
    case 'array': return `an array, each item ${describe(type.items)}`
    case 'tuple': return '[' + type.items.map(describe).join(', ') + ']'
    case 'object': return `an object with ${Object.keys(type.properties).join(', ')}`
    case 'union': return type.of.map(describe).join(' or ')
  }
}

function preview (value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'function') return 'a function'
  if (value instanceof Uint8Array) return `${value.byteLength} bytes`
  let text: string
  try { text = JSON.stringify(value) ?? String(value) } catch { text = String(value) }
  if (typeof value === 'number' && !Number.isFinite(value)) text = String(value)
  return text.length > 60 ? text.slice(0, 57) + '…' : text
}
