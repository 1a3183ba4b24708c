import t from 'tap'
import type { Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open, ScriptedServer } from './support.ts'
import type { Opened, Request } from './support.ts'
import { alone, animationFrames, dragInOneFrame, news, put, stopTime } from './widget-support.ts'

const browser = await launch(t)

const stored = async (page: Page): Promise<Record<string, string>> => await page.locator(':root').evaluate(root => ({ ...root.ownerDocument.defaultView!.sessionStorage }))

/** A window with a title, on screen. */
const makeWindow = (wid: number, options: Request = {}): Request[] => [
  { type: 'create', wid, class: 'TopLevel', args: [{ title: `Window ${wid}`, ...options }] },
  { type: 'call', wid, method: 'resize', args: [300, 200] },
  { type: 'call', wid, method: 'show', args: [] }
]

if (browser !== null) {
  await t.test('handshake and credentials', async t => {
    await t.test('a browser without credentials sends none, and the viewport after session-info', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage({ viewport: { width: 900, height: 600 } })
      t.teardown(() => page.close())
      await page.goto(server.url)
      const peer = await server.connection()
      peer.send({ type: 'init', id: 0 })
      t.strictSame(await peer.take(({ id }) => id === 0), { type: 'result', id: 0, reports: 'gestures', extensions: 1 })
      peer.send({ type: 'session-info', session_id: 3, token: 'abc' })
      t.strictSame(await peer.take(({ type }) => type === 'viewport'), { type: 'viewport', width: 900, height: 600 })
      await page.setViewportSize({ width: 700, height: 500 })
      t.strictSame(await peer.take(({ width }) => width === 700), { type: 'viewport', width: 700, height: 500 })
    })

    await t.test('credentials are kept for a reload, in the tab and in the fragment of the address', async t => {
      const { page, server } = await open(t, browser)
      await page.waitForURL(`${server.url}#session=1&token=secret`)
      t.match(Object.keys(await stored(page)), [/\/panel/], 'under a key with the path of the page')
      await page.reload()
      const answer = await (await server.connection()).greet(1, 'secret')
      t.match(answer, { session_id: 1, token: 'secret' })
    })

    await t.test('credentials of the query are taken and removed from it', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(`${server.url}?a=1&session=s-7&token=xyz`)
      t.match(await (await server.connection()).greet('s-7', 'xyz'), { session_id: 's-7', token: 'xyz' })
      await page.waitForURL(`${server.url}?a=1#session=s-7&token=xyz`)
    })

    await t.test('credentials of the fragment come before those of the query and of the tab', async t => {
      const { page, server } = await open(t, browser)
      await page.goto('about:blank')
      await page.goto(`${server.url}?session=8&token=query#session=9&token=fragment`)
      t.match(await (await server.connection()).greet(9, 'fragment'), { session_id: 9, token: 'fragment' })
    })

    await t.test('a link to another session, put into the address bar, leads there', async t => {
      const { page, server } = await open(t, browser)
      await page.goto(`${server.url}#session=5&token=other`)
      t.match(await (await server.connection()).greet(5, 'other'), { session_id: 5, token: 'other' })
    })

    await t.test('half of the credentials are none', async t => {
      const server = await ScriptedServer.start(t)
      const page = await browser.newPage()
      t.teardown(() => page.close())
      await page.goto(`${server.url}#session=9`)
      t.strictSame(await (await server.connection()).greet(), { type: 'result', id: 0, reports: 'gestures', extensions: 1 })
    })
  })

  await t.test('attributes of the page', async t => {
    await t.test('the socket may be elsewhere, and credentials are kept apart by it', async t => {
      const { page, peer } = await open(t, browser, {}, { body: 'data-socket="/live?x=1"' })
      t.equal(peer.url, '/live?x=1')
      t.match(Object.keys(await stored(page)), [/\/panel@ws:.*\/live/])
    })

    await t.test('the theme overrides what the system prefers', async t => {
      const background = async (body: string): Promise<string> => {
        const { page } = await open(t, browser, { colorScheme: 'light' }, { body })
        return await page.locator('body').evaluate(root => root.ownerDocument.defaultView!.getComputedStyle(root).backgroundColor)
      }
      t.equal(await background(''), 'rgb(230, 234, 238)')
      t.equal(await background('data-theme="dark"'), 'rgb(17, 22, 26)')
      t.equal(await background('data-theme="light"'), 'rgb(230, 234, 238)')
    })
  })

  await t.test('messages', async t => {
    await t.test('unknown names are answered with the texts that servers look for', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      const error = async (request: Request): Promise<unknown> => (await peer.ask(request)).error
      t.equal(await error({ type: 'bogus' }), 'Unknown message type: bogus')
      t.equal(await error({ type: 'toString' }), 'Unknown message type: toString')
      t.equal(await error({}), 'Unknown message type: undefined')
      t.equal(await error({ type: 'call', wid: 9, method: 'show', args: [] }), 'Unknown widget id: 9')
      t.equal(await error({ type: 'call', wid: '1', method: 'show', args: [] }), 'Unknown widget id: 1', 'a string is no wid')
      t.equal(await error({ type: 'call', wid: 1, method: 'bogus', args: [] }), 'Unknown method: bogus on TopLevel')
      t.equal(await error({ type: 'call', wid: 1, method: 'fire', args: ['close'] }), 'Unknown method: fire on TopLevel', 'what the definition does not list cannot be called')
      t.equal(await error({ type: 'call', wid: 1, method: 'constructor', args: [] }), 'Unknown method: constructor on TopLevel')
      t.equal(await error({ type: 'create', wid: 2, class: 'Bogus', args: [] }), 'Unknown widget class: Bogus')
      t.equal(await error({ type: 'create', wid: 2, class: 'ContainerWidget', args: [] }), 'Unknown widget class: ContainerWidget')
      t.equal(await error({ type: 'call', wid: 1, method: 'set_widget', args: [{ __wid__: 77 }] }), 'Unknown widget id: 77')
      t.equal(await error({ type: 'listen', wid: 78, action: 'close' }), 'Unknown widget id: 78')
    })

    await t.test('an array is answered by one array, with an answer for each that has one', async t => {
      const { peer } = await open(t, browser)
      peer.send([...makeWindow(1), { type: 'session-info', session_id: 1, token: 'secret' }, { type: 'bogus' }].map((frame, i) => ({ ...frame, id: i + 1 })))
      t.strictSame(await peer.takeArray(), [
        { type: 'result', id: 1, wid: 1, next_wid: 2 },
        { type: 'result', id: 2 },
        { type: 'result', id: 3 },
        { type: 'error', id: 5, error: 'Unknown message type: bogus' }
      ])
      peer.send([])
      t.strictSame(await peer.takeArray(), [])
    })

    await t.test('a value is absent if the method returns nothing, and widgets travel as references', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1), { type: 'create', wid: 2, class: 'TopLevel', args: [null] })
      t.strictSame(Object.keys(await peer.call(1, 'set_widget', { __wid__: 2 })), ['type', 'id'])
      t.strictSame((await peer.call(1, 'get_children')).value, [{ __wid__: 2, __class__: 'TopLevel' }])
      t.equal((await peer.call(1, 'is_visible')).value, true)
    })

    await t.test('a batch goes on after a wrong name and ends at an exception', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      const tip = { wid: 1, method: 'set_tooltip', args: ['one'] }
      t.strictSame(Object.keys(await peer.ask({ type: 'batch', calls: [tip] })), ['type', 'id'])
      const answer = await peer.ask({ type: 'batch', calls: [{ wid: 1, method: 'bogus', args: [] }, { wid: 4, method: 'show', args: [] }, { ...tip, args: ['two'] }] })
      t.strictSame(answer.value, { errors: ['Unknown method: bogus on TopLevel', 'Unknown widget id: 4'] })
      t.equal((await peer.call(1, 'get_tooltip')).value, 'two')
      const thrown = await peer.ask({ type: 'batch', calls: [{ wid: 1, method: 'set_window_state', args: ['bogus'] }, { ...tip, args: ['three'] }] })
      t.match(thrown, { type: 'error', error: 'Unknown window state: bogus' })
      t.equal((await peer.call(1, 'get_tooltip')).value, 'two')
    })

    await t.test('frames that make no sense are passed over', async t => {
      const { peer } = await open(t, browser)
      for (const nonsense of ['not json {', 'null', '7', '"text"', '[null, 7]']) peer.send(nonsense)
      peer.sendBytes(Uint8Array.of(1, 2, 3))
      t.match(await peer.ask({ type: 'batch', calls: [] }), { type: 'result' })
    })

    await t.test('a request without an id is answered without one', async t => {
      const { peer } = await open(t, browser)
      peer.send({ type: 'batch', calls: [] })
      t.strictSame(await peer.take(({ type }) => type === 'result'), { type: 'result' })
    })

    await t.test('listening twice gives one callback, and not listening gives none', async t => {
      const { page, peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      const close = page.getByRole('button', { name: 'Close' })
      await peer.listen(1, 'close', 'close', 'no-such-action')
      await close.click()
      await peer.callback(1, 'close')
      t.strictSame(await peer.callbacks(), [])
      await peer.ask({ type: 'unlisten', wid: 1, action: 'close' })
      await close.click()
      t.strictSame(await peer.callbacks(), [])
    })

    await t.test('only web and mail addresses are opened, in a window that cannot reach back', async t => {
      const { context, page, peer } = await open(t, browser)
      t.match(await peer.ask({ type: 'open-url', url: 'javascript:alert(1)' }), { type: 'error' })
      const opened = context.waitForEvent('page')
      await page.locator('body').click()
      await peer.ask({ type: 'open-url', url: '/client/manifest.json' })
      const other = await opened
      await other.waitForURL(/manifest/)
      t.equal(await other.locator(':root').evaluate(root => root.ownerDocument.defaultView!.opener), null)
    })

    await t.test('the default font applies to all and can be taken back', async t => {
      const { page, peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      const size = async (): Promise<string> => await page.locator('.pg-window-content').evaluate(node => node.ownerDocument.defaultView!.getComputedStyle(node).fontSize)
      t.equal(await size(), '13px')
      await peer.ask({ type: 'set-default-font', font: { family: 'serif', size: 18, weight: 'semibold', style: 'slanted' } })
      t.equal(await size(), '18px')
      await peer.ask({ type: 'set-default-font', font: null })
      t.equal(await size(), '13px')
    })

    await t.test('a font is registered under its family and weight', async t => {
      const { page, peer } = await open(t, browser)
      for (let i = 0; i < 2; i++) t.match(await peer.ask({ type: 'register-font', family: 'Panel Sans', weight: 'demibold', style: 'slanted', url: '/fonts/a.woff2' }), { type: 'result' })
      const faces = await page.locator(':root').evaluate(root => [...root.ownerDocument.fonts].map(({ family, weight, style }) => ({ family: family.replaceAll('"', ''), weight, style })))
      t.strictSame(faces, [{ family: 'Panel Sans', weight: '600', style: 'italic' }])
    })
  })

  await t.test('suppression', async t => {
    await t.test('a silent call fires nothing, and one that throws does not mute the page', async t => {
      const { page, peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      await peer.listen(1, 'window-state', 'close')
      await peer.ask({ type: 'call', wid: 1, method: 'set_window_state', args: ['shaded'], silent: true })
      t.strictSame(await peer.callbacks(), [])
      t.match(await peer.ask({ type: 'call', wid: 1, method: 'set_window_state', args: ['bogus'], silent: true }), { type: 'error' })
      t.match(await peer.ask({ type: 'batch', calls: [{ wid: 1, method: 'set_window_state', args: ['bogus'], silent: true }] }), { type: 'error' })
      await peer.call(1, 'set_window_state', 'normal')
      t.strictSame((await peer.callback(1, 'window-state')).args, ['normal'])
      await page.getByRole('button', { name: 'Close' }).click()
      await peer.callback(1, 'close')
    })

    await t.test('a callback that a call fires leaves before the answer', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      await peer.listen(1, 'window-state')
      await peer.call(1, 'toggle_shade')
      t.match(peer.frames, [{ type: 'callback', action: 'window-state', args: ['shaded'] }])
    })

    await t.test('what waits for a frame leaves before what its widget reports next, and without one too', async t => {
      const { page, peer } = await put(t, browser, 'Label', ['Drag', { interactive: true }], ['pointer-down', 'pointer-move', 'pointer-up'])
      await dragInOneFrame(page.locator('.pg-label'), 0.2, 0.8)
      t.strictSame((await news(peer)).map(([, action]) => action), ['pointer-down', 'pointer-move', 'pointer-up'])
      // As in a tab that is not looked at.
      await page.locator(':root').evaluate(root => { root.ownerDocument.defaultView!.requestAnimationFrame = () => 0 })
      await page.locator('.pg-label').hover()
      await peer.callback(10, 'pointer-move')
    })

    await t.test('during a replay only map leaves, and a broken replay does not mute what follows', async t => {
      const { peer } = await open(t, browser)
      await peer.ask({ type: 'reconstruct-start', next_wid: 100 })
      await peer.askAll(...makeWindow(1), { type: 'listen', wid: 1, action: 'window-state' }, { type: 'listen', wid: 1, action: 'map' }, { type: 'call', wid: 1, method: 'toggle_shade', args: [] })
      await peer.callback(1, 'map')
      t.strictSame(await peer.callbacks(), [])
      peer.send({ type: 'init', id: 0 })
      await peer.take(({ id }) => id === 0)
      await peer.askAll(...makeWindow(1), { type: 'listen', wid: 1, action: 'window-state' }, { type: 'call', wid: 1, method: 'toggle_shade', args: [] })
      await peer.callback(1, 'window-state')
    })

    await t.test('after a replay every listened widget reports its size, and map also without a box', async t => {
      const { peer } = await open(t, browser)
      await peer.replay(100,
        ...makeWindow(1),
        { type: 'create', wid: 2, class: 'Page', args: [] },
        { type: 'call', wid: 2, method: 'show', args: [] },
        { type: 'listen', wid: 2, action: 'resize' },
        { type: 'create', wid: 3, class: 'Page', args: [] },
        { type: 'listen', wid: 3, action: 'resize' },
        { type: 'listen', wid: 3, action: 'map' })
      t.strictSame((await peer.callback(2, 'resize')).args, [{ width: 1280, height: 800 }])
      t.match((await peer.callback(3, 'map')).args, [{ width: 0, height: 0 }])
      t.strictSame(await peer.callbacks(), [], 'and nothing else: one report each, none of windows')
      await peer.call(3, 'show')
      t.match((await peer.callback(3, 'map')).args, [{ width: 1280, height: 800 }])
    })
  })

  await t.test('what is on screen while another tree is on its way', async t => {
    const typing = async (t: Test): Promise<Opened & { type (text: string): Promise<void> }> => {
      const opened = await open(t, browser)
      const { page, peer } = opened
      await stopTime(page)
      await peer.askAll(...alone('TextEntry', ''), { type: 'listen', wid: 10, action: 'modified' })
      // What is on its way stands behind it.
      const field = page.locator('.pg-scene').last().getByRole('textbox')
      return {
        ...opened,
        type: async text => {
          await field.focus()
          await page.keyboard.type(text)
          await page.clock.runFor(1000)
        }
      }
    }
    await t.test('can be typed into, which is reported of what takes its place and of nothing before', async t => {
      const { peer, page, type } = await typing(t)
      peer.send({ type: 'init', id: 0 })
      await peer.ask({ type: 'batch', calls: [] })
      await peer.askAll(...alone('TextEntry', ''), { type: 'listen', wid: 10, action: 'modified' })
      await type('new')
      t.strictSame(await peer.callbacks(), [])
      await peer.replay(100, ...alone('TextEntry', ''), { type: 'listen', wid: 10, action: 'modified' })
      await page.clock.runFor(1000)
      t.match(await peer.callbacks(), [{ wid: 10, action: 'modified', args: ['new'] }])
    })
    await t.test('stays while a replay goes on, however long that takes', async t => {
      const { peer, page } = await typing(t)
      peer.send({ type: 'init', id: 0 })
      await peer.ask({ type: 'reconstruct-start', next_wid: 100 })
      await page.clock.runFor(60_000)
      t.equal(await page.locator('.pg-scene').count(), 2)
      await peer.ask({ type: 'reconstruct-end' })
      t.equal(await page.locator('.pg-scene').count(), 1)
      t.equal(await page.getByRole('textbox').count(), 0)
    })
    await t.test('makes way after a while where no replay comes', async t => {
      const { peer, page } = await typing(t)
      peer.send({ type: 'init', id: 0 })
      await peer.ask({ type: 'batch', calls: [] })
      await page.clock.runFor(4000)
      t.equal(await page.getByRole('textbox').count(), 1)
      await page.clock.runFor(2000)
      t.equal(await page.getByRole('textbox').count(), 0)
    })
  })

  await t.test('the size of the view is told once, and again when it is another one', async t => {
    // A page that has much to do hears of its first size when the server knows it already.
    const { page, peer } = await open(t, browser, {}, {}, () => {
      const Original = ResizeObserver
      window.ResizeObserver = class extends Original {
        constructor (callback: ResizeObserverCallback) {
          super((...args) => window.addEventListener('late', () => callback(...args), { once: true }))
        }
      }
    })
    await animationFrames(page, 3)
    await page.evaluate(() => window.dispatchEvent(new Event('late')))
    await peer.callbacks()
    t.strictSame(peer.frames, [])
    await page.setViewportSize({ width: 800, height: 600 })
    await animationFrames(page, 3)
    await page.evaluate(() => window.dispatchEvent(new Event('late')))
    t.match(await peer.take(({ type }) => type === 'viewport'), { width: 800, height: 600 })
    peer.send({ type: 'session-info', session_id: 1, token: 'secret' })
    t.match(await peer.take(({ type }) => type === 'viewport'), { width: 800, height: 600 }, 'as whoever says who we are may not know it')
  })

  await t.test('widget ids', async t => {
    await t.test('a create answers with a next id above its own, and starts at that of the replay', async t => {
      const { peer } = await open(t, browser)
      t.match(await peer.create(7, 'Page'), { wid: 7, next_wid: 8 })
      t.match(await peer.ask({ type: 'create', class: 'Page', args: [] }), { wid: 8, next_wid: 9 }, 'without a wid the page chooses')
      await peer.replay(300)
      t.equal(await peer.refused(7, 'show'), 'Unknown widget id: 7')
      t.match(await peer.create(5, 'Page'), { wid: 5, next_wid: 300 })
      t.match(await peer.ask({ type: 'create', class: 'Page', args: [] }), { wid: 300, next_wid: 301 })
      for (const wid of [0, -1, 1.5, '4', {}]) t.match(await peer.ask({ type: 'create', wid, class: 'Page', args: [] }), { type: 'error' })
    })

    await t.test('a widget whose id is taken over lives on under a fresh one, listeners included', async t => {
      const { page, peer } = await open(t, browser)
      const { wid = 0 } = await peer.ask({ type: 'create', class: 'TopLevel', args: [{ title: 'Displaced' }] })
      await peer.call(wid, 'show')
      await peer.listen(wid, 'close')
      t.match(await peer.create(wid, 'Page'), { wid, next_wid: wid + 2 })
      await page.getByRole('button', { name: 'Close' }).click()
      await peer.callback(wid + 1, 'close')
    })

    await t.test('a destroyed widget is unknown, with all that is in it', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1), { type: 'create', wid: 2, class: 'Page', args: [] }, { type: 'call', wid: 1, method: 'set_widget', args: [{ __wid__: 2 }] })
      t.match(await peer.call(1, 'destroy'), { type: 'result' })
      for (const wid of [1, 2]) t.equal(await peer.refused(wid, 'destroy'), `Unknown widget id: ${wid}`)
    })
  })

  await t.test('containers', async t => {
    await t.test('a child is in one container at a time, and a destroyed one in none', async t => {
      const { peer } = await open(t, browser)
      const put = (into: number, wid: number): Request => ({ type: 'call', wid: into, method: 'set_widget', args: [{ __wid__: wid }] })
      await peer.askAll(...makeWindow(1), ...makeWindow(2), { type: 'create', wid: 3, class: 'Page', args: [] }, { type: 'create', wid: 4, class: 'Page', args: [] })
      await peer.listen(1, 'child-added', 'child-removed')
      await peer.askAll(put(1, 3), put(1, 3), put(2, 3))
      const ref = { __wid__: 3, __class__: 'Page' }
      t.match(await peer.callbacks(), [{ action: 'child-added', args: [ref] }, { action: 'child-removed', args: [ref] }])
      t.strictSame((await peer.call(1, 'get_children')).value, [])
      await peer.askAll(put(2, 4))
      t.strictSame((await peer.call(2, 'get_children')).value, [{ __wid__: 4, __class__: 'Page' }], 'set_widget replaces')
      await peer.call(4, 'destroy')
      t.equal((await peer.call(2, 'num_children')).value, 0)
      t.match(await peer.call(2, 'remove_all', true), { type: 'result' })
      t.equal(await peer.refused(1, 'set_widget', { __wid__: 1 }), 'A widget cannot be put into itself')
      t.equal(await peer.refused(1, 'set_widget', null), 'The child is not a visible widget')
    })
  })

  await t.test('binary', async t => {
    const tooltip = async (peer: Awaited<ReturnType<typeof open>>['peer']): Promise<unknown> => (await peer.call(1, 'get_tooltip')).value
    const chunked = (transfer: unknown, chunks: unknown, more: Request = {}): Request =>
      ({ type: 'binary-call-chunked', wid: 1, method: 'set_tooltip', args: [], transfer_id: transfer, num_chunks: chunks, dtype: 'uint8', ...more })
    const chunk = (transfer: unknown, index: unknown, more: Request = {}): Request => ({ type: 'binary-chunk', transfer_id: transfer, chunk_index: index, ...more })

    await t.test('chunks may come in any order and encoding, and arrive as the array that was announced', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      peer.send(chunked(900, 3))
      peer.send(chunk(900, 2, { encoding: 'base64', data: 'QUJD' }))
      peer.send(chunk(900, 0))
      peer.sendBytes(Uint8Array.of(9, 9))
      peer.send(chunk(900, 1, { encoding: 'binary' }))
      peer.sendBytes(Uint8Array.of(8))
      t.equal(await tooltip(peer), '9,9,8,65,66,67')
      peer.send(chunked(901, 1, { dtype: 'float32' }))
      peer.send(chunk(901, 0))
      peer.sendBytes(new Uint8Array(Float32Array.of(1.5, -2).buffer))
      t.equal(await tooltip(peer), '1.5,-2')
    })

    await t.test('bytes belong to headers first in, first out, other frames in between', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      peer.send(chunked(1, 2))
      peer.send([chunk(1, 0), chunk(1, 1)])
      await peer.takeArray()
      peer.sendBytes(Uint8Array.of(1))
      peer.sendBytes(Uint8Array.of(2))
      t.equal(await tooltip(peer), '1,2')
      peer.send({ type: 'binary-call', wid: 1, method: 'set_tooltip', args: [] })
      t.equal(await tooltip(peer), '1,2')
      peer.sendBytes(Uint8Array.of(7))
      t.equal(await tooltip(peer), '[object ArrayBuffer]')
    })

    await t.test('what does not fit is refused, and what follows is not disturbed', async t => {
      const { peer } = await open(t, browser)
      await peer.askAll(...makeWindow(1))
      for (const chunks of [0, -1, 1.5, '3', null, 1e9]) peer.send(chunked(2, chunks))
      peer.send(chunk(404, 0))
      peer.sendBytes(Uint8Array.of(1))
      peer.send(chunk(404, 0, { encoding: 'base64', data: '%%%' }))
      peer.send(chunked(3, 2))
      for (const index of [7, -1, 'x', null]) peer.send(chunk(3, index, { encoding: 'base64', data: 'QQ==' }))
      peer.send(chunk(3, 0, { encoding: 'base64', data: 'QQ==' }))
      peer.send(chunk(3, 0, { encoding: 'base64', data: 'Qg==' }))
      peer.send(chunk(3, 1, { encoding: 'rot13', data: 'QQ==' }))
      peer.send({ type: 'binary-call', wid: 99, method: 'set_tooltip', args: [] })
      peer.sendBytes(Uint8Array.of(5))
      peer.send({ type: 'binary-call', wid: 1, method: 'bogus', args: [] })
      peer.sendBytes(Uint8Array.of(6))
      peer.send(chunked(4, 1, { dtype: 'uint32' }))
      peer.send(chunk(4, 0, { encoding: 'base64', data: 'QQ==' }))
      t.equal(await tooltip(peer), '')
      peer.send(chunk(3, 1, { encoding: 'base64', data: 'Qw==' }))
      t.equal(await tooltip(peer), '65,67')
    })
  })
}
