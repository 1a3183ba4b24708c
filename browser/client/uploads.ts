/** The way of files that were dropped to the server. Loaded with the first of them: most sessions take none. */
import type { Callback } from '../widgets/callback.ts'
import type { FileDescription } from './file-description.ts'

/** Bytes of a chunk, as the protocol has it. */
const CHUNK = 512 * 1024
/** Unsent bytes above which the next chunk waits, and how long before it looks again, ms. */
const FULL = 1024 * 1024
const PAUSE = 25
/** Transfers whose files are remembered by name, for a server that refuses them late. */
const REMEMBERED = 64

/** What uploads need of the client. */
export interface UploadPort {
  /** Resolves when no replay is under way: in the middle of one, nothing can be reported. */
  settled (): Promise<void>
  /** Reports an action of the widget that has this number now. Returns whether it left. */
  report (wid: number, className: string, action: string, payload: object): boolean
  /** Whether the widget that has this number now is one of this class. */
  has (wid: number, className: string): boolean
  /** Sends a message. Returns false if the line is down. */
  send (header: object): boolean
  sendBytes (bytes: ArrayBuffer): boolean
  /** Bytes that the line has not taken yet. */
  unsent (): number
  /** Whether the server knows what this project adds to the protocol. */
  extended (): boolean
  /** What a report says of a file before anything of it is read. Given, so that this part shares no module with the page: that would be a request more. */
  describe (file: File): FileDescription
  /** Tells the user. */
  notice (text: string): void
}

/** Not read yet, or not readable. */
interface Described extends FileDescription { readonly data?: null, readonly error?: string }

interface Transfer { readonly names: string, readonly abort: AbortController, done: boolean }

const MIB = 1024 * 1024

const textOf = (error: unknown): string => error instanceof Error && error.message !== '' ? error.message : String(error)

const namesOf = (files: readonly File[]): string => files.length === 1 ? `“${files[0]?.name ?? ''}”` : `${files.length} files`
const wasOrWere = (names: string): string => names.startsWith('“') ? `${names} was` : `${names} were`

/** Why a server that knows this page does not take files, for the user; null for what explains itself. */
function reasonOf (reason: unknown, limit: unknown): string | null {
  switch (reason) {
    case 'maxTransferBytes': return typeof limit === 'number' && limit >= MIB
      ? `no more than ${Math.floor(limit / MIB)} MB are taken at a time.`
      : 'that is more than is taken at a time.'
    case 'maxTransfers': return 'others are still on their way. Try again when they have arrived.'
    case 'transferTimeout': return 'it took too long. Try again.'
    default: return 'the service did not take it. Try again.'
  }
}

/**
 * The user's files on their way to the server: announced by a report, then read and sent piece by piece, never as a
 * whole, and no faster than the line takes them.
 */
export class Uploads {
  readonly #port: UploadPort
  readonly #transfers = new Map<number, Transfer>()
  readonly #live = new Set<Transfer>()
  #last = 0

  constructor (port: UploadPort) { this.#port = port }

  /** Sends files. The report `action` of the widget announces them; the server holds it back until they are there. */
  async send (widget: Callback, action: string, payload: object, files: readonly File[]): Promise<void> {
    const { wid, outline: { class: className } } = widget
    const transfer: Transfer = { names: namesOf(files), abort: new AbortController(), done: false }
    const { signal } = transfer.abort
    this.#live.add(transfer)
    try {
      const described = await Promise.all(files.map(file => probe(file, this.#port.describe(file))))
      await this.#port.settled()
      if (signal.aborted) return
      // Files of which none can be read have nothing to wait for.
      if (described.every(({ error }) => error !== undefined)) {
        this.#port.report(wid, className, action, { ...payload, files: described })
        return
      }
      const id = ++this.#last
      this.#remember(id, transfer)
      if (!this.#port.report(wid, className, action, { ...payload, files: described, transfer_id: id })) return
      await this.#pass(widget, id, files, described, transfer)
    } finally {
      transfer.done = true
      this.#live.delete(transfer)
    }
  }

  /** The server does not take the files of a transfer. */
  refused ({ transfer_id: id, reason, limit }: Readonly<Record<string, unknown>>): void {
    const transfer = typeof id === 'number' ? this.#transfers.get(id) : undefined
    if (transfer === undefined) return
    this.#transfers.delete(id as number)
    transfer.abort.abort()
    this.#port.notice(`${wasOrWere(transfer.names)} not sent: ${reasonOf(reason, limit)}`)
  }

  /** The line is gone, and with it all that was half sent. */
  clear (): void {
    for (const { names, abort } of this.#live) {
      abort.abort()
      this.#port.notice(`${wasOrWere(names)} not sent: the connection was lost. Try again when it is back.`)
    }
    this.#live.clear()
    this.#transfers.clear()
  }

  async #pass ({ wid, outline }: Callback, id: number, files: readonly File[], described: readonly Described[], { abort: { signal }, names }: Transfer): Promise<void> {
    for (const [index, file] of files.entries()) {
      const readable = described[index]?.error === undefined
      const count = readable ? Math.max(1, Math.ceil(file.size / CHUNK)) : 1
      for (let chunk = 0; chunk < count; chunk++) {
        const bytes = readable ? await read(file, chunk) : new ArrayBuffer(0)
        while (!signal.aborted && this.#port.unsent() > FULL) await new Promise(resolve => setTimeout(resolve, PAUSE))
        await this.#port.settled()
        // The server has ended the widget: it does not want them any more.
        if (signal.aborted || !this.#port.has(wid, outline.class)) return
        const header = { type: 'binary-chunk', wid, transfer_id: id, file_index: index, file_count: files.length, chunk_index: chunk, num_chunks: count }
        if (typeof bytes === 'string') {
          // Half a file is none. A server that cannot be told so must not take it for a whole one.
          if (!this.#port.extended()) return this.#port.notice(`${wasOrWere(names)} not sent: ${file.name} could not be read.`)
          if (!this.#port.send({ ...header, encoding: 'base64', data: '', error: bytes })) return
          break
        }
        if (!this.#port.send({ ...header, encoding: 'binary' }) || !this.#port.sendBytes(bytes)) return
      }
    }
  }

  #remember (id: number, transfer: Transfer): void {
    this.#transfers.set(id, transfer)
    for (const [old, { done }] of this.#transfers) if (done && this.#transfers.size > REMEMBERED) this.#transfers.delete(old)
  }
}

/** Describes a file, after a look whether it can be read: folders cannot, nor what has gone meanwhile. */
async function probe (file: File, description: FileDescription): Promise<Described> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return description
  } catch (error) {
    return { ...description, data: null, error: textOf(error) }
  }
}

/** The bytes of a chunk, or why it cannot be read (any more). */
async function read (file: File, chunk: number): Promise<ArrayBuffer | string> {
  const start = chunk * CHUNK
  try {
    const bytes = await file.slice(start, start + CHUNK).arrayBuffer()
    return bytes.byteLength === Math.min(CHUNK, file.size - start) ? bytes : 'The file has changed'
  } catch (error) {
    return textOf(error)
  }
}
