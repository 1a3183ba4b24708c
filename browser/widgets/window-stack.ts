import type { Scene } from '../client/scene.ts'
import type { AbstractWindow } from './abstract-window.ts'
import { cycleByKey } from './window-cycle.ts'
import type { Point } from './window-gestures.ts'
import { WindowSwitcher } from './window-switcher.ts'
import type { Sheet } from './window-switcher.ts'

/** Distance between windows that the page places, px. */
const CASCADE = 28
const CASCADE_LENGTH = 8
/** Gap around minimised windows, px. */
const GAP = 6
/** Width of a minimised window, px. */
const MINIMIZED_WIDTH = 208

/** Whom a stack tells of what happens in it. */
export interface StackObserver {
  /** Everything was put where it belongs. */
  arranged (): void
  /** Another window is in front because it was brought there. */
  raised (window: AbstractWindow): void
}

/**
 * The windows on one ground, by default the stage: their stacking order, where minimised and unplaced ones go, and the
 * ways from one to another. On a small screen there is room for one at a time; a row of buttons leads to the others.
 */
export class WindowStack {
  /** What they stand on. */
  readonly ground: HTMLElement
  readonly #scene: Scene
  /** From the bottom up. */
  readonly #windows: AbstractWindow[] = []
  /** In the order in which they came. */
  readonly #members: AbstractWindow[] = []
  readonly #minimized: AbstractWindow[] = []
  readonly #ranks = new Map<AbstractWindow, number>()
  readonly #observer = new ResizeObserver(() => this.arrange())
  readonly #switcher = new WindowSwitcher()
  /** What lies below all windows, where there is something. */
  readonly #page: Sheet = { get title () { return document.title }, comeForward: () => this.#turnToPage() }
  #pageInFront = false
  readonly #end = new AbortController()
  readonly #observed: StackObserver | undefined
  #placed = 0

  /** @param ground - An element whose parent has room for a row of buttons; the stage if absent. */
  constructor (scene: Scene, ground?: HTMLElement, observer?: StackObserver) {
    this.#scene = scene
    this.#observed = observer
    this.ground = ground ?? scene.stage
    this.#observer.observe(this.ground)
    this.ground.parentElement?.append(this.#switcher.element)
    // Windows inside windows have keys of their own.
    const listener = ground ?? scene.element.closest<HTMLElement>('.pg-root') ?? scene.element
    cycleByKey(scene, listener, { ground: this.ground, ctrl: ground !== undefined, current: () => this.top?.element }, this.#end.signal)
  }

  /** All windows, from the bottom up. */
  get windows (): readonly AbstractWindow[] { return this.#windows }

  /** Puts a window that is new here on top. */
  add (window: AbstractWindow): void {
    if (this.#windows.includes(window)) return
    this.#windows.push(window)
    this.#members.push(window)
    this.ground.append(window.element)
    this.restack()
    this.#observed?.raised(window)
  }

  remove (window: AbstractWindow): void {
    this.#take(window)
    const index = this.#members.indexOf(window)
    if (index !== -1) this.#members.splice(index, 1)
    this.restore(window)
    this.restack()
  }

  raise (window: AbstractWindow): void {
    if ((this.#windows.at(-1) === window && !this.#pageInFront) || !this.#take(window)) return
    this.#pageInFront = false
    this.#windows.push(window)
    this.restack()
    this.#observed?.raised(window)
  }

  lower (window: AbstractWindow): void {
    if (!this.#take(window)) return
    this.#windows.unshift(window)
    this.restack()
  }

  /** Position in the stacking order, from the bottom; -1 for a window that was never shown. */
  rank (window: AbstractWindow): number { return this.#windows.indexOf(window) }

  /** Puts a window where its predecessor was. Windows that had none stay above those that had. */
  setRank (window: AbstractWindow, rank: number): void {
    this.#ranks.set(window, rank)
    this.#windows.sort((a, b) => (this.#ranks.get(a) ?? Infinity) - (this.#ranks.get(b) ?? Infinity) || 0)
    this.restack()
  }

  /** The uppermost window that is on screen and not behind a modal one; where there is room for one only, one that is more than its bar. */
  get top (): AbstractWindow | undefined {
    if (this.#pageInFront && this.#scene.compact) return undefined
    return this.#windows.findLast(window => window.is_visible() && window.element.parentElement?.inert !== true && (!this.#scene.compact || window.open))
  }

  /** A place for a window that has none, px. */
  nextPlace (): Point {
    const step = CASCADE * (1 + this.#placed++ % CASCADE_LENGTH)
    return { x: step, y: step }
  }

  /** Adds a window to the row of minimised ones along the lower edge. */
  minimize (window: AbstractWindow): void {
    if (!this.#minimized.includes(window)) this.#minimized.push(window)
    this.#arrangeMinimized()
  }

  /** Takes a window out of that row. */
  restore (window: AbstractWindow): void {
    const index = this.#minimized.indexOf(window)
    if (index === -1) return
    this.#minimized.splice(index, 1)
    this.#arrangeMinimized()
  }

  /** Writes the order down, and marks the window on top. */
  restack (): void {
    const { top } = this
    for (const [index, window] of this.#windows.entries()) {
      window.element.style.zIndex = String(index + 1)
      window.element.classList.toggle('pg-active', window === top)
    }
    this.ground.classList.toggle('pg-covered', top?.state === 'maximized')
    const page = this.ground.querySelector(':scope > .pg-page:not([hidden])') !== null
    this.ground.classList.toggle('pg-page-front', page && this.#pageInFront)
    const shown = this.#members.filter(window => window.is_visible())
    this.#switcher.update(page ? [this.#page, ...shown] : shown, top ?? (page ? this.#page : undefined))
  }

  /** Puts every window where it belongs. */
  arrange (): void {
    this.follow()
    for (const window of this.#windows) window.arrange()
    this.#observed?.arranged()
    // What is on top depends on how much room there is.
    this.restack()
  }

  /** The ground was scrolled: what stands still goes along. */
  follow (): void {
    for (const window of this.#windows) if (window.state === 'maximized') window.arrange()
    this.#arrangeMinimized()
  }

  dispose (): void {
    this.#observer.disconnect()
    this.#end.abort()
  }

  #take (window: AbstractWindow): boolean {
    const index = this.#windows.indexOf(window)
    if (index === -1) return false
    this.#windows.splice(index, 1)
    return true
  }

  #turnToPage (): void {
    this.#pageInFront = true
    this.restack()
  }

  #arrangeMinimized (): void {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.ground
    const perRow = Math.max(1, Math.floor((clientWidth - GAP) / (MINIMIZED_WIDTH + GAP)))
    for (const [index, { element }] of this.#minimized.entries()) {
      const height = element.offsetHeight + GAP
      element.style.left = `${scrollLeft + GAP + (index % perRow) * (MINIMIZED_WIDTH + GAP)}px`
      element.style.top = `${scrollTop + clientHeight - height * (1 + Math.floor(index / perRow))}px`
      element.style.width = `${MINIMIZED_WIDTH}px`
    }
  }
}
