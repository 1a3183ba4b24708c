import { boolean, bytes, nullable, string } from '../protocol/values.ts'
import type { Json } from '../protocol/values.ts'
import { action, define, option, optional, param, query, update } from './definition.ts'
import type { BinaryState } from './definition.ts'
import { interactiveCallbacks } from './interactive.ts'
import { Widget } from './widget.ts'

/**
 * A picture, by URL or by its bytes.
 * @example
 * const plan = '<svg xmlns="http://www.w3.org/2000/svg" width="240" height="96" fill="none" stroke="#0b6e6e" stroke-width="3">' +
 *   '<path d="M4 60h60m40 0h72"/><rect x="64" y="34" width="40" height="52" rx="6"/><circle cx="200" cy="60" r="24"/></svg>'
 * const picture = W.Image({ url: `data:image/svg+xml,${encodeURIComponent(plan)}`, interactive: true })
 * const state = W.Label('Click a part of the plan')
 * picture.resize(240, 96)
 * picture.on('click', ({ x }) => state.setText(x < 150 ? 'Tank 3' : 'Pump 1'))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(picture)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const Image = define({
  class: 'Image',
  base: Widget,
  options: {
    /** URL of the picture, relative to the page, or a `data:` URL. */
    url: option(nullable(string), null),
    /** It reports pointer, keyboard and focus events. */
    interactive: option(boolean, false),
    /** Shows new pictures without flicker, at the next frame; for live pictures. Give such an image a size or room to expand. */
    use_animation_frame: option(boolean, false)
  },
  state: {
    image: { initial: given => given.url, calls: value => value === null ? [] : [['set_image', value]] },
    binary_image: { initial: null, binary: 'set_binary_image' }
  },
  methods: {
    /** Shows the picture at a URL. @param url - Relative to the page, or a `data:` URL. */
    set_image: update(['image', 'binary_image'], [param('url', string)], (_state, [url]) => ({ image: url, binary_image: null })),
    /** Shows a picture from its bytes. @param data - The encoded picture. @param format - jpeg, png, webp, gif, … */
    set_binary_image: update(['image', 'binary_image'], [param('data', bytes), optional('format', string, 'jpeg')], (_state, [data, format]) => {
      const state: BinaryState = { args: [format as Json], bytes: data as Uint8Array }
      return { image: null, binary_image: state }
    }),
    /** Shows what was drawn at the next frame, with `useAnimationFrame`. */
    update: action(),
    get_draw_context: { ...query([], nullable(string)), pageOnly: true }
  },
  callbacks: interactiveCallbacks
})
