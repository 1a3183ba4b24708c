/** Every limit, as an operator meets it: what it does, its code, its line of log, its event. */
import t from 'tap'
import type { Test } from 'tap'
import type { PgwidgetsOptions, Session } from '../../lib/index.ts'
import { DEFAULT_LIMITS, limitsOf } from '../../lib/plugin/options.ts'
import { build, connect, dial, headless, listen, open, tcp, until } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import { hear, hearTraces, latest, link } from './support.ts'

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

/** What a case has at hand. */
interface Stage { readonly app: Awaited<ReturnType<typeof headless>>['app'], readonly session: Session, readonly url: () => Promise<string>, readonly browser: Browser }

/** How a limit is met; returns what must be: the close code seen by the browser, or the code of the error thrown. */
interface Case { readonly options: PgwidgetsOptions, readonly meet: (stage: Stage) => Promise<unknown>, readonly close?: number, readonly error?: string }

const attempt = async (work: () => unknown): Promise<unknown> => {
  try {
    return await work()
  } catch (error) {
    return (error as { code?: string }).code
  }
}

/** Sends more than the line takes, while the browser does not read. */
async function pile ({ session, browser }: Stage, enough: () => boolean): Promise<void> {
  tcp(browser).pause()
  for (let i = 0; i < 600 && !enough(); i++) {
    // Made and ended: nothing of it can be replaced by something newer.
    session.getWidgets().Label('x'.repeat(100_000)).destroy()
    await turn()
  }
}

/** Says that files will come; how large they are. */
async function drop ({ session, browser }: Stage, ...sizes: number[]): Promise<void> {
  session.getWidgets().Label('drop here').on('drop-end', () => {})
  const event = { type: 'drop', time_stamp: 1, x: 1, y: 1, viewport_x: 1, viewport_y: 1, button_trigger: 1, button_mask: 0, modifiers: [], types: ['Files'], text: null, url: null, html: null }
  for (const [id, size] of sizes.entries()) browser.callback(1, 'drop-end', { ...event, transfer_id: id, files: [{ name: 'x', size, type: 'x', encoding: 'bytes' }] })
  await browser.sync()
}

const CASES: Readonly<Record<string, Case>> = {
  maxFrameBytes: { options: { maxFrameBytes: 1000 }, meet: async ({ browser }) => { browser.raw('x'.repeat(2000)) }, close: 1009 },
  maxFrameDepth: { options: { maxFrameDepth: 5 }, meet: async ({ browser }) => { browser.raw('['.repeat(9) + ']'.repeat(9)); await browser.sync() } },
  maxInvalidFrames: { options: { maxInvalidFrames: 2 }, meet: async ({ browser }) => { for (let i = 0; i < 3; i++) browser.raw('no') }, close: 4004 },
  framesPerSecond: {
    options: { framesPerSecond: 100, frameBurst: 20 },
    async meet ({ session, browser }) {
      for (let i = 1; i <= 60; i++) browser.send({ type: 'viewport', width: i, height: 1 })
      await until(() => latest(session).viewport?.width === 60, 'all are taken, in the end')
    }
  },
  highMark: {
    options: { lowMark: 1000, highMark: 200_000 },
    meet: async stage => { const connection = latest(stage.session); await pile(stage, () => connection.counts.replays > 1 || stage.app.logs.text.includes('PGW_ERR_HIGH_MARK')); tcp(stage.browser).resume() }
  },
  hardLimit: {
    options: { lowMark: 50_000_000, highMark: 50_000_000, hardLimit: 50_000_000, closeTimeout: 5_000 },
    meet: async stage => { const connection = latest(stage.session); await pile(stage, () => !connection.open); tcp(stage.browser).resume() },
    close: 1013
  },
  handshakeTimeout: { options: { handshakeTimeout: 30 }, meet: async ({ app }) => { await (await connect(app, '/', { greet: false })).closed } },
  heartbeatInterval: {
    options: { heartbeatInterval: 40 },
    async meet ({ session, browser, app }) {
      tcp(browser).pause()
      await until(() => session.connections.length === 0 && app.logs.text.includes('no sign of life'), 'it is noticed')
      browser.socket.terminate()
    }
  },
  maxPendingQueries: {
    options: { maxPendingQueries: 2 },
    async meet ({ session, browser }) {
      browser.answering = false
      const label = session.getWidgets().Label('x')
      const asked = [1, 2, 3].map(() => attempt(() => label.query.size()))
      return await asked[2]
    },
    error: 'PGW_ERR_TOO_MANY_QUERIES'
  },
  maxWidgets: { options: { maxWidgets: 3 }, meet: ({ session }) => attempt(() => { for (let i = 0; i < 4; i++) session.getWidgets().Label('x') }), error: 'PGW_ERR_TOO_MANY_WIDGETS' },
  maxGrants: { options: { maxGrants: 2 } as PgwidgetsOptions, meet: ({ session }) => attempt(() => { for (let i = 0; i < 3; i++) session.grant() }), error: 'PGW_ERR_TOO_MANY_GRANTS' },
  maxTransfers: { options: { maxTransfers: 2 }, meet: stage => drop(stage, 1, 1, 1) },
  maxTransferBytes: { options: { maxTransferBytes: 1000 }, meet: stage => drop(stage, 1001) },
  transferTimeout: {
    options: { transferTimeout: 20 },
    async meet (stage) {
      await drop(stage, 1)
      await stage.app.logs.wait('files are not taken')
    }
  },
  maxPendingCallbacks: {
    options: { maxPendingCallbacks: 3 },
    async meet ({ session, browser }) {
      session.getWidgets().Button('x').on('activated', () => new Promise(() => {}))
      for (let i = 0; i < 6; i++) browser.callback(1, 'activated')
    },
    close: 1013
  },
  maxBrowsers: { options: { maxBrowsers: 1 }, meet: async ({ app, browser }) => (await (await connect(app, '/', { credentials: browser.credentials })).closed).code, error: '4010' },
  handlerWarning: {
    options: { handlerWarning: 5 },
    async meet ({ app, session, browser }) {
      session.getWidgets().Button('x').on('activated', async () => { await new Promise(resolve => setTimeout(resolve, 20)) })
      browser.callback(1, 'activated')
      await app.logs.wait('a handler takes long')
    }
  },
  maxSessions: { options: { maxSessions: 1 }, meet: async ({ app }) => (await (await connect(app)).closed).code, error: '4009' },
  maxSessionsPerIdentity: {
    options: { maxSessionsPerIdentity: 1, identify: () => 'ann' },
    async meet ({ app }) {
      await open(app)
      return (await (await connect(app)).closed).code
    },
    error: '4009'
  }
}

