import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { childrenOf } from '../../lib/session/tree.ts'
import type { Callback } from '../../lib/widgets/definition.ts'
import { Model, contentOf, definitionOf, ref, replayed } from './support.ts'

t.test('combo box: the first item of a list without a selection is selected', async t => {
  const model = new Model()
  const combo = model.create('ComboBox')
  model.call(combo, 'append_text', 'b')
  t.match(combo.state, { items: ['b'], text: 'b' })
  model.call(combo, 'append_text', 'c')
  model.call(combo, 'insert_alpha', 'a')
  t.match(combo.state, { items: ['a', 'b', 'c'], text: 'b' })
  t.equal(model.get(combo, 'get_index'), 1, 'the index follows the text')
  t.equal(model.get(combo, 'get_alpha', 2), 'c')
  t.equal(model.get(combo, 'get_alpha', 3), null)
  t.equal(model.get(combo, 'get_alpha', -1), null)
})

t.test('combo box: items are sorted as people sort them, wherever the server runs', async t => {
  const model = new Model()
  const combo = model.create('ComboBox')
  for (const text of ['zebra', 'Apfel', 'äpfel', 'apfel', 'Birne']) model.call(combo, 'insert_alpha', text)
  t.strictSame(combo.state.items, ['apfel', 'Apfel', 'äpfel', 'Birne', 'zebra'])
})

t.test('combo box: selecting by index sets the text, and ends the selection of first items', async t => {
  const model = new Model()
  const combo = model.create('ComboBox')
  model.call(combo, 'set_index', -1)
  model.call(combo, 'append_text', 'a')
  t.match(combo.state, { items: ['a'], text: '', auto: false })
  t.equal(model.get(combo, 'get_index'), -1)
  model.call(combo, 'append_text', 'b')
  model.call(combo, 'set_index', 1)
  t.equal(combo.state.text, 'b')
  t.throws(() => model.call(combo, 'set_index', 2), RangeError)
  t.throws(() => model.call(combo, 'set_index', -2), RangeError)
  t.match(combo.state, { items: ['a', 'b'], text: 'b' }, 'a refused call changes nothing')
  model.call(combo, 'clear')
  t.match(combo.state, { items: [], text: '', auto: true })
  model.call(combo, 'append_text', 'c')
  t.equal(combo.state.text, 'c', 'after clear() it starts anew')
})

t.test('combo box: removing an item leaves the text of the field', async t => {
  const model = new Model()
  const combo = model.create('ComboBox')
  for (const text of ['a', 'b', 'a']) model.call(combo, 'append_text', text)
  model.call(combo, 'delete_alpha', 'a')
  t.match(combo.state, { items: ['b', 'a'], text: 'a' }, 'only the first of equal ones goes')
  t.strictSame(model.call(combo, 'delete_alpha', 'x'), [], 'an unknown one changes nothing')
})

t.test('combo box: showing a text needs an item or an editable field', async t => {
  const model = new Model()
  const fixed = model.create('ComboBox')
  const editable = model.create('ComboBox', { editable: true })
  for (const combo of [fixed, editable]) {
    model.call(combo, 'append_text', 'a')
    model.call(combo, 'append_text', 'b')
    model.call(combo, 'show_text', 'x')
  }
  t.equal(fixed.state.text, 'a')
  t.equal(editable.state.text, 'x')
  model.call(fixed, 'show_text', 'b')
  t.equal(fixed.state.text, 'b')
})

t.test('combo box: a text that somebody entered becomes an item, whatever index was reported', async t => {
  const model = new Model()
  const combo = model.create('ComboBox', { editable: true })
  model.call(combo, 'append_text', 'a')
  model.callback(combo, 'activated', 1, 'new')
  t.match(combo.state, { items: ['a', 'new'], text: 'new' })
  model.callback(combo, 'activated', 5, 'a')
  t.match(combo.state, { items: ['a', 'new'], text: 'a' })
  model.callback(combo, 'modified', 'typing')
  t.match(combo.state, { items: ['a', 'new'], text: 'typing' })
})

