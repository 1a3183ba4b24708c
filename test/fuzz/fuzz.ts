/** Frames against a live server, and the accounts of it. */
import { channel } from 'node:diagnostics_channel'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import Fastify from 'fastify'
import type { FastifyBaseLogger } from 'fastify'
import { WebSocket } from 'ws'
import pgwidgets from '../../lib/index.ts'
import type { Connection, Session } from '../../lib/index.ts'
import { DEFAULT_LIMITS } from '../../lib/plugin/options.ts'
import { Frames, messagesIn } from './frames.ts'
import { everything } from './values.ts'

/** What came of it. */
export interface Report {
  readonly frames: number
  readonly seconds: number
  readonly messages: number
  readonly taken: number
  readonly stale: number
  readonly watching: number
  readonly invalid: number
  readonly handlers: number
  /** Refused messages by reason, in words without numbers and names. */
  readonly reasons: ReadonlyMap<string, number>
  /** What does not add up. */
  readonly faults: readonly string[]
  readonly heap: readonly [before: number, after: number]
}

/** Frames between two looks at whether the server keeps up. */
const BURST = 250
/** Bursts in the life of a session. */
const LIFE = 20

/** A log that counts reasons and errors, and keeps nothing. */
class Tally {
  readonly reasons = new Map<string, number>()
  readonly errors: string[] = []

  readonly logger = this.#logger()

  #logger (): FastifyBaseLogger {
    const nothing = (): void => {}
    const logger = {
      level: 'warn',
      trace: nothing,
      debug: nothing,
      info: nothing,
      silent: nothing,
      warn: ({ reason }: { reason?: unknown }) => { if (typeof reason === 'string') this.#count(reason) },
      error: (details: unknown, text: unknown) => { if (this.errors.length < 5) this.errors.push(`${String(text)}: ${String((details as { err?: Error }).err?.stack)}`) },
      fatal: nothing,
      child: () => logger
    }
    return logger as unknown as FastifyBaseLogger
  }

