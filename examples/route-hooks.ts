/**
 * Two routes, and who is asked when: Fastify's hooks before the page and before the upgrade, the plugin's hooks in a
 * session's life. Each route's page shows what ran. What can be counted is at /metrics.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Session } from 'fastify-pgwidgets'
import { pgwidgetsMetrics } from 'fastify-pgwidgets/metrics'
import { Registry } from 'prom-client'

/** Lines that are kept and shown. */
const LINES = 12

/** What ran at one route. Every session of the route shows it. */
class HookLog {
  readonly #lines: string[] = []
  readonly #sessions = new Set<Session>()

  add (hook: string, about: string): void {
    const time = new Date().toTimeString().slice(0, 8)
    this.#lines.push(`${time} ${hook.padEnd(21)} ${about}`)
    if (this.#lines.length > LINES) this.#lines.shift()
    for (const session of this.#sessions) this.#show(session)
  }

  join (session: Session): void {
    this.#sessions.add(session)
    this.#show(session)
  }

  leave (session: Session): void { this.#sessions.delete(session) }

  #show (session: Session): void {
    session.batch(() => {
      for (let i = 0; i < LINES; i++) session.find(`line ${i}`, 'Label')?.setText(this.#lines[i] ?? '')
    })
  }
}

function build (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: `Hooks of ${session.path}`, closeable: false, resizable: true })
  top.resize(520, 500)
  const box = W.VBox({ spacing: 14, padding: 16 })

  const controls = W.HBox({ spacing: 12 })
  controls.addWidget(W.Slider({ name: 'level', track: true, showValue: true, value: 30 }), 1)
  controls.addWidget(W.CheckBox('Armed', { name: 'armed' }))
  controls.addWidget(W.Button('Fail').on('activated', () => { throw new Error('it failed') }))

  const lines = W.VBox({ spacing: 4, padding: 12 })
  for (let i = 0; i < LINES; i++) {
    const line = W.Label('', { name: `line ${i}` })
    line.setFont('ui-monospace, monospace', 9)
    lines.addWidget(line)
  }
  box.addWidget(W.Label('Reload, open this address in a second window and move things, press Fail: each hook leaves a line.'))
  box.addWidget(controls)
  const frame = W.Frame({ title: 'As they ran' })
  frame.setWidget(lines)
  box.addWidget(frame)
  top.setWidget(box)
  top.show()
}

async function routes (app: FastifyInstance): Promise<void> {
  const logs = new Map([['/hooks/open', new HookLog()], ['/hooks/keyed', new HookLog()]])
  const log = ({ path }: Session): HookLog | undefined => logs.get(path)
  // Fastify's hooks see the page and the upgrade of the same URL.
  const note = (hook: string) => async (request: FastifyRequest): Promise<void> => {
    logs.get(request.routeOptions.url ?? '')?.add(`Fastify ${hook}`, request.ws ? 'upgrade' : 'page')
  }

  // For both routes, and for no other: this scope's.
  app.pgwidgets.addHook('onConnect', (session, connection) => log(session)?.add('plugin onConnect', connection.id))
  app.pgwidgets.addHook('onReconstruct', (session, connection, { messages }) => log(session)?.add('plugin onReconstruct', `${connection.id} ${messages} msgs`))
  app.pgwidgets.addHook('onSync', (session, { widget, action, connection }) => log(session)?.add('plugin onSync', `${connection.id} ${widget.name ?? action}`))
  app.pgwidgets.addHook('onDisconnect', (session, connection, { code }) => log(session)?.add('plugin onDisconnect', `${connection.id} ${code}`))
  app.pgwidgets.addHook('onSessionError', (session, error) => log(session)?.add('plugin onSessionError', error instanceof Error ? error.message : String(error)))
  app.pgwidgets.addHook('onDestroy', session => {
    log(session)?.leave(session)
    log(session)?.add('plugin onDestroy', 'ended')
  })

  app.pgwidgets.route({
    url: '/open',
    title: 'Hooks of an open route',
    onRequest: note('onRequest'),
    preHandler: note('preHandler'),
    onConnect (session) {
      build(session)
      log(session)?.join(session)
    }
  })

  app.pgwidgets.route({
    url: '/keyed',
    title: 'Hooks of a route with a key',
    preValidation: [note('preValidation'), async (request, reply) => {
      if ((request.query as { key?: string }).key !== 'demo') return reply.code(403).send('This route wants ?key=demo')
    }],
    onConnect (session, connection) {
      build(session)
      log(session)?.join(session)
      log(session)?.add('own onConnect', connection.id)
    }
  })
}

export default function example (app: FastifyInstance): void {
  app.register(routes, { prefix: '/hooks' })

  const register = new Registry()
  pgwidgetsMetrics(app, { register })
  // A service would not show this to everybody.
  app.get('/metrics', async (_request, reply) => reply.type(register.contentType).send(await register.metrics()))
}
