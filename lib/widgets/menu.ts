import { boolean, isRef, nullable, number, partial, string, widget } from '../protocol/values.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { CHILD, action, addsChild, computed, define, factory, getter, option, optional, ornament, param, setter, tracked } from './definition.ts'
import type { Entry } from './definition.ts'
import { ContainerWidget, Widget, iconSize } from './widget.ts'

/** The menu that was attached last under a name; `at` is where the attaching call has the name. */
function menuNamed (entries: readonly Entry[], name: unknown, at: number): WidgetRef | null {
  const entry = entries.findLast(({ method, args }) => method === 'add_menu' && args[at] === name)
  return entry?.wid === undefined ? null : { __wid__: entry.wid }
}

/**
 * A row of menus.
 *
 * @keyboard ArrowLeft, ArrowRight, Home, End - lead from one menu to the next; where one is open, the next one opens
 * @keyboard ArrowDown, Enter, Space - open the menu at its first entry
 * @keyboard ArrowUp - opens it at its last entry
 * @keyboard Letters - lead to the menu whose caption begins with them
 *
 * @example
 * const status = W.StatusBar({ message: 'Ready' })
 * const bar = W.MenuBar()
 * const file = bar.addName('File')
 * file.addName('Save log').on('activated', () => status.setMessage('Log saved', 5))
 * file.addMenu('Export').addName('As CSV').on('activated', () => status.setMessage('Exported', 5))
 * file.addSeparator()
 * file.addName('Rotate daily', true).on('activated', on => status.setMessage(on === true ? 'Rotating daily' : 'Not rotating'))
 * bar.addName('View').addName('Only errors', true)
 * const column = W.VBox()
 * column.addWidget(bar, 0)
 * column.addWidget(W.Label('1204 entries', { padding: 12 }), 1)
 * column.addWidget(status, 0)
 * page.setWidget(column)
 */
export const MenuBar = define({
  class: 'MenuBar',
  base: ContainerWidget,
  container: { attach: 'add_menu', again: 'move' },
  methods: {
    /** Adds a menu. @param menu - The menu. @param name - Its caption. @param options - `icon_url`; `iconsize` [width, height] in px; `icon_only` shows the caption as tooltip. */
    add_menu: addsChild([
      param('menu', widget('Menu')), param('name', string),
      optional('options', partial({ icon_url: nullable(string), iconsize: iconSize, icon_only: boolean }), {})
    ]),
    /** Makes an empty menu and adds it. @param name - Its caption. */
    add_name: factory([param('name', string)], 'Menu', ([name]) => ({ class: 'Menu', args: [], attach: ['add_menu', CHILD, name] })),
    /** The menu with a caption; null if there is none. */
    get_menu: computed([param('name', string)], nullable(widget('Menu')), (_state, [name], { entries }) => menuNamed(entries, name, 1))
  }
})

/**
 * A list of actions that pops up: from a menu bar, an action of a tool bar, a label, or wherever `popup()` says.
 * Whatever else is put into it is used in its place; choosing an action closes it.
 *
 * @keyboard ArrowDown, ArrowUp, Home, End - lead through the entries
 * @keyboard Letters - lead to the entry that begins with them
 * @keyboard ArrowRight, ArrowLeft - lead into a submenu and out of it; in a menu bar, on to its neighbours
 * @keyboard Enter, Space - choose
 * @keyboard Escape - closes the menu, or the submenu; the focus goes back to where it was
 *
 * @example
 * const state = W.Label('Pump 3: running')
 * const menu = W.Menu()
 * menu.addName('Stop').on('activated', () => state.setText('Pump 3: stopped'))
 * menu.addName('Restart').on('activated', () => state.setText('Pump 3: running'))
 * menu.addSeparator()
 * menu.addMenu('Speed').addName('1200 rpm').on('activated', () => state.setText('Pump 3: 1200 rpm'))
 * state.setMenu(menu)
 * const column = W.VBox({ padding: 12 })
 * column.addWidget(state, 0)
 * page.setWidget(column)
 */
