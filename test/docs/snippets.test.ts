import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import ts from 'typescript'

const root = new URL('../..', import.meta.url).pathname
// Inside the package, so that a snippet's import of the package by name finds it.
const folder = join(root, 'test', '.snippets')

interface Snippet { readonly file: string, readonly line: number, readonly code: string }

function snippetsOf (file: string): Snippet[] {
  const text = readFileSync(join(root, file), 'utf8')
  return [...text.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(match => ({
    file, line: text.slice(0, match.index).split('\n').length, code: match[1] as string
  }))
}

t.test('every TypeScript snippet of the documentation compiles against the built package', async t => {
  const files = ['README.md', ...readdirSync(join(root, 'docs')).filter(name => name.endsWith('.md')).map(name => `docs/${name}`), 'docs/widgets/README.md']
  const snippets = files.flatMap(snippetsOf)
  t.ok(snippets.length >= 4, `there are ${snippets.length} snippets`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder)
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const names = snippets.map(({ code }, i) => {
    const name = join(folder, `snippet-${i}.ts`)
    writeFileSync(name, code + '\nexport {}\n')
    return name
  })
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), path => readFileSync(path, 'utf8')).config as { compilerOptions: object }
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, rootDir: root }, root)
  const program = ts.createProgram(names, options)
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const index = names.indexOf(diagnostic.file?.fileName ?? '')
    const snippet = snippets[index]
    const line = diagnostic.file?.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line ?? 0
    const place = snippet === undefined ? diagnostic.file?.fileName : `${snippet.file}:${snippet.line + line + 1}`
    t.fail(`${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`)
  }
})
