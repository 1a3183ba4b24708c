import { array, boolean, color, integer, nullable, number, payload, px, string, tuple, union, widget } from '../protocol/values.ts'
import { action, computed, define, event, getter, optional, param, query, setter, update } from './definition.ts'
import type { Call, Reduce } from './definition.ts'
import { dragCallbacks } from './interactive.ts'

/** What every object of a session has, visible or not. */
export const Callback = define({
  class: 'Callback',
  base: null,
  creatable: false,
  methods: {
    /** Ends the widget and everything in it: it leaves its parent, the browsers and the session. Doing it again does nothing. */
    destroy: { params: [], effect: { kind: 'destroy' } },
    has_callback: { ...query([param('action', string)], boolean), pageOnly: true },
    enable_callback: { ...action([param('action', string)]), pageOnly: true }
  }
})

const size = nullable(px)
const lengths = union(number, tuple(number, number, number, number))

/** Stores each argument that is not null and keeps the rest as it was. */
export const keepNulls = (key: string): Reduce => (state, args) => {
  const before = state[key] as unknown[] | null
  return { [key]: args.map((value, i) => value ?? before?.[i] ?? null) }
}

const cursorCalls = (value: unknown, before: unknown): Call[] => Object.entries(value as Record<string, unknown[]>)
  .filter(([name, args]) => (before as Record<string, unknown> | undefined)?.[name] !== args)
  .map(([name, args]) => ['add_cursor', name, ...args])

/** What every visible widget has. */
export const Widget = define({
  class: 'Widget',
  base: Callback,
  creatable: false,
  state: {
    border_width: { initial: null },
    border_color: { initial: null },
    bg: { initial: null },
    min_size: { initial: [null, null] },
    max_size: { initial: [null, null] },
    expanding: { initial: [false, false] },
    size: { initial: null, calls: value => value === null ? [] : [['resize', ...value as number[]]] },
    observed_size: { initial: null, calls: null },
    padding: { initial: null },
    margins: { initial: null },
    font: { initial: [null, null, null, null] },
    enabled: { initial: true },
    tooltip: { initial: null },
    allow_text_selection: { initial: false },
    cursors: { initial: {}, calls: cursorCalls },
    cursor: { initial: null },
    visible: { initial: true, phase: 'last', calls: value => [[value === true ? 'show' : 'hide']] }
  },
  methods: {
    /** Sets the width of the border on all sides. @param width - px; 0 takes the border away. */
    set_border_width: setter('border_width', [param('width', px)]),
    /** Sets the colour of the border; it shows only with a border width. @param color - Any CSS colour. */
    set_border_color: setter('border_color', [param('color', color)]),
    /** Sets the background. @param color - Any CSS colour; null returns to the theme's. */
    set_bg: setter('bg', [param('color', nullable(color))]),
    /** Sets the smallest size. @param width - px, null for no limit. @param height - px, null for no limit. */
    set_min_size: setter('min_size', [param('width', size), param('height', size)]),
    /** Sets the largest size. @param width - px, null for no limit. @param height - px, null for no limit. */
    set_max_size: setter('max_size', [param('width', size), param('height', size)]),
    /** Says in which directions the widget takes up spare room. */
    set_expanding: setter('expanding', [optional('horizontal', boolean, false), optional('vertical', boolean, false)]),
    /** Whether the widget takes up spare room, horizontally and vertically. */
    get_expanding: { ...getter('expanding', tuple(boolean, boolean)), unasked: true },
    /** Sets the size. @param width - px, null leaves it. @param height - px, null leaves it. */
    resize: setter('size', [param('width', size), param('height', size)], keepNulls('size')),
    /** Width and height in px: what was set, else what a browser last reported (listen to `resize` for that), else zeros. */
    get_size: computed([], tuple(number, number), state => state.size ?? state.observed_size ?? [0, 0]),
    /** Asks a browser for left and top of the widget in its viewport, in px. */
    get_position: query([], tuple(number, number)),
    /** Sets the room between border and content. @param padding - px for all sides, or [left, top, right, bottom]. */
    set_padding: setter('padding', [param('padding', lengths)]),
    /** Sets the room around the widget. @param margin - px for all sides, or [left, top, right, bottom]. */
    set_margins: setter('margins', [param('margin', lengths)]),
    /** Sets the font; a null leaves that part as it was. @param font - CSS font family. @param size - points. @param weight - CSS font weight. @param style - CSS font style. */
    set_font: setter('font', [
      param('font', nullable(string)), optional('size', nullable(number), null),
      optional('weight', nullable(union(string, number)), null), optional('style', nullable(string), null)
    ], keepNulls('font')),
    /** Lets people use the widget, or greys it out for pointer and keyboard alike. */
    set_enabled: setter('enabled', [param('tf', boolean)]),
    /** Whether people can use the widget. */
    get_enabled: getter('enabled', boolean),
    /** Sets the text that appears on hover. @param msg - Plain text; null for none. */
    set_tooltip: setter('tooltip', [param('msg', nullable(string))]),
    /** The text that appears on hover; null if there is none. */
    get_tooltip: getter('tooltip', nullable(string)),
    /** Whether other widgets can be put into this one. */
    is_container: computed([], boolean, () => false),
    /** Lets people select the widget's text. */
    set_allow_text_selection: setter('allow_text_selection', [param('tf', boolean)]),
    /** Shows the widget. */
    show: update(['visible'], [], () => ({ visible: true })),
    /** Hides the widget; it keeps its place in the tree. */
    hide: { ...update(['visible'], [], () => ({ visible: false })), onlyIfChanged: true },
    /** Whether the widget is shown; says nothing of its ancestors. */
    is_visible: getter('visible', boolean),
    /** Puts the keyboard focus on the widget, or on the first in a container that can take it, in every connected browser. */
    set_focus: action(),
    /** Makes a picture usable as the mouse cursor by `setCursor(name)`. @param url - Picture, relative to the page. @param hotspot_x - px. @param hotspot_y - px. @param size - Width and height in px; null for the picture's own. */
    add_cursor: update(['cursors'], [
      param('name', string), param('url', string), param('hotspot_x', number), param('hotspot_y', number),
      optional('size', nullable(tuple(number, number)), null)
    ], (state, [name, ...rest]) => ({ cursors: { ...state.cursors as object, [name as string]: rest } })),
    /** Sets the mouse cursor. @param name - One from `addCursor`, or a CSS cursor keyword; null for the default. */
    set_cursor: setter('cursor', [param('name', nullable(string))])
  },
  callbacks: {
    /** The size of the widget's box changed, for whatever reason. */
    resize: event([param('event', payload({ width: number, height: number }))], {
      reduce: (_state, [box]) => {
        const { width, height } = box as { width: number, height: number }
        return { observed_size: [width, height] }
      },
      measured: true,
      unruly: true
    }),
    /** The widget became visible with a box of some size. All numbers in px. */
    map: event([param('event', payload({ x: number, y: number, viewport_x: number, viewport_y: number, width: number, height: number }))]),
    ...dragCallbacks
  }
})

