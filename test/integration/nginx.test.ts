/** Behind Debian's nginx: no TLS, a path prefix that it strips, and a short patience with idle lines. */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { PgwidgetsOptions } from '../../lib/index.ts'
import { launch } from '../chromium/support.ts'
import { bare, until } from '../support/app.ts'
import type { Logs } from '../support/logs.ts'
import { counter, newPage, onlySession, serve, upgrade } from './support.ts'

const executable = [process.env.NGINX_PATH, '/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx'].find(path => path !== undefined && existsSync(path))

/** Seconds after which nginx cuts a line on which the server says nothing. */
const PATIENCE = 2

/** What nginx passes on of where the browser went. */
type Names = 'host' | 'forwarded' | 'neither'

const NAMES: Record<Names, string> = {
  host: 'proxy_set_header Host $http_host;',
  forwarded: 'proxy_set_header X-Forwarded-Host $http_host;',
  neither: ''
}

async function freePort (): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise(resolve => server.close(resolve))
  return port
}

function accepts (port: number): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => { socket.destroy(); resolve(true) })
    socket.on('error', () => resolve(false))
  })
}

/** Starts nginx before some servers, each under a prefix that it strips. Returns where it is. */
async function nginx (t: Test, upstreams: Record<string, { base: string, names: Names }>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'pgwidgets-nginx-'))
  const port = await freePort()
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(name => `${name}_temp_path ${folder}/${name};`).join(' ')
  const locations = Object.entries(upstreams).map(([prefix, { base, names }]) => `
    location ${prefix}/ {
      proxy_pass ${base}/;
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $connection_upgrade;
      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
      proxy_set_header X-Forwarded-Proto $scheme;
      ${NAMES[names]}
      proxy_read_timeout ${PATIENCE}s;
    }`).join('')
  writeFileSync(join(folder, 'nginx.conf'), `
daemon off;
worker_processes 1;
pid ${folder}/pid;
events {}
http {
  access_log off;
  ${temporary}
  map $http_upgrade $connection_upgrade { default upgrade; '' close; }
  server {
    listen 127.0.0.1:${port};
    ${locations}
  }
}
`)
  const child = spawn(executable ?? '', ['-p', folder, '-e', `${folder}/error.log`, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' })
  const ended = new Promise(resolve => child.once('exit', resolve))
  t.teardown(async () => {
    child.kill('SIGTERM')
    await ended
    rmSync(folder, { recursive: true, force: true })
  })
  await until(() => accepts(port), 'nginx takes connections')
  return `http://127.0.0.1:${port}`
}

/** A service with a panel that counts. */
async function panel (t: Test, options: PgwidgetsOptions = {}, server: FastifyServerOptions = {}): Promise<{ app: FastifyInstance & { logs: Logs }, base: string }> {
  const app = bare(t, server)
  await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect: counter, ...options })
  return { app, base: await serve(app) }
}

