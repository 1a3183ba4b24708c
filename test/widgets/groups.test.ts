import t from 'tap'
import type { WidgetRef } from '../../lib/protocol/values.ts'
import type { Node } from '../../lib/session/tree.ts'
import { Model, contentOf, ref, replayed } from './support.ts'

/** Every class of which at most one of a group is on; how one that is alone is made. */
const classes: ReadonlyArray<readonly [className: string, alone: (text: string) => unknown[], joining: (text: string, group: WidgetRef) => unknown[]]> = [
  ['ToolBarAction', text => [{ text, toggle: true }], (text, group) => [{ text, group }]],
  ['ToggleButton', text => [text], (text, group) => [text, { group }]],
  ['RadioButton', text => [text], (text, group) => [text, { group }]]
]

type Make = (model: Model, ...joins: Array<number | null>) => Node[]

/** Makes widgets of a class, each in the group of the one at the given position. */
const maker = ([className, alone, joining]: typeof classes[number]): Make => (model, ...joins) => {
  const all: Node[] = []
  for (const join of joins) all.push(model.create(className, ...join === null ? alone(`${all.length}`) : joining(`${all.length}`, ref(all[join]!))))
  return all
}

const actions = maker(classes[0]!)
const down = (nodes: readonly Node[]): number[] => nodes.flatMap((node, i) => node.state.state === true ? [i] : [])

for (const kind of classes) {
  const [name] = kind
  const make = maker(kind)

  t.test(`${name}: pressing one of a group releases the others`, async t => {
    const model = new Model()
    const all = make(model, null, 0, 0, null)
    model.call(all[3]!, 'set_state', true)
    model.call(all[0]!, 'set_state', true)
    t.strictSame(down(all), [0, 3], 'one outside the group is left alone')
    const changes = model.callback(all[2]!, 'activated', true)
    t.strictSame(down(all), [2, 3])
    t.strictSame(changes.map(({ node, before }) => [all.indexOf(node), before]), [[2, false], [0, true]], 'both are reported as changed')
    model.callback(all[2]!, 'activated', false)
    t.strictSame(down(all), [3], 'all of a group may be up')
    t.strictSame([...model.tree.groupMates(all[1]!)].map(node => all.indexOf(node)), [0, 2])
  })

  t.test(`${name}: any member stands for its group`, async t => {
    const model = new Model()
    const all = make(model, null, 0, 1, 2)
    model.call(all[3]!, 'set_state', true)
    model.call(all[0]!, 'set_state', true)
    t.strictSame(down(all), [0])
  })

  for (const [title, joins, ended] of [
    ['the head', [null, 0, 0, 0], 0],
    ['the head, of members that joined through each other', [null, 0, 1, 2], 0],
    ['a member that another joined through', [null, 0, 1, 0], 1],
    ['a member that nobody joined through', [null, 0, 0, 0], 3]
  ] as const) {
    t.test(`${name}: the rest of a group stays one when ${title} is destroyed, live and in a replay`, async t => {
      const model = new Model()
      const all = make(model, ...joins)
      model.call(all[ended]!, 'set_state', true)
      model.tree.destroy(all[ended]!)
      const rest = all.filter((_, i) => i !== ended)
      for (const node of rest) {
        model.call(node, 'set_state', true)
        t.strictSame(down(rest), [rest.indexOf(node)], `${node.given.text as string} alone is down`)
      }
      const browser = replayed(model.tree)
      t.strictSame(contentOf(browser), contentOf(model.tree))
      const copies = rest.map(({ wid }) => browser.nodes.get(wid)!)
      if (name === 'ToolBarAction') t.ok(copies.every(({ given }) => given.toggle === true || given.group !== null), 'all still latch')
      for (const copy of copies) {
        browser.call(copy, 'set_state', copy.definition.methods.set_state!, [true])
        t.strictSame(down(copies), [copies.indexOf(copy)], `${copy.given.text as string} alone is down in the replay`)
      }
    })
  }
}

t.test('the last of a group is an ordinary latching action', async t => {
  const model = new Model()
  const [head, member] = actions(model, null, 0) as [Node, Node]
  model.tree.destroy(head)
  t.equal(member.given.group, null)
  t.equal(member.given.toggle, true)
  t.equal(member.definition.callbacks.activated?.when?.(member.given), true)
})

t.test('what was destroyed is named nowhere any more', async t => {
  const model = new Model()
  const menu = model.create('Menu')
  const label = model.create('Label', 'a', { menu: ref(menu) })
  const action = model.create('ToolBarAction', { text: 'b' })
  model.call(action, 'set_menu', ref(menu))
  model.tree.destroy(menu)
  t.equal(label.state.menu, null)
  t.equal(action.state.menu, null)
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('a container takes all below it along', async t => {
  const model = new Model()
  const [box, [a, b]] = model.filled('VBox', 2)
  const [inner, [c]] = model.filled('HBox', 1)
  model.call(box, 'add_widget', ref(inner))
  t.strictSame(model.tree.destroy(box).map(({ wid }) => wid), [a, b, c, inner, box].map(node => node!.wid), 'the innermost first')
  t.equal(model.tree.nodes.size, 0)
})

t.test('children keep their order, whatever is inserted, moved, or taken out', async t => {
  const model = new Model()
  const [box, [a, b, c]] = model.filled('VBox', 3)
  const order = (): unknown => model.get(box, 'get_children')
  const extra = model.create('Label')
  model.call(box, 'insert_widget', 1, ref(extra), 1)
  t.strictSame(order(), [a, extra, b, c].map(node => ref(node!)))
  model.call(box, 'add_widget', ref(a!), 3)
  t.strictSame(order(), [a, extra, b, c].map(node => ref(node!)), 'a box changes the stretch of a child that is there')
  model.call(box, 'insert_widget', 99, ref(a!))
  t.strictSame(order(), [extra, b, c, a].map(node => ref(node!)))
  const other = model.create('HBox')
  model.call(other, 'add_widget', ref(b!))
  t.strictSame(order(), [extra, c, a].map(node => ref(node!)), 'a child is in one place only')
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('a place for one holds one', async t => {
  const model = new Model()
  for (const name of ['TopLevel', 'Page', 'Frame']) {
    const [parent, [first, second]] = model.filled(name, 2)
    t.strictSame(model.get(parent, 'get_children'), [ref(second!)])
    t.equal(first!.parent, null)
  }
})
