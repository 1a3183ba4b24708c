/** A recorded connection, played to our page: the server's frames in order, the user's gestures where they were. */
import type { Page } from 'playwright-core'
import { equal, isRef } from '../../../lib/protocol/values.ts'
import type { Node } from '../../../lib/session/tree.ts'
import type { Peer } from '../../chromium/support.ts'
import { canDo, isContinuous, perform } from './gestures.ts'
import { expected, readable, shown } from './dom.ts'
import { menusOf } from './menus.ts'
import { BrowserModel, STAND_IN, classOf } from './model.ts'
import { describe } from './program.ts'
import { onlyNews } from './reports.ts'
import { Wids } from './wids.ts'
import { isGeometry } from './trace.ts'
import type { Answer, Message, Report, Request, Step } from './trace.ts'

/** Answers that are measured in px or seconds, or chosen by the page: alike in kind, not in value. */
const MEASURED = new Set(['get_position', 'get_size', 'get_sizes', 'elapsed_time', 'time_left', 'get_tab_id'])
/** Reports whose arguments are measured, besides those of scroll bars. */
const MEASURED_REPORTS = new Set(['map', 'sizing', 'enter', 'leave', 'click', 'pointer-down', 'pointer-up', 'expired', 'cancelled'])

/** What is measured, or counted by each page for itself, in payloads of which the rest is compared. */
const MEASURED_KEYS = new Set(['time_stamp', 'viewport_x', 'viewport_y', 'x', 'y', 'transfer_id'])
/** Largest piece in which a file travels, bytes. */
const CHUNK = 512 * 1024

export interface PageRun {
  /** Answers compared. */
  answers: number
  /** Messages about classes that do not exist here. */
  missing: number
  /** Reports compared. */
  reports: number
  /** Reports that nobody here can cause: of classes that do not exist, or by gestures that are not written. */
  reportsMissing: number
  /** Facts of the DOM compared. */
  facts: number
  /** Classes and actions that a recorded user caused, and that {@link canDo} knows nothing of. */
  readonly noGesture: Set<string>
  /** Classes that were on screen and that the reader of the DOM knows nothing of. */
  readonly noReader: Set<string>
  readonly unlike: string[]
  /** Kind of answer by class and method. */
  readonly kinds: Map<string, 'value' | 'no_value' | 'error'>
}

export const kindOf = (answer: Answer): 'value' | 'no_value' | 'error' =>
  answer.type === 'error' ? 'error' : 'value' in answer ? 'value' : 'no_value'

/** Whether a drop was reported before, as begun. */
function isFollowed ({ wid, action, args }: Report, before: readonly Step[]): boolean {
  const stamp = (args: Report['args']): unknown => (args[0] as { time_stamp?: number } | undefined)?.time_stamp
  return action === 'drop-end' && before.some(step => step.kind === 'report' && step.report.wid === wid && step.report.action === 'drop-start' && stamp(step.report.args) === stamp(args))
}

export class PagePlayer {
  readonly model = new BrowserModel()
  readonly #page: Page
  readonly #peer: Peer
  readonly #found: PageRun
  readonly #wids = new Wids()
  /** Reports that the page sent and nothing has accounted for. */
  #waiting: Report[] = []

  constructor (page: Page, peer: Peer, found: PageRun) {
    this.#page = page
    this.#peer = peer
    this.#found = found
  }

  async play (steps: readonly Step[]): Promise<void> {
    const due = new Map<Request, Report[]>()
    for (const step of steps) if (step.kind === 'report' && step.during !== null) due.set(step.during, [...due.get(step.during) ?? [], step.report])
    for (const [i, step] of steps.entries()) {
      if (step.kind === 'requests') await this.#requests(step.requests, step.array, step.requests.flatMap(request => due.get(request) ?? []))
      else if (step.kind === 'bytes' && step.from === 's2c') this.#bytes(Buffer.from(step.data.base64, 'base64'))
      else if (step.kind === 'noise') this.#peer.send(step.text)
      else if (step.kind === 'report' && step.during === null) await this.#reported(step.report, step.t, steps.slice(i + 1), steps.slice(0, i))
    }
  }

