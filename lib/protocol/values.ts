/**
 * Descriptions of the values that travel in arguments, as plain data without a schema library, so that the page's
 * bundle can carry them. The server compiles them to TypeBox (`compile.ts`); the typings generator prints them.
 */

/** Anything that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** A widget as it travels from the server to a browser. */
export interface WidgetRef { readonly __wid__: number, readonly __class__?: string }

/** One property of an object value; `filled` if a handler always finds it, though it may be missing on the wire. */
export interface Property { readonly type: ValueType, readonly optional?: boolean, readonly filled?: boolean }

/** What a value may be. */
export type ValueType =
  | { readonly kind: 'any' | 'boolean' | 'null' | 'bytes' }
  | { readonly kind: 'string', readonly maxLength?: number }
  | { readonly kind: 'number' | 'integer', readonly min?: number, readonly max?: number }
  | { readonly kind: 'enum', readonly values: readonly string[] }
  | { readonly kind: 'widget', readonly of?: string }
  | { readonly kind: 'array', readonly items: ValueType }
  | { readonly kind: 'tuple', readonly items: readonly ValueType[] }
  | { readonly kind: 'object', readonly properties: Readonly<Record<string, Property>>, readonly open?: boolean }
  | { readonly kind: 'union', readonly of: readonly ValueType[] }

/** Any JSON value. */
export const any: ValueType = { kind: 'any' }
/** Raw bytes; they travel in a binary frame, never in JSON. */
export const bytes: ValueType = { kind: 'bytes' }
/** Nothing but null. */
export const nothing: ValueType = { kind: 'null' }
export const boolean: ValueType = { kind: 'boolean' }
export const string: ValueType = { kind: 'string' }
export const number: ValueType = { kind: 'number' }
export const integer: ValueType = { kind: 'integer' }
/** A length in CSS pixels. */
export const px: ValueType = { kind: 'number', min: 0 }
/** A share of a whole, 0 to 1. */
export const fraction: ValueType = { kind: 'number', min: 0, max: 1 }
/** A CSS colour. */
export const color: ValueType = { kind: 'string', maxLength: 256 }

/** A number between limits, both included. */
export const between = (min: number, max: number): ValueType => ({ kind: 'number', min, max })
/** An integer not below `min`. */
export const atLeast = (min: number): ValueType => ({ kind: 'integer', min })
/** One of the given words. */
export const oneOf = (...values: string[]): ValueType => ({ kind: 'enum', values })
/** A widget, of the named class or one derived from it. */
export const widget = (of?: string): ValueType => of === undefined ? { kind: 'widget' } : { kind: 'widget', of }
export const array = (items: ValueType): ValueType => ({ kind: 'array', items })
export const tuple = (...items: ValueType[]): ValueType => ({ kind: 'tuple', items })
export const union = (...of: ValueType[]): ValueType => ({ kind: 'union', of })
export const nullable = (type: ValueType): ValueType => ({ kind: 'union', of: [type, { kind: 'null' }] })
/** An object whose every listed property may be left out; unknown ones are refused. */
export const partial = (properties: Record<string, ValueType>): ValueType => ({
  kind: 'object',
  properties: Object.fromEntries(Object.entries(properties).map(([key, type]) => [key, { type, optional: true }]))
})
/**
 * An event's payload: the listed properties, some of them optional, some filled in by the server; further ones are let
 * through, as browsers add some.
 */
export const payload = (properties: Record<string, ValueType>, optional: Record<string, ValueType> = {}, filled: Record<string, ValueType> = {}): ValueType => ({
  kind: 'object',
  open: true,
  properties: {
    ...Object.fromEntries(Object.entries(properties).map(([key, type]) => [key, { type }])),
    ...Object.fromEntries(Object.entries(optional).map(([key, type]) => [key, { type, optional: true }])),
    ...Object.fromEntries(Object.entries(filled).map(([key, type]) => [key, { type, optional: true, filled: true }]))
  }
})

/** Whether a wire value is a reference to a widget. */
export function isRef (value: unknown): value is WidgetRef {
  return typeof value === 'object' && value !== null && typeof (value as WidgetRef).__wid__ === 'number'
}

/** Structural equality of two JSON values; bytes are equal only if they are the same buffer. */
export function equal (a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b)) return false
    return a.length === b.length && a.every((item, i) => equal(item, b[i]))
  }
  if (ArrayBuffer.isView(a) || ArrayBuffer.isView(b)) return false
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
