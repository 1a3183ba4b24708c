import type { GrantRecord, Role } from './grants.ts'
import type { Batch } from './message.ts'

/** What a session needs of a connected browser. */
export interface Peer {
  readonly id: string
  /** Whether it reports geometry only where a person set it; otherwise it reports what the layout gave as well. */
  readonly reportsGestures: boolean
  /** When it last answered a replay, in ms of `performance.now()`. */
  readonly replayedAt: number
  /** Whether it knows the methods that the project adds to the protocol. */
  readonly extended: boolean
  /** The link that it came by; null for the session's owner. */
  readonly grant: GrantRecord | null
  /** The user behind it; null where the route does not know. */
  readonly identity: string | null
  /** What it may do. */
  readonly role: Role
  /** It was shown out: nothing that it sent has any effect any more. */
  readonly barred: boolean
  /** Sends, or queues, messages. */
  deliver (batch: Batch): void
  /** Whether a message that may change the state key (`wid.key`) is still to be answered by this browser. */
  underWay (key: string): boolean
  /** Resolves when the browser has answered everything, or is gone. */
  settled (): Promise<void>
  /** Shows the browser out, for good. */
  bar (code: number, reason: string): void
  /** Ends the connection. */
  close (code: number, reason: string): void
}
