import type { Widget } from '../widgets/widget.ts'
import type { Scene } from './scene.ts'

interface Watched {
  /** Size last reported, `width x height`. */
  size: string
  /** Whether the widget had a box when last looked at. */
  visible: boolean
  /** Whether `map` was ever reported. */
  mapped: boolean
}

const NO_BOX = '0x0'

/** Watches the boxes of the widgets whose `map` or `resize` the server listens to, and of no others. */
export class Geometry {
  readonly #scene: Scene
  readonly #watched = new Map<Widget, Watched>()
  readonly #observer = new ResizeObserver(entries => {
    for (const { target } of entries) {
      const widget = this.#scene.widgetOf(target)
      if (widget !== null) this.#look(widget)
    }
  })

  #frame = 0

  constructor (scene: Scene) { this.#scene = scene }

  /** Starts watching, or looks again: a widget that is visible already reports its `map` at once. */
  watch (widget: Widget): void {
    if (this.#watched.has(widget)) {
      const watched = this.#watched.get(widget) as Watched
      if (widget.listens('map') && watched.visible && !watched.mapped) this.#map(widget, watched)
      return
    }
    const watched = { size: NO_BOX, visible: false, mapped: false }
    this.#watched.set(widget, watched)
    this.#observer.observe(widget.element, { box: 'border-box' })
    // While a scene is built boxes are not final; the observer reports them once they are laid out.
    if (this.#scene.live && widget.listens('map')) this.#look(widget)
  }

  unwatch (widget: Widget): void {
    if (this.#watched.delete(widget)) this.#observer.unobserve(widget.element)
  }

  /**
   * After a replay, when layout has settled: what has a size reports it, and a frame later what still was not mapped
   * reports that, be it without a box.
   */
  settle (): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = requestAnimationFrame(() => {
      for (const widget of this.#watched.keys()) this.#look(widget, true)
      for (const widget of this.#scene.widgets) widget.settled()
      this.#frame = requestAnimationFrame(() => {
        for (const [widget, watched] of this.#watched) {
          if (widget.listens('map') && !watched.mapped) this.#map(widget, watched)
        }
      })
    })
  }

  dispose (): void {
    cancelAnimationFrame(this.#frame)
    this.#observer.disconnect()
    this.#watched.clear()
  }

  /** @param anew - Reports a size also if it was reported before. */
  #look (widget: Widget, anew = false): void {
    const watched = this.#watched.get(widget)
    if (watched === undefined) return
    const [width, height] = widget.get_size()
    const visible = width > 0 || height > 0
    const appeared = visible && !watched.visible
    watched.visible = visible
    if (appeared && widget.listens('map')) this.#map(widget, watched)
    const size = `${width}x${height}`
    if (size === watched.size && !(anew && visible)) return
    watched.size = size
    if (widget.measured) widget.fire('resize', { width, height })
  }

  #map (widget: Widget, watched: Watched): void {
    watched.mapped = true
    const box = widget.element.getBoundingClientRect()
    const outer = (widget.parent?.originOf(widget) ?? widget.element.parentElement)?.getBoundingClientRect()
    const round = Math.round
    widget.fire('map', {
      x: round(box.left - (outer?.left ?? 0)),
      y: round(box.top - (outer?.top ?? 0)),
      viewport_x: round(box.left),
      viewport_y: round(box.top),
      width: round(box.width),
      height: round(box.height)
    })
  }
}
