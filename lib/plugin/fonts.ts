/** Fonts that the service brings along: registered once, served for good, and told to every browser before its widgets. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import { FontError } from '../errors.ts'

/** Weights by name, as the protocol knows them. */
const WEIGHTS = ['thin', 'extralight', 'light', 'normal', 'regular', 'book', 'medium', 'semibold', 'demibold', 'bold', 'extrabold', 'black', 'heavy', 'extrablack'] as const
const STYLES = ['normal', 'italic', 'oblique', 'slanted'] as const

/** Thickness of a font: 1 to 1000 as in CSS, or a name. */
export type FontWeight = number | typeof WEIGHTS[number]
/** Slant of a font. */
export type FontStyle = typeof STYLES[number]

/** A font face to register. */
export interface FontSource {
  /** Name by which `setFont()` and `setDefault()` call it. */
  readonly family: string
  /** The file (WOFF2, WOFF, TrueType or OpenType): its path, or its bytes. */
  readonly source: string | URL | Uint8Array
  /** @default 'normal' */
  readonly weight?: FontWeight
  /** @default 'normal' */
  readonly style?: FontStyle
}

/** A font face that browsers are told of. */
export interface RegisteredFont {
  readonly family: string
  readonly weight: FontWeight
  readonly style: FontStyle
  /** Absolute path of the file on this server. */
  readonly path: string
}

/** The font of all widgets that were given none by `setFont()`. What is left out is the page's own. */
export interface DefaultFont {
  /** CSS font family: a registered one, or one that readers have, with fallbacks. */
  readonly family?: string
  /** Points, as in `setFont()`. */
  readonly size?: number
  readonly weight?: FontWeight
  readonly style?: FontStyle
}

interface Kind { readonly magic: string, readonly extension: string, readonly type: string }

/** File kinds by their first four bytes (RFC 8081). */
const KINDS: readonly Kind[] = [
  { magic: 'wOF2', extension: 'woff2', type: 'font/woff2' },
  { magic: 'wOFF', extension: 'woff', type: 'font/woff' },
  { magic: 'OTTO', extension: 'otf', type: 'font/otf' },
  { magic: '\0\x01\0\0', extension: 'ttf', type: 'font/ttf' },
  { magic: 'true', extension: 'ttf', type: 'font/ttf' }
]

/** The default font travels in px: 96 of them are an inch, as are 72 points. */
const PX_PER_POINT = 96 / 72

type Body = Record<string, unknown>

/** Says a message, made for each page by where it is, to all connected browsers. */
type Broadcast = (bodyFor: (pagePath: string) => Body) => void

/** The fonts of a server: `app.pgwidgets.fonts`. */
export class Fonts implements Iterable<RegisteredFont> {
  readonly #base: string
  readonly #broadcast: Broadcast
  readonly #link: (from: string, to: string) => string
  readonly #faces = new Map<string, RegisteredFont>()
  readonly #files = new Map<string, { readonly bytes: Buffer, readonly type: string }>()
  #default: DefaultFont | null = null

  /**
   * @internal
   * @param base - Absolute path below which the files are served, with a slash at the end.
   * @param link - The relative address of a path, seen from a page.
   */
  constructor (base: string, broadcast: Broadcast, link: (from: string, to: string) => string) {
    this.#base = base
    this.#broadcast = broadcast
    this.#link = link
  }

