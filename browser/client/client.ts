import { CallbackQueue } from './callbacks.ts'
import { CredentialStore } from './credentials.ts'
import { Dispatcher } from './dispatcher.ts'
import { describe } from './file-description.ts'
import { Fonts } from './fonts.ts'
import { Gate } from './gate.ts'
import { Line } from './line.ts'
import { refusalOf } from './refusals.ts'
import type { Remedy } from './refusals.ts'
import { Scenes } from './scenes.ts'
import { Status } from './status.ts'
import { TabStorage } from './tab-storage.ts'
import type { Message } from './transfers.ts'
import type { UploadPort, Uploads } from './uploads.ts'
import { Viewing } from './viewing.ts'

/** A page that was loaded anew and is as stale as before is not loaded again for this long, ms. */
const RELOAD_PAUSE = 60_000

export interface MountOptions {
  /** WebSocket URL, relative to the page if need be. Default: the page's own URL. */
  readonly socket?: string | undefined
  /** Colour scheme; default: what the user's system prefers. */
  readonly theme?: 'light' | 'dark' | undefined
  /** Whether the client may read credentials from the page's address and write them there. Default: false. */
  readonly addressBar?: boolean | undefined
}

/** A client in an element. */
export interface Client {
  /** Disconnects, and empties the element. The session lives on at the server. */
  unmount (): void
}

function socketUrl (socket = ''): string {
  const url = new URL(socket, location.href)
  url.protocol = url.protocol.replace(/^http/, 'ws')
  url.hash = ''
  url.searchParams.delete('session')
  url.searchParams.delete('token')
  return url.href
}

/** The page as the server knows it: without what only this client may see. */
function pageUrl (): string {
  const url = new URL(location.href)
  url.hash = ''
  return url.href
}

/** Browsers let a page open tabs only soon after its user did something; at other times that is left to the user. */
function openTab (url: string, status: Status): void {
  if (navigator.userActivation?.isActive !== false) window.open(url, '_blank', 'noopener,noreferrer')
  else status.offer(url)
}

/** A file that nothing here has a use for is not dropped: the browser would leave the page and show it. */
function turnAway (event: DragEvent): void {
  if (event.defaultPrevented || event.dataTransfer?.types.includes('Files') !== true) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'none'
}

