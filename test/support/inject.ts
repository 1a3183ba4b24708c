/** A WebSocket without a port, whose line is over at both ends when it is over at one. */
import type { Duplex } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import type { WebSocket } from 'ws'

/**
 * Connects by `injectWS`; resolves when the upgrade is done.
 * @param context - What the request of the upgrade has besides the path.
 * @param onInit - Given the socket before the server says anything.
 */
export async function inject (app: FastifyInstance, path: string, context: object, onInit: (socket: WebSocket) => void): Promise<void> {
  await app.ready()
  const mark = Symbol('inject')
  let serverEnd: Duplex | undefined
  const onUpgrade = (request: object, stream: Duplex): void => { if (mark in request) serverEnd = stream }
  app.server.on('upgrade', onUpgrade)
  try {
    await app.injectWS(path, { ...context, [mark]: true } as never, {
      onInit: socket => {
        // A pair of streams does not close at one end because the other has; sockets do. The server would wait for it.
        socket.once('close', () => serverEnd?.destroy())
        onInit(socket as unknown as WebSocket)
      }
    })
  } finally {
    app.server.off('upgrade', onUpgrade)
  }
}
