import t from 'tap'
import type { WebSocket } from '@fastify/websocket'
import { treeOf } from '../../lib/testing/index.ts'
import type { DialectName, TestBrowser } from '../../lib/testing/index.ts'
import { callbacks, inWindow, show, thrown } from './support.ts'

type Frame = Readonly<Record<string, unknown>>

/** A browser, and a server that says what a test tells it to. */
async function scripted (t: Parameters<typeof show>[0], dialect: DialectName): Promise<{ browser: TestBrowser, say (frame: unknown): void, answers (): Frame[][], taken (count: number): Promise<void> }> {
  const { app, browser } = await show(t, () => {}, {}, { dialect })
  const [socket] = app.websocketServer.clients as Set<WebSocket>
  browser.frames.length = 0
  const answers = (): Frame[][] => browser.frames.filter(({ direction }) => direction === 'out').map(({ messages }) => [...messages])
  const incoming = (): number => browser.frames.filter(({ direction }) => direction === 'in').length
  return {
    browser,
    answers,
    say: frame => socket?.send(frame instanceof Uint8Array ? frame : JSON.stringify(frame)),
    taken: count => browser.until(() => incoming() >= count)
  }
}

t.test('ids: ours takes none of its own, the reference skips one, and more for what has parts', async t => {
  for (const [dialect, next] of [['ours', 8], ['reference', 9]] as const) {
    const { say, answers, taken } = await scripted(t, dialect)
    say({ type: 'init', id: 0 })
    say({ type: 'create', id: 1, wid: 7, class: 'Label', args: [] })
    say({ type: 'create', id: 2, wid: 3, class: 'Label', args: [] })
    await taken(3)
    t.match(answers()[1], [{ id: 1, wid: 7, next_wid: next }], dialect)
    t.match(answers()[2], [{ id: 2, wid: 3, next_wid: dialect === 'ours' ? 8 : 10 }], dialect)
  }
})

t.test('arrays: ours answers what has an answer, the reference puts null for the rest and loses binary headers', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, say, answers, taken } = await scripted(t, dialect)
    say([
      { type: 'create', id: 1, wid: 1, class: 'Image', args: [] },
      { type: 'session-info', session_id: '17', token: 'x' },
      { type: 'binary-call', id: 2, wid: 1, method: 'set_binary_image', args: ['png'] }
    ])
    await taken(1)
    const answer = answers().at(-1)
    t.same(answer?.map(message => message === null ? null : message.id), dialect === 'ours' ? [1] : [1, null, null])
    t.equal(browser.credentials?.id, dialect === 'ours' ? '17' : 17, 'digits become a number in the reference')
    if (dialect === 'ours') {
      say(new Uint8Array([1, 2]))
      await taken(2)
      t.same(browser.get('Image').bytes, new Uint8Array([1, 2]))
    }
  }
})

t.test('chunks come in any order, as bytes and as text', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, say, taken } = await scripted(t, dialect)
    say({ type: 'create', id: 1, wid: 1, class: 'Image', args: [] })
    say({ type: 'binary-call-chunked', id: 2, wid: 1, method: 'set_binary_image', args: ['png'], transfer_id: 9, num_chunks: 3 })
    say({ type: 'binary-chunk', transfer_id: 9, chunk_index: 2, num_chunks: 3, encoding: 'base64', data: 'QUJD' })
    say({ type: 'binary-chunk', transfer_id: 9, chunk_index: 0, num_chunks: 3 })
    say({ type: 'binary-chunk', transfer_id: 9, chunk_index: 1, num_chunks: 3, encoding: 'binary' })
    say(new Uint8Array([9, 9]))
    say(new Uint8Array([8]))
    await taken(7)
    t.same(browser.get('Image').bytes, new Uint8Array([9, 9, 8, 65, 66, 67]))
  }
})

