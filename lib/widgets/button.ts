import { color, nullable, string } from '../protocol/values.ts'
import { computed, define, event, getter, optional, param, setter } from './definition.ts'
import { Widget, iconSize, keepNulls } from './widget.ts'

/**
 * A push button.
 * @param text - The caption.
 * @keyboard Enter, Space - use it
 * @example
 * const start = W.Button('Start pump')
 * const stop = W.Button('Emergency stop')
 * const state = W.Label('Stopped')
 * stop.setColor('#b3322b', '#ffffff')
 * start.on('activated', () => state.setText('Running at 1450 rpm'))
 * stop.on('activated', () => state.setText('Stopped'))
 * const row = W.HBox({ spacing: 8 })
 * for (const widget of [start, stop, state]) row.addWidget(widget)
 * const box = W.VBox({ padding: 12 })
 * box.addWidget(row)
 * page.setWidget(box)
 */
export const Button = define({
  class: 'Button',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  state: {
    text: { initial: given => given.text ?? '' },
    icon: { initial: [null, null] },
    color: { initial: [null, null] },
    hover: { initial: [null, null] }
  },
  methods: {
    /** Sets the caption. */
    set_text: setter('text', [param('text', string)]),
    /** The caption. */
    get_text: getter('text', string),
    /** Sets the picture before the caption. @param url - Relative to the page; null for none. @param size - Width and height in px; null for the picture's own. */
    set_icon: setter('icon', [param('url', nullable(string)), optional('size', iconSize, null)]),
    /** URL of the picture; null for none. */
    get_icon: computed([], nullable(string), state => (state.icon as unknown[])[0]),
    /** Sets the colours; null leaves one as it is, an empty string returns it to the theme. @param bg - Background. @param fg - Text. */
    set_color: setter('color', [optional('bg', nullable(color), null), optional('fg', nullable(color), null)], keepNulls('color')),
    /** Sets the colours while the pointer is over it; null or an empty string takes one away. @param bg - Background. @param fg - Text. */
    set_hover: setter('hover', [optional('bg', nullable(color), null), optional('fg', nullable(color), null)])
  },
  callbacks: {
    /** The button was used. */
    activated: event()
  }
})
