import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import t from 'tap'
import type { Page } from 'playwright-core'
import { evaluated } from '../../browser/evaluated.ts'
import { CSP, launch, open, ScriptedServer } from './support.ts'
import type { Request, Peer } from './support.ts'

const browser = await launch(t)

/** A window with a column of an entry, a button and a long text that scrolls. */
const form = (text = ''): Request[] => [
  { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Form' }] },
  { type: 'call', wid: 1, method: 'resize', args: [300, 200] },
  { type: 'create', wid: 2, class: 'VBox', args: [] },
  { type: 'create', wid: 3, class: 'TextEntry', args: [text] },
  { type: 'create', wid: 4, class: 'Button', args: ['Press'] },
  { type: 'create', wid: 5, class: 'Button', args: ['Tall'] },
  { type: 'call', wid: 5, method: 'set_min_size', args: [null, 600] },
  ...[3, 4, 5].map(wid => ({ type: 'call', wid: 2, method: 'add_widget', args: [{ __wid__: wid }, 0] })),
  { type: 'call', wid: 1, method: 'set_widget', args: [{ __wid__: 2 }] },
  { type: 'listen', wid: 3, action: 'modified' },
  { type: 'listen', wid: 3, action: 'activated' },
  { type: 'listen', wid: 4, action: 'activated' },
  { type: 'call', wid: 1, method: 'show', args: [] }
]

const entry = (page: Page) => page.locator('.pg-scene:not(.pg-retired)').getByRole('textbox')
const pill = (page: Page) => page.getByRole('status')

/** Plays the handshake of a browser that comes back, and the replay. */
async function welcomeBack (peer: Peer, ...tree: Request[]): Promise<void> {
  await peer.greet()
  await peer.replay(1000, ...tree)
}

if (browser !== null) {
  await t.test('coming back', async t => {
    const losses: Array<[string, (peer: Peer) => void]> = [
      ['without a close code (1005)', peer => peer.closeBare()],
      ['abnormally (1006)', peer => peer.cut()],
      ['by a restart (1012)', peer => peer.close(1012, 'restart')],
      ['by an overload (1013)', peer => peer.close(1013)],
      ['by an error (1011)', peer => peer.close(1011)]
    ]
    for (const [how, lose] of losses) {
      await t.test(`a line that ended ${how} is opened again, with the credentials`, async t => {
        const { page, server, peer } = await open(t, browser)
        lose(peer)
        await pill(page).getByText('Connection lost, reconnecting…').waitFor()
        const next = await server.connection()
        t.match(await next.greet(), { session_id: 1, token: 'secret' })
        await pill(page).getByText('Back online').waitFor()
        // It is shown for as long as it takes to read, which once is enough to wait for.
        if (how === losses[0]![0]) await pill(page).filter({ hasText: /^$/ }).waitFor({ state: 'attached' })
      })
    }

    for (const code of [4000, 4001, 4999]) {
      await t.test(`a line closed with ${code} stays closed until the user asks for a new session`, async t => {
        const { page, server, peer } = await open(t, browser)
        await peer.askAll(...form())
        const reason = '<b>Ended</b> by <script>alert(1)</script> us'
        peer.close(code, reason)
        await page.getByText(reason, { exact: true }).waitFor()
        await page.waitForURL(server.url)
        t.match(await pill(page).textContent(), reason)
        t.equal(await page.locator('.pg-scene').evaluate(scene => (scene as HTMLElement).inert), true, 'what is left on screen cannot be used')
        const start = page.getByRole('button', { name: 'Start a new session' })
        t.equal(await start.evaluate(button => button === button.ownerDocument.activeElement), true)
        let connected = false
        const connection = server.connection().then(next => {
          connected = true
          return next
        })
        // What cuts the waiting of a lost line short does not wake a closed one.
        await page.locator(':root').evaluate(async root => {
          const view = root.ownerDocument.defaultView!
          view.dispatchEvent(new view.Event('online'))
          await view.fetch('/client/manifest.json')
        })
        t.equal(connected, false)
        await start.click()
        t.strictSame(await (await connection).greet(2, 'new'), { type: 'result', id: 0, reports: 'gestures', extensions: 1 }, 'without the old credentials')
        t.equal(await start.count(), 0)
        t.equal(await page.locator('.pg-window').count(), 0, 'nothing is left of the old session')
      })
    }

    await t.test('a server that is away is tried again until it is back', async t => {
      const { page, server, peer } = await open(t, browser)
      server.behaviour.refuse = 500
      peer.cut()
      await page.waitForEvent('response', response => response.url() === server.url && response.request().resourceType() === 'fetch')
      delete server.behaviour.refuse
      t.match(await (await server.connection()).greet(), { session_id: 1 })
    })

    await t.test('the longer a server is away, the less often it is tried', async t => {
      const { page, server, peer } = await open(t, browser)
      server.behaviour.refuse = 500
      const waits = await page.evaluateHandle(() => {
        const waits: number[] = []
        const { setTimeout } = window
        Math.random = () => 1
        Object.assign(window, {
          setTimeout: (act: () => void, wait = 0) => {
            if (wait >= 250) waits.push(wait)
            return setTimeout(act, wait / 100)
          }
        })
        return waits
      })
      peer.cut()
      await page.waitForFunction(waits => waits.length >= 8, waits)
      t.strictSame((await waits.jsonValue()).slice(0, 8), [250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000])
    })

    for (const [what, status] of [['a login', 401], ['no permission', 403], ['a redirect to a login', 302]] as const) {
      await t.test(`a page whose URL answers with ${what} is loaded anew`, async t => {
        let loads = 0
        const { page, server, peer } = await open(t, browser)
        server.behaviour.refuse = 401
        server.behaviour.page = (request, response) => {
          if (request.url === '/login') response.writeHead(200, { 'content-type': 'text/html' }).end('<title>Login</title>Please log in')
          else if (status === 302) response.writeHead(302, { location: '/login' }).end()
          else response.writeHead(status, { 'content-type': 'text/html' }).end('<title>Login</title>Please log in')
          loads++
          return true
        }
        peer.cut()
        await page.getByText('Please log in').waitFor()
        t.ok(loads >= 2)
      })
    }

    await t.test('a page that is loaded anew and still refused does not load itself for ever', async t => {
      const { page, server, peer } = await open(t, browser)
      let probes = 0
      server.behaviour.refuse = 401
      server.behaviour.page = (request, response) => {
        if (request.headers['sec-fetch-dest'] === 'document') return false
        probes++
        response.writeHead(401).end()
        return true
      }
      peer.cut()
      await page.waitForEvent('load')
      const before = probes
      let loads = 0
      page.on('load', () => loads++)
      await page.waitForEvent('response', response => response.status() === 401)
      await page.waitForEvent('response', response => response.status() === 401)
      t.ok(probes >= before + 1)
      t.equal(loads, 0)
    })

    await t.test('a busy server is given the time it asks for', async t => {
      const { page, server, peer } = await open(t, browser)
      let asked = 0
      server.behaviour.refuse = 503
      server.behaviour.page = (_request, response) => {
        asked = Date.now()
        delete server.behaviour.refuse
        response.writeHead(503, { 'retry-after': '1' }).end()
        return true
      }
      peer.cut()
      await server.connection()
      t.ok(Date.now() - asked >= 950, `waited ${Date.now() - asked} ms`)
      await page.close()
    })

    await t.test('the return of the network cuts the waiting short', async t => {
      const { context, page, server, peer } = await open(t, browser)
      await context.setOffline(true)
      peer.cut()
      await pill(page).getByText('reconnecting').waitFor()
      await context.setOffline(false)
      await (await server.connection()).greet()
    })
  })

  await t.test('a replay', async t => {
    await t.test('keeps focus, caret, selection and scroll positions', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form('some longer text'))
      await entry(page).focus()
      await entry(page).evaluate(input => (input as HTMLInputElement).setSelectionRange(2, 5, 'backward'))
      await page.locator('.pg-window-content').evaluate(content => { content.scrollTop = 7 })
      peer.cut()
      await welcomeBack(await server.connection(), ...form('some longer text'))
      const after = await entry(page).evaluate(input => {
        const { selectionStart, selectionEnd, selectionDirection } = input as HTMLInputElement
        return [input === document.activeElement, selectionStart, selectionEnd, selectionDirection]
      })
      t.strictSame(after, [true, 2, 5, 'backward'])
      t.equal(await page.locator('.pg-window-content').evaluate(content => content.scrollTop), 7)
    })

    await t.test('never shows an empty page', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form())
      const old = await page.locator('.pg-window').elementHandle()
      peer.cut()
      const next = await server.connection()
      await next.greet()
      await next.ask({ type: 'reconstruct-start', next_wid: 100 })
      t.equal(await old?.isVisible(), true, 'the old window is there while the new one is not')
      await next.askAll(...form())
      t.equal(await page.locator('.pg-window').count(), 2)
      t.match(await next.call(3, 'get_text'), { value: '' }, 'the server talks to the new one')
      await next.ask({ type: 'reconstruct-end' })
      t.equal(await page.locator('.pg-window').count(), 1)
      t.equal(await old?.evaluate(window => window.isConnected), false)
    })

    await t.test('that breaks off leaves the old page until another one succeeds', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form('old'))
      peer.cut()
      const broken = await server.connection()
      await broken.greet()
      await broken.askAll({ type: 'reconstruct-start', next_wid: 100 }, ...form('half'))
      broken.cut()
      const next = await server.connection()
      t.equal(await page.locator('.pg-window').count(), 2)
      await welcomeBack(next, ...form('new'))
      t.equal(await page.locator('.pg-window').count(), 1)
      t.equal(await entry(page).inputValue(), 'new')
    })

    await t.test('of another session takes nothing over', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form('old'))
      peer.cut()
      const next = await server.connection()
      await next.greet(2, 'other')
      t.equal(await page.locator('.pg-window').count(), 0)
    })

    await t.test('keeps what was typed while the line was down, and reports it', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form('abc'))
      await entry(page).focus()
      await page.keyboard.press('End')
      peer.cut()
      await pill(page).getByText('reconnecting').waitFor()
      await page.keyboard.type('def')
      const next = await server.connection()
      await next.greet()
      await next.ask({ type: 'reconstruct-start', next_wid: 100 })
      await page.keyboard.type('ghi')
      await next.askAll(...form('abc'))
      await next.ask({ type: 'reconstruct-end' })
      t.strictSame((await next.callback(3, 'modified')).args, ['abcdefghi'])
      t.equal(await entry(page).inputValue(), 'abcdefghi')
      await page.keyboard.type('!')
      t.strictSame((await next.callback(3, 'modified')).args, ['abcdefghi!'], 'and typing goes on')
    })

    await t.test('does not bring back a text that the server knows', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form())
      await entry(page).fill('sent')
      await peer.callback(3, 'modified')
      peer.cut()
      const next = await server.connection()
      await welcomeBack(next, ...form('changed by the server'))
      t.equal(await entry(page).inputValue(), 'changed by the server')
      t.strictSame(await next.callbacks(), [])
    })

    await t.test('keeps the stacking order of windows and the places that the page gave them', async t => {
      const { page, server, peer } = await open(t, browser)
      const windows = [1, 2, 3].flatMap(wid => [
        { type: 'create', wid, class: 'TopLevel', args: [{ title: `Window ${wid}` }] },
        { type: 'call', wid, method: 'resize', args: [300, 200] },
        { type: 'call', wid, method: 'show', args: [] }
      ])
      await peer.askAll(...windows)
      const order = async (): Promise<unknown> => await page.locator('.pg-scene:not(.pg-retired) .pg-window')
        .evaluateAll(all => all.map(window => [window.textContent, window.style.zIndex, window.style.left]))
      await peer.call(1, 'raise_')
      const before = await order()
      peer.cut()
      await welcomeBack(await server.connection(), ...windows.slice(3, 6), ...windows.slice(6), ...windows.slice(0, 3))
      t.strictSame((await order() as unknown[][]).toSorted(), (before as unknown[][]).toSorted())
    })
  })

  await t.test('while the line is down', async t => {
    await t.test('buttons do nothing and the text field can still be typed into', async t => {
      const { page, server, peer } = await open(t, browser)
      await peer.askAll(...form())
      server.behaviour.refuse = 500
      peer.cut()
      await pill(page).getByText('reconnecting').waitFor()
      const button = page.getByRole('button', { name: 'Press' })
      await button.evaluate(node => node.addEventListener('click', () => { node.dataset.pressed = 'yes' }))
      await button.click()
      await button.focus()
      await page.keyboard.press('Enter')
      t.equal(await button.getAttribute('data-pressed'), null)
      await entry(page).click()
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
      t.equal(await entry(page).inputValue(), 'x')
      delete server.behaviour.refuse
      await welcomeBack(await server.connection(), ...form())
      await button.click()
    })
  })

  await t.test('two clients live side by side in one page, each in its element', async t => {
    const { outputFiles: [script] } = await build({
      stdin: {
        contents: `
          import { mount } from './browser/client/client.ts'
          const clients = ['left', 'right'].map(id => mount(document.getElementById(id), { socket: '/' + id }))
          document.getElementById('end').addEventListener('click', () => clients[0].unmount())`,
        resolveDir: fileURLToPath(new URL('../..', import.meta.url))
      },
      bundle: true,
      format: 'esm',
      plugins: [evaluated],
      write: false
    })
    const server = await ScriptedServer.start(t, {
      page (request, response) {
        if (request.url === '/two.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script?.text)
        else {
          response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': CSP })
          response.end('<!doctype html><div id="left"></div><div id="right"></div><button id="end">End</button><script type="module" src="/two.js"></script>')
        }
        return true
      }
    })
    const page = await browser.newPage()
    t.teardown(() => page.close())
    await page.goto(server.url)
    const peers = [await server.connection(), await server.connection()].toSorted((a, b) => a.url < b.url ? -1 : 1)
    t.strictSame(peers.map(({ url }) => url), ['/left', '/right'])
    const [left, right] = peers as [Peer, Peer]
    await left.greet(1, 'one')
    await right.greet(2, 'two')
    t.equal(page.url(), server.url, 'the address bar belongs to the page')
    for (const peer of peers) {
      await peer.askAll({ type: 'create', wid: 1, class: 'TopLevel', args: [{ title: peer.url }] }, { type: 'call', wid: 1, method: 'show', args: [] })
    }
    t.equal(await page.locator('#left .pg-window-title').textContent(), '/left')
    t.equal(await page.locator('#right .pg-window-title').textContent(), '/right')
    left.cut()
    await page.locator('#left').getByText('reconnecting').waitFor()
    t.equal(await page.locator('#right').getByText('reconnecting').count(), 0)
    t.match(await (await server.connection()).greet(1, 'one'), { session_id: 1, token: 'one' })
    await page.locator('#end').click()
    t.equal(await page.locator('#left').evaluate(root => root.outerHTML), '<div id="left" class=""></div>')
    t.equal((await right.call(1, 'is_visible')).value, true)
  })
}
