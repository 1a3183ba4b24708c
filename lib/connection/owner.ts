import type { GrantRecord } from '../session/grants.ts'
import type { Session } from '../session/session.ts'
import type { Connection } from './connection.ts'
import type { QueueLimits } from './outbound.ts'

/** Limits and times of a connection. */
export interface ConnectionLimits extends QueueLimits {
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

/** How a browser was attached to its session. */
export interface AttachInfo {
  /** The session was made for this connection. */
  readonly fresh: boolean
  /** Messages of the replay. */
  readonly messages: number
  /** Milliseconds that the replay took to make and hand over. */
  readonly duration: number
}

/** Who decides about a connection, and is told how it goes. */
export interface ConnectionOwner {
  /** Called once, when the handshake is complete. */
  admit (connection: Connection, credentials: Credentials): Admission
  /** What the browser is told before the session's widgets. */
  introduction (connection: Connection): ReadonlyArray<Record<string, unknown>>
  /** The browser has been sent all there is. */
  attached (connection: Connection, session: Session, info: AttachInfo): void
  /** The browser was brought up to date from nothing, after its queue had been dropped. */
  replayed (connection: Connection, session: Session, info: Pick<AttachInfo, 'messages' | 'duration'>): void
  /** A frame came in, or goes out. Text that came in is still in bytes. */
  frame (connection: Connection, direction: 'in' | 'out', data: string | Uint8Array, isText: boolean): void
  /** The connection met a limit, by the option's name. */
  limited (connection: Connection, limit: string): void
  /** The connection is over. */
  closed (connection: Connection, info: { readonly code: number, readonly reason: string }): void
}
