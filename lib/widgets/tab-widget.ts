import { atLeast, boolean, integer, isRef, nullable, oneOf, partial, string, widget } from '../protocol/values.ts'
import {
  addsChild, amendsChild, computed, define, event, extension, getter, movesChild, option, optional, param, query, removesChild, setter, tracked, update
} from './definition.ts'
import type { Call, ChildChange, Reduce } from './definition.ts'
import { ContainerWidget } from './widget.ts'

type Highlights = Record<string, string>

const select: Reduce = (_state, [index], { children }) => {
  if ((index as number) < children.length && (index as number) >= 0) return { index }
  throw new RangeError(`index must be from 0 to ${children.length - 1}, the last page; it is ${index}`)
}

/** By page, not by position: that may have changed while a report was under way. */
const show: Reduce = (_state, [child], { children }) => {
  const index = children.indexOf(wid(child))
  if (index === -1) throw new RangeError('child must be a page of the widget')
  return { index }
}

const wid = (ref: unknown): number => isRef(ref) ? ref.__wid__ : -1

/** Calls that lead from one order of the pages to another; all there are where it is not known what the first one is. */
function moves (before: readonly number[] | undefined, after: readonly number[]): Call[] {
  const move = (page: number, index: number): Call => ['move_widget', { __wid__: page }, index]
  if (before === undefined) return after.map(move)
  const at = before.findIndex((page, i) => page !== after[i])
  const first = before[at]
  if (first === undefined) return []
  // The first that is out of place has gone to the right, or others have come before it.
  const to = after.indexOf(first)
  if (before.toSpliced(at, 1).toSpliced(to, 0, first).every((page, i) => page === after[i])) return [move(first, to)]
  const calls: Call[] = []
  const now = [...before]
  for (const [i, page] of after.entries()) {
    if (now[i] === page) continue
    now.splice(i, 0, ...now.splice(now.indexOf(page), 1))
    calls.push(move(page, i))
  }
  return calls
}

/** Where the page at `index` is after a change among the others, or of itself; `count` is their number then. */
function indexAfter (index: number, change: ChildChange, count: number): number {
  switch (change.kind) {
    case 'added': return index === -1 ? 0 : index
    case 'updated': return index
    case 'removed': return index > change.index ? index - 1 : Math.min(index, count - 1)
    case 'moved': {
      const { from, index: to } = change
      if (index === from) return to
      return index + (from > index && to <= index ? 1 : 0) - (from < index && to >= index ? 1 : 0)
    }
  }
}

/**
 * Pages under tabs, one of them shown.
 *
 * @keyboard Tab - leads to the tab of the page that is shown, and on into the page
 * @keyboard Left, Right - show the page before or after; Up and Down where the tabs stand one below the other
 * @keyboard Home, End - show the first or the last page
 * @keyboard Delete - asks to close the page, if it is closable
 * @keyboard Ctrl+Shift+Left, Ctrl+Shift+Right - move the tab, if tabs may be moved; Up and Down where they stand one below the other
 * @example
 * const tabs = W.TabWidget({ closable: true, reorderable: true })
 * for (const name of ['Furnace 1', 'Furnace 2', 'Cooling line']) {
 *   const page = W.VBox({ spacing: 8, padding: 16 })
 *   page.addWidget(W.Label(`${name}: running`))
 *   page.addWidget(W.Button('Stop'))
 *   tabs.addWidget(page, { title: name })
 * }
 * tabs.on('page-close', shown => tabs.closeWidget(shown))
 * page.setWidget(tabs)
 */
