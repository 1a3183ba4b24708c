import fastifyStatic from '@fastify/static'
import websocket from '@fastify/websocket'
import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify'
import fp from 'fastify-plugin'
import { InvalidOptionError } from './errors.ts'
import type { Fonts } from './plugin/fonts.ts'
import { HOOK_NAMES, checkHook } from './plugin/hooks.ts'
import type { HookName, Hooks } from './plugin/hooks.ts'
import { Hub } from './plugin/hub.ts'
import { ROUTE_OPTIONS, checkOptions, limitsOf, refuseUnknown } from './plugin/options.ts'
import type { PgwidgetsOptions } from './plugin/options.ts'
import { clientFiles } from './plugin/page.ts'
import { addRoute, sessionPath } from './plugin/routes.ts'
import type { PgwidgetsRouteOptions, RouteContext } from './plugin/routes.ts'
import { UpgradeGuard } from './plugin/upgrade-guard.ts'
import type { Session } from './session/session.ts'
import type { SessionSnapshot } from './session/snapshot.ts'
import type { SessionStore } from './store/store.ts'

/** `app.pgwidgets`: bound to the Fastify instance that it is read from. */
export interface Pgwidgets {
  /**
   * Adds a URL with a user interface of its own.
   * @param options - `url`, any option of a Fastify route, and hooks. `route<Data>()` types `session.data`.
   * @throws PGW_ERR_INVALID_OPTION
   * @throws PGW_ERR_INVALID_HOOK
   */
  route<Data = unknown> (options: PgwidgetsRouteOptions<Data>): void
  /**
   * Adds a hook for the routes of this instance and of its children. Hooks of the application run before a route's own.
   * @throws PGW_ERR_INVALID_HOOK
   */
  addHook<Name extends HookName> (name: Name, hook: NonNullable<Hooks[Name]>): void
  /**
   * Makes a session that no browser has opened: build its user interface, then hand out `session.url()`.
   * @throws PGW_ERR_CLOSING
   * @throws PGW_ERR_TOO_MANY_SESSIONS
   * @throws PGW_ERR_TOO_MANY_OWN_SESSIONS
   * @throws PGW_ERR_SNAPSHOT
   */
  createSession<Data = unknown> (options?: CreateSessionOptions<Data>): Session<Data>
  /** Fonts that the service brings along, and the default font. They hold for the whole server. */
  readonly fonts: Fonts
  /** The sessions of the server. */
  readonly sessions: SessionStore
  /** Shows a user's browsers out, as at sign-out; returns how many there were. The sessions stay. */
  disconnect (who: { readonly identity: string }): number
}

/** Options of `createSession()`. */
export interface CreateSessionOptions<Data = unknown> {
  /** Concrete path that the session belongs to, e.g. `/machines/7`. Default: the plugin's own route. */
  url?: string
  /** Initial value of `session.data`. */
  data?: Data
  /** The user whose session it is, as the route's `identify` says. Default: that of the snapshot, else whoever has the token. */
  identity?: string
  /** What `session.snapshot()` of another session returned: the tree is made from it. */
  snapshot?: SessionSnapshot
}

declare module 'fastify' {
  interface FastifyInstance {
    /** Remote widget sessions. */
    readonly pgwidgets: Pgwidgets
  }
}

const kContext = Symbol('pgwidgets.context')

interface Context extends RouteContext { readonly path: string }

const plugin: FastifyPluginAsync<PgwidgetsOptions> = async (app, options) => {
  refuseUnknown(options)
  checkOptions(options)
  const limits = limitsOf(options)
  for (const name of HOOK_NAMES) if (options[name] !== undefined) checkHook(name, options[name])
  const prefix = (options.prefix ?? '').replace(/\/$/, '')
  const shared = (app as unknown as Record<symbol, Context | undefined>)[kContext]
  const context = shared ?? await start(app, options, prefix, limits)
  if (shared !== undefined) refuseLimits(options)
  if (options.onConnect !== undefined) {
    const given = [...HOOK_NAMES, ...ROUTE_OPTIONS].map(name => [name, options[name]] as const)
    addRoute(app, context, {
      url: prefix === '' ? '/' : prefix,
      ...Object.fromEntries(given.filter(([, value]) => value !== undefined))
    })
  } else {
    // Without a URL of its own, the plugin's hooks are those of all routes of the instance.
    for (const name of HOOK_NAMES) if (options[name] !== undefined) context.hub.hooks.add(app, name, options[name])
  }
}

/** What goes wrong on a socket: a browser's own faults are no errors of the service, and must not fill its log of errors. */
function socketError (error: Error, socket: { terminate (): void }, request: FastifyRequest): void {
  const { code } = error as { code?: string }
  request.log[code?.startsWith('WS_ERR_') === true || code === 'ECONNRESET' ? 'info' : 'error']({ err: error }, 'websocket error')
  socket.terminate()
}

