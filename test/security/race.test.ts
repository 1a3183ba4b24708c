/** Whoever is shown out is out: in whatever order it meets callbacks under way, handlers that wait and the session's end. */
import fc from 'fast-check'
import t from 'tap'
import { headless, open } from '../support/app.ts'
import { link, watchForUnhandled } from './support.ts'
import { OPERATIONS, World, newTally, serve } from './world.ts'

const RUNS = Number(process.env.PROPERTY_RUNS ?? 300)
const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)

const step = fc.tuple(fc.constantFrom(...Object.keys(OPERATIONS)), fc.nat(60), fc.nat(60))
const history = fc.array(step, { minLength: 8, maxLength: 40, size: 'max' })

t.test('property: no handler runs for a browser after revoke(), disconnect() or destroy() returned, and others do not notice', { timeout: 120_000 }, async t => {
  const failures = watchForUnhandled(t)
  const stage = await serve(t)
  const tally = newTally()
  const started = performance.now()
  const result = await fc.check(fc.asyncProperty(history, async history => {
    const world = new World(stage, tally)
    try {
      for (let i = 0; i < 3; i++) await world.join(i)
      for (const [name, a, b] of history) await OPERATIONS[name]?.(world, a, b)
      await world.rest()
    } finally {
      await world.end()
    }
    if (world.violations.length > 0) throw new Error(world.violations.join('\n'))
    if (failures.length > 0) throw new Error(`unhandled: ${failures.map(String).join('\n')}`)
  }), { numRuns: RUNS, seed: SEED, endOnFailure: false })
  t.comment(`seed ${SEED}, ${RUNS} runs in ${Math.round((performance.now() - started) / 1000)} s, ${JSON.stringify(tally)}`)
  if (result.failed) t.fail(`seed ${result.seed}, path ${result.counterexamplePath}\n${JSON.stringify(result.counterexample)}\n${String((result.errorInstance as Error)?.message)}`)
  for (const [name, count] of Object.entries(tally)) t.ok(count > 0, `${name} happened ${count} times`)
  t.strictSame(stage.app.logs.lines.filter(({ level }) => level >= 50).slice(0, 3), [], 'no error of the server\'s')
})

t.test('a handler that shows its own browser out is the last that runs for it', async t => {
  const { app, session, W } = await headless(t)
  const ran: string[] = []
  const { grant, shown } = link(session, { role: 'operator' })
  const button = W.Button('x')
  button.on('activated', () => { ran.push('first'); grant.revoke() })
  button.on('activated', () => { ran.push('second') })
  button.on('activated', () => { ran.push('concurrent') }, { concurrent: true })
  const browser = await open(app, '/', { credentials: shown })
  browser.send([1, 2, 3].map(() => ({ type: 'callback', wid: button.wid, action: 'activated', args: [] })))
  t.equal((await browser.closed).code, 4008)
  t.strictSame(ran, ['first'])
})

t.test('a handler that ends the session is the last that runs in it', async t => {
  const { session, W, show } = await headless(t)
  const ran: string[] = []
  const button = W.Button('x')
  button.on('activated', () => { ran.push('first'); session.destroy() })
  button.on('activated', () => { ran.push('second') })
  button.on('activated', () => { ran.push('concurrent') }, { concurrent: true })
  const waiting = button.once('activated')
  const browser = await show()
  browser.callback(button.wid, 'activated')
  t.equal((await browser.closed).code, 4002)
  t.strictSame(ran, ['first'])
  await t.rejects(waiting, { code: 'PGW_ERR_SESSION_DESTROYED' })
})

t.test('a once() that a browser which was shown out would have settled waits for the next', async t => {
  const { app, session, W, show } = await headless(t)
  const { grant, shown } = link(session, { role: 'operator' })
  const button = W.Button('x')
  button.on('activated', () => { grant.revoke() })
  let by: unknown
  void button.once('activated').then(args => { by = args.length })
  const browser = await open(app, '/', { credentials: shown })
  browser.callback(button.wid, 'activated')
  await browser.closed
  t.equal(by, undefined)
  const owner = await show()
  owner.callback(button.wid, 'activated')
  await owner.sync()
  t.not(by, undefined, 'the owner\'s settles it')
})
