import t from 'tap'
import { CloseCode } from '../../lib/index.ts'
import { build, connect, open, until } from '../support/app.ts'

t.test('the first frame is init with id 0, the next session-info, then the replay', async t => {
  const app = await build(t, { onConnect (session) { session.getWidgets().Label('hello') } })
  const browser = await open(app)
  await browser.wait(({ type }) => type === 'create')
  t.strictSame(browser.frames[0], { type: 'init', id: 0 })
  t.match(browser.frames[1], { type: 'session-info', session_id: String, token: String })
  const [start, end] = browser.frames[2] as Array<{ type: string, next_wid?: number }>
  t.equal(start?.type, 'reconstruct-start')
  t.ok((start?.next_wid ?? 0) >= 1_000_000_000, 'far above the server\'s ids')
  t.equal(end?.type, 'reconstruct-end')
  const again = await open(app, '/', { credentials: browser.credentials })
  t.ok((again.of('reconstruct-start')[0]?.next_wid as number) > (start?.next_wid ?? 0), 'another range at each replay')
})

t.test('credentials: none, unknown, wrong, right, cut off, swapped', async t => {
  const app = await build(t)
  const { credentials } = await open(app)
  const other = (await open(app)).credentials
  const id = credentials.session_id
  t.equal(app.pgwidgets.sessions.size, 2)

  for (const fresh of [{}, { session_id: 'sUnknown', token: credentials.token }, { session_id: 3, token: 'x' }, { session_id: 1e308 }, { token: credentials.token }, { session_id: '' }, { session_id: '__proto__', token: 'x' }]) {
    const size = app.pgwidgets.sessions.size
    const browser = await open(app, '/', { credentials: fresh })
    t.equal(app.pgwidgets.sessions.size, size + 1, `${JSON.stringify(fresh)}: a session of its own`)
    t.notOk([id, other.session_id, String(fresh.session_id)].includes(browser.credentials.session_id), 'whose id the server chose')
    t.not(browser.credentials.token, fresh.token, 'and whose token too')
    await browser.drop()
  }

  for (const token of [undefined, '', 'x', credentials.token.slice(0, -1), credentials.token + 'A', credentials.token.toLowerCase(), other.token, 7]) {
    const size = app.pgwidgets.sessions.size
    const browser = await connect(app, '/', { credentials: { session_id: id, ...(token !== undefined && { token }) } })
    t.match(await browser.closed, { code: 4001, reason: 'Invalid session credentials' }, `token ${JSON.stringify(token)}`)
    t.equal(browser.of('session-info').length, 0)
    t.equal(app.pgwidgets.sessions.size, size)
  }

  const right = await open(app, '/', { credentials })
  t.strictSame(right.credentials, credentials)
  t.equal(app.pgwidgets.sessions.get(id)?.connections.length, 2)
})

t.test('credentials of a wrong type are no handshake', async t => {
  const app = await build(t, { onConnect () {}, handshakeTimeout: 50 })
  const { credentials } = await open(app)
  for (const wrong of [{ session_id: null }, { session_id: [credentials.session_id], token: credentials.token }, { session_id: credentials.session_id, token: { length: 43 } }, { session_id: 'x'.repeat(300) }, { session_id: true }]) {
    const browser = await connect(app, '/', { credentials: wrong })
    t.match(await browser.closed, { code: 1002 }, JSON.stringify(wrong).slice(0, 60))
  }
  t.equal(app.pgwidgets.sessions.size, 1)
})

t.test('the answer to init may come in an array, and frames behind it count', async t => {
  const app = await build(t)
  const browser = await connect(app, '/', { greet: false })
  browser.send([{ type: 'result', id: 0 }, { type: 'viewport', width: 5, height: 6 }])
  await browser.ready()
  await browser.sync()
  const [connection] = app.pgwidgets.sessions.get(browser.credentials.session_id)?.connections ?? []
  t.strictSame(connection?.viewport, { width: 5, height: 6 })
  t.equal(connection?.counts.invalid, 0)
})

t.test('frames before the answer to init are refused, but the handshake goes on', async t => {
  const app = await build(t, { onConnect () {} })
  const kept = await open(app)
  const [wid] = [1]
  const browser = await connect(app, '/', { greet: false })
  browser.callback(wid, 'activated')
  browser.send({ type: 'result', id: 1 })
  browser.send({ type: 'error', id: 0, error: 'no' })
  browser.send({ type: 'viewport', width: 800, height: 600 })
  browser.raw(Buffer.from('bytes'))
  browser.send({ type: 'result', id: 0 })
  await browser.ready()
  t.equal(browser.socket.readyState, 1)
  t.match(app.logs.of('invalid frame').map(({ reason }) => reason), [
    'callback before the handshake was complete', 'result before the handshake was complete', 'error before the handshake was complete', 'a binary frame before the handshake was complete'
  ])
  const [connection] = app.pgwidgets.sessions.get(browser.credentials.session_id)?.connections ?? []
  t.strictSame(connection?.viewport, { width: 800, height: 600 }, 'what was said early about the viewport is known')
  t.equal(kept.socket.readyState, 1)
})

t.test('a second handshake on the same line changes nothing', async t => {
  const app = await build(t)
  const [browser, other] = [await open(app), await open(app)]
  browser.send({ type: 'result', id: 0, ...other.credentials })
  await browser.sync()
  t.equal(browser.of('session-info').length, 1)
  t.equal(app.pgwidgets.sessions.get(other.credentials.session_id)?.connections.length, 1)
  t.equal(browser.socket.readyState, 1)
})

t.test('too many invalid frames end a handshake too', async t => {
  const app = await build(t, { onConnect () {}, maxInvalidFrames: 3 })
  const browser = await connect(app, '/', { greet: false })
  for (let i = 0; i < 4; i++) browser.raw('nonsense')
  t.match(await browser.closed, { code: 4004 })
})

t.test('a session shows itself to as many browsers as maxBrowsers says', async t => {
  const app = await build(t, { onConnect () {}, maxBrowsers: 2 })
  const first = await open(app)
  const { credentials } = first
  const second = await open(app, '/', { credentials })
  const third = await connect(app, '/', { credentials })
  t.equal((await third.closed).code, CloseCode.tooManyBrowsers)
  t.equal(third.of('session-info').length, 0)
  t.strictSame([first.socket.readyState, second.socket.readyState], [1, 1], 'who is there stays')
  await t.resolves(open(app), 'another session has room of its own')
  await second.drop()
  await until(() => app.pgwidgets.sessions.get(credentials.session_id)?.connections.length === 1, 'one has left')
  await t.resolves(open(app, '/', { credentials }))
})

t.test('invalid frames are forgiven in time, not within one connection\'s rush', async t => {
  const app = await build(t, { onConnect () {}, maxInvalidFrames: 5 })
  const browser = await open(app)
  for (let i = 0; i < 5; i++) browser.raw('nonsense')
  await browser.sync()
  t.equal(browser.socket.readyState, 1, 'as many as the limit says')
  browser.raw('nonsense')
  t.match(await browser.closed, { code: 4004 }, 'and not one more')
})