for (const [name, { options, meet, close, error }] of Object.entries(CASES)) {
  t.test(`${name}: what it does, a line of log with a code, and an event`, async t => {
    const limits = hear(t, 'limit')
    const { app, session } = await headless(t, { heartbeatInterval: 60_000, ...options })
    const url = await listen(app)
    const browser = await dial(url, { credentials: { session_id: session.id, token: session.token } })
    await browser.ready()
    const got = await meet({ app, session, browser, url: () => Promise.resolve(url) })
    if (error !== undefined) t.equal(String(got), error)
    if (close !== undefined) t.equal((await browser.closed).code, close)
    t.ok(limits.some(({ limit }) => limit === name), `an event says so: ${JSON.stringify(limits.map(({ limit }) => limit))}`)
    t.ok(limits.length <= 2, 'and not over and over')
    const lines = app.logs.lines.filter(({ code, closeCode }) => /^PGW_ERR_|^WS_ERR_/.test(String(code)) || closeCode !== undefined)
    t.ok(lines.length > 0, `a line has a code: ${app.logs.lines.filter(({ level }) => level > 30).map(line => JSON.stringify(line)).join('\n').slice(0, 600)}`)
    browser.socket.terminate()
  })
}

t.test('each limit of the options is in this table, or is none that anybody meets', t => {
  const others = ['frameBurst', 'lowMark', 'maxUnanswered', 'closeTimeout', 'queryTimeout', 'sessionIdleTimeout', 'sessionMaxAge']
  t.strictSame(Object.keys(DEFAULT_LIMITS).sort(), [...Object.keys(CASES), ...others].sort())
  t.end()
})

t.test('every limit refuses what is none, and takes Infinity for no limit', t => {
  for (const name of Object.keys(DEFAULT_LIMITS)) {
    for (const wrong of [0, -1, NaN, '5', null, {}, true]) t.throws(() => limitsOf({ [name]: wrong }), { code: 'PGW_ERR_INVALID_OPTION' }, `${name}: ${String(wrong)}`)
    const rest = { lowMark: { highMark: Infinity, hardLimit: Infinity }, highMark: { hardLimit: Infinity } }[name] ?? {}
    t.doesNotThrow(() => limitsOf({ ...rest, [name]: Infinity }), `${name}: Infinity`)
  }
  t.end()
})