/** Puts a client into `root`, whose size is the client's viewport, and connects it. */
export function mount (root: HTMLElement, options: MountOptions = {}): Client {
  const socket = socketUrl(options.socket)
  const storage = new TabStorage(socket === socketUrl() ? location.pathname : `${location.pathname}@${socket}`)
  const credentials = new CredentialStore(storage, options.addressBar ?? false)
  const abort = new AbortController()
  const status = new Status()
  const view = document.createElement('div')
  const gate = new Gate(view)
  const viewing = new Viewing(view)
  const fonts = new Fonts(root)
  /** The size of the view as the server knows it; null without a line, and nothing where it may not know. */
  let known: string | null = null
  /** Whether the server knows what this project adds to the protocol. */
  let extended = false

  root.classList.add('pg-root')
  if (options.theme !== undefined) root.dataset.theme = options.theme
  view.className = 'pg-view'
  root.append(view, status.element)

  const line: Line = new Line({ socket, page: pageUrl }, {
    text: frame => dispatcher.text(frame),
    bytes: frame => dispatcher.bytes(frame),
    down: () => {
      disconnected()
      status.lost()
    },
    busy: wait => status.busy(wait),
    refused: (code, reason) => {
      const refusal = refusalOf(code)
      disconnected()
      if (refusal.spent === true) credentials.current = null
      watch(false)
      scenes.freeze()
      status.refused(refusal, reason, () => remedy(refusal.remedy))
    },
    stale: reloadOnce
  })
  const callbacks = new CallbackQueue(frame => line.send(frame), `pg-${Math.random().toString(36).slice(2, 8)}`)
  const port: UploadPort = {
    settled: () => callbacks.settled(),
    report: (wid, className, action, payload) => {
      const { current: scene } = scenes
      const widget = scene.widget(wid)
      return widget?.outline.class === className && scene.fire(widget, action, [payload])
    },
    has: (wid, className) => scenes.current.widget(wid)?.outline.class === className,
    send: header => line.send(header),
    sendBytes: bytes => line.sendBytes(bytes),
    unsent: () => line.unsent,
    extended: () => extended,
    describe,
    notice: text => status.notice(text)
  }
  let uploads: Promise<Uploads> | null = null
  const scenes = new Scenes(view, callbacks, (...drop) => {
    uploads ??= import('./uploads.ts').then(({ Uploads }) => new Uploads(port))
    uploads.then(uploads => uploads.send(...drop), () => {
      uploads = null
      status.notice('Files were not sent: the page is out of date. Reload it, then try again.')
    })
  })
  const dispatcher = new Dispatcher({
    scenes,
    callbacks,
    fonts,
    greet: () => ({
      // The server may take every size that is reported: none of them is merely what the layout gave.
      reports: 'gestures',
      extensions: 1,
      ...(credentials.current !== null && { session_id: credentials.current.session }),
      ...(typeof credentials.current?.token === 'string' && { token: credentials.current.token })
    }),
    attached,
    openTab: url => openTab(url, status),
    refused: message => { void uploads?.then(uploads => uploads.refused(message)) },
    send: frame => line.send(frame),
    problem: text => console.warn(`pgwidgets: ${text}`)
  })

  function attached ({ session_id: session, token, role, extensions }: Message): void {
    if ((typeof session !== 'string' && typeof session !== 'number') || typeof token !== 'string') return
    if (credentials.current?.session !== session) scenes.abandonPrevious()
    watch(role === 'viewer')
    line.established()
    known = ''
    extended = typeof extensions === 'number' && extensions >= 1
    delete root.dataset.line
    gate.open()
    status.back()
    reportViewport()
    // The server waits for the line above, and for nothing of this.
    credentials.current = { session, token }
  }

  function disconnected (): void {
    known = null
    root.dataset.line = 'down'
    callbacks.clear()
    dispatcher.reset()
    void uploads?.then(uploads => uploads.clear())
    gate.close()
  }

  /** What the user may do is the server's to say, with each `session-info`; in between, losses of the line included, it holds. */
  function watch (only: boolean): void {
    callbacks.watching = only
    if (only) callbacks.clear()
    if (only) root.dataset.access = 'view'
    else delete root.dataset.access
    viewing.set(only)
    status.watching(only)
  }

  function remedy (kind: Remedy): void {
    if (kind === 'reload') {
      credentials.leaveId()
      location.reload()
      return
    }
    if (kind === 'anew') credentials.current = null
    line.open()
  }

  function reportViewport (): void {
    const { clientWidth: width, clientHeight: height } = view
    const size = `${width} ${height}`
    if (known === null || known === size) return
    known = size
    line.send({ type: 'viewport', width, height })
  }

  function reloadOnce (): void {
    const last = Number(storage.get('reloaded'))
    if (Date.now() - last < RELOAD_PAUSE) return
    storage.set('reloaded', String(Date.now()))
    // Where nothing can be remembered, a page that stays stale would load itself for ever.
    if (storage.get('reloaded') !== null) location.reload()
  }

  for (const type of ['dragenter', 'dragover', 'drop'] as const) root.addEventListener(type, turnAway, { signal: abort.signal })
  const observer = new ResizeObserver(reportViewport)
  observer.observe(view)
  if (options.addressBar === true) {
    window.addEventListener('hashchange', () => { if (credentials.reread()) line.open() }, { signal: abort.signal })
  }
  line.open()

  return {
    unmount () {
      abort.abort()
      observer.disconnect()
      line.dispose()
      void uploads?.then(uploads => uploads.clear())
      callbacks.clear()
      scenes.dispose()
      status.dispose()
      fonts.dispose()
      gate.open()
      viewing.set(false)
      view.remove()
      delete root.dataset.line
      delete root.dataset.access
      if (options.theme !== undefined) delete root.dataset.theme
      root.classList.remove('pg-root')
    }
  }
}
