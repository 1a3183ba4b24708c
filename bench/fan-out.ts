import type { WebSocket } from 'ws'
import type { Session } from 'fastify-pgwidgets'
import { Browsers } from './browsers.ts'
import { ratio, sideBySide } from './measure.ts'
import { serve } from './server.ts'

/** One browser moves a slider and 1, 10, 100 others follow. */
export async function fanOut (): Promise<void> {
  for (const others of [1, 10, 100]) {
    const rounds = Math.max(200, 4000 / others)
    const sockets = new Set<WebSocket>()
    const { app, url, bareUrl } = await serve(() => {}, socket => {
      sockets.add(socket)
      let id = 20
      socket.on('close', () => sockets.delete(socket))
      socket.on('message', data => {
        const message = JSON.parse(String(data)) as { type: string, args: [number] }
        if (message.type !== 'callback') return
        const text = JSON.stringify({ type: 'call', id: ++id, wid: 3, method: 'set_value', args: [message.args[0]], silent: true })
        for (const other of sockets) if (other !== socket) other.send(text)
      })
    })
    const session: Session = app.pgwidgets.createSession()
    const W = session.getWidgets()
    const top = W.TopLevel({ title: 'Fan-out' })
    const box = W.VBox()
    box.addWidget(W.Slider({ track: true }))
    top.setWidget(box)
    top.show()
    const frames = [10, 20, 30, 40].map(value => JSON.stringify({ type: 'callback', wid: 3, action: 'activated', args: [value] }))
    const browsers = new Browsers()
    const side = (url: string) => async (): Promise<number> => {
      await browsers.order({ do: 'open', url, count: others + 1, session: { id: session.id, token: session.token } })
      const seconds = await browsers.order({ do: 'broadcast', rounds, frames })
      await browsers.order({ do: 'close' })
      return seconds
    }
    const { ours, bare } = await sideBySide(side(url), side(bareUrl))
    ratio(`fan-out-${others}`, bare / ours, `${Math.round(rounds * others / ours)} frames/s, bare ${Math.round(rounds * others / bare)}; at least 0.70`)
    await browsers.close()
    await app.close()
  }
}
