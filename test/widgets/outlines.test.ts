import t from 'tap'
import { filled, outlines } from '../../browser/client/outlines.ts'
import { definitions } from '../../lib/widgets/index.ts'

t.test('the page knows of each class what its definition says', async t => {
  t.strictSame([...outlines.keys()].sort(), [...definitions.keys()].sort())
  for (const [name, { creatable, args, options, methods, callbacks }] of definitions) {
    const outline = outlines.get(name)!
    t.equal(outline.creatable, creatable, name)
    t.strictSame([...outline.methods].sort(), Object.keys(methods).sort(), `${name}, methods`)
    t.strictSame(outline.args.map(slot => filled(undefined, slot)), args.map(({ default: fallback }) => fallback ?? null), `${name}, arguments`)
    t.strictSame(outline.options.map(([key, slot]) => [key, filled(undefined, slot)]), Object.entries(options).map(([key, option]) => [key, option.default]), `${name}, options`)
    t.strictSame([...outline.unruly.keys()].sort(), Object.keys(callbacks).filter(action => callbacks[action]?.unruly === true).sort(), `${name}, unruly actions`)
    t.strictSame([...outline.unruly].filter(([, gathering]) => gathering === 'sum').map(([action]) => action), Object.keys(callbacks).filter(action => callbacks[action]?.merge !== undefined), `${name}, sums`)
  }
})

t.test('null is a value of its own only where the definition says so', async t => {
  const optionOf = (className: string, option: string, given: unknown): unknown =>
    filled(given, outlines.get(className)!.options.find(([name]) => name === option)![1])
  t.equal(optionOf('TopLevel', 'title', null), null)
  t.equal(optionOf('Slider', 'max', null), 100)
  t.equal(optionOf('Slider', 'max', 7), 7)
})
