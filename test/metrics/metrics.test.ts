import { channel } from 'node:diagnostics_channel'
import fc from 'fast-check'
import type { FastifyInstance } from 'fastify'
import { Registry } from 'prom-client'
import t from 'tap'
import type { Test } from 'tap'
import type { PgwidgetsOptions } from '../../lib/index.ts'
import { pgwidgetsMetrics } from '../../lib/metrics/index.ts'
import { build, connect, defer, dial, listen, open, until } from '../support/app.ts'
import { World, channelNames, sample } from './world.ts'

type Values = Record<string, number>

/** A register with the metrics of an application, and what they say. */
async function measured (t: Test, options?: PgwidgetsOptions): Promise<{ app: FastifyInstance, register: Registry, read: () => Promise<Values> }> {
  const app = await build(t, options)
  const register = new Registry()
  pgwidgetsMetrics(app, { register })
  return { app, register, read: () => sample(register) }
}

t.test('sessions and connections are counted as they stand, by state and by role', async t => {
  const { app, read } = await measured(t)
  t.match(await read(), { 'sessions{state="live"}': 0, 'sessions{state="detached"}': 0, 'connections{role="operator"}': 0, 'connections{role="viewer"}': 0, queue_bytes: 0 })
  const owner = await open(app)
  const session = app.pgwidgets.sessions.get(owner.credentials.session_id)
  app.pgwidgets.createSession()
  const viewer = await open(app, '/', { credentials: { session_id: session?.id, token: new URL(session?.grant().url('http://host') ?? '').hash.split('token=')[1] } })
  t.match(await read(), { 'sessions{state="live"}': 1, 'sessions{state="detached"}': 1, 'connections{role="operator"}': 1, 'connections{role="viewer"}': 1 })
  await Promise.all([owner.leave(), viewer.leave()])
  await until(() => session?.connections.length === 0, 'everybody has left')
  t.match(await read(), { 'sessions{state="live"}': 0, 'sessions{state="detached"}': 2, 'connections{role="operator"}': 0, 'connections{role="viewer"}': 0 })
})

t.test('bytes that wait for a slow browser are counted', async t => {
  const { app, read } = await measured(t, { onConnect (session) { session.getWidgets().Label('', { name: 'label' }) } })
  const browser = await dial(await listen(app) + '/')
  await browser.ready()
  browser.socket.pause()
  const [session] = app.pgwidgets.sessions
  const queued = (): number => session?.connections[0]?.queuedBytes ?? 0
  for (let i = 0; queued() === 0 && i < 1000; i++) {
    session?.find('label', 'Label')?.setText(`${i}`.padEnd(200_000, '.'))
    await new Promise(resolve => setImmediate(resolve))
  }
  const { queue_bytes: bytes } = await read()
  t.ok((bytes ?? 0) > 0)
  t.equal(bytes, queued())
  browser.socket.resume()
  await until(async () => (await read()).queue_bytes === 0, 'the browser has caught up')
})

t.test('frames, bytes and messages of browsers that are still there are counted', async t => {
  const { app, read } = await measured(t, { onConnect (session) { session.getWidgets().Button('gone').destroy() } })
  const browser = await open(app)
  await browser.sync()
  const before = await read()
  t.ok((before['frames_total{direction="in"}'] ?? 0) >= 2, 'the handshake and the answer to the replay')
  browser.raw('no json')
  const late = { type: 'callback', wid: 1, action: 'activated', args: [] }
  browser.send(late)
  await browser.sync()
  const after = await read()
  const grown = (name: string): number => (after[name] ?? 0) - (before[name] ?? 0)
  t.equal(grown('frames_total{direction="in"}'), 2)
  t.equal(grown('bytes_total{direction="in"}'), 'no json'.length + JSON.stringify(late).length)
  t.equal(grown('messages_total{outcome="invalid"}'), 1)
  t.equal(grown('messages_total{outcome="stale"}'), 1)
  await browser.leave()
  await until(() => app.websocketServer.clients.size === 0, 'the line is closed')
  const ended = await read()
  for (const name of Object.keys(after).filter(name => name.includes('_total'))) t.ok((ended[name] ?? 0) >= (after[name] ?? 0), `${name} does not go back`)
})

t.test('limits that are met, handlers and replays are counted, with the time that they took', async t => {
  const gate = defer()
  const { app, read } = await measured(t, {
    handlerWarning: 100,
    maxBrowsers: 2,
    onConnect (session) {
      const W = session.getWidgets()
      W.Button('slow').on('activated', async () => await gate.promise)
      W.Button('bad').on('activated', () => { throw new Error('as intended') })
    }
  })
  const one = await open(app)
  const two = await open(app, '/', { credentials: one.credentials })
  one.callback(1, 'activated')
  await one.sync()
  await until(async () => (await read())['limits_total{limit="handlerWarning"}'] === 1, 'somebody hears of the slow handler')
  gate.resolve()
  one.callback(2, 'activated')
  await until(async () => (await read())['callback_duration_seconds_count{outcome="failed"}'] === 1, 'the second handler has run')
  const third = await connect(app, '/', { credentials: one.credentials })
  t.equal((await third.closed).code, 4010, 'no room for a third')
  const values = await read()
  t.equal(values['callback_duration_seconds_count{outcome="done"}'], 1)
  t.ok((values['callback_duration_seconds_sum{outcome="done"}'] ?? 0) >= 0.1, 'in seconds')
  t.ok((values['callback_duration_seconds_sum{outcome="done"}'] ?? 0) < 10)
  t.equal(values.replay_duration_seconds_count, 1, 'for the second browser; the first was no replay')
  t.match(values, {
    'connects_total{session="new"}': 1,
    'connects_total{session="known"}': 1,
    'limits_total{limit="handlerWarning"}': 1,
    'limits_total{limit="maxBrowsers"}': 1,
    'refusals_total{reason="tooManyBrowsers"}': 1
  })
  await two.leave()
})

