import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import ts from 'typescript'
import { generate } from '../../types/generator/index.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const program = `${root}example.ts`
const source = `import type { WidgetFactories } from './types/widgets.ts'
declare const W: WidgetFactories
W.Slider({ decimals: 2 }).setLimits(0, 1)
W.VBox({ spacing: 8 }).insertWidget(0, W.Button())
W.Splitter().once('sizing')
W.TopLevel().query.size()
W.MenuBar().addMenu(W.Menu(), 'File')
`

/** An editor that has the program open. */
function editor (): ts.LanguageService {
  const { config } = ts.readConfigFile(`${root}tsconfig.json`, ts.sys.readFile) as { config: unknown }
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root, { noEmit: true })
  return ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [program],
    getScriptVersion: () => '1',
    getScriptSnapshot: file => file === program
      ? ts.ScriptSnapshot.fromString(source)
      : existsSync(file) ? ts.ScriptSnapshot.fromString(readFileSync(file, 'utf8')) : undefined,
    getCurrentDirectory: () => root,
    getDefaultLibFileName: options => ts.getDefaultLibFilePath(options),
    fileExists: file => file === program || ts.sys.fileExists(file),
    readFile: ts.sys.readFile,
    directoryExists: ts.sys.directoryExists
  })
}

const service = editor()

/** What an editor shows when one points at a word of the program. */
function hover (word: string): { signature: string, text: string, params: Record<string, string> } {
  const info = service.getQuickInfoAtPosition(program, source.indexOf(word) + 1)
  const tags = (info?.tags ?? []).filter(({ name }) => name === 'param')
  return {
    signature: ts.displayPartsToString(info?.displayParts),
    text: ts.displayPartsToString(info?.documentation),
    params: Object.fromEntries(tags.map(({ text }) => ts.displayPartsToString(text).split(' - ', 2) as [string, string]))
  }
}

t.test('the generated typings are those of the definitions', async t => {
  t.equal(readFileSync(`${root}types/widgets.ts`, 'utf8'), generate(), 'run `npm run generate` if not')
})

t.test('an editor shows parameters by name and the comments of the definitions', async t => {
  const limits = hover('setLimits')
  t.match(limits.signature, 'Slider.setLimits(minval: number, maxval: number, incrval?: number')
  t.equal(limits.text, 'Sets the limits; a value outside is brought inside.')
  t.match(limits.params, { minval: 'Smallest value.', incrval: /as before if left out/ })
  t.match(hover('insertWidget'), { signature: 'Box.insertWidget(index: number, child: Widget, stretch?: number', params: { stretch: /Default: `0`/ } })
  t.match(hover('Button'), { text: 'A push button.' })
  t.match(hover('size()'), { signature: 'Promise<[number, number]>', text: /^Asks a browser: width and height/ })
  t.match(hover('addMenu'), { params: { options: /`iconUrl`/ } }, 'options are named as one writes them')
})

t.test('an editor shows the comments of options, be they of the constructor or of a setter', async t => {
  t.match(hover('decimals'), { text: /^Digits after the point/ })
  t.equal(hover('spacing').text, 'Sets the gap between children. In px.')
})

t.test('an editor shows the comment of on, once and off for every class', async t => {
  t.match(hover('once'), { signature: 'Splitter.once<"sizing">', text: /^Waits for the next time/ })
})

t.test('going to a definition leads to the typings, comments and all', async t => {
  for (const word of ['setLimits', 'insertWidget', 'spacing', 'Button']) {
    const [target] = service.getDefinitionAtPosition(program, source.indexOf(word) + 1) ?? []
    t.equal(target?.fileName, `${root}types/widgets.ts`, word)
  }
})
