/**
 * Recordings of the reference server and the reference page talking to each other, frame by frame, as steps of one
 * connection after another. What the recordings are and what in them differs from run to run: test/fixtures/traces.
 */
import { readFileSync, readdirSync } from 'node:fs'

const FOLDER = new URL('../../fixtures/traces/', import.meta.url)

/** Tables beside the traces. */
const NOT_TRACES = new Set(['method_results'])

/** One frame as it was recorded. */
export interface Frame {
  /** ms since the first connection of the scenario. */
  readonly t: number
  readonly conn: number
  readonly dir: 's2c' | 'c2s'
  readonly kind: 'text' | 'binary' | 'close'
  readonly data: unknown
}

/** A JSON message of either side. */
export type Message = Readonly<Record<string, unknown>>

/** What the recorded browser answered. */
export interface Answer {
  readonly type: 'result' | 'error'
  readonly id?: number
  readonly wid?: number
  readonly next_wid?: number
  readonly value?: unknown
  readonly error?: string
}

/** What the recorded browser reported. */
export interface Report { readonly wid: number, readonly action: string, readonly args: readonly unknown[] }

/** The recorded bytes of a binary frame: its first 64, and how many there were. */
export interface Bytes { readonly base64: string, readonly bytes: number }

/** Something that one side said, in the order of the recording. */
export type Step =
  /** The server's messages of one frame; `array` if they came as an array. */
  | { readonly kind: 'requests', readonly t: number, readonly requests: readonly Request[], readonly array: boolean }
  /** A text of the server that is no message. */
  | { readonly kind: 'noise', readonly t: number, readonly text: string }
  | { readonly kind: 'bytes', readonly t: number, readonly from: Frame['dir'], readonly data: Bytes }
  /** A report; `during` the request that it came before the answer of, if there was one. */
  | { readonly kind: 'report', readonly t: number, readonly report: Report, readonly during: Request | null }
  /** Anything else that the browser sent. */
  | { readonly kind: 'browser', readonly t: number, readonly data: unknown }
  | { readonly kind: 'close', readonly t: number, readonly from: Frame['dir'], readonly code: number, readonly reason: string }

/** A message of the server with the browser's answer; null where none came. */
export interface Request { readonly message: Message, answer: Answer | null }

/** Frames of the server that no browser answers. */
const UNANSWERED = new Set(['session-info', 'binary-call', 'binary-call-chunked', 'binary-chunk'])

/** Reports whose number, order and place are those of one layout at one time. */
const GEOMETRY = new Set(['resize', 'scrolled', 'area-resize'])

/** Whether a report says nothing but how something was laid out. */
export const isGeometry = ({ action }: { readonly action: string }): boolean => GEOMETRY.has(action)

/** Names of all traces. */
export function traceNames (): string[] {
  return readdirSync(FOLDER).filter(file => file.endsWith('.jsonl')).map(file => file.slice(0, -'.jsonl'.length)).filter(name => !NOT_TRACES.has(name)).sort()
}

/** Lines of a fixture. @throws SyntaxError with the line's number. */
export function readLines (name: string): unknown[] {
  return parseLines(readFileSync(new URL(`${name}.jsonl`, FOLDER), 'utf8'), name)
}

export function parseLines (text: string, name: string): unknown[] {
  return text.split('\n').map((line, i) => {
    if (line === '') return undefined
    try {
      return JSON.parse(line) as unknown
    } catch (error) {
      throw new SyntaxError(`${name}.jsonl, line ${i + 1}: ${(error as Error).message}`)
    }
  }).filter(value => value !== undefined)
}

/** The frames of a trace. */
export function readTrace (name: string): Frame[] { return readLines(name) as Frame[] }

/** The connections of a trace, in the order in which they were opened. */
export function connectionsOf (frames: readonly Frame[]): Map<number, Frame[]> {
  const connections = new Map<number, Frame[]>()
  for (const frame of frames) connections.set(frame.conn, [...connections.get(frame.conn) ?? [], frame])
  return connections
}

/** The steps of the frames of one connection: requests get their answers, reports what they came in the middle of. */
export function stepsOf (frames: readonly Frame[]): Step[] {
  const open: Request[] = []
  const answer = (given: Answer): void => {
    const at = open.findIndex(({ message }) => message.id === given.id)
    if (at !== -1) (open.splice(at, 1)[0] as Request).answer = given
  }
  const fromServer = ({ t, data }: Frame): Step => {
    if (!isMessages(data)) return { kind: 'noise', t, text: isRaw(data) ? data.raw : JSON.stringify(data) }
    const requests = (Array.isArray(data) ? data : [data]).map((message): Request => ({ message, answer: null }))
    open.push(...requests.filter(({ message }) => !UNANSWERED.has(String(message.type))))
    return { kind: 'requests', t, requests, array: Array.isArray(data) }
  }
  const fromBrowser = ({ t, data }: Frame): Step[] => {
    const rest = (Array.isArray(data) ? data : [data]).filter((message: unknown): boolean => {
      if (!isMessage(message) || (message.type !== 'result' && message.type !== 'error')) return true
      const known = open.some(({ message: { id } }) => id === message.id)
      answer(message as unknown as Answer)
      return !known
    }).filter(message => message !== null || !Array.isArray(data))
    return rest.map((message): Step => isReport(message)
      ? { kind: 'report', t, report: message, during: open.at(-1) ?? null }
      : { kind: 'browser', t, data: isRaw(message) ? message.raw : message })
  }
  return frames.flatMap((frame): Step[] => {
    const { t, dir, kind, data } = frame
    if (kind === 'close') return [{ kind: 'close', t, from: dir, ...data as { code: number, reason: string } }]
    if (kind === 'binary') return [{ kind: 'bytes', t, from: dir, data: data as Bytes }]
    return dir === 's2c' ? [fromServer(frame)] : fromBrowser(frame)
  })
}

const isMessage = (value: unknown): value is Message => typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value)
const isMessages = (value: unknown): value is Message | Message[] => Array.isArray(value) ? value.every(isMessage) : isMessage(value)
/** How the recorder noted a text that is no JSON. */
const isRaw = (value: unknown): value is { raw: string } => typeof value === 'object' && value !== null && 'raw' in value && 'bytes' in value
const isReport = (value: unknown): value is Report =>
  isMessage(value) && value.type === 'callback' && typeof value.wid === 'number' && typeof value.action === 'string' && Array.isArray(value.args)
