/**
 * A real Chromium, and a scripted server that plays the reference server: it serves the bundled page and says on the
 * WebSocket exactly what a test tells it to.
 */
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { WebSocketServer } from 'ws'
import type { WebSocket } from 'ws'
import { pageFor } from './pages.ts'

const CLIENT = fileURLToPath(new URL('../../dist/client', import.meta.url))
export const CSP = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'"

/** How long a frame may keep a test waiting, ms. */
const PATIENCE = 5000

/** A JSON message of the server. */
export type Request = Record<string, unknown>

/** A JSON message of the browser. */
export interface Frame {
  readonly type: string
  readonly id?: number
  readonly wid?: number
  readonly next_wid?: number
  readonly action?: string
  readonly args?: readonly unknown[]
  readonly value?: unknown
  readonly error?: string
  readonly width?: number
}

/** How long the tests of a file may take altogether, ms: each opens a page of its own. */
const FILE_TIMEOUT = 180_000

/** The Chromium at hand. One without a user interface of its own takes half the processor time. */
export const executablePath = process.env.CHROMIUM_PATH ??
  ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome'].map(name => `/usr/bin/${name}`).find(existsSync)

/**
 * Starts Chromium for all tests of a file. Where there is none, the file is skipped with a word, and on CI it fails:
 * returns null then.
 */
export async function launch (t: Test): Promise<Browser | null> {
  if (executablePath === undefined || !existsSync(executablePath)) {
    const reason = 'NO CHROMIUM FOUND: install Debian\'s chromium-headless-shell or chromium, or set CHROMIUM_PATH; the page was not tested'
    if (process.env.CI) t.fail(reason)
    else t.pass('the page in Chromium', { skip: reason })
    return null
  }
  t.setTimeout(FILE_TIMEOUT)
  const browser = await startChromium()
  t.teardown(() => browser.close())
  return browser
}

/** Starts Chromium. */
export function startChromium (): Promise<Browser> {
  return chromium.launch({
    ...(executablePath !== undefined && { executablePath }),
    args: [
      '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
      '--disable-background-networking', '--disable-component-update', '--disable-sync'
    ]
  })
}

/** The server's end of one WebSocket. */
export class Peer {
  /** Text frames that no test has taken yet, parsed. */
  readonly frames: Array<Frame | Frame[]> = []
  /** Chunks of files, each header with its bytes. */
  readonly chunks: Array<{ readonly header: Frame, readonly bytes: Buffer }> = []
  /** Path and query of the upgrade. */
  readonly url: string
  readonly #socket: WebSocket
  readonly #waiting = new Set<() => void>()
  #id = 0
  /** Of the bytes that come next. */
  #header: Frame | null = null

