import { atLeast, boolean, nullable, number, oneOf, payload, string, tuple, widget } from '../protocol/values.ts'
import { action, computed, define, getter, onlyChild, option, param, setter, tracked, update } from './definition.ts'
import type { Reduce } from './definition.ts'
import { ContainerWidget } from './widget.ts'

const windowState = oneOf('normal', 'shaded', 'minimized', 'maximized')

const toggle = (to: string): Reduce => state => ({ window_state: state.window_state === to ? 'normal' : to })

/** Reports of the layout's rounding are no wish of the user's; the reference page sends some after each replay. */
const ROUNDING = 2

/**
 * A window that floats on the page. It appears when `show()` is called. Part of its title bar always stays on the page;
 * it comes to the front when it is touched or focused. On a small screen one window at a time fills the page, and a row
 * of buttons leads to the others.
 *
 * @keyboard Arrow keys - on the title: move the window by 10 px, with Ctrl by 1 px
 * @keyboard Shift+Arrow keys - on the title: resize the window by 10 px, with Ctrl by 1 px
 * @keyboard Enter, Space - on the title: roll the window up or down, or bring it back from being minimised or maximised
 * @keyboard Shift+F10, Menu - on the title: open the window's menu
 * @keyboard F6, Shift+F6 - to the next, or the previous, window or page, to where the focus was there
 * @keyboard Escape - while dragging: put the window back
 * @example
 * const top = W.TopLevel({ title: 'Pump 3', resizable: true, minimizable: true, maximizable: true })
 * top.resize(320, 180)
 * top.setPosition(40, 40)
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(W.Label('Flow: 12.4 l/min'))
 * const stop = W.Button('Stop')
 * stop.on('activated', () => top.setTitle('Pump 3 (stopped)'))
 * box.addWidget(stop)
 * top.setWidget(box)
 * top.on('close', () => top.hide())
 * top.show()
 */
export const TopLevel = define({
  class: 'TopLevel',
  base: ContainerWidget,
  options: {
    /** People may resize it. */
    resizable: option(boolean, true),
    /** Text of the title bar; null for a window without one. */
    title: option(nullable(string), null),
    /** URL of a picture in the title bar. */
    icon: option(nullable(string), null),
    /** People may move it. */
    moveable: option(boolean, true),
    /** It has a close button. */
    closeable: option(boolean, true),
    /** It has a minimise button. */
    minimizable: option(boolean, false),
    /** It has a maximise button. */
    maximizable: option(boolean, false),
    /** It has a button that puts it behind other windows. */
    lowerable: option(boolean, false),
    /** A double click on its title bar rolls it up. */
    shadeable: option(boolean, true)
  },
  container: { attach: 'set_widget', again: 'move' },
  state: {
    title: { initial: given => given.title },
    icon: { initial: given => given.icon },
    moveable: { initial: given => given.moveable },
    position: { initial: null, calls: value => value === null ? [] : [['set_position', ...value as number[]]] },
    window_state: { initial: 'normal' },
    visible: { initial: false, phase: 'last', calls: value => [[value === true ? 'show' : 'hide']] }
  },
  methods: {
    /** Puts a widget into the window in place of the one there; it fills the window. */
    set_widget: onlyChild([param('child', widget())]),
    /** Moves the window. @param x - px from the left of the page. @param y - px from the top of the page. */
    set_position: setter('position', [param('x', number), param('y', number)]),
    /** Left and top in px, as set by code or by dragging; null while the page places the window. */
    get_position: computed([], nullable(tuple(number, number)), state => state.position),
    /** Sets the text of the title bar. */
    set_title: setter('title', [param('title', nullable(string))]),
    /** Sets the picture in the title bar. @param url - Relative to the page; null for none. */
    set_icon: setter('icon', [param('url', nullable(string))]),
    /** Lets people move the window. */
    set_moveable: setter('moveable', [param('tf', boolean)]),
    /** Puts the window before all others. */
    raise_: { ...action(), ts: 'raise' },
    /** Puts the window behind all others. */
    lower: action(),
    /** Minimises the window, or brings it back. */
    toggle_minimize: update(['window_state'], [], toggle('minimized')),
    /** Maximises the window, or brings it back. */
    toggle_maximize: update(['window_state'], [], toggle('maximized')),
    /** Rolls the window up to its title bar, or back down. */
    toggle_shade: update(['window_state'], [], toggle('shaded')),
    /** Sets whether the window is normal, rolled up, minimised or maximised. */
    set_window_state: setter('window_state', [param('state', windowState)]),
    /** Whether the window is normal, rolled up, minimised or maximised. */
    get_window_state: getter('window_state', windowState)
  },
  callbacks: {
    /** The window was moved. @param x - px. @param y - px. */
    move: tracked(['position'], [param('x', number), param('y', number)], (_state, [x, y]) => ({ position: [x, y] }), {
      when: given => given.moveable === true
    }),
    /** The window was resized. */
    resize: tracked(['size'], [param('event', payload({ width: atLeast(0), height: atLeast(0) }))], (state, [box], { observed, given }) => {
      const { width, height } = box as { width: number, height: number }
      const before = state.size as [number | null, number | null] | null
      if (given.resizable !== true) return { observed_size: [width, height] }
      if (observed === true) {
        // A hidden window has no box, and one that is minimised or maximised not its own.
        if (state.window_state !== 'normal' || state.visible === false || (width === 0 && height === 0)) return undefined
        if (before === null) return { observed_size: [width, height] }
        const isNear = (length: number | null, now: number): boolean => length === null || Math.abs(length - now) <= ROUNDING
        if (isNear(before[0], width) && isNear(before[1], height)) return undefined
      }
      return { size: [width, height] }
    }, { when: given => given.resizable === true, measured: true, minds: true, unruly: true }),
    /** The close button was used. A window without a handler for this is hidden. */
    close: tracked(['visible'], [], () => ({ visible: false }), { request: true, unlessHandled: true }),
    /** The window was minimised, maximised, rolled up or brought back. */
    'window-state': tracked(['window_state'], [param('state', windowState)])
  }
})
