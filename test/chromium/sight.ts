/**
 * What a person sees of a user interface, in words that say neither where they come from nor any number of a widget:
 * here from what a server or the test kit holds, in reader.ts from the DOM. The two are equal when the page is right.
 */
import { limitsOf } from '../../lib/widgets/numeric.ts'
import type { Limits, NumberType } from '../../lib/widgets/numeric.ts'
import type { WidgetDescription, WidgetTree } from '../../lib/testing/index.ts'

/** A widget as it is seen. */
export interface Sight {
  /** Its class; all boxes are `Box`, because nobody sees how one was made. Ornaments: `separator`, `spacer`. */
  readonly class: string
  /** What its place in the parent says: the share in a box, the cell of a grid, the title of a tab, the caption of a menu. */
  readonly as?: unknown
  readonly facts: Readonly<Record<string, unknown>>
  readonly children: readonly Sight[]
}

type State = Readonly<Record<string, unknown>>
type Facts = (state: State, widget: WidgetDescription, viewport: Viewport, reachable: boolean) => Record<string, unknown>
interface Viewport { readonly width: number, readonly height: number }
/** What the widgets around one do to it. */
interface Around { readonly seen: boolean, readonly enabled: boolean }

/**
 * State that is not compared, because a page shows it to nobody or because it is a matter of looks alone. Neither are
 * listened actions (a page does not show what it reports), groups of actions (they show in who goes up when another
 * goes down, which scenarios do) and the order of windows above each other (the server does not know it).
 */
const LOOKS = 'how it is drawn; the tests of each widget look at that'
const UNSEEN: Readonly<Record<string, string>> = {
  border_width: LOOKS,
  border_color: LOOKS,
  bg: LOOKS,
  padding: LOOKS,
  margins: LOOKS,
  font: LOOKS,
  color: LOOKS,
  hover: LOOKS,
  cursors: LOOKS,
  cursor: LOOKS,
  highlights: LOOKS,
  valign: LOOKS,
  length: LOOKS,
  knob_diameter: LOOKS,
  allow_text_selection: LOOKS,
  min_size: 'a limit, which shows only where it is reached',
  max_size: 'a limit, which shows only where it is reached',
  minimums: 'limits, which show only where they are reached',
  expanding: 'a wish to the layout; the page answers it when asked',
  size: 'a wish to the layout, but for windows',
  tracking: 'shows only in when a slider reports',
  decimals: 'the form of a number, not its value',
  order: 'that of the children, who are compared in theirs',
  limit: 'shows only in how much of a text is there',
  trusted: 'whether HTML may style itself; the tests of HtmlView look at that',
  thumb_percent: 'a length; the tests of scroll bars look at that',
  resistance: 'shows only where a window is dragged near an edge',
  auto: 'shows only in what the next first item of a list does'
}

const round = (share: number): number => Math.round(share * 1000) / 1000
const pictureOf = (icon: unknown): unknown => (icon as readonly unknown[])[0] || null

/** Which end something is scrolled to; null for anywhere between. What is all in view is at its start. */
const ends = (place: unknown): unknown => (place as number[]).map(share => share === 0 ? 'start' : share === 1 ? 'end' : null)
/** The words of some HTML. */
const textIn = (html: unknown): string => String(html).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim()

const box: Facts = ({ spacing, align }, { class: name, args }) => ({
  orientation: name === 'VBox' ? 'vertical' : name === 'HBox' ? 'horizontal' : args.orientation, spacing: spacing ?? 0, align: align ?? null
})

const window: Facts = ({ title, icon, window_state: state, position, size, moveable }, { args }, { width, height }) => {
  // A window that is no more than its bar needs one even without a title.
  const bar = title !== null || state === 'shaded' || state === 'minimized'
  const buttons = [['lower', args.lowerable], ['minimize', args.minimizable], ['maximize', args.maximizable], ['close', args.closeable]]
  return {
    title: bar ? title ?? 'Window' : null,
    picture: bar ? icon || null : null,
    state,
    // Where a page puts a window that nobody placed, and how large it makes one that nobody sized, is its own affair.
    box: state === 'maximized' ? [0, 0, width, height] : state === 'normal' ? [...fixed(position), ...fixed(size)] : null,
    moveable: bar && moveable === true,
    resizable: args.resizable,
    buttons: buttons.filter(([, on]) => bar && on === true).map(([action]) => action)
  }
}

