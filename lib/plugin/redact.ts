import type { FastifyInstance } from 'fastify'

/** Where pino keeps an instance's serializers. */
const SERIALIZERS = Symbol.for('pino.serializers')

/** A token in a URL, also in one that stands encoded in the query of another, as where a login leads back to. */
const TOKEN = /((?:[?&;#]|%3f|%26|%3b|%23)token(?:=|%3d))(?:(?!%26|%3b|%23)[^&;#\s"\\])*/gi

/** Takes the tokens out of a URL, or out of a whole line of log. */
export function redactTokens (text: string): string { return text.replace(TOKEN, '$1[redacted]') }

/**
 * Takes tokens out of a frame's text: those of handshakes, those in links, and the session's own wherever it stands.
 * @param own - The session's; null before the handshake, where a browser may spell what it shows in any way.
 */
export function redactFrame (text: string, own: string | null): string {
  const plain = redactText(own === null ? parsed(text) : text)
  return own === null ? plain : plain.replaceAll(own, '[redacted]')
}

function parsed (text: string): string {
  try {
    return JSON.stringify(JSON.parse(text))
  } catch {
    return '[unreadable]'
  }
}

const redactText = (text: string): string => text
  .replace(/("token"\s*:\s*)("(?:[^"\\]|\\.)*"|[\d.eE+-]+)/g, '$1"[redacted]"')
  .replace(/([?&;#]token=)[^&#;"\\\s]*/gi, '$1[redacted]')

type Serializers = Record<string, (value: unknown) => unknown>

/** The request serializer of the application, with tokens taken out of what it returns. */
export function redactingSerializers (app: FastifyInstance, route: Serializers = {}): Serializers {
  const own = (app.log as unknown as Record<symbol, Record<string, (value: unknown) => unknown> | undefined>)[SERIALIZERS]
  const serialize = route.req ?? own?.req ?? ((request: unknown) => request)
  return { ...route, req: request => redact(serialize(request), 0) }
}

function redact (value: unknown, depth: number): unknown {
  if (typeof value === 'string') return redactTokens(value)
  if (typeof value !== 'object' || value === null || depth > 3) return value
  if (Array.isArray(value)) return value.map(item => redact(item, depth + 1))
  if (Object.getPrototypeOf(value) !== Object.prototype) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, key === 'token' ? '[redacted]' : redact(item, depth + 1)]))
}
