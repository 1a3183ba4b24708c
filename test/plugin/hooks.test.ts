import t from 'tap'
import type { Connection, DisconnectInfo, ErrorInfo, ReconstructInfo, Session, SyncChange } from '../../lib/index.ts'
import pgwidgets from '../../lib/index.ts'
import { bare, build, connect, defer, dial, listen, open, until } from '../support/app.ts'

t.test('hooks run application first, then child, then route, one after the other', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const seen: string[] = []
  const { promise: may, resolve: proceed } = defer()
  const done = defer()
  app.pgwidgets.addHook('onConnect', async () => { seen.push('app starts'); await may; seen.push('app ends') })
  app.pgwidgets.addHook('onConnect', () => { seen.push('app too') })
  await app.register(async child => {
    child.pgwidgets.addHook('onConnect', async () => { seen.push('child starts'); await Promise.resolve(); seen.push('child ends') })
    child.pgwidgets.route({ url: '/panel', onConnect () { seen.push('route'); done.resolve() } })
  })
  await app.register(async sibling => { sibling.pgwidgets.addHook('onConnect', () => { seen.push('sibling') }) })
  const browser = await open(app, '/panel')
  await browser.sync()
  t.strictSame(seen, ['app starts'])
  proceed()
  await done.promise
  t.strictSame(seen, ['app starts', 'app ends', 'app too', 'child starts', 'child ends', 'route'])
})

t.test('onConnect runs once in a session\'s life, onReconstruct for each browser after that', async t => {
  const seen: Array<[string, Session, Connection, ReconstructInfo?]> = []
  const app = await build(t, {
    onConnect (session, connection) {
      seen.push(['connect', session, connection])
      session.getWidgets().Label('built once')
    },
    onReconstruct (session, connection, info) { seen.push(['reconstruct', session, connection, info]) }
  })
  const first = await open(app)
  const second = await open(app, '/', { credentials: first.credentials })
  await first.drop()
  await second.drop()
  const third = await open(app, '/', { credentials: first.credentials })
  t.strictSame(seen.map(([name]) => name), ['connect', 'reconstruct', 'reconstruct'])
  t.equal(new Set(seen.map(([, session]) => session)).size, 1)
  t.equal(new Set(seen.map(([,, connection]) => connection.id)).size, 3)
  t.match(seen[1]?.[3], { messages: 3, duration: Number })
  t.equal(third.of('create').length, 1, 'what was built is there once')
  t.equal(third.credentials.session_id, first.credentials.session_id)
})

t.test('onConnect may await, and handlers run meanwhile', async t => {
  const gate = defer()
  const built = defer<string>()
  const app = await build(t, {
    async onConnect (session) {
      const button = session.getWidgets().Button('go', { name: 'go' })
      button.on('activated', () => gate.resolve())
      await gate.promise
      built.resolve('built')
    }
  })
  const browser = await open(app)
  const { wid } = await browser.wait(({ type }) => type === 'create')
  browser.callback(wid as number, 'activated')
  t.equal(await built.promise, 'built')
})

t.test('onSync tells what was passed on, and to whom it was not', async t => {
  const changes: Array<[Session, SyncChange]> = []
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Slider({ name: 'slider' })
      W.Label('watched', { name: 'label' }).on('resize', () => {})
      W.Button('plain').on('activated', () => {})
    },
    onSync (session, change) { changes.push([session, change]) }
  })
  const first = await open(app)
  await first.sync()
  const [slider, label, button] = first.of('create').map(({ wid }) => wid as number) as [number, number, number]
  first.callback(slider, 'activated', 10)
  await first.sync()
  t.equal(changes.length, 0, 'nobody else is there')

  const second = await open(app, '/', { credentials: first.credentials })
  first.callback(slider, 'activated', 20)
  await second.wait(({ method, args }) => method === 'set_value' && (args as unknown[])[0] === 20)
  t.equal(changes.length, 1)
  const [session, change] = changes[0] as [Session, SyncChange]
  t.equal(change.widget, session.find('slider'))
  t.equal(change.action, 'activated')
  t.strictSame(change.state.map(({ key, value }) => [key, value]), [['value', 20]])
  t.equal(change.state[0]?.widget, change.widget)
  t.equal(change.connection, session.connections[0])

  first.callback(slider, 'activated', 20)
  first.callback(button, 'activated')
  first.callback(label, 'resize', { width: 5, height: 6 })
  await first.sync()
  t.equal(changes.length, 1, 'what changes nothing that others show is not passed on')
})

