/** A WebSocket without a port, whose line is over at both ends when it is over at one. */
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from '@fastify/websocket'

type InjectWS = (path: string, context: object, options: { onInit (socket: WebSocket): void }) => Promise<WebSocket>

/**
 * Connects; resolves when the upgrade is done.
 * @param context - What the request of the upgrade has besides the path.
 * @param onInit - Given the socket before the server says anything.
 * @throws Error where the application has no WebSockets, or refuses the upgrade.
 */
export async function inject (app: FastifyInstance, path: string, context: object, onInit: (socket: WebSocket) => void): Promise<void> {
  await app.ready()
  const { injectWS } = app as unknown as { injectWS?: InjectWS }
  if (injectWS === undefined) throw new Error('the application has no WebSockets; register fastify-pgwidgets first')
  const mark = Symbol('inject')
  let serverEnd: Duplex | undefined
  const onUpgrade = (request: object, stream: Duplex): void => { if (mark in request) serverEnd = stream }
  app.server.on('upgrade', onUpgrade)
  try {
    await injectWS(path, { ...context, [mark]: true }, {
      onInit: socket => {
        // A pair of streams does not close at one end because the other has; sockets do. The server would wait for it.
        socket.once('close', () => serverEnd?.destroy())
        onInit(socket)
      }
    })
  } catch (error) {
    throw new Error(`the upgrade of ${path} was refused: ${(error as Error).message}`, { cause: error })
  } finally {
    app.server.off('upgrade', onUpgrade)
  }
}
