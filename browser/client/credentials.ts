import type { TabStorage } from './tab-storage.ts'

/** What opens a session. Without a token it opens it for nobody but the user whose it is. */
export interface Credentials { readonly session: string | number, readonly token: string | null }

const KEY = 'credentials'

/** Servers may count their sessions; a URL cannot tell 7 from "7". */
const typed = (session: string): string | number => String(Number(session)) === session && Number.isSafeInteger(Number(session)) ? Number(session) : session

const pairOf = (params: URLSearchParams): Credentials | null => {
  const session = params.get('session')
  const token = params.get('token')
  return session && token ? { session: typed(session), token } : null
}

/** The id alone is taken from the query only: that is the part which comes back from a login. */
const idOf = (params: URLSearchParams): Credentials | null => {
  const session = params.get('session')
  return session ? { session: typed(session), token: null } : null
}

const without = (params: URLSearchParams): URLSearchParams => {
  params.delete('session')
  params.delete('token')
  return params
}

/**
 * Keeps the credentials in the tab's storage and, where the client owns the page, in the fragment of its address: that
 * part can be shared by copying the link and is sent to no server.
 */
export class CredentialStore {
  readonly #storage: TabStorage
  readonly #addressBar: boolean
  #current: Credentials | null

  /** @param addressBar - Whether the page's address is this client's to read and write. */
  constructor (storage: TabStorage, addressBar: boolean) {
    this.#storage = storage
    this.#addressBar = addressBar
    this.#current = this.#fromAddress() ?? this.#fromStorage()
  }

  get current (): Credentials | null { return this.#current }

  /** Keeps what the server gave; null forgets. */
  set current (credentials: Credentials | null) {
    this.#current = credentials
    this.#storage.set(KEY, credentials === null ? null : JSON.stringify(credentials))
    if (this.#addressBar) this.#writeAddress(credentials)
  }

  /** Takes credentials from an address that was changed by hand. Returns whether they differ from the current ones. */
  reread (): boolean {
    const found = this.#fromAddress()
    if (found === null || (found.session === this.#current?.session && found.token === this.#current.token)) return false
    this.#current = found
    return true
  }

  /**
   * Puts the session's id, which is no secret, where it survives that the page is left for a login: tab storage may be
   * switched off, and fragments get lost on the way.
   */
  leaveId (): void {
    if (!this.#addressBar || this.#current === null) return
    const url = new URL(location.href)
    url.searchParams.set('session', String(this.#current.session))
    history.replaceState(history.state, '', url)
  }

  #fromAddress (): Credentials | null {
    if (!this.#addressBar) return null
    const query = new URLSearchParams(location.search)
    const found = pairOf(new URLSearchParams(location.hash.slice(1))) ?? pairOf(query) ?? idOf(query)
    const stored = this.#fromStorage()
    // The stored pair knows whether the session's id is a number, and a token where the address has none.
    const same = found !== null && stored !== null && String(stored.session) === String(found.session) && (found.token === null || found.token === stored.token)
    return same ? stored : found
  }

  #fromStorage (): Credentials | null {
    try {
      const { session, token } = JSON.parse(this.#storage.get(KEY) ?? '{}') as Partial<Credentials>
      return session !== undefined && typeof token === 'string' ? { session, token } : null
    } catch {
      return null
    }
  }

  #writeAddress (credentials: Credentials | null): void {
    const url = new URL(location.href)
    url.search = without(url.searchParams).toString()
    const fragment = without(new URLSearchParams(url.hash.slice(1)))
    if (credentials !== null && credentials.token !== null) {
      fragment.set('session', String(credentials.session))
      fragment.set('token', credentials.token)
    }
    url.hash = fragment.toString()
    if (url.href !== location.href) history.replaceState(history.state, '', url)
  }
}
