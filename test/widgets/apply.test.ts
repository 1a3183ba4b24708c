import t from 'tap'
import { callsFor, changedState, givenOf, initialState, isDurable, padded, patchOf, touchedBy } from '../../lib/widgets/apply.ts'
import type { Method } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { definitionOf } from './support.ts'

const nothing = { given: {}, children: [] }

t.test('arguments of a constructor are named, positional ones before options, gaps filled by defaults', async t => {
  t.match(givenOf(definitionOf('Label'), []), { text: null, halign: 'left', interactive: false, menu: null })
  t.match(givenOf(definitionOf('Label'), ['a']), { text: 'a', halign: 'left' })
  t.match(givenOf(definitionOf('Label'), ['a', { halign: 'right' }]), { text: 'a', halign: 'right', interactive: false })
  t.match(givenOf(definitionOf('Label'), [null, { halign: 'right' }]), { text: null, halign: 'right' })
  t.match(givenOf(definitionOf('Slider'), [{ min: 5, decimals: null }]), { min: 5, max: 100, decimals: null })
  t.match(givenOf(definitionOf('Slider'), [null]), { min: 0 })
})

t.test('options are the widget\'s own properties alone', async t => {
  t.equal(givenOf(definitionOf('TopLevel'), [JSON.parse('{"__proto__": {"title": "x"}}')]).title, null)
})

t.test('a fresh widget has the state that its arguments say', async t => {
  const fresh = (name: string, ...args: unknown[]): unknown => initialState(definitionOf(name), givenOf(definitionOf(name), args))
  t.match(fresh('Button', 'Go'), { text: 'Go', visible: true, enabled: true })
  t.match(fresh('Button', null), { text: '' })
  t.match(fresh('TopLevel', { title: 'T' }), { title: 'T', window_state: 'normal', visible: false, position: null })
  t.match(fresh('Page'), { visible: false })
  t.match(fresh('Slider', { value: 500 }), { value: 100, limits: [0, 100, 1] })
  t.match(fresh('Slider', { dtype: 'float', min: 1, max: 2, step: 0.1, value: 1.24 }), { value: 1.2, limits: [1, 2, 0.1] })
  t.match(fresh('TextEntry', 'abc'), { text: 'abc', length: null })
  t.match(fresh('MenuAction', { name: 'n' }), { text: 'n', icon: [null, null] })
  t.match(fresh('MenuAction', { name: 'n', text: 't', icon_url: 'u' }), { text: 't', icon: ['u', null] })
  t.match(fresh('Image', { url: 'u' }), { image: 'u', binary_image: null })
})

t.test('arguments that are left out are replaced by their defaults, null is kept', async t => {
  const { params } = definitionOf('Widget').methods.set_font as Method
  t.strictSame(padded(params, ['serif']), ['serif', null, null, null])
  t.strictSame(padded(params, ['serif', undefined, 'bold']), ['serif', null, 'bold', null])
  t.strictSame(padded((definitionOf('Box').methods.set_spacing as Method).params, []), [0])
})

t.test('a setter stores one argument bare and several as a list', async t => {
  const { methods } = definitionOf('TopLevel')
  t.strictSame(patchOf(methods.set_title as Method, {}, ['T'], nothing), { title: 'T' })
  t.strictSame(patchOf(methods.set_position as Method, {}, [1, 2], nothing), { position: [1, 2] })
  t.strictSame(patchOf(methods.raise_ as Method, {}, [], nothing), {})
})

t.test('nulls leave parts of a compound value as they were', async t => {
  const { methods, state } = definitionOf('Button')
  t.strictSame(patchOf(methods.set_font as Method, { font: ['serif', 12, null, null] }, [null, 14], nothing), { font: ['serif', 14, null, null] })
  t.strictSame(patchOf(methods.resize as Method, { size: null }, [100, null], nothing), { size: [100, null] })
  t.strictSame(patchOf(methods.set_color as Method, { color: ['red', 'blue'] }, ['', null], nothing), { color: ['', 'blue'] })
  t.strictSame(patchOf(methods.set_hover as Method, { hover: ['red', 'blue'] }, [null, null], nothing), { hover: [null, null] }, 'hover takes nulls as given')
  t.strictSame(state.color?.initial, [null, null])
})

