/**
 * Events for diagnostics_channel: subscribe to `pgwidgets:NAME` to measure, count or trace. Messages are made only
 * where somebody listens.
 */
import { channel } from 'node:diagnostics_channel'
import type { Connection } from './connection/connection.ts'
import type { Session } from './session/session.ts'
import type { SessionStore } from './store/store.ts'

/** What each channel says, besides where. Durations in ms. */
interface Events {
  /** A browser was let in. */
  connect: { session: Session, connection: Connection, fresh: boolean }
  /** A browser left. */
  disconnect: { session: Session | null, connection: Connection, code: number, duration: number }
  /** A session was put before a browser that had it not, or not any more. */
  reconstruct: { session: Session, connection: Connection, messages: number, duration: number }
  /** One browser's change was passed on to the others. */
  sync: { session: Session, connection: Connection, action: string, keys: readonly string[] }
  /** A handler has run; `error` if it threw. */
  callback: { session: Session, widget: string, action: string, duration: number, error?: unknown }
  /** Somebody was not let in, or shown out. `reason` is one of few words. */
  refusal: { reason: string, code: number, path: string | null }
  /** A limit was met. `limit` is the option's name. */
  limit: { limit: string, session: Session | null }
  /** A session ended. */
  destroy: { session: Session }
  /**
   * A frame came from a browser (`in`) or is sent to one (`out`), as text or bytes. Before the handshake is complete there
   * is no session. Tokens are taken out; all else that is on screen is in it.
   */
  frame: { session: Session | null, connection: Connection, direction: 'in' | 'out', data: string | Uint8Array }
}

/**
 * What each channel says. `sessions` is the `app.pgwidgets.sessions` of the application that it happened in: a process
 * may have several, and what is refused has no session that would tell.
 */
export type Telemetry = { [Name in keyof Events]: Events[Name] & { sessions: SessionStore } }

const channels = {
  connect: channel('pgwidgets:connect'),
  disconnect: channel('pgwidgets:disconnect'),
  reconstruct: channel('pgwidgets:reconstruct'),
  sync: channel('pgwidgets:sync'),
  callback: channel('pgwidgets:callback'),
  refusal: channel('pgwidgets:refusal'),
  limit: channel('pgwidgets:limit'),
  destroy: channel('pgwidgets:destroy'),
  frame: channel('pgwidgets:frame')
}

/** Tells whoever listens to `pgwidgets:NAME`. */
export function tell<Name extends keyof Events> (sessions: SessionStore, name: Name, message: () => Events[Name]): void {
  if (channels[name].hasSubscribers) channels[name].publish({ sessions, ...message() })
}
