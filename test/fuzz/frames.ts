/** Frames that no honest browser sends, and some that one does: from valid ones by mutation, and from nothing. */
import fc from 'fast-check'
import type { Session } from '../../lib/index.ts'
import { Dice } from '../support/dice.ts'
import { callbacks } from './values.ts'

const TOKENS = ['null', '{}', '[]', '""', '-1', '0', '1e308', '1e999', '-0', '9007199254740993', '"\\u0000"', '"\\ud800"', 'true', '{"__wid__":1}', '{"__proto__":1}',
  '"constructor"', '"type":"callback"', ',', '"', '\\', '[', '{', ']', '}', '\u2028', '"toString"', '[[[[[[[[[[[[']

const KEYS = ['__proto__', 'constructor', 'type', 'args', 'wid', 'action', 'id', 'transfer_id', '__wid__', 'silent', 'value', 'length']

const VALUES: readonly unknown[] = [null, true, 0, -1, 1.5, 1e308, 2 ** 53, '', 'x', 'x'.repeat(1000), [], [[]], {}, { __wid__: 1 }, { __wid__: -1 }, { __wid__: 1e9 }, { transfer_id: 9 }, [1, 2], 'activated', 'close', '__proto__']

const CHUNK = { type: 'binary-chunk', wid: 1, transfer_id: 9, file_index: 0, file_count: 1, chunk_index: 0, num_chunks: 1 }

const DROP = { type: 'drop', time_stamp: 1, x: 1, y: 1, viewport_x: 1, viewport_y: 1, button_trigger: 1, button_mask: 0, modifiers: [], types: ['Files'], text: null, url: null, html: null }

/** A report of files that follow. */
const announcement = (wid: number, id: number, ...sizes: number[]): object => ({
  type: 'callback', wid, action: 'drop-end', args: [{ ...DROP, transfer_id: id, files: sizes.map(size => ({ name: 'x', size, type: '', encoding: 'bytes' })) }]
})

/** Frames of the pool, from which all others are made. */
function seeds (session: Session, seed: number): string[] {
  const valid = fc.sample(callbacks(session), { numRuns: 3000, seed })
  const others: object[] = [
    { type: 'viewport', width: 100, height: 50 }, { type: 'result', id: 3 }, { type: 'result', id: 5, value: [1, 2] }, { type: 'error', id: 7, error: 'no' }, { type: 'result' },
    { type: 'error', id: 9, error: 'Unknown message type: batch' }, { type: 'result', id: 0, session_id: session.id, token: 'x' }, CHUNK, { ...CHUNK, encoding: 'base64', data: 'AAAA' },
    { type: 'init', id: 0 }, { type: 'create', id: 1, wid: 9, class: 'Label', args: [] }, { type: 'result', id: 4, value: { wid: 4, next_wid: 1e9 } }
  ]
  return [...valid, ...Array.from({ length: 20 }, () => others).flat()].map(message => JSON.stringify(message))
}

export class Frames {
  readonly #dice: Dice
  readonly #pool: readonly string[]
  readonly #target: number

  constructor (session: Session, seed: number) {
    this.#dice = new Dice(seed)
    this.#pool = seeds(session, seed)
    this.#target = session.widgets().find(({ constructor: { name } }) => name === 'Label')?.wid ?? 1
  }

