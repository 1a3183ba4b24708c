import { onDrag } from './window-gestures.ts'

interface TabDragOptions {
  /** Whether the tabs stand one below the other. */
  vertical (): boolean
  /** The tab was taken up. */
  started (): void
}

/** Lets a tab be dragged to another place among its siblings. Those that it passes make room at once. */
export function onTabDrag (head: HTMLElement, { vertical, started }: TabDragOptions): void {
  /** Where the tab is without its displacement, px. */
  const start = (): number => vertical() ? head.offsetTop : head.offsetLeft
  const length = (tab: HTMLElement): number => vertical() ? tab.offsetHeight : tab.offsetWidth

  // Neighbours move rather than the tab itself, which would lose the pointer and the focus.
  const pass = (by: number): void => {
    const next = head.nextElementSibling
    const previous = head.previousElementSibling
    if (by > 0 && next instanceof HTMLElement && by > length(next) / 2) head.before(next)
    else if (by < 0 && previous instanceof HTMLElement && -by > length(previous) / 2) head.after(previous)
  }

  onDrag(head, () => {
    const origin = start()
    return {
      moved (dx, dy) {
        if (!head.classList.contains('pg-dragged')) started()
        head.classList.add('pg-dragged')
        const by = vertical() ? dy : dx
        pass(origin + by - start())
        const rest = origin + by - start()
        head.style.translate = vertical() ? `0 ${rest}px` : `${rest}px 0`
      },
      ended () {
        head.classList.remove('pg-dragged')
        head.style.translate = ''
      }
    }
  })
}
