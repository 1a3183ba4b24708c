import { oneOf, px, widget } from '../protocol/values.ts'
import { action, define, event, extension, onlyChild, option, param, setter } from './definition.ts'
import type { Given } from './definition.ts'
import { getsShares, moved, scrolled, setsShares } from './scrolling.ts'
import { LEAST_THUMB, visibilityOf } from './shares.ts'
import { ContainerWidget } from './widget.ts'

const visibility = oneOf('on', 'off', 'auto')

/**
 * Two scroll bars around one widget that the application draws or fills by itself: nothing moves but the bars. Wheel,
 * touch and keys over the content move them, and `scrolled` tells where to. For content that scrolls by itself, use
 * {@link ScrollArea}.
 *
 * @keyboard Arrow keys - move by a line
 * @keyboard Page Up, Page Down, Space, Shift+Space - move by a page
 * @keyboard Home, End - go to the top, to the bottom
 *
 * @example
 * const rows = Array.from({ length: 1000 }, (_, i) => `Sample ${i + 1}`)
 * const view = W.Label(rows[0] ?? '')
 * const area = W.AbstractScrollArea()
 * area.setThumbPercent(1, 0.05)
 * area.on('scrolled', (_h, v) => {
 *   view.setText(rows[Math.round(v * (rows.length - 1))] ?? '')
 * })
 * area.setWidget(view)
 * area.setMinSize(240, 120)
 * page.setWidget(area)
 */
export const AbstractScrollArea = define({
  class: 'AbstractScrollArea',
  base: ContainerWidget,
  options: {
    /** Width of the bars, px. */
    thickness: option(px, 15)
  },
  container: { attach: 'set_widget', again: 'move' },
  state: {
    thumb_percent: { initial: [0.2, 0.2] },
    scroll_bar_visibility: { initial: ['auto', 'auto'] },
    scroll_percent: { initial: [0, 0], phase: 'late' }
  },
  methods: {
    /** Puts a widget between the bars in place of the one there. */
    set_widget: onlyChild([param('child', widget())]),
    /**
     * Sets the length of the thumbs: how much of the whole is in view.
     * @param h_pct - Share of the horizontal track, 0.01 to 1. @param v_pct - Share of the vertical track, 0.01 to 1.
     */
    set_thumb_percent: setsShares('thumb_percent', LEAST_THUMB),
    /** The lengths of the thumbs, horizontal and vertical, as shares of their tracks. */
    get_thumb_percent: getsShares('thumb_percent'),
    /** Moves the bars. @param h_pct - 0 (start) to 1 (end). @param v_pct - 0 (top) to 1 (bottom). */
    set_scroll_percent: setsShares('scroll_percent'),
    /** Where the bars are, horizontally and vertically, each 0 to 1. */
    get_scroll_percent: getsShares('scroll_percent'),
    /** Sets when the bars are shown: always, never, or only where there is something to scroll. */
    set_scroll_bar_visibility: setter('scroll_bar_visibility', [param('horizontal', visibility), param('vertical', visibility)])
  },
  callbacks: {
    /** Somebody scrolled. @param h_pct - Where to, 0 (start) to 1 (end). @param v_pct - Where to, 0 (top) to 1 (bottom). */
    scrolled: moved('scroll_percent'),
    /**
     * The room for the content changed: the area got another size, or a bar came or went. Without the bars, width and
     * height are what is in view.
     * @param width - px, the vertical bar included. @param height - px, the horizontal bar included.
     * @param vbar_width - px; 0 while the vertical bar is hidden. @param hbar_height - px; 0 while the horizontal bar is hidden.
     */
    'area-resize': event([param('width', px), param('height', px), param('vbar_width', px), param('hbar_height', px)], { unruly: true })
  }
})

/**
 * Shows a part of one widget that may be larger, and scrolls it. Content smaller than the area fills it, as far as it
 * wants to expand. Its own size comes from its surroundings and not from its content; left to itself it is 240 by 160 px.
 * Where it is scrolled to is kept: all browsers of a session, and one that comes later, are at the same place.
 *
 * @keyboard Arrow keys - scroll by a line
 * @keyboard Page Up, Page Down, Space, Shift+Space - scroll by a page
 * @keyboard Home, End - go to the top, to the bottom
 *
 * @example
 * const list = W.VBox({ spacing: 4, padding: 8 })
 * const lamps = Array.from({ length: 40 }, (_, i) => W.CheckBox(`Lamp ${i + 1}`))
 * for (const lamp of lamps) list.addWidget(lamp)
 * const area = W.ScrollArea()
 * area.setWidget(list)
 * area.setMinSize(200, 160)
 * page.setWidget(area)
 */
export const ScrollArea = define({
  class: 'ScrollArea',
  base: AbstractScrollArea,
  options: {
    /** When the horizontal bar is shown; `off` also keeps people from scrolling that way. */
    hscrollbar: option(visibility, 'auto'),
    /** When the vertical bar is shown; `off` also keeps people from scrolling that way. */
    vscrollbar: option(visibility, 'auto'),
    /** Width of the bars, px. */
    thickness: option(px, 15)
  },
  state: {
    scroll_bar_visibility: { initial: ({ hscrollbar, vscrollbar }: Given) => [visibilityOf(hscrollbar), visibilityOf(vscrollbar)] },
    // By the other of the two setters: in a reference page `set_scroll_percent` moves the bars and not the content.
    scroll_percent: { initial: [0, 0], phase: 'late', calls: value => [['set_scroll_position', ...value as unknown[]]] }
  },
  methods: {
    /** Puts a widget into the area in place of the one there. */
    set_widget: onlyChild([param('child', widget())]),
    /**
     * Has no visible effect: the thumbs show how much of the content is in view.
     * @param h_pct - 0.01 to 1. @param v_pct - 0.01 to 1.
     */
    set_thumb_percent: setsShares('thumb_percent', LEAST_THUMB),
    /** What was set last, which the bars do not show. */
    get_thumb_percent: getsShares('thumb_percent'),
    /** The same as `setScrollPosition`. @param h_pct - 0 (start) to 1 (end). @param v_pct - 0 (top) to 1 (bottom). */
    set_scroll_percent: setsShares('scroll_percent'),
    /** The same as `getScrollPosition`. */
    get_scroll_percent: getsShares('scroll_percent'),
    /** Scrolls, in all browsers. @param h_pct - 0 (start) to 1 (end). @param v_pct - 0 (top) to 1 (bottom). */
    set_scroll_position: setsShares('scroll_percent'),
    /** Where the content is scrolled to, horizontally and vertically, each 0 to 1. */
    get_scroll_position: getsShares('scroll_percent'),
    /** Sets when the bars are shown: always, never, or only where there is something to scroll; `off` also keeps people from scrolling that way. */
    set_scroll_bar_visibility: setter('scroll_bar_visibility', [param('horizontal', visibility), param('vertical', visibility)]),
    /** Scrolls as far as is needed to bring a widget inside into view. @param child - Any widget inside, at whatever depth. */
    scroll_to_widget: extension(action([param('child', widget())]))
  },
  callbacks: {
    /** Somebody scrolled. @param h_pct - Where to, 0 (start) to 1 (end). @param v_pct - Where to, 0 (top) to 1 (bottom). */
    scrolled: scrolled('scroll_percent')
  }
})
