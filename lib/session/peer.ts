import type { Batch } from './message.ts'

/** What a session needs of a connected browser. */
export interface Peer {
  readonly id: string
  /** Whether it reports geometry only where a person set it; otherwise it reports what the layout gave as well. */
  readonly reportsGestures: boolean
  /** Sends, or queues, messages. */
  deliver (batch: Batch): void
  /** Whether a message that may change the state key (`wid.key`) is still to be answered by this browser. */
  underWay (key: string): boolean
  /** Resolves when the browser has answered everything, or is gone. */
  settled (): Promise<void>
  /** Ends the connection. */
  close (code: number, reason: string): void
}
