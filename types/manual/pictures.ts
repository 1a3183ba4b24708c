/** The screenshots of the manual, which `npm run screenshots` takes. */
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Where they are. */
export const IMAGES = fileURLToPath(new URL('../../docs/widgets/images/', import.meta.url))
/** Pixels of a picture for each px of the page. */
export const SCALE = 2

const nameOf = (className: string, scheme: 'light' | 'dark'): string => scheme === 'light' ? `${className}.png` : `${className}-dark.png`

/** The file of a class's picture. */
export const pictureFile = (className: string, scheme: 'light' | 'dark'): string => IMAGES + nameOf(className, scheme)

/** Whether a class was taken a picture of. */
export const hasPicture = (className: string): boolean => existsSync(pictureFile(className, 'light'))

/** The picture of a class as Markdown, in the reader's colour scheme; nothing if there is none. */
export function pictureOf (className: string): string[] {
  if (!hasPicture(className)) return []
  const width = readFileSync(pictureFile(className, 'light')).readUInt32BE(16) / SCALE
  return [
    '<picture>',
    ...(existsSync(pictureFile(className, 'dark')) ? [`  <source media="(prefers-color-scheme: dark)" srcset="images/${nameOf(className, 'dark')}">`] : []),
    `  <img src="images/${nameOf(className, 'light')}" alt="${className}, as the example shows it" width="${width}">`,
    '</picture>', ''
  ]
}
