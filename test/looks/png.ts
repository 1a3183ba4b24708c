/**
 * Small PNG files of screenshots, which have few colours: read what Chromium wrote, cut it, write it with a palette.
 * No more of the format than that.
 */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

/** A picture, four bytes for each pixel. */
export interface Picture { readonly width: number, readonly height: number, readonly pixels: Uint8Array }

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
/** Bytes of a pixel by the type of colour: RGB, palette, RGBA. */
const BYTES: Readonly<Record<number, number>> = { 2: 3, 3: 1, 6: 4 }

/** @throws Error for what neither Chromium nor {@link encode} writes. */
export function decode (file: Uint8Array): Picture {
  const data = Buffer.from(file)
  const parts = new Map<string, Buffer[]>()
  for (let at = SIGNATURE.length; at < data.length;) {
    const length = data.readUInt32BE(at)
    const type = data.toString('latin1', at + 4, at + 8)
    parts.set(type, [...parts.get(type) ?? [], data.subarray(at + 8, at + 8 + length)])
    at += length + 12
  }
  const head = parts.get('IHDR')?.[0] ?? Buffer.alloc(13)
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)]
  const size = BYTES[head[9] as number]
  if (size === undefined || head[8] !== 8 || head[12] !== 0) throw new Error('not a PNG of this kind')
  const rows = unfilter(inflateSync(Buffer.concat(parts.get('IDAT') ?? [])), width * size, height, size)
  const palette = parts.get('PLTE')?.[0] ?? Buffer.alloc(0)
  const pixels = new Uint8Array(width * height * 4).fill(255)
  for (let i = 0; i < width * height; i++) {
    if (size === 1) pixels.set(palette.subarray((rows[i] as number) * 3, (rows[i] as number) * 3 + 3), i * 4)
    else pixels.set(rows.subarray(i * size, (i + 1) * size), i * 4)
  }
  return { width, height, pixels }
}

/** Undoes the filter that each row begins with. */
function unfilter (data: Uint8Array, stride: number, height: number, size: number): Uint8Array {
  const out = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = data[y * (stride + 1)] as number
    for (let x = 0; x < stride; x++) {
      const at = y * stride + x
      const left = x >= size ? out[at - size] as number : 0
      const up = y > 0 ? out[at - stride] as number : 0
      const corner = x >= size && y > 0 ? out[at - stride - size] as number : 0
      out[at] = (data[y * (stride + 1) + 1 + x] as number) + predict(filter, left, up, corner)
    }
  }
  return out
}

function predict (filter: number, left: number, up: number, corner: number): number {
  if (filter < 4) return [0, left, up, (left + up) >> 1][filter] as number
  const guess = left + up - corner
  const [toLeft, toUp, toCorner] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner
}

/** A file with a palette. Where there are more than 256 colours, those that are near a more frequent one become that. */
export function encode ({ width, height, pixels }: Picture): Buffer {
  const count = new Map<number, number>()
  for (let i = 0; i < pixels.length; i += 4) count.set(colorAt(pixels, i), (count.get(colorAt(pixels, i)) ?? 0) + 1)
  const ordered = [...count].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([color]) => color)
  let colors = ordered
  for (let near = 4; colors.length > 256; near *= 1.5) colors = spread(ordered, near)
  const index = new Map(ordered.map(color => [color, colors.reduce((best, other, i) => distance(color, other) < distance(color, colors[best] as number) ? i : best, 0)]))
  const rows = Buffer.alloc((width + 1) * height)
  for (let i = 0; i < width * height; i++) rows[i + Math.floor(i / width) + 1] = index.get(colorAt(pixels, i * 4)) as number
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 3, 0, 0, 0], 8)
  const palette = Buffer.from(colors.flatMap(color => [color >> 16, (color >> 8) & 255, color & 255]))
  return Buffer.concat([SIGNATURE, chunk('IHDR', head), chunk('PLTE', palette), chunk('IDAT', deflateSync(rows, { level: 9, memLevel: 9 })), chunk('IEND', Buffer.alloc(0))])
}

/** Of these colours as many as are so far from those before; no more than a palette holds, and one that says there are more. */
function spread (ordered: readonly number[], near: number): number[] {
  const colors: number[] = []
  for (const color of ordered) {
    if (colors.every(other => distance(color, other) > near)) colors.push(color)
    if (colors.length > 256) break
  }
  return colors
}

/** Square of the distance of two colours. */
const distance = (a: number, b: number): number => [16, 8, 0].reduce((sum, part) => sum + (((a >> part) & 255) - ((b >> part) & 255)) ** 2, 0)

function chunk (type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, check])
}

const colorAt = (pixels: Uint8Array, at: number): number => (pixels[at] as number) << 16 | (pixels[at + 1] as number) << 8 | pixels[at + 2] as number

/** Cuts off what is of one colour with the last pixel, up to a margin. */
export function trim ({ width, height, pixels }: Picture, margin: number): Picture {
  const back = colorAt(pixels, pixels.length - 4)
  let [left, top, right, bottom] = [width, height, 0, 0]
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (colorAt(pixels, (y * width + x) * 4) === back) continue
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
  }
  if (right === 0) return { width, height, pixels }
  left = Math.max(0, left - margin)
  top = Math.max(0, top - margin)
  right = Math.min(width, right + margin)
  bottom = Math.min(height, bottom + margin)
  const size = { width: right - left, height: bottom - top }
  const cut = new Uint8Array(size.width * size.height * 4)
  for (let y = top; y < bottom; y++) cut.set(pixels.subarray((y * width + left) * 4, (y * width + right) * 4), (y - top) * size.width * 4)
  return { ...size, pixels: cut }
}

/** Whether nobody would see a difference: the same size, and few pixels that differ by more than a little. */
export function alike (a: Picture, b: Picture): boolean {
  if (a.width !== b.width || a.height !== b.height) return false
  let different = 0
  for (let i = 0; i < a.pixels.length; i += 4) {
    const by = Math.max(...[0, 1, 2].map(part => Math.abs((a.pixels[i + part] as number) - (b.pixels[i + part] as number))))
    if (by > 24) different++
  }
  return different < a.width * a.height * 0.0005
}