  constructor (socket: WebSocket, url: string) {
    this.#socket = socket
    this.url = url
    socket.on('message', (data, binary) => {
      if (binary) {
        this.chunks.push({ header: this.#header as Frame, bytes: data as Buffer })
        for (const look of [...this.#waiting]) look()
        return
      }
      const frame = JSON.parse(String(data)) as Frame | Frame[]
      if (!Array.isArray(frame) && frame.type === 'binary-chunk' && frame.error === undefined) {
        this.#header = frame
        return
      }
      this.frames.push(frame)
      for (const look of [...this.#waiting]) look()
    })
  }

  send (frame: unknown): void { this.#socket.send(typeof frame === 'string' ? frame : JSON.stringify(frame)) }

  sendBytes (bytes: Uint8Array): void { this.#socket.send(bytes) }

  close (code: number, reason = ''): void { this.#socket.close(code, reason) }

  /** Closes without a code: browsers see 1005. */
  closeBare (): void { this.#socket.close() }

  /** Cuts the line: browsers see 1006. */
  cut (): void { this.#socket.terminate() }

  /** Stops reading, so that what the browser sends piles up at its end. */
  pause (): void { this.#socket.pause() }

  resume (): void { this.#socket.resume() }

  /** Waits until so many chunks of files have come. */
  async received (count: number): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (this.chunks.length < count) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        resolve()
      }
      const timer = setTimeout(() => reject(new Error(`${this.chunks.length} of ${count} chunks came`)), PATIENCE)
      this.#waiting.add(look)
      look()
    })
  }

  /** Takes the first message that fits, or waits for one. */
  async take (fits: (frame: Frame) => boolean, what = 'a frame'): Promise<Frame> {
    return await this.#take((frame): frame is Frame => !Array.isArray(frame) && fits(frame), what)
  }

  /** Takes the first array of messages, or waits for one. */
  async takeArray (): Promise<Frame[]> {
    return await this.#take((frame): frame is Frame[] => Array.isArray(frame), 'an array')
  }

  /** Sends a request and takes its answer. */
  async ask (request: Request): Promise<Frame> {
    const id = ++this.#id
    this.send({ ...request, id })
    return await this.take(({ id: answered }) => answered === id, `the answer to ${JSON.stringify(request)}`)
  }

  /** Sends requests as one array and takes the array that answers them. */
  async askAll (...requests: Request[]): Promise<Frame[]> {
    this.send(requests.map(request => ({ ...request, id: ++this.#id })))
    return await this.takeArray()
  }

  async create (wid: number, className: string, ...args: unknown[]): Promise<Frame> {
    return await this.#done({ type: 'create', wid, class: className, args })
  }

  async call (wid: number, method: string, ...args: unknown[]): Promise<Frame> {
    return await this.#done({ type: 'call', wid, method, args })
  }

  async listen (wid: number, ...actions: string[]): Promise<void> {
    for (const action of actions) await this.#done({ type: 'listen', wid, action })
  }

  /** Makes a call that is to fail, and returns the message. */
  async refused (wid: number, method: string, ...args: unknown[]): Promise<string> {
    const { type, error } = await this.ask({ type: 'call', wid, method, args })
    if (type !== 'error' || error === undefined) throw new Error(`${method} of ${wid} does not fail`)
    return error
  }

  async callback (wid: number, action: string): Promise<Frame & { args: readonly unknown[] }> {
    const callback = await this.take(frame => frame.type === 'callback' && frame.wid === wid && frame.action === action, `${action} of ${wid}`)
    return { ...callback, args: callback.args ?? [] }
  }

  /** Callbacks that have come and were not taken. A question in between makes sure that all have. */
  async callbacks (): Promise<Frame[]> {
    await this.ask({ type: 'batch', calls: [] })
    return this.frames.flat().filter(({ type }) => type === 'callback')
  }

  /** Plays the handshake. Returns the browser's answer to `init`. */
  async greet (session: string | number = 1, token = 'secret'): Promise<Frame> {
    this.send({ type: 'init', id: 0 })
    const answer = await this.take(({ id }) => id === 0, 'the answer to init')
    this.send({ type: 'session-info', session_id: session, token })
    await this.take(({ type }) => type === 'viewport', 'the viewport')
    return answer
  }

  /** Replays a tree, in one array between its brackets. */
  async replay (nextWid: number, ...requests: Request[]): Promise<Frame[]> {
    return await this.askAll({ type: 'reconstruct-start', next_wid: nextWid }, ...requests, { type: 'reconstruct-end' })
  }

  /** Asks for what is to be done: a page that cannot do it has failed the test, whatever comes after. */
  async #done (request: Request): Promise<Frame> {
    const answer = await this.ask(request)
    if (answer.type === 'error') throw new Error(`${JSON.stringify(request)} is answered by "${answer.error}"`)
    return answer
  }

  async #take<T extends Frame | Frame[]> (fits: (frame: Frame | Frame[]) => frame is T, what: string): Promise<T> {
    return await new Promise((resolve, reject) => {
      const look = (): void => {
        const found = this.frames.find(fits)
        if (found === undefined) return
        clearTimeout(timer)
        this.#waiting.delete(look)
        this.frames.splice(this.frames.indexOf(found), 1)
        resolve(found)
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`${what} did not come; there is ${JSON.stringify(this.frames)}`))
      }, PATIENCE)
      this.#waiting.add(look)
      look()
    })
  }
}

/** What a test may change of the server's behaviour. */
export interface Behaviour {
  /** Answers a request for the page, or for what only a test knows, in its own way; false has the page served. */
  page? (request: IncomingMessage, response: ServerResponse): boolean
  /** HTTP status that refuses upgrades. */
  refuse?: number
  /** Attributes of the page's body. */
  body?: string
}

const types: Readonly<Record<string, string>> = { '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.map': 'application/json' }

export class ScriptedServer {
  readonly behaviour: Behaviour
  readonly #http: Server
  readonly #sockets = new WebSocketServer({ noServer: true })
  readonly #peers: Peer[] = []
  readonly #waiting: Array<(peer: Peer) => void> = []

  private constructor (behaviour: Behaviour) {
    this.behaviour = behaviour
    this.#http = createServer((request, response) => this.#serve(request, response))
    this.#http.on('upgrade', (request, socket, head) => {
      if (this.behaviour.refuse !== undefined) {
        socket.end(`HTTP/1.1 ${this.behaviour.refuse} Refused\r\nconnection: close\r\n\r\n`)
        return
      }
      this.#sockets.handleUpgrade(request, socket, head, webSocket => {
        const peer = new Peer(webSocket, request.url ?? '')
        const next = this.#waiting.shift()
        if (next === undefined) this.#peers.push(peer)
        else next(peer)
      })
    })
  }

  static async start (t: Pick<Test, 'teardown'>, behaviour: Behaviour = {}): Promise<ScriptedServer> {
    const server = new ScriptedServer(behaviour)
    await new Promise<void>(resolve => server.#http.listen(0, '127.0.0.1', resolve))
    t.teardown(() => server.#stop())
    return server
  }

  get url (): string { return `http://127.0.0.1:${(this.#http.address() as AddressInfo).port}/panel` }

  /** The next browser that connects. */
  async connection (): Promise<Peer> {
    const peer = this.#peers.shift()
    if (peer !== undefined) return peer
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('No browser connected')), 3 * PATIENCE)
      this.#waiting.push(next => {
        clearTimeout(timer)
        resolve(next)
      })
    })
  }

