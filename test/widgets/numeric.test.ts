import fc from 'fast-check'
import t from 'tap'
import { camelCase, snakeCase } from '../../lib/protocol/names.ts'
import { snap } from '../../lib/widgets/numeric.ts'
import { definitions } from '../../lib/widgets/index.ts'

const steps = fc.constantFrom(0, 0.01, 0.1, 0.25, 0.5, 1, 2, 3, 7, 10, 1e-6)
const numbers = fc.integer({ min: -100_000, max: 100_000 }).map(n => n / 100)
const limits = fc.tuple(numbers, numbers, steps).map(([a, b, step]) => [Math.min(a, b), Math.max(a, b), step] as const)

t.test('snap keeps every number between the limits', async () => {
  fc.assert(fc.property(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), limits, (value, [min, max, step]) => {
    const snapped = snap(value, [min, max, step])
    return snapped >= min && snapped <= max
  }))
})

t.test('snap puts every number onto the grid, as near as the limits allow', async () => {
  fc.assert(fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), limits.filter(([,, step]) => step > 0), (value, [min, max, step]) => {
    const snapped = snap(value, [min, max, step])
    const count = (snapped - min) / step
    const near = Math.min(max, Math.max(min, value))
    const last = min + Math.floor((max - min) / step + 1e-6) * step
    return Math.abs(count - Math.round(count)) < 1e-3 &&
      (Math.abs(snapped - near) <= step / 2 + 1e-9 || Math.abs(snapped - last) < 1e-9)
  }))
})

t.test('snap changes nothing the second time', async () => {
  fc.assert(fc.property(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), limits, (value, range) => {
    const once = snap(value, range)
    return Object.is(snap(once, range) + 0, once + 0)
  }))
})

t.test('snap follows the HTML standard at the edges', async t => {
  t.equal(snap(0.3, [0, 1, 0.1]), 0.3, 'three steps of 0.1 are 0.3')
  t.equal(snap(0.7 + 0.1, [0, 1, 0.1]), 0.8)
  t.equal(snap(5, [0, 100, 10]), 10, 'halfway goes up')
  t.equal(snap(-15, [-20, 0, 10]), -10, 'halfway goes up below zero as well')
  t.equal(snap(100, [0, 10, 3]), 9, 'the largest value on the grid, where the limit is not')
  t.equal(snap(1, [0, 1, 5]), 0, 'the smallest value, where no step fits')
  t.equal(snap(7, [10, 5, 1]), 10, 'the smallest value, where the limits are the wrong way round')
  t.equal(snap(3.7, [0, 10, 0]), 3.7, 'a step of 0 only clamps')
  t.equal(snap(13, [1, 99, 5]), 11, 'the grid starts at the smallest value')
})

t.test('names of the API and of the wire lead to each other', async t => {
  t.equal(camelCase('set_text'), 'setText')
  t.equal(camelCase('get_tab_id'), 'getTabId')
  t.equal(camelCase('clear'), 'clear')
  t.equal(camelCase('raise_'), 'raise')
  t.equal(snakeCase('addWidget'), 'add_widget')
  t.equal(snakeCase('x'), 'x')
  fc.assert(fc.property(fc.array(fc.stringMatching(/^[a-z]{1,6}$/), { minLength: 1, maxLength: 5 }), words =>
    snakeCase(camelCase(words.join('_'))) === words.join('_')))
})

t.test('the name of every option and method leads back to the wire, unless the definition says otherwise', async t => {
  for (const { class: name, options, methods } of definitions.values()) {
    const wires = [...Object.keys(options), ...Object.keys(methods).filter(wire => methods[wire]?.ts === undefined)]
    t.strictSame(wires.map(wire => snakeCase(camelCase(wire))), wires, name)
    const spelled = Object.entries(methods).map(([wire, { ts }]) => ts ?? camelCase(wire))
    t.equal(new Set(spelled).size, spelled.length, `${name}: no two methods have one name`)
  }
})
