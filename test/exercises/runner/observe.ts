/** What is on screen, as text. Runs in the page. */

/** Waits until the page has drawn, pictures are there and nothing moves any more. */
export async function settle (): Promise<void> {
  const frame = async (): Promise<unknown> => await new Promise(resolve => requestAnimationFrame(resolve))
  await frame()
  await frame()
  for (const picture of document.images) if (!picture.complete) await picture.decode().catch(() => {})
  for (const animation of document.getAnimations()) {
    if (Number.isFinite(animation.effect?.getComputedTiming().endTime)) {
      animation.finish()
    } else {
      // Those that never end stand still at their start.
      animation.pause()
      animation.currentTime = 0
    }
  }
}

/**
 * All elements in order, once nothing moves any more, one a line, with what a person can see or a screen reader can say of each, and what has the
 * focus. Ids that the page generates are replaced by their number.
 */
export async function observe (): Promise<string> {
  await settle()
  const STYLE = [
    'display', 'visibility', 'opacity', 'color', 'background-color', 'background-image', 'font-family', 'font-size', 'font-weight', 'font-style',
    'text-align', 'text-decoration-line', 'text-overflow', 'vertical-align', 'white-space', 'cursor', 'user-select', 'pointer-events', 'touch-action',
    'border-width', 'border-style', 'border-color', 'border-radius', 'padding', 'margin', 'outline', 'box-shadow', 'transform', 'filter',
    'z-index', 'object-fit', 'accent-color', 'min-width', 'min-height', 'max-width', 'max-height', 'resize', 'overflow'
  ]
  const lines: string[] = []
  const normal = (text: string): string => text.replace(/pg-[a-z0-9]+-(\d+)/g, 'id-$1').replace(/blob:[^\s"')]+/g, 'blob:')
  const pixels = (canvas: HTMLCanvasElement): string => {
    try { return canvas.toDataURL() } catch { return 'foreign' }
  }
  const looks = (element: Element): unknown[] => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const style = getComputedStyle(element)
    return [
      [left, top, width, height].map(Math.round),
      [element.scrollLeft, element.scrollTop, element.scrollWidth, element.scrollHeight].map(Math.round),
      STYLE.map(property => style.getPropertyValue(property)).join('; ')
    ]
  }
  const control = (element: Element): unknown => {
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
      const { value, disabled, readOnly, selectionStart, selectionEnd } = element
      return { value, disabled, readOnly, selectionStart, selectionEnd, ...(element instanceof HTMLInputElement && { checked: element.checked, indeterminate: element.indeterminate }) }
    }
    if (element instanceof HTMLSelectElement) return { value: element.value, index: element.selectedIndex }
    if (element instanceof HTMLMediaElement) {
      const { currentSrc, paused, loop, muted, volume, controls, currentTime, playbackRate } = element
      return { currentSrc, paused, loop, muted, volume, controls, playbackRate, currentTime: Math.round(currentTime) }
    }
    if (element instanceof HTMLCanvasElement) return pixels(element)
    if (element instanceof HTMLDialogElement) return { open: element.open, modal: element.matches(':modal') }
    if (element instanceof HTMLIFrameElement) return element.contentDocument?.documentElement.outerHTML
    return element.matches(':popover-open') ? 'popover' : undefined
  }
  const add = (node: Node, depth: number): void => {
    if (node instanceof Text) lines.push(`${' '.repeat(depth)}${JSON.stringify(node.data)}`)
    if (!(node instanceof Element)) return
    const attributes = [...node.attributes].map(({ name, value }) => `${name}=${JSON.stringify(value)}`).sort()
    const focus = node === document.activeElement ? ' FOCUS' : ''
    lines.push(`${' '.repeat(depth)}<${node.tagName} ${attributes.join(' ')}>${focus} ${JSON.stringify([control(node), ...looks(node)])}`)
    if (node.shadowRoot !== null) for (const child of node.shadowRoot.childNodes) add(child, depth + 1)
    for (const child of node.childNodes) add(child, depth + 1)
  }
  lines.push(`title ${document.title}, selected ${JSON.stringify(String(document.getSelection() ?? ''))}`)
  add(document.body, 0)
  return normal(lines.join('\n'))
}
