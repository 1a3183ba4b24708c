/** A TCP proxy that does to lines what networks do: stall, cut, slow down, and leave half-open. */
import { once } from 'node:events'
import { createServer, connect } from 'node:net'
import type { AddressInfo, Server, Socket } from 'node:net'
import type { Test } from 'tap'
import { tcp } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'

/** One connection through the proxy. */
export class Line {
  readonly #client: Socket
  readonly #server: Socket
  #stalled = false
  #dead = false
  #bytesPerSecond = Infinity
  /** Bytes that went to the client. */
  bytes = 0

  constructor (client: Socket, server: Socket) {
    this.#client = client
    this.#server = server
    for (const socket of [client, server]) {
      socket.setNoDelay(true)
      socket.on('error', () => this.cut())
    }
    client.on('data', data => { if (!this.#dead) server.write(data) })
    server.on('data', data => this.#towardsClient(data))
    client.on('close', () => { if (!this.#dead) server.destroy() })
    server.on('close', () => { if (!this.#dead) client.destroy() })
    client.on('end', () => { if (!this.#dead) server.end() })
    server.on('end', () => { if (!this.#dead) client.end() })
  }

  /** Nothing more comes to the client, as where it does not read: what the server sends piles up at the server. */
  stall (): void {
    this.#stalled = true
    this.#server.pause()
  }

  /** Ends `stall()`. */
  wake (): void {
    this.#stalled = false
    this.#server.resume()
  }

  /** So many bytes a second towards the client. */
  slow (bytesPerSecond: number): void { this.#bytesPerSecond = bytesPerSecond }

  /** Both ends see the line drop. */
  cut (): void {
    this.#client.destroy()
    this.#server.destroy()
  }

  /** As behind a pulled cable: nothing passes any more, and neither end is told. */
  halfOpen (): void { this.#dead = true }

  #towardsClient (data: Buffer): void {
    if (this.#dead) return
    this.bytes += data.byteLength
    const free = this.#client.write(data)
    const pause = this.#bytesPerSecond === Infinity ? 0 : data.byteLength / this.#bytesPerSecond * 1000
    if (free && pause === 0) return
    // What the client does not take must pile up at the server, not here.
    this.#server.pause()
    const goOn = (): void => { if (!this.#stalled) this.#server.resume() }
    if (pause > 0) setTimeout(goOn, pause)
    else this.#client.once('drain', goOn)
  }
}

export class Proxy {
  readonly lines: Line[] = []
  readonly #server: Server
  readonly #byPort = new Map<number, Line>()

  private constructor (server: Server) { this.#server = server }

  /** Starts one before a server; ends with the test. `target` is asked anew for each line. */
  static async start (t: Test, target: () => number): Promise<Proxy> {
    const server = createServer({ pauseOnConnect: true })
    const proxy = new Proxy(server)
    server.on('connection', client => {
      const line = new Line(client, connect({ port: target(), host: '127.0.0.1', highWaterMark: 16 * 1024 } as { port: number, host: string }))
      proxy.lines.push(line)
      proxy.#byPort.set(client.remotePort ?? 0, line)
      client.resume()
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    t.teardown(() => {
      for (const line of proxy.lines) line.cut()
      server.close()
    })
    return proxy
  }

  get url (): string { return `ws://127.0.0.1:${(this.#server.address() as AddressInfo).port}` }

  /** The line of a browser. */
  of (browser: Browser): Line {
    const line = this.#byPort.get(tcp(browser).localPort ?? 0)
    if (line === undefined) throw new Error('the browser did not come through the proxy')
    return line
  }

  /** Cuts all lines at once. */
  cutAll (): void { for (const line of this.lines.splice(0)) line.cut() }
}
