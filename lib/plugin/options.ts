import { InvalidOptionError } from '../errors.ts'
import type { ConnectionLimits } from '../connection/owner.ts'
import type { SessionLimits } from '../session/core.ts'
import type { StoreLimits } from '../store/store.ts'
import { LONGEST_TIMER } from './deadlines.ts'
import { HOOK_NAMES } from './hooks.ts'
import type { Hooks } from './hooks.ts'
import type { Identify } from './identity.ts'

/** Limits and times. Each has a default that suits a panel with a few hundred widgets. */
export interface Limits extends SessionLimits, ConnectionLimits, StoreLimits {
  readonly heartbeatInterval: number
  readonly maxBrowsers: number
}

/** Defaults of all limits. */
export const DEFAULT_LIMITS: Limits = {
  maxFrameBytes: 1024 * 1024,
  framesPerSecond: 500,
  frameBurst: 2_000,
  maxFrameDepth: 64,
  maxInvalidFrames: 20,
  lowMark: 256 * 1024,
  highMark: 4 * 1024 * 1024,
  hardLimit: 64 * 1024 * 1024,
  maxUnanswered: 10_000,
  maxTransfers: 8,
  maxTransferBytes: 64 * 1024 * 1024,
  transferTimeout: 30_000,
  handshakeTimeout: 10_000,
  closeTimeout: 2_000,
  heartbeatInterval: 30_000,
  queryTimeout: 10_000,
  maxPendingQueries: 1_000,
  maxWidgets: 100_000,
  maxPendingCallbacks: 10_000,
  maxGrants: 1_000,
  maxBrowsers: 100,
  handlerWarning: 1_000,
  maxSessions: 10_000,
  maxSessionsPerIdentity: 100,
  sessionIdleTimeout: 24 * 60 * 60 * 1000,
  sessionMaxAge: 30 * 24 * 60 * 60 * 1000
}

