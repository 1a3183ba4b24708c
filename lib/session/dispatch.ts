import { fromWire } from './arguments.ts'
import type { Core, HandlerRun } from './core.ts'
import { isThenable } from './handlers.ts'
import type { Peer } from './peer.ts'
import { kNode } from './widget.ts'
import type { RemoteWidget } from './widget.ts'

/**
 * Runs the handlers of an action, each in its turn.
 * @param done - Called when all of them have finished, or will not run any more.
 */
export function dispatch (core: Core, widget: RemoteWidget, action: string, wireArgs: readonly unknown[], peer: Peer | null, done: () => void = () => {}): void {
  const node = widget[kNode]
  const listeners = core.handlers.of(node, action)
  let left = listeners.length
  const finished = (): void => { if (--left === 0) done() }
  if (left === 0) return done()
  const args = wireArgs.map(arg => fromWire(core, arg))
  const context = { widget, session: core.session, connection: peer }
  const gone = (): boolean => core.destroyed || peer?.barred === true
  for (const listener of listeners) {
    // An earlier handler may have shown the browser out, or ended the session; a once() waits for the next browser then.
    if (gone()) return done()
    if (listener.once) core.unlisten(widget, action, listener.handler)
    const run = (): unknown => {
      const result = gone() ? undefined : guarded(core, () => listener.handler(...args, context), { widget, action, peer })
      // What `guarded` returns is never rejected.
      if (!isThenable(result)) finished()
      else void result.then(finished)
      return result
    }
    if (listener.immediate || listener.concurrent) run()
    else core.tasks.push(run, peer)
  }
}

/** Runs a handler; what it throws, now or later, is reported and goes no further. */
function guarded (core: Core, run: () => unknown, what: HandlerRun): unknown {
  const { observer, limits } = core
  const { widget, action } = what
  const started = performance.now()
  let warning: NodeJS.Timeout | undefined
  const done = (error?: unknown): void => {
    clearTimeout(warning)
    const duration = performance.now() - started
    // A synchronous one held the event loop up, timers included.
    if (warning === undefined && duration >= limits.handlerWarning) observer.slow({ widget, action })
    if (error !== undefined) observer.failed(error, { widget, action })
  }
  const failed = (error: unknown): void => done(error ?? new Error('a handler threw nothing'))
  try {
    const result = observer.handling(what, run)
    if (!isThenable(result)) return done()
    // One that never ends holds up all others of its session: somebody must hear of it before it has ended.
    warning = setTimeout(() => observer.slow({ widget, action }), limits.handlerWarning).unref()
    return result.then(() => done(), failed)
  } catch (error) {
    return failed(error)
  }
}
