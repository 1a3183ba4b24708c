/** What a tab remembers of one client: sessionStorage under a key of its own, or nothing where that is forbidden. */
export class TabStorage {
  readonly #prefix: string

  /** @param scope - Sets this client apart from others of the same origin: the path of its page. */
  constructor (scope: string) { this.#prefix = `pgwidgets:${scope}:` }

  get (key: string): string | null {
    try {
      return sessionStorage.getItem(this.#prefix + key)
    } catch {
      return null
    }
  }

  /** @param value - null removes it. */
  set (key: string, value: string | null): void {
    try {
      if (value === null) sessionStorage.removeItem(this.#prefix + key)
      else sessionStorage.setItem(this.#prefix + key, value)
    } catch {
      // Storage may be full or switched off; a reload then opens a new session, which is all that is lost.
    }
  }
}
