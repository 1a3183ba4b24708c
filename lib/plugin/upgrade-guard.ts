import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyBaseLogger } from 'fastify'

/**
 * Closes upgrade sockets that nobody took. @fastify/websocket leaves a socket open, for ever and in the way of
 * `app.close()`, where a hook registered before it answered, or where it is registered in a child and the path is
 * outside of that child.
 */
export class UpgradeGuard {
  readonly #pending = new Map<Socket, NodeJS.Timeout>()
  readonly #server: Server
  readonly #timeout: number
  readonly #log: FastifyBaseLogger

  constructor (server: Server, timeout: number, log: FastifyBaseLogger) {
    this.#server = server
    this.#timeout = timeout
    this.#log = log
    server.prependListener('upgrade', this.#watch)
  }

  /** Stops watching; closes what is still nobody's. */
  close (): void {
    this.#server.removeListener('upgrade', this.#watch)
    for (const [socket, timer] of this.#pending) {
      clearTimeout(timer)
      if (isNobodys(socket)) socket.destroy()
    }
    this.#pending.clear()
  }

  readonly #watch = (_request: unknown, stream: unknown): void => {
    const socket = stream as Socket
    const timer = setTimeout(() => {
      this.#pending.delete(socket)
      if (!isNobodys(socket)) return
      this.#log.warn({ timeout: this.#timeout }, 'an upgrade was answered by nobody, its socket is closed')
      socket.destroy()
    }, this.#timeout)
    timer.unref()
    this.#pending.set(socket, timer)
    socket.once('close', () => {
      clearTimeout(timer)
      this.#pending.delete(socket)
    })
  }
}

/** Whoever takes an upgraded socket, this plugin or any other, reads from it. */
function isNobodys (socket: Socket): boolean {
  return socket.listenerCount('data') === 0 && socket.listenerCount('readable') === 0
}
