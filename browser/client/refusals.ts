import { CloseCode } from '../../lib/protocol/close-codes.ts'

/** What the button of a card does: opens a session of its own, asks for the same one again, or loads the page anew. */
export type Remedy = 'anew' | 'again' | 'reload'

/** What a person is told when the server closes for good. */
export interface Refusal {
  readonly title: string
  /** What to do; goes with the server's own words on what happened. */
  readonly advice: string
  readonly button: string
  readonly remedy: Remedy
  /** Whether the credentials can never work again, so that even a reload should not try them. */
  readonly spent?: boolean
}

const ANEW = 'Start a new session'

const link: Refusal = { title: 'This link no longer works', advice: 'Ask for a new link, or start a session of your own.', button: ANEW, remedy: 'anew', spent: true }

/** A server of another make, or of a later version: its reason says what there is to say. */
const other: Refusal = { title: 'This session is closed', advice: '', button: ANEW, remedy: 'anew', spent: true }

const refusals: Readonly<Record<number, Refusal>> = {
  [CloseCode.credentials]: {
    title: 'You cannot open this session',
    advice: 'Check that the link is complete, or ask whoever gave it to you. You can also start a session of your own.',
    button: ANEW,
    remedy: 'anew',
    spent: true
  },
  [CloseCode.ended]: {
    title: 'The session is over',
    advice: 'It cannot be opened again, but you can start a new one.',
    button: ANEW,
    remedy: 'anew',
    spent: true
  },
  // The session that failed is gone: trying again means another one. The credentials are kept until then.
  [CloseCode.failed]: {
    title: 'The session did not start',
    advice: 'Try again. If that does not help, tell whoever runs this service.',
    button: 'Try again',
    remedy: 'anew'
  },
  [CloseCode.invalid]: {
    title: 'Page and service disagree',
    advice: 'The page may be older than the service. Loading it anew brings you back to the same session.',
    button: 'Reload the page',
    remedy: 'reload'
  },
  [CloseCode.dismissed]: {
    title: 'You were disconnected',
    advice: 'The session itself goes on, and you can try to come back to it.',
    button: 'Try again',
    remedy: 'again'
  },
  [CloseCode.signedOut]: {
    title: 'Signed out',
    advice: 'The session goes on without you. Sign in again to come back to it.',
    button: 'Sign in again',
    remedy: 'reload'
  },
  [CloseCode.linkExpired]: link,
  [CloseCode.linkRevoked]: link,
  [CloseCode.tooManySessions]: {
    title: 'No room for another session',
    advice: 'Close one that you do not need any more, or try again in a while.',
    button: 'Try again',
    remedy: 'again'
  },
  [CloseCode.tooManyBrowsers]: {
    title: 'No room for another browser',
    advice: 'Close the session in another tab or browser, then try again.',
    button: 'Try again',
    remedy: 'again'
  }
}

/** What to say, and to do, about a close code from 4000 to 4999. */
export const refusalOf = (code: number): Refusal => refusals[code] ?? other
