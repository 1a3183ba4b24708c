import type { Scene } from '../client/scene.ts'
import type { AbstractWindow } from './abstract-window.ts'
import type { Point } from './window-gestures.ts'

/** Distance between windows that the page places, px. */
const CASCADE = 28
const CASCADE_LENGTH = 8
/** Gap around minimised windows, px. */
const GAP = 6
/** Width of a minimised window, px. */
const MINIMIZED_WIDTH = 208

/** The windows on one ground, by default the stage: their stacking order, and where minimised and unplaced ones go. */
export class WindowStack {
  /** What they stand on. */
  readonly ground: HTMLElement
  /** From the bottom up. */
  readonly #windows: AbstractWindow[] = []
  readonly #minimized: AbstractWindow[] = []
  readonly #ranks = new Map<AbstractWindow, number>()
  readonly #observer = new ResizeObserver(() => this.#arrange())
  #placed = 0

  constructor (scene: Scene, ground: HTMLElement = scene.stage) {
    this.ground = ground
    this.#observer.observe(ground)
  }

  /** Puts a window that is new here on top. */
  add (window: AbstractWindow): void {
    if (this.#windows.includes(window)) return
    this.#windows.push(window)
    this.ground.append(window.element)
    this.restack()
  }

  remove (window: AbstractWindow): void {
    this.#take(window)
    this.restore(window)
    this.restack()
  }

  raise (window: AbstractWindow): void {
    if (this.#windows.at(-1) === window || !this.#take(window)) return
    this.#windows.push(window)
    this.restack()
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

  /** The uppermost window that is on screen. */
  get top (): AbstractWindow | undefined { return this.#windows.findLast(window => window.is_visible()) }

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

  #take (window: AbstractWindow): boolean {
    const index = this.#windows.indexOf(window)
    if (index === -1) return false
    this.#windows.splice(index, 1)
    return true
  }

  /** Writes the order down, and marks the window on top. */
  restack (): void {
    const top = this.top
    for (const [index, window] of this.#windows.entries()) {
      window.element.style.zIndex = String(index + 1)
      window.element.classList.toggle('pg-active', window === top)
    }
  }

  #arrange (): void {
    for (const window of this.#windows) window.arrange()
    this.#arrangeMinimized()
  }

  #arrangeMinimized (): void {
    const perRow = Math.max(1, Math.floor((this.ground.clientWidth - GAP) / (MINIMIZED_WIDTH + GAP)))
    for (const [index, { element }] of this.#minimized.entries()) {
      element.style.left = `${GAP + (index % perRow) * (MINIMIZED_WIDTH + GAP)}px`
      element.style.bottom = `${GAP + Math.floor(index / perRow) * (element.offsetHeight + GAP)}px`
      element.style.width = `${MINIMIZED_WIDTH}px`
    }
  }
}
