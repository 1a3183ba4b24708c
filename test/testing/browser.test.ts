import t from 'tap'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { Session } from '../../lib/index.ts'
import { inWindow, serve, show, thrown } from './support.ts'

t.test('a browser opens a route, and shows what onConnect built', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Button('Click me'), W.Label('Ready')))
  t.equal(browser.connected, true)
  t.equal(browser.closed, null)
  t.same(browser.credentials, { id: session.id, token: session.token })
  t.equal(browser.get('Button').text, 'Click me')
  t.equal(browser.get('TopLevel').visible, true)
  t.same(browser.get('TopLevel').size, [400, 300])
  t.same(browser.tree(), treeOf(session))
  t.same(browser.errors, [])
  t.equal(browser.dialect, 'ours')
})

t.test('what is built after an await is there as well', async t => {
  const { browser } = await show(t, async W => {
    await Promise.resolve()
    inWindow(W, W.Label('late'))
  })
  t.equal(browser.get('Label').text, 'late')
})

t.test('awaiting a gesture waits for everything that follows from it', async t => {
  const { browser } = await show(t, (W, session) => {
    const button = W.Button('Go')
    const label = W.Label('')
    button.on('activated', async () => {
      await label.query.text()
      await Promise.resolve()
      label.setText('Clicked!')
      await session.settled()
      label.setText('Settled!')
    })
    inWindow(W, button, label)
  })
  await browser.get('Button').click()
  t.equal(browser.get('Label').text, 'Settled!')
})

t.test('until() waits for what takes time', async t => {
  const { browser } = await show(t, W => {
    const button = W.Button('Go')
    const label = W.Label('')
    button.on('activated', () => { setTimeout(() => label.setText('done'), 20) })
    inWindow(W, button, label)
  })
  const label = browser.get('Label')
  browser.get('Button').click()
  await browser.until(() => label.text === 'done')
  t.equal(label.text, 'done')
  await t.rejects(browser.until(() => label.text === 'never', 20), /does not hold after 20 ms; the browser shows:\n {2}TopLevel#\d+ "Window"/)
})

t.test('widgets are found by class, caption, name, id, position and condition', async t => {
  const { browser } = await show(t, W => {
    const tabs = W.TabWidget()
    tabs.addWidget(W.Slider({ value: 7 }), { title: 'First' })
    inWindow(W, W.Button('OK'), W.Button('Cancel', { name: 'no' }), tabs)
  })
  const ok = browser.get('Button', 'OK')
  t.equal(ok.text, 'OK')
  t.equal(browser.get('Button', /^Can/).text, 'Cancel')
  t.equal(browser.get('Button', { name: 'no' }).text, 'Cancel')
  t.equal(browser.get({ wid: ok.wid }).className, 'Button')
  t.equal(browser.get('Button', { nth: -1 }).text, 'Cancel')
  t.equal(browser.get({ where: ({ state }) => state.value === 7 }).className, 'Slider')
  t.equal(browser.get('TopLevel', { title: 'Window' }).title, 'Window')
  t.equal(browser.get({ title: 'First' }).className, 'Slider', 'by the caption that its container gives it')
  t.equal(browser.find('Button', 'Help'), null)
  t.equal(browser.find('Button', { nth: 5 }), null)
  t.equal(browser.find('Button', { name: 'nobody' }), null)
  t.same(browser.all('Button').map(({ text }) => text), ['OK', 'Cancel'])
  t.equal(browser.all().length, 6)
  t.equal(browser.all(/^(OK|Cancel)$/).length, 2)
})

t.test('a finder that finds nothing, or too much, says what is there', async t => {
  const { browser } = await show(t, W => {
    const hidden = W.Label('secret')
    hidden.hide()
    hidden.setEnabled(false)
    inWindow(W, W.Button('OK'), W.Button('Cancel'), hidden)
  })
  t.equal(thrown(() => browser.get('Button', { text: 'Save', nth: 1 })), `there is no Button with text "Save" and nth 1; the browser shows:
  TopLevel#4 "Window"
    VBox#5
      Button#2 "OK"
      Button#3 "Cancel"
      Label#1 "secret" (hidden, disabled)`)
  t.equal(thrown(() => browser.get('Button')), `there are 2 of Button; say which by text, name or nth:
  TopLevel#4 "Window"
    VBox#5
>     Button#2 "OK"
>     Button#3 "Cancel"
      Label#1 "secret" (hidden, disabled)`)
  t.match(thrown(() => browser.find('Button')), /^there are 2 of Button/)
  t.match(thrown(() => browser.get(/x+/)), /^there is no widget with text \/x\+\//)
  t.match(thrown(() => browser.get({ where: () => false })), /^there is no widget with a condition of your own/)
  await browser.close()
  t.match(thrown(() => browser.get('Slider')), /the browser \(its line is closed: \d+ \)/)
})

t.test('an empty browser says so, and a long list is cut', async t => {
  const { browser, session } = await show(t, () => {})
  t.equal(thrown(() => browser.get('Button')), 'there is no Button; the browser shows:\n  nothing at all')
  const W = session.getWidgets()
  for (let i = 0; i < 70; i++) W.Label(`${i}`)
  await browser.idle()
  t.match(thrown(() => browser.get('Button')), /… and 10 more$/)
})

t.test('a handle shows where its widget stands, and holds through a reload', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Label('a', { halign: 'right', name: 'label' })))
  const label = browser.get('Label')
  t.equal(label.parent?.className, 'VBox')
  t.equal(label.parent?.parent?.parent, null)
  t.same(label.parent?.children.map(({ wid }) => wid), [label.wid])
  t.equal(label.args.halign, 'right')
  t.equal(label.enabled, true)
  t.equal(label.exists, true)
  t.same(browser.get('TopLevel').listened, ['close', 'move', 'resize', 'window-state'])
  t.equal(String(label), `Label#${label.wid}`)
  await browser.reload()
  const widget = session.find('label', 'Label')
  widget?.setFocus()
  await browser.idle()
  t.equal(label.focused, true)
  t.equal(label.text, 'a')
  widget?.destroy()
  await browser.idle()
  t.equal(label.exists, false)
  t.equal(thrown(() => label.text), `Label#${label.wid} is not in the browser any more`)
})

