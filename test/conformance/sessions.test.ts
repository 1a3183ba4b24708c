/** What the design promises where the recordings show the reference at its weakest: reloads, lost lines, two browsers. */
import { once } from 'node:events'
import t from 'tap'
import type { RemoteButton, RemoteLabel } from './support/widgets.ts'
import { actionsOf, build, widgetOf } from './support/build.ts'
import { FakeBrowser, settle } from './support/fake-browser.ts'
import type { Greeting } from './support/fake-browser.ts'
import { PATH, serve } from './support/rerun.ts'
import { connectionsOf, readTrace, stepsOf } from './support/trace.ts'
import type { Message, Request } from './support/trace.ts'

const requestsOf = (name: string, conn: number): Request[] =>
  stepsOf(connectionsOf(readTrace(name)).get(conn) ?? []).flatMap(step => step.kind === 'requests' ? step.requests : [])

const textsOf = (messages: readonly Message[]): unknown[] =>
  messages.filter(({ method }) => method === 'set_text').map(({ args }) => (args as unknown[])[0])

t.test('hello: the handshake goes as recorded', async t => {
  const recorded = requestsOf('hello', 1).slice(0, 2).map(({ message }) => message)
  const { browser } = await build(t, 'hello')
  const ours = browser.messages.slice(0, 2)
  t.strictSame(ours[0], recorded[0])
  t.strictSame(ours.map(message => Object.keys(message).sort()), recorded.map(message => Object.keys(message).sort()))
  t.equal(ours[1]?.type, 'session-info')
})

t.test('session_credentials: who comes back is let in, who has the wrong token is refused, nobody chooses a session', async t => {
  const app = await serve(t, () => {})
  /** Sessions that the recorded server made, with the credentials that ours has given in their place. */
  const given = new Map<unknown, { token: unknown, ours: { session_id: string, token: string } }>()
  const adopted: unknown[] = []
  for (const [conn, frames] of connectionsOf(readTrace('session_credentials'))) {
    const steps = stepsOf(frames)
    const requests = steps.flatMap(step => step.kind === 'requests' ? step.requests : [])
    const greeting = requests[0]?.answer as Greeting
    const close = steps.find(step => step.kind === 'close' && step.from === 's2c')
    const info = requests.find(({ message }) => message.type === 'session-info')?.message as unknown as { session_id: unknown, token: unknown } | undefined
    const known = given.get(greeting.session_id)
    const ours: Greeting = known === undefined
      ? { session_id: greeting.session_id, token: greeting.token }
      : { session_id: known.ours.session_id, token: greeting.token === known.token ? known.ours.token : greeting.token }
    const browser = await FakeBrowser.open(app, PATH, ours.session_id === undefined ? {} : ours)
    if (close?.kind === 'close') {
      t.strictSame(browser.closed, { code: close.code, reason: close.reason }, `connection ${conn} is refused as recorded`)
      continue
    }
    t.equal(browser.closed, null, `connection ${conn} is let in`)
    const mine = browser.info as { session_id: string, token: string }
    if (known !== undefined) {
      t.strictSame(mine.session_id, known.ours.session_id, `connection ${conn} gets its session`)
    } else {
      t.notOk([...given.values()].some(({ ours }) => ours.session_id === mine.session_id), `connection ${conn} gets a session of its own`)
      t.ok(mine.token.length >= 43, 'with a token that cannot be guessed')
      if (greeting.session_id === undefined) given.set(info?.session_id, { token: info?.token, ours: { session_id: mine.session_id, token: mine.token } })
      // W4: the reference adopted both from the visitor, so that whoever made the link is in the session too.
      else adopted.push(mine.session_id !== String(greeting.session_id) && mine.token !== greeting.token)
    }
  }
  t.strictSame(adopted, [true, true, true, true], 'four visitors chose credentials, and none got them')
})

for (const name of ['double_reload_async', 'double_reload_sync']) {
  t.test(`${name}: after two quick reloads the interface is there and its handlers run`, async t => {
    const built = await build(t, name)
    const { session, browser } = built
    const [click] = actionsOf(await build(t, 'double_reload_async'), 4)
    let clicks = 0
    ;(widgetOf(built, click?.wid as number) as unknown as RemoteButton).on('activated', () => { clicks++ })
    const { size } = browser.model.tree.nodes
    browser.cut()
    for (let reload = 0; reload < 2; reload++) {
      const hasty = await built.hurry()
      hasty.answering = false
      hasty.send({ type: 'result', id: 0, session_id: session.id, token: session.token })
      await hasty.until(() => hasty.messages.some(({ type }) => type === 'create'), 'the beginning of a replay')
      hasty.cut()
    }
    const quiet = await built.join()
    t.equal(quiet.model.tree.nodes.size, size, 'every widget is there')
    quiet.report({ wid: built.program.wid(click?.wid as number) as number, action: 'activated', args: [] })
    await settle(session, quiet)
    t.equal(clicks, 1)
  })
}

