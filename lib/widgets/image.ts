import { boolean, bytes, nullable, string } from '../protocol/values.ts'
import type { Json } from '../protocol/values.ts'
import { action, define, option, optional, param, query, update } from './definition.ts'
import type { BinaryState } from './definition.ts'
import { interactiveCallbacks } from './interactive.ts'
import { Widget } from './widget.ts'

/** A picture, by URL or by its bytes. */
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
