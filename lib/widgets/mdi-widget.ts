import { array, boolean, fraction, integer, isRef, nullable, number, oneOf, partial, payload, px, string, tuple, widget } from '../protocol/values.ts'
import { action, computed, define, extension, getter, option, optional, param, query, removesChild, setter, tracked, update } from './definition.ts'
import type { Call, Context, Entry, Method, Param, Reduce, State } from './definition.ts'
import { ContainerWidget, Widget } from './widget.ts'

type Pair = readonly [number, number]
type Around = Context & { readonly entries: readonly Entry[] }

/** Distance of windows that follow each other down the diagonal, px, and how many do before they start anew. */
const STEP = 28
const STEPS = 8
/** Room that windows are arranged in as long as no browser has said how much there is, px. */
const ROOM: Pair = [800, 600]
/** How far from the far edges of that room the last window of a cascade begins, px. */
const VISIBLE = 120

const windowState = oneOf('normal', 'shaded', 'minimized', 'maximized')

/** Puts a child in with a wrapper around it, and answers with that. */
const wrapsChild = (params: readonly Param[], around: string, key: string, complete?: NonNullable<Method['complete']>): Method =>
  ({ params, returns: { kind: 'widget', of: around }, effect: { kind: 'wrap', in: around, key }, ...(complete && { complete }) })
/** Of a wrapper: takes out what it is wrapped around. */
const unwraps = (params: readonly Param[] = [], destroy?: number): Method =>
  ({ params, effect: { kind: 'unwrap', ...(destroy !== undefined && { destroy }) } })
/** Changes the state of several widgets. */
const spreads = (params: readonly Param[], spread: NonNullable<Method['spread']>): Method => ({ params, effect: { kind: 'spread' }, spread })

const wid = (ref: unknown): number => isRef(ref) ? ref.__wid__ : -1

/** A place where the title bar can be reached: a workspace grows to the right and down, and nowhere else. */
const inside = (x: unknown, y: unknown): Pair => [Math.max(0, x as number), Math.max(0, y as number)]

/** The state of the window around a child; undefined if it is not in here. */
const windowOf = (child: unknown, { entries, other }: Around): [wid: number, state: State] | undefined => {
  const wrapper = entries.find(entry => entry.wid === wid(child))?.wrapper
  const state = wrapper === undefined ? undefined : other?.(wrapper)?.state
  return wrapper === undefined || state === undefined ? undefined : [wrapper, state]
}

const windowsOf = ({ entries, other }: Around): Array<[wid: number, state: State]> =>
  entries.flatMap(({ wrapper }) => wrapper === undefined ? [] : [[wrapper, other?.(wrapper)?.state ?? {}] as [number, State]])

/** A method that changes the window around a child; of one that is not in here, nothing. */
const ofWindow = (child: unknown, context: Around, patch: State): Array<[number, State]> => {
  const found = windowOf(child, context)
  return found === undefined ? [] : [[found[0], patch]]
}

const onTop = (order: unknown, child: number): number[] => [...(order as number[]).filter(other => other !== child), child]

/** The fewest raisings that lead from one stacking order to another: what keeps its place at the bottom is left there. */
function raisings (value: unknown, before: unknown, { children }: Context): Call[] {
  const order = value as number[]
  let kept = 0
  for (const child of before as number[] | undefined ?? []) if (order[kept] === child) kept++
  return order.slice(kept).map(child => ['set_index', children.indexOf(child)])
}

/** The room in which windows are arranged. */
const roomOf = ({ observed_size: seen, size }: State): Pair => {
  const [width, height] = (seen ?? size ?? ROOM) as readonly [number | null, number | null]
  return [width || ROOM[0], height || ROOM[1]]
}

