import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'

const root = fileURLToPath(new URL('../..', import.meta.url))

t.test('the snippets of docs/testing.md compile', async t => {
  const snippets = [...readFileSync(`${root}docs/testing.md`, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code ?? '')
  t.ok(snippets.length > 3)
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, path => readFileSync(path, 'utf8')) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, noUnusedLocals: false }, root)
  const files = new Map(snippets.map((code, i) => [`${root}test/testing/snippet-${i}.ts`, code
    .replace("'fastify-pgwidgets/testing'", "'../../lib/testing/index.ts'")
    .replace("'fastify-pgwidgets'", "'../../lib/index.ts'")]))
  const host = ts.createCompilerHost(options)
  const { getSourceFile, fileExists, readFile } = host
  host.getSourceFile = (name, languageVersion) => {
    const code = files.get(name)
    return code === undefined ? getSourceFile.call(host, name, languageVersion) : ts.createSourceFile(name, code, languageVersion)
  }
  host.fileExists = name => files.has(name) || fileExists.call(host, name)
  host.readFile = name => files.get(name) ?? readFile.call(host, name)
  const program = ts.createProgram([...files.keys()], options, host)
  const faults = [...files.keys()].flatMap(name => {
    const source = program.getSourceFile(name)
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)]
      .map(({ messageText }) => `${name.replace(root, '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`)
  })
  t.same(faults, [])
})
