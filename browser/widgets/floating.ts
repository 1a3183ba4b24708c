import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom'
import type { Placement, VirtualElement } from '@floating-ui/dom'

export type { Placement } from '@floating-ui/dom'
export type Anchor = HTMLElement | VirtualElement

export interface Floating {
  /** Where it goes if there is room; otherwise the other side. */
  readonly placement: Placement
  /** Distance from the anchor, px. */
  readonly gap?: number
  /** At least as wide as the anchor. */
  readonly matchWidth?: boolean
  /** Greatest height, px; less where the viewport is smaller. */
  readonly maxHeight?: number
  /** Called once it is in its place, and as high as it can be there. */
  placed? (): void
}

/** Room that stays free at the edges of the viewport, px. */
const MARGIN = 8
/** Where both sides of the anchor leave less height than this, px, it may lie over the anchor. */
const SCANT = 120

/** A point of the viewport as an anchor, px. */
export const pointAnchor = (x: number, y: number): VirtualElement => ({ getBoundingClientRect: () => new DOMRect(x, y, 0, 0) })

/** Keeps `element` beside `anchor` and inside the viewport, whatever moves. Returns a function that ends that. */
export function float (element: HTMLElement, anchor: Anchor, { placement, gap = 4, matchWidth = false, maxHeight = Infinity, placed }: Floating): () => void {
  const middleware = [
    offset(gap),
    flip({ padding: MARGIN }),
    shift({ padding: MARGIN }),
    size({
      padding: MARGIN,
      apply ({ availableHeight, rects }) {
        const beside = availableHeight >= Math.min(SCANT, element.scrollHeight)
        const height = beside ? availableHeight : document.documentElement.clientHeight - 2 * MARGIN
        element.style.maxHeight = `${Math.max(0, Math.min(maxHeight, height))}px`
        if (matchWidth) element.style.minWidth = `${rects.reference.width}px`
      }
    }),
    shift({ padding: MARGIN, mainAxis: false, crossAxis: true })
  ]
  let over = false
  let first = true
  const end = autoUpdate(anchor, element, () => {
    computePosition(anchor, element, { placement, strategy: 'fixed', middleware }).then(({ x, y }) => {
      if (over) return
      element.style.left = `${Math.round(x)}px`
      element.style.top = `${Math.round(y)}px`
      if (first) placed?.()
      first = false
    }, () => {})
  })
  return () => {
    over = true
    end()
  }
}
