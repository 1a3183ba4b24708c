import type { Page } from './page.ts'
import type { PageWidget } from './model.ts'
import { isA } from '../widgets/definition.ts'
import type { WidgetDefinition } from '../widgets/definition.ts'

/** Width and height in px. */
export interface Size { readonly width: number, readonly height: number }

interface Watched {
  /** Size last reported; null if none was. */
  size: Size | null
  visible: boolean
  /** Whether `map` was ever reported. */
  mapped: boolean
}

const NO_BOX: Size = { width: 0, height: 0 }
/** Of a widget that neither code nor a test gave a size. There is no layout here, but sizes must not change by themselves. */
const USUAL: Size = { width: 120, height: 24 }
/** Of a window that is only its title bar. */
const BAR = 30

/** The boxes of widgets, as far as the server listens to `resize` and `map`. Looked at once for each animation frame. */
export class Geometry {
  readonly #page: Page
  readonly #viewport: () => Size
  readonly #nextFrame: (task: () => void) => void
  readonly #watched = new Map<PageWidget, Watched>()
  readonly #given = new WeakMap<PageWidget, Size>()
  #due = false

  constructor (page: Page, viewport: () => Size, nextFrame: (task: () => void) => void) {
    this.#page = page
    this.#viewport = viewport
    this.#nextFrame = nextFrame
  }

  /** The server begins to listen. What is visible already reports its `map` at once, before the answer. */
  watch (widget: PageWidget, action: string): void {
    if (action !== 'map' && action !== 'resize') return
    const watched = this.#watched.get(widget)
    if (watched === undefined) this.#watched.set(widget, { size: null, visible: false, mapped: false })
    if (action === 'map' && !this.#page.reports.replaying && isOnScreen(widget)) {
      const entry = this.#watched.get(widget) as Watched
      entry.visible = true
      this.#map(widget, entry)
    }
  }

  /** A test says what size the layout gives to a widget. */
  give (widget: PageWidget, size: Size): void {
    this.#given.set(widget, size)
    this.look()
  }

  sizeOf (widget: PageWidget): Size {
    if (!isOnScreen(widget)) return NO_BOX
    const given = this.#given.get(widget)
    if (given !== undefined) return given
    const [width, height] = (widget.state.size ?? [null, null]) as [number | null, number | null]
    const usual = widget.definition.class === 'TopLevel' || widget.definition.class === 'Page' ? this.#viewport() : USUAL
    switch (widget.state.window_state) {
      case 'maximized': return this.#viewport()
      case 'minimized': case 'shaded': return { width: width ?? usual.width, height: BAR }
    }
    return { width: width ?? usual.width, height: height ?? usual.height }
  }

  /** Something may have changed: looks at the boxes in the next animation frame. */
  look (): void {
    if (this.#due || this.#watched.size === 0 || this.#page.reports.replaying) return
    this.#due = true
    this.#nextFrame(() => {
      this.#due = false
      for (const [widget, watched] of this.#watched) this.#look(widget, watched)
    })
  }

  /** After a replay: what has a size reports it, and a frame later what was not mapped yet reports that, box or not. */
  settle (): void {
    this.#nextFrame(() => {
      const { border } = this.#page.dialect
      for (const [widget, watched] of this.#watched) {
        const size = this.sizeOf(widget)
        this.#look(widget, watched)
        if (size !== NO_BOX && border.afterReplay > 0) this.#resize(widget, size, border.afterReplay)
      }
      this.#nextFrame(() => {
        for (const [widget, watched] of this.#watched) if (!watched.mapped && widget.listened.has('map')) this.#map(widget, watched)
      })
    })
  }

  clear (): void {
    this.#watched.clear()
    this.#due = false
  }

  #look (widget: PageWidget, watched: Watched): void {
    const size = this.sizeOf(widget)
    const appeared = size !== NO_BOX && !watched.visible
    watched.visible = size !== NO_BOX
    if (appeared) this.#map(widget, watched)
    if (watched.size?.width === size.width && watched.size.height === size.height) return
    if (watched.size === null && size === NO_BOX) return
    watched.size = size
    this.#resize(widget, size, this.#page.dialect.border.otherwise)
  }

  #resize (widget: PageWidget, { width, height }: Size, border: number): void {
    if (!this.#page.dialect.measures(widget)) return
    this.#page.reports.fire(widget, 'resize', [{ width: width + border, height: height + border }])
  }

  #map (widget: PageWidget, watched: Watched): void {
    if (!widget.listened.has('map')) return
    watched.mapped = true
    const { width, height } = this.sizeOf(widget)
    this.#page.reports.fire(widget, 'map', [{ x: 0, y: 0, viewport_x: 0, viewport_y: 0, width, height }])
  }
}

/** Whether a widget has a box: it and all around it are shown, and the outermost is a window. */
export function isOnScreen (widget: PageWidget): boolean {
  return whyHidden(widget) === null
}

/** Why nobody can see a widget; null if one can. Menus are taken to open wherever there is something that opens them. */
export function whyHidden (widget: PageWidget): string | null {
  let child: PageWidget | null = null
  for (let at: PageWidget | null = widget; at !== null; child = at, at = at.parent) {
    const name = `${at.definition.class}#${at.wid}`
    const self = at === widget
    if (at.state.visible === false) return self ? 'it is hidden' : `${name}, which holds it, is hidden`
    if (!self && (at.state.window_state === 'minimized' || at.state.window_state === 'shaded')) {
      return `${name}, which holds it, is ${String(at.state.window_state)}`
    }
    if (!self && at.state.collapsed === true && at.definition.class === 'Expander') return `${name}, which holds it, is collapsed`
    const wrapper = at.entries.find(entry => entry.child === child)?.wrapper
    if (child !== null && (wrapper?.state.window_state === 'minimized' || wrapper?.state.window_state === 'shaded')) {
      return `${wrapper.definition.class}#${wrapper.wid}, which holds it, is ${wrapper.state.window_state}`
    }
    if (PAGED.has(at.definition.class) && child !== null && at.entries.filter(entry => entry.child !== null)[at.state.index as number]?.child !== child) {
      return `it is on a page of ${name} that is not shown`
    }
    if (at.parent === null && !isRoot(at.definition)) return self ? 'it is in no window' : `${name}, which holds it, is in no window`
  }
  return null
}

/** Containers that show one of their children. */
const PAGED: ReadonlySet<string> = new Set(['TabWidget', 'StackWidget'])

/** What is on the page without being in anything. */
const isRoot = (definition: WidgetDefinition): boolean => ['TopLevel', 'Page', 'Menu'].some(name => isA(definition, name))
