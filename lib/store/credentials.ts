import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** An id for a session. Public, unguessable all the same. Never all digits, which a reference browser would turn into a number. */
export function createId (): string { return 's' + randomBytes(16).toString('base64url') }

/** A secret of 256 bits. */
export function createToken (): string { return randomBytes(32).toString('base64url') }

/** Compares secrets in a time that tells nothing about them, their length included. */
export function tokensEqual (a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b))
}

function digest (text: string): Buffer { return createHash('sha256').update(text).digest() }