/** The first registration on a server: everything that later ones share. */
async function start (app: FastifyInstance, options: PgwidgetsOptions, prefix: string, limits: ReturnType<typeof limitsOf>): Promise<Context> {
  const files = clientFiles()
  const client = `${prefix === '' && options.onConnect === undefined ? '/pgwidgets' : prefix}/client/`
  const fonts = `${client}fonts/`
  const hub = new Hub(limits, app.log, app.prefix + fonts)
  const guard = new UpgradeGuard(app.server, limits.handshakeTimeout, app.log)
  // Before @fastify/websocket adds its own, which closes sockets without a code.
  app.addHook('preClose', async () => {
    hub.closeConnections()
    guard.close()
  })
  app.addHook('onClose', async () => hub.close())
  if (!app.hasDecorator('websocketServer')) {
    // closeTimeout is an option of ws that its typings do not know yet.
    const options: Record<string, number> = { maxPayload: limits.maxFrameBytes, closeTimeout: limits.closeTimeout }
    await app.register(websocket, { options, errorHandler: socketError })
  } else if ((app.websocketServer.options.maxPayload ?? Infinity) > limits.maxFrameBytes) {
    app.log.warn({ code: 'PGW_ERR_MAX_PAYLOAD', maxPayload: app.websocketServer.options.maxPayload, maxFrameBytes: limits.maxFrameBytes },
      '@fastify/websocket was registered with a maxPayload above maxFrameBytes: larger frames are read into memory before they are refused')
  }
  // In a scope of its own, so that a host's registration of the same plugin is not in the way.
  await app.register(async scope => {
    hub.fonts.serve(scope, fonts)
    await scope.register(fastifyStatic, {
      root: files.root,
      prefix: client,
      decorateReply: false,
      index: false,
      immutable: true,
      maxAge: '1y',
      schemaHide: true,
      cacheControl: true,
      // Names change with content, and nobody asks for a part of a script.
      lastModified: false,
      acceptRanges: false,
      preCompressed: true,
      setHeaders (response) { response.setHeader('vary', 'accept-encoding') }
    })
  })
  const context: Context = { hub, files, assets: app.prefix + client, defaults: options, path: app.prefix + (prefix === '' ? '/' : prefix) }
  app.decorate(kContext as unknown as string, context)
  app.decorate('pgwidgets', { getter (this: FastifyInstance) { return facade(this, context) } } as never)
  return context
}

const facades = new WeakMap<FastifyInstance, Pgwidgets>()

function facade (instance: FastifyInstance, context: Context): Pgwidgets {
  const known = facades.get(instance)
  if (known !== undefined) return known
  const { hub } = context
  const made: Pgwidgets = {
    route: options => addRoute(instance, context, options as unknown as PgwidgetsRouteOptions<never>),
    addHook: (name, hook) => hub.hooks.add(instance, name, hook),
    createSession: ({ url, data, snapshot, identity } = {}) =>
      hub.createSession(sessionPath(url ?? context.path), { instance, hooks: {}, headless: true }, { data, snapshot, identity }) as never,
    fonts: hub.fonts,
    sessions: hub.sessions,
    disconnect: ({ identity }) => hub.disconnect(identity)
  }
  facades.set(instance, made)
  return made
}

function refuseLimits (options: PgwidgetsOptions): void {
  const given = Object.keys(limitsOf({})).find(name => options[name as keyof PgwidgetsOptions] !== undefined)
  if (given !== undefined) throw new InvalidOptionError(given, 'belongs to the first registration of the plugin; limits hold for the whole server')
}

/** Hosts remote widget sessions. Register it at the root, after @fastify/websocket if the application has that of its own. */
export const fastifyPgwidgets = fp(plugin, { name: 'fastify-pgwidgets', fastify: '5.x' })

export default fastifyPgwidgets
export { fastifyPgwidgets as 'module.exports' }
export * as errors from './errors.ts'
export { redactTokens } from './plugin/redact.ts'
export { CloseCode } from './protocol/close-codes.ts'
export { Session } from './session/session.ts'
export { Connection } from './connection/connection.ts'
export { SessionStore } from './store/store.ts'
export type { SessionSnapshot, WidgetSnapshot } from './session/snapshot.ts'
export type { PgwidgetsOptions } from './plugin/options.ts'
export type { PgwidgetsRouteOptions } from './plugin/routes.ts'
export { Fonts } from './plugin/fonts.ts'
export type { DefaultFont, FontSource, FontStyle, FontWeight, RegisteredFont } from './plugin/fonts.ts'
export type { Identify, Identity } from './plugin/identity.ts'
export type { Grant, GrantInfo } from './session/session.ts'
export type { GrantOptions, Role } from './session/grants.ts'
export type { Outcome, Telemetry, Traces } from './telemetry.ts'
export type { DisconnectInfo, ErrorInfo, Hooks, HookName, ReconstructInfo, SyncChange } from './plugin/hooks.ts'
export type * from '../types/widgets.ts'
