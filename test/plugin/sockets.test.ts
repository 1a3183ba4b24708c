/** The traps of an upgrade: each was measured on @fastify/websocket before this plugin existed. */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import websocket from '@fastify/websocket'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import { bare, build, connect, connectionCount, defer, dial, listen, open, tcp, until } from '../support/app.ts'

const upgrade = (path: string): string => [
  `GET ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''
].join('\r\n')

/** A client that asks for an upgrade and does not hang up, whatever it is told; resolves with the first bytes of the answer. */
async function ask (url: string, path: string): Promise<{ socket: Socket, answer: string | null }> {
  const { port } = new URL(url)
  const socket = connectTcp({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true })
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(upgrade(path))
  return { socket, answer: null }
}

t.test('a socket that is reset while asynchronous hooks run does not crash the server', async t => {
  const app = bare(t)
  const [arrived, gate] = [defer(), defer()]
  const finished = defer()
  app.addHook('onRequest', async () => {
    arrived.resolve()
    await gate.promise
  })
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  const url = await listen(app)
  const { socket } = await ask(url, '/panel')
  await arrived.promise
  socket.resetAndDestroy()
  await until(async () => await connectionCount(app) === 0, 'the server has noticed')
  gate.resolve()
  finished.resolve()
  await (await dial(url + '/panel')).ready()
  t.equal(app.pgwidgets.sessions.size, 1, 'only the second came through')
})

t.test('a hook registered before the plugin that refuses upgrades leaks no sockets', async t => {
  const app = bare(t)
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === undefined) return reply.code(401).send('who are you')
  })
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, handshakeTimeout: 500 })
  const url = await listen(app)
  const welcome = await dial(url + '/panel', { headers: { authorization: 'yes' } })
  await welcome.ready()
  const clients = await Promise.all(Array.from({ length: 20 }, async () => {
    const { socket } = await ask(url, '/panel')
    const [data] = await once(socket, 'data') as [Buffer]
    t.match(data.toString(), /^HTTP\/1\.1 401/)
    return socket
  }))
  await until(async () => await connectionCount(app) === 1, 'only the good one is left')
  t.equal(clients.length, 20)
  await welcome.sync()
  t.equal(welcome.socket.readyState, 1, 'who was let in stays in')
  t.ok(clients.every(socket => socket.readableEnded || socket.destroyed))
  t.ok(app.logs.of('an upgrade was answered by nobody, its socket is closed').length <= 20)
})

t.test('registered in a child, upgrades to elsewhere leak no sockets and the server closes', async t => {
  const app = bare(t)
  await app.register(async child => {
    await child.register(pgwidgets, { prefix: '/panel', onConnect () {}, handshakeTimeout: 500 })
  }, { prefix: '/child' })
  app.get('/elsewhere', async () => 'plain')
  const url = await listen(app)
  const inside = await dial(url + '/child/panel')
  await inside.ready()
  for (const path of ['/elsewhere', '/nowhere']) for (let i = 0; i < 10; i++) await ask(url, path)
  await until(async () => await connectionCount(app) >= 1, 'they have come')
  await until(async () => await connectionCount(app) === 1, 'only the good one is left')
  await ask(url, '/elsewhere')
  const started = performance.now()
  await app.close()
  t.ok(performance.now() - started < 2000, 'close() returns')
})

t.test('a hook that takes longer than the handshake may does not hold a socket for ever', async t => {
  const app = bare(t)
  app.addHook('preValidation', async () => { await new Promise(() => {}) })
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, handshakeTimeout: 100 })
  const url = await listen(app)
  const { socket } = await ask(url, '/panel')
  socket.resume()
  await Promise.all([once(socket, 'end'), until(async () => await connectionCount(app) === 0, 'nobody is left')])
  t.ok(app.logs.of('an upgrade was answered by nobody, its socket is closed').length === 1)
})

t.test('a frame that comes along with the upgrade, while hooks run, is not lost', async t => {
  const app = bare(t)
  app.addHook('preValidation', async () => { await new Promise(resolve => setImmediate(resolve)) })
  const opened = defer<string>()
  await app.register(pgwidgets, { prefix: '/panel', onConnect (session) { opened.resolve(session.id) } })
  const { port } = new URL(await listen(app))
  const socket = connectTcp({ port: Number(port), host: '127.0.0.1' })
  t.teardown(() => socket.destroy())
  await once(socket, 'connect')
  const text = Buffer.from('{"type":"result","id":0}')
  // A masked text frame, as browsers send it, with a mask that changes nothing.
  socket.write(Buffer.concat([Buffer.from(upgrade('/panel')), Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), text]))
  t.match(await opened.promise, /^s/)
})

t.test('both addresses of localhost open sessions', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, closeTimeout: 100 })
  await app.listen({ port: 0, host: 'localhost' })
  for (const { address, family, port } of app.addresses() as AddressInfo[]) {
    const browser = await dial(`ws://${family === 'IPv6' ? `[${address}]` : address}:${port}/panel`)
    await browser.ready()
  }
  t.equal(app.pgwidgets.sessions.size, app.addresses().length)
})

