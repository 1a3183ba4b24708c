/** A pane that shows the frames of its own session as they go by, but for those that it causes itself. */
import { channel } from 'node:diagnostics_channel'
import type { Session, Telemetry, Traces, Widget, WidgetFactories } from 'fastify-pgwidgets'

/** Lines that are kept, and that are shown; characters of a line. */
const KEPT = 400
const SHOWN = 30
const LONGEST = 120
/** Pause between two looks, ms: at a drag there are many frames a second. */
const PAUSE = 150
/** Ids of the pane's own messages whose answers may still come. */
const AWAITED = 1000
const EVERYTHING = 'Everything'

interface Message {
  readonly type: string
  readonly id?: number
  readonly wid?: number
  readonly class?: string
  readonly method?: string
  readonly action?: string
  readonly args?: readonly unknown[]
  readonly calls?: readonly Message[]
  readonly value?: unknown
  readonly error?: string
}

interface Line { readonly text: string, readonly kinds: readonly string[] }

/** Where lines are shown. For another widget, write another of these. */
interface View { readonly widget: Widget, show (lines: readonly string[]): void }

function labelView (W: WidgetFactories): View {
  const label = W.Label('')
  label.setFont('ui-monospace, monospace', 8)
  return { widget: label, show: lines => label.setText(lines.join('\n')) }
}

/** The widget to put into a window, or beside others. It ends with its session. */
export function framesPane (session: Session): Widget {
  const before = new Set(session.widgets())
  const pane = new FramesPane(session.getWidgets())
  for (const widget of session.widgets()) if (!before.has(widget)) pane.own.add(widget.wid)
  if (panes.size === 0) {
    channel('pgwidgets:frame').subscribe(onFrame)
    channel('tracing:pgwidgets:destroy:start').subscribe(onDestroy)
  }
  panes.set(session, pane)
  return pane.widget
}

const panes = new Map<Session, FramesPane>()

function onFrame (message: unknown): void {
  const { session, connection, direction, data } = message as Telemetry['frame']
  if (session !== null) panes.get(session)?.take(`${connection.id} ${direction === 'in' ? '→' : '←'}`, data)
}

function onDestroy (message: unknown): void {
  const { session } = message as Traces['destroy']
  panes.get(session)?.end()
  panes.delete(session)
  if (panes.size > 0) return
  channel('pgwidgets:frame').unsubscribe(onFrame)
  channel('tracing:pgwidgets:destroy:start').unsubscribe(onDestroy)
}

class FramesPane {
  readonly widget: Widget
  /** Its own widgets, whose frames are not shown. */
  readonly own = new Set<number>()
  readonly #answers = new Set<number>()
  readonly #classes = new Map<number, string>()
  readonly #kinds = new Set<string>()
  readonly #view: View
  readonly #filter: ReturnType<WidgetFactories['ComboBox']>
  readonly #pause: ReturnType<WidgetFactories['CheckBox']>
  #lines: Line[] = []
  #timer: NodeJS.Timeout | undefined

  constructor (W: WidgetFactories) {
    this.#view = labelView(W)
    this.#filter = W.ComboBox({ tooltip: 'Only messages of this type, or of widgets of this class' })
    this.#filter.appendText(EVERYTHING)
    this.#filter.on('activated', () => this.#show())
    this.#pause = W.CheckBox('Pause')
    this.#pause.on('activated', () => this.#show())
    const clear = W.Button('Clear')
    clear.on('activated', () => {
      this.#lines = []
      this.#show()
    })
    const bar = W.HBox({ spacing: 12 })
    bar.addWidget(this.#filter, 1)
    bar.addWidget(this.#pause)
    bar.addWidget(clear)
    const box = W.VBox({ spacing: 8, padding: 12 })
    box.addWidget(bar)
    box.addWidget(this.#view.widget, 1)
    this.widget = box
  }

  /** A frame has gone by. */
  take (way: string, data: string | Uint8Array): void {
    const lines = typeof data === 'string'
      ? together(messagesIn(data).flatMap(message => this.#linesOf(way, message)), way)
      : [{ text: `${way} ${data.byteLength} bytes`, kinds: ['bytes'] }]
    if (lines.length === 0) return
    this.#lines = [...this.#lines, ...lines].slice(-KEPT)
    if (!this.#pause.getState()) this.#timer ??= setTimeout(() => this.#show(), PAUSE).unref()
  }

  end (): void { clearTimeout(this.#timer) }

  #show (): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    for (const kind of this.#lines.flatMap(({ kinds }) => kinds)) {
      if (this.#kinds.has(kind)) continue
      this.#kinds.add(kind)
      this.#filter.appendText(kind)
    }
    const wanted = this.#filter.getText()
    const lines = this.#lines.filter(({ kinds }) => wanted === EVERYTHING || kinds.includes(wanted))
    this.#view.show(lines.slice(-SHOWN).map(({ text }) => text))
  }

  #linesOf (way: string, message: Message): Line[] {
    const { type, id, wid, calls } = message
    if (type === 'create' && wid !== undefined && message.class !== undefined) this.#classes.set(wid, message.class)
    const own = calls === undefined ? wid !== undefined && this.own.has(wid) : calls.every(({ wid }) => wid !== undefined && this.own.has(wid))
    if (type === 'result' || type === 'error') {
      if (id !== undefined && this.#answers.has(id)) return []
    } else if (own) {
      if (id !== undefined) this.#await(id)
      return []
    }
    if (calls !== undefined) return calls.flatMap(call => this.#linesOf(way, { ...call, type: 'call' }))
    if (type === 'result' && (message.value ?? null) === null) return [{ text: '', kinds: [type] }]
    const widget = wid === undefined ? [] : [this.#classes.get(wid) ?? 'widget']
    return [{ text: `${way} ${describe(message, widget[0])}`.slice(0, LONGEST), kinds: [type, ...widget] }]
  }

  /** Every browser answers, so that an id is not done with at the first answer. */
  #await (id: number): void {
    this.#answers.add(id)
    const [oldest] = this.#answers
    if (this.#answers.size > AWAITED && oldest !== undefined) this.#answers.delete(oldest)
  }
}

/** Answers that say no more than that all went well, in one line for a frame. */
function together (lines: readonly Line[], way: string): Line[] {
  const plain = lines.filter(({ text }) => text === '').length
  const others = lines.filter(({ text }) => text !== '')
  return plain === 0 ? others : [...others, { text: `${way} ${plain === 1 ? 'done' : `${plain} times done`}`, kinds: ['result'] }]
}

function messagesIn (text: string): Message[] {
  try {
    return [JSON.parse(text) as Message | Message[]].flat()
  } catch {
    return []
  }
}

function describe ({ type, wid, method, action, args, value, error }: Message, className: string | undefined): string {
  if (type === 'result') return `result ${JSON.stringify(value)}`
  if (type === 'error') return `error ${error}`
  const name = [method, action].find(name => name !== undefined)
  return [type, ...(wid === undefined ? [] : [`${className}#${wid}`]), ...(name === undefined ? [] : [name]), ...(args ?? []).map(arg => JSON.stringify(arg))].join(' ')
}
