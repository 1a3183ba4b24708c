import { isRightToLeft } from './direction.ts'
import { onDrag } from './window-gestures.ts'

interface TabDragOptions {
  /** Whether the tabs stand one below the other. */
  vertical (): boolean
  /** The tab was taken up. */
  started (): void
  /** The tab was let go, wherever it is now. */
  dropped (): void
}

/** Lets a tab be dragged to another place among its siblings. Those that it passes make room at once. */
export function onTabDrag (head: HTMLElement, { vertical, started, dropped }: TabDragOptions): void {
  const length = (tab: HTMLElement): number => vertical() ? tab.offsetHeight : tab.offsetWidth

  onDrag(head, () => {
    const sign = !vertical() && isRightToLeft(head) ? -1 : 1
    /** Where a tab begins without its displacement, px along the way in which tabs follow each other. */
    const startOf = (tab: HTMLElement): number => vertical() ? tab.offsetTop : sign < 0 ? -tab.offsetLeft - tab.offsetWidth : tab.offsetLeft
    const start = (): number => startOf(head)
    /** How far what it is in has been scrolled, px along the same way. */
    const scrolled = (): number => vertical() ? head.parentElement?.scrollTop ?? 0 : sign * (head.parentElement?.scrollLeft ?? 0)

    // Neighbours move rather than the tab itself, which would lose the pointer and the focus. One is passed halfway to
    // where the tab stands then; never back again at once, whatever rounding makes of that.
    const pass = (to: number): void => {
      const onwards = to > start()
      for (;;) {
        const neighbour = onwards ? head.nextElementSibling : head.previousElementSibling
        if (!(neighbour instanceof HTMLElement)) return
        const way = onwards ? startOf(neighbour) + length(neighbour) - start() - length(head) : start() - startOf(neighbour)
        const rest = onwards ? to - start() : start() - to
        if (rest * 2 <= way) return
        if (onwards) head.before(neighbour)
        else head.after(neighbour)
      }
    }

    const follow = (): void => {
      const bar = head.parentElement
      if (bar === null) return
      const [outer, inner] = [bar.getBoundingClientRect(), head.getBoundingClientRect()]
      const beyond = (from: number, to: number, start: number, end: number): number => Math.min(0, from - start) + Math.max(0, to - end)
      if (vertical()) bar.scrollTop += beyond(inner.top, inner.bottom, outer.top, outer.bottom)
      else bar.scrollLeft += beyond(inner.left, inner.right, outer.left, outer.right)
    }

    const origin = start() - scrolled()
    return {
      moved (dx, dy) {
        if (!head.classList.contains('pg-dragged')) started()
        head.classList.add('pg-dragged')
        const to = origin + scrolled() + (vertical() ? dy : sign * dx)
        pass(to)
        const rest = sign * (to - start())
        head.style.translate = vertical() ? `0 ${rest}px` : `${rest}px 0`
        follow()
      },
      ended () {
        head.classList.remove('pg-dragged')
        head.style.translate = ''
        dropped()
      }
    }
  })
}
