/** The reader of recordings, and whether the comparisons would notice. */
import t from 'tap'
import { BrowserModel, facts, unlike } from './support/model.ts'
import { connectionsOf, isGeometry, parseLines, readTrace, stepsOf, traceNames } from './support/trace.ts'
import type { Frame, Step } from './support/trace.ts'

const frame = (dir: Frame['dir'], data: unknown, kind: Frame['kind'] = 'text', conn = 1): Frame => ({ t: 0, conn, dir, kind, data })

t.test('every fixture is read, and each of its frames becomes part of a step', async t => {
  t.ok(traceNames().length >= 33)
  for (const name of traceNames()) {
    const frames = readTrace(name)
    const steps = [...connectionsOf(frames).values()].flatMap(stepsOf)
    const server = frames.filter(({ dir, kind }) => dir === 's2c' && kind !== 'close').length
    t.equal(steps.filter(step => step.kind === 'requests' || step.kind === 'noise' || (step.kind === 'bytes' && step.from === 's2c')).length, server, `${name}: frames of the server`)
    const reports = JSON.stringify(frames.filter(({ dir }) => dir === 'c2s')).split('"type":"callback"').length - 1
    t.ok(steps.filter(({ kind }) => kind === 'report' || kind === 'browser').length >= reports, `${name}: reports`)
  }
})

t.test('a broken line is named', async t => {
  t.throws(() => parseLines('{"t":0}\n{"t":', 'broken'), { message: /^broken\.jsonl, line 2: / })
})

t.test('requests get the answers of their ids, whatever lies between; those of arrays get them from arrays', async t => {
  const steps = stepsOf([
    frame('s2c', { type: 'call', id: 1 }),
    frame('s2c', [{ type: 'call', id: 2 }, { type: 'session-info' }, { type: 'call', id: 3 }]),
    frame('c2s', { type: 'result', id: 1, value: 'one' }),
    frame('c2s', [{ type: 'result', id: 2 }, null, { type: 'error', id: 3, error: 'no' }]),
    frame('s2c', { type: 'call' }),
    frame('c2s', { type: 'result', value: 'without an id' }),
    frame('c2s', { type: 'result', id: 99 })
  ])
  const requests = steps.flatMap(step => step.kind === 'requests' ? step.requests : [])
  t.strictSame(requests.map(({ answer }) => answer?.value ?? answer?.error ?? answer), ['one', { type: 'result', id: 2 }, null, 'no', 'without an id'])
  t.match(steps.at(-1), { kind: 'browser', data: { id: 99 } }, 'an answer to nothing is something else')
})

t.test('a report that comes before an answer is known to belong to that request', async t => {
  const report = { type: 'callback', wid: 1, action: 'page-switch', args: [] }
  const steps = stepsOf([
    frame('s2c', { type: 'call', id: 1 }), frame('c2s', report), frame('c2s', { type: 'result', id: 1 }), frame('c2s', report)
  ])
  const during = steps.flatMap(step => step.kind === 'report' ? [step.during?.message.id ?? null] : [])
  t.strictSame(during, [1, null])
})

t.test('what the layout says is told from what people do', async t => {
  t.ok(isGeometry({ action: 'resize' }))
  t.ok(isGeometry({ action: 'scrolled' }))
  t.notOk(isGeometry({ action: 'activated' }))
})

t.test('what is no JSON, or no message, is kept as it was', async t => {
  const steps = stepsOf([frame('s2c', { raw: 'not json {', bytes: 10 }), frame('s2c', null), frame('c2s', { raw: 'hello', bytes: 5 }), frame('c2s', 42)])
  t.strictSame(steps.map(step => step.kind === 'noise' ? step.text : step.kind === 'browser' ? step.data : null), ['not json {', 'null', 'hello', 42])
})

/** What a browser holds after the first connection of a trace, with one thing changed on the way. */
function after (name: string, change: (step: Step) => void = () => {}): Map<string, string> {
  const model = new BrowserModel()
  for (const step of stepsOf(connectionsOf(readTrace(name)).get(1) ?? [])) {
    change(step)
    if (step.kind === 'requests') for (const { message, answer } of step.requests) model.apply(message, answer)
    if (step.kind === 'report') model.report(step.report)
  }
  return facts(model, number => `#${number}`)
}

t.test('a change of one recorded value is noticed', async t => {
  const as = (patch: (message: Record<string, unknown>) => void) => (step: Step): void => {
    if (step.kind === 'requests') for (const { message } of step.requests) patch(message as Record<string, unknown>)
  }
  const before = after('hello')
  t.strictSame(unlike(after('hello'), before), [])
  const changes: Array<[string, (message: Record<string, unknown>) => void]> = [
    ['Label.text', message => { if (message.method === 'set_text') message.args = ['other'] }],
    ['VBox.spacing', message => { if (message.method === 'set_spacing') message.args = [9] }],
    ['TopLevel.visible', message => { if (message.method === 'show') message.method = 'hide' }],
    ['#2 children', message => { if (message.method === 'add_widget') (message.args as unknown[])[1] = 5 }]
  ]
  for (const [fact, patch] of changes) t.match(unlike(after('hello', as(patch)), before).map(({ fact }) => fact).join(), fact)
  const moved = after('toplevel_window', step => {
    if (step.kind === 'report' && step.report.action === 'move') (step.report as unknown as { args: unknown[] }).args = [1, 2]
  })
  t.match(unlike(moved, after('toplevel_window')).map(({ fact }) => fact).join(), 'TopLevel.position', 'in a report too')
})