t.test('what a session was told last reaches its browsers before the end', async t => {
  const app = await build(t, { onConnect (session) { session.getWidgets().Label('', { name: 'label' }) } })
  const browser = await dial(await listen(app))
  await browser.ready()
  const session = app.pgwidgets.sessions.get(browser.credentials.session_id)
  session?.find('label', 'Label')?.setText('bye')
  session?.destroy()
  t.match(await browser.closed, { code: 4002 })
  t.strictSame(browser.last('set_text'), ['bye'])
})

t.test('the server closes while onConnect is pending, and while a question is open', async t => {
  const app = bare(t)
  const asked = defer<string>()
  await app.register(pgwidgets, {
    async onConnect (session) {
      const label = session.getWidgets().Label('x')
      await label.query.size().catch((error: { code: string }) => asked.resolve(error.code))
      await new Promise(() => {})
    }
  })
  const browser = await dial(await listen(app), { reply: ({ method }) => method === 'get_size' ? null : undefined })
  await browser.wait(({ method }) => method === 'get_size')
  await app.close()
  t.match(await browser.closed, { code: 1012 })
  t.match(await asked.promise, /PGW_ERR_(NO_BROWSER|SESSION_DESTROYED)/)
})

t.test('a browser that opens and never shakes hands is closed', async t => {
  const app = await build(t, { onConnect () {}, handshakeTimeout: 60 })
  const browser = await dial(await listen(app), { greet: false })
  browser.send({ type: 'viewport', width: 1, height: 1 })
  t.match(await browser.closed, { code: 1002, reason: 'The handshake was not completed' })
  t.equal(app.pgwidgets.sessions.size, 0)
})

t.test('browsers are told 1012 when the server goes down, headless sessions end', async t => {
  const app = bare(t)
  const ended: string[] = []
  await app.register(pgwidgets, { onConnect () {}, onDestroy (session) { ended.push(session.id) } })
  const url = await listen(app)
  const browsers = [await dial(url), await dial(url), await dial(url, { greet: false })]
  await Promise.all(browsers.slice(0, 2).map(browser => browser.ready()))
  await app.close()
  for (const browser of browsers) t.match(await browser.closed, { code: 1012, reason: 'The service is restarting' })
  t.equal(ended.length, 2)
})

t.test('where the host registered @fastify/websocket, browsers see 1005 at the end, and close() waits for nobody', async t => {
  const app = bare(t)
  await app.register(websocket)
  await app.register(pgwidgets, { onConnect () {}, closeTimeout: 200 })
  const url = await listen(app)
  const [browser, mute] = [await dial(url), await dial(url)]
  await Promise.all([browser.ready(), mute.ready()])
  tcp(mute).pause()
  const started = performance.now()
  await app.close()
  t.ok(performance.now() - started < 1500, `closed after ${Math.round(performance.now() - started)} ms`)
  t.match(await browser.closed, { code: 1005 })
  mute.socket.terminate()
})

t.test('a browser that does not answer the goodbye holds the server up for closeTimeout at most', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { onConnect () {}, closeTimeout: 200 })
  const mute = await dial(await listen(app))
  await mute.ready()
  tcp(mute).pause()
  const started = performance.now()
  await app.close()
  const took = performance.now() - started
  t.ok(took >= 150 && took < 1500, `closed after ${Math.round(took)} ms`)
  mute.socket.terminate()
})

t.test('a browser that says goodbye and keeps the line is out of its session at once', async t => {
  const left = defer<number>()
  const app = await build(t, { onConnect () {}, onDisconnect (_session, _connection, { code }) { left.resolve(code) }, closeTimeout: 100 })
  const browser = await connect(app)
  await browser.ready()
  const started = performance.now()
  // The line below injectWS is never ended by the client.
  browser.socket.close(1000)
  t.equal(await left.promise, 1000)
  t.ok(performance.now() - started < 2000)
})