  /** Compares what the page shows with what the recorded frames imply. */
  async look (where: string): Promise<void> {
    const wanted = expected(this.model.tree, this.model.standIns)
    const there = await shown(this.#page, this.model.tree)
    this.#found.facts += wanted.size
    for (const node of this.model.tree.nodes.values()) {
      if (wanted.has(`#${node.wid} ${node.definition.class}.visible`) && !readable(node.definition.class)) this.#found.noReader.add(node.definition.class)
    }
    for (const fact of new Set([...wanted.keys(), ...there.keys()])) {
      if ([...this.model.standIns].some(({ wid }) => fact.startsWith(`#${wid} `))) continue
      if (!equal(wanted.get(fact), there.get(fact))) this.#differ(`${where} ${fact}`, there.get(fact), wanted.get(fact))
    }
    for (const { menu, shown, expected } of await menusOf(this.#page, this.model.tree)) {
      this.#found.facts++
      if (!equal(shown, expected)) this.#differ(`${where} ${menu}`, shown, expected)
    }
  }

  #differ (what: string, ours: unknown, recorded: unknown): void {
    this.#found.unlike.push(`${what}: ${JSON.stringify(ours)} / ${JSON.stringify(recorded)}`)
  }

  async #requests (requests: readonly Request[], array: boolean, due: readonly Report[]): Promise<void> {
    if (requests.some(({ message: { type } }) => type === 'init' || type === 'reconstruct-start') && this.model.tree.nodes.size > 0) await this.look('before a replay')
    const played = requests.map(request => ({ request, words: describe(request.message, this.model), missing: this.model.concernsMissing(request.message), sent: this.#prepare(request.message) }))
    const sent = played.filter(({ sent }) => sent !== null)
    if (array) this.#peer.send(sent.map(({ sent }) => sent))
    else for (const { sent: message } of sent) this.#peer.send(message)
    if (array) await this.#peer.takeArray().then(answers => this.#peer.frames.push(...answers))
    for (const { request, words, missing, sent } of played) {
      const className = this.model.ids.get(request.message.wid as number)?.definition.class
      let answer: Answer | null = null
      if (sent !== null && request.message.type === 'session-info') await this.#peer.take(({ type }) => type === 'viewport', 'the viewport')
      else if (sent !== null && request.answer !== null) {
        answer = await this.#peer.take(({ type, id }) => (type === 'result' || type === 'error') && id === request.message.id, `the answer to ${words}`) as Answer
      }
      if (missing) this.#found.missing++
      else if (answer !== null && request.answer !== null && request.message.type !== 'init') {
        this.#found.answers++
        if (request.message.type === 'call' && className !== undefined) this.#found.kinds.set(`${className}.${String(request.message.method)}`, kindOf(answer))
        this.#compare(words, request.message, answer, request.answer)
      }
      this.model.apply(request.message, request.answer)
      if (answer !== null && request.answer !== null) this.#wids.answered(request.message, request.answer, answer)
    }
    this.#hear()
    for (const report of due) await this.#account(report, `during ${played.map(({ words }) => words).join()}`)
  }

  /** The message as our page gets it; null for one that is about something that does not exist here. */
  #prepare (message: Message): Message | null {
    const translated = this.#wids.toPage(message)
    if (message.type === 'create' && (classOf(message.class) === undefined || this.model.concernsMissing(message))) return { ...translated, class: STAND_IN, args: [] }
    if (!this.model.concernsMissing(message) || message.type === 'listen' || message.type === 'unlisten') return translated
    // Stand-ins hold children, and stand where others would; nothing else can be asked of them.
    const node = this.model.ids.get(message.wid as number)
    if (message.type !== 'call' || node == null || !/^(?:add|set|insert)_widget$/.test(String(message.method))) return null
    const child = (message.args as unknown[]).find(isRef)
    if (child === undefined || this.model.ids.get(child.__wid__) == null) return null
    return this.model.standIns.has(node) ? { ...translated, method: 'add_widget', args: [this.#wids.toPage({ ...child })] } : translated
  }

  #bytes (bytes: Uint8Array): void {
    this.#peer.sendBytes(bytes)
    this.model.bytes(bytes)
  }

  #compare (words: string, message: Message, ours: Answer, recorded: Answer): void {
    if (ours.type !== recorded.type) return this.#differ(words, ours, recorded)
    if (ours.type === 'error') {
      const text = typeof message.wid === 'string' ? ours.error : this.#wids.fromPageText(String(ours.error))
      if (text !== recorded.error) this.#differ(words, text, recorded.error)
      return
    }
    if (message.type === 'create') {
      const named = message.wid === undefined || this.#wids.same(ours.wid as number, message.wid as number)
      if (!named || !((ours.next_wid as number) > (ours.wid as number))) this.#differ(words, ours, recorded)
      return
    }
    if (('value' in ours) !== ('value' in recorded)) return this.#differ(words, ours.value, recorded.value)
    if (!this.#same(ours.value, recorded.value, MEASURED.has(String(message.method)))) this.#differ(words, ours.value, recorded.value)
  }

  /** @param inKind - Numbers and texts need not be the same. */
  #same (ours: unknown, recorded: unknown, inKind: boolean): boolean {
    if (isRef(recorded)) return isRef(ours) && ours.__class__ === recorded.__class__ && this.#wids.same(ours.__wid__, recorded.__wid__)
    if (typeof ours !== typeof recorded || Array.isArray(ours) !== Array.isArray(recorded) || (ours === null) !== (recorded === null)) return false
    if (typeof recorded !== 'object' || recorded === null) return inKind || ours === recorded
    const keys = Object.keys(recorded)
    const own = Object.keys(ours as object)
    return keys.length === own.length && keys.every(key => this.#same((ours as Message)[key], (recorded as Message)[key], inKind || MEASURED_KEYS.has(key)))
  }

  /** Takes the reports that have come. */
  #hear (): void {
    for (const frame of this.#peer.frames.splice(0)) {
      if (Array.isArray(frame) || frame.type !== 'callback') continue
      const report = this.#wids.fromPage(frame) as unknown as Report
      if (!isGeometry(report)) this.#waiting.push(report)
    }
  }

  /** The page must have sent this report, or send it now. */
  async #account (report: Report, why: string): Promise<void> {
    const node = this.model.ids.get(report.wid)
    if (node == null || this.model.standIns.has(node) || this.model.concernsMissing({ ...report })) {
      if (!isGeometry(report)) this.#found.reportsMissing++
      // The same of what stands there instead.
      this.#takeWaiting(report)
      this.model.report(report)
      return
    }
    if (isGeometry(report)) {
      this.model.report(report)
      return
    }
    this.#found.reports++
    const words = `${why}, ${node.definition.class} ${report.action}`
    let ours = this.#takeWaiting(report)
    if (ours === null) {
      const { wid } = this.#wids.toPage({ wid: report.wid })
      ours = await this.#peer.take(frame => frame.wid === wid && frame.action === report.action, words)
        .then(frame => this.#wids.fromPage(frame) as unknown as Report, () => null)
    }
    if (ours === null || !this.#same(ours.args, report.args, MEASURED_REPORTS.has(report.action) || node.definition.class === 'ScrollBar')) this.#differ(words, ours?.args, report.args)
    this.model.report(report)
  }

  #takeWaiting ({ wid, action }: Report): Report | null {
    const at = this.#waiting.findIndex(report => report.wid === wid && report.action === action)
    return at === -1 ? null : this.#waiting.splice(at, 1)[0] as Report
  }

  /** A user's doing: done again, if it is not one of several that a gesture makes. */
  async #reported (report: Report, t: number, after: readonly Step[], before: readonly Step[]): Promise<void> {
    const node = this.model.ids.get(report.wid)
    if (isGeometry(report) || node == null || this.model.standIns.has(node)) return await this.#account(report, 'user')
    const news = onlyNews(report, t, before, after, isContinuous(node, report.action))
    if (!news) {
      this.model.report(report)
      return
    }
    const cause = canDo(node, report.action)
    const byItself = node.definition.class === 'Timer' || report.action === 'map'
    if (!cause && !byItself) this.#found.noGesture.add(`${node.definition.class}.${report.action}`)
    if (!byItself && (!cause || !this.#reachable(node))) {
      this.#found.reportsMissing++
      this.model.report(report)
      return
    }
    try {
      if (!isFollowed(report, before)) await perform(this.#page, this.model.tree, node, report)
    } catch (error) {
      this.#differ(`user, ${node.definition.class} ${report.action}`, (error as Error).message.split('\n')[0], report.args)
    }
    await this.#account(report, 'user')
    if (report.action === 'drop-end') await this.#files(report)
    // What a gesture makes on its way: earlier values of the same, and the text that Enter confirms.
    this.#hear()
    this.#waiting = this.#waiting.filter(({ wid, action }) => wid !== report.wid || (action !== 'modified' && !isContinuous(node, action)))
  }

  /** The files that were dropped must come in the pieces in which they were recorded. */
  async #files ({ args }: Report): Promise<void> {
    const { files } = args[0] as unknown as { files: ReadonlyArray<{ size: number }> }
    const recorded = files.flatMap(({ size }, file) => {
      const count = Math.max(1, Math.ceil(size / CHUNK))
      return Array.from({ length: count }, (_, chunk) => [file, chunk, count, Math.min(CHUNK, size - chunk * CHUNK)])
    })
    await this.#peer.received(recorded.length)
    const ours = this.#peer.chunks.splice(0).map(({ header, bytes }) => {
      const { file_index: file, chunk_index: chunk, num_chunks: count } = header as unknown as Record<string, number>
      return [file, chunk, count, bytes.length]
    })
    if (!equal(ours, recorded)) this.#differ('user, chunks', ours, recorded)
  }

  /** Whether it is in something that exists here. */
  #reachable (node: Node): boolean {
    for (let above: Node | null = node; above !== null; above = above.parent) if (this.model.standIns.has(above)) return false
    return true
  }

  /** Reports that the recorded page did not send. */
  async finish (): Promise<void> {
    await this.#peer.ask({ type: 'batch', calls: [] })
    this.#hear()
    const unasked = this.#waiting.filter(report => report.action !== 'map' && !this.model.concernsMissing({ ...report }))
    for (const { wid, action, args } of unasked) {
      this.#differ(`unasked, ${this.model.ids.get(wid)?.definition.class ?? '?'} ${action}`, args, undefined)
    }
    this.#waiting = []
  }
}
