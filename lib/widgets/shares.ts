/** Shares of a way that can be scrolled, and words for scroll bars; what the page needs as well. */

/** A number brought between 0 and 1. */
export const share = (value: unknown): number => Math.min(1, Math.max(0, Number(value)))

/** The shortest thumb, as a share of its track. */
export const LEAST_THUMB = 0.01

/** Horizontal and vertical position, each 0 (start) to 1 (end). */
export type Place = readonly [h: number, v: number]

/** Other words that reference servers use in options. */
const ALIASES: Readonly<Record<string, string>> = { overflow: 'auto', always: 'on' }

/** When a bar is shown, from the word for it. What is no such word means `auto`. */
export function visibilityOf (word: unknown): 'on' | 'off' | 'auto' {
  const known = ALIASES[String(word)] ?? word
  return known === 'on' || known === 'off' ? known : 'auto'
}
