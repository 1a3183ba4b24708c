const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:'])

/**
 * The absolute form of an address that a page may open: a web or mail address, or one relative to `base`. Null for
 * anything else, `javascript:` above all.
 */
export function webAddress (url: string, base: string): string | null {
  if (!URL.canParse(url, base)) return null
  const { href, protocol } = new URL(url, base)
  return PROTOCOLS.has(protocol) ? href : null
}
