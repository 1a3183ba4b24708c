/**
 * Why the server ends a connection. A browser comes back after every code outside 4000–4999; a code inside is final
 * (PROTOCOL.md §2), and our page shows its reason.
 */
export const CloseCode = {
  /** The service goes down or starts anew. */
  restart: 1012,
  /** The browser does not keep up, or the server is full. */
  overload: 1013,
  /** The handshake took too long, or was none. */
  handshake: 1002,
  /** A known session and a token that is not its own, or a session of another path. */
  credentials: 4001,
  /** The session was destroyed. */
  ended: 4002,
  /** `onConnect` failed, so that there is no user interface. */
  failed: 4003,
  /** Too many frames that the protocol does not allow. */
  invalid: 4004,
  /** Server code closed the connection. */
  dismissed: 4005
} as const

/** What a person is told. */
export const CloseReason = {
  credentials: 'Invalid session credentials',
  ended: 'This session has ended',
  failed: 'The application could not start this session',
  invalid: 'The browser sent too many invalid messages',
  restart: 'The service is restarting',
  overload: 'The connection is too slow',
  busy: 'The session is too busy',
  handshake: 'The handshake was not completed'
} as const