const range = ({ value, limits }: State, { args }: WidgetDescription): Record<string, unknown> =>
  ({ value, limits: limitsOf(limits as Limits, args.dtype as NumberType), shown: args.show_value })

/** @param made - Captions of the buttons that a dialog has from the start. */
const dialog = (made: (args: WidgetDescription['args']) => string[]): Facts => (state, widget, viewport, reachable) => {
  const { window_state: shape, position, size, modal, spacing, default_button: standard } = state
  const own = shape === 'normal' && (position === null || size === null || (size as unknown[]).includes(null))
  const { box, ...others } = window(own ? { ...state, position: [0, 0], size: [0, 0] } : state, widget, viewport, reachable)
  const added = widget.entries.filter(({ method }) => method === 'add_button').map(() => null)
  const row = [...made(widget.args), ...added]
  return {
    ...others,
    box: own ? 'own' : box,
    modal,
    spacing: spacing ?? 8,
    row,
    standard: standard === null || (standard as number) >= row.length ? -1 : standard
  }
}
const question = dialog(({ buttons }) => (buttons as ReadonlyArray<readonly [string, unknown]>).map(([label]) => label))
const colorQuestion = dialog(() => ['OK', 'Cancel'])

/** What each class shows. One without an entry cannot be compared. */
const FACTS: Readonly<Record<string, Facts>> = {
  TopLevel: window,
  Dialog: question,
  ColorDialog: (state, ...rest) => ({ ...colorQuestion(state, ...rest), color: state.color }),
  Page: () => ({}),
  Box: box,
  VBox: box,
  HBox: box,
  ButtonBox: (state, widget, ...rest) => ({ ...box(state, widget, ...rest), halign: state.halign, least: widget.args.min_button_width }),
  GridBox: ({ rows, columns, row_spacing: down, column_spacing: across }) => ({ rows, columns, gaps: [down, across] }),
  FixedLayout: () => ({}),
  Separator: ({ orientation }) => ({ orientation }),
  Frame: ({ title }) => ({ title }),
  Splitter: ({ sizes }, { args, entries }) => {
    const weights = sizes as number[] | null ?? entries.map(() => 1)
    const sum = weights.reduce((sum, weight) => sum + weight, 0)
    return { orientation: args.orientation, shares: weights.map(weight => round(weight / sum)) }
  },
  TabWidget: ({ index, tab_position: side }, { args, entries }) => ({ index, side, closable: args.closable === true && entries.length > 0 }),
  MDIWidget: ({ order, scroll_position: place }, { entries }) => ({
    order: (order as number[]).map(child => entries.findIndex(({ wid }) => wid === child)), place: ends(place)
  }),
  // The place of what is in it, as `as` has it.
  MDISubWindow: ({ title, window_state: state, position, size }) => ({ title, state, box: state === 'normal' ? [...fixed(position), ...fixed(size)] : null }),
  StackWidget: ({ index }) => ({ index, side: 'none' }),
  Expander: ({ title, collapsed }, { args }) => ({ title, collapsed, collapsible: args.collapsible, raised: args.shadow }),
  ToolBar: (_state, { args }) => ({ orientation: args.orientation }),
  ToolBarAction: ({ text, icon, state, menu }, { args }) => ({
    text: text ?? '', picture: pictureOf(icon), pressed: args.toggle === true || state === true ? state : null, menu: menu !== null
  }),
  MenuBar: () => ({}),
  MenuAction: ({ text, icon, checked }, { args }) => ({
    text: text ?? '', picture: pictureOf(icon), checked: args.checkable === true || checked === true ? checked : null
  }),
  Button: ({ text, icon }) => ({ text: text ?? '', picture: pictureOf(icon) }),
  StatusBar: ({ text, halign, menu }) => ({ text, halign, menu: menu !== null }),
  Label: ({ text, halign, menu }) => ({ text: text ?? '', halign, menu: menu !== null }),
  CheckBox: ({ text, state }) => ({ text, checked: state }),
  ColorWidget: ({ color }) => ({ color }),
  RadioButton: ({ text, state }) => ({ text, checked: state }),
  ToggleButton: ({ text, state }) => ({ text, pressed: state }),
  Dial: (state, widget) => ({ ...range(state, widget), icon: (state.icon as unknown[])[0] }),
  Slider: (state, widget) => ({ ...range(state, widget), orientation: widget.args.orientation }),
  SpinBox: ({ value, limits }, { args }) => ({ value, limits: limitsOf(limits as Limits, args.dtype as NumberType).slice(0, 2) }),
  ScrollBar: ({ scroll_percent: position }, { args }) => ({ position: round(position as number), orientation: args.orientation }),
  AbstractScrollArea: ({ scroll_percent: place, scroll_bar_visibility: bars, thumb_percent: thumbs }) => ({
    place: (place as number[]).map(round), bars: (bars as string[]).map((bar, i) => bar === 'on' || (bar === 'auto' && ((thumbs as number[])[i] as number) < 1))
  }),
  // How far that is in px, and whether there is anything to scroll, is a matter of sizes.
  ScrollArea: ({ scroll_percent: place, scroll_bar_visibility: bars }) => ({ bars, place: ends(place) }),
  TextArea: ({ text, editable, wrap, scroll_position: place }) => ({ text, editable, wrap, place: ends(place) }),
  HtmlView: ({ html, scroll_position: place }) => ({ text: textIn(html), place: ends(place) }),
  ExternalWidget: ({ content }) => ({ text: textIn(content) }),
  TextEntry: ({ text, editable, placeholder }, { args }) => ({ text, editable, placeholder, password: args.password }),
  TextEntrySet: ({ text, editable, placeholder, button_text: button }, { args }) => ({ text, editable, placeholder, password: args.password, button }),
  // The list is seen when it is opened, which one that is empty or out of reach cannot be.
  ComboBox: ({ text, items }, { args }, _viewport, reachable) => {
    const list = items as string[]
    const opens = reachable && list.length > 0
    return { text, editable: args.editable, items: opens ? list : null, chosen: opens ? list.indexOf(text as string) : null }
  },
  ProgressBar: ({ value }) => ({ value: round(value as number) }),
  Image: ({ image, binary_image: bytes }, { args }) => args.use_animation_frame === true ? {} : { picture: image || null, bytes: bytes !== null }
}