t.test('a socket that is opened while the server closes is sent away', async t => {
  const app = bare(t)
  const [arrived, gate] = [defer(), defer()]
  app.addHook('preHandler', async () => { arrived.resolve(); await gate.promise })
  await app.register(pgwidgets, { onConnect () {}, closeTimeout: 100 })
  const url = await listen(app)
  const { socket } = await ask(url, '/')
  socket.resume()
  await arrived.promise
  const ended = once(socket, 'end')
  const closed = app.close()
  gate.resolve()
  await closed
  await ended
  t.pass('close() came back and the socket was ended')
})

t.test('an oversize frame ends the connection with 1009 and nothing else', async t => {
  const app = await build(t, { onConnect () {}, maxFrameBytes: 1000 })
  const url = await listen(app)
  const [browser, other] = [await dial(url), await dial(url)]
  await Promise.all([browser.ready(), other.ready()])
  browser.raw(JSON.stringify({ type: 'callback', wid: 1, action: 'x'.repeat(2000), args: [] }))
  t.match(await browser.closed, { code: 1009 })
  await other.sync()
  t.equal(other.socket.readyState, 1)
  t.ok(app.logs.of('socket error').length > 0)
})

t.test('where the host\'s websocket takes larger frames, ours are refused all the same', async t => {
  const app = bare(t)
  await app.register(websocket)
  await app.register(pgwidgets, { onConnect () {}, maxFrameBytes: 1000 })
  const browser = await open(app)
  browser.raw(JSON.stringify({ type: 'callback', wid: 1, action: 'x'.repeat(2000), args: [] }))
  await browser.sync()
  t.match(app.logs.of('invalid frame'), [{ reason: /more than 1000/ }])
})

t.test('a half-open socket is noticed by the heartbeat, a silent but living one is kept', async t => {
  const gone = defer<number>()
  let left = 0
  const app = await build(t, { onConnect () {}, heartbeatInterval: 60, onDisconnect (_session, _connection, { code }) { left++; gone.resolve(code) } })
  const url = await listen(app)
  const [dead, alive] = [await dial(url), await dial(url, {}, { autoPong: true })]
  await Promise.all([dead.ready(), alive.ready()])
  let pings = 0
  alive.socket.on('ping', () => pings++)
  // It takes nothing any more and says nothing, as behind a pulled cable.
  tcp(dead).pause()
  t.equal(await gone.promise, 1006)
  await until(() => pings >= 4, 'several heartbeats')
  t.equal(left, 1)
  t.equal(alive.socket.readyState, 1)
  t.equal(app.logs.of('no sign of life, the connection is cut').length, 1)
  dead.socket.terminate()
})

t.test('a process ends by itself once its server is closed', async t => {
  const file = join(t.testdir(), 'main.mjs')
  const url = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href)
  writeFileSync(file, `
    import Fastify from ${JSON.stringify(import.meta.resolve('fastify'))}
    import { WebSocket } from ${JSON.stringify(import.meta.resolve('ws'))}
    import pgwidgets from ${url('../../lib/index.ts')}
    const app = Fastify()
    await app.register(pgwidgets, { prefix: '/panel', onConnect (session) {
      const W = session.getWidgets()
      W.Timer({ duration: 3600 }).start()
      W.Button('x')
      session.find('x') ?? W.Label('').query.size().catch(() => {})
    } })
    app.pgwidgets.createSession().getWidgets().Timer().start(3600)
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = new WebSocket(address.replace('http', 'ws') + '/panel')
    socket.on('message', async data => {
      const text = String(data)
      if (text.includes('"init"')) socket.send('{"type":"result","id":0}')
      if (text.includes('reconstruct-end')) { await app.close(); process.send('closed') }
    })
  `)
  const child = fork(file, { execArgv: ['--import', import.meta.resolve('tsx')], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  t.teardown(() => child.kill('SIGKILL'))
  const errors: string[] = []
  child.stderr?.on('data', chunk => errors.push(String(chunk)))
  const exit = once(child, 'exit') as Promise<[number]>
  const message = await Promise.race([once(child, 'message'), exit])
  t.strictSame(message[0], 'closed', errors.join(''))
  child.disconnect()
  const started = performance.now()
  const [code] = await exit
  t.equal(code, 0)
  t.ok(performance.now() - started < 3000, 'soon')
})