t.test('the address and the options say as whom a browser comes', async t => {
  const seen: unknown[] = []
  const app = await serve(t, W => inWindow(W, W.Label('a')), {
    onReconstruct: (_session, { request }) => { seen.push([request.ip, request.headers.cookie, request.query]) }
  })
  const first = await openBrowser(app, '/panel')
  const session = first.session as Session
  const second = await openBrowser(app, session.url(), { headers: { cookie: 'a=b' }, remoteAddress: '10.0.0.7' })
  t.equal(second.session, session)
  const third = await openBrowser(app, `/panel?session=${session.id}&token=${session.token}&x=1`)
  t.equal(third.session, session)
  const fourth = await openBrowser(app, '/panel', { session })
  t.equal(fourth.session, session)
  t.same(seen, [['10.0.0.7', 'a=b', {}], ['127.0.0.1', undefined, { x: '1' }], ['127.0.0.1', undefined, {}]])
})

t.test('a refusal in the handshake is in `closed`, and takes the credentials', async t => {
  const app = await serve(t, () => {})
  const first = await openBrowser(app, '/panel')
  const browser = await openBrowser(app, '/panel', { session: { id: String(first.credentials?.id), token: 'wrong' } })
  t.same(browser.closed, { code: 4001, reason: 'Invalid session credentials' })
  t.equal(browser.connected, false)
  t.equal(browser.credentials, null)
  await t.rejects(browser.reconnect(), /refused this browser for good \(4001 Invalid session credentials\); reload\(\) starts afresh/)
  await t.rejects(browser.secondBrowser(), /this browser has no session/)
  await browser.reload()
  t.equal(browser.connected, true, 'a new page opens a session of its own')
  t.not(browser.session, first.session)
})