t.test('onDisconnect tells how it ended, and onDestroy that it ended for good', async t => {
  const left: Array<[Session, Connection, DisconnectInfo]> = []
  const ended: Session[] = []
  const gone = defer()
  const app = await build(t, {
    onConnect () {},
    onDisconnect (...args) { left.push(args as (typeof left)[0]); gone.resolve() },
    onDestroy (session) { ended.push(session) }
  })
  const browser = await dial(await listen(app))
  await browser.ready()
  const { session_id: id } = browser.credentials
  browser.socket.close(4321, 'bye')
  await gone.promise
  t.equal(left[0]?.[0].id, id)
  t.match(left[0]?.[2], { code: 4321, reason: 'bye', duration: Number })
  t.strictSame(left[0]?.[0].connections, [], 'it is out of the session by then')
  t.equal(ended.length, 0)
  t.ok(app.pgwidgets.sessions.destroy(id))
  t.strictSame(ended.map(session => session.id), [id])
  t.notOk(app.pgwidgets.sessions.destroy(id), 'only once')
  t.equal(ended.length, 1)
  t.ok(ended[0]?.destroyed)
})

t.test('destroying a session tells its browsers, which hear so again when they come back', async t => {
  const app = await build(t)
  const browser = await open(app)
  app.pgwidgets.sessions.get(browser.credentials.session_id)?.destroy()
  t.match(await browser.closed, { code: 4002, reason: 'This session has ended' })
  const back = await connect(app, '/', { credentials: browser.credentials })
  t.match(await back.closed, { code: 4002, reason: 'This session has ended' })
  t.equal(app.pgwidgets.sessions.size, 0)
})

t.test('onSessionError hears of handlers and hooks that throw, and nothing else is harmed', async t => {
  const errors: Array<[string, ErrorInfo]> = []
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Button('sync', { name: 'sync' }).on('activated', () => { throw new Error('sync') })
      W.Button('async', { name: 'async' }).on('activated', async () => { await Promise.resolve(); throw new Error('async') })
      W.Button('concurrent', { name: 'concurrent' }).on('activated', async () => { throw new Error('concurrent') }, { concurrent: true })
      W.Label('', { name: 'label' })
      W.Button('fine').on('activated', () => session.find('label', 'Label')?.setText('still works'))
    },
    onReconstruct () { throw new Error('hook') },
    onDisconnect: async () => { throw new Error('async hook') },
    onSessionError (_session, error, info) {
      errors.push([(error as Error).message, info])
      throw new Error('thrown by onSessionError itself')
    }
  })
  const browser = await open(app)
  await browser.sync()
  const [a, b, c, , fine] = browser.of('create').map(({ wid }) => wid as number)
  for (const wid of [a, b, c, fine]) browser.callback(wid as number, 'activated')
  await browser.wait(({ method, args }) => method === 'set_text' && (args as unknown[])[0] === 'still works')
  const second = await open(app, '/', { credentials: browser.credentials })
  await second.drop()
  const session = app.pgwidgets.sessions.get(browser.credentials.session_id)
  await until(() => errors.length === 5, 'all are reported')
  t.strictSame(errors.map(([message]) => message).sort(), ['async', 'async hook', 'concurrent', 'hook', 'sync'])
  for (const name of ['sync', 'async', 'concurrent']) {
    const info = errors.find(([message]) => message === name)?.[1]
    t.equal(info?.widget, session?.find(name), name)
    t.equal(info?.action, 'activated')
  }
  t.strictSame(errors.find(([message]) => message === 'hook')?.[1], { widget: null, action: 'onReconstruct' })
  t.equal(browser.socket.readyState, 1)
  t.equal(app.logs.of('a handler failed').length, 3, 'each is in the log')
  t.ok(app.logs.text.includes('thrown by onSessionError itself'), 'an error of the error hook too')
})

