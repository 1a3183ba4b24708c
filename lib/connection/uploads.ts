/** Files on their way from one browser: which are open, what has come of them, and how much may. */
import type { BrowserMessage } from '../protocol/schemas.ts'
import type { Verdict } from '../session/inbound.ts'
import type { Content, Place, Upload, UploadFailure } from '../session/upload.ts'

/** Limits of what one browser may send. */
export interface UploadLimits {
  /** Transfers that may be open at a time. */
  readonly maxTransfers: number
  /** Bytes that they, and files that handlers still work at, may have together. */
  readonly maxTransferBytes: number
  /** Milliseconds for which nothing of a transfer may come. */
  readonly transferTimeout: number
}

/** What happens to uploads. */
export interface UploadEvents {
  /** It comes to nothing; its browser should hear of it. */
  failed (upload: Upload, why: UploadFailure): void
  /** Since when the browser is listened to without a pause, as of `performance.now()`: before, it cannot be blamed for saying nothing. */
  readSince (): number
}

type Chunk = Extract<BrowserMessage, { type: 'binary-chunk' }>

/** Announcements that came to nothing and whose chunks may still come. */
const MAX_IGNORED = 64
/** Headers that may wait for their bytes: browsers send each pair together. */
const MAX_WAITING = 256
/** Room for the first bytes of a file that says it is larger. */
const FIRST_ROOM = 64 * 1024

const NO_BYTES = new Uint8Array(0)
const TAKEN: Verdict = { kind: 'taken' }
const OVERLOAD: Verdict = { kind: 'overload' }
const invalid = (reason: string): Verdict => ({ kind: 'invalid', reason })

/** What comes for nothing: too late, or from one who may only watch. */
type Ignored = 'stale' | 'watching'

/** One file. Room for it grows with what comes, not with what is announced, and never beyond that. */
class IncomingFile {
  readonly size: number
  /** Of all chunks; 0 before the first has come. */
  chunks = 0
  received = 0
  error: string | undefined
  #bytes = NO_BYTES

  constructor (size: number, error: string | undefined) {
    this.size = error === undefined ? size : 0
    this.error = error
  }

