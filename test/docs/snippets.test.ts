import { readFileSync, readdirSync } from 'node:fs'
import t from 'tap'
import { compile } from './compiler.ts'

const root = new URL('../../', import.meta.url)

interface Snippet { readonly file: string, readonly line: number, readonly code: string }

function snippetsOf (file: string): Snippet[] {
  const text = readFileSync(new URL(file, root), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => ({
    file, line: text.slice(0, match.index).split('\n').length, code: match[1] as string
  }))
}

t.test('every TypeScript snippet of the documentation compiles against the built package', async t => {
  const files = ['README.md', ...readdirSync(new URL('docs', root)).filter(name => name.endsWith('.md')).map(name => `docs/${name}`), 'docs/widgets/README.md']
  const snippets = files.flatMap(snippetsOf)
  t.ok(snippets.length >= 4, `there are ${snippets.length} snippets`)
  const faults = compile(t, 'documentation', snippets.map(({ code }) => `${code}\nexport {}\n`))
  t.strictSame(faults.map(({ program, line, message }) => {
    const { file, line: first } = snippets[program] as Snippet
    return `${file}:${first + line}: ${message}`
  }), [])
})
