/** Line ends as a text field of the platform holds them. */
export const plainLines = (text: string): string => text.replace(/\r\n?/g, '\n')

/** The newest `limit` lines of a text, the empty one after a last line end included; all of it without a limit. */
export function newestLines (text: string, limit: number | null): string {
  if (limit === null || limit <= 0) return text
  let at = text.length
  for (let line = 0; line < limit; line++) {
    // A search from before the start would begin at the start.
    at = at > 0 ? text.lastIndexOf('\n', at - 1) : -1
    if (at === -1) return text
  }
  return text.slice(at + 1)
}
