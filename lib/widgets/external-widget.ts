import { boolean, nullable, string } from '../protocol/values.ts'
import { define, extension, param, query, setter, update } from './definition.ts'
import { Widget } from './widget.ts'

/**
 * A box for HTML that does not scroll: what is larger is cut off. The page cleans the HTML: scripts, forms and whatever
 * could reach beyond the box are left out. For text to read, use {@link HtmlView}.
 *
 * @example
 * const gauge = W.ExternalWidget()
 * gauge.setContent('<svg viewBox="0 0 100 20" role="img" aria-label="Level: 62 percent">' +
 *   '<rect width="100" height="20" rx="4" fill="silver"/>' +
 *   '<rect width="62" height="20" rx="4" fill="teal"/></svg>')
 * gauge.resize(300, 60)
 * page.setWidget(gauge)
 */
export const ExternalWidget = define({
  class: 'ExternalWidget',
  base: Widget,
  state: {
    trusted: { initial: false },
    content: { initial: '' }
  },
  methods: {
    /** Sets the content. @param html - Fills the box. */
    set_content: setter('content', [param('html', string)]),
    /** Empties the box. */
    clear: update(['content'], [], () => ({ content: '' })),
    /**
     * Sets whether the content may also style itself, by `style` elements and attributes, and hold frames, as far as the
     * page's policy lets them load. Scripts and forms are left out all the same. Reference pages clean nothing, whatever
     * is set here.
     * @param trusted - Only for content that server code has written itself.
     */
    set_trusted: extension(setter('trusted', [param('trusted', boolean)])),
    get_content_element: { ...query([], nullable(string)), pageOnly: true }
  }
})