function fixed (pair: unknown): number[] {
  if (Array.isArray(pair) && pair.every(length => typeof length === 'number')) return pair
  throw new Error('A window cannot be compared unless it was given a position and a size')
}

/** What a person sees of the widgets in `tree`: all windows that are shown, in no particular order. */
export function sightsOf (tree: WidgetTree, viewport: Viewport): Sight[] {
  const inside = new Set(Object.values(tree).flatMap(({ entries }) => entries.map(({ wid }) => wid)))
  const roots = Object.entries(tree)
    .filter(([wid, { class: name, state }]) => !inside.has(Number(wid)) && ['TopLevel', 'Dialog', 'ColorDialog', 'Page'].includes(name) && state.visible === true)
    .map(([, widget]) => widget)
  // Of several modal dialogs one is in front; which one, the server does not know.
  const modal = roots.some(({ state }) => state.modal === true)
  return sorted(roots.map(widget => sightOf(widget, tree, viewport, { seen: true, enabled: !modal || widget.state.modal === true })))
}

/** Windows by what is in them: neither their numbers nor their order are anybody's business. */
export function sorted (sights: readonly Sight[]): Sight[] {
  const key = (sight: Sight): string => JSON.stringify(sight.facts)
  return [...sights].sort((a, b) => key(a) < key(b) ? -1 : 1)
}

