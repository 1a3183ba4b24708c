import type { Outline } from '../client/outlines.ts'
import type { Scene } from '../client/scene.ts'

/** What a widget is made of. Arguments and options are complete: defaults are filled in. */
export interface Init<Args extends readonly unknown[] = readonly unknown[], Options = object> {
  readonly scene: Scene
  readonly outline: Outline
  readonly wid: number
  /** The positional arguments, one for each that the class has. */
  readonly args: Args
  readonly options: Options
}

/** A concrete widget class, as the registry holds it. */
// `never` is what every class's own argument and option types accept, so that one type covers all constructors.
export type WidgetClass = new (init: Init<never, never>) => Callback

/** Base of everything that has a wid, visible or not. */
export class Callback {
  readonly scene: Scene
  readonly outline: Outline
  /** The id by which the server calls this widget. The scene changes it when the server takes over a number that the page chose. */
  wid: number
  readonly #listening = new Set<string>()
  #destroyed = false

  constructor (init: Init) {
    this.scene = init.scene
    this.outline = init.outline
    this.wid = init.wid
  }

  get destroyed (): boolean { return this.#destroyed }

  /** Whether the server wants to hear of `action`. */
  listens (action: string): boolean { return this.#listening.has(action) }

  has_callback (action: string): boolean { return this.#listening.has(action) }

  enable_callback (action: string): void { this.listen(action) }

  /** Starts reporting `action`; again changes nothing. */
  listen (action: string): void {
    if (this.#listening.has(action)) return
    this.#listening.add(action)
    this.listened(action)
  }

  /** Stops reporting `action`. */
  unlisten (action: string): void {
    if (this.#listening.delete(action)) this.unlistened(action)
  }

  /** Ends the widget; again does nothing. Subclasses release what they hold in {@link dispose}. */
  destroy (): void {
    if (this.#destroyed) return
    this.#destroyed = true
    this.detach()
    this.dispose()
    this.scene.forget(this)
  }

  /** Tells the server, if it listens. Returns whether the news was sent off. */
  fire (action: string, ...args: unknown[]): boolean {
    return this.scene.fire(this, action, args)
  }

  /** Hook: the server began to listen to `action`. Wire up what is too costly to watch for nobody. */
  protected listened (_action: string): void {}

  /** Hook: the server no longer listens to `action`. */
  protected unlistened (_action: string): void {}

  /** Hook: takes the widget out of what it is part of, before it ends. */
  protected detach (): void {}

  /**
   * Hook: releases what outlives the element (timers, document listeners, observers, popups). Called once, also when
   * the whole scene is replaced; the widget's own element may stay on screen for a moment longer.
   */
  dispose (): void {}

  /** Hook: a replay is complete, and what it built is laid out. */
  settled (): void {}

  /**
   * What only this page knows of the widget (text not yet reported, stacking order), for the widget that takes its
   * place after a replay; undefined if there is nothing.
   */
  carry (): unknown { return undefined }

  /** Takes on what {@link carry} of this widget's predecessor gave. Callbacks may be fired. */
  resume (_carried: unknown): void {}
}
