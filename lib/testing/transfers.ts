import type { ServerMessage } from '../protocol/schemas.ts'
import { isTypedArray, typedArrays } from '../protocol/typed-arrays.ts'

type BinaryHeader = Extract<ServerMessage, { type: 'binary-call' | 'binary-call-chunked' | 'binary-chunk' }>
type CallHeader = Extract<ServerMessage, { type: 'binary-call' | 'binary-call-chunked' }>
type Chunk = Extract<ServerMessage, { type: 'binary-chunk' }>

interface Transfer { readonly header: CallHeader, readonly chunks: Array<Uint8Array | undefined> }

/** Bytes on their way in: headers and binary frames pair first in, first out; chunks are put together. */
export class Transfers {
  readonly #deliver: (header: CallHeader, bytes: ArrayBufferView) => void
  readonly #waiting: Array<(bytes: Uint8Array) => void> = []
  readonly #open = new Map<number, Transfer>()

  constructor (deliver: (header: CallHeader, bytes: ArrayBufferView) => void) { this.#deliver = deliver }

  /** Whether bytes are still to come. */
  get pending (): boolean { return this.#waiting.length > 0 || this.#open.size > 0 }

  /** A header. @throws Error if it cannot belong to anything. */
  header (header: BinaryHeader): void {
    switch (header.type) {
      case 'binary-call':
        this.#waiting.push(bytes => this.#deliver(header, bytes))
        return
      case 'binary-call-chunked':
        if (header.num_chunks < 1) throw new Error(`transfer ${header.transfer_id} has no chunks`)
        if (this.#open.has(header.transfer_id)) throw new Error(`transfer ${header.transfer_id} is open already`)
        this.#open.set(header.transfer_id, { header, chunks: new Array<undefined>(header.num_chunks).fill(undefined) })
        return
      case 'binary-chunk':
        if (header.encoding === 'base64') this.#chunk(header, new Uint8Array(Buffer.from(header.data ?? '', 'base64')))
        else this.#waiting.push(bytes => this.#chunk(header, bytes))
    }
  }

  /** A binary frame. @throws Error if nothing announced it. */
  bytes (bytes: Uint8Array): void {
    const take = this.#waiting.shift()
    if (take === undefined) throw new Error('a binary frame without a header')
    take(bytes)
  }

  /** The connection is gone, and with it all that was half sent. */
  clear (): void {
    this.#waiting.length = 0
    this.#open.clear()
  }

  #chunk ({ transfer_id: id, chunk_index: index }: Chunk, bytes: Uint8Array): void {
    const transfer = this.#open.get(id)
    if (transfer === undefined) throw new Error(`a chunk of transfer ${id}, which is not open`)
    const { chunks, header } = transfer
    if (index >= chunks.length || chunks[index] !== undefined) throw new Error(`chunk ${index} of transfer ${id} is one too many`)
    chunks[index] = bytes
    if (chunks.includes(undefined)) return
    this.#open.delete(id)
    const whole = new Uint8Array(Buffer.concat(chunks as Uint8Array[]))
    const { dtype } = header as { dtype?: string }
    this.#deliver(header, isTypedArray(dtype) ? new typedArrays[dtype](whole.buffer) : whole)
  }
}
