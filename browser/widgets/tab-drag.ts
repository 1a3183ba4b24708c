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
    /** Where the tab is without its displacement, px along the way in which tabs follow each other. */
    const start = (): number => vertical() ? head.offsetTop : sign * head.offsetLeft
    /** How far what it is in has been scrolled, px along the same way. */
    const scrolled = (): number => vertical() ? head.parentElement?.scrollTop ?? 0 : sign * (head.parentElement?.scrollLeft ?? 0)

    // Neighbours move rather than the tab itself, which would lose the pointer and the focus.
    const pass = (to: number): void => {
      for (;;) {
        const rest = to - start()
        const next = head.nextElementSibling
        const previous = head.previousElementSibling
        if (next instanceof HTMLElement && rest > length(next) / 2) head.before(next)
        else if (previous instanceof HTMLElement && -rest > length(previous) / 2) head.after(previous)
        else return
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
