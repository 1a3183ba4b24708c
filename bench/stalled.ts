import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { Browsers } from './browsers.ts'
import { ratio, sideBySide } from './measure.ts'
import { serve } from './server.ts'

const UPDATES = 2_000
const GOOD = 9

/**
 * The pace at which nine browsers get every update, alone and beside one that has stopped reading; and the same of a
 * bare server that looks at nobody's queue, whose memory grows with each update.
 */
export async function stalled (): Promise<void> {
  const bareSockets = new Set<{ send (text: string): void }>()
  const { app, url, bareUrl } = await serve(() => {}, socket => {
    bareSockets.add(socket)
    socket.on('close', () => bareSockets.delete(socket))
    socket.on('message', data => {
      const { type, args } = JSON.parse(String(data)) as { type: string, args?: unknown[] }
      if (type !== 'callback') return
      const text = JSON.stringify({ type: 'call', id: 1, wid: 3, method: 'set_value', args, silent: true })
      for (const other of bareSockets) if (other !== socket) other.send(text)
    })
  })
  const session = app.pgwidgets.createSession()
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Stalled' })
  const box = W.VBox()
  box.addWidget(W.Slider({ track: true, max: 1000 }))
  const text = W.Label('')
  box.addWidget(text)
  top.setWidget(box)
  top.show()
  const frames = Array.from({ length: 100 }, (_, i) => JSON.stringify({ type: 'callback', wid: 3, action: 'activated', args: [i] }))
  const credentials = { id: session.id, token: session.token }
  const browsers = new Browsers()
  const side = (url: string) => async (): Promise<number> => {
    await browsers.order({ do: 'open', url, count: GOOD + 1, session: credentials })
    const seconds = await browsers.order({ do: 'broadcast', rounds: UPDATES, frames })
    await browsers.order({ do: 'close' })
    return seconds
  }
  const beside = async (): Promise<number> => {
    const asleep = await stalledBrowser(url, credentials, () => {
      // Until its line takes no more, so that what follows meets a queue.
      for (let i = 0; i < 8; i++) text.setText(`${i}`.padEnd(128 * 1024, 'x'))
    }, () => Math.max(0, ...session.connections.map(({ queuedBytes }) => queuedBytes)) > 256 * 1024)
    text.setText('')
    try {
      return await side(url)()
    } finally {
      asleep.terminate()
    }
  }
  const { ours, bare } = await sideBySide(beside, side(url))
  ratio('stalled', bare / ours, `${Math.round(UPDATES * GOOD / ours)} frames/s beside a stalled browser, ${Math.round(UPDATES * GOOD / bare)} without; at least 0.80`)
  const plain = await sideBySide(side(url), side(bareUrl))
  ratio('stalled-limit', plain.bare / plain.ours, `the same without a stalled one against a bare server, ${Math.round(UPDATES * GOOD / plain.bare)} frames/s`)
  await browsers.close()
  await app.close()
}

/** A browser that shows a session and then stops reading. `fill` is called until `full`. */
async function stalledBrowser (url: string, { id, token }: { id: string, token: string }, fill: () => void, full: () => boolean): Promise<WebSocket> {
  const socket = new WebSocket(url)
  await new Promise<void>(resolve => socket.on('message', data => {
    const text = String(data)
    if (text.includes('"init"')) socket.send(JSON.stringify({ type: 'result', id: 0, session_id: id, token }))
    if (text.includes('reconstruct-end')) resolve()
  }))
  ;(socket as unknown as { _socket: Socket })._socket.pause()
  while (!full()) {
    fill()
    await new Promise(resolve => setImmediate(resolve))
  }
  return socket
}