t.test('an onConnect that throws is in `closed`', async t => {
  const app = await serve(t, () => { throw new Error('no') })
  const browser = await openBrowser(app, '/panel')
  t.equal(browser.closed?.code, 4003)
})

t.test('an upgrade that is refused is an error that says so', async t => {
  const app = await serve(t, () => {})
  app.addHook('onRequest', async (request, reply) => {
    if (request.headers.authorization === undefined) await reply.code(401).send()
  })
  await t.rejects(openBrowser(app, '/panel'), /the upgrade of \/panel was refused: Unexpected server response: 401/)
  const browser = await openBrowser(app, '/panel', { headers: { authorization: 'x' } })
  t.equal(browser.connected, true)
})

t.test('the viewport is reported, and again when it changes', async t => {
  const { browser } = await show(t, () => {}, {}, { viewport: { width: 390, height: 844 } })
  t.same(browser.connection?.viewport, { width: 390, height: 844 })
  browser.resizeViewport(800, 600)
  await browser.idle()
  t.same(browser.connection?.viewport, { width: 800, height: 600 })
  t.same(browser.viewport, { width: 800, height: 600 })
})

t.test('questions are answered from what the page holds, or as a test says', async t => {
  const { browser } = await show(t, (W, session) => {
    const slider = W.Slider({ value: 30 })
    const tabs = W.TabWidget()
    tabs.addWidget(slider)
    session.data = { slider, tabs, top: inWindow(W, tabs) }
  })
  const { slider, tabs, top } = browser.session?.data as {
    slider: ReturnType<ReturnType<Session['getWidgets']>['Slider']>
    tabs: ReturnType<ReturnType<Session['getWidgets']>['TabWidget']>
    top: ReturnType<ReturnType<Session['getWidgets']>['TopLevel']>
  }
  t.equal(await slider.query.value(), 30)
  t.same(await slider.query.position(), [0, 0])
  t.equal(await tabs.query.tabId(slider), null)
  t.same(await top.query.children(), [tabs.parent], 'widgets come as widgets')
  browser.answer('get_position', (widget, ...args) => [widget.wid, args.length])
  t.same(await slider.query.position(), [slider.wid, 0])
  t.equal(browser.get('Slider').ask('get_value'), 30)
  t.equal(thrown(() => browser.get('Slider').ask('explode')), 'Unknown method: explode on Slider')
})

t.test('frames are recorded both ways and can be listened to', async t => {
  const { browser } = await show(t, W => inWindow(W, W.Button('Go', { name: 'go' })))
  t.same(browser.frames.slice(0, 3).map(({ direction, messages }) => [direction, messages[0]?.type]), [['in', 'init'], ['out', 'result'], ['in', 'session-info']])
  const heard: string[] = []
  const off = browser.onFrame(({ direction }) => heard.push(direction))
  await browser.get('Button').click()
  t.same(heard, [], 'nobody listens to the button, so nothing is said')
  browser.session?.find('go', 'Button')?.hide()
  await browser.idle()
  t.same(heard, ['in', 'out'])
  off()
  heard.length = 0
  await browser.get('TopLevel').fire('move', 1, 2)
  t.same(heard, [])
})

t.test('a server that breaks the protocol fails the test', async t => {
  for (const [frame, message] of [
    ['{"type":"create"}', /the server sent a frame that the protocol does not allow: create: .*/],
    ['{"type":"bogus","id":1}', /unknown type "bogus"/],
    ['{"type":"call","id":1,"wid":1,"method":"set_spacing","args":["x"]}', /VBox\.set_spacing, gap: expected a number of at least 0, got "x"/],
    ['{"type":"call","id":1,"wid":1,"method":"set_spacing","args":[1,2]}', /VBox\.set_spacing: at most 1 arguments, got 2/],
    ['{"type":"create","id":1,"wid":5,"class":"Slider","args":[{"mni":1}]}', /create Slider: there is no option mni/],
    [new Uint8Array([1]), /a binary frame without a header/]
  ] as const) {
    const { app, browser } = await show(t, W => W.VBox())
    const [socket] = app.websocketServer.clients
    socket?.send(frame)
    await t.rejects(browser.idle(), message)
    t.match(thrown(() => browser.get('VBox')), message, 'whatever is done next')
  }
})

