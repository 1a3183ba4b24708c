/**
 * Whatever happens, in whatever order and with whatever delays: once everything has come to rest, every browser holds
 * what the server holds, a fresh browser does too, and a session restored from a snapshot is replayed identically.
 */
import fc from 'fast-check'
import Fastify from 'fastify'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { DialectName } from '../../lib/testing/index.ts'
import { agree } from '../support/agreement.ts'
import * as generic from './generic.ts'
import { lines, person, server } from './operations.ts'
import type { Numbers } from './operations.ts'
import { World, newTally } from './world.ts'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 250)
/** The last seed that found something. Others: PROPERTY_SEED=n, or `random`. */
const PINNED = 2002
const { PROPERTY_SEED = PINNED } = process.env
const SEED = PROPERTY_SEED === 'random' ? Date.now() % 2 ** 31 : Number(PROPERTY_SEED)

/** Small marks, so that slowness shows in a short run. */
const MARKS = { lowMark: 2_000, highMark: 12_000, queryTimeout: 2_000, maxSessions: 10 }

const numbers = fc.tuple(fc.nat(60), fc.nat(60), fc.nat(60))
const tables = { server, person, lines, anyServer: generic.server, anyPerson: generic.person }
const step = (table: keyof typeof tables, weight: number): { arbitrary: fc.Arbitrary<readonly [keyof typeof tables, string, Numbers]>, weight: number } =>
  ({ arbitrary: fc.tuple(fc.constant(table), fc.constantFrom(...Object.keys(tables[table])), numbers), weight })
const history = fc.array(fc.oneof(step('server', 4), step('anyServer', 3), step('person', 4), step('anyPerson', 2), step('lines', 4)), { minLength: 10, maxLength: 60, size: 'max' })

/** Runs random histories with browsers of one dialect. */
export function convergence (t: Test, dialect: DialectName): void {
  t.test(`whatever happens, all browsers of the dialect ${dialect} come to hold what the server holds`, { timeout: 290_000 }, async t => {
    const app = Fastify()
    await app.register(pgwidgets, { prefix: '', onConnect () {}, ...MARKS })
    t.teardown(() => app.close())
    const tally = newTally()
    const started = performance.now()
    const result = await fc.check(fc.asyncProperty(history, async history => {
      const world = new World(app, dialect, tally)
      try {
        await world.join()
        await world.join()
        for (const [table, name, numbers] of history) await tables[table][name]?.(world, numbers)
        await world.rest()
        await agree(world)
      } finally {
        await world.end()
      }
    }), { numRuns: RUNS, seed: SEED, endOnFailure: false })
    const { classes, actions, ...counts } = tally
    t.comment(`${dialect}: seed ${SEED}, ${RUNS} runs in ${Math.round((performance.now() - started) / 1000)} s, ${JSON.stringify({ ...counts, classes: classes.size, actions: actions.size })}`)
    if (result.failed) {
      t.fail(`seed ${result.seed}, path ${result.counterexamplePath}\n${JSON.stringify(result.counterexample)}\n${String((result.errorInstance as Error)?.stack ?? result.errorInstance)}`)
    }
    for (const [name, count] of Object.entries(counts)) t.ok(count > 0, `${name} happened ${count} times`)
    t.strictSame(generic.classes.map(({ class: name }) => name).filter(name => !classes.has(name)), [], 'every class was drawn')
  })
}
