import { string } from '../protocol/values.ts'
import { define, getter, option, param, setter, tracked } from './definition.ts'
import type { Reduce } from './definition.ts'
import { hexColor } from './hex-color.ts'
import { Widget } from './widget.ts'

/** The colour where an option holds none. */
export const FALLBACK = '#ff0000'

/** Keeps what is a colour. */
export const pick: Reduce = (_state, [given]) => {
  const color = hexColor(given as string)
  if (color === null) throw new RangeError(`expected a colour such as #ff8000 or rgb(255, 128, 0), got ${JSON.stringify(given)}`)
  return { color }
}

/**
 * Picks a colour by field, strip and numbers.
 *
 * @keyboard Left, Right - in the field, less or more saturation; with Shift by ten
 * @keyboard Up, Down - in the field, lighter or darker; in the strip, the hue before or after
 * @keyboard Enter - in a number or the digits, takes what was typed
 * @keyboard Escape - in a number or the digits, takes it back
 * @example
 * const color = W.ColorWidget({ color: '#2e9e5b' })
 * const trace = W.Label('Colour of the trace: #2e9e5b')
 * color.on('pick', picked => trace.setText(`Colour of the trace: ${picked}`))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(color)
 * box.addWidget(trace)
 * page.setWidget(box)
 */
export const ColorWidget = define({
  class: 'ColorWidget',
  base: Widget,
  options: {
    /** The colour to begin with: `#rrggbb` or `rgb(r, g, b)`. */
    color: option(string, FALLBACK)
  },
  state: {
    color: { initial: given => hexColor(given.color as string) ?? FALLBACK }
  },
  methods: {
    /** Sets the colour, also the one that is shown as the old one. @param hex_string - `#rrggbb` or `rgb(r, g, b)`. */
    set_color: setter('color', [param('hex_string', string)], pick),
    /** The colour as `#rrggbb` in lower case, as set or picked last. */
    get_color: getter('color', string)
  },
  callbacks: {
    /** A colour was picked. @param color - `#rrggbb`. */
    pick: tracked(['color'], [param('color', string)], pick, { unruly: true })
  }
})
