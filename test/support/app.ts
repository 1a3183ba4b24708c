import type { AddressInfo, Socket } from 'node:net'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import type { Test } from 'tap'
import { WebSocket } from 'ws'
import type { ClientOptions } from 'ws'
import pgwidgets from '../../lib/index.ts'
import type { PgwidgetsOptions, Session } from '../../lib/index.ts'
import { Browser } from './browser.ts'
import './client.ts'
import { inject } from '../../lib/testing/inject.ts'
import type { Manners } from './browser.ts'
import { Logs } from './logs.ts'

/** A Fastify application without anything in it, closed at the end of the test. */
export function bare (t: Test, options: FastifyServerOptions = {}): FastifyInstance & { logs: Logs } {
  const logs = new Logs()
  const app = Fastify({ logger: { level: 'trace', stream: logs.stream }, ...options })
  // Without a port, nothing but the plugin's timers is left to wait for, and these keep no process alive.
  const alive = setInterval(() => {}, 60_000)
  t.teardown(async () => {
    await app.close()
    clearInterval(alive)
  })
  return Object.assign(app, { logs })
}

/** An application with the plugin in it. */
export async function build (t: Test, options: PgwidgetsOptions = { onConnect () {} }, server: FastifyServerOptions = {}): Promise<FastifyInstance & { logs: Logs }> {
  const app = bare(t, server)
  await app.register(pgwidgets, options)
  return app
}

/** What a browser sends along with its upgrade. */
export interface Upgrade extends Manners { readonly headers?: Record<string, string> }

/** Connects without a port; resolves when the upgrade is done, and loses no frame. */
export async function connect (app: FastifyInstance, path = '/', { headers = {}, ...manners }: Upgrade = {}): Promise<Browser> {
  let browser: Browser | undefined
  const context = { headers: { host: 'localhost', ...headers }, socket: { remoteAddress: '127.0.0.1' } }
  await inject(app, path, context, socket => { browser = new Browser(socket, manners) })
  return browser as Browser
}

/** Connects without a port and waits until the browser shows the session. */
export async function open (app: FastifyInstance, path = '/', upgrade: Upgrade = {}): Promise<Browser> {
  const browser = await connect(app, path, upgrade)
  await browser.ready()
  return browser
}

/** Listens on a free port and returns `ws://127.0.0.1:…`. */
export async function listen (app: FastifyInstance): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** Connects through a real socket; rejects with the status if the upgrade is refused. */
export function dial (url: string, { headers, ...manners }: Upgrade = {}, options: ClientOptions = {}): Promise<Browser> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { ...options, ...(headers && { headers }) })
    const browser = new Browser(socket, manners)
    socket.once('open', () => resolve(browser))
    socket.once('error', reject)
  })
}

/** The TCP socket below a browser's. */
export function tcp (browser: Browser): Socket { return (browser.socket as unknown as { _socket: Socket })._socket }

/** Sockets that a server holds. */
export function connectionCount (app: FastifyInstance): Promise<number> {
  return new Promise((resolve, reject) => app.server.getConnections((error, count) => error === null ? resolve(count) : reject(error)))
}

/** Resolves when `holds` does; looks again at each turn of the event loop. */
export async function until (holds: () => boolean | Promise<boolean>, what: string, patience = 5000): Promise<void> {
  const end = performance.now() + patience
  while (!await holds()) {
    if (performance.now() > end) throw new Error(`it did not come to this: ${what}`)
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** A promise and its handles. */
export function defer<Value = void> (): { promise: Promise<Value>, resolve: (value: Value) => void, reject: (error: unknown) => void } {
  let resolve!: (value: Value) => void
  let reject!: (error: unknown) => void
  const promise = new Promise<Value>((_resolve, _reject) => { resolve = _resolve; reject = _reject })
  return { promise, resolve, reject }
}

/** A session without a browser, and a way to get it one. */
export async function headless (t: Test, options: PgwidgetsOptions = {}): Promise<{
  app: FastifyInstance & { logs: Logs }
  session: Session
  W: ReturnType<Session['getWidgets']>
  /** A browser that shows the session, or another one of this application. */
  show: (manners?: Upgrade, of?: Session) => Promise<Browser>
}> {
  const app = await build(t, { onConnect () {}, ...options })
  await app.ready()
  const session = app.pgwidgets.createSession()
  return {
    app,
    session,
    W: session.getWidgets(),
    show: (manners = {}, { id, token } = session) => open(app, '/', { ...manners, credentials: { session_id: id, token } })
  }
}
