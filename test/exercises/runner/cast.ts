import type { AnyWidget, Session } from '../../../lib/index.ts'
import { camelCase } from '../../../lib/protocol/names.ts'
import { isRef } from '../../../lib/protocol/values.ts'
import type { ValueType } from '../../../lib/protocol/values.ts'
import { RemoteWidget } from '../../../lib/session/widget.ts'
import type { Method, Param, WidgetDefinition } from '../../../lib/widgets/definition.ts'
import { definitions } from '../../../lib/widgets/index.ts'
import { ENTRY, MENU, SUBJECT } from '../exercise.ts'
import type { Step } from './places.ts'

/** A widget, or the factories or questions of one, by name. */
export type Callable = Record<string, (...args: unknown[]) => unknown>

/** Widgets of a scene by the numbers that the exercises know them by. */
export class Cast {
  readonly #widgets = new Map<number, AnyWidget>()

  /** Makes the widgets of a scene through the server's API. */
  constructor (session: Session, steps: readonly Step[]) {
    const W = session.getWidgets() as unknown as Callable
    for (const step of steps) {
      if (step.type === 'create') {
        const { args: params, options } = definitions.get(step.class) as WidgetDefinition
        const named: ValueType = { kind: 'object', properties: options }
        this.#widgets.set(step.wid, W[step.class]?.(...step.args.map((arg, i) => this.api(params[i]?.type ?? named, arg))) as AnyWidget)
        continue
      }
      const widget = this.widget(step.wid)
      const method = methodOf(widget, step.method)
      if (method.pageOnly === true) continue
      const { effect } = method
      const { [effect.kind === 'wrap' ? effect.key : '']: wrapper, ...options } = (step.args[1] ?? {}) as Record<string, unknown>
      // Which number a wrapper gets is the server's to say.
      const args = effect.kind === 'wrap' ? [step.args[0], options] : step.args
      const made = call(widget, step.method, this.args(method.params, args))
      if (typeof wrapper === 'number') this.#widgets.set(wrapper, made as AnyWidget)
      if (step.wid === MENU.__wid__ && !this.#widgets.has(ENTRY.__wid__)) this.#widgets.set(ENTRY.__wid__, made as AnyWidget)
    }
  }

  get subject (): AnyWidget { return this.#widgets.get(SUBJECT) as AnyWidget }

  widget (wid: number): AnyWidget {
    const widget = this.#widgets.get(wid)
    if (widget === undefined) throw new Error(`no widget ${wid}`)
    return widget
  }

  /** A wire value of the exercises as server code writes it. */
  api (type: ValueType | undefined, value: unknown): unknown {
    if (isRef(value)) return this.widget(value.__wid__)
    if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
    const types = alternatives(type)
    if (Array.isArray(value)) {
      const list = types.find(({ kind }) => kind === 'array' || kind === 'tuple')
      return value.map((item, i) => this.api(list?.kind === 'array' ? list.items : list?.kind === 'tuple' ? list.items[i] : undefined, item))
    }
    const object = types.find(type => type.kind === 'object')
    const named = object?.kind === 'object' && object.open !== true ? object.properties : null
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [named === null ? key : camelCase(key), this.api(named?.[key]?.type, item)]))
  }

  args (params: readonly Param[], args: readonly unknown[]): unknown[] { return args.map((arg, i) => this.api(params[i]?.type, arg)) }

  /** A wire value of the exercises as it is on this session's wire. */
  wire (value: unknown): unknown {
    return mapped(value, item => isRef(item) ? { __wid__: this.widget(item.__wid__).wid } : undefined)
  }
}

/** Calls a method of a widget by its TypeScript name. */
export function call (widget: AnyWidget, wire: string, args: readonly unknown[]): unknown {
  return (widget as unknown as Callable)[methodOf(widget, wire).ts ?? camelCase(wire)]?.(...args)
}

export function listen (widget: AnyWidget, action: string, handler: (...args: unknown[]) => void): void {
  (widget as unknown as { on (action: string, handler: (...args: unknown[]) => void): void }).on(action, handler)
}

function methodOf (widget: AnyWidget, wire: string): Method {
  return definitions.get(widget.constructor.name)?.methods[wire] as Method
}

/** What server code was handed, with references in the place of widgets, without their classes. */
export function references (value: unknown): unknown {
  return mapped(value, item => item instanceof RemoteWidget || isRef(item) ? { __wid__: item instanceof RemoteWidget ? item.wid : item.__wid__ } : undefined)
}

/** A copy in which `change` has replaced what it returned something for, at any depth. */
function mapped (value: unknown, change: (item: unknown) => unknown): unknown {
  const changed = change(value)
  if (changed !== undefined) return changed
  if (Array.isArray(value)) return value.map(item => mapped(item, change))
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapped(item, change)]))
}

function alternatives (type: ValueType | undefined): readonly ValueType[] {
  if (type === undefined) return []
  return type.kind === 'union' ? type.of.flatMap(alternatives) : [type]
}