  #serve (request: IncomingMessage, response: ServerResponse): void {
    const { pathname } = new URL(request.url ?? '/', this.url)
    if (pathname.startsWith('/client/')) {
      const name = basename(pathname)
      const file = join(CLIENT, name)
      if (existsSync(file)) response.writeHead(200, { 'content-type': `${types[extname(name)]}; charset=utf-8` }).end(readFileSync(file))
      else response.writeHead(404).end()
    } else if (pathname === '/favicon.ico') {
      response.writeHead(204).end()
    } else if (this.behaviour.page?.(request, response) !== true) {
      const { script, style } = JSON.parse(readFileSync(join(CLIENT, 'manifest.json'), 'utf8')) as { script: string, style: string }
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CSP })
      response.end(`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Panel</title>
<link rel="stylesheet" href="/client/${style}">
<script type="module" src="/client/${script}"></script>
</head>
<body ${this.behaviour.body ?? ''}></body>
</html>`)
    }
  }

  #stop (): void {
    for (const client of this.#sockets.clients) client.terminate()
    this.#http.close()
    this.#http.closeAllConnections()
  }
}

export interface Opened { context: BrowserContext, page: Page, server: ScriptedServer, peer: Peer }

/** Opens the page at a server of its own and plays the handshake. An exception or a breach of the CSP fails the test. */
export async function open (t: Test, browser: Browser, options: BrowserContextOptions = {}, behaviour: Behaviour = {}, before?: () => void): Promise<Opened> {
  const server = await ScriptedServer.start(t, behaviour)
  const page = await pageFor(t, browser, options)
  if (before !== undefined) await page.addInitScript(before)
  page.on('pageerror', error => t.fail(`the page threw ${error.message}`))
  page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) t.fail(message.text()) })
  await page.goto(server.url)
  const peer = await server.connection()
  await peer.greet()
  return { context: page.context(), page, server, peer }
}
