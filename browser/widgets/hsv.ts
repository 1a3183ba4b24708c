import type { Triple } from '../../lib/widgets/hex-color.ts'

/** Hue 0 to 360, saturation and value 0 to 100. */
export type Hsv = Triple

/** Red, green and blue, 0 to 255, of a hue, saturation and value (CSS Color 4 has HSV's twin, HWB, by the same sums). */
export function rgbOfHsv ([hue, saturation, value]: Hsv): Triple {
  const channel = (n: number): number => {
    const k = (n + hue / 60) % 6
    return value / 100 * (1 - saturation / 100 * Math.max(0, Math.min(k, 4 - k, 1))) * 255
  }
  return [channel(5), channel(3), channel(1)]
}

/**
 * Hue, saturation and value of red, green and blue.
 *
 * @param before - What black has no saturation, and grey no hue, of its own in place of: so it keeps what it had.
 */
export function hsvOfRgb ([red, green, blue]: Triple, before: Hsv): Hsv {
  const most = Math.max(red, green, blue)
  const spread = most - Math.min(red, green, blue)
  if (most === 0) return [before[0], before[1], 0]
  const value = most / 255 * 100
  if (spread === 0) return [before[0], 0, value]
  const sextant = most === red ? (green - blue) / spread : most === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread
  return [(sextant * 60 + 360) % 360, spread / most * 100, value]
}