t.test('behind nginx', { timeout: 120_000 }, async t => {
  if (executable === undefined) {
    const reason = 'NO NGINX FOUND: install Debian\'s nginx-light or set NGINX_PATH; nothing was tested behind a proxy'
    if (process.env.CI) t.fail(reason)
    else t.pass('behind nginx', { skip: reason })
    return
  }

  t.test('an upgrade is let in where the service knows the name that the browser used', async t => {
    const [byHost, byForwarded, distrusting, unnamed, listed] = [
      await panel(t), await panel(t, {}, { trustProxy: '127.0.0.1' }), await panel(t), await panel(t, {}, { trustProxy: true }), await panel(t, { allowedOrigins: ['http://tools.example'] })
    ]
    const proxy = await nginx(t, {
      '/by-host': { base: byHost.base, names: 'host' },
      '/by-forwarded': { base: byForwarded.base, names: 'forwarded' },
      '/distrusting': { base: distrusting.base, names: 'forwarded' },
      '/unnamed': { base: unnamed.base, names: 'neither' },
      '/listed': { base: listed.base, names: 'neither' }
    })
    t.equal((await upgrade(`${proxy}/by-host/panel`, { origin: proxy })).status, 101, 'Host is passed on')
    t.equal((await upgrade(`${proxy}/by-forwarded/panel`, { origin: proxy })).status, 101, 'X-Forwarded-Host, and trustProxy')
    t.equal((await upgrade(`${proxy}/distrusting/panel`, { origin: proxy })).status, 403, 'X-Forwarded-Host from anybody is not believed')
    t.equal((await upgrade(`${proxy}/unnamed/panel`, { origin: proxy })).status, 403, 'no name at all')
    t.equal((await upgrade(`${proxy}/listed/panel`, { origin: 'http://tools.example' })).status, 101, 'or it is listed')
    for (const { app } of [distrusting, unnamed]) t.match(app.logs.text, /PGW_ERR_ORIGIN.*allowedOrigins/, 'the log says what to do')
    for (const prefix of ['by-host', 'by-forwarded']) t.equal((await upgrade(`${proxy}/${prefix}/panel`, { origin: 'http://evil.example' })).status, 403, 'others stay out')
  })

  t.test('in a real browser', async t => {
    const chromium = await launch(t)
    if (chromium === null) return

    t.test('page, files and socket work below a prefix that is stripped', async t => {
      const ips: string[] = []
      const { app, base } = await panel(t, { onReconstruct (_session, connection) { ips.push(connection.request.ip) } }, { trustProxy: '127.0.0.1' })
      const proxy = await nginx(t, { '/tools': { base, names: 'forwarded' } })
      const { page, problems } = await newPage(t, chromium)
      await page.goto(`${proxy}/tools/panel`)
      await page.getByRole('button', { name: 'Count' }).click()
      await page.getByText('1 clicks').waitFor()
      t.equal(onlySession(app).path, '/panel', 'the service does not know of the prefix')

      const link = onlySession(app).url(`${proxy}/tools`)
      const { page: second } = await newPage(t, chromium, { extraHTTPHeaders: { 'x-forwarded-for': '203.0.113.7' } })
      await second.goto(link)
      await second.getByText('1 clicks').waitFor()
      t.equal(app.pgwidgets.sessions.size, 1)
      t.same(ips, ['203.0.113.7'].slice(0, ips.length))
      t.same(problems, [])
      t.notMatch(app.logs.text, onlySession(app).token)
    })

    t.test('a page whose idle line is cut comes back to its session, and a heartbeat keeps one from being cut', async t => {
      const [idle, beating] = [await panel(t, { heartbeatInterval: 60_000 }), await panel(t, { heartbeatInterval: PATIENCE * 1000 / 4 })]
      const proxy = await nginx(t, { '/idle': { base: idle.base, names: 'host' }, '/beating': { base: beating.base, names: 'host' } })
      const { page: kept } = await newPage(t, chromium)
      await kept.goto(`${proxy}/beating/panel`)
      await kept.getByText('0 clicks').waitFor()
      const [stays] = onlySession(beating.app).connections

      const { page } = await newPage(t, chromium)
      await page.goto(`${proxy}/idle/panel`)
      await page.getByRole('button', { name: 'Count' }).click()
      await page.getByText('1 clicks').waitFor()
      const session = onlySession(idle.app)
      const [cut] = session.connections
      t.match(await idle.app.logs.wait('connection closed'), { code: 1006 }, 'nginx has cut it')
      await until(() => session.connections.some(connection => connection !== cut && connection.open), 'the page is back', 10_000)
      await page.getByRole('button', { name: 'Count' }).click()
      await page.getByText('2 clicks').waitFor()
      t.equal(idle.app.pgwidgets.sessions.size, 1)

      t.equal(onlySession(beating.app).connections[0], stays, 'the one with a heartbeat, which is older, was not cut')
      t.equal(stays?.open, true)
      t.same(beating.app.logs.of('connection closed'), [])
    })

    t.test('a page waits while nginx has nobody behind it', async t => {
      const first = await panel(t)
      const port = Number(new URL(first.base).port)
      const proxy = await nginx(t, { '/tools': { base: first.base, names: 'host' } })
      const { page } = await newPage(t, chromium)
      await page.goto(`${proxy}/tools/panel`)
      await page.getByText('0 clicks').waitFor()
      const bad = page.waitForResponse(response => response.status() === 502)
      await first.app.close()
      await bad
      const second = bare(t)
      await second.register(pgwidgets, { prefix: '/panel', onConnect: counter })
      await second.listen({ port, host: '127.0.0.1' })
      await until(() => [...second.pgwidgets.sessions].some(session => session.connections.length === 1), 'the page is back, to a new session', 20_000)
      await onlySession(second).settled()
      await page.getByRole('button', { name: 'Count' }).click()
      await page.getByText('1 clicks').waitFor()
    })
  })
})
