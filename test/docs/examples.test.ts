/** The examples of the manual: they compile, and show the class that they stand for. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import pgwidgets from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import type { ClassName } from '../../lib/testing/index.ts'
import { examples, moduleOf, runExample, shown } from '../../types/manual/examples.ts'
import { bare } from '../support/app.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const all = examples()

t.test('every example compiles', async t => {
  const files = new Map([...all].map(([name, example]) => [`${root}test/docs/example-${name}.ts`, moduleOf(example, '../../lib/index.ts')]))
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, path => readFileSync(path, 'utf8')) as { config: { compilerOptions: object } }
  const { options } = ts.convertCompilerOptionsFromJson({ ...config.compilerOptions, noEmit: true, noUnusedParameters: false }, root)
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
      .map(({ messageText, start = 0 }) => `${name.replace(root, '')}: ${ts.flattenDiagnosticMessageText(messageText, '\n')} (at "${source?.text.slice(start, start + 40)}")`)
  })
  t.same(faults, [])
})

t.test('every example makes the class that it stands for, and a browser shows it', async t => {
  for (const [name, example] of all) {
    const app = bare(t)
    await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect () {} })
    const session = app.pgwidgets.createSession()
    await runExample(example, session)
    const browser = await openBrowser(app, session.url())
    t.ok(session.widgets().some(widget => widget.constructor.name === name), `${name}: it is made`)
    if (shown().includes(name)) t.ok(browser.all(name as ClassName).some(({ visible }) => visible), `${name}: it is seen`)
    t.same(browser.errors, [], `${name}: no errors`)
    t.same(app.logs.lines.filter(({ level }) => Number(level) >= 40), [], `${name}: no warnings`)
    await browser.close()
    await app.close()
  }
})

t.test('the index of the manual has every class', async t => {
  const index = readFileSync(`${root}docs/widgets/README.md`, 'utf8')
  for (const name of shown()) t.match(index, `[${name}](${name}.md)`)
})
