import { Widget } from '../widgets/widget.ts'
import type { Scene } from './scene.ts'

/** Where an element is, in words that also hold in another scene. */
interface Place {
  /** The widget that it is a part of; null for what belongs to the scene itself. */
  readonly wid: number | null
  readonly class: string
  /** Child positions from the widget's element down. */
  readonly path: readonly number[]
}

const placeOf = (element: Element, scene: Scene): Place => {
  const widget = scene.widgetOf(element)
  const top = widget?.element ?? scene.element
  const path: number[] = []
  for (let node = element; node !== top && node.parentElement !== null; node = node.parentElement) {
    path.unshift([...node.parentElement.children].indexOf(node))
  }
  return { wid: widget?.wid ?? null, class: widget?.outline.class ?? '', path }
}

const find = (place: Place, scene: Scene): { widget: Widget | null, element: Element | undefined } => {
  const widget = place.wid === null ? null : scene.widget(place.wid)
  if (widget !== null && (!(widget instanceof Widget) || widget.outline.class !== place.class)) return { widget: null, element: undefined }
  let element: Element | undefined = widget?.element ?? scene.element
  for (const index of place.path) element = element?.children[index]
  return { widget, element }
}

const isText = (element: Element): element is HTMLInputElement | HTMLTextAreaElement =>
  element instanceof HTMLTextAreaElement || (element instanceof HTMLInputElement && element.selectionStart !== null)

function rememberFocus (scene: Scene): (next: Scene) => void {
  const focused = document.activeElement
  if (focused === null || !scene.element.contains(focused)) return () => {}
  const place = placeOf(focused, scene)
  const caret = isText(focused) ? [focused.selectionStart, focused.selectionEnd, focused.selectionDirection ?? undefined] as const : null
  return next => {
    const { widget, element } = find(place, next)
    const same = element instanceof HTMLElement && element.tagName === focused.tagName ? element : widget?.focusTarget
    same?.focus({ preventScroll: true })
    if (caret !== null && same !== undefined && isText(same)) same.setSelectionRange(...caret)
  }
}

function rememberScroll (scene: Scene): (next: Scene) => void {
  const scrolled = [...scene.element.querySelectorAll('*')]
    // Where those are whose place the server knows, it says.
    .filter(element => (element.scrollTop !== 0 || element.scrollLeft !== 0) && !element.matches('.pg-scroller'))
    .map(element => ({ place: placeOf(element, scene), left: element.scrollLeft, top: element.scrollTop }))
  return next => {
    for (const { place, left, top } of scrolled) find(place, next).element?.scrollTo({ left, top, behavior: 'instant' })
  }
}

function rememberCarried (scene: Scene): (next: Scene) => void {
  const carried = [...scene.widgets]
    .map(widget => ({ wid: widget.wid, class: widget.outline.class, value: widget.carry() }))
    .filter(({ value }) => value !== undefined)
  return next => {
    for (const { wid, class: className, value } of carried) {
      const widget = next.widget(wid)
      if (widget?.outline.class === className) widget.resume(value)
    }
  }
}

/**
 * Notes what a user would miss if the scene were simply rebuilt: keyboard focus and caret, scroll positions, and what
 * its widgets carry. Returns a function that gives all of it to the scene's successor.
 */
export function remember (scene: Scene): (next: Scene) => void {
  const restorers = [rememberCarried(scene), rememberScroll(scene), rememberFocus(scene)]
  return next => { for (const restore of restorers) restore(next) }
}
