import { boolean, nullable, number } from '../protocol/values.ts'
import { define, event, local, option, optional, param } from './definition.ts'
import { Callback } from './widget.ts'

const seconds = { kind: 'number', min: 0, max: 2_147_483 } as const

/**
 * A countdown that runs on the server, once however many browsers there are. All times in seconds.
 * @example
 * const timer = W.Timer({ duration: 5 })
 * const start = W.Button('Flush for 5 s')
 * const state = W.Label('Valve closed')
 * start.on('activated', () => { timer.start(); state.setText('Valve open') })
 * timer.on('expired', () => state.setText('Valve closed'))
 * const box = W.VBox({ spacing: 8, padding: 12 })
 * box.addWidget(start)
 * box.addWidget(state)
 * page.setWidget(box)
 */
export const Timer = define({
  class: 'Timer',
  base: Callback,
  remote: false,
  options: {
    /** Seconds to count down. */
    duration: option(seconds, 0)
  },
  state: { duration: { initial: given => given.duration, calls: value => [['set_duration', value]] } },
  methods: {
    /** Starts, or starts over. @param duration - Seconds, kept for later starts; as before if left out. */
    start: local([optional('duration', nullable(seconds), null)]),
    /** Stops without an event. */
    stop: local([]),
    /** Stops and reports `cancelled`. */
    cancel: local([]),
    /** The same as `start`. @param duration - Seconds. */
    set: local([param('duration', seconds)]),
    /** Starts unless it is running. @param duration - Seconds. */
    cond_set: local([param('duration', seconds)]),
    /** Whether it is running. */
    is_set: local([], boolean),
    /** Seconds since it was started; 0 if it is not running. */
    elapsed_time: local([], number),
    /** Seconds left; 0 if it is not running. */
    time_left: local([], number),
    /** Sets the seconds of the next start; one that runs is not changed. */
    set_duration: local([param('duration', seconds)]),
    /** Seconds of a countdown. */
    get_duration: local([], number)
  },
  callbacks: {
    /** The countdown ended. @param duration - Seconds it took. */
    expired: event([param('duration', number)]),
    /** It was cancelled. @param elapsed - Seconds since it was started. */
    cancelled: event([param('elapsed', number)])
  }
})
