import { boolean, nullable, string } from '../protocol/values.ts'
import { define, extension, getter, optional, param, setter, update } from './definition.ts'
import { getsShares, scrolled, setsShares } from './scrolling.ts'
import type { Place } from './shares.ts'
import { Widget } from './widget.ts'

/**
 * Shows HTML, such as a report. The page cleans it: scripts, forms and whatever could reach beyond the view are left out.
 * Links open a tab of their own. Its size comes from its surroundings; left to itself it is 240 by 160 px. Who looks at the end goes on seeing the end when something is appended.
 *
 * @keyboard Arrow keys - scroll by a line
 * @keyboard Page Up, Page Down, Space, Shift+Space - scroll by a page
 * @keyboard Home, End - go to the top, to the bottom
 * @keyboard Tab - goes to the links
 *
 * @example
 * const rows = [['Spindle', '41 °C'], ['Coolant', '22 °C']]
 * const report = W.HtmlView()
 * report.setHtml('<h2>Temperatures</h2><table><tbody>' +
 *   rows.map(([part, value]) => `<tr><th>${part}</th><td>${value}</td></tr>`).join('') +
 *   '</tbody></table>')
 * page.setWidget(report)
 */
export const HtmlView = define({
  class: 'HtmlView',
  base: Widget,
  args: [optional('html', nullable(string), '')],
  state: {
    trusted: { initial: false },
    html: { initial: given => given.html ?? '' },
    scroll_position: { initial: [0, 0], phase: 'late' }
  },
  methods: {
    /** Sets the content. */
    set_html: setter('html', [param('html', string)]),
    /** The content, as server code gave it. */
    get_html: getter('html', string),
    /** Adds to the end of the content. @param html - Whole elements: what it leaves open is closed at its end. */
    append_html: update(['html'], [param('html', string)], (state, [html]) => ({ html: `${state.html as string}${html as string}` })),
    /** Empties the view. */
    clear: update(['html'], [], () => ({ html: '' })),
    /**
     * Sets whether the content may also style itself, by `style` elements and attributes, and hold frames, as far as the
     * page's policy lets them load. Scripts and forms are left out all the same. Reference pages clean nothing, whatever
     * is set here.
     * @param trusted - Only for content that server code has written itself.
     */
    set_trusted: extension(setter('trusted', [param('trusted', boolean)])),
    /** Scrolls to the top. */
    scroll_to_top: update(['scroll_position'], [], ({ scroll_position: place }) => ({ scroll_position: [(place as Place)[0], 0] })),
    /** Scrolls to the bottom. */
    scroll_to_bottom: update(['scroll_position'], [], ({ scroll_position: place }) => ({ scroll_position: [(place as Place)[0], 1] })),
    /** Scrolls, in all browsers. @param h_pct - 0 (start) to 1 (end). @param v_pct - 0 (top) to 1 (bottom). */
    set_scroll_position: setsShares('scroll_position'),
    /** Where the content is scrolled to, horizontally and vertically, each 0 to 1. */
    get_scroll_position: getsShares('scroll_position')
  },
  callbacks: {
    /** Somebody scrolled, or went on looking at the end of content that grew. @param h_pct - Where to, 0 (start) to 1 (end). @param v_pct - Where to, 0 (top) to 1 (bottom). */
    scrolled: scrolled('scroll_position')
  }
})
