/** Writes `types/widgets.ts`; with `--check`, fails if the one that is there is stale. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { generate } from './generator/index.ts'

const file = new URL('widgets.ts', import.meta.url)
const text = generate()

if (!process.argv.includes('--check')) {
  writeFileSync(file, text)
} else if (!existsSync(file) || readFileSync(file, 'utf8') !== text) {
  console.error('types/widgets.ts is stale: run `npm run generate` and commit the result')
  process.exitCode = 1
}