  /** The next frame: text, or bytes for a binary one. */
  next (): string | Buffer {
    const dice = this.#dice
    const kind = dice.below(100)
    if (kind < 35) return dice.pick(this.#pool)
    if (kind < 50) return this.#mutated(dice.pick(this.#pool))
    if (kind < 75) return JSON.stringify(this.#bent(JSON.parse(dice.pick(this.#pool)), 0))
    if (kind < 83) return `[${Array.from({ length: dice.below(6) }, () => dice.below(3) === 0 ? dice.pick(TOKENS) : dice.pick(this.#pool)).join(',')}]`
    if (kind < 88) return this.#random()
    if (kind < 92) return this.#upload()
    if (kind < 96) return Buffer.from(Array.from({ length: dice.below(40) }, () => dice.below(256)))
    return JSON.stringify({ ...CHUNK, wid: dice.below(3) === 0 ? dice.below(50) : this.#target, transfer_id: dice.below(12), file_index: dice.below(3), chunk_index: dice.below(9) - 1, num_chunks: dice.below(5) * 1e5 })
  }

  /** Files: announced, for binary frames to come; or whole, in one array, where a chunk or two may be wrong. */
  #upload (): string {
    const dice = this.#dice
    const id = dice.below(12)
    const sizes = Array.from({ length: 1 + dice.below(3) }, () => dice.below(40))
    const announced = announcement(this.#target, id, ...sizes)
    if (dice.below(3) === 0) return JSON.stringify(announced)
    const chunks = sizes.flatMap((size, index) => {
      const count = size === 0 ? 1 : 1 + dice.below(Math.min(3, size))
      return Array.from({ length: count }, (_, i) => ({
        ...CHUNK,
        wid: this.#target,
        transfer_id: id,
        file_index: index,
        file_count: sizes.length,
        chunk_index: i,
        num_chunks: count,
        encoding: 'base64',
        data: Buffer.alloc(i < count - 1 ? 1 : size - count + 1).toString('base64')
      }))
    })
    return JSON.stringify([announced, ...chunks.map(chunk => dice.below(10) === 0 ? this.#bent(chunk, 1) : chunk)])
  }

  /** One to three small wounds. */
  #mutated (text: string): string {
    const dice = this.#dice
    let wounded = text
    for (let i = 0; i <= dice.below(3); i++) {
      const at = dice.below(wounded.length + 1)
      const end = Math.min(wounded.length, at + dice.below(12))
      const [head, part, tail] = [wounded.slice(0, at), wounded.slice(at, end), wounded.slice(end)]
      switch (dice.below(8)) {
        case 0: wounded = head + tail; break
        case 1: wounded = head + part + part + tail; break
        case 2: wounded = head + dice.pick(TOKENS) + tail; break
        case 3: wounded = head + String.fromCharCode(dice.below(0xD800)) + tail; break
        case 4: wounded = wounded.replace(/-?\d+(\.\d+)?/g, number => dice.below(3) === 0 ? dice.pick(TOKENS) : number); break
        case 5: wounded = wounded.replace(/"[^"]*"/g, word => dice.below(6) === 0 ? dice.pick(TOKENS) : word); break
        case 6: wounded = `${'['.repeat(dice.below(90))}${wounded}`; break
        default: wounded = head + dice.pick(this.#pool).slice(at)
      }
    }
    return wounded.slice(0, 4000)
  }

  /** Still JSON, with other values, keys left out and keys added. */
  #bent (value: unknown, depth: number): unknown {
    const dice = this.#dice
    if (depth > 0 && dice.below(12) === 0) return dice.pick(VALUES)
    if (Array.isArray(value)) {
      const items = value.map(item => this.#bent(item, depth + 1))
      return dice.below(12) === 0 ? [...items, dice.pick(VALUES)] : dice.below(12) === 0 ? items.slice(1) : items
    }
    if (typeof value !== 'object' || value === null) return value
    const entries = Object.entries(value).filter(() => dice.below(25) > 0).map(([key, item]) => [key, key === 'type' ? item : this.#bent(item, depth + 1)])
    return Object.fromEntries(dice.below(15) === 0 ? [...entries, [dice.pick(KEYS), dice.pick(VALUES)]] : entries)
  }

  #random (): string {
    const dice = this.#dice
    if (dice.below(2) === 0) return Array.from({ length: dice.below(12) }, () => dice.pick(TOKENS)).join('')
    return String.fromCharCode(...Array.from({ length: dice.below(60) }, () => dice.below(0xD800)))
  }
}

/** Whether arrays and objects nest deeper than the server takes, as its documentation says: counted outside of strings. */
function deeper (text: string, limit: number): boolean {
  let depth = 0
  let deepest = 0
  for (const [token] of text.matchAll(/"(?:\\[^]|[^"\\])*(?:"|$)|[[\]{}]/g)) {
    if (token === '[' || token === '{') deepest = Math.max(deepest, ++depth)
    else if (token === ']' || token === '}') depth--
  }
  return deepest > limit
}

/** Messages in a frame as PROTOCOL.md counts them: those of an array but for nulls; what cannot be read is one. */
export function messagesIn (frame: string | Buffer, maxDepth: number): number {
  if (typeof frame !== 'string' || deeper(frame, maxDepth)) return 1
  try {
    const parsed: unknown = JSON.parse(frame)
    return Array.isArray(parsed) ? parsed.filter(message => message !== null).length : 1
  } catch {
    return 1
  }
}