t.test('a failed asynchronous handler is told of by its own widget, whatever arrives meanwhile', async t => {
  const gate = defer()
  const reported = defer<ErrorInfo>()
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Button('slow', { name: 'slow' }).on('activated', async () => { await gate.promise; throw new Error('late') })
      void W.Button('other', { name: 'other' }).once('activated').then(() => gate.resolve())
    },
    onSessionError (_session, _error, info) { reported.resolve(info) }
  })
  const browser = await open(app)
  await browser.sync()
  for (const { wid } of browser.of('create')) browser.callback(wid as number, 'activated')
  t.equal((await reported.promise).widget?.name, 'slow')
})

for (const [how, onConnect] of [
  ['synchronously', () => { throw new Error('no machine') }],
  ['asynchronously', async () => { await Promise.resolve(); throw new Error('no machine') }]
] as const) {
  t.test(`onConnect that fails ${how} ends the session`, async t => {
    const seen: unknown[] = []
    const app = await build(t, {
      onConnect,
      onSessionError (_session, error, info) { seen.push([(error as Error).message, info]) },
      onDestroy () { seen.push('destroyed') }
    })
    const browser = await connect(app)
    t.match(await browser.closed, { code: 4003, reason: 'The application could not start this session' })
    t.strictSame(seen, [['no machine', { widget: null, action: 'onConnect' }], 'destroyed'])
    t.equal(app.pgwidgets.sessions.size, 0)
    const back = await connect(app, '/', { credentials: browser.credentials })
    t.match(await back.closed, { code: 4002 })
    t.ok(app.logs.text.includes('no machine'))
  })
}

t.test('onConnect may destroy the session that it was given', async t => {
  const app = await build(t, { onConnect (session) { session.destroy() } })
  t.match(await (await connect(app)).closed, { code: 4002 })
  t.equal(app.pgwidgets.sessions.size, 0)
})

t.test('a browser that leaves during an asynchronous onConnect harms nothing, and finds all when it is back', async t => {
  const gate = defer()
  const built = defer()
  const app = await build(t, {
    async onConnect (session) {
      await gate.promise
      session.getWidgets().Label('late')
      built.resolve()
    }
  })
  const browser = await open(app)
  await browser.drop()
  gate.resolve()
  await built.promise
  const back = await open(app, '/', { credentials: browser.credentials })
  t.match(back.of('create'), [{ class: 'Label', args: ['late'] }])
})

t.test('a session made by server code has the hooks of the route that a browser opens it by', async t => {
  const seen: string[] = []
  const left = defer()
  const app = await build(t, {
    prefix: '/panel',
    onConnect () { seen.push('connect') },
    onReconstruct () { seen.push('reconstruct') },
    onDisconnect () { seen.push('disconnect'); left.resolve() },
    onDestroy () { seen.push('destroy') }
  })
  const session = app.pgwidgets.createSession()
  t.match(session.url(), /^\/panel#session=/)
  const fragment = new URLSearchParams(new URL(session.url('https://host.example')).hash.slice(1))
  const browser = await open(app, '/panel', { credentials: { session_id: fragment.get('session') as string, token: fragment.get('token') as string } })
  await browser.drop()
  await Promise.race([left.promise, browser.closed.then(() => new Promise(resolve => setTimeout(resolve, 100)))])
  session.destroy()
  t.strictSame(seen, ['reconstruct', 'disconnect', 'destroy'])
})

t.test('each step of a session is one log line with its ids', async t => {
  const app = await build(t, { onConnect (session) { session.getWidgets().Slider() } })
  const browser = await open(app)
  const { session_id: sessionId } = browser.credentials
  const second = await open(app, '/', { credentials: browser.credentials })
  browser.callback(1, 'activated', 7)
  await second.wait(({ method }) => method === 'set_value')
  await browser.drop()
  await app.logs.wait('connection closed')
  app.pgwidgets.sessions.destroy(sessionId)
  const ids = { sessionId, connectionId: String, reqId: String }
  t.match(app.logs.of('session opened'), [{ level: 30, ...ids }])
  t.match(app.logs.of('session reconstructed'), [{ level: 30, ...ids, messages: Number, duration: Number }])
  t.match(app.logs.of('session synced'), [{ level: 20, ...ids, action: 'activated' }])
  t.match(app.logs.of('connection closed'), [{ level: 30, ...ids, code: 1006, duration: Number }])
  t.match(app.logs.of('session destroyed'), [{ level: 30, sessionId }])
})
