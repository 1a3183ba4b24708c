/**
 * A small service that was there before, with a login and a list of machines. Its panels are behind that login, one at
 * each machine's URL; a link lets others watch one, until it is taken back.
 */
import { randomBytes } from 'node:crypto'
import { EventEmitter } from 'node:events'
import formbody from '@fastify/formbody'
import secureSession from '@fastify/secure-session'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Grant, Session } from 'fastify-pgwidgets'

declare module '@fastify/secure-session' {
  interface SessionData { user: string, until: number }
}

const USERS: Readonly<Record<string, string>> = { ada: 'lovelace', grace: 'hopper' }
const SIGNED_IN_FOR = 8 * 60 * 60 * 1000
const SHARED_FOR = 60 * 60 * 1000

// ---- the service as it was ----

/** A lathe, which takes its time to reach a speed. */
class Machine extends EventEmitter<{ change: [] }> {
  readonly id: string
  readonly name: string
  running = false
  target = 1200
  speed = 0

  constructor (id: string, name: string) {
    super()
    this.id = id
    this.name = name
  }

  turn (): void {
    const wanted = this.running ? this.target : 0
    if (this.speed === wanted) return
    const step = (wanted - this.speed) * 0.25
    this.speed = Math.abs(step) < 2 ? wanted : Math.round(this.speed + step)
    this.emit('change')
  }
}

const machines = new Map([['1', 'Lathe 1'], ['2', 'Lathe 2'], ['3', 'Mill']].map(([id = '', name = '']) => [id, new Machine(id, name)]))

async function requireLogin (request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  if (userOf(request) !== null) return
  // A browser's upgrade cannot follow a redirect; its page asks again, and is led to the login.
  return request.ws ? reply.code(401).send() : reply.redirect(`/login?next=${encodeURIComponent(request.url)}`)
}

function userOf ({ session }: FastifyRequest): string | null {
  return (session.get('until') ?? 0) > Date.now() ? session.get('user') ?? null : null
}

function site (app: FastifyInstance): void {
  app.get('/login', async (_request, reply) => reply.type('text/html; charset=utf-8').send(loginPage('')))

  app.post<{ Body: { user?: string, password?: string }, Querystring: { next?: string } }>('/login', async (request, reply) => {
    const { user = '', password } = request.body
    if (!Object.hasOwn(USERS, user) || USERS[user] !== password) {
      return reply.code(401).type('text/html; charset=utf-8').send(loginPage('That is not a name and its password.'))
    }
    // A new session at each sign-in: one that somebody planted before is worth nothing.
    request.session.regenerate()
    request.session.set('user', user)
    request.session.set('until', Date.now() + SIGNED_IN_FOR)
    const { next = '' } = request.query
    return reply.redirect(/^\/(?![/\\])/.test(next) ? next : '/machines', 303)
  })

  app.post('/logout', async (request, reply) => {
    const user = userOf(request)
    // The line that a service with panels adds: its user's panels end with the sign-in.
    if (user !== null) app.pgwidgets.disconnect({ identity: user })
    request.session.delete()
    return reply.redirect('/login', 303)
  })

  app.get('/machines', { preValidation: requireLogin }, async (request, reply) => {
    const user = userOf(request) ?? ''
    const open = [...app.pgwidgets.sessions].filter(({ identity }) => identity === user)
    return reply.type('text/html; charset=utf-8').send(machinesPage(user, id => open.find(({ path }) => path === `/machines/${id}`)?.ownUrl()))
  })
}

// ---- what the plugin adds ----

interface Panel { readonly machine: Machine, grant: Grant | null, leave: () => void }

function panels (app: FastifyInstance): void {
  app.pgwidgets.route<Panel>({
    url: '/machines/:id',
    title: 'Machine',
    preValidation: [requireLogin, async (request, reply) => {
      if (!machines.has((request.params as { id: string }).id)) return reply.callNotFound()
    }],
    identify (request) {
      const user = userOf(request)
      return user === null ? null : { id: user, expiresAt: request.session.get('until') ?? 0 }
    },
    data: request => ({ machine: machines.get((request.params as { id: string }).id) as Machine, grant: null, leave () {} }),
    onConnect: build,
    onReconstruct: countViewers,
    onDisconnect: countViewers,
    onDestroy: session => session.data.leave()
  })
}

function build (session: Session<Panel>): void {
  const W = session.getWidgets()
  const { machine } = session.data
  const top = W.TopLevel({ title: machine.name, closeable: false, resizable: true })
  top.resize(460, 440)

  const state = W.Label('', { name: 'state' })
  const start = W.Button('Start')
  start.on('activated', () => {
    machine.running = !machine.running
    machine.emit('change')
  })
  const target = W.Slider({ min: 0, max: 3000, step: 50, value: machine.target, track: true, showValue: true })
  target.on('activated', value => {
    machine.target = value
    machine.emit('change')
  })
  const speed = W.ProgressBar()
  const drive = W.VBox({ spacing: 12, padding: 12 })
  drive.addWidget(row(W, [[start, 0], [state, 1]]))
  drive.addWidget(row(W, [[caption(W, 'Target'), 0], [target, 1]]))
  drive.addWidget(row(W, [[caption(W, 'Speed'), 0], [speed, 1]]))

  const box = W.VBox({ spacing: 14, padding: 16 })
  box.addWidget(framed(W, 'Drive', drive))
  box.addWidget(framed(W, 'Sharing', sharing(session)))
  box.addWidget(W.Label(`Panel of ${session.identity ?? 'nobody'}`))
  top.setWidget(box)
  top.show()

  function show (): void {
    state.setText(machine.running ? `Running at ${machine.speed} of ${machine.target} rpm` : machine.speed > 0 ? `Slowing down, ${machine.speed} rpm` : 'Stopped')
    start.setText(machine.running ? 'Stop' : 'Start')
    // Others may have moved it, in panels of their own.
    target.setValue(machine.target)
    speed.setValue(machine.speed / 3000)
  }
  machine.on('change', show)
  session.data.leave = () => machine.off('change', show)
  show()
}

