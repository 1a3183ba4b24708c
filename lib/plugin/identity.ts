/** The second gate: who somebody is, as the application knows it. */
import type { FastifyRequest, preHandlerAsyncHookHandler } from 'fastify'
import { setIdentity } from '../connection/identity.ts'
import type { KnownIdentity } from '../connection/identity.ts'
import { InvalidOptionError, NotIdentifiedError } from '../errors.ts'

/** A user, and until when the sign-in holds. */
export interface Identity {
  /** Stable, e.g. the key of the user's record. */
  readonly id: string
  /** When the sign-in runs out: a date, or ms since the epoch. Connections end then. */
  readonly expiresAt?: Date | number
}

/** Says who a request is from; null for nobody. Runs after the route's own hooks, for the page and the upgrade alike. */
export type Identify = (request: FastifyRequest) => string | Identity | null | undefined | Promise<string | Identity | null | undefined>

/** Path of a request, without the query. */
export function pathOf (request: FastifyRequest): string {
  return request.url.replace(/[?#].*$/, '')
}

/** Told of a request that a gate before the upgrade refuses. */
export type RefusedRequest = (refusal: 'notIdentified' | 'origin', code: number, request: FastifyRequest) => void

/** The hook that asks. A request from nobody is answered with 401. */
export function identifying (identify: Identify, refused: RefusedRequest): preHandlerAsyncHookHandler {
  return async request => {
    const known = normal(await identify(request))
    if (known === null || (known.expiresAt !== null && known.expiresAt <= Date.now())) {
      refused('notIdentified', 401, request)
      throw new NotIdentifiedError()
    }
    setIdentity(request, known)
  }
}

function normal (given: string | Identity | null | undefined): KnownIdentity | null {
  if (given === null || given === undefined || given === '') return null
  if (typeof given === 'string') return { id: given, expiresAt: null }
  const { id, expiresAt } = given
  const at = expiresAt === undefined ? null : Number(expiresAt)
  if (typeof id !== 'string' || id === '' || Number.isNaN(at)) throw new InvalidOptionError('identify', 'must return a string, or { id, expiresAt }, or null')
  return { id, expiresAt: at }
}
