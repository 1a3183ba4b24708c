import type { IncomingHttpHeaders } from 'node:http'
import type { DialectName } from './dialects/index.ts'
import type { Size } from './geometry.ts'
import type { Credentials } from './page.ts'

/** How a browser is opened. */
export interface BrowserOptions {
  /** Which page it plays: that of this project, or that of the reference library with its quirks. @default 'ours' */
  dialect?: DialectName
  /** Headers of the upgrade, in lower case: cookies, authorization. Host and origin are those of http://localhost. */
  headers?: IncomingHttpHeaders
  /** Credentials of a session that exists; a session of your own does as well. Without, a new one is opened. */
  session?: Credentials
  /** Size of the page in px. @default 1280 by 800 */
  viewport?: Size
  /** What `request.ip` is. @default '127.0.0.1' */
  remoteAddress?: string
}
