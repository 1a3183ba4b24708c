import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import type { PageWidget } from '../model.ts'

export type WindowState = 'normal' | 'shaded' | 'minimized' | 'maximized'

/** A window. */
export class TopLevelHandle extends WidgetHandle {
  get title (): string | null { return this.state.title as string | null }
  /** Left and top in px; null while the page places the window. */
  get position (): [x: number, y: number] | null { return this.state.position as [number, number] | null }
  /** Width and height in px; null while they follow from the content. */
  get size (): [width: number | null, height: number | null] | null { return this.state.size as [number | null, number | null] | null }
  get windowState (): WindowState { return this.state.window_state as WindowState }

  /** Drags the window by its title bar. */
  move (x: number, y: number, options: ActOptions = {}): Done {
    return this.act('move', options, widget => {
      this.#need(widget, 'move', options, widget.state.moveable === true, 'it is not moveable')
      this.#need(widget, 'move', options, ['normal', 'shaded'].includes(this.windowState), `it is ${this.windowState}`)
      this.set(widget, { position: [x, y] })
      this.report(widget, 'move', x, y)
    })
  }

  /** Drags the window's lower right corner. */
  resize (width: number, height: number, options: ActOptions = {}): Done {
    return this.act('resize', options, widget => {
      this.#need(widget, 'resize', options, widget.given.resizable === true, 'it is not resizable')
      this.#need(widget, 'resize', options, this.windowState === 'normal', `it is ${this.windowState}`)
      const { dialect } = this.host.page
      const size = { width: Math.max(width, dialect.smallestWindow.width), height: Math.max(height, dialect.smallestWindow.height) }
      this.set(widget, { size: [size.width, size.height] })
      // A page that measures boxes says so by itself, once it has drawn.
      if (!dialect.measures(widget)) this.report(widget, 'resize', size)
    })
  }

  /** Uses the close button, which asks the server. */
  close (options: ActOptions = {}): Done {
    return this.act('close', options, widget => {
      this.#need(widget, 'close', options, widget.given.closeable === true, 'it is not closeable')
      this.report(widget, 'close')
    })
  }

  /** Minimises the window, or brings it back. */
  minimize (options: ActOptions = {}): Done { return this.#toggle('minimize', 'minimized', 'minimizable', options) }

  /** Maximises the window, or brings it back. */
  maximize (options: ActOptions = {}): Done { return this.#toggle('maximize', 'maximized', 'maximizable', options) }

  /** Rolls the window up to its title bar, or back down. */
  shade (options: ActOptions = {}): Done { return this.#toggle('shade', 'shaded', 'shadeable', options) }

  #toggle (verb: string, state: WindowState, option: string, options: ActOptions): Done {
    return this.act(verb, options, widget => {
      this.#need(widget, verb, options, widget.given[option] === true, `it is not ${option}`)
      const next = widget.state.window_state === state ? 'normal' : state
      this.set(widget, { window_state: next })
      this.report(widget, 'window-state', next)
    })
  }

  #need (widget: PageWidget, verb: string, { force }: ActOptions, can: boolean, reason: string): void {
    if (force === true) return
    if (widget.state.title === null) this.refuse(verb, 'it has no title bar')
    if (!can) this.refuse(verb, reason)
  }
}