t.test('refusals are counted by reason, those before the upgrade included', async t => {
  const { app, read } = await measured(t)
  app.pgwidgets.route({ url: '/users', identify: () => null, onConnect () {} })
  await t.rejects(connect(app, '/', { headers: { origin: 'https://evil.example' } }), /403/)
  await t.rejects(connect(app, '/users'), /401/)
  await app.inject('/users')
  const browser = await open(app)
  const { session_id: id } = browser.credentials
  await (await connect(app, '/', { credentials: { session_id: id, token: 'wrong' } })).closed
  const { token } = browser.credentials
  app.pgwidgets.sessions.destroy(id)
  await (await connect(app, '/', { credentials: { session_id: id, token } })).closed
  t.match(await read(), {
    'refusals_total{reason="origin"}': 1,
    'refusals_total{reason="notIdentified"}': 2,
    'refusals_total{reason="credentials"}': 1,
    'refusals_total{reason="ended"}': 1,
    sessions_destroyed_total: 1
  })
})

t.test('names may start otherwise, and metrics of two applications in one register may not be mixed up', async t => {
  const [one, two] = [await build(t), await build(t)]
  const register = new Registry()
  pgwidgetsMetrics(one, { register, prefix: 'one_' })
  pgwidgetsMetrics(two, { register, prefix: 'two_' })
  await open(one)
  const values = await sample(register, '')
  t.equal(values['one_connects_total{session="new"}'], 1)
  t.notOk(values['two_connects_total{session="new"}'])
  const three = await build(t)
  t.throws(() => pgwidgetsMetrics(three, { register, prefix: 'two_' }), { code: 'PGW_ERR_INVALID_OPTION', message: /two_sessions/ })
  await three.close()
  t.ok(register.getSingleMetric('two_sessions'), 'those of the other application stay')
})

t.test('nothing is left when the application closes, or where it was too late to begin', async t => {
  const { app, register } = await measured(t)
  const busy = channelNames.filter(name => channel(name).hasSubscribers)
  t.same(busy, channelNames)
  await open(app)
  await app.close()
  t.same(register.getMetricsAsArray(), [])
  t.same(channelNames.filter(name => channel(name).hasSubscribers), [])

  const late = await build(t)
  await late.ready()
  t.throws(() => pgwidgetsMetrics(late, { register }))
  t.same(register.getMetricsAsArray(), [])
  t.same(channelNames.filter(name => channel(name).hasSubscribers), [])
})

t.test('after any history, gauges equal a recount, counters add up, and two applications do not mix', { timeout: 120_000 }, async () => {
  const app = fc.constantFrom<0 | 1>(0, 1)
  const pick = fc.nat({ max: 20 })
  const command = fc.oneof(
    { weight: 3, arbitrary: fc.record({ app, kind: fc.constant<'open'>('open'), pick }) },
    { weight: 3, arbitrary: fc.record({ app, kind: fc.constant<'join'>('join'), pick }) },
    { weight: 2, arbitrary: fc.record({ app, kind: fc.constant<'watch'>('watch'), pick }) },
    { weight: 4, arbitrary: fc.record({ app, kind: fc.constantFrom<'click' | 'fail' | 'type' | 'nonsense'>('click', 'fail', 'type', 'nonsense'), pick }) },
    { weight: 3, arbitrary: fc.record({ app, kind: fc.constantFrom<'leave' | 'drop' | 'destroy' | 'revoke' | 'intrude' | 'headless'>('leave', 'drop', 'destroy', 'revoke', 'intrude', 'headless'), pick }) }
  )
  await fc.assert(fc.asyncProperty(fc.array(command, { minLength: 1, maxLength: 25 }), async commands => {
    const worlds = [await World.make(), await World.make()] as const
    try {
      for (const { app, kind, pick } of commands) await worlds[app][kind](pick)
      for (const world of worlds) {
        await world.settle()
        const values = await sample(world.register)
        const wrong = Object.entries(world.expected()).filter(([name, value]) => (values[name] ?? 0) !== value)
        if (wrong.length > 0) throw new Error(wrong.map(([name, value]) => `${name} is ${values[name] ?? 0}, not ${value}`).join('; '))
        const text = await world.register.metrics()
        for (const token of world.tokens) if (text.includes(token)) throw new Error('a token is in the metrics')
      }
    } finally {
      for (const world of worlds) await world.close()
    }
    const left = worlds.flatMap(({ register }) => register.getMetricsAsArray())
    if (left.length > 0 || channelNames.some(name => channel(name).hasSubscribers)) throw new Error('something is left after the end')
  }), { numRuns: Number(process.env.METRICS_RUNS ?? 60) })
})