/** Options of the plugin. */
export interface PgwidgetsOptions extends Hooks {
  /** Where the page and its WebSocket are, e.g. `/panel`; client files are below, at `/panel/client/`. @default '' */
  prefix?: string
  /**
   * Says who a request is from: a stable string, or `{ id, expiresAt }`; null for nobody, who is answered with 401.
   * A session then belongs to the user who opened it, and its credentials open it for nobody else.
   */
  identify?: Identify
  /** Title of the page. @default 'Remote widgets' */
  title?: string
  /** Language of the page, as in `<html lang>`. @default 'en' */
  lang?: string
  /** Direction of the page's text and of its layout. By default that of its language: `'rtl'` for Arabic, Hebrew, Persian, … */
  dir?: 'ltr' | 'rtl'
  /** Fixes the page's appearance; by default it follows the reader's system. */
  theme?: 'light' | 'dark'
  /**
   * Style sheets of your own, linked after the page's, to set its tokens: URLs, relative to the page. Those of other
   * origins must be allowed by `contentSecurityPolicy: { 'style-src': ['https://host.example'] }`.
   */
  styleSheet?: string | readonly string[]
  /** Origins, besides the host itself, whose pages may open a WebSocket, e.g. `https://portal.example`. @default [] */
  allowedOrigins?: readonly string[]
  /** Sources to add to the page's Content-Security-Policy, by directive: `{ 'img-src': ['https://tiles.example'] }`; `'none'` closes a directive. */
  contentSecurityPolicy?: Readonly<Record<string, readonly string[]>>
  /**
   * Largest frame that a browser may send, in bytes. Not below 512 KiB where interfaces are large, since the answer to
   * a replay is one frame, or where files are dropped, which come in pieces of 512 KiB. @default 1 MiB
   */
  maxFrameBytes?: number
  /** Deepest nesting of arrays and objects in a frame. @default 64 */
  maxFrameDepth?: number
  /** Invalid frames of a connection above which it is closed. @default 20 */
  maxInvalidFrames?: number
  /** Unsent bytes above which a browser's messages wait in a queue that keeps the newest value of each setter. @default 256 KiB */
  lowMark?: number
  /** Waiting bytes above which a browser's queue is dropped; it is replayed to when it has caught up. @default 4 MiB */
  highMark?: number
  /** Unsent bytes above which a browser's connection is closed. @default 64 MiB */
  hardLimit?: number
  /** Unanswered messages above which further ones wait. @default 10000 */
  maxUnanswered?: number
  /** Transfers of dropped files that a browser may have open at a time. @default 8 */
  maxTransfers?: number
  /**
   * Bytes that a browser's open transfers, and files that the session's handlers are not done with, may have together;
   * so also the most that can be dropped at once. @default 64 MiB
   */
  maxTransferBytes?: number
  /** Milliseconds for which nothing of a transfer may come before it is given up. @default 30000 */
  transferTimeout?: number
  /** Milliseconds for an upgrade and the handshake after it. @default 10000 */
  handshakeTimeout?: number
  /** Milliseconds that a browser has to answer a close before it is cut off. @default 2000 */
  closeTimeout?: number
  /** Milliseconds between pings; a browser that leaves one unanswered is cut off. @default 30000 */
  heartbeatInterval?: number
  /** Milliseconds that a browser has to answer a question. @default 10000 */
  queryTimeout?: number
  /** Questions of a session that may be open at a time. @default 1000 */
  maxPendingQueries?: number
  /** Widgets of a session. @default 100000 */
  maxWidgets?: number
  /** Callbacks of a session that may wait for its handlers; the browser that sends more is cut off. @default 10000 */
  maxPendingCallbacks?: number
  /** Sessions at a time; the one longest without a browser makes room for a new one. @default 10000 */
  maxSessions?: number
  /** Milliseconds that a session may be without a browser before it is destroyed. @default 24 hours */
  sessionIdleTimeout?: number
  /** Links to a session at a time. @default 1000 */
  maxGrants?: number
  /** Milliseconds after which a session is destroyed, used or not. @default 30 days */
  sessionMaxAge?: number
  /** Sessions of one user at a time, where `identify` says who that is. @default 100 */
  maxSessionsPerIdentity?: number
  /** Browsers on a session at a time. @default 100 */
  maxBrowsers?: number
  /** Frames a second that a browser may send for long; it is read more slowly if it sends more. @default 500 */
  framesPerSecond?: number
  /** Frames that a browser may send at once. @default 2000 */
  frameBurst?: number
  /** Milliseconds of a handler above which a warning is logged. @default 1000 */
  handlerWarning?: number
}

/** Options that a route may have of its own. */
export const ROUTE_OPTIONS = ['identify', 'title', 'lang', 'dir', 'theme', 'styleSheet', 'allowedOrigins', 'contentSecurityPolicy'] as const

/** Limits that timers wait for. */
const TIMES: ReadonlySet<string> = new Set(['handshakeTimeout', 'closeTimeout', 'heartbeatInterval', 'queryTimeout', 'handlerWarning', 'transferTimeout'])

/** The limits, with what the options say. @throws PGW_ERR_INVALID_OPTION */
export function limitsOf (options: PgwidgetsOptions): Limits {
  const limits: Record<string, number> = { ...DEFAULT_LIMITS }
  for (const name of Object.keys(DEFAULT_LIMITS)) {
    const value = options[name as keyof PgwidgetsOptions]
    if (value === undefined) continue
    if (typeof value !== 'number' || !(value > 0)) throw new InvalidOptionError(name, `must be a number above 0, got ${String(value)}`)
    limits[name] = TIMES.has(name) ? Math.min(value, LONGEST_TIMER) : value
  }
  const { lowMark, highMark, hardLimit } = limits as unknown as Limits
  if (lowMark > highMark) throw new InvalidOptionError('highMark', `must not be below lowMark (${lowMark}), got ${highMark}`)
  if (highMark > hardLimit) throw new InvalidOptionError('hardLimit', `must not be below highMark (${highMark}), got ${hardLimit}`)
  return limits as unknown as Limits
}