  get content (): Content { return this.error === undefined ? { data: this.#bytes } : { data: null, error: this.error } }

  /** Why bytes do not belong to this file; null if they do, and then they are kept. */
  take (bytes: Uint8Array, last: boolean): string | null {
    const received = this.received + bytes.byteLength
    if (received > this.size) return `more than the ${this.size} bytes that were announced`
    if (last && received < this.size) return `${received} of the ${this.size} bytes that were announced`
    if (bytes.byteLength === 0 && !last) return 'a chunk of nothing'
    if (received > this.#bytes.byteLength) {
      const grown = new Uint8Array(Math.min(this.size, Math.max(received, 2 * this.#bytes.byteLength, FIRST_ROOM)))
      grown.set(this.#bytes)
      this.#bytes = grown
    }
    this.#bytes.set(bytes, this.received)
    this.received = received
    return null
  }

  fail (error: string): void {
    this.error = error
    this.#bytes = NO_BYTES
  }
}

/** A transfer: where the next chunk belongs, as far as headers have come, and what has come. */
class Incoming {
  readonly upload: Upload
  readonly files: readonly IncomingFile[]
  touched = performance.now()
  /** Headers whose bytes have not come. */
  waiting = 0
  place: Place = { file: 0, chunk: 0, chunks: 0, received: 0 }
  #file = 0
  #chunk = 0

  constructor (upload: Upload) {
    this.upload = upload
    this.files = upload.files.map(({ size, error }) => new IncomingFile(size, error))
  }

  get done (): boolean { return this.#file === this.files.length && this.waiting === 0 }

  /** Gives the next place to a chunk, or says why it is not that chunk's. */
  claim (chunk: Chunk): Claim | string {
    const { wid, file_index: index, file_count: count, chunk_index: number, num_chunks: chunks, encoding, data, error } = chunk
    const file = this.files[this.#file]
    if (wid !== this.upload.wid) return `it belongs to widget ${this.upload.wid}, not ${wid}`
    if (count !== this.files.length) return `it has ${this.files.length} files, not ${count}`
    if (file === undefined || index !== this.#file || number !== this.#chunk) return `chunk ${number} of file ${index} is not the next`
    if (encoding === 'base64' && this.waiting > 0) return 'a chunk between a header and its bytes'
    if (error !== undefined && (encoding !== 'base64' || data !== '')) return 'a chunk with an error and bytes'
    if (number > 0 ? chunks !== file.chunks : chunks < 1 || chunks > Math.max(1, file.size)) return `file ${index} cannot have ${chunks} chunks`
    file.chunks = chunks
    const last = error !== undefined || number === chunks - 1
    this.#file += last ? 1 : 0
    this.#chunk = last ? 0 : number + 1
    this.waiting++
    return { incoming: this, file, index, number, last, error }
  }
}

/** A chunk whose header was right. */
interface Claim {
  readonly incoming: Incoming
  readonly file: IncomingFile
  readonly index: number
  readonly number: number
  readonly last: boolean
  readonly error: string | undefined
}

/**
 * Puts files together. Headers and binary frames pair first in, first out; chunks of a transfer come in their order.
 * Whatever does not fit ends its transfer, and leaves the pairing as it was.
 */
export class Uploads {
  readonly #limits: UploadLimits
  readonly #events: UploadEvents
  readonly #open = new Map<number, Incoming>()
  readonly #ignored = new Map<number, Ignored>()
  /** What the binary frames to come are; those for nothing are counted, so that there may be many. */
  readonly #expected: Array<Claim | { readonly kind: Ignored, times: number }> = []
  #timer: NodeJS.Timeout | null = null

  constructor (limits: UploadLimits, events: UploadEvents) {
    this.#limits = limits
    this.#events = events
  }

  /** Transfers that are open. */
  get size (): number { return this.#open.size }

  /** Waits for the files of a report. */
  open (upload: Upload): Verdict {
    const { id } = upload
    if (this.#open.has(id)) return invalid(`transfer ${id} is open already`)
    this.#ignored.delete(id)
    const announced = [...this.#open.values()].reduce((sum, { upload: { size } }) => sum + size, upload.size)
    const limit = this.#open.size >= this.#limits.maxTransfers ? 'maxTransfers' : announced + upload.othersHeld > this.#limits.maxTransferBytes ? 'maxTransferBytes' : null
    const incoming = new Incoming(upload)
    if (limit !== null) {
      this.#fail(incoming, limit)
      return { kind: 'stale' }
    }
    this.#open.set(id, incoming)
    this.#timer ??= setTimeout(() => this.#look(), this.#limits.transferTimeout).unref()
    return TAKEN
  }

  /** What comes of a transfer that nobody waits for is dropped without a fuss. */
  ignore (id: number, kind: Ignored): void {
    this.#ignored.delete(id)
    this.#ignored.set(id, kind)
    const [oldest] = this.#ignored.keys()
    if (this.#ignored.size > MAX_IGNORED && oldest !== undefined) this.#ignored.delete(oldest)
  }

  /** A chunk's header; the bytes are in it, or come in a binary frame. */
  header (chunk: Chunk): Verdict {
    const { encoding, data } = chunk
    const inFrame = encoding !== 'base64'
    const claim = this.#claim(chunk)
    if (!('incoming' in claim)) {
      if (inFrame) this.#expectNothing(claim.kind === 'watching' ? 'watching' : 'stale')
      return claim
    }
    if (inFrame) {
      this.#expected.push(claim)
      return TAKEN
    }
    const bytes = fromBase64(data)
    return bytes === null ? this.#lie(claim.incoming, 'a chunk that is not base64') : this.#take(claim, bytes)
  }

  /** A binary frame. */
  bytes (bytes: Uint8Array): Verdict {
    const [next] = this.#expected
    if (next === undefined) return invalid('a binary frame without a header')
    if ('times' in next) {
      if (--next.times === 0) this.#expected.shift()
      return { kind: next.kind }
    }
    this.#expected.shift()
    return this.#take(next, bytes)
  }

  /** The line is over, and with it all that was half sent. */
  end (): void {
    for (const { upload, place } of this.#open.values()) upload.failed('disconnected', place)
    this.#open.clear()
    this.#expected.length = 0
    this.#rest()
  }

  #claim (chunk: Chunk): Claim | Verdict {
    const { transfer_id: id } = chunk
    const incoming = this.#open.get(id)
    if (incoming === undefined) {
      const kind = this.#ignored.get(id)
      return kind === undefined ? invalid(`a chunk of transfer ${id}, which is not open`) : { kind }
    }
    if (!incoming.upload.wanted) {
      this.#close(incoming)
      return { kind: 'stale' }
    }
    const claim = incoming.waiting >= MAX_WAITING ? `${MAX_WAITING} chunks wait for their bytes` : incoming.claim(chunk)
    return typeof claim === 'string' ? this.#lie(incoming, claim) : claim
  }

  #take ({ incoming, file, index, number, last, error }: Claim, bytes: Uint8Array): Verdict {
    const { upload, place: { received } } = incoming
    if (this.#open.get(upload.id) !== incoming) return { kind: 'stale' }
    if (upload.stuck) return OVERLOAD
    incoming.waiting--
    if (error === undefined) {
      const fault = file.take(bytes, last)
      if (fault !== null) return this.#lie(incoming, `file ${index}: ${fault}`)
    } else {
      file.fail(error)
    }
    incoming.touched = performance.now()
    incoming.place = { file: index, chunk: number, chunks: file.chunks, received: received + bytes.byteLength }
    const complete = incoming.done
    upload.progress(incoming.place, complete)
    if (!complete) return TAKEN
    this.#open.delete(upload.id)
    this.#rest()
    upload.complete(incoming.files.map(({ content }) => content))
    return TAKEN
  }

  #expectNothing (kind: Ignored): void {
    const last = this.#expected.at(-1)
    if (last !== undefined && 'times' in last && last.kind === kind) last.times++
    else this.#expected.push({ kind, times: 1 })
  }

  #lie (incoming: Incoming, reason: string): Verdict {
    this.#fail(incoming, 'invalid')
    return invalid(`transfer ${incoming.upload.id}: ${reason}`)
  }

  #fail (incoming: Incoming, why: UploadFailure): void {
    const { upload, place } = incoming
    this.#close(incoming)
    this.#events.failed(upload, why)
    upload.failed(why, place)
  }

  #close ({ upload: { id } }: Incoming): void {
    this.#open.delete(id)
    this.ignore(id, 'stale')
    this.#rest()
  }

  /** Ends what has stalled. One timer for all, and only while there are any. */
  #look (): void {
    const now = performance.now()
    const { transferTimeout } = this.#limits
    const readSince = this.#events.readSince()
    let oldest = Infinity
    for (const incoming of [...this.#open.values()]) {
      const silentSince = Math.max(incoming.touched, readSince)
      if (now - silentSince >= transferTimeout) this.#fail(incoming, 'transferTimeout')
      else oldest = Math.min(oldest, silentSince)
    }
    if (this.#open.size === 0) return this.#rest()
    this.#timer = setTimeout(() => this.#look(), Math.max(1, oldest + transferTimeout - now)).unref()
  }

  #rest (): void {
    if (this.#open.size > 0 || this.#timer === null) return
    clearTimeout(this.#timer)
    this.#timer = null
  }
}

function fromBase64 (data: string | undefined): Uint8Array | null {
  return data === undefined || data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data) ? null : Buffer.from(data, 'base64')
}
