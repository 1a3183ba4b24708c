/**
 * Writes what is made of the definitions, `types/widgets.ts` and the manual in `docs/widgets`, and the table of tokens in
 * `docs/theming.md`. With `--check`, fails if what is there is stale.
 */
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generate, sources } from './generator/index.ts'
import { generateManual } from './manual/index.ts'
import { withTokens } from './manual/tokens.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const from = sources()
const { files, missing } = generateManual(from)
const wanted = new Map([
  ['types/widgets.ts', generate(from)],
  ['docs/theming.md', withTokens(readFileSync(`${project}docs/theming.md`, 'utf8'))],
  ...[...files].map(([name, text]) => [`docs/widgets/${name}`, text] as const)
])

mkdirSync(`${project}docs/widgets`, { recursive: true })
const superfluous = readdirSync(`${project}docs/widgets`).filter(name => name.endsWith('.md') && !files.has(name)).map(name => `docs/widgets/${name}`)

if (missing.length > 0) console.warn(`The manual still lacks\n${missing.map(text => `  ${text}`).join('\n')}`)
if (process.argv.includes('--check')) {
  const stale = [...wanted].filter(([name, text]) => read(name) !== text).map(([name]) => name)
  if (stale.length + superfluous.length > 0) {
    console.error(`${[...stale, ...superfluous].join(', ')}: stale. Run \`npm run generate\` and commit the result`)
    process.exitCode = 1
  }
} else {
  for (const name of superfluous) rmSync(project + name)
  for (const [name, text] of wanted) if (read(name) !== text) writeFileSync(project + name, text)
}

function read (name: string): string | null {
  try {
    return readFileSync(project + name, 'utf8')
  } catch {
    return null
  }
}
