/** Events of diagnostics_channel: what is told when, and what it costs where nobody listens. */
import { AsyncLocalStorage } from 'node:async_hooks'
import { channel, tracingChannel } from 'node:diagnostics_channel'
import t from 'tap'
import type { Test } from 'tap'
import type { Traces } from '../../lib/index.ts'
import { build, connect, defer, open, until } from '../support/app.ts'

type Event = 'start' | 'end' | 'asyncStart' | 'asyncEnd' | 'error'
const EVENTS: readonly Event[] = ['start', 'end', 'asyncStart', 'asyncEnd', 'error']

interface Heard<Name extends keyof Traces> { readonly event: Event, readonly told: Traces[Name], readonly duration: number | undefined }

/** All events of a tracing channel, until the end of the test. */
function follow<Name extends keyof Traces> (t: Test, name: Name): Array<Heard<Name>> {
  const heard: Array<Heard<Name>> = []
  for (const event of EVENTS) {
    const events = channel(`tracing:pgwidgets:${name}:${event}`)
    const note = (message: unknown): void => {
      const told = message as Traces[Name]
      heard.push({ event, told, duration: told.duration })
    }
    events.subscribe(note)
    t.teardown(() => { events.unsubscribe(note) })
  }
  return heard
}

const eventsOf = (heard: ReadonlyArray<{ readonly event: Event }>): Event[] => heard.map(({ event }) => event)

t.test('handlers are traced as node traces functions: those that are done at once, those that take time, those that fail', async t => {
  const gate = defer()
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Button('done').on('activated', () => {})
      W.Button('waits').on('activated', async () => await gate.promise)
      W.Button('throws').on('activated', () => { throw new Error('as intended') })
      W.Button('rejects').on('activated', async () => { await Promise.resolve(); throw new Error('later') })
    }
  })
  const heard = follow(t, 'callback')
  const browser = await open(app)
  const after = async (wid: number): Promise<typeof heard> => {
    heard.length = 0
    browser.callback(wid, 'activated')
    await browser.sync()
    return heard
  }

  const done = await after(1)
  t.same(eventsOf(done), ['start', 'end'])
  t.match(done[0]?.told, { widget: 'Button#1', action: 'activated', session: Object, connection: { id: /^c\d+$/ } })
  t.equal(done[0]?.told.sessions, app.pgwidgets.sessions)
  t.equal(done[0]?.told, done[1]?.told, 'one object for all events of one run')
  t.equal(done[0]?.duration, undefined)
  t.type(done[1]?.duration, 'number')

  await after(2)
  t.same(eventsOf(heard), ['start', 'end'])
  t.equal(heard[1]?.duration, undefined, 'it has not ended at the end of the turn')
  setTimeout(gate.resolve, 20)
  await until(() => heard.length === 4, 'it has ended')
  t.same(eventsOf(heard), ['start', 'end', 'asyncStart', 'asyncEnd'])
  t.ok((heard[3]?.duration ?? 0) >= 15)
  t.notOk('error' in (heard[3]?.told ?? {}))

  const threw = await after(3)
  t.same(eventsOf(threw), ['start', 'error', 'end'])
  t.match(threw[2]?.told, { error: { message: 'as intended' }, duration: Number })

  await after(4)
  await until(() => heard.length === 5, 'it was rejected')
  t.same(eventsOf(heard), ['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
  t.match(heard[4]?.told, { error: { message: 'later' }, duration: Number })
})

t.test('connecting is traced with its hooks, a replay within it', async t => {
  const gate = defer()
  const app = await build(t, { onConnect: async () => await gate.promise })
  const connects = follow(t, 'connect')
  const replays = follow(t, 'reconstruct')
  const browser = await open(app)
  t.same(eventsOf(connects), ['start', 'end'], 'the hook has not finished')
  t.match(connects[0]?.told, { fresh: true })
  t.same(replays, [], 'what a new session holds is no replay')
  gate.resolve()
  await until(() => connects.length === 4, 'it has')
  t.type(connects[3]?.duration, 'number')

  connects.length = 0
  await open(app, '/', { credentials: browser.credentials })
  await until(() => connects.length === 4, 'the second browser is in')
  t.match(connects[0]?.told, { fresh: false })
  t.same(eventsOf(replays), ['start', 'end'])
  t.match(replays[1], { told: { messages: Number, connection: { id: connects[0]?.told.connection.id } }, duration: Number })
})

t.test('a hook that fails is the error of what it belongs to', async t => {
  const app = await build(t, {
    onConnect () { throw new Error('no interface') },
    async onDestroy () { throw new Error('no goodbye') }
  })
  const connects = follow(t, 'connect')
  const ends = follow(t, 'destroy')
  t.equal((await (await connect(app)).closed).code, 4003)
  await until(() => ends.length === 5, 'the session has ended')
  t.same(eventsOf(connects), ['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
  t.match(connects[4]?.told, { error: { message: 'no interface' }, duration: Number })
  t.same(eventsOf(ends), ['start', 'end', 'error', 'asyncStart', 'asyncEnd'])
  t.match(ends[4]?.told, { error: { message: 'no goodbye' }, session: { id: connects[0]?.told.session.id } })
})

t.test('what a tracer binds to the start of a handler holds within it', async t => {
  const store = new AsyncLocalStorage<string>()
  const { start } = tracingChannel('pgwidgets:callback')
  start.bindStore(store as never, ((told: Traces['callback']) => told.widget) as never)
  t.teardown(() => start.unbindStore(store as never))
  const within: Array<string | undefined> = []
  const app = await build(t, {
    onConnect (session) {
      session.getWidgets().Button('x').on('activated', async () => {
        within.push(store.getStore())
        await Promise.resolve()
        within.push(store.getStore())
      })
    }
  })
  const browser = await open(app)
  browser.callback(1, 'activated')
  await until(() => within.length === 2, 'the handler has run')
  t.same(within, ['Button#1', 'Button#1'])
})

t.test('what takes no time is told in one event', async t => {
  const heard: string[] = []
  for (const name of ['disconnect', 'sync', 'refusal', 'limit']) {
    const note = (message: unknown): void => { heard.push(`${name} ${Object.keys(message as object).sort().join(' ')}`) }
    channel(`pgwidgets:${name}`).subscribe(note)
    t.teardown(() => { channel(`pgwidgets:${name}`).unsubscribe(note) })
  }
  const app = await build(t, { maxBrowsers: 2, onConnect (session) { session.getWidgets().Slider() } })
  const one = await open(app)
  const two = await open(app, '/', { credentials: one.credentials })
  await (await connect(app, '/', { credentials: one.credentials })).closed
  one.callback(1, 'activated', 3)
  await one.sync()
  await two.leave()
  await until(() => heard.length === 5, 'all is told')
  t.same(heard.sort(), [
    'disconnect code connection duration session sessions',
    'disconnect code connection duration session sessions',
    'limit limit session sessions',
    'refusal code path reason sessions',
    'sync action connection keys session sessions'
  ])
})
