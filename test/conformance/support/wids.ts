import { isRef } from '../../../lib/protocol/values.ts'
import type { Answer, Message } from './trace.ts'

/** Ids that the recorded server used and that never named anything. */
const NOWHERE = 900_000_000

/**
 * Which id of ours stands for a recorded one. It counts as the reference server does: the next widget gets the id that
 * the page reported as its next free one. So ids that meet in the recording meet here as well.
 */
export class Wids {
  #toPage = new Map<number, number>()
  #next = { recorded: 1, ours: 1 }

  /** A message with the page's ids. */
  toPage (message: Message): Message {
    const { type, wid } = message
    if (type === 'init') this.#toPage.clear()
    if (type === 'init') this.#next = { recorded: 1, ours: 1 }
    if (type === 'reconstruct-start') {
      this.#toPage.clear()
      this.#next = { recorded: message.next_wid as number, ours: message.next_wid as number }
    }
    if (type === 'create' && typeof wid === 'number') {
      const ours = wid === this.#next.recorded ? this.#next.ours : this.#toPage.get(wid) ?? wid
      const translated = this.#translate(message) as Message
      this.#toPage.set(wid, ours)
      return { ...translated, wid: ours }
    }
    return this.#translate(message) as Message
  }

  /** Takes an answer of the page, and of the recorded one, to the same message. */
  answered (message: Message, recorded: Answer, ours: Answer): void {
    if (message.type === 'create' && recorded.next_wid !== undefined && ours.next_wid !== undefined) {
      if (message.wid === undefined) this.#toPage.set(recorded.wid as number, ours.wid as number)
      this.#next = { recorded: recorded.next_wid, ours: ours.next_wid }
    }
    this.#learn(recorded.value, ours.value)
  }

  /** Whether an id of the page is, or may be, what stands for a recorded one. */
  same (ours: number, recorded: number): boolean { return !this.#toPage.has(recorded) || this.#toPage.get(recorded) === ours }

  /** A message of the page with the recorded ids. */
  fromPage (message: object): unknown {
    const back = new Map([...this.#toPage].map(([recorded, ours]) => [ours, recorded]))
    return translate(message, wid => back.get(wid) ?? NOWHERE + wid)
  }

  /** An error text of the page with the recorded id. */
  fromPageText (text: string): string {
    const back = new Map([...this.#toPage].map(([recorded, ours]) => [ours, recorded]))
    return text.replace(/(?<=^Unknown widget id: )\d+$/, id => String(back.get(Number(id)) ?? Number(id) - NOWHERE))
  }

  #translate (value: unknown): unknown { return translate(value, wid => this.#toPage.get(wid) ?? NOWHERE + wid) }

  #learn (recorded: unknown, ours: unknown): void {
    if (isRef(recorded) && isRef(ours)) {
      if (!this.#toPage.has(recorded.__wid__)) this.#toPage.set(recorded.__wid__, ours.__wid__)
    }
  }
}

function translate (value: unknown, id: (wid: number) => number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(item => translate(item, id))
  return Object.fromEntries(Object.entries(value).map(([key, item]) =>
    [key, (key === 'wid' || key === '__wid__') && typeof item === 'number' ? id(item) : translate(item, id)]))
}
