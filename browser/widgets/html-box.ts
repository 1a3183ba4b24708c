import { canSanitize, sanitize } from './html-by-platform.ts'
import { baseSheet, clean } from './html-content.ts'
import type { Sanitize } from './html-content.ts'

/** How the content of a box changes: all of it, or at its end. */
export interface HtmlBoxEvents {
  replace (change: () => void): void
  grow (change: () => void): void
}

/**
 * HTML from a server inside an element of ours. It lives in a shadow root, so that neither side's styles and ids reach
 * the other's, and is cleaned before it gets there.
 */
export class HtmlBox {
  readonly content = document.createElement('div')
  readonly #root: ShadowRoot
  readonly #events: HtmlBoxEvents
  #sanitize: Sanitize | null = canSanitize ? sanitize : null
  #html = ''
  #trusted = false
  #disposed = false

  constructor (host: HTMLElement, events: HtmlBoxEvents) {
    this.#events = events
    this.#root = host.attachShadow({ mode: 'open' })
    this.content.className = 'content'
    this.#root.append(this.content)
    this.#root.addEventListener('click', event => this.#follow(event))
  }

  /** The content as the server gave it. */
  get html (): string { return this.#html }

  set html (html: string) {
    this.#html = html
    this.#render()
  }

  /** @param trusted - The content may style itself and hold frames. */
  trust (trusted: boolean): void {
    if (trusted === this.#trusted) return
    this.#trusted = trusted
    if (this.#html !== '') this.#render()
  }

  append (html: string): void {
    this.#html += html
    // Until what cleans it is there, nothing is shown: then all of it will be.
    if (this.#sanitize !== null) this.#events.grow(() => this.#add(html))
    else this.#render()
  }

  dispose (): void { this.#disposed = true }

  #render (): void {
    if (this.#sanitize === null && this.#html !== '') {
      void this.#load()
      return
    }
    this.#events.replace(() => {
      this.content.replaceChildren()
      this.#root.adoptedStyleSheets = [baseSheet()]
      this.#add(this.#html)
    })
  }

  #add (html: string): void {
    if (this.#sanitize === null) return
    const { fragment, sheets } = clean(html, this.#trusted, this.#sanitize)
    this.#root.adoptedStyleSheets.push(...sheets)
    this.content.append(fragment)
  }

  async #load (): Promise<void> {
    try {
      const library = await import('./html-by-library.ts')
      if (this.#disposed || this.#sanitize !== null) return
      this.#sanitize = library.sanitize
      this.#render()
    } catch (error) {
      // Better the text alone than nothing, or markup that nobody has cleaned.
      console.warn(`pgwidgets: HTML is shown as text: ${String(error)}`)
      const { body } = new DOMParser().parseFromString(this.#html, 'text/html')
      this.#events.replace(() => { this.content.textContent = body.textContent })
    }
  }

  // A link into the content leads there; as an address of the page it would mean something else.
  #follow (event: Event): void {
    const link = event.composedPath().find(target => target instanceof Element && target.matches('a, area'))
    const href = (link as Element | undefined)?.getAttribute('href')
    if (href?.startsWith('#') !== true) return
    event.preventDefault()
    // By way of an URL, which takes what is written wrongly as it is.
    const target = new URL(href, 'about:blank').hash.slice(1)
    const found = [...this.#root.querySelectorAll('[id]')].find(({ id }) => id === href.slice(1) || encodeURI(id) === target)
    found?.scrollIntoView({ behavior: 'instant' })
  }
}
