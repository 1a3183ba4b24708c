/** What keeps popups in their places where the browser has no anchor positioning. Loaded when the first one opens there. */
import { autoUpdate, computePosition, flip, offset, shift, size } from '@floating-ui/dom'
import type { Floating } from './floating.ts'

/** Room that stays free at the edges of the viewport, px. */
const MARGIN = 8
/** Where both sides of the anchor leave less height than this, px, it may lie over the anchor. */
const SCANT = 120

export function floatByScript (element: HTMLElement, anchor: HTMLElement, { side, gap = 4, matchWidth = false, maxHeight = Infinity, placed }: Floating, signal: AbortSignal): void {
  const beside = getComputedStyle(element).direction === 'rtl' ? 'left-start' : 'right-start'
  const middleware = [
    offset(gap),
    flip({ padding: MARGIN }),
    shift({ padding: MARGIN }),
    size({
      padding: MARGIN,
      apply ({ availableHeight, rects }) {
        const room = availableHeight >= Math.min(SCANT, element.scrollHeight) ? availableHeight : document.documentElement.clientHeight - 2 * MARGIN
        element.style.maxHeight = `${Math.max(0, Math.min(maxHeight, room))}px`
        if (matchWidth) element.style.minWidth = `${rects.reference.width}px`
      }
    }),
    shift({ padding: MARGIN, mainAxis: false, crossAxis: true })
  ]
  let first = true
  signal.addEventListener('abort', autoUpdate(anchor, element, () => {
    computePosition(anchor, element, { placement: side === 'below' ? 'bottom-start' : beside, strategy: 'fixed', middleware }).then(({ x, y }) => {
      if (signal.aborted) return
      element.style.left = `${Math.round(x)}px`
      element.style.top = `${Math.round(y)}px`
      if (first) placed?.()
      first = false
    }, () => {})
  }))
}
