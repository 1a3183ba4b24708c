/** What everything that scrolls has in common: where it is, as a share of the way that it can go. */
import { number, tuple } from '../protocol/values.ts'
import { getter, param, setter, tracked } from './definition.ts'
import type { Callback, Method, Param, Reduce } from './definition.ts'
import { share } from './shares.ts'
import type { Place } from './shares.ts'

const params: readonly Param[] = [param('h_pct', number), param('v_pct', number)]

/** Stores two shares. */
export const shares = (key: string, least = 0): Reduce => (_state, args) => ({ [key]: args.map(value => Math.max(least, share(value))) })

/** A setter of two shares. */
export const setsShares = (key: string, least = 0): Method => setter(key, params, shares(key, least))

/** A getter of two shares. */
export const getsShares = (key: string): Method => getter(key, tuple(number, number))

/** Somebody moved what a page itself does not scroll. */
export const moved = (key: string): Callback => tracked([key], params, shares(key), {
  unruly: true,
  corrected: (patch, args) => (patch[key] as Place).some((value, i) => value !== args[i])
})

/** Somebody scrolled. */
export const scrolled = (key: string): Callback => ({ ...moved(key), measured: true, trails: true })
