/** One URL is one route: GET serves the page, an upgrade of the same URL opens the session. */
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions, preValidationHookHandler } from 'fastify'
import type { WebSocket } from '@fastify/websocket'
import { FullError, InvalidOptionError, OriginError } from '../errors.ts'
import type { Socket } from '../connection/socket.ts'
import { HOOK_NAMES, checkHook } from './hooks.ts'
import type { Hooks } from './hooks.ts'
import type { Hub } from './hub.ts'
import { identifying, pathOf } from './identity.ts'
import type { RefusedRequest } from './identity.ts'
import { ROUTE_OPTIONS, checkOptions } from './options.ts'
import type { PgwidgetsOptions } from './options.ts'
import { pageHeaders, pageHtml, relativePath } from './page.ts'
import type { ClientFiles } from './page.ts'
import { redactingSerializers } from './redact.ts'

/** Options of a route: those of Fastify's, the page's, and hooks. */
export interface PgwidgetsRouteOptions<Data = unknown> extends
  Omit<RouteOptions, 'method' | 'handler' | 'wsHandler' | 'websocket'>, Hooks<Data>,
  Pick<PgwidgetsOptions, typeof ROUTE_OPTIONS[number]> {
  /** Initial value of `session.data`, made anew for each session. */
  data?: (request: FastifyRequest) => Data
}

/** What routes share. */
export interface RouteContext {
  readonly hub: Hub
  readonly files: ClientFiles
  /** Absolute path of the client files, with a slash at the end. */
  readonly assets: string
  readonly defaults: PgwidgetsOptions
}

const OWN = new Set<string>([...HOOK_NAMES, ...ROUTE_OPTIONS, 'data'])

/** Seconds after which a browser may ask again for a page that there was no room for. */
const RETRY_AFTER = '10'

/** Registers a route. @throws PGW_ERR_INVALID_OPTION @throws PGW_ERR_INVALID_HOOK */
export function addRoute (instance: FastifyInstance, context: RouteContext, options: PgwidgetsRouteOptions<never>): void {
  if (typeof options?.url !== 'string') throw new InvalidOptionError('url', 'of a route must be a string, e.g. /machines/:id')
  const { hub, files, assets, defaults } = context
  const settings: PgwidgetsOptions = { ...pick(defaults, ROUTE_OPTIONS), ...pick(options, [...OWN]) }
  checkOptions(settings)
  const hooks = pick(options, HOOK_NAMES) as Hooks<never>
  for (const [name, hook] of Object.entries(hooks)) checkHook(name, hook)
  const headers = pageHeaders(settings)
  const allowed = new Set(settings.allowedOrigins)
  const fastifyOptions = Object.fromEntries(Object.entries(options).filter(([key]) => !OWN.has(key))) as unknown as RouteOptions

  instance.route({
    ...fastifyOptions,
    method: 'GET',
    // Links may carry credentials in the query: they must not get into the log of requests.
    logSerializers: redactingSerializers(instance, fastifyOptions.logSerializers as Record<string, (value: unknown) => unknown> | undefined),
    schema: { hide: true, ...fastifyOptions.schema },
    // In preValidation, where a refusal closes the socket; one in an onRequest hook may leave it open.
    preValidation: [checkOrigin(allowed, hub.refusedRequest), ...handlers(fastifyOptions.preValidation)],
    // After the route's own, which may be what signs somebody in.
    preHandler: [...handlers(fastifyOptions.preHandler), ...(settings.identify === undefined ? [] : [identifying(settings.identify, hub.refusedRequest)])],
    handler (request: FastifyRequest, reply: FastifyReply) {
      if (hub.sessions.full) {
        hub.full(pathOf(request))
        reply.header('retry-after', RETRY_AFTER)
        throw new FullError()
      }
      return reply.headers(headers).send(pageHtml(settings, files, relativePath(pathOf(request), assets)))
    },
    wsHandler (socket: WebSocket, request: FastifyRequest) {
      hub.connect(socket as unknown as Socket, request, sessionPath(pathOf(request)), {
        instance, hooks, identifies: settings.identify !== undefined, ...(options.data !== undefined && { data: options.data })
      })
    }
  } as unknown as RouteOptions)
}

/** Pages of other origins may not open a socket: browsers send cookies along with an upgrade from anywhere. */
function checkOrigin (allowed: ReadonlySet<string>, refused: RefusedRequest): preValidationHookHandler {
  return (request, _reply, done) => {
    const { origin } = request.headers
    if (request.ws !== true || origin === undefined || allowed.has(origin) || isHost(origin, request)) return done()
    refused('origin', 403, request)
    done(new OriginError(origin.slice(0, 200)))
  }
}

function isHost (origin: string, request: FastifyRequest): boolean {
  if (!URL.canParse(origin)) return false
  const { host, protocol } = new URL(origin)
  if (protocol !== 'http:' && protocol !== 'https:') return false
  const own = `${protocol}//${request.host}`
  return URL.canParse(own) && new URL(own).host === host
}

/** The path that a session belongs to, spelled one way only. */
export function sessionPath (path: string): string {
  let decoded = path
  try { decoded = decodeURI(path) } catch { /* not decodable: compared as it is */ }
  return decoded.length > 1 ? decoded.replace(/\/+$/, '') : decoded
}

/** One hook or a list of them, as a list. */
function handlers<Handler> (own: Handler | Handler[] | undefined): Handler[] {
  if (own === undefined) return []
  return Array.isArray(own) ? own : [own]
}

function pick (from: object, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(from).filter(([key, value]) => keys.includes(key) && value !== undefined))
}