  /**
   * Serves a font face and tells all browsers of it, those that come later before they are shown anything.
   * The same face again changes nothing.
   * @throws PGW_ERR_FONT
   */
  async register (font: FontSource): Promise<RegisteredFont> {
    const { family, source, weight = 'normal', style = 'normal' } = font ?? {}
    if (typeof family !== 'string' || family.trim() === '') throw new FontError('family must be a name')
    checkLook({ weight, style })
    const bytes = await bytesOf(family, source)
    const kind = KINDS.find(({ magic }) => bytes.toString('latin1', 0, 4) === magic)
    if (kind === undefined) throw new FontError(`the file of ${family} is no WOFF2, WOFF, TrueType or OpenType font`)
    // Named by what is in it, so that browsers may keep it for ever.
    const name = `${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}.${kind.extension}`
    const face: RegisteredFont = { family, weight, style, path: this.#base + name }
    const key = JSON.stringify(face)
    const known = this.#faces.get(key)
    if (known !== undefined) return known
    this.#files.set(name, { bytes, type: kind.type })
    this.#faces.set(key, face)
    this.#broadcast(page => this.#registration(face, page))
    return face
  }

  /**
   * Sets the font of all widgets that have none of their own, in all sessions.
   * @param font - null returns to the page's.
   * @throws PGW_ERR_FONT
   */
  setDefault (font: DefaultFont | null): void {
    if (font !== null) {
      const { family, size } = font
      if (family !== undefined && (typeof family !== 'string' || family === '')) throw new FontError('family must be a CSS font family')
      if (size !== undefined && !(typeof size === 'number' && size > 0 && size < 1000)) throw new FontError(`size must be a number of points above 0, got ${String(size)}`)
      checkLook(font)
    }
    this.#default = font === null ? null : { ...font }
    this.#broadcast(() => this.#defaultMessage())
  }

  /** The default font as it was set; null for the page's own. */
  get default (): DefaultFont | null { return this.#default }

  /** How many faces are registered. */
  get size (): number { return this.#faces.size }

  [Symbol.iterator] (): Iterator<RegisteredFont> { return this.#faces.values() }

  /** What a browser is told before its widgets. @internal */
  messagesFor (pagePath: string): Body[] {
    return [
      ...[...this.#faces.values()].map(face => this.#registration(face, pagePath)),
      ...(this.#default === null ? [] : [this.#defaultMessage()])
    ]
  }

  /** Serves the files. @internal */
  serve (app: FastifyInstance, prefix: string): void {
    app.get<{ Params: { name: string } }>(`${prefix}:name`, { schema: { hide: true } as object }, (request, reply) => {
      const file = this.#files.get(request.params.name)
      if (file === undefined) return reply.callNotFound()
      return reply.type(file.type).header('cache-control', 'public, max-age=31536000, immutable').header('x-content-type-options', 'nosniff').send(file.bytes)
    })
  }

  #registration ({ family, weight, style, path }: RegisteredFont, page: string): Body {
    return { type: 'register-font', family, weight, style, url: this.#link(page, path) }
  }

  #defaultMessage (): Body {
    const { family = null, size, weight = null, style = null } = this.#default ?? {}
    return {
      type: 'set-default-font',
      font: this.#default === null ? null : { family, size: size === undefined ? null : Math.round(size * PX_PER_POINT * 100) / 100, weight, style }
    }
  }
}

function checkLook ({ weight, style }: { readonly weight?: unknown, readonly style?: unknown }): void {
  const isNumber = typeof weight === 'number' && weight >= 1 && weight <= 1000
  if (weight !== undefined && !isNumber && !WEIGHTS.some(name => name === weight)) {
    throw new FontError(`weight must be 1 to 1000 or one of ${WEIGHTS.join(', ')}; got ${JSON.stringify(weight)}`)
  }
  if (style !== undefined && !STYLES.some(name => name === style)) throw new FontError(`style must be one of ${STYLES.join(', ')}; got ${JSON.stringify(style)}`)
}

async function bytesOf (family: string, source: unknown): Promise<Buffer> {
  if (source instanceof Uint8Array) return Buffer.from(source)
  if (typeof source !== 'string' && !(source instanceof URL)) throw new FontError(`source of ${family} must be a path, a file URL or bytes`)
  try {
    return await readFile(source)
  } catch (error) {
    throw new FontError(`the file of ${family} cannot be read: ${(error as Error).message}`)
  }
}
