import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import fastifyStatic from '@fastify/static'
import websocket from '@fastify/websocket'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets, { fastifyPgwidgets } from '../../lib/index.ts'
import type { PgwidgetsOptions } from '../../lib/index.ts'
import { bare, build, connect, dial, listen, open } from '../support/app.ts'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

async function works (t: Test, app: FastifyInstance, path: string): Promise<void> {
  const page = await app.inject(path)
  t.equal(page.statusCode, 200, `${path} serves the page`)
  t.match(page.headers['content-type'], 'text/html')
  const browser = await open(app, path)
  t.ok(app.pgwidgets.sessions.has(browser.credentials.session_id), `${path} opens a session`)
  await browser.leave()
}

t.test('registers what it needs where the host has nothing', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  t.ok(app.hasPlugin('fastify-pgwidgets'))
  await works(t, app, '/panel')
})

t.test('without a prefix the page is at /', async t => {
  await works(t, await build(t), '/')
})

t.test('uses the host\'s @fastify/websocket and @fastify/static, and leaves their routes alone', async t => {
  const app = bare(t)
  const files = mkdtempSync(join(root, '.tap-static-'))
  t.teardown(() => rmSync(files, { recursive: true }))
  writeFileSync(join(files, 'host.txt'), 'the host\'s')
  await app.register(websocket, { options: { maxPayload: 4096 } })
  await app.register(fastifyStatic, { root: files, prefix: '/files/' })
  const { websocketServer } = app
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  app.get('/echo', { websocket: true }, socket => { socket.on('message', data => socket.send(data)) })
  t.equal(app.websocketServer, websocketServer, 'one server for all')
  t.equal(app.websocketServer.options.maxPayload, 4096, 'with the host\'s options')
  await works(t, app, '/panel')
  t.equal((await app.inject('/files/host.txt')).body, 'the host\'s')
  t.match((await app.inject('/panel/client/manifest.json')).json(), { script: String })
  const socket = await app.injectWS('/echo')
  const echo = new Promise(resolve => socket.once('message', data => resolve(String(data))))
  socket.send('hello')
  t.equal(await echo, 'hello')
  socket.terminate()
})

t.test('registered twice, each prefix has a user interface of its own and all share the sessions', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/a', onConnect (session) { session.data = 'A' } })
  await app.register(pgwidgets, { prefix: '/b', onConnect (session) { session.data = 'B' } })
  const [a, b] = [await open(app, '/a'), await open(app, '/b')]
  t.equal(app.pgwidgets.sessions.get(a.credentials.session_id)?.data, 'A')
  t.equal(app.pgwidgets.sessions.get(b.credentials.session_id)?.data, 'B')
  t.equal(app.pgwidgets.sessions.size, 2)
  for (const path of ['/a', '/b']) {
    const [, src] = /src="([^"]+)"/.exec((await app.inject(path)).body) ?? []
    t.equal((await app.inject(new URL(src as string, `http://x${path}`).pathname)).statusCode, 200, `the script of ${path} is there`)
  }
})

t.test('registered twice without onConnect, the second brings hooks for all routes', async t => {
  const app = bare(t)
  const seen: string[] = []
  await app.register(pgwidgets, { onDestroy () { seen.push('first') } })
  await app.register(pgwidgets, { onDestroy () { seen.push('second') } })
  app.pgwidgets.createSession({ url: '/x' }).destroy()
  t.strictSame(seen, ['first', 'second'])
})

t.test('limits belong to the first registration', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/a', onConnect () {}, maxSessions: 5 })
  await t.rejects(async () => { await app.register(pgwidgets, { prefix: '/b', onConnect () {}, maxSessions: 6 }) },
    { code: 'PGW_ERR_INVALID_OPTION', message: /maxSessions/ })
})

t.test('in a child with a prefix of its own, page, socket and files are below that', async t => {
  const app = bare(t)
  await app.register(async child => { await child.register(pgwidgets, { prefix: '/panel', onConnect () {} }) }, { prefix: '/admin' })
  const url = await listen(app)
  const page = await app.inject('/admin/panel')
  const [, src] = /src="([^"]+)"/.exec(page.body) ?? []
  t.equal(new URL(src as string, 'http://x/admin/panel').pathname.replace(/[^/]+$/, ''), '/admin/panel/client/')
  t.equal((await app.inject(new URL(src as string, 'http://x/admin/panel').pathname)).statusCode, 200)
  const browser = await dial(url + '/admin/panel')
  await browser.ready()
  t.equal((await app.inject('/panel')).statusCode, 404)
  t.notOk(app.hasDecorator('pgwidgets'), 'the parent knows nothing of it')
})

