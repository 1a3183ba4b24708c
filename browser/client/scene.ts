import { widgetClasses } from '../widgets/index.ts'
import type { Callback } from '../widgets/callback.ts'
import type { Widget } from '../widgets/widget.ts'
import { complete, UnknownName } from './arguments.ts'
import type { CallbackQueue } from './callbacks.ts'
import { Geometry } from './geometry.ts'
import { outlines } from './outlines.ts'
import type { Outline } from './outlines.ts'

/** Sends files, which a report announces. */
export type Upload = (widget: Callback, action: string, payload: object, files: readonly File[]) => void

/** Something that exists once per scene and is made when first asked for; a `dispose()` of its own ends it. */
export type Service<T> = new (scene: Scene) => T

/**
 * One generation of widgets and the elements that they live in: what a widget knows of the page. A replay builds a new
 * scene behind the old one and then swaps them, so that nobody sees a half-built page.
 */
export class Scene {
  /** Holds everything of this scene. */
  readonly element = document.createElement('div')
  /** Where windows and pages live. */
  readonly stage = document.createElement('div')
  /** Above the stage: menus, backdrops, anything that pops up. */
  readonly overlays = document.createElement('div')
  readonly geometry: Geometry
  readonly #callbacks: CallbackQueue
  /** Start of all DOM ids of this scene: for a moment it shares the document with the one that it replaces. */
  readonly #ids: string
  readonly #upload: Upload
  readonly #widgets = new Map<number, Callback>()
  readonly #byElement = new WeakMap<Element, Widget>()
  readonly #services = new Map<Service<unknown>, unknown>()
  #nextWid: number
  #nextId = 0
  #live = false
  #retired = false
  #wantsFocus: Widget | null = null

  /**
   * @param callbacks - The way to the server.
   * @param upload - The way of files to the server.
   * @param nextWid - The first wid that the page may choose.
   */
  constructor (callbacks: CallbackQueue, upload: Upload, nextWid: number) {
    this.#callbacks = callbacks
    this.#ids = `${callbacks.prefix}${Math.random().toString(36).slice(2, 6)}-`
    this.#upload = upload
    this.#nextWid = nextWid
    this.geometry = new Geometry(this)
    this.element.className = 'pg-scene'
    this.stage.className = 'pg-stage pg-ground'
    this.overlays.className = 'pg-overlays'
    this.element.append(this.stage, this.overlays)
    this.element.inert = true
  }

  /** False while the scene is still being built behind another one. */
  get live (): boolean { return this.#live }

  /** Whether there is nothing in it yet. */
  get empty (): boolean { return this.#widgets.size === 0 }

  /** The next wid that the page would choose. */
  get nextWid (): number { return this.#nextWid }

  /** All widgets, in the order in which they were made. */
  get widgets (): Iterable<Callback> { return this.#widgets.values() }

  /** Whether there is room for no more than one window beside another, px of the stage. */
  get compact (): boolean { return this.stage.clientWidth <= 600 }

  /** Whether the user may only watch. */
  get watching (): boolean { return this.#callbacks.watching }

  widget (wid: number): Callback | undefined { return this.#widgets.get(wid) }

  /** The innermost widget that `element` is a part of. */
  widgetOf (element: Element): Widget | null {
    for (let node: Element | null = element; node !== null && node !== this.element; node = node.parentElement) {
      const widget = this.#byElement.get(node)
      if (widget !== undefined) return widget
    }
    return null
  }

  /**
   * Makes a widget under a wid that the server chose; one that the page made and that has this wid gives way.
   *
   * @param args - Constructor arguments in wire order, references already resolved.
   */
  create (className: string, wid: number | undefined, args: readonly unknown[]): Callback {
    const outline = creatable(className)
    return this.admit(wid, number => this.#construct(className, outline, number, args))
  }

  /** Makes a widget that no `create` names: a part of another one that has a wid, chosen by the server or by the page. */
  admit<T extends Callback> (wid: number | undefined, make: (wid: number) => T): T {
    const number = wid ?? this.#nextWid
    this.#nextWid = Math.max(this.#nextWid, number + 1)
    const widget = make(number)
    const displaced = this.#widgets.get(number)
    if (displaced !== undefined) {
      displaced.wid = this.#nextWid++
      this.#widgets.set(displaced.wid, displaced)
    }
    this.#widgets.set(number, widget)
    return widget
  }

  /** Makes a widget for the page's own use, under a wid that the page chooses. */
  make<T extends Callback> (className: string, ...args: readonly unknown[]): T {
    return this.create(className, undefined, args) as T
  }

  /** Makes `widget.element` known as the widget's. Called by the base class. */
  bind (widget: Widget): void { this.#byElement.set(widget.element, widget) }

  /** Drops a destroyed widget. */
  forget (widget: Callback): void {
    if (this.#widgets.get(widget.wid) === widget) this.#widgets.delete(widget.wid)
  }

  /** Reports what happened; see {@link CallbackQueue.fire}. A scene that has been replaced has nothing to say. */
  fire (widget: Callback, action: string, args: readonly unknown[]): boolean {
    return !this.#retired && this.#callbacks.fire(widget, action, args)
  }

  /** Sends files; the report `action`, with its payload, announces them. */
  upload (widget: Callback, action: string, payload: object, files: readonly File[]): void {
    if (!this.#retired) this.#upload(widget, action, payload, files)
  }

  /** Runs `change` without any of the callbacks that it would fire. */
  silently<T> (change: () => T): T { return this.#callbacks.silently(change) }

  /** An id for use in the DOM, unlike any other of the document. */
  uniqueId (): string { return `${this.#ids}${this.#nextId++}` }

  /** The one instance of `Service` in this scene. */
  service<T> (Service: Service<T>): T {
    if (!this.#services.has(Service)) this.#services.set(Service, new Service(this))
    return this.#services.get(Service) as T
  }

  /** Focuses the widget's focus target, as soon as the scene is live. */
  focus (widget: Widget): void {
    if (this.#live) widget.takeFocus()
    else this.#wantsFocus = widget
  }

  /** Nothing that happens here is reported any longer; what is on screen stays. */
  retire (): void { this.#retired = true }

  /** Lets the user in. */
  enter (): void {
    this.#live = true
    this.element.inert = false
    this.#wantsFocus?.takeFocus()
    this.#wantsFocus = null
  }

  /** Ends the scene: its widgets let go of everything, and its elements leave the page. */
  leave (): void {
    this.#live = false
    this.#retired = true
    this.geometry.dispose()
    for (const service of this.#services.values()) (service as { dispose? (): void }).dispose?.()
    for (const widget of this.#widgets.values()) widget.dispose()
    this.#widgets.clear()
    this.element.remove()
  }

  #construct (className: string, outline: Outline, wid: number, args: readonly unknown[]): Callback {
    const WidgetClass = widgetClasses.get(className)
    if (WidgetClass === undefined) throw new UnknownName(`Unknown widget class: ${className}`)
    return new WidgetClass({ scene: this, outline, wid, ...complete(outline, args) } as never)
  }
}

function creatable (className: string): Outline {
  const outline = outlines.get(className)
  if (outline === undefined || !outline.creatable) throw new UnknownName(`Unknown widget class: ${className}`)
  return outline
}
