import type { FastifyRequest } from 'fastify'

/** A user, with the time until which the sign-in holds, in ms since the epoch; null for no end. */
export interface KnownIdentity { readonly id: string, readonly expiresAt: number | null }

const identities = new WeakMap<FastifyRequest, KnownIdentity>()

/** Who a request is from, once its route's hooks have run; null on a route without `identify`. */
export function identityOf (request: FastifyRequest): KnownIdentity | null { return identities.get(request) ?? null }

/** Remembers who a request is from. */
export function setIdentity (request: FastifyRequest, identity: KnownIdentity): void { identities.set(request, identity) }
