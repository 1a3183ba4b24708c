/**
 * Our page is told what the recorded server told the reference page, and its user does what the recorded user did:
 * its answers and reports are the recorded ones, and it shows what the recorded frames imply.
 */
import t from 'tap'
import { definitions } from '../../lib/widgets/index.ts'
import { launch, open } from '../chromium/support.ts'
import { differences, noReader } from './page-differences.ts'
import { Differences } from './support/differences.ts'
import { PagePlayer } from './support/page-run.ts'
import type { PageRun } from './support/page-run.ts'
import { connectionsOf, readLines, readTrace, stepsOf, traceNames } from './support/trace.ts'

/** Recorded without a page: a script talked to the reference server. */
const WITHOUT_PAGE = new Set(['errors_raw_client'])

/** How long a gesture may take to find what it is for, ms. */
const PATIENCE = 3000

const browser = await launch(t)
const table = new Differences(differences)
const nothing: string[] = []
const unskilled = { gestures: new Set<string>(), readers: new Set<string>() }
const kinds: PageRun['kinds'] = new Map()

if (browser !== null) {
  for (const name of traceNames()) {
    if (WITHOUT_PAGE.has(name)) continue
    await t.test(`${name}: our page answers, reports and shows what was recorded`, async t => {
      const found: PageRun = {
        answers: 0, missing: 0, reports: 0, reportsMissing: 0, facts: 0, unlike: [], kinds, noGesture: unskilled.gestures, noReader: unskilled.readers
      }
      const { page, peer } = await open(t, browser, { viewport: { width: 1000, height: 700 } })
      page.setDefaultTimeout(PATIENCE)
      // Every connection begins with `init`, which wipes the page.
      for (const [conn, frames] of connectionsOf(readTrace(name))) {
        const player = new PagePlayer(page, peer, found)
        await player.play(stepsOf(frames))
        await player.finish()
        await player.look(`connection ${conn}`)
      }
      t.comment(`${name}: ${found.answers} answers compared, ${found.missing} messages skipped for missing classes, ${found.reports} reports compared, ${found.reportsMissing} skipped, ${found.facts} facts of the DOM`)
      if (found.answers === 0) nothing.push(name)
      t.strictSame(found.unlike.filter(text => !table.excuse(name, text)), [])
    })
  }

  await t.test('each method answers as its kind was recorded: with a value, without, or by an error', async t => {
    const rows = readLines('method_results') as Array<{ class: string, method: string, value?: unknown, no_value?: boolean, error?: string }>
    const ours = rows.filter(row => definitions.get(row.class)?.creatable === true)
    const unlike = ours.map(row => {
      const recorded = row.error !== undefined ? 'error' : row.no_value === true ? 'no_value' : 'value'
      return { what: `${row.class}.${row.method}`, ours: kinds.get(`${row.class}.${row.method}`), recorded }
    }).filter(({ ours, recorded }) => ours !== recorded)
    t.comment(`${ours.length} methods compared, ${rows.length - ours.length} of missing classes`)
    t.strictSame(unlike, [])
  })

  await t.test('no trace is passed without a comparison', async t => {
    t.strictSame(nothing, [], 'traces of which no answer could be compared')
  })

  await t.test('every deliberate difference is needed', async t => {
    t.strictSame(table.unused, [])
  })

  await t.test('whatever a recorded user did can be done here, and whatever is on screen can be read', async t => {
    t.strictSame([...unskilled.gestures], [], 'reports without a gesture: support/gestures.ts')
    t.strictSame([...unskilled.readers].filter(name => !noReader.has(name)), [], 'classes without a reader: support/dom.ts and support/in-page.js')
  })
}
