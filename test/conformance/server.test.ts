/**
 * The recorded application is rebuilt through our API, and the recorded browsers' reports are fed to our server. Then
 * what our frames say, to a browser that saw them all and to one that has just come, is what the recorded frames say.
 */
import t from 'tap'
import { facts as factTable, objections as objectionTable } from './server-differences.ts'
import { Differences } from './support/differences.ts'
import { rerun } from './support/rerun.ts'
import { traceNames } from './support/trace.ts'

/** Recorded without the reference server: a script talked to the page. */
const WITHOUT_SERVER = new Set(['errors_raw_server'])

const facts = new Differences(factTable)
const objections = new Differences(objectionTable)
const nothing: string[] = []

for (const name of traceNames()) {
  if (WITHOUT_SERVER.has(name)) continue
  await t.test(`${name}: our frames give the recorded state`, async t => {
    const found = await rerun(t, name)
    t.comment(`${name}: ${found.done} messages through our API, ${found.missing} skipped for missing classes, ${found.refused} refused, ${found.reports} reports, ${found.facts} facts compared`)
    if (found.done === 0) nothing.push(name)
    t.strictSame(found.unlike.filter(({ where, fact, ours, recorded }) => !facts.excuse(name, `${where} ${fact}: ${ours} / ${recorded}`)), [], 'facts')
    t.strictSame(found.objections.filter(text => !objections.excuse(name, text.replace(/^session \S+ \S+: /, ''))), [], 'our API takes what the recorded application did')
  })
}

t.test('no trace is passed without a comparison', async t => {
  t.strictSame(nothing, [], 'traces of which no message could be compared')
})

t.test('every deliberate difference is needed', async t => {
  t.strictSame([...facts.unused, ...objections.unused], [])
})
