import { boolean, nullable, string } from '../protocol/values.ts'
import { define, getter, optional, param, setter, tracked } from './definition.ts'
import { Widget } from './widget.ts'

/** A box to tick, with a caption. */
export const CheckBox = define({
  class: 'CheckBox',
  base: Widget,
  args: [optional('text', nullable(string), '')],
  state: { state: { initial: false } },
  methods: {
    /** Ticks or clears it. */
    set_state: setter('state', [param('tf', boolean)]),
    /** Whether it is ticked. */
    get_state: getter('state', boolean)
  },
  callbacks: {
    /** It was ticked or cleared. @param checked - Whether it is now ticked. */
    activated: tracked(['state'], [param('checked', boolean)])
  }
})
