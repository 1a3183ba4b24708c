import type { Scene } from '../client/scene.ts'

/** What is on a ground, and the key that leads through it. */
export interface Cycle {
  readonly ground: HTMLElement
  /** Whether F6 is pressed together with Ctrl. */
  readonly ctrl: boolean
  /** What has the focus where the ground has not. */
  current (): HTMLElement | undefined
}

/**
 * Lets F6 lead the focus from one window, or page, to the next, and Shift+F6 to the one before: in the order in which
 * they were made, which raising does not change. Each gets the focus where it had it last.
 *
 * @param listener - Where the keys are heard.
 * @param signal - Ends it.
 */
export function cycleByKey (scene: Scene, listener: HTMLElement, { ground, ctrl, current }: Cycle, signal: AbortSignal): void {
  const last = new WeakMap<Element, HTMLElement>()
  const itemOf = (node: EventTarget | null): HTMLElement | undefined => items().find(item => node instanceof Node && item.contains(node))
  const items = (): HTMLElement[] => [...ground.children].filter((item): item is HTMLElement =>
    item instanceof HTMLElement && scene.widgetOf(item) !== null && item.checkVisibility() && !item.inert)

  const enter = (item: HTMLElement): void => {
    const before = last.get(item)
    before?.focus()
    if (!item.contains(document.activeElement)) scene.widgetOf(item)?.focusTarget.focus()
  }

  ground.addEventListener('focusin', ({ target }) => {
    const item = itemOf(target)
    if (item !== undefined) last.set(item, target as HTMLElement)
  }, { signal })
  listener.addEventListener('keydown', event => {
    if (event.key !== 'F6' || event.ctrlKey !== ctrl || event.altKey || event.metaKey || event.defaultPrevented) return
    const all = items()
    if (all.length === 0) return
    event.preventDefault()
    const from = itemOf(document.activeElement)
    // From outside it leads into what is in front.
    const inFront = current()
    const step = event.shiftKey ? -1 : 1
    enter(from === undefined
      ? inFront ?? all[0] as HTMLElement
      : all[(all.indexOf(from) + step + all.length) % all.length] as HTMLElement)
  }, { signal })
}
