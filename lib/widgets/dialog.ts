import { any, array, atLeast, boolean, nullable, number, px, string, tuple, union, widget } from '../protocol/values.ts'
import type { Json } from '../protocol/values.ts'
import { addsChild, define, extension, insertsChild, local, onlyChild, option, optional, param, query, setter, tracked, update } from './definition.ts'
import type { Option } from './definition.ts'
import { TopLevel } from './top-level.ts'

const coordinate = nullable(number)

/** The reference page takes a text apart into letters, of which the first becomes the caption. */
const pairs = (buttons: Json): Json =>
  Array.isArray(buttons) ? (buttons as readonly Json[]).map(button => typeof button === 'string' ? [button, button] : button) : buttons

/** Options of dialogs. */
export const dialogOptions = {
  /** It hides itself when one of its buttons is pressed. */
  autoclose: option(boolean, false),
  /** People may resize it. */
  resizable: option(boolean, true),
  /** People may move it. */
  moveable: option(boolean, true),
  /** Nothing else of the session can be used while it is shown. */
  modal: option(boolean, false),
  /** URL of a picture in the title bar. */
  icon: option(nullable(string), null),
  /** People may close it: by the ×, which needs a title, and by Escape. */
  closeable: option(boolean, true),
  /** It has a minimise button. */
  minimizable: option(boolean, false),
  /** It has a maximise button. */
  maximizable: option(boolean, false),
  /** It has a button that puts it behind other windows. */
  lowerable: option(boolean, false),
  /** A double click on its title bar rolls it up. */
  shadeable: option(boolean, true)
} satisfies Record<string, Option>

/**
 * A window that asks for an answer: a column of widgets above a row of buttons. It stands in the middle of the page
 * until somebody moves it, and appears when `show()`, `popup()` or `ask()` is called. A modal one keeps people from
 * everything else of the session until it is hidden.
 *
 * @keyboard Tab, Shift+Tab - go through the dialog; of a modal one they do not lead out
 * @keyboard Enter - presses the default button, unless what has the focus uses the key itself
 * @keyboard Escape - asks to close, as the × does
 *
 * @example
 * const button = W.Button('Delete the log…')
 * const status = W.Label('1204 entries')
 * const dialog = W.Dialog('Delete the log?', [['Delete', true], ['Keep', false]], { modal: true, defaultButton: 1 })
 * dialog.addWidget(W.Label('All 1204 entries will be lost.'), 0)
 * button.on('activated', async () => {
 *   if (await dialog.ask() === true) status.setText('The log is empty')
 * })
 * const column = W.VBox({ spacing: 8 })
 * column.addWidget(button, 0)
 * column.addWidget(status, 0)
 * page.setWidget(column)
 * dialog.show()
 */
export const Dialog = define({
  class: 'Dialog',
  base: TopLevel,
  args: [
    optional('title', nullable(string), null),
    { ...optional('buttons', nullable(array(union(string, tuple(string, any)))), []), normal: pairs }
  ],
  options: dialogOptions,
  container: { attach: 'add_widget', again: 'update', aside: ['add_button'], remove: 'remove_widget' },
  state: {
    modal: { initial: given => given.modal },
    // What a page begins with is its own affair.
    spacing: { initial: null },
    default_button: { initial: 0 }
  },
  methods: {
    /** Adds a widget to the column at the end; of one that is there already, changes the stretch. @param child - The widget. @param stretch - Its share of the room left over; 0 keeps its natural size. */
    add_widget: addsChild([param('child', widget()), optional('stretch', nullable(number), 0)]),
    /** Adds a widget to the column before position `index`. @param index - From 0; beyond the end adds at the end. @param stretch - Its share of the room left over. */
    insert_widget: insertsChild([param('index', atLeast(0)), param('child', widget()), optional('stretch', nullable(number), 0)]),
    /** Puts a widget into the column in place of all that is there. */
    set_widget: { ...onlyChild([param('child', widget())]), as: ([child]) => [['remove_all'], ['add_widget', child, 1]] },
    /** Adds a button to the row at the bottom. It still reports its own `activated`. @param child - The button. @param value - What the dialog answers when it is pressed. */
    add_button: addsChild([param('child', widget()), param('value', any)]),
    /** Sets the gap between the widgets of the column. @param gap - px. */
    set_spacing: setter('spacing', [optional('gap', px, 0)]),
    /** Shows the dialog; one that is shown already stays as it is. */
    // A second time, a reference page leaves a backdrop behind that blocks everything for good.
    show: { ...update(['visible'], [], () => ({ visible: true })), onlyIfChanged: true },
    /** Shows the dialog, at a place if both numbers are given. @param x - px from the left of the page. @param y - px from the top of the page. */
    popup: {
      ...update(['visible', 'position'], [optional('x', coordinate, null), optional('y', coordinate, null)], (_state, [x, y]) =>
        typeof x === 'number' && typeof y === 'number' ? { position: [x, y], visible: true } : { visible: true }),
      as: ([x, y]) => typeof x === 'number' && typeof y === 'number' ? [['set_position', x, y], ['show']] : [['show']]
    },
    /**
     * Shows the dialog, waits for an answer and hides the dialog again: resolves with the value of the button that was
     * pressed, in whichever browser, and with null if the dialog was closed without. Rejects if the dialog or the
     * session ends before. To be used in a handler.
     * @param x - px from the left of the page.
     * @param y - px from the top of the page.
     */
    ask: { ...extension(local([optional('x', coordinate, null), optional('y', coordinate, null)], any)), later: true },
    /** Makes the dialog modal, or lets people use the rest of the session beside it. */
    set_modal: setter('modal', [param('tf', boolean)]),
    /** Sets the button that Enter presses and that has the focus where there is no other control. @param index - Position in the row, from 0; null for none. */
    set_default_button: extension(setter('default_button', [param('index', nullable(atLeast(0)))])),
    get_content_area: { ...query([], widget('VBox')), pageOnly: true }
  },
  callbacks: {
    /** A button of the row was pressed. @param value - What it stands for. */
    activated: tracked(['visible'], [param('value', any)], () => ({ visible: false }), { when: given => given.autoclose === true })
  }
})
