import type { Scene } from '../client/scene.ts'
import { Widget } from './widget.ts'
import { WindowStack } from './window-stack.ts'

/** A window that keeps people from everything else. */
export interface ModalWindow {
  readonly element: HTMLElement
  /** What gets the focus when it appears. */
  readonly entrance: HTMLElement
}

interface Opened {
  readonly window: ModalWindow
  /** Dims what is behind, and keeps the pointer from it. */
  readonly backdrop: HTMLElement
  /** What had the focus before. */
  before: Element | null
}

const TABBABLE = 'button, input, select, textarea, a[href], iframe, video[controls], [contenteditable="true"], [tabindex]'

/** What the Tab key leads to, in order. */
export function tabStops (element: HTMLElement): HTMLElement[] {
  return [...element.querySelectorAll<HTMLElement>(TABBABLE)].filter(stop =>
    stop.tabIndex >= 0 && !stop.matches(':disabled') && stop.closest('[inert]') === null && stop.checkVisibility({ visibilityProperty: true }))
}

const focusIn = (element: HTMLElement): void => element.focus({ preventScroll: true })

/**
 * The modal windows of a scene, which stand on a layer of their own, each on its backdrop. All behind the uppermost is
 * inert: the rest of the scene, but nothing of the page that the scene is embedded in.
 */
export class Modality {
  readonly #scene: Scene
  readonly #layer = document.createElement('div')
  /** From the bottom up. */
  readonly #opened: Opened[] = []

  constructor (scene: Scene) {
    this.#scene = scene
    this.#layer.className = 'pg-modals'
    scene.overlays.before(this.#layer)
    // A scene that was built behind another one lets nobody in until it is complete.
    new MutationObserver(() => this.#settle()).observe(scene.element, { attributes: true, attributeFilter: ['inert'] })
  }

  /** Whether the window is one of them. */
  holds (window: ModalWindow): boolean { return this.#opened.some(opened => opened.window === window) }

  /** Puts a window that is on the stage in front of everything. The focus follows, once what is under way is done. */
  open (window: ModalWindow): void {
    if (this.holds(window)) return this.raise(window)
    const backdrop = document.createElement('div')
    backdrop.className = 'pg-modal'
    // A press beside the window must not take the focus out of it.
    backdrop.addEventListener('mousedown', event => { if (event.target === backdrop) event.preventDefault() })
    backdrop.addEventListener('contextmenu', event => { if (event.target === backdrop) event.preventDefault() })
    backdrop.addEventListener('keydown', event => this.#keepIn(event, window.element))
    this.#opened.push({ window, backdrop, before: document.activeElement })
    this.#layer.append(backdrop)
    move(window.element, backdrop)
    this.#arrange()
  }

  /** Puts the window back onto the stage, as one of many. @param leave - Whether the focus goes to where it was before. */
  close (window: ModalWindow, leave: boolean): void {
    const index = this.#opened.findIndex(opened => opened.window === window)
    const [closed] = index === -1 ? [] : this.#opened.splice(index, 1)
    if (closed === undefined) return
    move(window.element, this.#scene.stage)
    closed.backdrop.remove()
    this.#arrange()
    if (leave) this.#giveBack(closed.before)
  }

  /** Puts the window before the other modal ones. */
  raise (window: ModalWindow): void {
    const index = this.#opened.findIndex(opened => opened.window === window)
    if (index === -1 || index === this.#opened.length - 1) return
    this.#opened.push(...this.#opened.splice(index, 1))
    this.#arrange()
  }

  /** The widget that had the focus before the window; null if none did. */
  originOf (window: ModalWindow): number | null {
    const before = this.#opened.find(opened => opened.window === window)?.before ?? null
    return before === null ? null : this.#scene.widgetOf(before)?.wid ?? null
  }

  /** Says which widget had it, in the scene that this one takes the place of. */
  setOrigin (window: ModalWindow, wid: number | null): void {
    const opened = this.#opened.find(opened => opened.window === window)
    const widget = wid === null ? undefined : this.#scene.widget(wid)
    if (opened !== undefined && widget instanceof Widget) opened.before = widget.focusTarget
  }

  #arrange (): void {
    const top = this.#opened.at(-1)
    for (const other of this.#scene.element.children) {
      if (other !== this.#layer && other !== this.#scene.overlays) (other as HTMLElement).inert = top !== undefined
    }
    for (const [index, opened] of this.#opened.entries()) {
      opened.backdrop.style.zIndex = String(index + 1)
      opened.backdrop.inert = opened !== top
    }
    this.#scene.service(WindowStack).restack()
    this.#settle()
  }

  // Later, when the window has all that the same frame puts into it, and when a scene that took the place of another
  // has given the focus back to what had it there.
  #settle (): void {
    queueMicrotask(() => {
      const top = this.#opened.at(-1)?.window
      if (top === undefined || !this.#scene.live || top.element.contains(document.activeElement) || this.#isElsewhere()) return
      focusIn(top.entrance)
    })
  }

  /** Whether somebody is busy in a part of the page that is none of ours. */
  #isElsewhere (): boolean {
    const active = document.activeElement
    return active !== null && active !== document.body && this.#scene.element.closest('.pg-root')?.contains(active) !== true
  }

  #giveBack (before: Element | null): void {
    const usable = before instanceof HTMLElement && before !== document.body && before.isConnected && before.closest('[inert]') === null
    if (usable) focusIn(before)
    // Another modal window takes it by itself.
    if (!(usable && document.activeElement === before) && this.#opened.length === 0) this.#scene.service(WindowStack).top?.focusTarget.focus({ preventScroll: true })
  }

  #keepIn (event: KeyboardEvent, element: HTMLElement): void {
    if (event.key !== 'Tab' || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return
    const stops = tabStops(element)
    const [first, last] = [stops[0] ?? element, stops.at(-1) ?? element]
    const { activeElement } = document
    const atEnd = event.shiftKey ? activeElement === first || activeElement === element : activeElement === last
    if (!atEnd) return
    event.preventDefault()
    focusIn(event.shiftKey ? last : first)
  }
}

/** Moves an element; what is focused in it stays so. */
function move (element: HTMLElement, to: HTMLElement): void {
  const focused = element.contains(document.activeElement) ? document.activeElement as HTMLElement : null
  to.append(element)
  if (focused !== null) focusIn(focused)
}
