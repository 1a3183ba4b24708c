import { describe } from '../client/file-description.ts'
import { TEXT } from '../client/gate.ts'
import { mouse } from './interactive.ts'
import type { Widget } from './widget.ts'

/** Any of these makes a widget a drop target. */
const DROP_ACTIONS: readonly string[] = ['drag-over', 'drop-start', 'drop-end', 'drop-progress']

export const isDropAction = (action: string): boolean => DROP_ACTIONS.includes(action)

/** A text that is wholly a URL, as what is dragged from an address bar is in some browsers. */
const URL_ALONE = /^(?:https?|file):\/\/\S+$/i

function payloadOf (event: DragEvent, element: HTMLElement, { types }: DataTransfer): Record<string, unknown> {
  return { ...mouse(event, element), types: [...types] }
}

function contentOf (data: DataTransfer): { text: string | null, url: string | null, html: string | null } {
  const text = data.getData('text/plain') || null
  const alone = text !== null && URL_ALONE.test(text.trim()) ? text.trim() : null
  return { text, url: data.getData('text/uri-list') || alone, html: data.getData('text/html') || null }
}

/**
 * Makes a widget report what is dragged over it and dropped on it, for as long as the server listens. Of targets that lie
 * in each other the innermost gets it.
 */
export function acceptDrops (widget: Widget): void {
  const { element, scene } = widget
  const rest = (): void => element.classList.remove('pg-drop-over')

  /** What is dragged, if it is for this widget. */
  const meant = (event: DragEvent): DataTransfer | null => {
    const { dataTransfer: data, target } = event
    // A widget inside has taken it.
    if (event.defaultPrevented || data === null || scene.watching || !widget.get_enabled() || !DROP_ACTIONS.some(action => widget.listens(action))) return null
    // Text that is moved into a field inside belongs there.
    const field = target instanceof Element && target.matches(TEXT) && scene.widgetOf(target) !== widget
    return field && !data.types.includes('Files') ? null : data
  }

  const over = (event: DragEvent): void => {
    const data = meant(event)
    if (data === null) return rest()
    event.preventDefault()
    data.dropEffect = 'copy'
    element.classList.add('pg-drop-over')
    if (event.type === 'dragover') widget.fire('drag-over', payloadOf(event, element, data))
  }

  element.addEventListener('dragenter', over)
  element.addEventListener('dragover', over)
  element.addEventListener('dragleave', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) rest()
  })
  element.addEventListener('drop', event => {
    rest()
    const data = meant(event)
    if (data === null) return
    event.preventDefault()
    const files = [...data.files]
    const payload = { ...payloadOf(event, element, data), ...contentOf(data) }
    widget.fire('drop-start', { ...payload, files: files.map(file => ({ ...describe(file), data: null })) })
    if (!widget.listens('drop-end')) return
    if (files.length === 0) widget.fire('drop-end', { ...payload, files: [] })
    else scene.upload(widget, 'drop-end', payload, files)
  })
}
