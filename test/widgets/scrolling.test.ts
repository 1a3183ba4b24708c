import fc from 'fast-check'
import t from 'tap'
import { newestLines } from '../../lib/widgets/lines.ts'
import { Model, contentOf, ref, replayed } from './support.ts'

t.test('the newest lines are those that splitting would leave', async t => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', '\n'), maxLength: 12 }), fc.integer({ min: -1, max: 6 }), (text, limit) => {
    const wanted = limit <= 0 ? text : text.split('\n').slice(-limit).join('\n')
    return newestLines(text, limit) === wanted
  }))
  t.equal(newestLines('a\nb', null), 'a\nb')
})

t.test('text area: text is kept as a field of the platform holds it, within the limit', async t => {
  const model = new Model()
  const area = model.create('TextArea', 'a\r\nb\rc')
  t.equal(model.get(area, 'get_text'), 'a\nb\nc')
  model.call(area, 'set_limit', 2)
  t.equal(model.get(area, 'get_text'), 'b\nc', 'a limit counts at once')
  model.call(area, 'append_text', '\r\nd')
  t.equal(model.get(area, 'get_text'), 'c\nd')
  model.callback(area, 'modified', '1\n2\n3')
  t.equal(model.get(area, 'get_text'), '1\n2\n3', 'whoever types is not cut short')
  model.call(area, 'append_text', '')
  t.equal(model.get(area, 'get_text'), '2\n3')
  model.call(area, 'clear')
  t.equal(model.get(area, 'get_text'), '')
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('text area: a replay leads to the same text, whatever limit cut it', async t => {
  fc.assert(fc.property(fc.array(fc.oneof(
    fc.tuple(fc.constantFrom('set_text', 'append_text'), fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r'), maxLength: 8 })),
    fc.tuple(fc.constant('set_limit'), fc.integer({ min: 0, max: 4 }))
  ), { maxLength: 8 }), calls => {
    const model = new Model()
    const area = model.create('TextArea', 'x\ny\nz')
    for (const [method, arg] of calls) model.call(area, method, arg)
    t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
  }))
})

t.test('places and thumbs are brought within their bounds', async t => {
  const model = new Model()
  const bar = model.create('ScrollBar')
  t.equal(model.get(bar, 'get_thumb_percent'), 0.2)
  model.call(bar, 'set_thumb_percent', 0)
  model.call(bar, 'set_scroll_percent', 3)
  t.match(bar.state, { thumb_percent: 0.01, scroll_percent: 1 })
  const area = model.create('AbstractScrollArea')
  t.strictSame(model.get(area, 'get_thumb_percent'), [0.2, 0.2])
  model.call(area, 'set_thumb_percent', -1, 9)
  model.call(area, 'set_scroll_percent', -1, 9)
  t.match(area.state, { thumb_percent: [0.01, 1], scroll_percent: [0, 1] })
  model.callback(area, 'scrolled', 1.0000001, 0.5)
  t.strictSame(model.get(area, 'get_scroll_percent'), [1, 0.5])
})

t.test('scroll area: both ways of saying where it is are one', async t => {
  const model = new Model()
  const area = model.create('ScrollArea', { hscrollbar: 'always', vscrollbar: 'overflow' })
  t.strictSame(area.state.scroll_bar_visibility, ['on', 'auto'], 'in the words of reference servers too')
  model.call(area, 'set_widget', ref(model.create('Label', 'x')))
  model.call(area, 'set_scroll_percent', 0.25, 0.5)
  t.strictSame(model.get(area, 'get_scroll_position'), [0.25, 0.5])
  model.callback(area, 'scrolled', 0, 1)
  t.strictSame(model.get(area, 'get_scroll_percent'), [0, 1])
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})

t.test('text and HTML: the ends are places too, and the other direction stays', async t => {
  const model = new Model()
  const [text, html] = [model.create('TextArea'), model.create('HtmlView')]
  for (const node of [text, html]) model.call(node, 'set_scroll_position', 0.5, 0.5)
  model.call(text, 'scroll_to_end')
  model.call(html, 'scroll_to_bottom')
  t.strictSame([text.state.scroll_position, html.state.scroll_position], [[0.5, 1], [0.5, 1]])
  model.call(html, 'scroll_to_top')
  t.strictSame(html.state.scroll_position, [0.5, 0])
})
