/** What a connection needs of a WebSocket: the `ws` package's, or a pair of streams in tests. */
export interface Socket {
  readonly bufferedAmount: number
  readonly readyState: number
  send (data: string | Uint8Array, options: { binary: boolean }, sent?: (error?: Error | null) => void): void
  ping (): void
  close (code: number, reason: string): void
  terminate (): void
  pause (): void
  resume (): void
  on (event: 'message', listener: (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => void): unknown
  on (event: 'close', listener: (code: number, reason: Buffer) => void): unknown
  on (event: 'pong', listener: () => void): unknown
  on (event: 'error', listener: (error: Error) => void): unknown
}

/** `readyState` of a socket that can send. */
export const OPEN = 1
/** `readyState` of a socket whose close is not answered yet. */
export const CLOSING = 2
