import t from 'tap'
import { defer, headless } from '../support/app.ts'

// Countdowns alone keep no process alive: that is for the server to do, which is not listening here.
const alive = setInterval(() => {}, 60_000)
t.teardown(() => clearInterval(alive))

t.test('a timer counts on the server, once, however many browsers there are', async t => {
  const { session, W, show } = await headless(t)
  const browsers = [await show(), await show()]
  const timer = W.Timer({ duration: 0.05 })
  const label = W.Label('')
  let fired = 0
  const over = defer<unknown[]>()
  timer.on('expired', (...args) => { fired++; label.setText('over'); over.resolve(args) })
  timer.start()
  t.ok(timer.isSet())
  t.ok(timer.timeLeft() > 0 && timer.timeLeft() <= 0.05)
  const [duration, context] = await over.promise as [number, { widget: unknown, connection: unknown }]
  t.equal(duration, 0.05)
  t.equal(context.widget, timer)
  t.equal(context.connection, null)
  await session.settled()
  for (const browser of browsers) {
    t.strictSame(browser.calls('set_text', label.wid), [['over']])
    t.equal(browser.texts.filter(({ wid }) => wid === timer.wid).length, 0, 'no browser hears of it')
  }
  t.equal(fired, 1)
  t.notOk(timer.isSet())
  t.equal(timer.timeLeft(), 0)
  t.equal(timer.elapsedTime(), 0)
  await t.rejects(Promise.resolve(((timer as unknown as { query: unknown }).query as Record<string, () => Promise<unknown>>).duration?.() ?? Promise.reject(new Error('no such question'))))
})

t.test('a timer stops, starts over, is cancelled, and keeps what it was set to', async t => {
  const { W } = await headless(t)
  const timer = W.Timer()
  const seen: Array<[string, number]> = []
  const over = defer()
  timer.on('expired', duration => { seen.push(['expired', duration]); over.resolve() })
  timer.on('cancelled', elapsed => { seen.push(['cancelled', elapsed]) })
  timer.start(3600)
  timer.condSet(1800)
  t.ok(timer.timeLeft() > 3590, 'condSet leaves one that runs alone')
  timer.stop()
  t.notOk(timer.isSet())
  timer.start(3600)
  timer.cancel()
  timer.setDuration(7)
  t.equal(timer.getDuration(), 7)
  timer.start(0.03)
  timer.set(0.02)
  await over.promise
  t.equal(timer.getDuration(), 0.02)
  t.strictSame(seen.map(([name]) => name), ['cancelled', 'expired'])
  t.equal(seen[1]?.[1], 0.02)
  t.throws(() => timer.start(-1), { code: 'PGW_ERR_INVALID_ARGUMENT', message: /Timer#1\.start: duration: expected a number from 0/ })
  t.throws(() => timer.set(undefined as never), { code: 'PGW_ERR_INVALID_ARGUMENT' })
  t.throws(() => timer.start(1e12), { code: 'PGW_ERR_INVALID_ARGUMENT' })
})

t.test('a timer of what has ended fires no more', async t => {
  const { app, session, W } = await headless(t)
  const fired: string[] = []
  const [own, whole] = [W.Timer(), app.pgwidgets.createSession().getWidgets().Timer()]
  own.on('expired', () => { fired.push('own') })
  whole.on('expired', () => { fired.push('session') })
  own.start(0.02)
  whole.start(0.02)
  own.destroy()
  whole.session.destroy()
  const last = W.Timer()
  await new Promise<void>(resolve => { last.on('expired', () => resolve()); last.start(0.05) })
  t.strictSame(fired, [])
  t.equal(session.widgets().length, 1)
})