t.test('transfers that do not add up are the server\'s fault', async t => {
  for (const [frames, message] of [
    [[{ type: 'binary-chunk', transfer_id: 1, chunk_index: 0, num_chunks: 1, encoding: 'base64', data: '' }], /a chunk of transfer 1, which is not open/],
    [[{ type: 'binary-call-chunked', id: 1, wid: 1, method: 'x', args: [], transfer_id: 1, num_chunks: 0 }], /transfer 1 has no chunks/],
    [[{ type: 'binary-call', id: 1, wid: 1, method: 'set_binary_image', args: [] }, new Uint8Array(1)], /binary call: Unknown widget id: 1/],
    [Array.from({ length: 2 }, () => ({ type: 'binary-call-chunked', id: 1, wid: 1, method: 'x', args: [], transfer_id: 1, num_chunks: 1 })), /transfer 1 is open already/],
    [[
      { type: 'binary-call-chunked', id: 1, wid: 1, method: 'x', args: [], transfer_id: 1, num_chunks: 2 },
      ...Array.from({ length: 2 }, () => ({ type: 'binary-chunk', transfer_id: 1, chunk_index: 0, num_chunks: 2, encoding: 'base64', data: '' }))
    ], /chunk 0 of transfer 1 is one too many/]
  ] as const) {
    const { browser, say } = await scripted(t, 'ours')
    for (const frame of frames) say(frame)
    await t.rejects(browser.until(() => false), message)
  }
})

t.test('a child that goes elsewhere stays listed in the reference, and a window piles its children up', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, say, taken } = await scripted(t, dialect)
    say([
      ...[['TopLevel', 1], ['VBox', 2], ['VBox', 3], ['Label', 4]].map(([name, wid]) => ({ type: 'create', id: wid, wid, class: name, args: [] })),
      ...[[1, 'set_widget', 2], [1, 'set_widget', 3], [2, 'add_widget', 4], [3, 'add_widget', 4]].map(([wid, method, child], id) =>
        ({ type: 'call', id: 10 + id, wid, method, args: [{ __wid__: child }] }))
    ])
    await taken(1)
    const childrenOf = (wid: number): number[] => browser.get({ wid }).children.map(({ wid }) => wid)
    t.same([1, 2, 3].map(childrenOf), dialect === 'ours' ? [[3], [], [4]] : [[2, 3], [4], [4]])
  }
})

t.test('calls that are not silent are echoed, and silent ones are not', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, say, taken } = await scripted(t, dialect)
    say([
      ...[['TopLevel', 1], ['TabWidget', 2], ['Label', 3], ['Label', 4]].map(([name, wid]) => ({ type: 'create', id: wid, wid, class: name, args: [] })),
      ...['window-state', 'child-added', 'child-removed'].map((action, id) => ({ type: 'listen', id: 10 + id, wid: 1, action })),
      ...['page-switch', 'child-added'].map((action, id) => ({ type: 'listen', id: 20 + id, wid: 2, action }))
    ])
    say([
      { type: 'call', id: 30, wid: 1, method: 'set_widget', args: [{ __wid__: 2 }], silent: true },
      { type: 'call', id: 31, wid: 1, method: 'set_window_state', args: ['shaded'] },
      { type: 'call', id: 32, wid: 1, method: 'set_window_state', args: ['normal'], silent: true },
      { type: 'call', id: 33, wid: 2, method: 'add_widget', args: [{ __wid__: 3 }] },
      { type: 'call', id: 34, wid: 2, method: 'add_widget', args: [{ __wid__: 4 }] },
      { type: 'call', id: 35, wid: 2, method: 'set_index', args: [1] }
    ])
    await taken(2)
    t.same(callbacks(browser), [
      [1, 'window-state', 'shaded'],
      [2, 'page-switch', { __wid__: 3, __class__: 'Label' }, 0],
      [2, 'child-added', { __wid__: 3, __class__: 'Label' }],
      [2, 'child-added', { __wid__: 4, __class__: 'Label' }],
      [2, 'page-switch', { __wid__: 4, __class__: 'Label' }, 1]
    ], dialect)
    t.equal(browser.frames.at(-1)?.messages.length, 6, 'they leave before the answer')
  }
})

t.test('a silent call that throws leaves a reference page mute, not ours', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, say, taken } = await scripted(t, dialect)
    say([
      ...[['TopLevel', 1], ['Page', 2], ['TabWidget', 3], ['Label', 4], ['Label', 5]].map(([name, wid]) => ({ type: 'create', id: wid, wid, class: name, args: [] })),
      { type: 'listen', id: 10, wid: 1, action: 'move' },
      ...[4, 5].map(child => ({ type: 'call', id: 10 + child, wid: 3, method: 'add_widget', args: [{ __wid__: child }] })),
      { type: 'call', id: 20, wid: 3, method: 'remove', args: [{ __wid__: 5 }] }
    ])
    await taken(1)
    browser.get('TopLevel').fire('move', 1, 1)
    say({ type: 'call', id: 30, wid: 2, method: 'hide', args: [], silent: true })
    await taken(2)
    browser.get('TopLevel').fire('move', 2, 2)
    t.same(callbacks(browser).map(([, , x]) => x), dialect === 'ours' ? [1, 2] : [1])
    t.equal(browser.errors.length, dialect === 'ours' ? 0 : 2)
    t.equal(browser.get('TabWidget').children.length, 1)
  }
})

