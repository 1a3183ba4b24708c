/** What a browser holds and what a session holds, described in the same words, so that the two can be compared. */
import { isRef } from '../protocol/values.ts'
import type { Session } from '../session/session.ts'
import { kCore } from '../session/widget.ts'
import { durableKeys } from '../widgets/apply.ts'
import type { BinaryState, Given, State, WidgetDefinition } from '../widgets/definition.ts'
import type { Model } from './model.ts'

/** One widget of a {@link WidgetTree}. */
export interface WidgetDescription {
  readonly class: string
  /** What it was made with, defaults filled in; without the group, whose members are in `group`, and what `state` has. */
  readonly args: Readonly<Record<string, unknown>>
  /** Everything that a reload must bring back. Bytes as `{ args, base64 }`. */
  readonly state: Readonly<Record<string, unknown>>
  /** Children with the calls that attached them, and ornaments, in order. */
  readonly entries: ReadonlyArray<{ readonly wid?: number, readonly method: string, readonly args: readonly unknown[], readonly wrapper?: number }>
  /** Actions that the server listens to. */
  readonly listened: readonly string[]
  /** Of one in an exclusive group: all members. */
  readonly group?: readonly number[]
}

/** All widgets by wid. Plain JSON. */
export type WidgetTree = Record<number, WidgetDescription>

interface Source {
  readonly definition: WidgetDefinition
  readonly given: Given
  readonly state: State
  readonly entries: ReadonlyArray<{ readonly wid?: number | undefined, readonly method: string, readonly args: readonly unknown[], readonly wrapper?: number | undefined }>
  readonly listened: Iterable<string>
  readonly group: readonly number[]
}

/** What a page holds. */
export function treeOfModel (model: Model): WidgetTree {
  const sources = new Map<number, Source>()
  const ids = serverIds(model)
  const idOf = (wid: number): number => ids.get(wid) ?? wid
  for (const [wid, widget] of [...model.widgets].map(([wid, widget]) => [idOf(wid), widget] as const).sort(([a], [b]) => a - b)) {
    const { definition, given, state, listened } = widget
    sources.set(wid, {
      definition,
      given,
      state,
      entries: widget.entries.map(({ child, method, args, wrapper }) => ({ ...(child !== null && { wid: child.wid }), method, args, ...(wrapper != null && { wrapper: idOf(wrapper.wid) }) })),
      listened,
      group: definition.exclusive === null ? [] : model.groupOf(widget).map(({ wid }) => wid)
    })
  }
  return describe(sources)
}

/**
 * What a session holds, in the words of `browser.tree()`: the two are equal when the browser is up to date.
 * Widgets that live on the server alone, such as timers, are left out.
 */
export function treeOf (session: Session<never> | Session): WidgetTree {
  const { tree } = (session as Session)[kCore]
  const sources = new Map<number, Source>()
  for (const [wid, node] of [...tree.nodes].sort(([a], [b]) => a - b)) {
    if (!node.definition.remote) continue
    const { definition, given, state, entries, listened } = node
    const group = definition.exclusive === null ? [] : [wid, ...[...tree.groupMates(node)].map(({ wid }) => wid)]
    sources.set(wid, { definition, given, state, entries, listened, group })
  }
  return describe(sources)
}

function describe (sources: ReadonlyMap<number, Source>): WidgetTree {
  const plain = (value: unknown): unknown => {
    // Whether a widget that has ended is still named somewhere says nothing about what anybody sees.
    if (isRef(value)) return sources.has(value.__wid__) ? { __wid__: value.__wid__ } : null
    if (Array.isArray(value)) return value.map(plain)
    if (ArrayBuffer.isView(value)) return Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  }
  const tree: WidgetTree = {}
  for (const [wid, { definition, given, state, entries, listened, group }] of sources) {
    const { exclusive } = definition
    const args: Record<string, unknown> = { ...given }
    // A replay makes the widget with what these are now.
    for (const key of durableKeys(definition, 'create')) delete args[key]
    if (exclusive !== null) {
      if (exclusive.implies !== undefined && given[exclusive.group] !== null) args[exclusive.implies] = true
      delete args[exclusive.group]
    }
    tree[wid] = {
      class: definition.class,
      args: plain(args) as Record<string, unknown>,
      state: Object.fromEntries(Object.entries(state).filter(([key]) => isKept(definition, key)).map(([key, value]) =>
        [key, definition.state[key]?.binary === undefined ? plain(value) : plainBytes(value as BinaryState | null)])),
      entries: entries.map(({ wid, method, args, wrapper }) => ({ ...(wid !== undefined && { wid }), method, args: plain(args) as unknown[], ...(wrapper !== undefined && { wrapper }) })),
      listened: [...listened].sort(),
      ...(exclusive !== null && { group: [...group].sort((a, b) => a - b) })
    }
  }
  return tree
}

/** The server's ids of wrappers that have ids of the page's own: the call that made them told. */
function serverIds (model: Model): Map<number, number> {
  return new Map([...model.widgets.values()].flatMap(({ definition, entries }) => entries.flatMap(({ method, args, wrapper }) => {
    const effect = definition.methods[method]?.effect
    const id = effect?.kind === 'wrap' ? (args[1] as Record<string, number> | undefined)?.[effect.key] : undefined
    return wrapper == null || id === undefined ? [] : [[wrapper.wid, id] as const]
  })))
}

/** All state counts, but for what the definition says is never replayed: a size that was only observed. */
function isKept (definition: WidgetDefinition, key: string): boolean {
  return definition.state[key]?.calls !== null
}

function plainBytes (state: BinaryState | null): unknown {
  if (state === null) return null
  const { args, bytes } = state
  return { args, base64: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64') }
}