export const Menu = define({
  class: 'Menu',
  base: ContainerWidget,
  container: { attach: 'add_widget', again: 'move' },
  methods: {
    /** Adds a widget at the end: an action, a check box, … */
    add_widget: addsChild([param('child', widget())]),
    /** Makes an action and adds it. @param name - Its text. @param checkable - It has a check mark that choosing it flips. */
    add_name: factory([param('name', string), optional('checkable', boolean, false)], 'MenuAction', ([name, checkable]) =>
      ({ class: 'MenuAction', args: [{ text: name, ...(checkable === true && { checkable }) }], attach: ['add_widget', CHILD] })),
    /** Adds a submenu. @param name - Its caption. @param menu - The menu; a new one if left out. */
    add_menu: factory([param('name', string), optional('menu', nullable(widget('Menu')), null)], 'Menu', ([name, menu]) =>
      isRef(menu) ? null : { class: 'Menu', args: [], attach: ['add_menu', name, CHILD] }, 1),
    /** Adds a rule. */
    add_separator: ornament(),
    /** The submenu with a caption; null if there is none. */
    get_menu: computed([param('name', string)], nullable(widget('Menu')), (_state, [name], { entries }) => menuNamed(entries, name, 0)),
    /** Opens the menu, in every connected browser. @param x - px from the left of the page. @param y - px from the top of the page. */
    popup: action([optional('x', nullable(number)), optional('y', nullable(number))])
  }
})

/**
 * An entry of a menu.
 *
 * @keyboard Enter, Space - choose it
 *
 * @example
 * const log = W.Label('Log: all entries')
 * const filter = W.MenuAction({ text: 'Only errors', checkable: true })
 * filter.on('activated', checked => log.setText(checked === true ? 'Log: errors' : 'Log: all entries'))
 * const menu = W.Menu()
 * menu.addWidget(filter)
 * log.setMenu(menu)
 * const column = W.VBox({ padding: 12 })
 * column.addWidget(log, 0)
 * page.setWidget(column)
 */
export const MenuAction = define({
  class: 'MenuAction',
  base: Widget,
  options: {
    /** Its text. */
    text: option(nullable(string), null),
    /** URL of a picture before the text. */
    icon_url: option(nullable(string), null),
    /** Width and height of the picture in px; null for 16 by 16. */
    iconsize: option(iconSize, null),
    /** It has a check mark that choosing it flips. */
    checkable: option(boolean, false),
    /** Shows the text as tooltip where there is a picture. */
    icon_only: option(boolean, false),
    name: { ...option(nullable(string), null), pageOnly: true }
  },
  state: {
    text: { initial: given => given.text ?? given.name },
    icon: { initial: given => [given.icon_url, given.iconsize] },
    checked: { initial: false }
  },
  methods: {
    /** Sets the text. */
    set_text: setter('text', [param('text', nullable(string))]),
    /** The text. */
    get_text: getter('text', nullable(string)),
    /** Sets the picture before the text. @param url - Relative to the page; null for none. @param iconsize - Width and height in px; null for 16 by 16. */
    set_icon: setter('icon', [param('url', nullable(string)), optional('iconsize', iconSize, null)]),
    /** Sets or clears the check mark. */
    set_checked: setter('checked', [param('checked', boolean)]),
    /** Whether the check mark is set. */
    get_checked: getter('checked', boolean),
    /** The same as `setChecked`. */
    set_state: setter('checked', [param('tf', boolean)]),
    /** The same as `getChecked`. */
    get_state: getter('checked', boolean)
  },
  callbacks: {
    /** The action was chosen. @param checked - Whether its check mark is now set; only of checkable actions. */
    activated: tracked(['checked'], [optional('checked', boolean)], (_state, [checked]) => typeof checked === 'boolean' ? { checked } : undefined, {
      optional: 1, when: given => given.checkable === true
    })
  }
})
