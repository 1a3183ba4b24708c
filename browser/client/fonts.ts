import type { Message } from './transfers.ts'

const weights: Readonly<Record<string, number>> = {
  thin: 100,
  extralight: 200,
  light: 300,
  normal: 400,
  regular: 400,
  book: 400,
  medium: 500,
  semibold: 600,
  demibold: 600,
  bold: 700,
  extrabold: 800,
  black: 900,
  heavy: 900,
  extrablack: 950
}

const text = (value: unknown, fallback = ''): string => typeof value === 'string' || typeof value === 'number' ? String(value) : fallback

const cssWeight = (weight: unknown): string => {
  const name = text(weight, 'normal')
  return String(weights[name.toLowerCase()] ?? name)
}

const cssStyle = (style: unknown): string => {
  const name = text(style, 'normal')
  return name === 'slanted' ? 'italic' : name
}

/** The fonts that the server brings along. */
export class Fonts {
  readonly #root: HTMLElement
  readonly #faces = new Map<string, FontFace>()

  constructor (root: HTMLElement) { this.#root = root }

  /** A `register-font`. The same face again changes nothing; the number in the message means nothing to a page. */
  register ({ family, weight, style, url }: Message): void {
    const source = new URL(text(url), document.baseURI).href
    const descriptors = { weight: cssWeight(weight), style: cssStyle(style) }
    const key = JSON.stringify([family, descriptors, source])
    if (this.#faces.has(key)) return
    const face = new FontFace(text(family), `url(${JSON.stringify(source)})`, descriptors)
    this.#faces.set(key, face)
    document.fonts.add(face)
  }

  /** A `set-default-font`. Sizes are px. */
  setDefault ({ font }: Message): void {
    const { family, size, weight, style } = (typeof font === 'object' && font !== null ? font : {}) as Message
    const set = (name: string, value: string): void => this.#root.style.setProperty(`--pg-font-${name}`, value)
    set('family', text(family))
    set('size', typeof size === 'number' ? `${size}px` : text(size))
    set('weight', weight === undefined || weight === null ? '' : cssWeight(weight))
    set('style', style === undefined || style === null ? '' : cssStyle(style))
  }

  dispose (): void {
    for (const face of this.#faces.values()) document.fonts.delete(face)
    this.setDefault({})
  }
}
