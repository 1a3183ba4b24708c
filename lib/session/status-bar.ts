import { definitions } from '../widgets/index.ts'
import type { Method, WidgetDefinition } from '../widgets/definition.ts'
import { RemoteWidget, kCalled, kCore, kEnded } from './widget.ts'

const { methods } = definitions.get('StatusBar') as WidgetDefinition

/** Calls that put something else in the place of a message. */
const ends: ReadonlySet<string> = new Set(['set_message', 'clear', 'set_text'])

/** A status bar of server code: takes messages away when their time is over. */
export class StatusBarWidget extends RemoteWidget {
  #timeout: NodeJS.Timeout | null = null

  /** Whether the message that is shown will go away by itself. */
  get passing (): boolean { return this.#timeout !== null }

  override [kCalled] (wire: string, [, duration]: readonly unknown[]): void {
    if (!ends.has(wire)) return
    this[kEnded]()
    if (wire !== 'set_message' || typeof duration !== 'number' || duration === 0) return
    // A message that nobody will see the end of must not keep the process alive.
    this.#timeout = setTimeout(() => this.#clear(), duration * 1000).unref()
  }

  #clear (): void {
    this[kCore].invoke(this, 'clear', methods.clear as Method, [])
  }

  override [kEnded] (): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout)
    this.#timeout = null
  }
}
