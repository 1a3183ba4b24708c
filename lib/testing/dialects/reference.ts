import { isRef } from '../../protocol/values.ts'
import { isA } from '../../widgets/definition.ts'
import type { Dialect } from './dialect.ts'
import { expanding } from './ours.ts'

/** Widgets that the reference page makes for its own use inside others, each of which takes a number. */
const INNER: Readonly<Record<string, number>> = {
  AbstractScrollArea: 2,
  ScrollArea: 2,
  MDIWidget: 2,
  TextArea: 2,
  TreeView: 2,
  TableView: 2,
  HtmlView: 2,
  TextSource: 2,
  ColorWidget: 30,
  // Two boxes and a button box; the buttons of the constructor are not counted here.
  Dialog: 3,
  ColorDialog: 36
}

/** Containers of one child where the reference page adds the new one and leaves the old one in. */
const PILING: ReadonlySet<string> = new Set(['TopLevel', 'Page'])

const text = (html: unknown): unknown =>
  typeof html !== 'string' ? html : html.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** Binary headers are lost in an array, and with them the pairing of the bytes. */
const LOST: ReadonlySet<string> = new Set(['binary-call', 'binary-call-chunked', 'binary-chunk'])

const NO_ARROW = "Cannot set properties of null (setting 'textContent')"

/** After which calls a page reports where a widget is scrolled to, by class. */
const TRAILING: Readonly<Record<string, ReadonlySet<string>>> = {
  ScrollArea: new Set(['set_scroll_position']),
  TextArea: new Set(['set_text', 'append_text', 'clear', 'set_wrap', 'set_limit', 'set_scroll_position', 'scroll_to_lineno', 'scroll_to_end']),
  HtmlView: new Set(['set_html', 'append_html', 'clear', 'scroll_to_top', 'scroll_to_bottom', 'set_scroll_position'])
}

const PAGED: ReadonlySet<string> = new Set(['TabWidget', 'StackWidget'])

const REMOVERS: ReadonlySet<string> = new Set(['remove', 'remove_widget', 'close_widget'])
const DOM_ERROR = "Failed to execute 'removeChild' on 'Node': The node to be removed is not a child of this node."

/** The page of the reference library, as PROTOCOL.md and OBSERVED.md have it, with what is wrong with it. */
export const reference: Dialect = {
  name: 'reference',
  greeting: {},
  extended: false,
  presents: credentials => credentials === null || credentials.token === null ? {} : { session_id: credentials.id, token: credentials.token },
  // A new widget first takes a number of the page's own, which is then given up for the server's.
  idsUsed: className => 1 + (INNER[className] ?? 0),
  keepsMovedChildren: true,
  replacesChild: className => !PILING.has(className),
  dropsInArray: type => LOST.has(type),
  padsAnswers: true,
  sessionId: id => typeof id === 'string' && /^\d+$/.test(id) ? Number(id) : id,
  fails ({ widget: { definition, given, state, entries }, method, args }) {
    if (definition.class === 'Page' && method === 'hide' && state.visible !== true) return DOM_ERROR
    // The title has no arrow to turn; by then the content is hidden.
    const closes = (method === 'set_collapsed' && args[0] === true) || (method === 'toggleContent' && state.collapsed !== true)
    if (definition.class === 'Expander' && given.collapsible !== true && closes) return NO_ARROW
    // Without tabs there is no row of them that could go to another side.
    if (method === 'set_tab_position' && (given.tab_position ?? 'none') === 'none') return DOM_ERROR
    // A page of a TabWidget that is not shown is in no document, from where the reference tries to take it.
    const current = entries.flatMap(({ child }) => child ?? [])[state.index as number]?.wid
    return PAGED.has(definition.class) && REMOVERS.has(method) && isRef(args[0]) && args[0].__wid__ !== current ? DOM_ERROR : null
  },
  staysMute: true,
  coalesces: false,
  escapeCloses: false,
  closesWhenDown: false,
  smallestWindow: { width: 60, height: 40 },
  measures: () => true,
  // Interactive widgets are drop targets from the start.
  claimsDrops: ({ given }) => given.interactive === true,
  hidesUnreadable: true,
  // Titles of windows in a workspace are HTML to it.
  reads: (args, className, method) => {
    if (className === 'MDISubWindow' && method === 'set_title') return args.map(text)
    const options = args[1] as { title?: unknown } | undefined
    return className === 'MDIWidget' && method === 'add_widget' && options?.title !== undefined ? [args[0], { ...options, title: text(options.title) }] : args
  },
  // The content box as a rule, the border box in what is sent once after a replay: a border of 1 px on each side.
  border: { afterReplay: 2, otherwise: 0 },
  // Only bars are heard at once; a text reports when it has come to rest.
  reportsScrolling: className => className === 'AbstractScrollArea' || className === 'ScrollArea',
  trails: (className, method) => method === null ? className in TRAILING : TRAILING[className]?.has(method) === true,
  modifiedBeforeEnter: false,
  reportsEachKey: true,
  keepsTypedText: false,
  answer ({ definition, state, entries }, method) {
    switch (method) {
      case 'get_expanding': return { value: expanding(state.expanding) }
      case 'get_tooltip': return { value: state.tooltip ?? '' }
      case 'is_visible': return isA(definition, 'TopLevel') || isA(definition, 'Page') ? { value: true } : undefined
      case 'get_sizes': return { value: entries.map(() => 0) }
      case 'get_text': return state.text === null ? { value: undefined } : undefined
      default: return undefined
    }
  }
}
