/** No token is anywhere but in links and in the handshake of whoever has it. */
import { channel } from 'node:diagnostics_channel'
import { inspect } from 'node:util'
import { Registry } from 'prom-client'
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { Session, Telemetry, Traces } from '../../lib/index.ts'
import { pgwidgetsMetrics } from '../../lib/metrics/index.ts'
import { bare, dial, headless, listen, open, until } from '../support/app.ts'
import { latest, link } from './support.ts'

const TOLD: Array<keyof Telemetry> = ['disconnect', 'sync', 'refusal', 'limit']
const TRACED: Array<keyof Traces> = ['connect', 'reconstruct', 'callback', 'destroy']
const CHANNELS = [
  ...TOLD.map(name => `pgwidgets:${name}`),
  ...TRACED.flatMap(name => ['start', 'end', 'asyncStart', 'asyncEnd', 'error'].map(event => `tracing:pgwidgets:${name}:${event}`))
]

/** Where a token may be in a text: whole, in part, or encoded. */
function finds (text: string, token: string): boolean {
  return [token, token.slice(0, 24), token.slice(-24), Buffer.from(token).toString('base64url').slice(0, 40), encodeURIComponent(token)].some(form => text.includes(form))
}

t.test('whatever happens, no token is in a log line, an error, a header, a metric, an event or a snapshot', async t => {
  const app = bare(t)
  const register = new Registry()
  const outputs: Record<string, string[]> = { errors: [], answers: [], metrics: [], events: [], snapshots: [], inspected: [] }
  const put = (where: keyof typeof outputs, what: unknown): void => { outputs[where]?.push(typeof what === 'string' ? what : JSON.stringify(what)) }
  const failures: string[] = []
  for (const name of CHANNELS) {
    const note = (message: unknown): void => {
      try {
        put('events', message)
      } catch (error) {
        failures.push(`${name}: ${(error as Error).message}`)
      }
    }
    channel(name).subscribe(note)
    t.teardown(() => { channel(name).unsubscribe(note) })
  }
  const secrets = new Map<string, string>()
  const sessions: Session[] = []
  await app.register(pgwidgets, {
    maxFrameBytes: 4000,
    maxInvalidFrames: 4,
    maxPendingCallbacks: 3,
    maxBrowsers: 4,
    maxSessionsPerIdentity: 2,
    handlerWarning: 1,
    onSessionError (_session, error) { put('errors', String((error as Error).stack)) }
  })
  pgwidgetsMetrics(app, { register })
  const build = (session: Session): void => {
    sessions.push(session)
    const W = session.getWidgets()
    W.Slider({ name: 'slider' })
    W.Button('x', { name: 'fails' }).on('activated', () => { throw new Error('handler') })
    W.Button('x', { name: 'hangs' }).on('activated', () => new Promise(() => {}))
    session.log.info({ session, grants: session.grants }, 'a session in a log line')
  }
  app.pgwidgets.route({
    url: '/plain',
    onConnect: build,
    onReconstruct (session, connection) {
      connection.log.info({ connection, session }, 'a connection in a log line')
      connection.log.info({ req: connection.request }, 'its request')
    }
  })
  app.pgwidgets.route({ url: '/known', identify: ({ headers }) => headers['x-user'] as string | undefined, onConnect: build, onReconstruct () { throw new Error('hook') } })
  app.pgwidgets.route({ url: '/broken', onConnect (session) { build(session); throw new Error('onConnect') } })
  const url = await listen(app)
  const session = app.pgwidgets.createSession({ url: '/plain' })
  build(session)
  const owned = app.pgwidgets.createSession({ url: '/known', identity: 'ann' })
  build(owned)
  const links = [link(session), link(session, { role: 'operator' }), link(session, { expiresIn: 40 }), link(owned, { identity: 'bob' }), link(owned, { role: 'operator' })]
  for (const [i, { shown }] of links.entries()) secrets.set(shown.token, `link ${i}`)
  secrets.set('Sh0wnByAVisitorAndRightNowhereAtAll', 'what a visitor showed')
  const shown = [...links.map(({ shown }) => shown), { session_id: session.id, token: session.token }, { session_id: owned.id, token: owned.token }, { session_id: session.id, token: 'Sh0wnByAVisitorAndRightNowhereAtAll' }]

  for (const { session_id: id, token } of shown) {
    for (const path of ['/plain', '/known', '/broken']) {
      const address = `${path}?session=${id}&token=${token}`
      for (const user of [undefined, 'ann', 'bob']) {
        const headers = user === undefined ? {} : { 'x-user': user }
        for (const method of ['GET', 'HEAD'] as const) {
          const { headers: answer, body } = await app.inject({ method, url: address, headers })
          put('answers', [answer, body])
        }
        try {
          const browser = await dial(url + address, { headers, credentials: { session_id: id, token }, answer: false })
          await Promise.race([browser.closed, browser.ready()])
          for (const wid of [1, 2, 3, 3]) browser.callback(wid, 'activated', ...wid === 1 ? [7] : [])
          browser.raw(`{"type":"result","id":0,"token":"${token}"`)
          browser.send({ type: 'error', id: 0, error: 'no' })
          await browser.sync()
          put('snapshots', sessions.map(session => session.snapshot()))
          await browser.drop()
        } catch (error) {
          put('errors', String((error as Error).stack))
        }
      }
    }
  }
  for (const wrong of [{ role: 'x' }, { expiresIn: -1 }, { identity: '' }]) {
    try { session.grant(wrong as never) } catch (error) { put('errors', String((error as Error).stack)) }
  }
  links[0]?.grant.revoke()
  owned.revoke({ identity: 'bob' })
  app.pgwidgets.disconnect({ identity: 'ann' })
  put('inspected', inspect([session, owned, app.pgwidgets.sessions, links.map(({ grant }) => grant)], { depth: 1 }))
  put('inspected', [session, owned, app.pgwidgets.sessions, links.map(({ grant }) => grant)])
  put('metrics', await register.metrics())
  owned.destroy()
  await app.close()

  for (const session of sessions) secrets.set(session.token, `the token of ${session.id}`)
  t.strictSame(failures, [], 'every event can be put into JSON')
  for (const [name, list] of Object.entries(outputs)) t.ok(list.length > 0, `${list.length} ${name}`)
  t.ok(app.logs.lines.length > 300, `${app.logs.lines.length} log lines`)
  for (const what of ['a session in a log line', 'a connection in a log line', 'its request', 'a handler failed', 'a hook failed', 'links taken back', 'invalid frame']) t.ok(app.logs.of(what).length > 0, what)
  const texts = { logs: app.logs.text, ...Object.fromEntries(Object.entries(outputs).map(([name, list]) => [name, list.join('\n')])) }
  for (const [name, text] of Object.entries(texts)) {
    const found = [...secrets].filter(([token]) => finds(text, token)).map(([token, what]) => `${what}: …${text.slice(Math.max(0, text.indexOf(token.slice(0, 24)) - 300), text.indexOf(token.slice(0, 24)) + 10)}`)
    t.strictSame(found.slice(0, 2), [], `none of ${secrets.size} tokens in ${name}`)
  }
})