t.test('in a child with a prefix and without one of its own, the child\'s root is the page', async t => {
  const app = bare(t)
  await app.register(async child => { await child.register(pgwidgets, { onConnect () {} }) }, { prefix: '/admin' })
  const url = await listen(app)
  for (const path of ['/admin', '/admin/']) {
    const page = await app.inject(path)
    t.equal(page.statusCode, 200, path)
    const [, src] = /src="([^"]+)"/.exec(page.body) ?? []
    t.equal((await app.inject(new URL(src as string, `http://x${path}`).pathname)).statusCode, 200, `script of ${path}`)
  }
  const first = await dial(url + '/admin')
  await first.ready()
  const second = await dial(url + '/admin/', { credentials: first.credentials })
  await second.ready()
  t.equal(second.credentials.session_id, first.credentials.session_id, 'both spellings are one place')
})

t.test('a slash at the end of the prefix changes nothing', async t => {
  await works(t, await build(t, { prefix: '/panel/', onConnect () {} }), '/panel')
})

t.test('in two siblings, each works by itself', async t => {
  const app = bare(t)
  const opened: string[] = []
  for (const name of ['a', 'b']) {
    await app.register(async child => {
      await child.register(pgwidgets, { prefix: '/panel', onConnect () { opened.push(name) } })
    }, { prefix: `/${name}` })
  }
  const url = await listen(app)
  for (const name of ['a', 'b']) {
    const browser = await dial(`${url}/${name}/panel`)
    await browser.ready()
    await browser.sync()
    t.equal(browser.of('init').length, 1)
    t.equal(browser.socket.readyState, 1)
  }
  t.strictSame(opened, ['a', 'b'])
})

t.test('the default export is the named one and knows its name and version of Fastify', async t => {
  t.equal(pgwidgets, fastifyPgwidgets)
  t.match((pgwidgets as unknown as Record<symbol, unknown>)[Symbol.for('plugin-meta')], { name: 'fastify-pgwidgets', fastify: '5.x' })
})

