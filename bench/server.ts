import websocket from '@fastify/websocket'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import pgwidgets from 'fastify-pgwidgets'
import type { Session } from 'fastify-pgwidgets'
import type { WebSocket } from 'ws'

/** A server with the plugin at /panel, and bare WebSockets at /bare that `bare` takes over. */
export interface BenchServer { readonly app: FastifyInstance, readonly url: string, readonly bareUrl: string }

/** Starts one on a free port. */
export async function serve (onConnect: (session: Session) => void, bare: (socket: WebSocket) => void): Promise<BenchServer> {
  const app = Fastify()
  await app.register(websocket)
  await app.register(pgwidgets, { prefix: '/panel', maxUnanswered: 1_000_000, maxBrowsers: 1_000, framesPerSecond: 1e9, frameBurst: 1e9, onConnect: session => onConnect(session) })
  app.get('/bare', { websocket: true }, socket => bare(socket as unknown as WebSocket))
  const address = (await app.listen({ port: 0, host: '127.0.0.1' })).replace('http', 'ws')
  return { app, url: `${address}/panel`, bareUrl: `${address}/bare` }
}