function tiled (state: State, context: Around): Array<[number, State]> {
  const windows = windowsOf(context)
  const [width, height] = roomOf(state)
  const columns = Math.ceil(Math.sqrt(windows.length))
  const rows = Math.ceil(windows.length / columns)
  return windows.map(([window, { size, untiled_size: untiled }], i) => {
    const row = Math.floor(i / columns)
    // Those of the last row share out what the others leave.
    const inRow = row === rows - 1 ? windows.length - row * columns : columns
    const [left, right] = [0, 1].map(side => Math.floor((i % columns + side) * width / inRow)) as [number, number]
    const [top, bottom] = [0, 1].map(side => Math.floor((row + side) * height / rows)) as [number, number]
    return [window, { window_state: 'normal', position: [left, top], size: [right - left, bottom - top], untiled_size: untiled ?? size }]
  })
}

function cascaded (state: State, context: Around): Array<[number, State]> {
  const [width, height] = roomOf(state)
  const steps = Math.max(1, Math.floor((Math.min(width, height) - VISIBLE) / STEP))
  return windowsOf(context).map(([window, { size, untiled_size: untiled }], i) => {
    const at = i % steps * STEP
    return [window, { window_state: 'normal', position: [at, at], size: untiled ?? size, untiled_size: null }]
  })
}

const place: Reduce = (_state, [x, y]) => ({ position: inside(x, y) })

const raise: Reduce = (state, [index], { children }) => {
  const child = children[index as number]
  if (child === undefined) throw new RangeError(`index must be from 0 to ${children.length - 1}, the last window; it is ${String(index)}`)
  return { order: onTop(state.order, child) }
}

/** What the page says of a window that somebody else has taken out is out of date. */
const present = (child: unknown, { children }: Context): number => {
  const found = wid(child)
  if (!children.includes(found)) throw new RangeError('child must be in a window of the workspace')
  return found
}

/**
 * A workspace with windows of its own: each widget that is added gets one. The workspace scrolls where windows reach
 * beyond it. On a small screen one window at a time fills it, and a row of buttons leads to the others.
 *
 * @keyboard Ctrl+F6, Ctrl+Shift+F6 - in a window: to the next, or the previous, window of the workspace
 * @keyboard Arrow keys - on a window's title: move the window by 10 px, with Ctrl by 1 px
 * @keyboard Shift+Arrow keys - on a window's title: resize the window by 10 px, with Ctrl by 1 px
 * @keyboard Enter, Space - on a window's title: roll the window up or down, or bring it back from being minimised or maximised
 * @keyboard Shift+F10, Menu - on a window's title: open the window's menu
 * @example
 * const mdi = W.MDIWidget()
 * const log = W.VBox({ padding: 8 })
 * for (const line of ['08:00 warm-up', '08:12 ready']) log.addWidget(W.Label(line))
 * const level = W.ProgressBar()
 * level.setValue(0.4)
 * mdi.addWidget(log, { title: 'Log', x: 24, y: 24, width: 300, height: 200 })
 * const tank = mdi.addWidget(level, { title: 'Tank', x: 340, y: 60, width: 260, height: 120 })
 * tank.setTitle('Tank: 40 %')
 * mdi.on('page-close', child => child.destroy())
 * page.setWidget(mdi)
 */
