/**
 * The browsers' side of all benchmarks, in a thread of its own: as many WebSockets as asked for, each parsing what
 * comes and answering what wants an answer, for the plugin and for the bare server alike.
 */
import { parentPort, Worker } from 'node:worker_threads'
import { WebSocket } from 'ws'

/** What the main thread asks for. */
type Order =
  | { readonly do: 'open', readonly url: string, readonly count: number, readonly session?: { id: string, token: string } }
  | { readonly do: 'ping-pong', readonly rounds: number, readonly frame: string }
  | { readonly do: 'broadcast', readonly rounds: number, readonly frames: readonly string[] }
  | { readonly do: 'reopen', readonly url: string, readonly session: { id: string, token: string } }
  | { readonly do: 'close' }

interface Reply { readonly seconds: number, readonly error?: string }

/** The thread, seen from the main one. */
export class Browsers {
  readonly #worker = new Worker(new URL('./browsers-thread.mjs', import.meta.url))

  order (order: Order): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#worker.once('message', ({ seconds, error }: Reply) => error === undefined ? resolve(seconds) : reject(new Error(error)))
      this.#worker.postMessage(order)
    })
  }

  close (): Promise<number> { return this.#worker.terminate() }
}

class Browser {
  readonly #socket: WebSocket
  readonly #session: { id: string, token: string } | undefined
  /** Called with each frame that is part of what is measured. */
  onFrame: () => void = () => {}
  #opened: () => void = () => {}
  readonly opened = new Promise<void>(resolve => { this.#opened = resolve })

  constructor (url: string, session?: { id: string, token: string }) {
    this.#session = session
    this.#socket = new WebSocket(url)
    this.#socket.on('message', data => this.#take(JSON.parse(String(data))))
    this.#socket.on('open', () => { if (url.endsWith('/bare')) this.#opened() })
  }

  send (frame: string): void { this.#socket.send(frame) }
  /** Resolves when the server has taken everything sent so far: it answers a ping after the frames before it. */
  drained (): Promise<void> {
    return new Promise(resolve => {
      this.#socket.once('pong', () => resolve())
      this.#socket.ping()
    })
  }

  close (): void { this.#socket.terminate() }

  #take (frame: unknown): void {
    const messages = Array.isArray(frame) ? frame : [frame]
    const [first] = messages as Array<{ type: string, id: number }>
    if (first?.type === 'init') {
      return this.send(JSON.stringify({ type: 'result', id: 0, ...(this.#session && { session_id: this.#session.id, token: this.#session.token }) }))
    }
    if (first?.type === 'session-info') return
    const answers = (messages as Array<{ id: number }>).map(({ id }) => ({ type: 'result', id }))
    this.send(JSON.stringify(Array.isArray(frame) ? answers : answers[0]))
    if ((messages as Array<{ type: string }>).some(({ type }) => type === 'reconstruct-end')) this.#opened()
    this.onFrame()
  }
}

let browsers: Browser[] = []

async function run (order: Order): Promise<number> {
  const start = performance.now()
  switch (order.do) {
    case 'open':
      browsers = Array.from({ length: order.count }, () => new Browser(order.url, order.session))
      await Promise.all(browsers.map(({ opened }) => opened))
      await Promise.all(browsers.map(browser => browser.drained()))
      break
    case 'ping-pong':
      await Promise.all(browsers.map(browser => new Promise<void>(resolve => {
        let left = order.rounds
        browser.onFrame = () => { if (--left === 0) resolve(); else browser.send(order.frame) }
        browser.send(order.frame)
      })))
      break
    case 'broadcast': {
      const [source, ...others] = browsers as [Browser, ...Browser[]]
      for (let round = 0; round < order.rounds; round++) {
        await new Promise<void>(resolve => {
          let left = others.length
          for (const other of others) other.onFrame = () => { if (--left === 0) resolve() }
          source.send(order.frames[round % order.frames.length] as string)
        })
      }
      break
    }
    case 'reopen': {
      const browser = new Browser(order.url, order.session)
      await browser.opened
      await browser.drained()
      browser.close()
      break
    }
    case 'close':
      for (const browser of browsers) browser.close()
      browsers = []
  }
  return (performance.now() - start) / 1000
}

parentPort?.on('message', (order: Order) => {
  run(order).then(seconds => parentPort?.postMessage({ seconds }), (error: Error) => parentPort?.postMessage({ seconds: 0, error: error.message }))
})