t.test('Infinity is no limit', async t => {
  const { app, session } = await headless(t, Object.fromEntries(Object.keys(DEFAULT_LIMITS).map(name => [name, Infinity])))
  const browser = await dial(await listen(app), { credentials: { session_id: session.id, token: session.token } })
  await browser.ready()
  const connection = latest(session)
  for (let i = 0; i < 200; i++) browser.raw('no')
  for (let i = 1; i <= 3000; i++) browser.send({ type: 'viewport', width: i, height: 1 })
  await until(() => connection.viewport?.width === 3000 || !connection.open, 'all are taken')
  t.ok(connection.open)
  t.equal(connection.counts.invalid, 200)
  t.equal(connection.counts.throttled, 0)
})

t.test('a handler that takes long is warned of once and not killed, the one that never ends too', async t => {
  const { app, session, W, show } = await headless(t, { handlerWarning: 20 })
  const runs = hearTraces(t, 'callback')
  W.Button('quick').on('activated', () => {})
  W.Button('slow').on('activated', async () => { await new Promise(resolve => setTimeout(resolve, 60)) })
  W.Button('hangs').on('activated', () => new Promise(() => {}))
  const browser = await show()
  browser.callback(1, 'activated')
  browser.callback(2, 'activated')
  await until(() => runs.length === 2, 'both have run')
  t.match(runs, [{ widget: 'Button#1', action: 'activated', duration: Number }, { widget: 'Button#2', duration: Number }])
  browser.callback(3, 'activated')
  await until(() => app.logs.of('a handler takes long').length === 2, 'the one that hangs is warned of')
  t.match(app.logs.of('a handler takes long'), [
    { level: 40, code: 'PGW_ERR_HANDLER_WARNING', widget: 'Button#2', action: 'activated', sessionId: session.id },
    { widget: 'Button#3', sessionId: session.id }
  ], 'the quick one is not')
})

t.test('frames of an array count as what they are', async t => {
  const { app, session, W } = await headless(t, { framesPerSecond: 100, frameBurst: 100 })
  W.Slider({ max: 1000 })
  const browser = await dial(await listen(app), { credentials: { session_id: session.id, token: session.token } })
  await browser.ready()
  await browser.sync()
  browser.send(Array.from({ length: 150 }, (_, i) => ({ type: 'callback', wid: 1, action: 'activated', args: [i] })))
  await until(() => latest(session).counts.throttled > 0, 'it is read more slowly')
  t.equal(session.connections.length, 1)
})

t.test('what a browser says of unknown messages does not fill the log', async t => {
  const { app, session, show } = await headless(t, { maxInvalidFrames: 1e9 })
  const browser = await show()
  const before = app.logs.lines.length
  browser.send(Array.from({ length: 5000 }, (_, i) => ({ type: 'error', id: 1_000_000 + i, error: 'no' })))
  await browser.sync()
  t.ok(app.logs.lines.length - before < 100, `${app.logs.lines.length - before} lines`)
  t.ok(session.connections[0]?.open)
})

t.test('links whose time is over are forgotten', async (t: Test) => {
  const { session } = await headless(t, { maxGrants: 5 } as PgwidgetsOptions)
  for (let round = 0; round < 4; round++) {
    const made = Array.from({ length: 5 }, () => session.grant({ expiresIn: 1 }))
    await until(() => made.every(({ expiresAt }) => (expiresAt ?? 0) < Date.now()), 'their time is over')
  }
  t.ok(session.grants.length <= 5, 'they make room for others')
  session.revoke()
  for (let i = 0; i < 300; i++) link(session).grant.revoke()
  t.strictSame(session.grants, [])
  t.equal(session.snapshot().grants, undefined)
})

t.test('bytes are counted, not characters', async t => {
  const { app, session, W } = await headless(t)
  const label = W.Label('')
  const browser = await dial(await listen(app), { credentials: { session_id: session.id, token: session.token } })
  await browser.ready()
  await browser.sync()
  const connection = latest(session)
  const received = tcp(browser).bytesRead
  const { bytes } = connection.sent
  label.setText('語'.repeat(20_000))
  await browser.wait(({ method }) => method === 'set_text')
  await browser.sync()
  const ratio = (connection.sent.bytes - bytes) / (tcp(browser).bytesRead - received)
  t.ok(ratio > 0.98 && ratio <= 1, `${connection.sent.bytes - bytes} of ${tcp(browser).bytesRead - received} on the line`)
  t.ok(await build(t))
})
