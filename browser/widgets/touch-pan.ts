/** How far a finger may stray in what is still a tap, px. */
const SLACK = 6

/**
 * Follows a finger that moves over `element`, whatever it first touched in there. Taps go where they always went.
 *
 * @param moved - Called with each step, px.
 */
export function onPan (element: HTMLElement, moved: (dx: number, dy: number) => void): void {
  element.addEventListener('pointerdown', event => {
    if (event.pointerType !== 'touch' || !event.isPrimary) return
    const over = new AbortController()
    const { signal } = over
    let { clientX: x, clientY: y } = event
    let started = false
    element.addEventListener('pointermove', ({ clientX, clientY, pointerId }) => {
      if (pointerId !== event.pointerId) return
      if (!started && Math.hypot(clientX - x, clientY - y) <= SLACK) return
      // Not before: a captured tap would be a click on the element itself.
      if (!started) element.setPointerCapture(pointerId)
      started = true
      moved(clientX - x, clientY - y)
      x = clientX
      y = clientY
    }, { signal })
    for (const type of ['pointerup', 'pointercancel'] as const) element.addEventListener(type, () => over.abort(), { signal })
  })
}
