/** When the service goes down. */
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { bare, defer, dial, listen, tcp, until } from '../support/app.ts'

const later = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 40))

t.test('browsers are told what was said last, then 1012; hooks run and are waited for', async t => {
  const app = bare(t)
  const seen: string[] = []
  const sessions: Session[] = []
  await app.register(pgwidgets, {
    onConnect (session) { sessions.push(session); session.getWidgets().Label('', { name: 'label' }) },
    async onDisconnect () { await later(); seen.push('disconnect') },
    async onDestroy (session) {
      const snapshot = session.snapshot()
      await later()
      seen.push(`saved ${snapshot.widgets.length} widgets`)
    }
  })
  const browser = await dial(await listen(app))
  await browser.ready()
  sessions[0]?.find('label', 'Label')?.setText('we are going down')
  await app.close()
  t.strictSame(browser.last('set_text'), ['we are going down'])
  t.match(await browser.closed, { code: 1012, reason: 'The service is restarting' })
  t.strictSame(seen.sort(), ['disconnect', 'saved 1 widgets'])
})

t.test('a hook that never ends does not hold the service up for ever', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { onConnect () {}, onDestroy: () => new Promise(() => {}), closeTimeout: 100 })
  const browser = await dial(await listen(app))
  await browser.ready()
  const started = performance.now()
  await app.close()
  t.ok(performance.now() - started < 3000)
})

t.test('closing waits for hooks as long as it may, however long that is', async t => {
  const app = bare(t)
  let done = false
  const onDestroy = async (): Promise<void> => {
    await later()
    done = true
  }
  await app.register(pgwidgets, { onDestroy, closeTimeout: Infinity })
  app.pgwidgets.createSession()
  await app.close()
  t.ok(done)
})

t.test('a browser that does not read holds the service up no longer than closeTimeout', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { onConnect () {}, closeTimeout: 150 })
  const url = await listen(app)
  const [stalled, good] = [await dial(url), await dial(url)]
  await Promise.all([stalled.ready(), good.ready()])
  tcp(stalled).pause()
  const session = app.pgwidgets.sessions.get(stalled.credentials.session_id) as Session
  const label = session.getWidgets().Label('')
  for (let i = 0; session.connections[0]?.queuedBytes === 0 && i < 200; i++) {
    label.setText(`${i}`.padEnd(200_000, 'x'))
    await new Promise(resolve => setImmediate(resolve))
  }
  const started = performance.now()
  await app.close()
  t.ok(performance.now() - started < 3000)
  t.equal((await good.closed).code, 1012)
  stalled.socket.terminate()
})

t.test('while the service goes down nobody opens a session', async t => {
  const app = bare(t)
  const [arrived, gate] = [defer(), defer()]
  let built = 0
  app.addHook('preHandler', async request => {
    if (request.headers.late === undefined) return
    arrived.resolve()
    await gate.promise
  })
  await app.register(pgwidgets, { onConnect () { built++ }, closeTimeout: 100 })
  const url = await listen(app)
  const there = await dial(url)
  await there.ready()
  const mute = await dial(url, { greet: false })
  const late = dial(url, { headers: { late: 'yes' } }).catch((error: Error) => error)
  await arrived.promise
  const closed = app.close()
  t.equal((await there.closed).code, 1012)
  mute.send({ type: 'result', id: 0 })
  gate.resolve()
  await closed
  const came = await late
  if (!(came instanceof Error)) t.match((await came.closed).code, /^(1012|1006|1005)$/)
  t.equal(built, 1)
  t.equal(app.pgwidgets.sessions.size, 0)
  t.throws(() => app.pgwidgets.createSession(), 'server code makes none either')
})

t.test('a handler that runs while the service goes down may finish, those behind it do not start', async t => {
  const app = bare(t)
  const ran: string[] = []
  const [running, gate] = [defer(), defer()]
  await app.register(pgwidgets, {
    closeTimeout: 100,
    onConnect (session) {
      const W = session.getWidgets()
      W.Button('slow').on('activated', async () => { running.resolve(); await gate.promise; ran.push('finished') })
      W.Button('next').on('activated', () => { ran.push('next') })
    }
  })
  const browser = await dial(await listen(app))
  await browser.ready()
  browser.callback(1, 'activated')
  browser.callback(2, 'activated')
  await browser.sync()
  await running.promise
  await app.close()
  gate.resolve()
  await until(() => ran.length > 0, 'it has finished')
  t.strictSame(ran, ['finished'])
})
