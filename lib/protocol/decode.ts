/** Text frames become messages that are what their type says, or a reason why not. */
import type { TObject } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'
import type { TypeCheck } from '@sinclair/typebox/compiler'
import { BrowserMessages, ServerMessages } from './schemas.ts'
import type { BrowserMessage, ServerMessage } from './schemas.ts'

/** The messages of a frame that are valid, and why the others are not. */
export interface Decoded<Message> {
  readonly messages: readonly Message[]
  readonly refused: readonly string[]
}

/** Limits of a frame beyond its bytes. */
export interface DecodeLimits {
  /** Levels of arrays and objects. */
  readonly maxDepth: number
  /** Messages in one array. */
  readonly maxMessages: number
}

const compile = (schemas: Record<string, TObject>): ReadonlyMap<string, TypeCheck<TObject>> =>
  new Map(Object.entries(schemas).map(([type, schema]) => [type, TypeCompiler.Compile(schema)]))

const browserChecks = compile(BrowserMessages)
const serverChecks = compile(ServerMessages)

/** Reads a frame that a browser sent. Never throws. */
export function decodeBrowserFrame (text: string, limits: DecodeLimits): Decoded<BrowserMessage> {
  return decode(text, browserChecks, limits) as Decoded<BrowserMessage>
}

/** Reads a frame that a server sent. Never throws. */
export function decodeServerFrame (text: string, limits: DecodeLimits): Decoded<ServerMessage> {
  return decode(text, serverChecks, limits) as Decoded<ServerMessage>
}

function decode (text: string, checks: ReadonlyMap<string, TypeCheck<TObject>>, { maxDepth, maxMessages }: DecodeLimits): Decoded<unknown> {
  if (deeperThan(text, maxDepth)) return refuse(`${TOO_DEEP} than ${maxDepth} levels`)
  let frame: unknown
  try {
    frame = JSON.parse(text)
  } catch {
    return refuse('not JSON')
  }
  if (!Array.isArray(frame)) {
    const reason = faultIn(frame, checks)
    return reason === null ? { messages: [frame], refused: NONE } : refuse(reason)
  }
  if (frame.length > maxMessages) return refuse(`an array of ${frame.length} messages, more than ${maxMessages}`)
  const refused: string[] = []
  const messages = frame.filter(message => {
    // A reference browser puts null where a message has no answer.
    if (message === null) return false
    const reason = faultIn(message, checks)
    if (reason !== null) refused.push(reason)
    return reason === null
  })
  return { messages, refused }
}

/** Start of the reason why a frame is refused that nests too deeply. */
export const TOO_DEEP = 'nested deeper'

const NONE: readonly string[] = []
const refuse = (reason: string): Decoded<never> => ({ messages: [], refused: [reason] })

function faultIn (message: unknown, checks: ReadonlyMap<string, TypeCheck<TObject>>): string | null {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return 'not an object'
  const { type } = message as { type?: unknown }
  const check = typeof type === 'string' ? checks.get(type) : undefined
  if (check === undefined) return `unknown type ${JSON.stringify(type)?.slice(0, 40)}`
  if (check.Check(message)) return null
  const error = check.Errors(message).First()
  return `${String(type)}: ${error?.path ?? ''} ${error?.message ?? ''}`
}

/** Whether arrays and objects nest deeper than allowed: found on the text, before anything recursive touches it. */
function deeperThan (text: string, limit: number): boolean {
  if (text.length <= limit) return false
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: // a string, to its end
        for (i++; i < text.length; i++) {
          const code = text.charCodeAt(i)
          if (code === 0x5c) i++
          else if (code === 0x22) break
        }
        break
      case 0x5b: case 0x7b:
        if (++depth > limit) return true
        break
      case 0x5d: case 0x7d:
        depth--
    }
  }
  return false
}
