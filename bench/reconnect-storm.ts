import { monitorEventLoopDelay } from 'node:perf_hooks'
import { Worker, isMainThread, parentPort } from 'node:worker_threads'
import type { Session } from 'fastify-pgwidgets'
import { WebSocket } from 'ws'
import { ms, ratio, sideBySide } from './measure.ts'
import { serve } from './server.ts'

interface Credentials { readonly id: string, readonly token: string }
interface Order { readonly url: string, readonly sessions: readonly Credentials[] }

const BROWSERS = 500
const WIDGETS = 100

/** 500 browsers come back at once, each to a session of 100 widgets: until all are served, and how long the event loop was held up meanwhile. */
export async function reconnectStorm (): Promise<void> {
  let frames: readonly unknown[] = []
  // The same greeting and the same bytes, made from the messages anew each time as the plugin does.
  const { app, url, bareUrl } = await serve(() => {}, socket => {
    socket.once('message', data => {
      JSON.parse(String(data))
      for (const frame of frames) socket.send(JSON.stringify(frame))
    })
    socket.send(JSON.stringify({ type: 'init', id: 0 }))
  })
  const sessions = Array.from({ length: BROWSERS }, () => {
    const session = app.pgwidgets.createSession()
    panel(session)
    return { id: session.id, token: session.token }
  })
  frames = (await recorded(url, sessions[0] as Credentials)).map(text => JSON.parse(text) as unknown)
  // A worker thread does not inherit the loader that lets the main thread run TypeScript.
  const thread = new Worker(`import(${JSON.stringify(import.meta.resolve('tsx/esm/api'))}).then(({ tsImport }) => tsImport(${JSON.stringify(import.meta.url)}, ${JSON.stringify(import.meta.url)}))`, { eval: true })
  const storm = (order: Order): Promise<number> => new Promise((resolve, reject) => {
    thread.removeAllListeners('error').once('error', reject)
    thread.once('message', resolve)
    thread.postMessage(order)
  })
  const delays: Record<'ours' | 'bare', number[]> = { ours: [], bare: [] }
  const side = (name: 'ours' | 'bare', url: string) => async (): Promise<number> => {
    const delay = monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    const seconds = await storm({ url, sessions })
    delay.disable()
    delays[name].push(delay.max / 1e6)
    return seconds
  }
  const { ours, bare } = await sideBySide(side('ours', url), side('bare', bareUrl))
  const worst = (name: 'ours' | 'bare'): number => delays[name].slice(1).toSorted((a, b) => a - b)[delays[name].length >> 1] ?? NaN
  ratio('reconnect-storm', ours / bare, `${BROWSERS} browsers served in ${ms(ours)}, bare ${ms(bare)}; at most 3.00`)
  ratio('reconnect-storm-delay', worst('ours') / worst('bare'), `event loop held up for ${worst('ours').toFixed(1)} ms at most, bare ${worst('bare').toFixed(1)} ms`)
  await thread.terminate()
  await app.close()
}

/** Its own, because whatever else builds one imports the other browsers, which would listen in this thread as well. */
function panel (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Panel' })
  const box = W.VBox()
  for (let i = 2; i < WIDGETS; i++) box.addWidget(W.Label(`Label ${i}`))
  top.setWidget(box)
  top.show()
}

/** The frames by which a session comes to a browser, as text. */
async function recorded (url: string, session: Credentials): Promise<string[]> {
  const socket = new WebSocket(url)
  const frames: string[] = []
  await new Promise<void>(resolve => socket.on('message', data => {
    const text = String(data)
    if (text.includes('"init"')) return socket.send(JSON.stringify({ type: 'result', id: 0, session_id: session.id, token: session.token }))
    frames.push(text)
    if (text.includes('reconstruct-end')) resolve()
  }))
  socket.terminate()
  return frames
}

/** Comes back all at once; resolves with the seconds until all have their sessions. */
async function comeBack ({ url, sessions }: Order): Promise<number> {
  const started = performance.now()
  const sockets = await Promise.all(sessions.map(({ id, token }) => new Promise<WebSocket>((resolve, reject) => {
    const socket = new WebSocket(url)
    socket.on('error', reject)
    socket.on('message', data => {
      const text = String(data)
      if (text.includes('"init"')) socket.send(JSON.stringify({ type: 'result', id: 0, session_id: id, token }))
      if (text.includes('reconstruct-end')) resolve(socket)
    })
  })))
  const seconds = (performance.now() - started) / 1000
  await Promise.all(sockets.map(socket => new Promise(resolve => {
    socket.once('close', resolve)
    socket.terminate()
  })))
  return seconds
}

if (!isMainThread) parentPort?.on('message', (order: Order) => { void comeBack(order).then(seconds => parentPort?.postMessage(seconds)) })
