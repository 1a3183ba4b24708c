import { Writable } from 'node:stream'

/** One line of pino's. */
export interface LogLine { readonly level: number, readonly msg?: string, readonly [key: string]: unknown }

/** A log that is kept, and that can be waited for. */
export class Logs {
  readonly lines: LogLine[] = []
  readonly #waiting = new Set<() => void>()

  readonly stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      for (const text of chunk.toString().split('\n')) if (text !== '') this.lines.push(JSON.parse(text) as LogLine)
      for (const look of [...this.#waiting]) look()
      done()
    }
  })

  /** Everything that was logged, as text. */
  get text (): string { return this.lines.map(line => JSON.stringify(line)).join('\n') }

  of (msg: string): LogLine[] { return this.lines.filter(line => line.msg === msg) }

  /** The first line of this message, once it is there. */
  wait (msg: string): Promise<LogLine> {
    return new Promise((resolve, reject) => {
      const look = (): void => {
        const [line] = this.of(msg)
        if (line === undefined) return
        this.#waiting.delete(look)
        clearTimeout(timer)
        resolve(line)
      }
      const timer = setTimeout(() => {
        this.#waiting.delete(look)
        reject(new Error(`no log line "${msg}"; there are: ${this.lines.map(line => line.msg).join(' | ')}`))
      }, 5000)
      this.#waiting.add(look)
      look()
    })
  }
}
