/**
 * Why the server ends a connection. A browser comes back after every code outside 4000–4999; a code inside is final
 * (PROTOCOL.md §2), and our page shows its reason and what to do.
 */
export const CloseCode = {
  /** The service goes down or starts anew. */
  restart: 1012,
  /** The browser, or the session's handlers, did not keep up. */
  overload: 1013,
  /** The handshake took too long, or was none. */
  handshake: 1002,
  /** A known session and a token that is not its own, or a session of another path or another user. */
  credentials: 4001,
  /** The session was destroyed. */
  ended: 4002,
  /** `onConnect` failed, so that there is no user interface. */
  failed: 4003,
  /** Too many frames that the protocol does not allow. */
  invalid: 4004,
  /** Server code closed the connection. */
  dismissed: 4005,
  /** The user signed out, or the sign-in ran out. */
  signedOut: 4006,
  /** The link's time is over. */
  linkExpired: 4007,
  /** The link was taken back. */
  linkRevoked: 4008,
  /** There are as many sessions as there may be, in all or of this user. */
  tooManySessions: 4009,
  /** There are as many browsers on the session as there may be. */
  tooManyBrowsers: 4010
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
  handshake: 'The handshake was not completed',
  signedOut: 'You are not signed in any more',
  linkExpired: 'This link has expired',
  linkRevoked: 'This link was taken back',
  tooManySessions: 'There are too many sessions',
  tooManyBrowsers: 'Too many browsers show this session'
} as const
