/** Reports that announce files: they wait until the bytes are in, and tell meanwhile how far they are. */
import type { Callback } from '../widgets/definition.ts'
import type { Core } from './core.ts'
import { dispatch } from './dispatch.ts'
import type { Peer } from './peer.ts'
import type { RemoteWidget } from './widget.ts'

/** Why files do not come: a limit, by the option's name, or what the browser did. */
export type UploadFailure = 'maxTransfers' | 'maxTransferBytes' | 'transferTimeout' | 'invalid' | 'disconnected'

/** What is announced of a file. One with an error could not be read, and is followed by nothing. */
export interface AnnouncedFile { readonly name: string, readonly size: number, readonly error?: string }

/** What came of a file. */
export interface Content { readonly data: Uint8Array | null, readonly error?: string }

/** Where a transfer is. */
export interface Place { readonly file: number, readonly chunk: number, readonly chunks: number, readonly received: number }

const NOWHERE: Place = { file: 0, chunk: 0, chunks: 0, received: 0 }

interface Payload { readonly transfer_id?: number, readonly files: readonly AnnouncedFile[] }

interface Announcement { readonly widget: RemoteWidget, readonly action: string, readonly callback: Callback, readonly args: readonly unknown[] }

/** A report that waits for its files. */
export class Upload {
  readonly id: number
  readonly wid: number
  readonly files: readonly AnnouncedFile[]
  /** Bytes of all files. */
  readonly size: number
  readonly #core: Core
  readonly #peer: Peer
  readonly #announcement: Announcement

  constructor (core: Core, peer: Peer, announcement: Announcement) {
    const { transfer_id: id, files } = announcement.args[0] as Payload
    this.id = id as number
    this.wid = announcement.widget.wid
    this.files = files
    this.size = files.reduce((sum, { size, error }) => error === undefined ? sum + size : sum, 0)
    this.#core = core
    this.#peer = peer
    this.#announcement = announcement
  }

  /** Whether there is somebody who waits for it. */
  get wanted (): boolean {
    const { widget } = this.#announcement
    return !this.#core.destroyed && !this.#peer.barred && this.#core.widgets.get(this.wid) === widget
  }

  /** Whether handlers do not keep up, so that nothing more can be put before them. */
  get stuck (): boolean { return this.#core.tasks.length >= this.#core.limits.maxPendingCallbacks }

  /** Bytes of other uploads to this session that handlers still work at. */
  get othersHeld (): number { return this.#core.uploaded }

  /** Some more has come. @param complete - That was all. */
  progress (place: Place, complete: boolean): void { this.#report(place, { complete }) }

  /** It will not come. */
  failed (error: UploadFailure, place = NOWHERE): void {
    if (this.wanted) this.#report(place, { complete: false, error })
  }

  /** All is here: the report goes its way. */
  complete (contents: readonly Content[]): void {
    const { widget, action, args } = this.#announcement
    const [payload] = args as [Payload]
    const files = this.files.map((file, i) => ({ ...file, ...contents[i] }))
    // Until a handler is done with them, the bytes are somebody's to count.
    this.#core.uploaded += this.size
    dispatch(this.#core, widget, action, [{ ...payload, files }], this.#peer, () => { this.#core.uploaded -= this.size })
  }

  #report ({ file, chunk, chunks, received }: Place, outcome: { complete: boolean, error?: UploadFailure }): void {
    const { widget, callback } = this.#announcement
    const progress = {
      transfer_id: this.id,
      file_index: file,
      chunk_index: chunk,
      num_chunks: chunks,
      transferred_bytes: received,
      total_bytes: this.size,
      ...outcome
    }
    dispatch(this.#core, widget, callback.upload?.progress ?? '', [progress], this.#peer)
  }
}

/** Whether a report is of files that are still to come. */
export function announces ({ upload }: Callback, args: readonly unknown[]): boolean {
  if (upload === undefined) return false
  const { transfer_id: id, files } = args[0] as Payload
  return id !== undefined && files.length > 0
}

/** A report without any file to wait for, as handlers see it. */
export function withoutUpload ({ upload }: Callback, args: readonly unknown[]): readonly unknown[] {
  if (upload === undefined) return args
  const payload = args[0] as Payload
  return [{ ...payload, files: payload.files.map(file => ({ ...file, data: null })) }]
}