t.test('a page answers what it cannot do in the words of the protocol', async t => {
  const { app, browser } = await show(t, W => W.VBox())
  const [socket] = app.websocketServer.clients
  for (const frame of [
    { type: 'call', id: 900, wid: 77, method: 'show', args: [] },
    { type: 'call', id: 901, wid: 1, method: 'nope', args: [] },
    { type: 'create', id: 902, wid: 8, class: 'Nope', args: [] },
    { type: 'create', id: 903, wid: 8, class: 'Widget', args: [] },
    { type: 'call', id: 904, wid: 1, method: 'add_widget', args: [{ __wid__: 78 }] },
    { type: 'batch', id: 905, calls: [{ wid: 79, method: 'show', args: [] }, { wid: 1, method: 'hide', args: [] }] }
  ]) socket?.send(JSON.stringify(frame))
  await browser.until(() => browser.errors.length === 6)
  t.same(browser.errors, [
    'Unknown widget id: 77', 'Unknown method: nope on VBox', 'Unknown widget class: Nope', 'Unknown widget class: Widget', 'Unknown widget id: 78', 'Unknown widget id: 79'
  ])
  t.equal(browser.get('VBox').state.visible, false, 'a batch goes on after a name that is unknown')
  const answers = browser.frames.filter(({ direction }) => direction === 'out').flatMap(({ messages }) => messages)
  t.match(answers.find(({ id }) => id === 905), { type: 'result', value: { errors: ['Unknown widget id: 79'] } })
})

t.test('fonts and URLs are noted', async t => {
  const { app, browser } = await show(t, () => {})
  const [socket] = app.websocketServer.clients
  socket?.send(JSON.stringify({ type: 'register-font', id: 900, family: 'Own', weight: 'bold', style: 'normal', url: 'font/1' }))
  socket?.send(JSON.stringify({ type: 'set-default-font', id: 901, font: { family: 'Own', size: 13 } }))
  socket?.send(JSON.stringify({ type: 'open-url', id: 902, url: 'https://example.org/' }))
  await browser.until(() => browser.openedUrls.length > 0)
  t.same(browser.fonts, [{ family: 'Own', weight: 'bold', style: 'normal', url: 'font/1' }])
  t.same(browser.defaultFont, { family: 'Own', size: 13 })
  t.same(browser.openedUrls, ['https://example.org/'])
})

t.test('factory calls make widgets under numbers of the page\'s own, which give way to the server\'s', async t => {
  const { app, browser } = await show(t, () => {})
  const [socket] = app.websocketServer.clients
  const say = (message: object): void => { socket?.send(JSON.stringify(message)) }
  say({ type: 'init', id: 0 })
  say({ type: 'create', id: 1, wid: 1, class: 'Menu', args: [] })
  say({ type: 'call', id: 2, wid: 1, method: 'add_name', args: ['Save', true] })
  say({ type: 'call', id: 3, wid: 1, method: 'get_children', args: [] })
  await browser.until(() => browser.find('MenuAction') !== null)
  t.equal(browser.get('MenuAction').wid, 2)
  say({ type: 'create', id: 4, wid: 2, class: 'Label', args: ['x'] })
  await browser.until(() => browser.find('Label') !== null)
  t.equal(browser.get('Label').wid, 2)
  t.equal(browser.get('MenuAction').wid, 3)
  const answers = browser.frames.filter(({ direction }) => direction === 'out').flatMap(({ messages }) => messages)
  t.match(answers.findLast(({ id }) => id === 1), { wid: 1, next_wid: 2 })
  t.match(answers.findLast(({ id }) => id === 2), { value: { __wid__: 2, __class__: 'MenuAction' } })
  t.match(answers.findLast(({ id }) => id === 3), { value: [{ __wid__: 2, __class__: 'MenuAction' }] })
})
