import type { Model, PageWidget } from './model.ts'

/** What to look for, besides the class. All that is given must hold. */
export interface By {
  /** Its name, as given by server code. Only where the session is in the same process. */
  name?: string
  /** Its caption: the text, or the title, or the tab or menu caption that its container gives it. */
  text?: string | RegExp
  /** The same as `text`, where that reads better: windows, frames, tabs. */
  title?: string | RegExp
  /** Which of several, from 0; from the end if negative. */
  nth?: number
  /** Its id. */
  wid?: number
  /** Anything else. */
  where?: (widget: { readonly wid: number, readonly className: string, readonly state: Readonly<Record<string, unknown>>, readonly args: Readonly<Record<string, unknown>> }) => boolean
}

/** A query: a caption alone, or an object. */
export type Query = string | RegExp | By

/** All widgets that fit. */
export function search (model: Model, className: string | null, query: Query, widOf: (name: string) => number | null): PageWidget[] {
  const { name, text, title, nth, wid, where } = normal(query)
  const named = name === undefined ? undefined : widOf(name)
  const found = [...model.widgets.values()].filter(widget =>
    (className === null || widget.definition.class === className) &&
    (wid === undefined || widget.wid === wid) &&
    (named === undefined || widget.wid === named) &&
    [text, title].every(pattern => pattern === undefined || captionsOf(widget).some(caption => fits(caption, pattern))) &&
    (where === undefined || where({ wid: widget.wid, className: widget.definition.class, state: widget.state, args: widget.given })))
  if (nth === undefined) return found
  const one = found.at(nth)
  return one === undefined ? [] : [one]
}

/** What a query looks for, in words. */
export function describeQuery (className: string | null, query: Query): string {
  const parts = Object.entries(normal(query)).map(([key, value]) => key === 'where' ? 'a condition of your own' : `${key} ${value instanceof RegExp ? String(value) : JSON.stringify(value)}`)
  return [className ?? 'widget', parts.length === 0 ? '' : `with ${parts.join(' and ')}`].join(' ').trim()
}

/** What is in the browser, a line each, as a tree; for messages. */
export function outline (model: Model, marked: readonly PageWidget[] = []): string {
  const lines: string[] = []
  const seen = new Set<PageWidget>()
  const add = (widget: PageWidget, depth: number): void => {
    if (seen.has(widget)) return
    seen.add(widget)
    lines.push(`${marked.includes(widget) ? '> ' : '  '}${'  '.repeat(depth)}${describeWidget(widget)}`)
    for (const { child, wrapper } of widget.entries) {
      if (wrapper != null) add(wrapper, depth + 1)
      if (child !== null) add(child, depth + (wrapper == null ? 1 : 2))
    }
  }
  for (const widget of model.widgets.values()) if (widget.parent === null) add(widget, 0)
  if (lines.length === 0) return '  nothing at all'
  return lines.length > MOST ? [...lines.slice(0, MOST), `  … and ${lines.length - MOST} more`].join('\n') : lines.join('\n')
}

const MOST = 60

function describeWidget (widget: PageWidget): string {
  const captions = captionsOf(widget).map(caption => JSON.stringify(caption)).join(', ')
  const notes = [widget.state.visible === false && 'hidden', widget.state.enabled === false && 'disabled'].filter(note => note !== false)
  return `${widget.definition.class}#${widget.wid}${captions === '' ? '' : ` ${captions}`}${notes.length === 0 ? '' : ` (${notes.join(', ')})`}`
}

/** The texts by which a person knows a widget. */
export function captionsOf (widget: PageWidget): string[] {
  const { state, given, parent } = widget
  const own = ['title', 'text'].map(key => key in state ? state[key] : given[key])
  const call = parent?.entries.find(({ child }) => child === widget)
  // A wrapper's title may have changed since.
  const attached = call?.wrapper != null ? [call.wrapper.state.title] : call?.args.map(arg => typeof arg === 'object' && arg !== null ? (arg as { title?: unknown }).title : arg) ?? []
  return [...new Set([...own, ...attached].filter(caption => typeof caption === 'string' && caption !== ''))] as string[]
}

function normal (query: Query): By {
  return typeof query === 'string' || query instanceof RegExp ? { text: query } : query
}

function fits (caption: string, pattern: string | RegExp): boolean {
  return typeof pattern === 'string' ? caption === pattern : pattern.test(caption)
}
