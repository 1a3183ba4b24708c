import { WidgetDestroyedError } from '../errors.ts'
import { definitions } from '../widgets/index.ts'
import type { Method, WidgetDefinition } from '../widgets/definition.ts'
import { wireArgs } from './arguments.ts'
import { RemoteWidget, kCalled, kCore, kNode } from './widget.ts'

const { methods } = definitions.get('Dialog') as WidgetDefinition

/** A dialog of server code, which can wait for its answer. What its methods do is documented in the definition of Dialog. */
export class DialogWidget extends RemoteWidget {
  /** The answer that is waited for; whoever asks meanwhile gets the same. */
  #answer: Promise<unknown> | null = null
  #settle: ((value: unknown) => void) | null = null

  async ask (...given: readonly unknown[]): Promise<unknown> {
    if (this.destroyed) throw new WidgetDestroyedError(this.toString(), 'ask')
    const place = wireArgs(this[kCore], `${this.toString()}.ask`, (methods.ask as Method).params, given)
    this.#call('popup', place)
    this.#answer ??= this.#wait()
    return await this.#answer
  }

  /** Hidden by server code, the dialog gets no answer any more. */
  override [kCalled] (wire: string): void { if (wire === 'hide') this.#settle?.(null) }

  #wait (): Promise<unknown> {
    const core = this[kCore]
    // Of dialogs that have a button for it.
    const closing = 'cancel' in this[kNode].definition.callbacks ? ['close', 'cancel'] : ['close']
    return new Promise<unknown>((resolve, reject) => {
      const answered = (value: unknown): void => this.#settle?.(value)
      const closed = (): void => this.#settle?.(null)
      const over = (): void => { this.#answer = this.#settle = null }
      this.#settle = value => {
        over()
        core.unlisten(this, 'activated', answered)
        for (const action of closing) core.unlisten(this, action, closed)
        resolve(value)
        this.#call('hide', [])
      }
      const ended = (error: Error): void => {
        over()
        reject(error)
      }
      core.listen(this, 'activated', { handler: answered, concurrent: false, immediate: true, once: false, ended })
      for (const action of closing) core.listen(this, action, { handler: closed, concurrent: false, immediate: true, once: false, ended })
    })
  }

  #call (wire: string, args: readonly unknown[]): void {
    this[kCore].invoke(this, wire, methods[wire] as Method, args)
  }
}
