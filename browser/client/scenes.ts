import type { CallbackQueue } from './callbacks.ts'
import { remember } from './carry-over.ts'
import { Gate } from './gate.ts'
import { Scene } from './scene.ts'
import type { Upload } from './scene.ts'

/** How long an old scene stays in front of a new one that no replay completes, ms. */
const PATIENCE = 5000

/** The scene on screen and, during a replay, the one that is being built behind it. */
export class Scenes {
  readonly #view: HTMLElement
  readonly #callbacks: CallbackQueue
  readonly #upload: Upload
  #current: Scene
  #previous: Scene | null = null
  #timer = 0

  constructor (view: HTMLElement, callbacks: CallbackQueue, upload: Upload) {
    this.#view = view
    this.#upload = upload
    this.#callbacks = callbacks
    this.#current = this.#build(1)
    this.#current.enter()
  }

  /** The scene that the server talks to. */
  get current (): Scene { return this.#current }

  /**
   * Forgets all widgets. What the user sees stays in front, and can be typed into, until {@link complete}.
   *
   * @param nextWid - The first wid that the page may choose.
   */
  begin (nextWid: number): void {
    const old = this.#current
    if (this.#previous === null && old.live && !old.empty) {
      old.retire()
      old.element.classList.add('pg-retired')
      new Gate(old.element).close()
      this.#previous = old
    } else {
      old.leave()
    }
    this.#current = this.#build(nextWid)
    if (this.#previous === null) this.#current.enter()
    clearTimeout(this.#timer)
    this.#timer = window.setTimeout(() => this.#dropPrevious(), PATIENCE)
  }

  /** A replay goes on for as long as it takes. */
  expectReplay (): void { clearTimeout(this.#timer) }

  /** The new scene is complete: it takes the place of the old one, along with focus, scroll positions and unsent input. */
  complete (): void {
    const scene = this.#current
    const restore = this.#previous === null ? null : remember(this.#previous)
    this.#dropPrevious()
    restore?.(scene)
    scene.geometry.settle()
  }

  /** The old scene has nothing in common with the new one. */
  abandonPrevious (): void { this.#dropPrevious() }

  /** Nothing can be used any more. */
  freeze (): void {
    this.#current.element.inert = true
    if (this.#previous !== null) this.#previous.element.inert = true
  }

  dispose (): void {
    clearTimeout(this.#timer)
    this.#previous?.leave()
    this.#current.leave()
  }

  #dropPrevious (): void {
    clearTimeout(this.#timer)
    if (this.#previous === null) return
    this.#previous.leave()
    this.#previous = null
    this.#current.enter()
  }

  #build (nextWid: number): Scene {
    const scene = new Scene(this.#callbacks, this.#upload, nextWid)
    this.#view.prepend(scene.element)
    return scene
  }
}
