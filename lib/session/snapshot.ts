/** A session as plain JSON: what storage keeps, and what a session is restored from. */
import { SnapshotError } from '../errors.ts'
import { snapshotFault } from '../protocol/snapshot.ts'
import { changedState } from '../widgets/apply.ts'
import type { BinaryState, Entry } from '../widgets/definition.ts'
import { definitions } from '../widgets/index.ts'
import type { Core } from './core.ts'
import type { GrantRecord } from './grants.ts'
import { StatusBarWidget } from './status-bar.ts'
import { wrap } from './tree.ts'
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
  /** Whose session it was. */
  readonly identity?: string
  /** Links to it; of their tokens no more than hashes. */
  readonly grants?: readonly GrantRecord[]
}

/** Takes a snapshot. */
export function snapshotOf (core: Core): SessionSnapshot {
  // A message that would be gone before anybody comes back.
  const isPassing = (wid: number, key: string): boolean => {
    const widget = core.widgets.get(wid)
    return key === 'text' && widget instanceof StatusBarWidget && widget.passing
  }
  const widgets = [...core.tree.nodes.values()].map(({ wid, definition, name, args, given, state, changed, entries, listened }) => ({
    wid,
    class: definition.class,
    ...(name !== null && { name }),
    args: structuredClone(args),
    state: Object.fromEntries(Object.entries(changed === null ? {} : changedState(definition, given, state)).filter(([key]) => !isPassing(wid, key)).map(([key, value]) =>
      [key, definition.state[key]?.binary === undefined ? structuredClone(value) : encodeBytes(value as BinaryState | null)])),
    entries: structuredClone(entries),
    listened: [...listened].sort()
  }))
  return { version: 1, lastWid: core.lastWid, widgets }
}

/**
 * Checks a snapshot before anything is made from it.
 * @throws PGW_ERR_SNAPSHOT
 */
export function checkSnapshot (snapshot: SessionSnapshot): void {
  const fault = snapshotFault(snapshot)
  if (fault !== null) throw new SnapshotError(fault)
  const wids = new Set<number>()
  const names = new Set<string>()
  const places = new Set<number>()
  for (const { wid, name, entries } of snapshot.widgets) {
    if (wids.has(wid)) throw new SnapshotError(`there are two widgets ${wid}`)
    if (name !== undefined && names.has(name)) throw new SnapshotError(`there are two widgets named ${name}`)
    wids.add(wid)
    if (name !== undefined) names.add(name)
    for (const { wid, wrapper } of entries) {
      for (const held of [wid, wrapper]) {
        if (held === undefined) continue
        if (places.has(held)) throw new SnapshotError(`widget ${held} is in two places`)
        places.add(held)
      }
    }
  }
}

/** Fills an empty session from a checked snapshot. */
export function restore (core: Core, snapshot: SessionSnapshot): void {
  for (const saved of snapshot.widgets) {
    const definition = definitions.get(saved.class)
    if (definition === undefined || !(definition.creatable || definition.wrapper)) throw new SnapshotError(`there is no widget class ${saved.class}`)
    const widget = core.create(definition, structuredClone(saved.args), saved.wid)
    const node = widget[kNode]
    for (const [key, value] of Object.entries(saved.state)) {
      if (definition.state[key] === undefined) throw new SnapshotError(`${saved.class} has no state ${key}`)
      node.changed = (node.changed ?? new Set()).add(key)
      node.state[key] = definition.state[key].binary === undefined ? structuredClone(value) : decodeBytes(value)
    }
    const unknown = saved.listened.find(action => definition.callbacks[action] === undefined) ?? saved.entries.find(({ method }) => definition.methods[method] === undefined)?.method
    if (unknown !== undefined) throw new SnapshotError(`${saved.class} has no ${unknown}`)
    for (const action of saved.listened) if (!node.listened.includes(action)) node.listened.push(action)
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
      if (core.tree.contains(child, node)) throw new SnapshotError(`widget ${entry.wid} is inside itself`)
      child.parent = node
      if (entry.wrapper === undefined) continue
      const wrapper = core.tree.nodes.get(entry.wrapper)
      if (wrapper === undefined || !wrapper.definition.wrapper) throw new SnapshotError(`widget ${entry.wid} is wrapped in widget ${entry.wrapper}, which is missing`)
      wrap(wrapper, child)
    }
  }
  const loose = [...core.tree.nodes.values()].find(({ definition, wraps }) => definition.wrapper && wraps === null)
  if (loose !== undefined) throw new SnapshotError(`widget ${loose.wid} is wrapped around nothing`)
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
