import { channel } from 'node:diagnostics_channel'
import t from 'tap'
import type { Test } from 'tap'
import type { Session, Telemetry } from '../../lib/index.ts'
import { build, connect, open } from '../support/app.ts'

/** Everything that is told of frames while a test runs. */
function frames (t: Test): Array<Telemetry['frame']> {
  const told: Array<Telemetry['frame']> = []
  const listen = (message: unknown): void => { told.push(message as Telemetry['frame']) }
  channel('pgwidgets:frame').subscribe(listen)
  t.teardown(() => channel('pgwidgets:frame').unsubscribe(listen))
  return told
}

function panel (session: Session): void {
  const W = session.getWidgets()
  const page = W.Page()
  page.setWidget(W.Label('Ready', { name: 'label' }))
  page.show()
}

t.test('whoever listens is told of each frame, in order, with where it went', async t => {
  const app = await build(t, { onConnect: panel })
  const told = frames(t)
  const browser = await open(app)
  await browser.sync()
  const [session] = app.pgwidgets.sessions
  const text = told.map(({ direction, data }) => `${direction} ${String(data)}`)
  t.match(text[0], /^out .*"init"/)
  t.match(text[1], /^in .*"result"/)
  t.match(text[2], /^out .*"session-info"/)
  t.equal(told[0]?.session, null)
  t.ok(told.slice(2).every(message => message.session === session && message.connection === session?.connections[0] && message.sessions === app.pgwidgets.sessions))
  told.length = 0
  session?.find('label', 'Label')?.setText('Running')
  await browser.sync()
  t.match(told.map(({ direction, data }) => `${direction} ${String(data)}`).join('\n'), /^out .*"set_text".*"Running"[^]*\nin .*"result"/)
})

t.test('bytes are told as bytes', async t => {
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      W.Image().setBinaryImage(Buffer.from([1, 2, 3]), 'png')
    }
  })
  const told = frames(t)
  const browser = await open(app)
  await browser.sync()
  t.same(told.filter(({ data }) => typeof data !== 'string').map(({ direction, data }) => [direction, Buffer.from(data as Uint8Array)]), [['out', Buffer.from([1, 2, 3])]])
})

t.test('tokens are in no frame that is told of: not in handshakes, links, or what server code shows', async t => {
  let link = ''
  const app = await build(t, {
    onConnect (session) {
      const W = session.getWidgets()
      link = session.grant({ role: 'viewer' }).url()
      for (const text of [session.token, session.url('https://host.example'), link]) W.Label(text)
    }
  })
  const told = frames(t)
  const browser = await open(app)
  await browser.sync()
  const { session_id: id, token } = browser.credentials
  const granted = link.split('token=')[1] ?? ''
  await open(app, '/', { credentials: { session_id: id, token } })
  await open(app, '/', { credentials: { session_id: id, token: granted } })
  // A page may spell what it shows in any way.
  const odd = await connect(app, '/', { greet: false })
  odd.raw(`{ "type": "result", "id": 0, "session_id": "${id}", "t\\u006fken" : "${token}" }`)
  odd.raw(`{ "token": "${token}`)
  await odd.sync()
  const all = told.map(({ data }) => String(data)).join('\n')
  t.notMatch(all, token)
  t.notMatch(all, granted)
  t.match(all, '#session=s')
  t.ok(told.length > 10)
})
