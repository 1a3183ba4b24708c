import fc from 'fast-check'
import t from 'tap'
import { confine, limitsOf, snap, stepped, textOf } from '../../lib/widgets/numeric.ts'
import type { Limits } from '../../lib/widgets/numeric.ts'

const steps = fc.constantFrom(0, 0.01, 0.1, 0.25, 0.5, 1, 2, 3, 7, 1e-6)
const numbers = fc.integer({ min: -100_000, max: 100_000 }).map(n => n / 100)
const limits = fc.tuple(numbers, numbers, steps).map(([a, b, step]): Limits => [Math.min(a, b), Math.max(a, b), step])
const wide = limits.filter(([min, max]) => max - min >= 1)

t.test('among whole numbers there are no others, whatever limits and step are', async () => {
  fc.assert(fc.property(numbers, wide, (value, range) => {
    const whole = limitsOf(range, 'int')
    const found = [snap(value, whole), confine(value, range, 'int'), stepped(confine(value, range, 'int'), 3, whole)]
    return found.every(number => Number.isInteger(number) && number >= range[0] && number <= range[1])
  }))
})

t.test('a step leads to the next number of the grid, and back again', async () => {
  fc.assert(fc.property(numbers, wide.filter(([,, step]) => step >= 0.01), fc.integer({ min: 1, max: 10 }), (value, range, count) => {
    const from = confine(value, range, 'float')
    const to = stepped(from, count, range)
    const [min, max, step] = range
    const onGrid = to === max || Math.abs((to - min) / step - Math.round((to - min) / step)) < 1e-6
    return onGrid && to >= from && to - from <= count * step + 1e-9 && stepped(max, 1, range) === max && stepped(min, -1, range) === min
  }))
})

t.test('steps and forms of numbers', async t => {
  t.equal(stepped(0.2, 1, [0, 1, 0.1]), 0.3)
  t.equal(stepped(0.29, 1, [0, 1, 0.1]), 0.3, 'from beside the grid to the next number on it')
  t.equal(stepped(0.29, -1, [0, 1, 0.1]), 0.2)
  t.equal(stepped(4, 1, [1, 9, 2]), 5, 'the grid starts at the smallest value')
  t.equal(stepped(98, 1, [0, 99, 2]), 99, 'the largest value can be reached')
  t.equal(stepped(99, -1, [0, 99, 2]), 98)
  t.equal(stepped(50, 1, [0, 100, 0]), 51, 'without a step, a hundredth of the range')
  t.strictSame(limitsOf([0.5, 9.5, 2.5], 'int'), [1, 9, 3])
  t.strictSame(limitsOf([0, 9, 0.5], 'int'), [0, 9, 1])
  t.ok(Object.is(confine(-0.3, [-5, 5, 1], 'int'), 0))
  t.equal(textOf(3, 0.25, null), '3.00')
  t.equal(textOf(3.14159, 1, 3), '3.142')
  t.equal(textOf(3.14159, 0, null), '3.14159')
  t.equal(textOf(0.000001, 1e-6, null), '0.000001')
})
