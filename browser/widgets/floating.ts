/** A point of the viewport, px. */
export interface Point { readonly x: number, readonly y: number }
export type Anchor = HTMLElement | Point

export interface Floating {
  /** Where it goes if there is room, its start at the anchor's start; otherwise the other side. */
  readonly side: 'below' | 'beside'
  /** Distance from the anchor, px. */
  readonly gap?: number
  /** At least as wide as the anchor. */
  readonly matchWidth?: boolean
  /** Greatest height, px; less where the viewport is smaller. */
  readonly maxHeight?: number
  /** Called once it is in its place, and as high as it can be there, if that is not so at once. */
  placed? (): void
}

/** What opens at a point hangs from an element too. */
function elementAt ({ x, y }: Point): HTMLElement {
  const element = document.createElement('div')
  element.className = 'pg-point'
  element.style.left = `${x}px`
  element.style.top = `${y}px`
  return element
}

/** Keeps free what an on-screen keyboard covers, which leaves the layout as it is. */
function avoidKeyboard (element: HTMLElement, signal: AbortSignal): void {
  const { visualViewport } = window
  const measure = (): void => {
    const covered = visualViewport === null ? 0 : window.innerHeight - visualViewport.height - visualViewport.offsetTop
    element.style.setProperty('--pg-covered', `${Math.max(0, covered)}px`)
  }
  measure()
  visualViewport?.addEventListener('resize', measure, { signal })
}

/** By anchor positioning, CSS, Level 1. */
function anchor (element: HTMLElement, to: HTMLElement, { matchWidth = false }: Floating): void {
  const name = `--${element.id}`
  to.style.setProperty('anchor-name', name)
  element.style.setProperty('position-anchor', name)
  element.classList.add('pg-anchored')
  element.classList.toggle('pg-match', matchWidth)
}

/** Keeps `element`, which has an id, beside `to` and inside the viewport, whatever moves. Returns a function that ends that. */
export function float (element: HTMLElement, to: Anchor, floating: Floating): () => void {
  const { side, gap = 4, maxHeight } = floating
  const end = new AbortController()
  const { signal } = end
  element.classList.add('pg-floating')
  element.classList.toggle('pg-beside', side === 'beside')
  element.style.setProperty('--pg-gap', `${gap}px`)
  if (maxHeight !== undefined) element.style.setProperty('--pg-most', `${maxHeight}px`)
  const target = to instanceof HTMLElement ? to : elementAt(to)
  if (target !== to) {
    element.before(target)
    signal.addEventListener('abort', () => target.remove())
  }
  if (CSS.supports('position-area', 'self-end span-self-end')) {
    anchor(element, target, floating)
    avoidKeyboard(element, signal)
    signal.addEventListener('abort', () => target.style.removeProperty('anchor-name'))
  } else {
    void import('./floating-by-script.ts').then(({ floatByScript }) => { if (!signal.aborted) floatByScript(element, target, floating, signal) })
  }
  return () => end.abort()
}