/** State that is neither compared nor named in {@link UNSEEN}, as `class.key`. */
export function forgotten (tree: WidgetTree): string[] {
  const keys = Object.values(tree).flatMap(widget => {
    const used = new Set<string | symbol>(['visible', 'enabled', 'tooltip'])
    const state = new Proxy(widget.state, {
      get (target, key) {
        used.add(key)
        return Reflect.get(target, key)
      }
    })
    if (widget.class !== 'Menu') factsOf(widget.class)(state, widget, { width: 0, height: 0 }, true)
    return Object.keys(widget.state).filter(key => !used.has(key) && UNSEEN[key] === undefined).map(key => `${widget.class}.${key}`)
  })
  return [...new Set(keys)]
}

function factsOf (name: string): Facts {
  const facts = FACTS[name]
  if (facts === undefined) throw new Error(`Say in ${import.meta.url} and in reader.ts what a page shows of ${name}`)
  return facts
}

function sightOf (widget: WidgetDescription, tree: WidgetTree, viewport: Viewport, around: Around): Sight {
  const { class: name, state } = widget
  // A menu is on the page only while it is open, and its entry in the bar is not the menu.
  if (name === 'Menu') return { class: name, facts: {}, children: around.seen && around.enabled ? inner(widget, tree, viewport, around) : [] }
  const here = { seen: around.seen && state.visible !== false, enabled: around.enabled && state.enabled !== false }
  const facts = factsOf(name)(state, widget, viewport, here.seen && here.enabled)
  return {
    class: ['VBox', 'HBox'].includes(name) ? 'Box' : name,
    facts: { ...here, tooltip: state.tooltip ?? '', ...facts },
    children: inner(widget, tree, viewport, here)
  }
}

function inner ({ class: name, state, entries }: WidgetDescription, tree: WidgetTree, viewport: Viewport, here: Around): Sight[] {
  // The row of a dialog comes after its column.
  const ordered = [...entries.filter(({ method }) => method !== 'add_button'), ...entries.filter(({ method }) => method === 'add_button')]
  const children = ordered.map(({ wid, method, args, wrapper: around }, index): Sight => {
    const wrapper = tree[around ?? 0]
    const child = wid === undefined ? undefined : tree[wid]
    if (child === undefined) return { class: method.replace('add_', ''), facts: {}, children: [] }
    const paged = name === 'TabWidget' || name === 'StackWidget'
    const open = paged ? index === state.index : name === 'Expander' ? state.collapsed !== true : !['TopLevel', 'Dialog', 'ColorDialog'].includes(name) || ['normal', 'maximized'].includes(String(state.window_state))
    const rolled = wrapper !== undefined && !['normal', 'maximized'].includes(String(wrapper.state.window_state))
    const sight = sightOf(child, tree, viewport, { ...here, seen: here.seen && open && !rolled && wrapper?.state.visible !== false })
    if (wrapper !== undefined) return { ...sight, as: factsOf(wrapper.class)(wrapper.state, wrapper, viewport, true) }
    const as = method === 'add_button' ? 'button' : placeOf(name, child.class, args)
    return as === undefined ? sight : { ...sight, as }
  })
  const menu = tree[(state.menu as { __wid__: number } | null | undefined)?.__wid__ ?? 0]
  return menu === undefined ? children : [...children, sightOf(menu, tree, viewport, here)]
}

function placeOf (parent: string, child: string, args: readonly unknown[]): unknown {
  switch (parent) {
    case 'Box': case 'VBox': case 'HBox': case 'Dialog': case 'ColorDialog': return args[1] ?? 0
    case 'GridBox': case 'FixedLayout': return args.slice(1)
    case 'TabWidget': return (args[1] as { title?: string } | null | undefined)?.title ?? ''
    case 'MenuBar': return args[1]
    case 'Menu': return child === 'Menu' ? args[0] : undefined
    default: return undefined
  }
}
