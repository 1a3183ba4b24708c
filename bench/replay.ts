import type { Session } from 'fastify-pgwidgets'
import { Browsers } from './browsers.ts'
import { ms, ratio, sideBySide } from './measure.ts'
import { serve } from './server.ts'

/** Builds a window of `count` labels in boxes of 100. */
export function build (session: Session, count: number): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Replay' })
  const box = W.VBox()
  for (let i = 0; i < count / 100; i++) {
    const row = W.HBox({ spacing: 4 })
    for (let j = 0; j < 99; j++) row.addWidget(W.Label(`Label ${i}.${j}`))
    box.addWidget(row)
  }
  top.setWidget(box)
  top.show()
}

/** A browser comes to a session of 1,000 and of 10,000 widgets: until it has answered everything. */
export async function replay (): Promise<void> {
  for (const count of [1_000, 10_000]) {
    // The same bytes, made from the messages anew each time as the plugin does.
    let frames: unknown[][] = []
    const { app, url, bareUrl } = await serve(() => {}, socket => {
      socket.on('message', data => { JSON.parse(String(data)) })
      for (const messages of frames) socket.send(JSON.stringify(messages))
    })
    const started = performance.now()
    const session = app.pgwidgets.createSession()
    build(session, count)
    const built = (performance.now() - started) / 1000
    const parsed = await record(url, session)
    frames = parsed
    const browsers = new Browsers()
    const credentials = { id: session.id, token: session.token }
    // The bare server greets with the replay at once, which `reopen` waits for all the same.
    const { ours, bare } = await sideBySide(
      () => browsers.order({ do: 'reopen', url, session: credentials }),
      () => browsers.order({ do: 'reopen', url: bareUrl.replace('/bare', '/bare?'), session: credentials })
    )
    ratio(`replay-${count}`, ours / bare, `${ms(ours)}, bare ${ms(bare)}, ${parsed.flat().length} messages; at most 2.00`)
    ratio(`build-${count}`, built / bare, `${ms(built)} to build them on the server, against the bare transfer`)
    await browsers.close()
    await app.close()
  }
}

/** The array frames of a replay. */
async function record (url: string, session: Session): Promise<unknown[][]> {
  const { WebSocket } = await import('ws')
  const socket = new WebSocket(url)
  const frames: unknown[][] = []
  await new Promise<void>(resolve => socket.on('message', data => {
    const frame = JSON.parse(String(data)) as unknown
    if (Array.isArray(frame)) {
      frames.push(frame)
      if (frame.some(({ type }) => type === 'reconstruct-end')) resolve()
    } else if ((frame as { type: string }).type === 'init') {
      socket.send(JSON.stringify({ type: 'result', id: 0, session_id: session.id, token: session.token }))
    }
  }))
  socket.terminate()
  return frames
}
