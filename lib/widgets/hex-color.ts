/** Three numbers of a colour. */
export type Triple = readonly [number, number, number]

const DIGITS = /^#?([0-9a-f]{6})(?:[0-9a-f]{2})?$/i
const SHORT = /^#?([0-9a-f])([0-9a-f])([0-9a-f])$/i
const RGB = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/i

/**
 * A colour as `#rrggbb` in lower case: from six digits with or without `#`, eight (what lets through is dropped), three, or
 * `rgb(r, g, b)`. Null for anything else.
 */
export function hexColor (text: string): string | null {
  const trimmed = text.trim()
  const digits = DIGITS.exec(trimmed)?.[1]
  if (digits !== undefined) return `#${digits.toLowerCase()}`
  const short = SHORT.exec(trimmed)
  if (short !== null) return `#${short.slice(1).map(digit => digit + digit).join('').toLowerCase()}`
  const parts = RGB.exec(trimmed)?.slice(1).map(Number)
  return parts === undefined || parts.some(part => part > 255) ? null : hexOf(parts as unknown as Triple)
}

/** `#rrggbb` of red, green and blue, 0 to 255. */
export function hexOf (rgb: Triple): string {
  return `#${rgb.map(part => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** Red, green and blue of `#rrggbb`, 0 to 255. */
export function rgbOf (hex: string): Triple {
  return [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16)) as unknown as Triple
}
