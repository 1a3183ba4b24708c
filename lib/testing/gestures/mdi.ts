import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import { refTo } from '../reports.ts'
import type { WindowState } from './top-level.ts'

const wrapperOf = (child: PageWidget): PageWidget | undefined => child.parent?.entries.find(entry => entry.child === child)?.wrapper ?? undefined

/** Brings the window of a child to the front, and says so if it was not there already; a reference page says so anyway. */
function bringToFront (host: WidgetHandle['host'], mdi: PageWidget, child: PageWidget): void {
  const order = mdi.state.order as number[]
  if (order.at(-1) === child.wid && host.page.dialect.extended) return
  host.page.model.patch(mdi, { order: [...order.filter(wid => wid !== child.wid), child.wid] })
  host.page.reports.fire(mdi, 'page-switch', [refTo(child)])
}

/** A workspace with windows. */
export class MDIWidgetHandle extends WidgetHandle {
  /** Position, among the children, of the one whose window is in front; -1 if there are none. */
  get index (): number { return this.children.findIndex(({ wid }) => wid === (this.state.order as number[]).at(-1)) }

  /** The windows, in the order in which they were made. */
  get windows (): MDISubWindowHandle[] {
    return this.widget.entries.flatMap(({ wrapper }) => wrapper == null ? [] : [this.host.handle(wrapper) as MDISubWindowHandle])
  }

  /** The titles of the windows, in that order. */
  get titles (): string[] { return this.windows.map(({ title }) => title) }

  /** Brings a window to the front, by the position of what is in it, or by its title. */
  select (window: number | string, options: ActOptions = {}): Done { return this.#window(window).raise(options) }

  /** Uses the × of a window. */
  closeWindow (window: number | string, options: ActOptions = {}): Done { return this.#window(window).close(options) }

  /** Scrolls the workspace. @param h - 0 to 1. @param v - 0 to 1. */
  scroll (h: number, v: number, options: ActOptions = {}): Done {
    return this.act('scroll', options, widget => {
      this.set(widget, { scroll_position: [h, v] })
      this.report(widget, 'scrolled', h, v)
    })
  }

  #window (window: number | string): MDISubWindowHandle {
    const found = typeof window === 'number' ? this.windows[window] : this.windows.find(({ title }) => title === window)
    if (found === undefined) this.refuse('use', `there is no window ${JSON.stringify(window)}; there are ${this.titles.map(title => JSON.stringify(title)).join(', ')}`)
    return found
  }
}

/** A window in a workspace. In a page of the dialect `reference` its id is one that the page chose. */
export class MDISubWindowHandle extends WidgetHandle {
  get title (): string { return this.state.title as string }
  /** Left and top in the workspace, in px. */
  get position (): [x: number, y: number] | null { return this.state.position as [number, number] | null }
  /** Width and height in px. */
  get size (): [width: number, height: number] { return this.state.size as [number, number] }
  get windowState (): WindowState { return this.state.window_state as WindowState }
  /** What is in it. */
  get content (): WidgetHandle { return this.host.handle(this.#child(this.widget)) }

  /** Brings the window to the front. */
  raise (options: ActOptions = {}): Done { return this.#act('raise', options, () => true) }

  /** Drags the window by its title bar. */
  move (x: number, y: number, options: ActOptions = {}): Done {
    return this.#act('move', options, widget => {
      const there = this.host.page.dialect.extended ? [Math.max(0, x), Math.max(0, y)] : [x, y]
      this.set(widget, { position: there })
      this.report(widget, 'move', ...there)
    }, state => state === 'normal' || state === 'shaded')
  }

  /** Drags the window's lower right corner. */
  resize (width: number, height: number, options: ActOptions = {}): Done {
    return this.#act('resize', options, widget => {
      const { dialect } = this.host.page
      const size = { width: Math.max(width, dialect.smallestWindow.width), height: Math.max(height, dialect.smallestWindow.height) }
      this.set(widget, { size: [size.width, size.height] })
      if (!dialect.measures(widget)) this.report(widget, 'resize', size)
    }, state => state === 'normal')
  }

  /** Uses the close button: the page closes the window by itself. */
  close (options: ActOptions = {}): Done {
    return this.#act('close', options, widget => {
      const child = this.#child(widget)
      const mdi = child.parent as PageWidget
      this.report(mdi, 'page-close', refTo(child))
      this.host.page.model.call(mdi, 'close_child', [{ __wid__: child.wid }])
      this.report(mdi, 'child-removed', this.host.page.dialect.extended ? refTo(child) : null)
    })
  }

  /** Minimises the window, or brings it back. */
  minimize (options: ActOptions = {}): Done { return this.#toggle('minimize', 'minimized', options) }

  /** Maximises the window, or brings it back. */
  maximize (options: ActOptions = {}): Done { return this.#toggle('maximize', 'maximized', options) }

  /** Rolls the window up to its title bar, or back down. */
  shade (options: ActOptions = {}): Done {
    if (this.args.shadeable !== true && options.force !== true) this.refuse('shade', 'it is not shadeable')
    return this.#toggle('shade', 'shaded', options)
  }

  #toggle (verb: string, state: WindowState, options: ActOptions): Done {
    return this.#act(verb, options, widget => {
      const next = widget.state.window_state === state ? 'normal' : state
      this.set(widget, { window_state: next })
      this.report(widget, 'window-state', next)
    })
  }

  /** Whoever uses a window touches it, which brings it to the front. */
  #act (verb: string, options: ActOptions, change: (widget: PageWidget) => unknown, allowed: (state: WindowState) => boolean = () => true): Done {
    return this.act(verb, options, widget => {
      if (!allowed(this.windowState)) this.refuse(verb, `it is ${this.windowState}`)
      const child = this.#child(widget)
      bringToFront(this.host, child.parent as PageWidget, child)
      change(widget)
    })
  }

  #child (widget: PageWidget): PageWidget {
    const child = widget.wraps
    if (child === null || wrapperOf(child) !== widget) throw new Error(`${this.toString()} is not in the browser any more`)
    return child
  }
}
