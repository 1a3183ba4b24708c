/**
 * Takes the pictures of the manual and of the README: `npm run screenshots`, or with names of classes for these alone.
 * A file is written only where one would see a difference.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { galleryWithFrames } from '../../examples/gallery.ts'
import { examples, shown } from '../../types/manual/examples.ts'
import { IMAGES, SCALE, pictureFile } from '../../types/manual/pictures.ts'
import { startChromium } from '../chromium/support.ts'
import { POSES } from './poses.ts'
import { alike, decode, encode, trim } from './png.ts'
import type { Picture } from './png.ts'
import { Stands } from './stand.ts'

/** Room around a widget, px. */
const MARGIN = 12
const GALLERY = fileURLToPath(new URL('../../docs/gallery.png', import.meta.url))

/** Page sizes: of an example, and of one that has windows. */
const SIZES = [{ width: 460, height: 360 }, { width: 640, height: 400 }] as const

const browser = await startChromium()
const stands = new Stands(browser)
await stands.open()
mkdirSync(IMAGES, { recursive: true })
const only = process.argv.slice(2)
const wanted = (name: string): boolean => only.length === 0 || only.includes(name)

try {
  const programs = examples()
  for (const name of shown().filter(wanted)) {
    const example = programs.get(name)
    if (example === undefined) console.log(`${name}: has no example`)
    else for (const scheme of ['light', 'dark'] as const) keep(pictureFile(name, scheme), await portrait(name, example, scheme))
  }
  if (wanted('gallery')) {
    // In a service of its own: what it shows tells how many pages there were.
    const alone = new Stands(browser)
    await alone.open()
    const stand = await alone.show(galleryWithFrames, { viewport: { width: 1280, height: 800 }, colorScheme: 'light' })
    await stand.page.getByRole('slider', { name: 'Level' }).press('ArrowRight')
    await stand.page.getByText(/callback Slider/).waitFor()
    keep(GALLERY, await shoot(stand.page))
    await stand.close()
    await alone.close()
  }
} finally {
  await browser.close()
  await stands.close()
}

async function portrait (name: string, example: string, colorScheme: 'light' | 'dark'): Promise<Picture> {
  const stand = await stands.showFitting(example, SIZES, { deviceScaleFactor: SCALE, colorScheme })
  await POSES[name]?.(stand.page)
  const picture = trim(await shoot(stand.page), MARGIN * SCALE)
  await stand.close()
  return picture
}

async function shoot (page: Page): Promise<Picture> {
  return decode(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
}

function keep (file: string, picture: Picture): void {
  const encoded = encode(picture)
  if (existsSync(file) && alike(decode(readFileSync(file)), decode(encoded))) return
  writeFileSync(file, encoded)
  console.log(`${file.replace(/.*\/docs\//, 'docs/')}: ${picture.width} × ${picture.height}, ${encoded.length} bytes`)
}
