/** The examples of the manual: they compile, and show the class that they stand for. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import type { ClassName } from '../../lib/testing/index.ts'
import { examples, moduleOf, runExample, shown } from '../../types/manual/examples.ts'
import { bare } from '../support/app.ts'
import { compile } from './compiler.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const all = examples()

t.test('every example compiles', async t => {
  const names = [...all.keys()]
  const faults = compile(t, 'examples', [...all.values()].map(example => moduleOf(example, '../../../lib/index.ts')), { noUnusedParameters: false })
  t.strictSame(faults.map(({ program, line, message }) => `${names[program]}, line ${line}: ${message}`), [])
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
