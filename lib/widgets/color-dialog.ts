import { string, widget } from '../protocol/values.ts'
import { FALLBACK, pick } from './color-widget.ts'
import { addsChild, define, extension, getter, option, param, setter, tracked } from './definition.ts'
import { Dialog, dialogOptions } from './dialog.ts'
import { hexColor } from './hex-color.ts'

/**
 * A dialog in which people pick a colour, and say OK or Cancel. `ask()` resolves with the colour, and with null if the
 * dialog was closed or cancelled.
 * @keyboard Left, Right, Up, Down - in the field, change saturation and brightness; with Shift by ten
 * @keyboard Enter - presses the default button, which is OK
 * @keyboard Escape - asks to close, as the × does
 * @example
 * const button = W.Button('Colour of the trace…')
 * const status = W.Label('Trace 1 is #20a060')
 * const dialog = W.ColorDialog({ color: '#20a060', title: 'Trace 1', modal: true })
 * button.on('activated', async () => {
 *   const color = await dialog.ask()
 *   if (color !== null) status.setText(`Trace 1 is ${color}`)
 * })
 * const column = W.VBox({ spacing: 8 })
 * column.addWidget(button, 0)
 * column.addWidget(status, 0)
 * page.setWidget(column)
 * dialog.show()
 */
export const ColorDialog = define({
  class: 'ColorDialog',
  base: Dialog,
  options: {
    /** The colour to begin with: `#rrggbb` or `rgb(r, g, b)`. */
    color: option(string, FALLBACK),
    /** Text of the title bar. */
    title: option(string, 'Choose Color'),
    ...dialogOptions
  },
  state: {
    color: { initial: given => hexColor(given.color as string) ?? FALLBACK }
  },
  methods: {
    /**
     * Adds a button beside OK and Cancel, which closes the dialog as they do. It still reports its own `activated`.
     * @param child - The button.
     * @param value - What the dialog answers when it is pressed, in place of the colour that is picked: another colour, such as a standard one, or a word of your own.
     */
    add_button: addsChild([param('child', widget()), param('value', string)]),
    /** Sets the colour, also the one that is shown as the old one. @param hex_string - `#rrggbb` or `rgb(r, g, b)`. */
    set_color: setter('color', [param('hex_string', string)], pick),
    /** The colour as `#rrggbb` in lower case, as set or picked last. */
    get_color: getter('color', string)
  },
  callbacks: {
    /** A colour was picked; the dialog stays. @param color - `#rrggbb`. */
    pick: tracked(['color'], [param('color', string)], pick, { unruly: true }),
    /** OK was pressed, or a button that was added, and the dialog hid itself. @param color - `#rrggbb`; the value of a button that was added. */
    activated: tracked(['visible', 'color'], [param('color', string)], (_state, [given]) => {
      const color = hexColor(given as string)
      return { visible: false, ...(color !== null && { color }) }
    }),
    /** Cancel was pressed, and the dialog hid itself. The colour is what was picked last. */
    cancel: extension(tracked(['visible'], [], () => ({ visible: false })))
  }
})
