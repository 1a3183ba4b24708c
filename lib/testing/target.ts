import type { Credentials } from './page.ts'

/**
 * Takes credentials out of an address, as pages do: those of `session.url()` are in the fragment, those of links from
 * elsewhere in the query. What is left is what the server gets to see.
 */
export function takeCredentials (url: string): { readonly path: string, readonly credentials: Credentials | null } {
  const parsed = new URL(url, 'http://localhost')
  const fragment = new URLSearchParams(parsed.hash.slice(1))
  const [id, token] = ['session', 'token'].map(key => fragment.get(key) ?? parsed.searchParams.get(key))
  parsed.searchParams.delete('session')
  parsed.searchParams.delete('token')
  return {
    path: parsed.pathname + parsed.search,
    credentials: id == null ? null : { id, token: token ?? null }
  }
}
