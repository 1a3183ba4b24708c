import { px } from './widget.ts'

/** Width and height, px. */
export type Size = readonly [width: number, height: number]

/** A small picture beside a caption. Without a URL there is no element, so that no broken picture can appear. */
export class Picture {
  readonly #host: HTMLElement
  readonly #fallback: Size | null
  #image: HTMLImageElement | null = null

  /**
   * @param host - Takes the picture as its first child.
   * @param fallback - Size where none is asked for; null for the picture's own.
   */
  constructor (host: HTMLElement, fallback: Size | null) {
    this.#host = host
    this.#fallback = fallback
  }

  /** Whether there is a picture. */
  get shown (): boolean { return this.#image !== null }

  /** URL as the page resolved it; null for none. */
  get url (): string | null { return this.#image?.src ?? null }

  /** @param url - Relative to the page; null or empty for none. */
  set (url: string | null, size: Size | null = null): void {
    if (url === null || url === '') {
      this.#image?.remove()
      this.#image = null
      return
    }
    if (this.#image === null) {
      this.#image = document.createElement('img')
      this.#image.className = 'pg-picture'
      this.#image.alt = ''
      this.#image.draggable = false
      this.#host.prepend(this.#image)
    }
    // Some servers send a bare number, which means nothing.
    const [width, height] = (Array.isArray(size) ? size as unknown as Size : this.#fallback) ?? [null, null]
    this.#image.style.width = px(width)
    this.#image.style.height = px(height)
    this.#image.src = url
  }
}
