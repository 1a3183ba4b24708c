import type { Dialect, DialectName } from './dialect.ts'
import { ours } from './ours.ts'
import { reference } from './reference.ts'

export type { Dialect, DialectName } from './dialect.ts'

/** The pages that the kit can play. */
export const dialects: Readonly<Record<DialectName, Dialect>> = { ours, reference }