  #count (reason: string): void {
    const kind = reason
      .replace(/^[A-Z]\w+#\d+( "[^"]*")?,? \S+: \w+(\[\d+\]|\.\w+)*: (expected [^,]*).*/s, 'an argument: $3')
      .replace(/^[A-Z]\w+#\d+( "[^"]*")?,? \S+: expected \d.*/s, 'an argument: expected so many arguments')
      .replace(/^[A-Z]\w+#\d+.*: at \/\S+ expected an object.*/s, 'an argument: expected another object')
      .replace(/^[A-Z]\w+#\d+.* has no action .*/s, 'no such action')
      .replace(/^unknown type.*/s, 'unknown type')
      .replace(/-?[\d.]+(e\+?\d+)?/g, 'N')
    this.reasons.set(kind, (this.reasons.get(kind) ?? 0) + 1)
  }
}

let senders = 0

/** One line: it sends what it is told to, and knows how many messages that was. */
class Sender {
  readonly socket: WebSocket
  readonly closed: Promise<void>
  /** By which the server's end of the line is known. */
  readonly id = `sender${++senders}`
  frames = 0
  messages = 0

  constructor (url: string, credentials: object | null) {
    this.socket = new WebSocket(url, { headers: { 'x-sender': this.id } })
    this.closed = new Promise(resolve => this.socket.on('close', () => resolve()))
    this.socket.on('error', () => {})
    this.socket.on('message', (data, isBinary) => { if (!isBinary) this.#answer(JSON.parse(String(data)) as object, credentials) })
  }

  send (frame: string | Buffer): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.frames++
    this.messages += messagesIn(frame, DEFAULT_LIMITS.maxFrameDepth)
    this.socket.send(frame)
  }

  /** Resolves when the server has read everything. */
  async drained (): Promise<void> {
    if (this.socket.readyState !== WebSocket.OPEN) return
    const pong = new Promise<void>(resolve => this.socket.once('pong', () => resolve()))
    this.socket.ping()
    await Promise.race([pong, this.closed])
  }

  #answer (frame: object, credentials: object | null): void {
    const answers = (Array.isArray(frame) ? frame as Array<{ type: string, id: number }> : [frame as { type: string, id: number }]).flatMap(({ type, id }) => {
      if (type === 'session-info') return []
      if (type === 'init') return credentials === null ? [] : [{ type: 'result', id, ...credentials }]
      return [{ type: 'result', id }]
    })
    if (answers.length > 0) this.send(JSON.stringify(Array.isArray(frame) ? answers : answers[0]))
  }
}

/** Sends `count` frames by an owner, by a viewer and by one that never greets. */
export async function fuzz (count: number, seed: number): Promise<Report> {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  const heap = async (): Promise<number> => {
    await new Promise(resolve => setTimeout(resolve, 50))
    gc()
    gc()
    return process.memoryUsage().heapUsed
  }
  const tally = new Tally()
  const faults: string[] = []
  const note = (error: unknown): void => { faults.push(`unhandled: ${String((error as Error)?.stack ?? error)}`) }
  process.on('unhandledRejection', note)
  process.on('uncaughtException', note)
  const ended = new Map<string, Connection>()
  const onDisconnect = (message: unknown): void => {
    const { connection } = message as { connection: Connection }
    ended.set(connection.request.headers['x-sender'] as string, connection)
  }
  channel('pgwidgets:disconnect').subscribe(onDisconnect)

  const app = Fastify({ loggerInstance: tally.logger })
  await app.register(pgwidgets, { onConnect () {}, framesPerSecond: 1e9, frameBurst: 1e9, maxInvalidFrames: 1e9, maxSessions: 20, handshakeTimeout: 1e6 })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const url = `ws://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const total = { frames: 0, messages: 0, taken: 0, stale: 0, watching: 0, invalid: 0, handlers: 0 }
  let frames: Frames | null = null
  let before = 0
  let lives = 0
  const started = performance.now()
  while (total.frames < count) {
    const session = app.pgwidgets.createSession()
    everything(session, () => { total.handlers++ })
    frames ??= new Frames(session, seed)
    await live(session, frames)
    session.destroy()
    // After the first lives, when everything that is made once is there.
    if (++lives === 2) before = await heap()
  }
  const seconds = (performance.now() - started) / 1000
  const after = await heap()
  await app.close()
  channel('pgwidgets:disconnect').unsubscribe(onDisconnect)
  process.off('unhandledRejection', note)
  process.off('uncaughtException', note)
  faults.push(...tally.errors)
  const refused = [...tally.reasons.values()].reduce((sum, count) => sum + count, 0)
  if (refused !== total.invalid) faults.push(`${total.invalid} messages are counted as invalid, ${refused} were logged with a reason`)
  return { ...total, seconds, reasons: tally.reasons, faults, heap: [before, after] }

  async function live (session: Session, frames: Frames): Promise<void> {
    const { searchParams } = new URL(session.grant().url('http://x').replace('#', '?'))
    const senders = [new Sender(url, { session_id: session.id, token: session.token }), new Sender(url, { session_id: session.id, token: searchParams.get('token') }), new Sender(url, null)]
    await Promise.all(senders.map(({ socket }) => new Promise(resolve => socket.once('open', resolve))))
    for (let burst = 0; burst < LIFE; burst++) {
      for (let i = 0; i < BURST; i++) senders[i % 8 === 7 ? 2 : i % 4 === 3 ? 1 : 0]?.send(frames.next())
      await Promise.all(senders.map(sender => sender.drained()))
    }
    await Promise.all(senders.map(async sender => {
      await sender.drained()
      const open = sender.socket.readyState === WebSocket.OPEN
      sender.socket.close()
      await sender.closed
      while (!ended.has(sender.id)) await new Promise(resolve => setImmediate(resolve))
      account(sender, open)
    }))
  }

  /** Compares what a line sent with what the server counted; `open` if the server did not close it meanwhile. */
  function account (sender: Sender, open: boolean): void {
    const counts = ended.get(sender.id)?.counts
    if (counts === undefined) {
      faults.push('a connection ended without an event')
      return
    }
    ended.delete(sender.id)
    for (const key of ['messages', 'taken', 'stale', 'watching', 'invalid'] as const) total[key] += counts[key]
    total.frames += counts.framesIn
    const sum = counts.taken + counts.stale + counts.watching + counts.invalid
    if (sum !== counts.messages) complain(`${counts.messages} messages are ${sum} by what became of them: ${JSON.stringify(counts)}`)
    if (open && counts.framesIn !== sender.frames) complain(`of ${sender.frames} frames ${counts.framesIn} were counted`)
    if (open && counts.messages !== sender.messages) complain(`of ${sender.messages} messages ${counts.messages} were counted`)
  }

  function complain (fault: string): void { if (faults.length < 20) faults.push(fault) }
}
