import { interact } from './interactive.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly url: string | null
  readonly interactive: boolean
  readonly use_animation_frame: boolean
}

/** A picture. In animation-frame mode a canvas shows the newest one that is decoded, so that live pictures do not flicker. */
export class Image extends Widget {
  readonly #canvas: HTMLCanvasElement | null
  /** URL of the bytes on screen, to be given back. */
  #objectUrl: string | null = null
  #generation = 0
  #shown = 0
  /** Decoded and waiting for the next frame. */
  #next: { picture: HTMLImageElement | null, generation: number } | null = null
  #frame = 0

  constructor (init: Init<readonly unknown[], Options>) {
    super(init, init.options.use_animation_frame ? 'div' : 'img')
    const { url, interactive, use_animation_frame: live } = init.options
    this.#canvas = live ? document.createElement('canvas') : null
    this.element.classList.add('pg-image')
    if (this.#canvas === null) {
      const picture = this.element as HTMLImageElement
      picture.alt = ''
      picture.draggable = false
      // Otherwise nothing would be seen, and nobody would know why.
      picture.addEventListener('error', () => { if (picture.hasAttribute('src')) picture.alt = 'This picture could not be loaded' })
      picture.addEventListener('load', () => { picture.alt = '' })
    } else {
      this.element.role = 'img'
      this.element.append(this.#canvas)
    }
    if (interactive) interact(this)
    this.set_tooltip(null)
    if (url !== null) this.set_image(url)
  }

  /** @param url - Relative to the page, or a `data:` URL; null or empty shows nothing. */
  set_image (url: string | null): void { this.#show(url === '' ? null : url, null) }

  /** @param format - Subtype of the MIME type: png, jpeg, … */
  set_binary_image (data: ArrayBuffer | ArrayBufferView<ArrayBuffer>, format: string | null = 'jpeg'): void {
    const blob = new Blob([data], { type: `image/${format ?? 'jpeg'}` })
    const url = URL.createObjectURL(blob)
    this.#show(url, url)
  }

  /** Shows at the next frame what was loaded; without animation frames there is nothing to do. */
  update (): void { this.#schedule() }

  /** A drawing context cannot travel. */
  get_draw_context (): null { return null }

  override set_tooltip (msg: string | null): void {
    super.set_tooltip(msg)
    // All that is known of what a picture shows.
    const name = msg ?? ''
    if (name !== '') this.element.ariaLabel = name
    else this.element.ariaLabel = this.#canvas !== null || this.element.tabIndex === 0 ? 'Picture' : null
  }

  override dispose (): void {
    cancelAnimationFrame(this.#frame)
    if (this.#objectUrl !== null) URL.revokeObjectURL(this.#objectUrl)
    super.dispose()
  }

  #show (url: string | null, objectUrl: string | null): void {
    const generation = ++this.#generation
    if (this.#canvas === null) {
      ;(this.element as HTMLImageElement).alt = ''
      if (url === null) this.element.removeAttribute('src')
      else (this.element as HTMLImageElement).src = url
      if (this.#objectUrl !== null) URL.revokeObjectURL(this.#objectUrl)
      this.#objectUrl = objectUrl
      return
    }
    if (url === null) return this.#offer(null, generation)
    const picture = document.createElement('img')
    picture.src = url
    const done = (): void => { if (objectUrl !== null) URL.revokeObjectURL(objectUrl) }
    picture.decode().then(() => {
      this.#offer(picture, generation)
      done()
    }, done)
  }

  // Pictures may be decoded out of order: what is older than the one on screen is late.
  #offer (picture: HTMLImageElement | null, generation: number): void {
    if (generation < Math.max(this.#shown, this.#next?.generation ?? 0) || this.destroyed) return
    this.#next = { picture, generation }
    this.#schedule()
  }

  #schedule (): void {
    if (this.#canvas === null || this.#frame !== 0) return
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0
      if (this.#next !== null) this.#draw(this.#next)
      this.#next = null
    })
  }

  #draw ({ picture, generation }: { picture: HTMLImageElement | null, generation: number }): void {
    const canvas = this.#canvas as HTMLCanvasElement
    this.#shown = generation
    const width = picture?.naturalWidth ?? canvas.width
    const height = picture?.naturalHeight ?? canvas.height
    if (canvas.width !== width) canvas.width = width
    if (canvas.height !== height) canvas.height = height
    const context = canvas.getContext('2d')
    context?.clearRect(0, 0, width, height)
    if (picture !== null) context?.drawImage(picture, 0, 0)
  }
}
