/** Who only watches sees everything and changes nothing. */
import fc from 'fast-check'
import t from 'tap'
import type { Test } from 'tap'
import type { Session, Slider } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import { headless, listen, dial, open, until } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import { callbacks, everything } from '../fuzz/values.ts'
import { hear, hearTraces, latest, link, watchForUnhandled } from './support.ts'

const SEED = Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31)
const CRAFTED = 10_000

/** Callbacks of every kind: most are right in all but who sends them, some wrong as well. */
function crafted (session: Session, count: number): string[] {
  const right = callbacks(session)
  const wrong = fc.tuple(right, fc.jsonValue({ maxDepth: 2 })).map(([callback, value]) => ({ ...callback, args: [value, ...callback.args.slice(1)] }))
  return fc.sample(fc.oneof({ weight: 4, arbitrary: right }, wrong), { numRuns: count, seed: SEED }).map(frame => JSON.stringify(frame))
}

async function stage (t: Test, options: object = {}): Promise<{ app: Awaited<ReturnType<typeof headless>>['app'], session: Session, ran: string[], viewer: () => Promise<Browser>, operator: () => Promise<Browser> }> {
  const ran: string[] = []
  const { app, session } = await headless(t, { framesPerSecond: 1e9, frameBurst: 1e9, maxInvalidFrames: 1e9, ...options })
  everything(session, what => ran.push(what))
  const come = (credentials: object): Promise<Browser> => open(app, '/', { credentials })
  return { app, session, ran, viewer: () => come(link(session).shown), operator: () => come({ session_id: session.id, token: session.token }) }
}

t.test(`${CRAFTED} crafted callbacks of a viewer run no handler and change nothing, and each is counted (seed ${SEED})`, async t => {
  const failures = watchForUnhandled(t)
  const { session, ran, viewer, operator } = await stage(t)
  const syncs = hear(t, 'sync')
  const runs = hearTraces(t, 'callback')
  const watcher = await viewer()
  const witness = await operator()
  await Promise.all([watcher.sync(), witness.sync()])
  const { counts } = latest(session)
  const connection = session.connections.find(({ role }) => role === 'viewer')
  if (connection === undefined) throw new Error('no viewer')
  const before = JSON.stringify(session.snapshot())
  const heard = witness.messages.length
  const frames = connection.counts.framesIn
  const counted = (): number => connection.counts.watching + connection.counts.invalid + connection.counts.stale
  const start = counted()
  for (const frame of crafted(session, CRAFTED)) {
    watcher.raw(frame)
    // Answers to what it is sent back are frames as well, and none of them is a callback.
    if (watcher.socket.bufferedAmount > 1_000_000) await watcher.sync()
  }
  await watcher.sync()
  await watcher.sync()
  t.equal(counted() - start, CRAFTED, 'each is counted')
  t.ok(connection.counts.framesIn - frames >= CRAFTED)
  t.ok(connection.counts.watching > CRAFTED / 2, `${connection.counts.watching} were right in all but who sent them`)
  t.strictSame(ran, [], 'no handler ran')
  t.strictSame([runs, syncs], [[], []])
  t.equal(JSON.stringify(session.snapshot()), before, 'no state changed')
  t.equal(witness.messages.length, heard, 'other browsers hear nothing')
  t.equal(counts.invalid, 0)
  t.equal(watcher.socket.readyState, 1)
  t.strictSame(failures, [])

  witness.callback(session.find('slider')?.wid as number, 'activated', 77)
  await witness.sync()
  t.equal(ran.length, 1, 'an operator\'s runs all the same')
})

t.test('a viewer is sent the true value back where its page has moved already', async t => {
  const { session, viewer } = await stage(t)
  const watcher = await viewer()
  const [slider, entry] = [session.find('slider', 'Slider'), session.find('entry', 'TextEntry')]
  slider?.setValue(40)
  await watcher.sync()
  const told = (method: string, wid: number | undefined): number => watcher.calls(method, wid).length
  const before = [told('set_value', slider?.wid), told('set_text', entry?.wid)]
  watcher.callback(slider?.wid as number, 'activated', 999)
  watcher.callback(entry?.wid as number, 'modified', 'mine now')
  await watcher.sync()
  t.strictSame(watcher.last('set_value', slider?.wid), [40])
  t.strictSame(watcher.last('set_text', entry?.wid), ['text'])
  t.strictSame([told('set_value', slider?.wid), told('set_text', entry?.wid)], before.map(count => count + 1))
})

t.test('a flood of a viewer\'s reports about one large value is answered by that value a few times, not by each', async t => {
  const ran: string[] = []
  const { app, session, W } = await headless(t)
  W.TextEntry('x'.repeat(50_000), { name: 'large' }).on('activated', () => { ran.push('no') })
  const url = await listen(app)
  const watcher = await dial(url, { credentials: link(session).shown })
  await watcher.ready()
  await watcher.sync()
  const connection = latest(session)
  const { bytes } = connection.sent
  const report = { type: 'callback', wid: session.find('large')?.wid, action: 'activated', args: ['y'] }
  watcher.send(Array.from({ length: 2000 }, () => report))
  await until(() => connection.counts.watching === 2000, 'all are taken')
  await watcher.sync()
  t.ok(connection.sent.bytes - bytes < 2_000_000, `${connection.sent.bytes - bytes} bytes were sent for one frame of ${JSON.stringify(report).length * 2000}`)
  t.ok(connection.open)
  t.strictSame(ran, [])
})

