import { number, oneOf, px } from '../protocol/values.ts'
import { define, getter, option, param, setter, tracked } from './definition.ts'
import type { Reduce } from './definition.ts'
import { LEAST_THUMB, share } from './shares.ts'
import { Widget } from './widget.ts'

const thumb: Reduce = (_state, [pct]) => ({ thumb_percent: Math.max(LEAST_THUMB, share(pct)) })

/**
 * A scroll bar that stands alone: picks a position between 0 and 1. What it scrolls is up to its `activated` handler.
 *
 * @keyboard Arrow keys - move by a line
 * @keyboard Page Up, Page Down, Space, Shift+Space - move by a page
 * @keyboard Home, End - go to the start, to the end
 *
 * @example
 * const time = W.Label('00:00')
 * const bar = W.ScrollBar()
 * bar.setThumbPercent(1 / 24)
 * bar.on('activated', position => {
 *   time.setText(`${String(Math.round(position * 23)).padStart(2, '0')}:00`)
 * })
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(time)
 * box.addWidget(bar)
 * page.setWidget(box)
 */
export const ScrollBar = define({
  class: 'ScrollBar',
  base: Widget,
  options: {
    /** Direction of the track. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal'),
    /** Width of the track, px. */
    thickness: option(px, 15)
  },
  state: {
    scroll_percent: { initial: 0 },
    thumb_percent: { initial: 0.2 }
  },
  methods: {
    /** Moves the thumb. @param pct - 0 (start) to 1 (end); what is beyond is brought there. */
    set_scroll_percent: setter('scroll_percent', [param('pct', number)], (_state, [pct]) => ({ scroll_percent: share(pct) })),
    /** Where the thumb is, 0 (start) to 1 (end). */
    get_scroll_percent: getter('scroll_percent', number),
    /** Sets the length of the thumb: how much of the whole is in view. @param pct - Share of the track, 0.01 to 1; what is beyond is brought there. */
    set_thumb_percent: setter('thumb_percent', [param('pct', number)], thumb),
    /** The length of the thumb, as a share of the track. */
    get_thumb_percent: getter('thumb_percent', number),
    set_thumb_width: { ...setter('thumb_percent', [param('pct', number)], thumb), pageOnly: true }
  },
  callbacks: {
    /** The thumb was moved. @param pct - Where it is now, 0 (start) to 1 (end). */
    activated: tracked(['scroll_percent'], [param('pct', number)], (_state, [pct]) => ({ scroll_percent: share(pct) }), {
      unruly: true, corrected: (patch, [pct]) => patch.scroll_percent !== pct
    })
  }
})
