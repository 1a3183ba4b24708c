/** A session as plain JSON: what storage keeps, and what a session is restored from. */
import { SnapshotError } from '../errors.ts'
import { changedState } from '../widgets/apply.ts'
import type { BinaryState, Entry } from '../widgets/definition.ts'
import { definitions } from '../widgets/index.ts'
import type { Core } from './core.ts'
import { kNode } from './widget.ts'

/** One widget of a snapshot. */
export interface WidgetSnapshot {
  readonly wid: number
  readonly class: string
  readonly name?: string
  /** Constructor arguments in wire form. */
  readonly args: readonly unknown[]
  /** State that differs from what the constructor sets; bytes as `{ base64, args }`. */
  readonly state: Readonly<Record<string, unknown>>
  /** Children with the calls that attached them, and ornaments, in order. */
  readonly entries: readonly Entry[]
  /** Actions that browsers report. */
  readonly listened: readonly string[]
}

/** A session's tree. Plain JSON. */
export interface SessionSnapshot {
  readonly version: 1
  /** Highest widget id given out. */
  readonly lastWid: number
  readonly widgets: readonly WidgetSnapshot[]
}

/** Takes a snapshot. */
export function snapshotOf (core: Core): SessionSnapshot {
  const widgets = [...core.tree.nodes.values()].map(({ wid, definition, name, args, given, state, entries, listened }) => ({
    wid,
    class: definition.class,
    ...(name !== null && { name }),
    args: structuredClone(args),
    state: Object.fromEntries(Object.entries(changedState(definition, given, state)).map(([key, value]) =>
      [key, definition.state[key]?.binary === undefined ? structuredClone(value) : encodeBytes(value as BinaryState | null)])),
    entries: structuredClone(entries),
    listened: [...listened].sort()
  }))
  return { version: 1, lastWid: core.lastWid, widgets }
}

/** Fills an empty session from a snapshot. */
export function restore (core: Core, snapshot: SessionSnapshot): void {
  if (typeof snapshot !== 'object' || snapshot === null || snapshot.version !== 1 || !Array.isArray(snapshot.widgets)) {
    throw new SnapshotError('it is not a snapshot of version 1')
  }
  for (const saved of snapshot.widgets) {
    const definition = definitions.get(saved.class)
    if (definition?.creatable !== true) throw new SnapshotError(`there is no widget class ${saved.class}`)
    const widget = core.create(definition, structuredClone(saved.args), saved.wid)
    const node = widget[kNode]
    for (const [key, value] of Object.entries(saved.state)) {
      if (definition.state[key] === undefined) throw new SnapshotError(`${saved.class} has no state ${key}`)
      node.state[key] = definition.state[key].binary === undefined ? structuredClone(value) : decodeBytes(value)
    }
    for (const action of saved.listened) node.listened.add(action)
    if (saved.name !== undefined) core.setName(widget, saved.name)
  }
  for (const { wid, entries } of snapshot.widgets) {
    const node = core.tree.nodes.get(wid)
    if (node === undefined) continue
    node.entries = structuredClone(entries) as Entry[]
    for (const entry of entries) {
      if (entry.wid === undefined) continue
      const child = core.tree.nodes.get(entry.wid)
      if (child === undefined) throw new SnapshotError(`widget ${wid} holds widget ${entry.wid}, which is missing`)
      child.parent = node
    }
  }
  core.raiseLastWid(snapshot.lastWid)
}

function encodeBytes (state: BinaryState | null): unknown {
  return state === null ? null : { args: state.args, base64: Buffer.from(state.bytes).toString('base64') }
}

function decodeBytes (value: unknown): BinaryState | null {
  if (value === null) return null
  const { args, base64 } = value as { args: BinaryState['args'], base64: string }
  return { args, bytes: new Uint8Array(Buffer.from(base64, 'base64')) }
}