function sharing (session: Session<Panel>) {
  const W = session.getWidgets()
  const share = W.Button('Share view-only link')
  const stop = W.Button('Stop sharing', { enabled: false })
  const link = W.TextEntry('', { name: 'link', editable: false })

  share.on('activated', ({ connection }) => {
    if (connection === null) return
    session.data.grant ??= session.grant({ role: 'viewer', expiresIn: SHARED_FOR })
    // Where the browser that asked has found this service, whatever stands between.
    const { protocol, host } = connection.request
    link.setText(session.data.grant.url(`${protocol}://${host}`))
    stop.setEnabled(true)
    countViewers(session)
  })
  stop.on('activated', () => {
    session.data.grant?.revoke()
    session.data.grant = null
    link.setText('')
    stop.setEnabled(false)
    countViewers(session)
  })

  const box = W.VBox({ spacing: 10, padding: 12 })
  box.addWidget(row(W, [[share, 0], [stop, 0]]))
  box.addWidget(link)
  box.addWidget(W.Label('Not shared', { name: 'viewers' }))
  return box
}

function countViewers (session: Session<Panel>): void {
  const count = session.connections.filter(({ role }) => role === 'viewer').length
  const text = session.data.grant === null ? 'Not shared' : count === 0 ? 'Shared for an hour; nobody is watching' : `${count} ${count === 1 ? 'person is' : 'people are'} watching`
  session.find('viewers', 'Label')?.setText(text)
}

type Widgets = ReturnType<Session['getWidgets']>
type Child = Parameters<ReturnType<Widgets['HBox']>['addWidget']>[0]

function row (W: Widgets, children: ReadonlyArray<readonly [Child, number]>) {
  const box = W.HBox({ spacing: 12 })
  for (const [child, stretch] of children) box.addWidget(child, stretch)
  return box
}

function framed (W: Widgets, title: string, child: Child) {
  const frame = W.Frame({ title })
  frame.setWidget(child)
  return frame
}

function caption (W: Widgets, text: string) {
  const label = W.Label(text)
  label.setMinSize(64, null)
  return label
}

// ---- the service's own pages ----

function loginPage (complaint: string): string {
  const known = Object.entries(USERS).map(([user, password]) => `<li><code>${user}</code> / <code>${password}</code></li>`).join('')
  // A form without an action posts to its own address. So a link's token, which is in the fragment, is kept on the way.
  return html('Sign in', `<form method="post" class="card">
<label>Name <input name="user" autocomplete="username" required autofocus></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
${complaint === '' ? '' : `<p role="alert">${complaint}</p>`}
<button>Sign in</button>
</form>
<p>Users of this demonstration:</p><ul class="plain">${known}</ul>`)
}

function machinesPage (user: string, opened: (id: string) => string | undefined): string {
  const items = [...machines.values()].map(({ id, name, running, speed }) => {
    const url = opened(id)
    return `<li class="card"><a href="${url ?? `/machines/${id}`}">${name}</a>
<p>${running ? `Running at ${speed} rpm` : 'Stopped'}${url === undefined ? '' : ' · your panel is open'}</p></li>`
  }).join('\n')
  return html('Machines', `<form method="post" action="/logout" class="who"><span>Signed in as ${user}</span><button>Sign out</button></form>
<ul>${items}</ul>`)
}

function html (title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; --line: color-mix(in srgb, currentColor 18%, transparent) }
body { max-width: 28rem; margin: 12vh auto; padding: 0 1.5rem }
h1 { font-size: 1.4rem; font-weight: 600 }
ul { list-style: none; padding: 0; display: grid; gap: .75rem }
ul.plain { gap: .25rem }
.card { border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1.1rem }
form.card, label { display: grid; gap: .75rem }
label { gap: .25rem }
input, button { font: inherit; padding: .45rem .7rem; border: 1px solid var(--line); border-radius: 7px }
button { cursor: pointer }
form.card button { background: light-dark(#1d4ed8, #2563eb); color: #fff; border-color: transparent; font-weight: 600 }
.who { display: flex; justify-content: space-between; align-items: center }
a { color: inherit; font-weight: 600; text-underline-offset: .2em }
li p { margin: .2rem 0 0; opacity: .75 }
[role=alert] { margin: 0; color: light-dark(#b91c1c, #fca5a5) }
</style>
</head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`
}

export default function example (app: FastifyInstance): void {
  // In a scope of its own: the other examples have nothing to do with this login.
  app.register(async scope => {
    await scope.register(formbody)
    // The key is made anew at each start, which signs everybody out; a service keeps its own.
    await scope.register(secureSession, { key: randomBytes(32), cookieName: 'machines', cookie: { path: '/', httpOnly: true, sameSite: 'lax' } })
    site(scope)
    panels(scope)
    const clock = setInterval(() => { for (const machine of machines.values()) machine.turn() }, 400).unref()
    scope.addHook('onClose', async () => clearInterval(clock))
  })
}
