/** What browsers report: state first, then the other browsers, then handlers. */
import { mismatch } from '../protocol/compile.ts'
import { isRef } from '../protocol/values.ts'
import { isTracked } from '../widgets/definition.ts'
import type { Callback } from '../widgets/definition.ts'
import { isDurable, padded } from '../widgets/apply.ts'
import { comingOf } from './core.ts'
import type { Core, LastReport } from './core.ts'
import { dispatch } from './dispatch.ts'
import type { Peer } from './peer.ts'
import type { Change, Node } from './tree.ts'
import { Upload, announces, withoutUpload } from './upload.ts'
import type { RemoteWidget } from './widget.ts'

/** A report as it comes from a browser, its envelope checked. */
export interface Report { readonly wid: number, readonly action: string, readonly args: readonly unknown[] }

/**
 * What became of a report: `taken`; `stale` if it is about something that has ended or changed meanwhile, which
 * happens to honest browsers; `watching` if it comes from one who may only watch; `overload` if handlers have not kept up; or why it is invalid.
 */
export type Verdict = { readonly kind: 'taken' | 'stale' | 'watching' | 'overload' } | { readonly kind: 'invalid', readonly reason: string }

/** A report's verdict may also be that it has to wait for the files that it announces. */
export type ReportVerdict = Verdict | { readonly kind: 'upload', readonly upload: Upload }

const TAKEN: Verdict = { kind: 'taken' }
const STALE: Verdict = { kind: 'stale' }
const WATCHING: Verdict = { kind: 'watching' }
const OVERLOAD: Verdict = { kind: 'overload' }

/** Takes a browser's report. */
export function receive (core: Core, peer: Peer, { wid, action, args }: Report): ReportVerdict {
  const node = core.tree.nodes.get(wid)
  const widget = core.widgets.get(wid)
  if (node === undefined || widget === undefined) {
    // Ids above the server's are a browser's own; ids up to the last one belonged to a widget that has ended.
    return wid <= core.lastWid ? STALE : { kind: 'invalid', reason: `there is no widget ${wid}` }
  }
  const callback = node.definition.callbacks[action]
  if (callback === undefined) return { kind: 'invalid', reason: `${widget.toString()} has no action ${action}` }
  if (callback.made === true) return { kind: 'invalid', reason: `${widget.toString()}, ${action}: no browser reports this` }
  const reason = faultIn(callback, args)
  if (reason !== null) return { kind: 'invalid', reason: `${widget.toString()}, ${action}: ${reason}` }
  if (!node.listened.includes(action) || namesGone(core, callback, args)) return STALE
  if (peer.role === 'viewer') {
    // Their page may have moved already: it is told what is true.
    core.correct(peer, presentOf(node, callback.touches ?? []))
    return WATCHING
  }
  if (core.tasks.length >= core.limits.maxPendingCallbacks) return OVERLOAD
  if (announces(callback, args)) return { kind: 'upload', upload: new Upload(core, peer, { widget, action, callback, args }) }
  if (callback.measured === true && !peer.reportsGestures && callback.touches?.some(key => isUnderWay(core, peer, `${wid}.${key}`)) === true) return STALE
  // A window that may not be resized does not take the size that a browser reports for it, though handlers hear of it.
  const tracked = callback.touches === undefined || callback.minds === true || isTracked(callback, node.given)
  if (callback.trails === true) {
    const verdict = core.echoes.judge(peer, node, callback, args)
    if (verdict === 'astray') core.correct(peer, presentOf(node, callback.touches ?? []))
    if (verdict !== 'news') return STALE
  }
  const last = core.reported.get(node)
  if (isOfField(node, callback)) {
    // After Enter a reference page says the same text once more, in its pause, when a handler may have cleared the field.
    if (callback.debounced === true && !peer.reportsGestures && last?.peer === peer && last.value === args[0] && core.authors.get(node) !== peer) return STALE
    core.reported.set(node, { peer, value: args.at(-1), debounced: callback.debounced === true, at: performance.now() })
  }
  const skip = callback.unlessHandled === true && core.handlers.of(node, action).length > 0
  if (tracked && !skip && callback.reduce !== undefined) {
    const verdict = applyReport(core, peer, { node, widget, callback, action, args, last })
    if (verdict !== TAKEN) return verdict
  }
  dispatch(core, widget, action, padded(callback.params, withoutUpload(callback, args)), peer)
  return TAKEN
}