export const TabWidget = define({
  class: 'TabWidget',
  base: ContainerWidget,
  options: {
    /** Tabs have a × that asks, by `page-close`, to close the page. */
    closable: option(boolean, false),
    /** People may move tabs to another place; the pages then follow each other in that order, for everybody. */
    reorderable: option(boolean, false),
    /** Side at which the tabs are. */
    tab_position: option(oneOf('top', 'bottom', 'left', 'right', 'none'), 'top')
  },
  container: {
    attach: 'add_widget',
    again: 'move',
    shows: { key: 'index', setter: 'set_index' },
    order: 'order',
    reduce (state, change, count) {
      const index = indexAfter(state.index as number, change, count)
      if (change.kind !== 'removed') return { index }
      const { [change.wid]: _gone, ...highlights } = state.highlights as Highlights
      return { highlights, index }
    }
  },
  state: {
    tab_position: { initial: given => given.tab_position },
    highlights: {
      initial: {},
      phase: 'late',
      calls: (value, before): Call[] => Object.entries(value as Highlights)
        .filter(([wid, color]) => (before as Highlights | undefined)?.[wid] !== color)
        .map(([wid, color]) => ['highlight_tab', { __wid__: Number(wid) }, color])
    },
    order: { initial: null, phase: 'late', calls: (_value, before, { children }) => moves(before as readonly number[] | undefined, children) },
    // By page, not by position: in a reference page people may have dragged the tabs to an order that nobody knows.
    index: {
      initial: -1,
      phase: 'late',
      calls: (value, _before, { children }): Call[] => {
        const page = children[value as number]
        return page === undefined ? [] : [['show_widget', { __wid__: page }]]
      }
    }
  },
  methods: {
    /** Adds a page at the end; the first one is shown. @param child - The page. @param options - `title`: text of the tab. */
    add_widget: addsChild([param('child', widget()), optional('options', partial({ title: string }), { title: '' })]),
    /** Shows a page. */
    show_widget: update(['index'], [param('child', widget())], show),
    /** Takes a page out; it can be added again. */
    close_widget: removesChild([param('child', widget())]),
    /** Shows the page at a position. @param index - From 0. */
    set_index: { ...setter('index', [param('index', integer)], select), needsChildren: true },
    /** Position of the page that is shown, from 0; -1 if there are no pages. */
    get_index: getter('index', integer),
    /** Asks a browser for its identifier of a page's tab; null for no page of this widget. */
    get_tab_id: query([param('child', widget())], nullable(string)),
    get_child: { ...query([param('tab_id', string)], nullable(widget())), pageOnly: true },
    /** Position of a page, from 0; -1 if it is none of this widget's. */
    index_of: computed([param('child', widget())], integer, (_state, [child], { children }) => children.indexOf(wid(child))),
    /** The page at a position; null if there is none. */
    index_to_widget: computed([param('index', integer)], nullable(widget()), (_state, [index], { children }) => {
      const at = children[index as number]
      return at === undefined ? null : { __wid__: at }
    }),
    /** Colours a tab. @param child - The page. @param bgcolor - Any CSS colour; null takes the colour away. */
    highlight_tab: update(['highlights'], [param('child', widget()), param('bgcolor', nullable(string))], (state, [child, color], { children }) => {
      if (!children.includes(wid(child))) throw new RangeError('child must be a page of the widget')
      const { [wid(child)]: _before, ...others } = state.highlights as Highlights
      return { highlights: color === null ? others : { ...others, [wid(child)]: color as string } }
    }),
    /** Sets the text of a tab. @param child - The page. @param title - Its text. */
    set_tab_title: extension(amendsChild([param('child', widget()), param('title', string)], ([child, options], [, title]) =>
      [child, { ...options as object | null | undefined, title }])),
    /** The text of a tab; null for no page of this widget. @param child - The page. */
    get_tab_title: extension(computed([param('child', widget())], nullable(string), (_state, [child], { entries }) => {
      const entry = entries.find(entry => entry.wid === wid(child))
      return entry === undefined ? null : (entry.args[1] as { title?: string } | null | undefined)?.title ?? ''
    })),
    /** Moves a page to another position; the page that is shown stays so. @param child - The page. @param index - From 0; beyond the end moves to the end. */
    move_widget: extension(movesChild([param('child', widget()), param('index', atLeast(0))])),
    /** Moves the tabs to another side. */
    set_tab_position: {
      ...setter('tab_position', [param('tabpos', oneOf('top', 'bottom', 'left', 'right', 'none'))]),
      // A reference page that was made without tabs fails at this, and stays mute for good where the call was silent.
      instead: (_args, { given }) => given.tab_position === 'none' ? null : undefined
    },
    signal_close: { params: [param('tab_id', string)], effect: { kind: 'action' }, pageOnly: true }
  },
  callbacks: {
    /** Another page is shown. @param child - The page. @param index - Its position, from 0. */
    'page-switch': tracked(['index'], [param('child', widget()), param('index', integer)], show),
    /** Somebody moved a tab. @param child - The page. @param index - Its new position, from 0. */
    'page-move': extension(tracked(['order'], [param('child', widget()), param('index', atLeast(0))], () => undefined, {
      movesChild: true, when: given => given.reorderable === true
    })),
    /** Somebody asks to close a page; it stays until server code takes it out. @param child - The page. */
    'page-close': event([param('child', widget())])
  }
})
