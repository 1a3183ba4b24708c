import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** What a browser may do: everything, or only look. */
export type Role = 'operator' | 'viewer'

/** How a link to a session is made. */
export interface GrantOptions {
  /** What those who follow the link may do. @default 'viewer' */
  role?: Role
  /** Milliseconds for which the link holds, connections that it opened included. @default for as long as the session */
  expiresIn?: number
  /** Whom the link is for; nobody else can use it. Needs `identify`. */
  identity?: string
}

/** A link as the session remembers it. Its token is not in it, only a hash. */
export interface GrantRecord {
  readonly id: string
  /** SHA-256 of the token, base64url. */
  readonly hash: string
  readonly role: Role
  readonly identity: string | null
  /** ms since the epoch; null for as long as the session. */
  readonly expiresAt: number | null
}

/** How long an expired link is remembered, ms. */
const REMEMBERED = 60 * 60 * 1000

/** Links that were taken back are remembered, so that those who follow them hear so. Only so many. */
const MOST_REVOKED = 200

/** The links to one session. */
export class Grants {
  readonly #records = new Map<string, GrantRecord>()
  readonly #revoked = new Set<string>()

  constructor (records: readonly GrantRecord[] = []) {
    for (const record of records) this.#records.set(record.id, record)
  }

  [Symbol.iterator] (): IterableIterator<GrantRecord> { return this.#records.values() }

  get size (): number { return this.#records.size }

  /** Makes a link; the token is nowhere but in what is returned. */
  issue ({ role = 'viewer', expiresIn, identity }: GrantOptions): { readonly record: GrantRecord, readonly token: string } {
    const token = randomBytes(32).toString('base64url')
    const record: GrantRecord = {
      id: 'g' + randomBytes(9).toString('base64url'),
      hash: digest(token).toString('base64url'),
      role,
      identity: identity ?? null,
      expiresAt: expiresIn === undefined ? null : Date.now() + expiresIn
    }
    this.#records.set(record.id, record)
    return { record, token }
  }

  /** The link that a token belongs to, `revoked` for one that was taken back, null for none. */
  match (token: string): GrantRecord | 'revoked' | null {
    const given = digest(token)
    let found: GrantRecord | 'revoked' | null = null
    for (const record of this.#records.values()) if (timingSafeEqual(given, Buffer.from(record.hash, 'base64url'))) found = record
    for (const hash of this.#revoked) if (timingSafeEqual(given, Buffer.from(hash, 'base64url'))) found = 'revoked'
    return found
  }

  /** Takes links back: one by its id, those of one identity, or all. Returns them. */
  revoke (which: { readonly id?: string, readonly identity?: string } = {}): GrantRecord[] {
    const gone = [...this.#records.values()].filter(({ id, identity }) =>
      (which.id === undefined || which.id === id) && (which.identity === undefined || which.identity === identity))
    for (const { id, hash } of gone) {
      this.#records.delete(id)
      this.#revoked.add(hash)
      const [oldest] = this.#revoked
      if (this.#revoked.size > MOST_REVOKED && oldest !== undefined) this.#revoked.delete(oldest)
    }
    return gone
  }

  /** Forgets links whose time has long been over; those of late are remembered, so that people hear why. @param now - ms */
  sweep (now: number, remembered = REMEMBERED): void {
    for (const { id, expiresAt } of this.#records.values()) if (expiresAt !== null && expiresAt + remembered <= now) this.#records.delete(id)
  }

  toJSON (): GrantRecord[] { return [...this.#records.values()] }
}

function digest (text: string): Buffer { return createHash('sha256').update(text).digest() }
