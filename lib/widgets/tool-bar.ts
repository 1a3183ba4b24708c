import { boolean, nullable, oneOf, partial, string, union, widget } from '../protocol/values.ts'
import { CHILD, addsChild, define, factory, getter, option, optional, ornament, param, setter, tracked } from './definition.ts'
import { ContainerWidget, Widget, iconSize } from './widget.ts'

const actionOptions = {
  text: nullable(string),
  icon_url: nullable(string),
  iconsize: iconSize,
  toggle: boolean,
  group: nullable(widget('ToolBarAction')),
  menu: nullable(widget('Menu'))
}

/**
 * A strip of actions and small controls. Where there is too little room, a horizontal one goes on in another row and a
 * vertical one scrolls.
 *
 * @keyboard ArrowLeft, ArrowRight, Home, End - lead from one action to the next; in a vertical one, ArrowUp and ArrowDown
 * @keyboard Tab - leads to the controls that need the arrow keys themselves, and out
 *
 * @example
 * const status = W.StatusBar({ message: 'Stopped' })
 * const bar = W.ToolBar()
 * bar.addAction('Start').on('activated', () => status.setMessage('Running'))
 * bar.addAction('Stop').on('activated', () => status.setMessage('Stopped'))
 * bar.addSeparator()
 * const manual = bar.addAction({ text: 'Manual', toggle: true })
 * bar.addAction({ text: 'Automatic', group: manual })
 * bar.addSpacer()
 * bar.addWidget(W.Label('Bench 2'))
 * const column = W.VBox()
 * column.addWidget(bar, 0)
 * column.addWidget(status, 0)
 * page.setWidget(column)
 */
export const ToolBar = define({
  class: 'ToolBar',
  base: ContainerWidget,
  options: {
    /** Direction of the strip. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal')
  },
  container: { attach: 'add_widget', again: 'move' },
  methods: {
    /** Adds a widget at the end. */
    add_widget: addsChild([param('child', widget())]),
    /** Makes an action and adds it. @param options - The action's options, or its text. */
    add_action: factory([optional('options', union(string, partial(actionOptions)), {})], 'ToolBarAction', ([options]) =>
      ({ class: 'ToolBarAction', args: [typeof options === 'string' ? { text: options } : options ?? {}], attach: ['add_widget', CHILD] })),
    /** Adds a rule. */
    add_separator: ornament(),
    /** Adds a gap that takes up spare room. */
    add_spacer: ornament()
  }
})

/**
 * A button of a tool bar: plain, latching, one of a group, or with a menu.
 *
 * @keyboard Enter, Space - use it, or open its menu
 * @keyboard ArrowDown, ArrowUp - open its menu at the first or the last entry, but not in a vertical tool bar
 *
 * @example
 * const state = W.Label('Heater off')
 * const heater = W.ToolBarAction({ text: 'Heater', toggle: true, tooltip: 'Switches the heater' })
 * heater.on('activated', on => state.setText(on === true ? 'Heater on' : 'Heater off'))
 * const presets = W.Menu()
 * for (const kelvin of [293, 310]) presets.addName(`${kelvin} K`).on('activated', () => state.setText(`Heating to ${kelvin} K`))
 * const bar = W.ToolBar()
 * bar.addWidget(heater)
 * bar.addAction({ text: 'Presets', menu: presets })
 * const column = W.VBox({ spacing: 8 })
 * column.addWidget(bar, 0)
 * column.addWidget(state, 0)
 * page.setWidget(column)
 */
export const ToolBarAction = define({
  class: 'ToolBarAction',
  base: Widget,
  options: {
    /** Its text; null for none. */
    text: option(nullable(string), null),
    /** URL of its picture. */
    icon_url: option(nullable(string), null),
    /** Width and height of the picture in px; null for 18 by 18. */
    iconsize: option(iconSize, null),
    /** It latches. */
    toggle: option(boolean, false),
    /** Any other action of the group of which at most one is down; implies `toggle`. */
    group: option(nullable(widget('ToolBarAction')), null),
    /** A menu that it opens. */
    menu: option(nullable(widget('Menu')), null)
  },
  exclusive: { group: 'group', state: 'state', implies: 'toggle' },
  state: {
    text: { initial: given => given.text },
    icon: { initial: given => [given.icon_url, given.iconsize] },
    menu: { initial: given => given.menu, phase: 'late' },
    state: { initial: false }
  },
  methods: {
    /** Sets the text; null or empty for none. */
    set_text: setter('text', [param('text', nullable(string))]),
    /** The text. */
    get_text: getter('text', nullable(string)),
    /** Sets the picture. @param url - Relative to the page; null for none. @param iconsize - Width and height in px; null for 18 by 18. */
    set_icon: setter('icon', [param('url', nullable(string)), optional('iconsize', iconSize, null)]),
    /** Presses or releases it; pressing one of a group releases the others. */
    set_state: setter('state', [param('value', boolean)]),
    /** Whether it is down. */
    get_state: getter('state', boolean),
    /** Sets the menu that it opens; null for none. */
    set_menu: setter('menu', [param('menu', nullable(widget('Menu')))])
  },
  callbacks: {
    /** It was used; never of one with a menu. @param state - Whether it is now down; only of those that latch. */
    activated: tracked(['state'], [optional('state', boolean)], (_state, [state]) => typeof state === 'boolean' ? { state } : undefined, {
      optional: 1, when: given => given.toggle === true || given.group !== null
    })
  }
})
