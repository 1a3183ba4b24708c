/**
 * Events for diagnostics_channel. What takes no time is told on `pgwidgets:NAME`; what takes some is traced as node
 * traces its own, on `tracing:pgwidgets:NAME:start`, `end`, `asyncStart`, `asyncEnd` and `error`. Messages are made only
 * where somebody listens.
 */
import { channel, tracingChannel } from 'node:diagnostics_channel'
import type { Connection } from './connection/connection.ts'
import { isThenable } from './session/handlers.ts'
import type { Session } from './session/session.ts'
import type { SessionStore } from './store/store.ts'

/** Where it happened: the `app.pgwidgets.sessions` of the application. A process may have several. */
interface Where { readonly sessions: SessionStore }

/** What is told at once, by channel. Durations in ms. */
interface Events {
  /** A browser left; `duration` is how long it was there. */
  disconnect: { session: Session | null, connection: Connection, code: number, duration: number }
  /** One browser's change was passed on to the others. */
  sync: { session: Session, connection: Connection, action: string, keys: readonly string[] }
  /** Somebody was not let in, or shown out. `reason` is one of few words. */
  refusal: { reason: string, code: number, path: string | null }
  /** A limit was met. `limit` is the option's name. */
  limit: { limit: string, session: Session | null }
  /**
   * A frame came from a browser (`in`) or is sent to one (`out`), as text or bytes. Before the handshake is complete there
   * is no session. Tokens are taken out; all else that is on screen is in it.
   */
  frame: { session: Session | null, connection: Connection, direction: 'in' | 'out', data: string | Uint8Array }
}

/** What takes its time, by tracing channel. */
interface Work {
  /** A browser was let in: what its session holds is handed over, and the hooks `onConnect` or `onReconstruct` run. */
  connect: { session: Session, connection: Connection, fresh: boolean }
  /** A session is put before a browser that had it not, or not any more; `messages` at the end. */
  reconstruct: { session: Session, connection: Connection, messages?: number }
  /** A handler runs. `connection` is the browser that it runs for; null for a timer. */
  callback: { session: Session, connection: Connection | null, widget: string, action: string }
  /** A session ended, and its `onDestroy` hooks run. */
  destroy: { session: Session }
}

/** What each channel `pgwidgets:NAME` says. */
export type Telemetry = { [Name in keyof Events]: Events[Name] & Where }

/** How the work of a trace ended. */
export interface Outcome {
  /** Milliseconds that it took, once it has ended: at `end` where it ended in that turn, else at `asyncEnd`. */
  duration?: number
  /** What was thrown, or why the promise was rejected. */
  error?: unknown
}

/** What the channels `tracing:pgwidgets:NAME:…` say: one object for all events of one piece of work. */
export type Traces = { [Name in keyof Work]: Work[Name] & Where & Outcome }

const channels = {
  disconnect: channel('pgwidgets:disconnect'),
  sync: channel('pgwidgets:sync'),
  refusal: channel('pgwidgets:refusal'),
  limit: channel('pgwidgets:limit'),
  frame: channel('pgwidgets:frame')
}

const tracers = {
  connect: tracingChannel('pgwidgets:connect'),
  reconstruct: tracingChannel('pgwidgets:reconstruct'),
  callback: tracingChannel('pgwidgets:callback'),
  destroy: tracingChannel('pgwidgets:destroy')
}

/** Tells whoever listens to `pgwidgets:NAME`. */
export function tell<Name extends keyof Events> (sessions: SessionStore, name: Name, message: () => Events[Name]): void {
  if (channels[name].hasSubscribers) channels[name].publish({ sessions, ...message() })
}

/**
 * Does some work, and tells whoever listens to `tracing:pgwidgets:NAME:…` how it goes. As node's `traceSync` where the
 * work is done when it returns, as its `tracePromise` where it returns a promise.
 * @param message - What is told of it.
 * @param work - Gets what is told, to add what it finds out; null where nobody listens.
 */
export function trace<Name extends keyof Work, Result> (
  sessions: SessionStore, name: Name, message: () => Work[Name], work: (told: Traces[Name] | null) => Result
): Result {
  const { start, end, asyncStart, asyncEnd, error: failed } = tracers[name]
  if (![start, end, asyncStart, asyncEnd, failed].some(({ hasSubscribers }) => hasSubscribers)) return work(null)
  const told = { sessions, ...message() } as Traces[Name]
  const began = performance.now()
  const ended = (): void => { told.duration = performance.now() - began }
  const threw = (error: unknown): void => {
    ended()
    told.error = error
    failed.publish(told)
  }
  const settled = (): void => {
    asyncStart.publish(told)
    asyncEnd.publish(told)
  }
  // Within the stores that a tracer has bound to the start, so that what it opens there is the parent of all inside.
  return start.runStores(told, () => {
    try {
      const result = work(told)
      if (!isThenable(result)) {
        ended()
        return result
      }
      return result.then(value => {
        ended()
        settled()
        return value
      }, (error: unknown) => {
        threw(error)
        settled()
        throw error
      }) as Result
    } catch (error) {
      threw(error)
      throw error
    } finally {
      end.publish(told)
    }
  })
}