export const MDIWidget = define({
  class: 'MDIWidget',
  base: ContainerWidget,
  container: {
    attach: 'add_widget',
    again: 'move',
    reduce: (state, { kind, wid }) => ({ order: kind === 'added' ? onTop(state.order, wid) : (state.order as number[]).filter(child => child !== wid) })
  },
  state: {
    resistance: { initial: 0 },
    order: { initial: [], phase: 'late', calls: raisings },
    scroll_position: { initial: [0, 0], phase: 'late' }
  },
  methods: {
    /** Adds a widget in a window of its own, which comes to the front. @param child - The widget. @param options - `title`: text of the title bar; `width` and `height` in px; `x` and `y` in px, where neither is given windows follow each other down the diagonal; `icon_url`: picture in the title bar; `shadeable`: whether it can be rolled up. */
    add_widget: wrapsChild([param('child', widget()), optional('options', partial({
      title: string, width: px, height: px, icon_url: nullable(string), x: nullable(number), y: nullable(number), shadeable: boolean
    }), {})], 'MDISubWindow', 'subwindow', ({ x, y, ...options }, { children }) => {
      const at = children.length % STEPS * STEP
      const [left, top] = x == null || y == null ? [at, at] : inside(x, y)
      return { ...options, x: left, y: top }
    }),
    /** Puts all windows one before the other down the diagonal, in the sizes that they had before they were side by side. */
    cascade_windows: spreads([], (state, _args, context) => [[context.wid as number, { order: [...context.children] }], ...cascaded(state, context)]),
    /** Puts all windows side by side, so that they fill the workspace of the browser that last said how large that is. */
    tile_windows: spreads([], (state, _args, context) => tiled(state, context)),
    /** The windows, in the order in which they were made. */
    get_subwindows: { ...computed([], array(widget('MDISubWindow')), (_state, _args, context) => windowsOf(context).map(([wid]) => ({ __wid__: wid }))), unasked: true },
    /** The window around a child; null if it is not in here. */
    get_subwin: {
      ...computed([param('child', widget())], nullable(widget('MDISubWindow')), (_state, [child], context) => {
        const found = windowOf(child, context)
        return found === undefined ? null : { __wid__: found[0] }
      }),
      unasked: true
    },
    /** Place, size and title of the window around a child, in px; null if it is not in here. */
    get_configuration: {
      ...computed([param('child', widget())], nullable(payload({ x: number, y: number, width: number, height: number, title: string })), (_state, [child], context) => {
        const [, state] = windowOf(child, context) ?? []
        if (state === undefined) return null
        const [x, y] = (state.position ?? [0, 0]) as Pair
        const [width, height] = state.size as Pair
        return { x, y, width, height, title: state.title }
      }),
      unasked: true
    },
    /** Moves the window around a child. @param x - px from the left of the workspace. @param y - px from its top. */
    move_child: spreads([param('child', widget()), param('x', number), param('y', number)], (_state, [child, x, y], context) =>
      ofWindow(child, context, { position: inside(x, y) })),
    /** Sets the size of the window around a child. @param width - px. @param height - px. */
    resize_child: spreads([param('child', widget()), param('width', px), param('height', px)], (_state, [child, width, height], context) =>
      ofWindow(child, context, { size: [width, height], untiled_size: null })),
    /** Width and height of the window around a child, in px; zeros if it is not in here. */
    get_child_size: computed([param('child', widget())], tuple(number, number), (_state, [child], context) => windowOf(child, context)?.[1].size ?? [0, 0]),
    /** Left and top of the window around a child, in px; zeros if it is not in here. */
    get_child_position: computed([param('child', widget())], tuple(number, number), (_state, [child], context) => windowOf(child, context)?.[1].position ?? [0, 0]),
    /** Closes the window around a child. The child can be added again. */
    close_child: removesChild([param('child', widget())]),
    /** Position, among all children, of the one whose window is in front; -1 if there are none. */
    get_index: computed([], integer, ({ order }, _args, { children }) => children.indexOf((order as number[]).at(-1) ?? -1)),
    /** Brings the window of a child to the front. @param index - The child's position, from 0. */
    set_index: { ...update(['order'], [param('index', integer)], raise), needsChildren: true },
    /** Position of a child, from 0; -1 if it is not in here. */
    index_of: computed([param('child', widget())], integer, (_state, [child], { children }) => children.indexOf(wid(child))),
    /** The child at a position; null if there is none. */
    index_to_widget: computed([param('index', integer)], nullable(widget()), (_state, [index], { children }) => {
      const at = children[index as number]
      return at === undefined ? null : { __wid__: at }
    }),
    /** Sets how strongly windows that are dragged hold on to the edges of the workspace. @param value - 0, not at all, to 1. A reference page makes no difference. */
    set_resistance: setter('resistance', [param('value', number)], (_state, [value]) => ({ resistance: Math.min(1, Math.max(0, value as number)) })),
    /** Scrolls the workspace. @param h_pct - 0, the left end, to 1. @param v_pct - 0, the top, to 1. */
    set_scroll_position: setter('scroll_position', [param('h_pct', fraction), param('v_pct', fraction)]),
    /** How far the workspace is scrolled, horizontally and vertically, as fractions. */
    get_scroll_position: getter('scroll_position', tuple(fraction, fraction))
  },
  callbacks: {
    /** The size of the workspace changed, for whatever reason. */
    resize: { ...Widget.callbacks.resize as NonNullable<typeof Widget.callbacks.resize>, touches: ['observed_size'] },
    /** Another window was brought to the front. @param child - What is in it. */
    'page-switch': tracked(['order'], [param('child', widget())], (state, [child], context) => ({ order: onTop(state.order, present(child, context)) })),
    /** A window was put behind the others. @param children - What is in the windows, from the bottom up. */
    stacking: extension(tracked(['order'], [param('children', array(widget()))], (state, [refs], { children }) => {
      const said = (refs as unknown[]).map(wid)
      const order = said.filter((child, i) => children.includes(child) && said.indexOf(child) === i)
      // Those that came meanwhile stand above the rest.
      return { order: [...order, ...(state.order as number[]).filter(child => !order.includes(child))] }
    })),
    /** Somebody closed a window, which is gone. @param child - What was in it; it can be added again. */
    'page-close': tracked(['order'], [param('child', widget())], (_state, [child], context) => {
      present(child, context)
      return undefined
    }, { removesChild: true }),
    /** The workspace was scrolled. @param h_pct - 0, the left end, to 1. @param v_pct - 0, the top, to 1. */
    scrolled: tracked(['scroll_position'], [param('h_pct', number), param('v_pct', number)], (state, [h, v], { observed }) => {
      const next = [h, v].map(part => Math.min(1, Math.max(0, part as number)))
      const before = state.scroll_position as Pair
      // A reference page reports what it was told to do, rounded to whole pixels, and beginnings that are none.
      return observed === true && next.every((part, i) => Math.abs(part - (before[i] as number)) < 0.01 || part === 0) ? undefined : { scroll_position: next }
    }, { measured: true, unruly: true })
  }
})