interface Subject { readonly node: Node, readonly widget: RemoteWidget, readonly callback: Callback, readonly action: string, readonly args: readonly unknown[], readonly last: LastReport | undefined }

function applyReport (core: Core, peer: Peer, { node, widget, callback, action, args, last }: Subject): Verdict {
  const touched = callback.touches ?? []
  const removed = callback.removesChild === true && isRef(args[0]) ? args[0].__wid__ : null
  // It speaks of where the child was before it is put in (again), which is still to come there.
  if (removed !== null && isUnderWay(core, peer, comingOf(node, removed))) return STALE
  let changes: Change[]
  try {
    changes = core.tree.callback(node, callback, args, callback.measured === true && !peer.reportsGestures)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    // It does not fit the model any more. Whoever sent it shows something else now: put that right.
    core.correct(peer, presentOf(node, touched))
    return STALE
  }
  if (removed !== null) core.passOnRemoval(node, removed, { except: peer })
  else core.push(changes, { except: peer })
  // A call about the same state that the browser had not seen when it reported will override what it reported,
  // there and only there: so it is told the outcome as well.
  const crossed = [...touched.map(key => `${node.wid}.${key}`), ...changes.map(({ node, key }) => `${node.wid}.${key}`)]
    .some(key => isUnderWay(core, peer, key))
  if (crossed) core.crossings++
  const late = callback.debounced === true && !peer.reportsGestures && mayBeStale(core, peer, node, last)
  const differs = callback.corrected?.(Object.fromEntries(touched.map(key => [key, node.state[key]])), args) === true
  const ofField = isOfField(node, callback)
  if (ofField) core.authors.set(node, peer)
  if (crossed || differs || late) {
    core.correct(peer, presentOf(node, touched, changes))
    if (ofField) core.corrected.set(node, { peer, at: performance.now() })
  }
  if (callback.request === true) core.correct(peer, changes)
  const durable = core.peers.size > 1 ? changes.filter(({ node, key }) => isDurable(node.definition, key)) : []
  if (durable.length > 0) core.observer.synced({ changes: durable, action, widget, peer })
  return TAKEN
}

/** How long a reference page may take to report what was typed, ms: its pause, and some time on the line. */
const PAUSE = 500

/**
 * Whether what a browser reports of its field may have been replaced there while the report waited: somebody else has
 * changed the text since the browser's last report, or the browser was corrected, or pressed Enter, a moment ago.
 */
function mayBeStale (core: Core, peer: Peer, node: Node, last: LastReport | undefined): boolean {
  if (core.authors.has(node) && core.authors.get(node) !== peer) return true
  const corrected = core.corrected.get(node)
  const recent = performance.now() - PAUSE
  return (corrected?.peer === peer && corrected.at > recent) || (last?.peer === peer && !last.debounced && last.at > recent)
}

/** Whether a callback says something of what the widget also reports late. */
function isOfField ({ definition: { debounced } }: Node, { touches }: Callback): boolean {
  return debounced.length > 0 && touches?.some(key => debounced.includes(key)) === true
}

/** State keys, to be sent as they are now; what the browser shows is not known. */
function presentOf (node: Node, keys: readonly string[], changes: readonly Change[] = []): Array<{ node: Node, key: string }> {
  const others = changes.filter(change => change.node !== node).map(({ node, key }) => ({ node, key }))
  return [...others, ...keys.map(key => ({ node, key }))]
}

/** Whether a call that may change the state key is on its way to the browser, collected and not yet sent included. */
function isUnderWay (core: Core, peer: Peer, key: string): boolean {
  return peer.underWay(key) || core.outbox.touches(peer, key)
}

/** Whether a widget that must be there is not (any more). */
function namesGone (core: Core, { params }: Callback, args: readonly unknown[]): boolean {
  return args.some((arg, i) => params[i]?.type.kind === 'widget' && isRef(arg) && !core.widgets.has(arg.__wid__))
}

function faultIn (callback: Callback, args: readonly unknown[]): string | null {
  const { params } = callback
  const least = params.length - (callback.optional ?? 0)
  if (args.length < least || args.length > params.length) return `expected ${least} arguments, got ${args.length}`
  for (let i = 0; i < args.length; i++) {
    const param = params[i]
    if (param === undefined) continue
    const reason = mismatch(param.type, args[i])
    if (reason !== null) return `${param.name}: ${reason}`
  }
  return null
}