/** Base of all widgets that hold others. */
export const ContainerWidget = define({
  class: 'ContainerWidget',
  base: Widget,
  creatable: false,
  container: { attach: 'add_widget', again: 'move' },
  methods: {
    is_container: computed([], boolean, () => true),
    /** The widgets inside, in order. */
    get_children: computed([], array(widget()), (_state, _args, { children }) => children.map(wid => ({ __wid__: wid }))),
    /** The number of widgets inside. */
    num_children: computed([], integer, (_state, _args, { children }) => children.length),
    /** Takes a widget out. It can be added again, here or elsewhere, unless it is destroyed. @param destroy - Ends it as well. */
    remove: { params: [param('child', widget()), optional('destroy', boolean, false)], effect: { kind: 'child', op: 'remove', child: 0 } },
    /** The same as `remove`. */
    remove_widget: { params: [param('child', widget()), optional('destroy', boolean, false)], effect: { kind: 'child', op: 'remove', child: 0 } },
    /** Takes all widgets out. @param destroy - Ends them as well. */
    remove_all: { params: [optional('destroy', boolean, false)], effect: { kind: 'clear-children' } }
  },
  callbacks: {
    /** A browser put a widget in by itself. What server code adds fires nothing. */
    'child-added': event([param('child', nullable(widget()))]),
    /** A browser took a widget out by itself. What server code removes fires nothing. */
    'child-removed': event([param('child', nullable(widget()))])
  }
})

/** Width and height of an icon in px; null for the default. */
export const iconSize = nullable(tuple(number, number))