t.test('combo box: what was cleared or typed is not overridden by the selection of the first item in a replay', async t => {
  const model = new Model()
  const emptied = model.create('ComboBox')
  model.call(emptied, 'append_text', 'a')
  model.call(emptied, 'set_text', '')
  const never = model.create('ComboBox')
  model.call(never, 'set_index', -1)
  model.call(never, 'append_text', 'a')
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('tabs: the first page is shown, and the shown page stays when others come and go', async t => {
  const model = new Model()
  const [tabs, [a, b, c]] = model.filled('TabWidget', 3)
  t.equal(tabs.state.index, 0)
  model.call(tabs, 'set_index', 1)
  model.call(tabs, 'remove', ref(a!))
  t.equal(tabs.state.index, 0, 'one before it goes')
  t.strictSame(model.get(tabs, 'index_to_widget', 0), ref(b!))
  model.call(tabs, 'remove', ref(c!))
  t.equal(tabs.state.index, 0, 'one after it goes')
  model.call(tabs, 'close_widget', ref(b!))
  t.equal(tabs.state.index, -1, 'the last one goes')
  model.call(tabs, 'add_widget', ref(c!))
  t.equal(tabs.state.index, 0)
})

t.test('tabs: when the shown page goes its place is taken by the next one, or by the last', async t => {
  const model = new Model()
  const [tabs, [a, b, c]] = model.filled('TabWidget', 3)
  model.call(tabs, 'set_index', 1)
  model.call(tabs, 'remove', ref(b!))
  t.strictSame(model.get(tabs, 'index_to_widget', tabs.state.index), ref(c!))
  model.call(tabs, 'remove', ref(c!))
  t.strictSame(model.get(tabs, 'index_to_widget', tabs.state.index), ref(a!))
})

t.test('tabs: pages are shown by widget or position; others are refused', async t => {
  const model = new Model()
  const [tabs, [a, , c]] = model.filled('TabWidget', 3)
  const stranger = model.create('Button')
  model.call(tabs, 'show_widget', ref(c!))
  t.equal(model.get(tabs, 'get_index'), 2)
  t.throws(() => model.call(tabs, 'set_index', 3), RangeError)
  t.throws(() => model.call(tabs, 'set_index', -1), RangeError)
  t.throws(() => model.call(tabs, 'show_widget', ref(stranger)), RangeError)
  t.equal(model.get(tabs, 'index_of', ref(a!)), 0)
  t.equal(model.get(tabs, 'index_of', ref(stranger)), -1)
  t.equal(model.get(tabs, 'index_to_widget', 7), null)
  model.callback(tabs, 'page-switch', ref(a!), 2)
  t.equal(tabs.state.index, 0, 'a report means the page, whatever its position was')
  t.throws(() => model.callback(tabs, 'page-switch', ref(stranger), 0), RangeError)
  t.strictSame(model.callback(tabs, 'page-close', ref(a!)), [], 'to ask is not to close')
})

t.test('tabs: pages are moved, and the page that is shown stays so', async t => {
  const model = new Model()
  const [tabs, [a, b, c, d]] = model.filled('TabWidget', 4)
  const order = (): unknown => childrenOf(tabs)
  model.call(tabs, 'set_index', 1)
  t.match(model.call(tabs, 'move_widget', ref(b!), 3), [{ key: 'order', before: [a!.wid, b!.wid, c!.wid, d!.wid] }], 'its position is no change that others are told of')
  t.strictSame(order(), [a, c, d, b].map(page => page!.wid))
  t.equal(tabs.state.index, 3)
  model.call(tabs, 'move_widget', ref(d!), 0)
  t.equal(tabs.state.index, 3, 'one before it moves about')
  model.call(tabs, 'move_widget', ref(d!), 99)
  t.equal(tabs.state.index, 2, 'one goes from before it to behind it')
  t.strictSame(order(), [a, c, b, d].map(page => page!.wid))
  t.strictSame(model.call(tabs, 'move_widget', ref(d!), 3), [], 'nothing')
  model.callback(tabs, 'page-move', ref(d!), 0)
  t.equal(tabs.state.index, 3)
  t.throws(() => model.call(tabs, 'move_widget', ref(model.create('Button')), 0), RangeError)
  t.throws(() => model.callback(tabs, 'page-move', ref(model.create('Button')), 0), RangeError)
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('tabs: others are told of a move as one, and of an order from nothing page by page', async t => {
  const { state, container } = definitionOf('TabWidget')
  t.equal(container?.order, 'order')
  const calls = (before: unknown, children: number[]): unknown => state.order?.calls?.(null, before, { given: {}, children })
  const move = (wid: number, index: number): unknown => ['move_widget', ref(wid), index]
  t.strictSame(calls([1, 2, 3, 4], [2, 3, 1, 4]), [move(1, 2)])
  t.strictSame(calls([1, 2, 3, 4], [1, 4, 2, 3]), [move(4, 1)])
  t.strictSame(calls([1, 2], [1, 2]), [])
  t.strictSame(calls(undefined, [2, 1]), [move(2, 0), move(1, 1)])
})

t.test('tabs: any order leads to any other', async () => {
  fc.assert(fc.property(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 }), fc.option(fc.shuffledSubarray([1, 2, 3, 4, 5], { minLength: 5 })), (after, before) => {
    const now = [...before ?? [5, 4, 3, 2, 1]]
    for (const [, page, index] of definitionOf('TabWidget').state.order?.calls?.(null, before ?? undefined, { given: {}, children: after }) ?? []) {
      const wid = (page as { __wid__: number }).__wid__
      now.splice(index as number, 0, ...now.splice(now.indexOf(wid), 1))
    }
    deepStrictEqual(now, after)
  }))
})

t.test('tabs: a title can be changed, and is what a new browser is told', async t => {
  const model = new Model()
  const tabs = model.create('TabWidget')
  const [page, other] = [model.create('Button'), model.create('Button')]
  model.call(tabs, 'add_widget', ref(page), { title: 'One' })
  model.call(tabs, 'add_widget', ref(other))
  t.equal(model.get(tabs, 'get_tab_title', ref(page)), 'One')
  model.call(tabs, 'set_tab_title', ref(page), 'Two')
  model.call(tabs, 'set_tab_title', ref(other), 'Three')
  t.match(tabs.entries, [{ args: [ref(page), { title: 'Two' }] }, { args: [ref(other), { title: 'Three' }] }])
  t.equal(model.get(tabs, 'get_tab_title', ref(other)), 'Three')
  t.equal(model.get(tabs, 'get_tab_title', ref(model.create('Button'))), null)
  t.throws(() => model.call(tabs, 'set_tab_title', ref(model.create('Button')), 'x'), RangeError)
})

t.test('splitter: a pane that comes between others gets their average, one at the end what was meant for it', async t => {
  const model = new Model()
  const splitter = model.create('Splitter')
  const panes = Array.from({ length: 5 }, () => model.create('Button'))
  model.call(splitter, 'set_sizes', [10, 20, 60])
  for (const pane of panes.slice(0, 2)) model.call(splitter, 'add_widget', ref(pane))
  t.strictSame(splitter.state.sizes, [10, 20, 60], 'the third is still to come')
  model.call(splitter, 'insert_widget', 1, ref(panes[2]!))
  t.strictSame(splitter.state.sizes, [10, 15, 20, 60])
  model.call(splitter, 'insert_widget', 9, ref(panes[3]!))
  t.strictSame(splitter.state.sizes, [10, 15, 20, 60])
  model.call(splitter, 'set_sizes', [1])
  t.strictSame(splitter.state.sizes, [1, 15, 20, 60], 'those beyond the list keep theirs')
  model.call(splitter, 'remove', ref(panes[2]!))
  t.strictSame(splitter.state.sizes, [1, 20, 60])
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('expander: closed at first, unless it cannot be closed; then nothing closes it', async t => {
  const model = new Model()
  const [expander, fixed] = [model.create('Expander', { title: 'T' }), model.create('Expander', { collapsible: false })]
  t.equal(model.get(expander, 'get_collapsed'), true)
  model.call(expander, 'toggleContent')
  t.equal(model.get(expander, 'get_collapsed'), false)
  model.callback(expander, 'toggled', true)
  t.equal(model.get(expander, 'get_collapsed'), true)
  t.equal(model.get(fixed, 'get_collapsed'), false)
  t.strictSame(model.call(fixed, 'set_collapsed', false), [])
  for (const close of [() => model.call(fixed, 'set_collapsed', true), () => model.call(fixed, 'toggleContent'), () => model.callback(fixed, 'toggled', true)]) {
    t.throws(close, { message: /cannot be collapsed/ })
  }
  t.equal(model.get(fixed, 'get_collapsed'), false)
})

t.test('tabs: a highlight goes with its page', async t => {
  const model = new Model()
  const [tabs, [a, b]] = model.filled('TabWidget', 2)
  model.call(tabs, 'highlight_tab', ref(a!), 'red')
  model.call(tabs, 'highlight_tab', ref(b!), 'blue')
  t.strictSame(tabs.state.highlights, { [a!.wid]: 'red', [b!.wid]: 'blue' })
  model.call(tabs, 'highlight_tab', ref(b!), null)
  model.call(tabs, 'remove', ref(a!))
  t.strictSame(tabs.state.highlights, {})
})

for (const [name, method, key, value] of [['TabWidget', 'highlight_tab', 'highlights', 'red'], ['Splitter', 'set_minimum_size', 'minimums', 30]] as const) {
  t.test(`${name}: ${method} of a widget that is not in it is refused`, async t => {
    const model = new Model()
    const [parent] = model.filled(name, 1)
    const stranger = model.create('Button')
    t.throws(() => model.call(parent, method, ref(stranger), value), RangeError)
    model.tree.destroy(stranger)
    t.strictSame(parent.state[key], {})
    t.doesNotThrow(() => replayed(model.tree))
  })
}

t.test('splitter: a pane takes its size and its minimum with it', async t => {
  const model = new Model()
  const [splitter, [a, b, c]] = model.filled('Splitter', 3)
  t.strictSame(model.get(splitter, 'get_sizes'), [])
  model.call(splitter, 'set_sizes', [1, 2, 3])
  model.call(splitter, 'set_minimum_size', ref(b!), 40)
  model.call(splitter, 'set_minimum_size', ref(c!), 0)
  model.call(splitter, 'remove', ref(b!))
  t.match(splitter.state, { sizes: [1, 3], minimums: { [c!.wid]: 0 } })
  t.notOk(Object.hasOwn(splitter.state.minimums as object, b!.wid))
  model.callback(splitter, 'sizing', [100.5, 200])
  t.strictSame(model.get(splitter, 'get_sizes'), [100.5, 200])
  model.call(splitter, 'remove_all')
  t.match(splitter.state, { sizes: [], minimums: {} })
  t.equal(a!.parent, null)
})

t.test('slider: the value stays between the limits and on the grid', async t => {
  const model = new Model()
  const slider = model.create('Slider')
  model.call(slider, 'set_value', 33.4)
  t.equal(slider.state.value, 33)
  model.call(slider, 'set_limits', 0, 20)
  t.match(slider.state, { value: 20, limits: [0, 20, 1] }, 'the step is kept')
  model.call(slider, 'set_limits', 0, 20, 8)
  t.match(slider.state, { value: 16, limits: [0, 20, 8] })
  model.call(slider, 'set_value', -5)
  t.equal(slider.state.value, 0)
  model.callback(slider, 'activated', 1000)
  t.equal(slider.state.value, 16, 'a browser is not believed either')
  t.equal(slider.definition.callbacks.activated?.corrected?.({ value: 16 }, [1000]), true)
  t.equal(slider.definition.callbacks.activated?.corrected?.({ value: 16 }, [16]), false)
})

t.test('slider: limits set later are restored, and before the value', async t => {
  const model = new Model()
  const slider = model.create('Slider')
  model.call(slider, 'set_limits', 0, 1000, 5)
  model.call(slider, 'set_value', 725)
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('progress bar: the value is brought between 0 and 1', async t => {
  const model = new Model()
  const bar = model.create('ProgressBar')
  for (const [given, stored] of [[0.5, 0.5], [2, 1], [-1, 0]] as const) {
    model.call(bar, 'set_value', given)
    t.equal(bar.state.value, stored)
  }
})

t.test('top level: a size that a page reports for what a person did is taken as it is', async t => {
  const model = new Model()
  const top = model.create('TopLevel', { resizable: true })
  t.strictSame(model.get(top, 'get_size'), [0, 0])
  model.callback(top, 'resize', { width: 400, height: 300 })
  t.strictSame(top.state.size, [400, 300])
  model.callback(top, 'resize', { width: 403, height: 300 })
  t.strictSame(top.state.size, [403, 300])
  model.callback(top, 'window-state', 'maximized')
  model.callback(top, 'resize', { width: 500, height: 400 })
  t.strictSame(model.get(top, 'get_size'), [500, 400], 'also where the window was maximised while the report was under way')
})

t.test('top level: a size that may be the layout\'s is taken beyond rounding, and only where a size was set', async t => {
  const model = new Model()
  const top = model.create('TopLevel', { resizable: true })
  const resize = top.definition.callbacks.resize as Callback
  const report = (width: number, height: number): void => { model.tree.callback(top, resize, [{ width, height }], true) }
  report(1280, 800)
  t.strictSame(model.get(top, 'get_size'), [0, 0], 'a hidden window has no box')
  model.call(top, 'show')
  report(1280, 800)
  t.equal(top.state.size, null, 'a window without a size follows its page')
  t.strictSame(model.get(top, 'get_size'), [1280, 800], 'but the getter tells what was seen')
  model.call(top, 'resize', 400, 300)
  report(402, 298)
  t.strictSame(top.state.size, [400, 300], 'two pixels are rounding')
  report(403, 300)
  t.strictSame(top.state.size, [403, 300])
  for (const state of ['maximized', 'minimized', 'shaded']) {
    model.callback(top, 'window-state', state)
    report(1280, 800)
    t.strictSame(model.get(top, 'get_size'), [403, 300], `nothing is taken from a window that is ${state}`)
  }
})

t.test('top level: geometry is tracked only where people can change it', async t => {
  const model = new Model()
  const { definition: { callbacks }, given } = model.create('TopLevel', { moveable: false, resizable: false })
  t.equal(callbacks.move?.when?.(given), false)
  t.equal(callbacks.resize?.when?.(given), false)
  const other = model.create('TopLevel')
  t.equal(callbacks.move?.when?.(other.given), true)
  t.equal(callbacks.resize?.when?.(other.given), true)
})

t.test('top level: moving, closing, and the states of the window', async t => {
  const model = new Model()
  const top = model.create('TopLevel')
  t.equal(model.get(top, 'get_position'), null)
  model.callback(top, 'move', 10, 20)
  t.strictSame(model.get(top, 'get_position'), [10, 20])
  model.call(top, 'show')
  model.callback(top, 'close')
  t.equal(model.get(top, 'is_visible'), false)
  model.call(top, 'toggle_maximize')
  t.equal(model.get(top, 'get_window_state'), 'maximized')
  model.call(top, 'toggle_shade')
  t.equal(model.get(top, 'get_window_state'), 'shaded')
  model.call(top, 'toggle_shade')
  t.equal(model.get(top, 'get_window_state'), 'normal')
  model.callback(top, 'window-state', 'minimized')
  t.equal(top.state.window_state, 'minimized')
})

t.test('a widget tells the size that was set, else the one that a browser measured', async t => {
  const model = new Model()
  const button = model.create('Button')
  model.callback(button, 'resize', { width: 80.5, height: 20 })
  t.strictSame(model.get(button, 'get_size'), [80.5, 20])
  model.call(button, 'resize', 100, 30)
  model.callback(button, 'resize', { width: 90, height: 30 })
  t.strictSame(model.get(button, 'get_size'), [100, 30])
})

t.test('check box, text field, menu action: what people do is stored', async t => {
  const model = new Model()
  const box = model.create('CheckBox', 'Tick')
  model.callback(box, 'activated', true)
  t.equal(model.get(box, 'get_state'), true)
  const entry = model.create('TextEntry', 'a')
  model.callback(entry, 'modified', 'ab')
  model.callback(entry, 'activated', 'abc')
  t.equal(model.get(entry, 'get_text'), 'abc')
  model.call(entry, 'clear')
  t.equal(model.get(entry, 'get_text'), '')
  const action = model.create('MenuAction', { text: 'A', checkable: true })
  model.callback(action, 'activated', true)
  t.equal(model.get(action, 'get_checked'), true)
  t.equal(model.get(action, 'get_state'), true)
  model.callback(action, 'activated')
  t.equal(model.get(action, 'get_checked'), true, 'an action without an argument changes nothing')
})

t.test('image: the last of URL and bytes wins', async t => {
  const model = new Model()
  const image = model.create('Image', { url: 'a.png' })
  const bytes = new Uint8Array([1, 2, 3])
  model.call(image, 'set_binary_image', bytes)
  t.match(image.state, { image: null, binary_image: { args: ['jpeg'], bytes } })
  model.call(image, 'set_image', 'b.png')
  t.match(image.state, { image: 'b.png', binary_image: null })
  model.call(image, 'set_binary_image', bytes, 'png')
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('menus: the menu attached last under a name is found', async t => {
  const model = new Model()
  const bar = model.create('MenuBar')
  const [a, b] = [model.create('Menu'), model.create('Menu')]
  model.call(bar, 'add_menu', ref(a), 'File')
  model.call(bar, 'add_menu', ref(b), 'File')
  t.strictSame(model.get(bar, 'get_menu', 'File'), ref(b))
  model.call(bar, 'remove', ref(b))
  t.strictSame(model.get(bar, 'get_menu', 'File'), ref(a))
  t.equal(model.get(bar, 'get_menu', 'Edit'), null)
  const sub = model.create('Menu')
  model.call(a, 'add_separator')
  model.call(a, 'add_menu', 'More', ref(sub))
  t.strictSame(model.get(a, 'get_menu', 'More'), ref(sub))
  t.equal(model.get(a, 'num_children'), 1, 'a rule is no child')
})

t.test('menus and tool bars: factories are composed of messages that every browser knows', async t => {
  const model = new Model()
  const compose = (name: string, method: string, ...args: unknown[]): unknown => {
    const composition = model.create(name).definition.methods[method]?.compose?.(args)
    return composition && [composition.class, composition.args, composition.attach.filter(arg => typeof arg !== 'symbol')]
  }
  t.strictSame(compose('MenuBar', 'add_name', 'File'), ['Menu', [], ['add_menu', 'File']])
  t.strictSame(compose('Menu', 'add_name', 'Open'), ['MenuAction', [{ text: 'Open' }], ['add_widget']])
  t.strictSame(compose('Menu', 'add_name', 'Bold', true), ['MenuAction', [{ text: 'Bold', checkable: true }], ['add_widget']])
  t.strictSame(compose('Menu', 'add_menu', 'More'), ['Menu', [], ['add_menu', 'More']])
  t.equal(compose('Menu', 'add_menu', 'More', { __wid__: 7 }), null, 'an existing menu is only attached')
  t.strictSame(compose('ToolBar', 'add_action', 'Save'), ['ToolBarAction', [{ text: 'Save' }], ['add_widget']])
  t.strictSame(compose('ToolBar', 'add_action', { icon_url: 'u' }), ['ToolBarAction', [{ icon_url: 'u' }], ['add_widget']])
  t.strictSame(compose('ToolBar', 'add_action'), ['ToolBarAction', [{}], ['add_widget']])
})