t.test('wrong options are refused at registration, by name', async t => {
  const cases: Array<[PgwidgetsOptions | object, string, RegExp]> = [
    [{ maxSesions: 5 }, 'PGW_ERR_INVALID_OPTION', /option maxSesions is none of the plugin; there are .*maxSessions/],
    [{ prefix: 'panel' }, 'PGW_ERR_INVALID_OPTION', /option prefix must start with \//],
    [{ prefix: 7 }, 'PGW_ERR_INVALID_OPTION', /option prefix/],
    [{ theme: 'pink' }, 'PGW_ERR_INVALID_OPTION', /option theme must be light or dark, got "pink"/],
    [{ title: 7 }, 'PGW_ERR_INVALID_OPTION', /option title/],
    [{ lang: true }, 'PGW_ERR_INVALID_OPTION', /option lang/],
    [{ allowedOrigins: ['https://host.example/path'] }, 'PGW_ERR_INVALID_OPTION', /option allowedOrigins .*https:\/\/host\.example\/path/],
    [{ allowedOrigins: ['*'] }, 'PGW_ERR_INVALID_OPTION', /option allowedOrigins/],
    [{ allowedOrigins: 'https://host.example' }, 'PGW_ERR_INVALID_OPTION', /option allowedOrigins/],
    [{ allowedOrigins: 7 }, 'PGW_ERR_INVALID_OPTION', /option allowedOrigins/],
    [{ contentSecurityPolicy: { 'img-src': 'https://tiles.example' } }, 'PGW_ERR_INVALID_OPTION', /option contentSecurityPolicy .*img-src/],
    [{ contentSecurityPolicy: { 'img-src': ['x; script-src *'] } }, 'PGW_ERR_INVALID_OPTION', /option contentSecurityPolicy/],
    [{ contentSecurityPolicy: { 'img-src; script-src *': [] } }, 'PGW_ERR_INVALID_OPTION', /option contentSecurityPolicy/],
    [{ lowMark: 10, highMark: 5 }, 'PGW_ERR_INVALID_OPTION', /option highMark must not be below lowMark/],
    [{ highMark: 10_000_000, hardLimit: 5_000_000 }, 'PGW_ERR_INVALID_OPTION', /option hardLimit must not be below highMark/],
    [{ onConnect: 'hello' }, 'PGW_ERR_INVALID_HOOK', /hook onConnect must be a function, got string/],
    [{ onSync: {} }, 'PGW_ERR_INVALID_HOOK', /hook onSync/]
  ]
  for (const name of [
    'maxFrameBytes', 'maxFrameDepth', 'maxInvalidFrames', 'lowMark', 'highMark', 'hardLimit', 'maxUnanswered', 'handshakeTimeout', 'closeTimeout',
    'heartbeatInterval', 'queryTimeout', 'maxPendingQueries', 'maxWidgets', 'maxSessions', 'sessionIdleTimeout'
  ]) {
    for (const value of [0, -1, NaN, '5']) cases.push([{ [name]: value }, 'PGW_ERR_INVALID_OPTION', new RegExp(`option ${name} must be`)])
  }
  for (const [options, code, message] of cases) {
    const app = bare(t)
    await t.rejects(async () => { await app.register(pgwidgets, options as PgwidgetsOptions) }, { code, message }, JSON.stringify(options))
  }
})

t.test('a time that timers cannot hold is refused, or means never; it never means at once', async t => {
  // setTimeout makes 1 ms of everything above 2 ** 31 - 1.
  for (const value of [Infinity, 2 ** 31]) {
    const app = bare(t)
    try {
      await app.register(pgwidgets, { onConnect () {}, handshakeTimeout: value, heartbeatInterval: value, closeTimeout: value, queryTimeout: value })
    } catch (error) {
      t.match(error, { code: 'PGW_ERR_INVALID_OPTION' }, `${value} is refused`)
      continue
    }
    let pings = 0
    const browser = await connect(app, '/', { greet: false })
    browser.socket.on('ping', () => pings++)
    const over = await Promise.race([browser.closed, new Promise(resolve => setTimeout(resolve, 60))])
    t.equal(over, undefined, `${value}: the handshake is waited for`)
    t.equal(pings, 0, `${value}: no ping yet`)
    await browser.drop()
  }
})

t.test('a route is refused where its options are wrong', async t => {
  const app = await build(t)
  t.throws(() => app.pgwidgets.route({} as never), { code: 'PGW_ERR_INVALID_OPTION', message: /option url/ })
  t.throws(() => app.pgwidgets.route(undefined as never), { code: 'PGW_ERR_INVALID_OPTION', message: /option url/ })
  t.throws(() => app.pgwidgets.route({ url: '/x', onConnect: 5 } as never), { code: 'PGW_ERR_INVALID_HOOK', message: /onConnect/ })
  t.throws(() => app.pgwidgets.route({ url: '/x', theme: 'pink' } as never), { code: 'PGW_ERR_INVALID_OPTION', message: /theme/ })
  t.throws(() => app.pgwidgets.route({ url: '/x', title: 5 } as never), { code: 'PGW_ERR_INVALID_OPTION', message: /title/ })
  t.throws(() => app.pgwidgets.addHook('onConect' as 'onConnect', () => {}), { code: 'PGW_ERR_INVALID_HOOK', message: /there is no hook onConect; there are onConnect, onReconstruct/ })
  t.throws(() => app.pgwidgets.addHook('onSync', 'x' as never), { code: 'PGW_ERR_INVALID_HOOK', message: /onSync must be a function/ })
  t.throws(() => app.pgwidgets.addHook('toString' as 'onConnect', () => {}), { code: 'PGW_ERR_INVALID_HOOK' })
})

t.test('the built package can be imported and required', async t => {
  await builtLibrary()
  const hello = `const app = require('fastify')(); app.register(plugin, { prefix: '/panel', onConnect () {} });
    app.inject('/panel').then(async ({ statusCode }) => { await app.close(); console.log(typeof plugin, plugin === named, statusCode) })`
  const required = await run(process.execPath, ['--input-type=commonjs', '-e',
    `const plugin = require('fastify-pgwidgets'); const named = plugin.fastifyPgwidgets ?? plugin.default; ${hello}`], { cwd: root })
  t.match(required.stdout, /^function true 200/, 'require() gives the function')
  t.notMatch(required.stderr, /rror/)
  const imported = await run(process.execPath, ['--input-type=module', '-e',
    `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);
    const { default: plugin, fastifyPgwidgets: named } = await import('fastify-pgwidgets'); ${hello}`], { cwd: root })
  t.match(imported.stdout, /^function true 200/)
})

t.test('a package without the page\'s files says so at registration', async t => {
  await builtLibrary()
  const folder = t.testdir()
  cpSync(join(root, 'dist/lib'), join(folder, 'dist/lib'), { recursive: true })
  cpSync(join(root, 'package.json'), join(folder, 'package.json'))
  const { default: copy } = await import(pathToFileURL(join(folder, 'dist/lib/index.js')).href) as { default: typeof pgwidgets }
  await t.rejects(async () => { await bare(t).register(copy, { prefix: '/panel', onConnect () {} }) },
    { code: 'PGW_ERR_CLIENT_MISSING', message: /not built .*npm run build/ })
})

/** Builds the library unless what is built is newer than its sources. */
async function builtLibrary (): Promise<void> {
  const built = join(root, 'dist/lib/index.js')
  const sources = readdirSync(join(root, 'lib'), { recursive: true, withFileTypes: true }).filter(entry => entry.isFile())
  const newest = Math.max(...sources.map(entry => statSync(join(entry.parentPath, entry.name)).mtimeMs))
  if (existsSync(built) && statSync(built).mtimeMs > newest) return
  // What tap has its own processes import would keep the compiler from starting.
  await run('env', ['-u', 'NODE_OPTIONS', 'npm', 'run', 'build:lib'], { cwd: root })
}