for (const name of ['pending_lost', 'pending_lost_sync']) {
  t.test(`${name}: a handler that waits for an answer which is lost goes on, and so does what comes after`, async t => {
    const built = await build(t, name)
    const { session, browser, program } = built
    const before = actionsOf(built, 1)
    const after = name === 'pending_lost' ? actionsOf(built, 2) : before
    const button = widgetOf(built, before[0]?.wid as number) as unknown as RemoteButton
    const label = session.widgets().find(widget => widget.constructor.name === 'Label') as unknown as RemoteLabel
    const outcomes: unknown[] = []
    const news = new EventTarget()
    const handled = async (count: number): Promise<void> => { while (outcomes.length < count) await once(news, 'handled') }
    button.on('activated', async () => {
      outcomes.push(await label.query.text().then(() => 'answered', (error: { code: string }) => error.code))
      news.dispatchEvent(new Event('handled'))
    })
    const click = (on: FakeBrowser): void => on.report({ wid: program.wid(before[0]?.wid as number) as number, action: 'activated', args: [] })
    click(browser)
    await handled(1)
    t.strictSame(outcomes, ['answered'])
    browser.answering = false
    click(browser)
    await browser.until(() => browser.messages.filter(({ method }) => method === 'get_text').length === 2, 'the question')
    browser.cut()
    const returned = await built.join()
    for (let i = 0; i < after.length; i++) click(returned)
    await handled(2 + after.length)
    t.match(outcomes[1], /^PGW_ERR_NO_BROWSER$|^answered$/, 'the waiting handler was told')
    t.strictSame(outcomes.slice(2), after.map(() => 'answered'), `${after.length} later clicks were handled`)
  })
}

for (const [name, concurrent] of [['slow_handler_per_session', false], ['slow_handler_concurrent', true]] as const) {
  t.test(`${name}: handlers run in the recorded order`, async t => {
    const built = await build(t, name)
    const { session, browser, program, steps } = built
    const clicks = actionsOf(built, 1)
    const recorded = textsOf((steps.get(1) ?? []).flatMap(step => step.kind === 'requests' ? step.requests.map(({ message }) => message) : []))
    const [slow, fast] = [clicks[0]?.wid as number, clicks[2]?.wid as number].map(wid => widgetOf(built, wid) as unknown as RemoteButton)
    const label = session.widgets().find(widget => widget.constructor.name === 'Label') as unknown as RemoteLabel
    const gates = new EventTarget()
    let begun = 0
    slow?.on('activated', async () => {
      const turn = ++begun
      label.setText(`slow ${turn} begins`)
      const gate = once(gates, 'open')
      await gate
      label.setText(`slow ${turn} ends`)
    }, { concurrent })
    fast?.on('activated', () => { label.setText('fast 1') }, { concurrent })
    for (const { wid } of clicks) browser.report({ wid: program.wid(wid) as number, action: 'activated', args: [] })
    await settle(session, browser)
    for (let i = 0; i < 2; i++) {
      gates.dispatchEvent(new Event('open'))
      await settle(session, browser)
    }
    t.strictSame(textsOf(browser.messages).slice(-recorded.length), recorded)
  })
}

t.test('session_limit: a full server says so at once, and a session that somebody left makes room', async t => {
  const { app, browser, session } = await build(t, 'session_limit', { maxSessions: 1 })
  const second = await FakeBrowser.open(app, PATH)
  // The reference let it wait without a word. Which code says so is for the tests of limits to hold.
  t.match(second.closed?.reason, /too many sessions/)
  browser.cut()
  while (session.connections.length > 0) await new Promise(resolve => setImmediate(resolve))
  const third = await FakeBrowser.open(app, PATH)
  t.equal(third.closed, null)
  t.not(third.info?.session_id, session.id)
  // The reference went over its limit for the first one's credentials; here that session has ended.
  t.equal((await FakeBrowser.open(app, PATH, { session_id: session.id, token: session.token })).closed?.code, 4002)
})

t.test('second_join_color: a second browser does not rebuild the first, and both see what happens', async t => {
  const built = await build(t, 'second_join_color')
  const { browser, session } = built
  const rebuilds = (of: FakeBrowser): number => of.messages.filter(({ type }) => type === 'reconstruct-start').length
  const second = await built.join()
  t.equal(rebuilds(browser), 1, 'only its own, at the beginning')
  t.equal(second.model.tree.nodes.size, browser.model.tree.nodes.size)
  const label = session.widgets().find(widget => widget.constructor.name === 'Label') as unknown as RemoteLabel
  label.setText('seen by both')
  await session.settled()
  t.strictSame([browser, second].map(({ messages }) => textsOf(messages).at(-1)), ['seen by both', 'seen by both'])
  t.equal(rebuilds(browser), 1)
})
