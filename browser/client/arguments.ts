import { Callback } from '../widgets/callback.ts'
import { filled } from './outlines.ts'
import type { Outline } from './outlines.ts'
import type { Scene } from './scene.ts'

/** The server named something that is not there. The texts are part of the protocol. */
export class UnknownName extends Error {}

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Callback)

/**
 * What a constructor is given: one value per positional argument, and every option that the class has. The
 * options object follows the positional arguments; a null in its place means no options.
 */
export function complete (outline: Outline, args: readonly unknown[]): { args: unknown[], options: Record<string, unknown> } {
  const last = args[outline.args.length]
  const given = isPlainObject(last) ? last : {}
  const options: Record<string, unknown> = {}
  for (const [name, slot] of outline.options) options[name] = filled(given[name], slot)
  return { args: outline.args.map((slot, i) => filled(args[i], slot)), options }
}

/** Exchanges references for the widgets that they name, at any depth. Throws where there is no such widget. */
export function resolve (value: unknown, scene: Scene): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => resolve(item, scene))
  if (Object.hasOwn(value, '__wid__')) {
    const wid = (value as { __wid__: unknown }).__wid__
    const widget = typeof wid === 'number' ? scene.widget(wid) : undefined
    if (widget === undefined) throw new UnknownName(`Unknown widget id: ${String(wid)}`)
    return widget
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, resolve(item, scene)]))
}

/** Exchanges widgets for references, at any depth. What JSON cannot hold becomes null. */
export function serialise (value: unknown): unknown {
  if (value instanceof Callback) return { __wid__: value.wid, __class__: value.outline.class }
  if (value === undefined || typeof value === 'function' || value instanceof Node) return null
  if (Array.isArray(value)) return value.map(serialise)
  // Bytes have no JSON form; the reference page answers with an empty object.
  if (value instanceof ArrayBuffer || typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, serialise(item)]))
}
