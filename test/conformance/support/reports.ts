import type { Report, Step } from './trace.ts'

/** Reports closer than this are of one gesture, ms. */
const ONE_GESTURE = 450
/** The reference page's pause before it reports what was typed is 300 ms. */
const ONE_KEYSTROKE = 250

/**
 * Whether a recorded report is one that our page makes too. The reference page sends some twice: an editable combo box
 * reports each key and once more after a pause; Enter reports the text and then, after the pause, the same text again.
 * And of reports that follow the pointer only the last of a gesture is the same wherever things are on the page.
 */
export function onlyNews (report: Report, t: number, before: readonly Step[], after: readonly Step[], continuous: boolean): boolean {
  const near = (steps: readonly Step[], within: number): Report[] => steps.flatMap(step =>
    step.kind === 'report' && step.report.wid === report.wid && Math.abs(step.t - t) <= within ? [step.report] : [])
  if (continuous) return !near(after, ONE_GESTURE).some(({ action }) => action === report.action)
  if (report.action !== 'modified') return true
  if (near(after, ONE_KEYSTROKE).some(({ action }) => action === 'modified')) return false
  const text = report.args[0]
  const previous = near(before, ONE_GESTURE).at(-1)
  if (previous?.action === 'modified' && previous.args[0] === text) return false
  return ![...near(before, ONE_GESTURE), ...near(after, ONE_GESTURE)].some(({ action, args }) => action === 'activated' && args.at(-1) === text)
}
