import { isTypedArray, typedArrays } from '../../lib/protocol/typed-arrays.ts'

/** Largest transfer taken, bytes. */
const MAX_BYTES = 256 * 1024 * 1024
const MAX_CHUNKS = 65536
/** Transfers that may be open, and headers that may wait for their bytes, at the same time. */
const MAX_OPEN = 64
const MAX_WAITING = 1024

/** A message as it comes from the wire, before anything is known of it. */
export type Message = Readonly<Record<string, unknown>>

/** Calls a method with the bytes that came, and says nothing if that fails: binary calls are not answered. */
type Deliver = (header: Message, bytes: ArrayBuffer | ArrayBufferView) => void

interface Transfer {
  readonly header: Message
  readonly chunks: Array<Uint8Array | undefined>
  missing: number
  bytes: number
}

const isCount = (value: unknown, max: number): value is number => Number.isInteger(value) && (value as number) >= 0 && (value as number) < max

/**
 * Bytes on their way in: pairs binary frames with the headers before them, first in first out, and puts chunks
 * together. Whatever does not fit is dropped without disturbing that pairing.
 */
export class Transfers {
  readonly #deliver: Deliver
  readonly #problem: (text: string) => void
  #waiting: Array<(bytes: ArrayBuffer) => void> = []
  readonly #open = new Map<unknown, Transfer>()

  /** @param problem - Hears of what was refused, and why. */
  constructor (deliver: Deliver, problem: (text: string) => void) {
    this.#deliver = deliver
    this.#problem = problem
  }

  /** A `binary-call`: the next binary frame is its argument. */
  call (header: Message): void { this.#expect(bytes => this.#deliver(header, bytes)) }

  /** A `binary-call-chunked`: chunks will follow. */
  open (header: Message): void {
    const { transfer_id: id, num_chunks: count } = header
    if (!isCount(count, MAX_CHUNKS + 1) || count === 0) return this.#problem(`transfer ${String(id)} of ${String(count)} chunks`)
    if (this.#open.size >= MAX_OPEN && !this.#open.has(id)) return this.#problem(`transfer ${String(id)}: too many are open`)
    this.#open.set(id, { header, chunks: new Array<undefined>(count), missing: count, bytes: 0 })
  }

  /** A `binary-chunk`: its bytes are in it, or come in the next binary frame. */
  chunk (header: Message): void {
    const { encoding = 'binary', data } = header
    if (encoding === 'binary') return this.#expect(bytes => this.#take(header, new Uint8Array(bytes)))
    if (encoding !== 'base64' || typeof data !== 'string') return this.#problem(`chunk in encoding ${String(encoding)}`)
    try {
      this.#take(header, Uint8Array.from(atob(data), character => character.charCodeAt(0)))
    } catch {
      this.#problem('chunk that is not base64')
    }
  }

  /** A binary frame. */
  bytes (bytes: ArrayBuffer): void {
    const accept = this.#waiting.shift()
    if (accept === undefined) this.#problem('binary frame without a header')
    else accept(bytes)
  }

  /** Forgets all that is under way. */
  clear (): void {
    this.#waiting = []
    this.#open.clear()
  }

  #expect (accept: (bytes: ArrayBuffer) => void): void {
    // A refused header still owns the next frame, or all later ones would be mistaken for another's.
    if (this.#waiting.length < MAX_WAITING) this.#waiting.push(accept)
    else this.#waiting.push(() => this.#problem('binary frame: too many were announced'))
  }

  #take ({ transfer_id: id, chunk_index: index }: Message, bytes: Uint8Array): void {
    const transfer = this.#open.get(id)
    if (transfer === undefined) return this.#problem(`chunk of unknown transfer ${String(id)}`)
    if (!isCount(index, transfer.chunks.length) || transfer.chunks[index] !== undefined) {
      return this.#problem(`chunk ${String(index)} of transfer ${String(id)}`)
    }
    transfer.chunks[index] = bytes
    transfer.missing--
    transfer.bytes += bytes.byteLength
    if (transfer.bytes > MAX_BYTES) {
      this.#open.delete(id)
      return this.#problem(`transfer ${String(id)} of more than ${MAX_BYTES} bytes`)
    }
    if (transfer.missing > 0) return
    this.#open.delete(id)
    this.#finish(transfer)
  }

  #finish ({ header, chunks, bytes }: Transfer): void {
    const whole = new Uint8Array(bytes)
    let offset = 0
    for (const chunk of chunks as Uint8Array[]) {
      whole.set(chunk, offset)
      offset += chunk.byteLength
    }
    const dtype = header.dtype
    if (!isTypedArray(dtype)) return this.#deliver(header, whole.buffer)
    const TypedArray = typedArrays[dtype]
    if (bytes % TypedArray.BYTES_PER_ELEMENT !== 0) return this.#problem(`${bytes} bytes as ${dtype}`)
    this.#deliver(header, new TypedArray(whole.buffer))
  }
}
