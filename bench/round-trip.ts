import { Browsers } from './browsers.ts'
import { ms, ratio, sideBySide } from './measure.ts'
import { serve } from './server.ts'

const ROUNDS = 20_000

/** A click and what its handler changes: there and back, with 1, 10 and 100 sessions at it. */
export async function roundTrip (): Promise<void> {
  for (const sessions of [1, 10, 100]) {
    const rounds = ROUNDS / sessions
    const { app, url, bareUrl } = await serve(session => {
      const W = session.getWidgets()
      const top = W.TopLevel({ title: 'Round trip' })
      const box = W.VBox()
      const button = W.Button('Count')
      const label = W.Label('0')
      let count = 0
      button.on('activated', () => label.setText(String(++count)))
      box.addWidget(button)
      box.addWidget(label)
      top.setWidget(box)
      top.show()
    }, socket => {
      let id = 20
      let count = 0
      socket.on('message', data => {
        const { type } = JSON.parse(String(data)) as { type: string }
        if (type !== 'callback') return
        socket.send(JSON.stringify({ type: 'call', id: ++id, wid: 4, method: 'set_text', args: [String(++count)], silent: true }))
      })
    })
    const frame = JSON.stringify({ type: 'callback', wid: 3, action: 'activated', args: [] })
    const browsers = new Browsers()
    const side = (url: string) => async (): Promise<number> => {
      await browsers.order({ do: 'open', url, count: sessions })
      const seconds = await browsers.order({ do: 'ping-pong', rounds, frame })
      await browsers.order({ do: 'close' })
      return seconds
    }
    const { ours, bare } = await sideBySide(side(url), side(bareUrl))
    ratio(`round-trip-${sessions}`, bare / ours, `${Math.round(ROUNDS / ours)}/s, bare ${Math.round(ROUNDS / bare)}/s, ${ms(ours / rounds)} each; at least 0.50`)
    await browsers.close()
    await app.close()
  }
}
