/** A place on the ground that windows stand on, px. */
export interface Point { readonly x: number, readonly y: number }

/** Position and size on the ground, px. */
export interface Box { x: number, y: number, width: number, height: number }

/** Directions in which an edge or corner can be dragged. */
export const edges = ['n', 'ne', 'e', 'se', 's', 'sw', 'w', 'nw'] as const
export type Edge = typeof edges[number]

/** A drag of a pointer: how far it has come, px. */
export interface Drag {
  moved (dx: number, dy: number): void
  /** @param changed - False for a mere click, and where the drag was called off. */
  ended (changed: boolean): void
}

/** How far a pointer may stray in what is still a click, px. */
const SLACK = 3

/**
 * Follows the primary button's drags that begin on `handle`.
 *
 * @param begin - Called at the press; null refuses. Escape calls the drag off: it ends where it began.
 */
export function onDrag (handle: HTMLElement, begin: (event: PointerEvent) => Drag | null): void {
  handle.addEventListener('pointerdown', event => {
    if (event.button !== 0 || !event.isPrimary) return
    const drag = begin(event)
    if (drag === null) return
    const over = new AbortController()
    const { signal } = over
    let started = false
    const end = (changed: boolean): void => {
      over.abort()
      if (started && !changed) drag.moved(0, 0)
      drag.ended(started && changed)
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', ({ clientX, clientY }) => {
      const dx = clientX - event.clientX
      const dy = clientY - event.clientY
      started ||= Math.hypot(dx, dy) > SLACK
      if (started) drag.moved(dx, dy)
    }, { signal })
    handle.addEventListener('pointerup', () => end(true), { signal })
    // It bubbles, and where the handle has left the page it comes to the document alone.
    document.addEventListener('lostpointercapture', ({ pointerId }) => { if (pointerId === event.pointerId) end(false) }, { signal })
    document.addEventListener('keydown', key => {
      if (key.key !== 'Escape') return
      key.stopPropagation()
      end(false)
    }, { signal, capture: true })
  })
}

/** `box` with an edge dragged by `dx`, `dy`; not smaller than `least`, nor by its left edge further than `leftmost`. All px. */
export function stretched (box: Box, edge: Edge, dx: number, dy: number, least: { width: number, height: number }, leftmost: number): Box {
  const next = { ...box }
  if (edge.includes('e')) next.width = Math.max(least.width, box.width + dx)
  if (edge.includes('s')) next.height = Math.max(least.height, box.height + dy)
  if (edge.includes('w')) {
    next.width = Math.max(least.width, box.width - Math.max(dx, leftmost - box.x))
    next.x = box.x + box.width - next.width
  }
  if (edge.includes('n')) {
    // No higher than the ground: the title bar is up there.
    next.height = Math.max(least.height, box.height - Math.max(dy, -box.y))
    next.y = box.y + box.height - next.height
  }
  return next
}

/** How far an arrow key goes, px. With Ctrl it is 1. */
const STEP = 10

const arrows: Readonly<Record<string, readonly [dx: number, dy: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1]
}

/** How far a key moves a window or its corner, px; null for one that does not. */
export function keyStep ({ key, altKey, metaKey, ctrlKey }: KeyboardEvent): [dx: number, dy: number] | null {
  const arrow = arrows[key]
  if (arrow === undefined || altKey || metaKey) return null
  const step = ctrlKey ? 1 : STEP
  return [arrow[0] * step, arrow[1] * step]
}

/** Where a window is on its ground and how large it is, as they are on screen. */
export function boxOn (ground: HTMLElement, window: HTMLElement): Box {
  const { left, top, width, height } = window.getBoundingClientRect()
  const origin = ground.getBoundingClientRect()
  return {
    x: Math.round(left - origin.left - ground.clientLeft + ground.scrollLeft),
    y: Math.round(top - origin.top - ground.clientTop + ground.scrollTop),
    width: Math.round(width),
    height: Math.round(height)
  }
}
