import type { Dialect } from './dialects/index.ts'
import type { PageWidget } from './model.ts'

/** A file in a test's hand. */
export interface TestFile {
  readonly name: string
  /** Its content; text is taken as UTF-8. @default empty */
  readonly data?: Uint8Array | string
  /** MIME type. @default 'application/octet-stream' */
  readonly type?: string
  /** Why it cannot be read, as a folder cannot. */
  readonly error?: string
}

/** Files that a server did not take. */
export interface RefusedUpload {
  readonly files: readonly string[]
  /** The option that the server named, or why else. */
  readonly reason: string
}

interface Described { readonly name: string, readonly size: number, readonly type: string, readonly encoding: 'bytes', readonly data?: null, readonly error?: string }

/** Bytes of a chunk, as the protocol has it. */
const CHUNK = 512 * 1024

/** What is offered, before anything of it is read. */
export function describeFile ({ name, data = '', type = 'application/octet-stream' }: TestFile): Described {
  return { name, size: Buffer.byteLength(data), type, encoding: 'bytes' }
}

/** The way of files to the server: announced by a report, then sent piece by piece, one in each turn. */
export class Uploads {
  readonly refused: RefusedUpload[] = []
  readonly #dialect: Dialect
  readonly #send: (message: object) => void
  readonly #sendBytes: (bytes: Uint8Array) => void
  readonly #names = new Map<number, string[]>()
  #queue: Array<{ readonly id: number, readonly header: object, readonly bytes: Uint8Array }> = []
  #last = 0
  #running = false

  constructor (dialect: Dialect, send: (message: object) => void, sendBytes: (bytes: Uint8Array) => void) {
    this.#dialect = dialect
    this.#send = send
    this.#sendBytes = sendBytes
  }

  /** Whether there is still something to send. */
  get busy (): boolean { return this.#queue.length > 0 }

  /** Sends files, announced by what `report` reports. */
  offer ({ wid }: PageWidget, files: readonly TestFile[], report: (part: object) => boolean): void {
    const failed = (file: TestFile): object => ({ ...describeFile(file), data: null, error: file.error })
    if (files.every(({ error }) => error !== undefined)) {
      report({ files: files.map(failed) })
      return
    }
    const id = ++this.#last
    const announced = files.map(file => file.error === undefined || this.#dialect.hidesUnreadable ? describeFile(file) : failed(file))
    if (!report({ files: announced, transfer_id: id })) return
    this.#names.set(id, files.map(({ name }) => name))
    for (const [index, { data = '', error }] of files.entries()) {
      const bytes = error === undefined ? Buffer.from(data) : Buffer.alloc(0)
      const count = Math.max(1, Math.ceil(bytes.byteLength / CHUNK))
      for (let chunk = 0; chunk < count; chunk++) {
        this.#queue.push({
          id,
          header: { type: 'binary-chunk', wid, transfer_id: id, file_index: index, file_count: files.length, chunk_index: chunk, num_chunks: count, encoding: 'binary' },
          bytes: bytes.subarray(chunk * CHUNK, (chunk + 1) * CHUNK)
        })
      }
    }
    this.#run()
  }

  /** The server does not take the files of a transfer. */
  stop (id: number, reason: string): void {
    this.#queue = this.#queue.filter(({ id: other }) => other !== id)
    this.refused.push({ files: this.#names.get(id) ?? [], reason })
  }

  /** The line is down: what was not sent yet is lost. */
  clear (): void { this.#queue = [] }

  #run (): void {
    if (this.#running) return
    this.#running = true
    setImmediate(() => {
      this.#running = false
      const next = this.#queue.shift()
      if (next === undefined) return
      this.#send(next.header)
      this.#sendBytes(next.bytes)
      this.#run()
    })
  }
}