t.test('who came by a link is never told the session\'s own token, nor that of another link', async t => {
  const { app, session } = await headless(t)
  session.getWidgets().Slider()
  const links = [link(session), link(session, { role: 'operator' }), link(session, { role: 'viewer', expiresIn: 60_000 })]
  for (const { grant, shown } of links) {
    const browser = await open(app, '/', { credentials: shown })
    await browser.sync()
    t.equal(browser.credentials.token, shown.token, 'it keeps its own')
    const text = JSON.stringify(browser.messages)
    t.notOk(text.includes(session.token))
    for (const other of links) if (other.grant !== grant) t.notOk(text.includes(other.shown.token))
    t.notOk(text.includes(session.snapshot().grants?.find(({ id }) => id === grant.id)?.hash as string), 'nor a hash')
    const again = await open(app, '/', { credentials: browser.credentials })
    await again.sync()
    t.equal(latest(session).role, grant.role, 'what it was told brings it back as what it was')
    await Promise.all([browser.drop(), again.drop()])
    await until(() => session.connections.length === 0, 'they have left')
  }
})

t.test('tokens have 256 bits each, and none is made twice', async t => {
  const { session, app } = await headless(t)
  const tokens = [...Array.from({ length: 300 }, () => link(session).shown.token), ...Array.from({ length: 300 }, () => app.pgwidgets.createSession().token)]
  t.equal(new Set(tokens).size, 600)
  for (const token of tokens) if (Buffer.from(token, 'base64url').length !== 32) t.fail(`a token of ${token.length} characters`)
  const ids = session.grants.map(({ id }) => id)
  t.equal(new Set(ids).size, 300)
})
