import type { GrantRecord } from '../session/grants.ts'
import type { Session } from '../session/session.ts'
import type { Connection } from './connection.ts'
import type { QueueLimits } from './outbound.ts'
import type { UploadLimits } from './uploads.ts'

/** Limits and times of a connection. */
export interface ConnectionLimits extends QueueLimits, UploadLimits {
  readonly maxFrameBytes: number
  readonly framesPerSecond: number
  readonly frameBurst: number
  readonly maxFrameDepth: number
  readonly maxInvalidFrames: number
  readonly handshakeTimeout: number
  readonly closeTimeout: number
}

/** What a browser showed at the handshake. */
export interface Credentials { readonly id: string | null, readonly token: string | null }

/** The session to show, or why there is none. */
export type Admission =
  | { readonly session: Session, readonly fresh: boolean, readonly grant: GrantRecord | null, readonly token: string }
  | { readonly code: number, readonly reason: string }

/** Who decides about a connection, and is told how it goes. */
export interface ConnectionOwner {
  /** Called once, when the handshake is complete. */
  admit (connection: Connection, credentials: Credentials): Admission
  /** What the browser is told before the session's widgets. */
  introduction (connection: Connection): ReadonlyArray<Record<string, unknown>>
  /** Called once the browser is let in: it is to be attached. @param fresh - The session was made for it. */
  admitted (connection: Connection, session: Session, fresh: boolean): void
  /** The browser is to be attached again: its queue was dropped, or it could not follow. @param text - For the log. */
  renew (connection: Connection, session: Session, text: string): void
  /** A frame came in, or goes out. Text that came in is still in bytes. */
  frame (connection: Connection, direction: 'in' | 'out', data: string | Uint8Array, isText: boolean): void
  /** The connection met a limit, by the option's name. */
  limited (connection: Connection, limit: string): void
  /** The connection is over. */
  closed (connection: Connection, info: { readonly code: number, readonly reason: string }): void
}