t.test('cursors are added beside the others', async t => {
  const { methods } = definitionOf('Widget')
  t.strictSame(patchOf(methods.add_cursor as Method, { cursors: { a: ['a.png', 0, 0, null] } }, ['b', 'b.png', 1, 2], nothing), {
    cursors: { a: ['a.png', 0, 0, null], b: ['b.png', 1, 2, null] }
  })
})

t.test('a method that changes the state lists all keys that it may change', async t => {
  t.strictSame(touchedBy(definitionOf('Slider'), definitionOf('Slider').methods.set_limits as Method), ['limits', 'value'])
  t.strictSame(touchedBy(definitionOf('Button'), definitionOf('Button').methods.set_text as Method), ['text'])
  t.strictSame([...touchedBy(definitionOf('TabWidget'), definitionOf('TabWidget').methods.add_widget as Method)].sort(), ['highlights', 'index', 'order'])
  t.strictSame(touchedBy(definitionOf('Widget'), definitionOf('Widget').methods.set_focus as Method), [])
  const undeclared: string[] = []
  for (const definition of definitions.values()) {
    const members = [...Object.entries(definition.methods).map(([name, method]) => [name, touchedBy(definition, method)] as const),
      ...Object.entries(definition.callbacks).map(([action, { touches = [] }]) => [action, touches] as const)]
    for (const [name, keys] of members) {
      for (const key of keys) if (definition.state[key] === undefined) undeclared.push(`${definition.class}.${name}: ${key}`)
    }
  }
  t.strictSame(undeclared, [])
})

/** What reducers and calls know of a widget without children. */
const NOWHERE = { given: {}, children: [] }

t.test('a setter, or calls of its own, lead a browser to the value of a state key', async t => {
  t.strictSame(callsFor(definitionOf('Button'), 'text', 'a', '', NOWHERE), [['set_text', 'a']])
  t.strictSame(callsFor(definitionOf('Button'), 'icon', ['u', null], undefined, NOWHERE), [['set_icon', 'u', null]])
  t.strictSame(callsFor(definitionOf('Button'), 'size', [1, 2], null, NOWHERE), [['resize', 1, 2]])
  t.strictSame(callsFor(definitionOf('Button'), 'observed_size', [1, 2], null, NOWHERE), [])
  t.strictSame(callsFor(definitionOf('Button'), 'visible', false, true, NOWHERE), [['hide']])
  t.strictSame(callsFor(definitionOf('TopLevel'), 'position', null, undefined, NOWHERE), [])
})

t.test('a state key can be restored though it is not known what a browser shows', async t => {
  const failing: string[] = []
  for (const definition of definitions.values()) {
    for (const [key, initial] of Object.entries(initialState(definition, givenOf(definition, [])))) {
      const isMap = typeof initial === 'object' && initial !== null && !Array.isArray(initial)
      try {
        callsFor(definition, key, isMap ? { 7: ['x'] } : initial, undefined, NOWHERE)
      } catch (error) {
        failing.push(`${definition.class}, ${key}: ${String(error)}`)
      }
    }
  }
  t.strictSame(failing, [])
})

t.test('all that methods and callbacks change is restored by a replay, but for what browsers measure', async t => {
  const lost = [...definitions.values()].flatMap(definition => {
    const changed = new Set([
      ...Object.values(definition.methods).flatMap(method => touchedBy(definition, method)),
      ...Object.values(definition.callbacks).flatMap(({ touches = [] }) => touches)
    ])
    return [...changed].filter(key => key !== 'observed_size' && !isDurable(definition, key)).map(key => `${definition.class}, ${key}`)
  })
  t.strictSame(lost, [])
  t.notOk(isDurable(definitionOf('Button'), 'observed_size'))
})

t.test('the changed state is what a fresh widget of these arguments would not have', async t => {
  const definition = definitionOf('Slider')
  const given = givenOf(definition, [{ value: 20 }])
  const state = initialState(definition, given)
  t.strictSame(changedState(definition, given, state), {})
  t.strictSame(changedState(definition, given, { ...state, value: 50, observed_size: [1, 1] }), { value: 50 })
  t.strictSame(changedState(definition, given, { ...state, font: [null, null, null, null] }), {}, 'equal values are no change')
})
