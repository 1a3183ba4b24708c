/** The page's files. Where they are not built, files that stand in for them: these tests look at how they are served, not at what they do. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../dist/client/', import.meta.url))

if (!existsSync(folder + 'manifest.json')) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(folder + 'page-STANDIN.js', '// stands in for the page\'s script\n')
  writeFileSync(folder + 'index-STANDIN.css', '/* stands in for the page\'s style */\n')
  writeFileSync(folder + 'manifest.json', JSON.stringify({ script: 'page-STANDIN.js', style: 'index-STANDIN.css' }))
}
