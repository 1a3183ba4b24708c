/** A process of its own in which sessions come and go, for its heap to be looked at. */
import Fastify from 'fastify'
import type { WebSocket } from 'ws'
import pgwidgets from '../../lib/index.ts'
import '../support/client.ts'

const count = Number(process.argv[2])
const gc = (globalThis as unknown as { gc: () => void }).gc

const app = Fastify()
let clicks = 0
await app.register(pgwidgets, {
  identify: ({ headers }) => ({ id: String(headers['x-user']), expiresAt: Date.now() + 3_600_000 }),
  handlerWarning: 60_000,
  onConnect (session) {
    const W = session.getWidgets()
    const top = W.TopLevel({ title: 'x' })
    const box = W.VBox()
    const button = W.Button('x', { name: 'button' })
    button.on('activated', () => { clicks++; button.setText('clicked') })
    void button.once('activated')
    for (const child of [button, W.TextEntry('text'), W.Slider()]) box.addWidget(child)
    top.setWidget(box)
    top.show()
    session.grant({ expiresIn: 3_600_000 })
    W.Timer({ duration: 3600 }).start()
  }
})
await app.ready()

/** Opens a session, clicks, and leaves; the session is ended by its own end or by the server. */
async function comeAndGo (i: number): Promise<void> {
  let socket: WebSocket | undefined
  const done = new Promise<string>(resolve => {
    const take = (data: unknown): void => {
      const text = String(data)
      if (text.includes('"init"')) socket?.send('{"type":"result","id":0}')
      const [id] = /"session_id":"([^"]+)"/.exec(text)?.slice(1) ?? []
      if (id !== undefined) session = id
      if (text.includes('"Button"')) {
        const wid = /"wid":(\d+),"class":"Button"/.exec(text)?.[1]
        socket?.send(`{"type":"callback","wid":${wid},"action":"activated","args":[]}`)
      }
      if (text.includes('clicked')) resolve(session)
    }
    let session = ''
    void app.injectWS('/', { headers: { 'x-user': `user${i % 50}` } }, { onInit: made => { socket = made as unknown as WebSocket; socket.on('message', take) } })
  })
  const id = await done
  const session = app.pgwidgets.sessions.get(id)
  if (i % 3 === 0) session?.revoke()
  if (i % 2 === 0) socket?.terminate()
  session?.destroy()
  socket?.terminate()
}

async function heap (): Promise<number> {
  for (let i = 0; i < 4; i++) {
    await new Promise(resolve => setTimeout(resolve, 100))
    gc()
  }
  return process.memoryUsage().heapUsed
}

const serverEnds = new Set<{ destroy (): void }>()
app.server.on('upgrade', (_request, stream) => {
  serverEnds.add(stream)
  stream.once('close', () => serverEnds.delete(stream))
})
const started = performance.now()
for (let i = 0; i < 300; i++) await comeAndGo(i)
const before = await heap()
clicks = 0
for (let i = 0; i < count; i++) {
  await comeAndGo(i)
  // A pair of streams does not close at one end because the other has; sockets do.
  for (const stream of serverEnds) stream.destroy()
}
const after = await heap()
process.send?.({
  before, after, clicks, sessions: app.pgwidgets.sessions.size, connections: [...app.pgwidgets.sessions].flatMap(({ connections }) => connections).length, seconds: (performance.now() - started) / 1000
})
process.disconnect()
await app.close()