/**
 * A window in a workspace, as `addWidget()` of an {@link MDIWidget} returns it; there is no other way to make one.
 *
 * Reference pages keep two things to themselves: they report neither that a window was minimised, maximised or rolled
 * up, nor whether a size that they report is that of such a state. So those states do not reach them, in either
 * direction, and sizes are taken from pages of this project alone.
 */
export const MDISubWindow = define({
  class: 'MDISubWindow',
  base: ContainerWidget,
  wrapper: true,
  options: {
    /** Text of the title bar. */
    title: option(string, ''),
    /** Width in px. */
    width: option(px, 300),
    /** Height in px. */
    height: option(px, 300),
    /** URL of a picture in the title bar. */
    icon_url: option(nullable(string), null),
    /** px from the left of the workspace. */
    x: option(nullable(number), null),
    /** px from the top of the workspace. */
    y: option(nullable(number), null),
    /** A double click on its title bar rolls it up. */
    shadeable: option(boolean, true)
  },
  state: {
    title: { initial: ({ title }) => title },
    position: { initial: ({ x, y }) => x === null || y === null ? null : [x, y], calls: value => value === null ? [] : [['set_position', ...value as number[]]] },
    size: { initial: ({ width, height }) => [width, height], calls: value => [['resize', ...value as number[]]] },
    window_state: { initial: 'normal' },
    /** The size that a window had before it was put beside others. */
    untiled_size: { initial: null, calls: null }
  },
  methods: {
    /** Moves the window. @param x - px from the left of the workspace. @param y - px from its top. */
    set_position: setter('position', [param('x', number), param('y', number)], place),
    /** Left and top in the workspace, in px. */
    get_position: computed([], nullable(tuple(number, number)), state => state.position),
    /** The same as `setPosition`. @param x - px. @param y - px. */
    move: spreads([param('x', number), param('y', number)], (_state, [x, y], { wid }) => [[wid as number, { position: inside(x, y) }]]),
    /** Sets the size. @param width - px, null leaves it. @param height - px, null leaves it. */
    resize: setter('size', [param('width', nullable(px)), param('height', nullable(px))], (state, args) => {
      const before = state.size as Pair
      return { size: args.map((length, i) => length ?? before[i]), untiled_size: null }
    }),
    /** Sets the text of the title bar. */
    set_title: setter('title', [param('title', string)]),
    /** The text of the title bar. */
    get_title: extension(getter('title', string)),
    /** Brings the window to the front. */
    raise_: {
      ...spreads([], (_state, _args, { children, parent, other }) => {
        const order = other?.(parent ?? -1)?.state.order
        return order === undefined ? [] : [[parent as number, { order: onTop(order, children[0] as number) }]]
      }),
      ts: 'raise'
    },
    /** Puts the window behind all others. */
    lower: spreads([], (_state, _args, { children, parent, other }) => {
      const order = other?.(parent ?? -1)?.state.order as number[] | undefined
      return order === undefined ? [] : [[parent as number, { order: [children[0] as number, ...order.filter(child => child !== children[0])] }]]
    }),
    /** Minimises the window, or brings it back. */
    toggle_minimize: spreads([], (state, _args, { wid }) => [[wid as number, toggled(state, 'minimized')]]),
    /** Maximises the window, or brings it back. */
    toggle_maximize: spreads([], (state, _args, { wid }) => [[wid as number, toggled(state, 'maximized')]]),
    /** Rolls the window up to its title bar, or back down. */
    toggle_shade: spreads([], (state, _args, { wid }) => [[wid as number, toggled(state, 'shaded')]]),
    /** Sets whether the window is normal, rolled up, minimised or maximised. */
    set_window_state: extension(setter('window_state', [param('state', windowState)])),
    /** Whether the window is normal, rolled up, minimised or maximised. */
    get_window_state: extension(getter('window_state', windowState)),
    /** Closes the window, which ends it. What is in it can be added again. */
    close: unwraps(),
    /** What is in the window. */
    get_child: { ...computed([], widget(), (_state, _args, { children }) => ({ __wid__: children[0] })), unasked: true },
    /** Closes the window, if `child` is what is in it. @param destroy - Ends the child as well. */
    remove: unwraps([param('child', widget()), optional('destroy', boolean, false)], 1),
    /** The same as `remove`. */
    remove_widget: unwraps([param('child', widget()), optional('destroy', boolean, false)], 1),
    /** Closes the window. @param destroy - Ends what is in it as well. */
    remove_all: unwraps([optional('destroy', boolean, false)], 0),
    signal_close: { ...action(), pageOnly: true },
    get_state: { ...query([], payload({ state: string })), pageOnly: true }
  },
  callbacks: {
    /** The window was moved. @param x - px. @param y - px. */
    move: tracked(['position'], [param('x', number), param('y', number)], place, {
      corrected: ({ position }, [x, y]) => (position as Pair)[0] !== x || (position as Pair)[1] !== y
    }),
    /** The window was resized. */
    resize: tracked(['size'], [param('event', payload({ width: integer, height: integer }))], (_state, [box], { observed }) => {
      const { width, height } = box as { width: number, height: number }
      return observed === true ? { observed_size: [width, height] } : { size: [width, height], untiled_size: null }
    }, { measured: true, unruly: true }),
    /** The window was minimised, maximised, rolled up or brought back. */
    'window-state': extension(tracked(['window_state'], [param('state', windowState)]))
  }
})

function toggled ({ window_state: now }: State, to: string): State {
  return { window_state: now === to ? 'normal' : to }
}
