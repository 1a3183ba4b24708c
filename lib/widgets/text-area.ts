import { boolean, integer, nullable, oneOf, string } from '../protocol/values.ts'
import { action, define, getter, option, optional, param, setter, tracked, update } from './definition.ts'
import { newestLines, plainLines } from './lines.ts'
import { getsShares, scrolled, setsShares } from './scrolling.ts'
import type { Place } from './shares.ts'
import { Widget } from './widget.ts'

const kept = (text: string, limit: unknown): string => newestLines(plainLines(text), limit as number | null)

/**
 * Text of many lines: a field to write in, or a log that grows at its end. Who looks at the end of a log goes on seeing
 * its end when something is appended; who has scrolled away goes on seeing the same lines.
 *
 * @keyboard Arrow keys, Page Up, Page Down, Home, End - move the caret, or scroll a text that is not editable
 * @keyboard Tab - goes on to the next control
 *
 * @example
 * const log = W.TextArea('', { editable: false, limit: 500 })
 * const pump = W.Button('Start pump')
 * pump.on('activated', () => {
 *   log.appendText(`${new Date().toLocaleTimeString()} pump started\n`)
 * })
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(log, 1)
 * box.addWidget(pump)
 * page.setWidget(box)
 */
export const TextArea = define({
  class: 'TextArea',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  options: {
    /** Long lines are broken where the field ends; otherwise the field scrolls sideways. */
    wrap: option(boolean, false),
    /** People may change the text. */
    editable: option(boolean, true)
  },
  state: {
    limit: { initial: null, calls: value => [['set_limit', value]] },
    text: { initial: given => plainLines(given.text as string | null ?? '') },
    editable: { initial: given => given.editable },
    wrap: { initial: given => given.wrap },
    scroll_position: { initial: [0, 0], phase: 'late' }
  },
  methods: {
    /** Sets the text; of more lines than the limit, the newest are kept. */
    set_text: setter('text', [param('text', string)], (state, [text]) => ({ text: kept(text as string, state.limit) })),
    /** The text. */
    get_text: getter('text', string),
    /** Adds to the end of the text, and takes lines from its start that are beyond the limit. What was there is not sent again. @param text - Ends with a line feed if the next text is to begin a line. */
    append_text: update(['text'], [param('text', string)], (state, [text]) => ({ text: kept(`${state.text as string}${text as string}`, state.limit) })),
    /** Empties the field. */
    clear: update(['text'], [], () => ({ text: '' })),
    /** Sets whether people may change the text. */
    set_editable: setter('editable', [param('tf', boolean)]),
    /** Sets whether long lines are broken where the field ends. */
    set_wrap: setter('wrap', [param('tf', boolean)]),
    /** Keeps only the newest lines, now and whenever text is set or appended; not while somebody types. @param numlines - Number of lines; null, 0 or less for all. */
    set_limit: update(['limit', 'text'], [param('numlines', nullable(integer))], (state, [limit]) => ({ limit, text: kept(state.text as string, limit) })),
    /** Scrolls, in all browsers. @param h_pct - 0 (start) to 1 (end). @param v_pct - 0 (top) to 1 (bottom). */
    set_scroll_position: setsShares('scroll_position'),
    /** Where the text is scrolled to, horizontally and vertically, each 0 to 1. */
    get_scroll_position: getsShares('scroll_position'),
    /** Scrolls to a line. @param lineno - Number of the line, from 0. @param align - Where the line is to be; `nearest` scrolls no further than needed. */
    scroll_to_lineno: action([param('lineno', integer), optional('align', oneOf('nearest', 'center', 'top'), 'nearest')]),
    /** Scrolls to the last line. */
    scroll_to_end: update(['scroll_position'], [], ({ scroll_position: place }) => ({ scroll_position: [(place as Place)[0], 1] }))
  },
  callbacks: {
    /** Somebody scrolled, or went on looking at the end of a text that grew. @param h_pct - Where to, 0 (start) to 1 (end). @param v_pct - Where to, 0 (top) to 1 (bottom). */
    scrolled: scrolled('scroll_position'),
    /** The text was changed; comes 300 ms after the last key. @param text - The whole text. */
    modified: tracked(['text'], [param('text', string)], (_state, [text]) => ({ text: plainLines(text as string) }), { debounced: true })
  }
})