t.test('a viewer sees everything live, as an operator does', async t => {
  const { app, session, W } = await headless(t)
  const top = W.TopLevel({ title: 'Live' })
  const box = W.VBox()
  const slider = W.Slider({ max: 1000 })
  const combo = W.ComboBox()
  for (const child of [slider, combo, W.TextEntry('a')]) box.addWidget(child)
  top.setWidget(box)
  top.show()
  const { id, token } = session
  const operator = await openBrowser(app, '/', { session: { id, token } })
  const watcher = await openBrowser(app, link(session).grant.url())
  await operator.get('Slider').drag(30)
  await operator.get('TextEntry').fill('typed', { commit: true })
  combo.appendText('red')
  box.addWidget(W.Label('new'))
  session.batch(() => { top.setTitle('Changed'); slider.setValue(55) })
  await operator.idle()
  t.strictSame(watcher.tree(), treeOf(session))
  t.strictSame(operator.tree(), treeOf(session))
})

t.test('a viewer is never asked a question, the only one that is there included', async t => {
  const { session, viewer, operator } = await stage(t)
  const watcher = await viewer()
  const slider = session.find('slider', 'Slider') as Slider
  await t.rejects(slider.query.position(), { code: 'PGW_ERR_NO_BROWSER' })
  const worker = await operator()
  worker.answering = false
  const asked = slider.query.position()
  const { id } = await worker.wait(({ method }) => method === 'get_position')
  // Whoever guesses the number of the question has no say in it.
  watcher.send({ type: 'result', id, value: [6, 6] })
  watcher.send({ type: 'error', id, error: 'no' })
  await watcher.sync()
  worker.send({ type: 'result', id, value: [1, 2] })
  t.strictSame(await asked, [1, 2])

  const again = slider.query.position()
  await worker.wait(({ method, id: number }) => method === 'get_position' && number !== id)
  await worker.drop()
  await t.rejects(again, { code: 'PGW_ERR_NO_BROWSER' }, 'nor does a question go on to it when an operator leaves')
  t.equal(watcher.calls('get_position').length, 0)
})

t.test('revoke(), expiry, disconnect and destroy show a viewer out at once, each with its code', async t => {
  const { app, session } = await headless(t)
  const codes: Array<[how: string, show: (grant: ReturnType<typeof link>['grant']) => unknown, code: number]> = [
    ['grant.revoke()', grant => grant.revoke(), 4008],
    ['session.revoke({ id })', ({ id }) => session.revoke({ id }), 4008],
    ['session.revoke()', () => session.revoke(), 4008],
    ['destroy()', () => session.destroy(), 4002]
  ]
  const refusals = hear(t, 'refusal')
  for (const [how, show, code] of codes) {
    const { grant, shown } = link(session)
    const browser = await open(app, '/', { credentials: shown })
    const connection = latest(session)
    refusals.length = 0
    show(grant)
    t.notOk(connection.open, `${how}: not open any more when it returns`)
    t.equal((await browser.closed).code, code, how)
    if (code === 4008) {
      t.match(refusals, [{ reason: 'linkRevoked', code }], `${how}: telemetry says so`)
      t.strictSame(session.grants, [])
      t.equal(grant.revoke(), false, 'once')
      const [line] = app.logs.of('links taken back').slice(-1)
      t.match(line, { grants: [grant.id] })
    }
  }
})

t.test('taking links back touches nobody who did not come by them', async t => {
  const { app, session } = await headless(t)
  const other = app.pgwidgets.createSession()
  const [a, b, c] = [link(session), link(session, { role: 'operator' }), link(other)]
  const owner = await open(app, '/', { credentials: { session_id: session.id, token: session.token } })
  const [byA, byB, byC] = await Promise.all([a, b, c].map(({ shown }) => open(app, '/', { credentials: shown })))
  a.grant.revoke()
  t.equal((await byA?.closed)?.code, 4008)
  t.equal(session.revoke({ id: 'gUnknown' }), 0)
  for (const browser of [owner, byB, byC]) {
    await browser?.sync()
    t.equal(browser?.socket.readyState, 1)
  }
  t.equal(session.revoke(), 1)
  t.equal((await byB?.closed)?.code, 4008)
  t.equal(owner.socket.readyState, 1, 'the owner stays')
  t.equal(byC?.socket.readyState, 1)
})

t.test('one who was shown out makes room for another at once', async t => {
  const { app, session } = await headless(t, { maxBrowsers: 1 })
  const first = link(session)
  await open(app, '/', { credentials: first.shown, answer: false })
  first.grant.revoke()
  // In the same turn: the first has not answered the close.
  const next = open(app, '/', { credentials: link(session).shown })
  await t.resolves(next)
})