/** What the plugin takes, and what Fastify takes for itself wherever a plugin is registered. */
const KNOWN: ReadonlySet<string> = new Set([...HOOK_NAMES, ...ROUTE_OPTIONS, ...Object.keys(DEFAULT_LIMITS), 'prefix', 'logLevel', 'logSerializers'])

/** Refuses what is no option of the plugin: a limit that is spelt wrongly limits nothing. @throws PGW_ERR_INVALID_OPTION */
export function refuseUnknown (options: PgwidgetsOptions): void {
  const unknown = Object.keys(options).find(name => !KNOWN.has(name))
  if (unknown !== undefined) throw new InvalidOptionError(unknown, `is none of the plugin; there are ${[...KNOWN].sort().join(', ')}`)
}

/** Checks what limits do not cover. @throws PGW_ERR_INVALID_OPTION */
export function checkOptions (options: PgwidgetsOptions): void {
  if (options.identify !== undefined && typeof options.identify !== 'function') throw new InvalidOptionError('identify', `must be a function, got ${typeof options.identify}`)
  const { prefix, title, lang, dir, allowedOrigins, theme, contentSecurityPolicy } = options
  if (prefix !== undefined && (typeof prefix !== 'string' || (prefix !== '' && !prefix.startsWith('/')))) {
    throw new InvalidOptionError('prefix', `must start with /, got ${JSON.stringify(prefix)}`)
  }
  if (theme !== undefined && theme !== 'light' && theme !== 'dark') {
    throw new InvalidOptionError('theme', `must be light or dark, got ${JSON.stringify(theme)}`)
  }
  if (dir !== undefined && dir !== 'ltr' && dir !== 'rtl') throw new InvalidOptionError('dir', `must be ltr or rtl, got ${JSON.stringify(dir)}`)
  for (const [name, text] of [['title', title], ['lang', lang]] as const) {
    if (text !== undefined && typeof text !== 'string') throw new InvalidOptionError(name, `must be a string, got ${JSON.stringify(text)}`)
  }
  if (allowedOrigins !== undefined && !Array.isArray(allowedOrigins)) throw new InvalidOptionError('allowedOrigins', 'must be an array of origins')
  for (const origin of allowedOrigins ?? []) {
    if (typeof origin !== 'string' || !URL.canParse(origin) || new URL(origin).origin !== origin) {
      throw new InvalidOptionError('allowedOrigins', `must hold origins such as https://host.example, got ${JSON.stringify(origin)}`)
    }
  }
  for (const [directive, sources] of Object.entries(contentSecurityPolicy ?? {})) {
    if (!/^[a-z-]+$/.test(directive) || !Array.isArray(sources) || sources.some(source => typeof source !== 'string' || /[;,\s]/.test(source))) {
      throw new InvalidOptionError('contentSecurityPolicy', `must hold lists of sources by directive; look at ${JSON.stringify(directive)}`)
    }
  }
  for (const url of styleSheetsOf(options)) checkStyleSheet(url, contentSecurityPolicy?.['style-src'] ?? [])
}

/** The style sheets that the page links after its own. */
export function styleSheetsOf ({ styleSheet = [] }: PgwidgetsOptions): readonly string[] {
  return [styleSheet].flat()
}

/** Where pages are, for what is relative to them. */
const PAGE = 'http://page.invalid/'

/** A sheet that the page's policy would stop is refused here, where somebody reads the message. */
function checkStyleSheet (url: unknown, sources: readonly string[]): void {
  if (typeof url !== 'string' || url === '' || !URL.canParse(url, PAGE)) throw new InvalidOptionError('styleSheet', `must be a URL or a list of URLs, got ${JSON.stringify(url)}`)
  const { origin, protocol, host } = new URL(url, PAGE)
  if (origin === new URL(PAGE).origin) return
  const allowed = sources.some(source => source === protocol || source === host || (URL.canParse(source) && new URL(source).origin === origin))
  if ((protocol !== 'http:' && protocol !== 'https:') || !allowed) {
    throw new InvalidOptionError('styleSheet', `must be of the page's own origin, or of one that contentSecurityPolicy lists in its style-src; look at ${JSON.stringify(url)}`)
  }
}
