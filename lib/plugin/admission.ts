/** Who may come to which session: the third gate, after the route's own hooks and `identify`. */
import type { Credentials } from '../connection/owner.ts'
import type { KnownIdentity } from '../connection/identity.ts'
import { CloseCode, CloseReason } from '../protocol/close-codes.ts'
import type { GrantRecord } from '../session/grants.ts'
import { kGrants } from '../session/session.ts'
import type { Session } from '../session/session.ts'
import { tokensEqual } from '../store/credentials.ts'
import type { SessionStore } from '../store/store.ts'

/** Why somebody is not let in. */
export type Refusal = Exclude<keyof typeof CloseCode, 'restart' | 'overload' | 'handshake' | 'dismissed' | 'invalid'>

/** A session that is opened, by whom owns it or by a link; or why not; or null for a new session. */
export type Entry =
  | { readonly session: Session, readonly grant: GrantRecord | null, readonly token: string }
  | { readonly refusal: Refusal }
  | null

/** What comes to the third gate. */
export interface Visitor {
  readonly credentials: Credentials
  /** Concrete path of the URL that it came by. */
  readonly path: string
  readonly identity: KnownIdentity | null
  /** Whether the route knows its users. */
  readonly identifies: boolean
}

/** Decides about a visitor. Never tells a session of another path, or of another user, from one with another token. */
export function enter (store: SessionStore, visitor: Visitor, maxBrowsers: number): Entry {
  const { credentials: { id, token }, path } = visitor
  if (id === null) return null
  const session = store.get(id)
  if (session === undefined) return store.hasEnded(id) ? { refusal: 'ended' } : null
  if (session.path !== path) return { refusal: 'credentials' }
  const entry = byOwner(session, visitor) ?? byGrant(session, token, visitor)
  if (entry !== null && 'session' in entry && session.connections.filter(({ open }) => open).length >= maxBrowsers) return { refusal: 'tooManyBrowsers' }
  return entry
}

/** The user whose session it is needs no token; where it is nobody's, the token is what counts. */
function byOwner (session: Session, { credentials: { token }, identity, identifies }: Visitor): Entry {
  const entry = { session, grant: null, token: session.token }
  if (identifies && session.identity !== null) return session.identity === identity?.id ? entry : null
  return session.identity === null && token !== null && tokensEqual(token, session.token) ? entry : null
}

function byGrant (session: Session, token: string | null, { identity }: Visitor): Entry {
  const grant = token === null ? null : session[kGrants].match(token)
  if (token === null || grant === null) return { refusal: 'credentials' }
  if (grant === 'revoked') return { refusal: 'linkRevoked' }
  if (grant.expiresAt !== null && grant.expiresAt <= Date.now()) return { refusal: 'linkExpired' }
  if (grant.identity !== null && grant.identity !== identity?.id) return { refusal: 'credentials' }
  return { session, grant, token }
}

/** How a refusal is put to a browser. */
export function refuse (refusal: Refusal): { readonly code: number, readonly reason: string } {
  return { code: CloseCode[refusal], reason: CloseReason[refusal] }
}
