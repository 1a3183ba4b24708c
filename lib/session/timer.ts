import { WidgetDestroyedError } from '../errors.ts'
import { camelCase } from '../protocol/names.ts'
import { wireArgs } from './arguments.ts'
import { dispatch } from './dispatch.ts'
import { definitions } from '../widgets/index.ts'
import type { Method, WidgetDefinition } from '../widgets/definition.ts'
import { RemoteWidget, kCore, kEnded, kNode } from './widget.ts'

const { methods } = definitions.get('Timer') as WidgetDefinition

/** A countdown on the server. What its methods do is documented in the definition of Timer. */
export class TimerWidget extends RemoteWidget {
  #timeout: NodeJS.Timeout | null = null
  #startedAt = 0
  #seconds = 0

  start (duration?: number | null): void {
    const [seconds] = this.#checked('start', duration)
    if (typeof seconds === 'number') this.#keep(seconds)
    this.#halt()
    this.#seconds = this.getDuration()
    this.#startedAt = performance.now()
    // A countdown that nobody waits for must not keep the process alive: the server that shows it does.
    this.#timeout = setTimeout(() => {
      this.#halt()
      dispatch(this[kCore], this, 'expired', [this.#seconds], null)
    }, this.#seconds * 1000).unref()
  }

  stop (): void {
    this.#use('stop')
    this.#halt()
  }

  cancel (): void {
    this.#use('cancel')
    const elapsed = this.elapsedTime()
    this.#halt()
    dispatch(this[kCore], this, 'cancelled', [elapsed], null)
  }

  set (duration: number): void {
    this.#checked('set', duration)
    this.start(duration)
  }

  condSet (duration: number): void {
    this.#checked('cond_set', duration)
    if (!this.isSet()) this.start(duration)
  }

  isSet (): boolean { return this.#timeout !== null }

  elapsedTime (): number { return this.isSet() ? (performance.now() - this.#startedAt) / 1000 : 0 }

  timeLeft (): number { return this.isSet() ? Math.max(0, this.#seconds - this.elapsedTime()) : 0 }

  setDuration (duration: number): void {
    const [seconds] = this.#checked('set_duration', duration)
    this.#keep(seconds)
  }

  getDuration (): number { return this[kNode].state.duration as number }

  override [kEnded] (): void { this.#halt() }

  #use (method: string): void {
    if (this.destroyed || this[kCore].destroyed) throw new WidgetDestroyedError(this.toString(), method)
  }

  #checked (wire: string, ...args: unknown[]): unknown[] {
    this.#use(camelCase(wire))
    return wireArgs(this[kCore], `${this.toString()}.${camelCase(wire)}`, (methods[wire] as Method).params, args)
  }

  #keep (duration: unknown): void { this[kCore].tree.patch(this[kNode], { duration }) }

  #halt (): void {
    if (this.#timeout !== null) clearTimeout(this.#timeout)
    this.#timeout = null
  }
}