t.test('the reference reports the boxes of windows, and ours what people do with them', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.Label('a')), {}, { dialect })
    const top = browser.get('TopLevel')
    const storm = [{ width: 400, height: 300 }, { width: 402, height: 302 }]
    const resizes = (): unknown[] => callbacks(browser).filter(([, action]) => action === 'resize').map(([, , size]) => size)
    t.ok(dialect === 'ours' ? resizes().length === 0 : resizes().length > 0)
    browser.frames.length = 0
    await browser.reload()
    t.same(resizes(), dialect === 'ours' ? [] : storm, 'after a replay the border box comes as well')
    await top.resize(500, 350)
    t.same(resizes().at(-1), { width: 500, height: 350 })
    t.same(browser.tree(), treeOf(session), 'and the server takes only what somebody wanted')
  }
})

t.test('Enter: ours says what was typed first, the reference once more afterwards', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser } = await show(t, W => inWindow(W, W.TextEntry('')), {}, { dialect })
    const entry = browser.get('TextEntry')
    entry.type('ab')
    await entry.press('Enter')
    browser.flushTyping()
    await browser.idle()
    t.same(callbacks(browser).map(([, action]) => action).filter(action => action !== 'resize'), dialect === 'ours' ? ['modified', 'activated'] : ['activated', 'modified'])
  }
})

t.test('an editable list: the reference reports each key, and the pause as well', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => inWindow(W, W.ComboBox({ editable: true })), {}, { dialect })
    await browser.get('ComboBox').type('ab', { commit: true })
    t.same(callbacks(browser).filter(([, action]) => action === 'modified').map(([, , text]) => text), dialect === 'ours' ? ['ab'] : ['a', 'ab', 'ab'])
    t.same(browser.tree(), treeOf(session))
  }
})

t.test('floods: ours reports the last before each animation frame, the reference all', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser } = await show(t, W => inWindow(W, W.Slider({ track: true })), {}, { dialect })
    await browser.get('Slider').drag([1, 2, 3], { oneFrame: true })
    t.same(callbacks(browser).filter(([, action]) => action === 'activated').map(([, , value]) => value), dialect === 'ours' ? [3] : [1, 2, 3])
  }
})

t.test('text that is typed gives way in the reference, and is lost in a replay', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.TextEntry('a', { name: 'entry' })), {}, { dialect: 'reference' })
  const entry = browser.get('TextEntry')
  entry.fill('mine')
  session.find('entry', 'TextEntry')?.setText('yours')
  await browser.idle()
  t.equal(entry.text, 'yours')
  entry.fill('again')
  await browser.dropLine()
  await browser.reconnect()
  browser.flushTyping()
  t.equal(entry.text, 'yours')
  t.same(browser.tree(), treeOf(session))
})

t.test('while the line is down a reference page lets people go on, and says nothing', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.CheckBox('a')), {}, { dialect: 'reference' })
  await browser.dropLine()
  browser.get('CheckBox').click()
  t.equal(browser.get('CheckBox').checked, true)
  await browser.reconnect()
  t.equal(browser.get('CheckBox').checked, false)
  t.same(browser.tree(), treeOf(session))
})

t.test('pages have answers of their own', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser } = await show(t, W => inWindow(W, W.Label(), W.Splitter(), W.Page()), {}, { dialect })
    const label = browser.get('Label')
    t.same(label.ask('get_expanding'), { horizontal: false, vertical: false })
    t.equal(label.ask('get_tooltip'), '')
    t.equal(label.ask('get_text'), dialect === 'ours' ? null : undefined)
    t.equal(browser.get('Page').ask('is_visible'), dialect === 'reference')
    t.same(browser.get('Splitter').ask('get_sizes'), [])
    t.equal(thrown(() => label.ask('get_value')), 'Unknown method: get_value on Label')
  }
})
