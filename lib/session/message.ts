/** Messages on their way to browsers, and the frames that carry them. */

/** What a message is besides its body. */
export interface MessageExtra {
  readonly bytes?: Uint8Array
  readonly touches?: readonly string[]
  readonly coalesce?: string | null
  readonly plain?: Readonly<Record<string, unknown>> | null
  readonly renews?: boolean
  readonly wrapper?: number | undefined
}

/** One message to browsers. Its text is made once, however many browsers get it. */
export class Message {
  /** Unique in the session; the browser's answer carries it. */
  readonly id: number
  readonly body: Readonly<Record<string, unknown>>
  /** Follows its header directly, in a binary frame. */
  readonly bytes: Uint8Array | null
  /** State keys (`wid.key`) that it may change in the browser; a callback about one of them meets it half-way. */
  readonly touches: readonly string[]
  /** In a slow queue it replaces an older message of the same key; null for one that keeps its place. */
  readonly coalesce: string | null
  /** Its body for browsers that know the reference protocol alone; null if it is not for them at all. */
  readonly plain: Readonly<Record<string, unknown>> | null
  /** Whether such browsers are replayed to, because what follows would be about something else there. */
  readonly renews: boolean
  /** The id of the wrapper that it has the page make; a reference page answers with its own for it. */
  readonly wrapper: number | null
  #text: string | undefined

  constructor (id: number, body: Readonly<Record<string, unknown>>, extra: MessageExtra = {}) {
    this.id = id
    this.body = body
    this.bytes = extra.bytes ?? null
    this.touches = extra.touches ?? []
    this.coalesce = extra.coalesce ?? null
    this.plain = extra.plain === undefined ? body : extra.plain
    this.renews = extra.renews === true
    this.wrapper = extra.wrapper ?? null
  }

  get wid (): number { return (this.body as { wid?: number }).wid ?? 0 }

  /** Whether the browser answers it. */
  get answered (): boolean { return !UNANSWERED.has(this.body.type as string) }

  get text (): string {
    this.#text ??= JSON.stringify(this.body)
    return this.#text
  }

  /** Whether its text was made already, as it is for one that waited in a queue. */
  get isText (): boolean { return this.#text !== undefined }

  /** What it takes in a queue. */
  get size (): number { return Buffer.byteLength(this.text) + (this.bytes?.byteLength ?? 0) }
}

const UNANSWERED: ReadonlySet<string> = new Set(['session-info', 'binary-call', 'binary-call-chunked', 'binary-chunk'])

/** A text frame, or a binary one. */
export type Frame = string | Uint8Array

/** Array frames are split near this many characters, so that a browser can start on a large replay while the rest is under way. */
const SPLIT_AT = 256 * 1024

/** Messages that leave together. */
export class Batch {
  readonly messages: readonly Message[]
  /** A replay puts everything in place, so that every state key is under way. */
  readonly replay: boolean
  /** Id of the last message that is answered; 0 if none is. */
  readonly lastAnswered: number
  #frames: readonly Frame[] | undefined
  #bytes: number | undefined
  #touches: ReadonlySet<string> | undefined

  constructor (messages: readonly Message[], replay = false) {
    this.messages = messages
    this.replay = replay
    this.lastAnswered = messages.findLast(({ answered }) => answered)?.id ?? 0
  }

  /** Whether one of the messages may change the state key (`wid.key`). */
  touches (key: string): boolean {
    if (this.replay) return true
    this.#touches ??= new Set(this.messages.flatMap(({ touches }) => touches))
    return this.#touches.has(key)
  }

  /** Bytes of all frames together. */
  get bytes (): number {
    this.#bytes ??= this.frames.reduce((sum, frame) => sum + (typeof frame === 'string' ? Buffer.byteLength(frame) : frame.byteLength), 0)
    return this.#bytes
  }

  /**
   * The frames, in order. A reference browser drops binary headers that stand in an array, and pairs each with the
   * next binary frame: so each header stands alone, directly before its bytes.
   */
  get frames (): readonly Frame[] {
    if (this.#frames !== undefined) return this.#frames
    const frames: Frame[] = []
    let array: Message[] = []
    const close = (): void => {
      if (array.length > 0) frames.push(...textFrames(array))
      array = []
    }
    for (const message of this.messages) {
      if (message.bytes === null && message.answered) {
        array.push(message)
        continue
      }
      close()
      frames.push(message.text)
      if (message.bytes !== null) frames.push(message.bytes)
    }
    close()
    this.#frames = frames
    return frames
  }
}

/** Messages that become text together: one call for many is far cheaper than one for each. */
const TOGETHER = 200

/** Array frames of these messages; one message alone needs no array. */
function textFrames (messages: readonly Message[]): string[] {
  if (messages.length === 1) return [(messages[0] as Message).text]
  const frames: string[] = []
  let parts: string[] = []
  let length = 0
  const close = (): void => {
    if (parts.length > 0) frames.push(`[${parts.join(',')}]`)
    parts = []
    length = 0
  }
  for (let i = 0; i < messages.length; i += TOGETHER) {
    for (const text of textsOf(messages.slice(i, i + TOGETHER))) {
      if (length > 0 && length + text.length > SPLIT_AT) close()
      parts.push(text)
      length += text.length + 1
    }
  }
  close()
  return frames
}

/** The text of a group, without the brackets; in pieces where it is larger than a frame should be. */
function textsOf (group: readonly Message[]): string[] {
  const text = group.some(({ isText }) => isText)
    ? group.map(({ text }) => text).join(',')
    : JSON.stringify(group.map(({ body }) => body)).slice(1, -1)
  if (text.length <= SPLIT_AT || group.length === 1) return [text]
  const half = group.length >> 1
  return [...textsOf(group.slice(0, half)), ...textsOf(group.slice(half))]
}
