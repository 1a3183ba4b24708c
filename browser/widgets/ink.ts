/** Below this, what is behind a colour decides more than the colour itself. */
const OPAQUE = 0.6
/** Relative luminance at which black and white stand out equally (WCAG 2). */
const MIDDLE = 0.179

/** A channel's share of light; 0 to 255. */
const linear = (channel: number): number => {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

/**
 * The colour scheme whose text can be read on a colour that a server chose: all colours of the theme follow the scheme
 * of their element. Empty, which is the page's own, for no colour, or one that shows what is behind it.
 */
export function schemeOn (color: string | null): '' | 'light' | 'dark' {
  if (color === null || color === '') return ''
  const context = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (context === null || !CSS.supports('color', color)) return ''
  context.fillStyle = color
  context.fillRect(0, 0, 1, 1)
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data
  if (alpha / 255 < OPAQUE) return ''
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) > MIDDLE ? 'light' : 'dark'
}
