import { boolean, integer, isRef, nullable, oneOf, partial, string, widget } from '../protocol/values.ts'
import { addsChild, computed, define, event, getter, option, optional, param, query, removesChild, setter, tracked, update } from './definition.ts'
import type { Call, Reduce } from './definition.ts'
import { ContainerWidget } from './widget.ts'

type Highlights = Record<string, string>

const select: Reduce = (_state, [index], { children }) => {
  if ((index as number) < children.length && (index as number) >= 0) return { index }
  throw new RangeError(`index must be from 0 to ${children.length - 1}, the last page; it is ${index}`)
}

const wid = (ref: unknown): number => isRef(ref) ? ref.__wid__ : -1

/** Pages under tabs, one of them shown. */
export const TabWidget = define({
  class: 'TabWidget',
  base: ContainerWidget,
  options: {
    /** Tabs have a × that asks, by `page-close`, to close the page. */
    closable: option(boolean, false),
    /** People may drag tabs to another place. */
    reorderable: option(boolean, false),
    /** Side at which the tabs are. */
    tab_position: option(oneOf('top', 'bottom', 'left', 'right', 'none'), 'top')
  },
  container: {
    attach: 'add_widget',
    again: 'move',
    shows: { key: 'index', setter: 'set_index' },
    reduce (state, change, count) {
      const index = state.index as number
      if (change.kind === 'added') return index === -1 ? { index: 0 } : undefined
      const { [change.wid]: _gone, ...highlights } = state.highlights as Highlights
      const next = index > change.index ? index - 1 : Math.min(index, count - 1)
      return { highlights, index: next }
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
    index: { initial: -1, phase: 'late', calls: value => value === -1 ? [] : [['set_index', value]] }
  },
  methods: {
    /** Adds a page at the end; the first one is shown. @param child - The page. @param options - `title`: text of the tab. */
    add_widget: addsChild([param('child', widget()), optional('options', partial({ title: string }), { title: '' })]),
    /** Shows a page. */
    show_widget: update(['index'], [param('child', widget())], (state, [child], context) =>
      select(state, [context.children.indexOf(wid(child))], context)),
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
      if (!children.includes(wid(child))) throw new RangeError('child must be a page of the tab widget')
      const { [wid(child)]: _before, ...others } = state.highlights as Highlights
      return { highlights: color === null ? others : { ...others, [wid(child)]: color as string } }
    }),
    /** Moves the tabs to another side. */
    set_tab_position: setter('tab_position', [param('tabpos', oneOf('top', 'bottom', 'left', 'right', 'none'))]),
    signal_close: { params: [param('tab_id', string)], effect: { kind: 'action' }, pageOnly: true }
  },
  callbacks: {
    /** Another page is shown. @param child - The page. @param index - Its position, from 0. */
    'page-switch': tracked(['index'], [param('child', widget()), param('index', integer)], (state, [child], context) =>
      // The page, not its position: that may have changed while the report was under way.
      select(state, [context.children.indexOf(wid(child))], context)),
    /** Somebody asks to close a page; it stays until server code takes it out. @param child - The page. */
    'page-close': event([param('child', widget())])
  }
})
