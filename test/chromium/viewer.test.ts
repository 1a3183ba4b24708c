import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import { seriousFaults } from './axe.ts'
import { gallery, wids } from './gallery.ts'
import { launch, open } from './support.ts'
import type { Opened, Peer, Request } from './support.ts'
import { ref } from './widget-support.ts'

const browser = await launch(t)

/** Everything that some widget reports. */
const ACTIONS = [
  'activated', 'modified', 'page-switch', 'page-close', 'sizing', 'move', 'resize', 'close', 'window-state', 'map',
  'pointer-down', 'pointer-move', 'click', 'key-down', 'scroll', 'focus-in', 'enter', 'contextmenu'
]

const badge = (page: Page): Locator => page.getByRole('status').getByText('View only')

function become (peer: Peer, role?: 'viewer'): void {
  peer.send({ type: 'session-info', session_id: 1, token: 'secret', ...(role !== undefined && { role }) })
}

/** The gallery, to which all is listened, for an operator. */
async function openGallery (t: Test, browser: Browser, options: BrowserContextOptions = {}): Promise<Opened> {
  const opened = await open(t, browser, options)
  await opened.peer.askAll(...gallery(), ...Object.values(wids).flatMap(wid => ACTIONS.map(action => ({ type: 'listen', wid, action }))))
  return opened
}

/** The gallery for a viewer. What was reported before is forgotten. */
async function watch (t: Test, browser: Browser, options: BrowserContextOptions = {}): Promise<Opened> {
  const opened = await openGallery(t, browser, options)
  become(opened.peer, 'viewer')
  await badge(opened.page).waitFor()
  await opened.peer.callbacks()
  opened.peer.frames.length = 0
  return opened
}

/** What can be told of the widgets. */
async function state (peer: Peer): Promise<unknown[]> {
  const questions: Array<[number, string]> = [
    [wids.window, 'get_position'], [wids.window, 'get_size'], [wids.window, 'get_window_state'], [wids.check, 'get_state'],
    [wids.slider, 'get_value'], [wids.vertical, 'get_value'], [wids.entry, 'get_text'], [wids.combo, 'get_text'],
    [wids.typed, 'get_text'], [wids.tabs, 'get_index'], [wids.pin, 'get_state'], [wids.wrap, 'get_state'], [wids.splitter, 'get_sizes']
  ]
  return (await peer.askAll(...questions.map(([wid, method]) => ({ type: 'call', wid, method, args: [] })))).map(({ value }) => value)
}

/** The path of Tab through the page. */
async function tabOrder (page: Page): Promise<string[]> {
  await page.locator('body').evaluate(() => { (document.activeElement as HTMLElement | null)?.blur() })
  const stops: string[] = []
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab')
    const stop = await page.evaluate(() => {
      const { activeElement: focused } = document
      return focused === null || focused === document.body ? null : `${focused.tagName} ${focused.className} ${focused.textContent ?? ''}`
    })
    if (stop === null) break
    stops.push(stop)
  }
  return stops
}

/** Presses, drags and wheels over everything that can be seen. */
async function handle (page: Page): Promise<void> {
  const controls = await page.locator('.pg-view :is(button, input, [role="tab"], [role="separator"], .pg-tab-close, .pg-grip, .pg-window-bar, label, .pg-image)').all()
  for (const control of controls) {
    const box = await control.boundingBox()
    if (box === null) continue
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    await page.mouse.click(x, y)
    await page.mouse.dblclick(x, y)
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 40, y + 30, { steps: 3 })
    await page.mouse.up()
    await page.mouse.wheel(0, 60)
  }
}

/** Goes through the tab order, and presses on each stop what any widget has a use for. */
async function press (page: Page): Promise<void> {
  await page.locator('body').evaluate(() => { (document.activeElement as HTMLElement | null)?.blur() })
  const keys = ['Enter', ' ', 'ArrowRight', 'ArrowDown', 'Shift+ArrowRight', 'Control+Shift+ArrowRight', 'Home', 'PageUp', 'Delete', 'Backspace', 'x', 'Escape', 'Control+v', 'Control+x']
  for (let i = 0; i < 30; i++) {
    await page.keyboard.press('Tab')
    if (await page.evaluate(() => document.activeElement === document.body)) break
    for (const key of keys) await page.keyboard.press(key)
  }
}

if (browser !== null) {
  await t.test('a viewer', async t => {
    await t.test('changes nothing by pointer and reports nothing', async t => {
      const { page, peer } = await watch(t, browser)
      const before = await state(peer)
      await handle(page)
      t.strictSame(await state(peer), before)
      t.strictSame(await peer.callbacks(), [])
      t.equal(await page.locator('.pg-overlays > *').count(), 0, 'nothing has popped up')
    })

    await t.test('changes nothing by keyboard and reports nothing', async t => {
      const { page, peer } = await watch(t, browser)
      const before = await state(peer)
      await press(page)
      t.strictSame(await state(peer), before)
      t.strictSame(await peer.callbacks(), [])
    })

    await t.test('changes nothing by touch and reports nothing', async t => {
      const { page, peer } = await watch(t, browser, { hasTouch: true, viewport: { width: 390, height: 844 } })
      const before = await state(peer)
      for (const control of await page.locator('.pg-view :is(button, input, [role="tab"], label)').all()) {
        const box = await control.boundingBox()
        if (box !== null) await page.touchscreen.tap(box.x + box.width / 2, box.y + box.height / 2)
      }
      t.strictSame(await state(peer), before)
      t.strictSame(await peer.callbacks(), [])
    })

    await t.test('does not even report what happens without being handled', async t => {
      const { page, peer } = await watch(t, browser)
      const settled = async (): Promise<void> => { await page.evaluate(async () => await new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve)))) }
      await peer.call(wids.slider, 'set_value', 70)
      await peer.call(wids.tabs, 'set_index', 2)
      await peer.call(wids.window, 'set_window_state', 'maximized')
      await settled()
      t.strictSame(await peer.callbacks(), [])
      t.match(await peer.call(wids.tabs, 'get_index'), { value: 2 }, 'though it sees all of it')
    })

    await t.test('finds everything in the tab order and in the accessibility tree, out of use', async t => {
      const { page, peer } = await openGallery(t, browser)
      const order = await tabOrder(page)
      become(peer, 'viewer')
      await badge(page).waitFor()
      t.strictSame(await tabOrder(page), order)
      t.ok(order.length > 12)
      t.equal(await page.getByRole('button', { name: 'Start', disabled: true }).count(), 1)
      t.equal(await page.getByRole('checkbox', { name: 'Remember me', disabled: true, checked: true }).count(), 1)
      t.equal(await page.getByRole('slider', { name: 'Level', disabled: true }).count(), 1)
      t.equal(await page.getByRole('tab', { name: 'Log', disabled: true }).count(), 1)
      t.equal(await page.getByRole('menuitem', { name: 'File', disabled: true }).count(), 1)
      t.equal(await page.getByRole('separator', { name: 'Resize', disabled: true }).count(), 1)
      t.equal(await page.getByRole('textbox').getAttribute('readonly'), '')
      t.equal(await page.getByRole('textbox').inputValue(), 'Some text')
      t.equal(await page.locator('.pg-view [inert]').count(), 0)
    })

    await t.test('scrolls by wheel and keyboard, and selects text', async t => {
      const { page, peer } = await open(t, browser)
      const tree: Request[] = [
        { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Long' }] },
        { type: 'create', wid: 2, class: 'VBox', args: [] },
        { type: 'create', wid: 3, class: 'Slider', args: [{ value: 40 }] },
        { type: 'create', wid: 4, class: 'TextEntry', args: ['to be copied'] },
        { type: 'create', wid: 5, class: 'Label', args: ['Serial number 4711'] },
        { type: 'create', wid: 6, class: 'Button', args: ['Tall'] },
        { type: 'call', wid: 5, method: 'set_allow_text_selection', args: [true] },
        { type: 'call', wid: 6, method: 'set_min_size', args: [null, 1200] },
        ...[3, 4, 5, 6].map(wid => ({ type: 'call', wid: 2, method: 'add_widget', args: [ref(wid), 0] })),
        { type: 'call', wid: 1, method: 'set_widget', args: [ref(2)] },
        { type: 'call', wid: 1, method: 'resize', args: [300, 300] },
        { type: 'call', wid: 1, method: 'show', args: [] }
      ]
      await peer.askAll(...tree)
      become(peer, 'viewer')
      await badge(page).waitFor()
      const scrolled = async (): Promise<number> => await page.locator('.pg-window-content').evaluate(({ scrollTop }) => scrollTop)
      /** Does what scrolls, and waits until it has come to rest. */
      const scrolling = async (act: () => Promise<void>): Promise<void> => {
        const rest = await page.locator('.pg-window-content').evaluateHandle(element => ({
          reached: new Promise(resolve => element.addEventListener('scrollend', resolve, { once: true }))
        }))
        await act()
        await rest.evaluate(async ({ reached }) => { await reached })
      }
      await page.getByText('4711').click({ clickCount: 3, position: { x: 20, y: 8 } })
      t.equal(await page.evaluate(() => String(getSelection()).trim()), 'Serial number 4711')
      await page.getByRole('textbox').dblclick({ position: { x: 14, y: 14 } })
      t.equal(await page.getByRole('textbox').evaluate(input => (input as HTMLInputElement).value.slice((input as HTMLInputElement).selectionStart ?? 0, (input as HTMLInputElement).selectionEnd ?? 0)), 'to')
      await page.getByRole('slider').focus()
      const box = await page.getByRole('slider').boundingBox()
      await page.mouse.move((box?.x ?? 0) + 10, (box?.y ?? 0) + 5)
      await scrolling(() => page.mouse.wheel(0, 100))
      t.ok(await scrolled() > 0, 'also over a slider that has the focus')
      t.match(await peer.call(3, 'get_value'), { value: 40 })
      await page.getByRole('button', { name: 'Tall' }).focus()
      const from = await scrolled()
      await scrolling(() => page.keyboard.press('PageDown'))
      t.ok(await scrolled() > from)
    })

    await t.test('raises a window that is behind another one by pressing it, since that is how to see it', async t => {
      const { page, peer } = await open(t, browser)
      for (const wid of [1, 2]) {
        await peer.create(wid, 'TopLevel', { title: `Window ${wid}` })
        await peer.call(wid, 'resize', 300, 200)
        await peer.call(wid, 'set_position', 100 * wid, 50)
        await peer.call(wid, 'show')
      }
      become(peer, 'viewer')
      await badge(page).waitFor()
      await page.mouse.click(120, 150)
      t.equal(await page.locator('.pg-window.pg-active').textContent(), 'Window 1')
    })

    await t.test('sees a menu that was open, and closes it with Escape', async t => {
      const { page, peer } = await openGallery(t, browser)
      await page.getByRole('menuitem', { name: 'File' }).click()
      await page.getByRole('menuitemcheckbox', { name: 'Wrap lines' }).waitFor()
      become(peer, 'viewer')
      await badge(page).waitFor()
      t.equal(await page.getByRole('menuitemcheckbox', { name: 'Wrap lines', disabled: true }).count(), 1)
      await page.getByRole('menuitemcheckbox', { name: 'Wrap lines' }).click({ force: true })
      t.match(await peer.call(wids.wrap, 'get_state'), { value: true })
      await page.keyboard.press('Escape')
      t.equal(await page.getByRole('menu').count(), 0)
      become(peer)
      await badge(page).waitFor({ state: 'detached' })
      await page.getByRole('menuitem', { name: 'File' }).click()
      t.equal(await page.getByRole('menuitemcheckbox', { name: 'Wrap lines', disabled: false }).count(), 1, 'what was out of sight when it was lifted can be used again')
    })

    await t.test('cannot use what comes later, or what changes', async t => {
      const { page, peer } = await watch(t, browser)
      await peer.create(500, 'TopLevel', { title: 'Later' })
      await peer.create(501, 'Button', 'New')
      await peer.listen(501, 'activated')
      await peer.call(500, 'set_widget', ref(501))
      await peer.call(500, 'show')
      await page.getByRole('button', { name: 'New', disabled: true }).click({ force: true })
      await peer.call(501, 'set_enabled', false)
      await peer.call(501, 'set_enabled', true)
      t.equal(await page.getByRole('button', { name: 'New', disabled: true }).count(), 1)
      t.strictSame(await peer.callbacks(), [])
    })

    await t.test('sees no text that was typed before and can never be reported', async t => {
      const { page, server, peer } = await openGallery(t, browser)
      await page.getByRole('textbox').focus()
      peer.cut()
      await page.getByText('Connection lost').waitFor()
      await page.keyboard.type('lost ')
      const next = await server.connection()
      next.send({ type: 'init', id: 0 })
      await next.take(({ id }) => id === 0)
      become(next, 'viewer')
      await next.replay(1000, ...gallery())
      t.equal(await page.getByRole('textbox').inputValue(), 'Some text')
    })
  })

  await t.test('the badge', async t => {
    await t.test('is not there for an operator', async t => {
      const { page } = await open(t, browser)
      t.equal(await badge(page).count(), 0)
    })

    for (const [width, height] of [[1280, 800], [390, 844]] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await t.test(`covers nothing and is in order for axe, ${width} px, ${colorScheme}`, async t => {
          const { page, peer } = await openGallery(t, browser, { viewport: { width, height }, colorScheme, bypassCSP: true })
          become(peer, 'viewer')
          t.match(await peer.take(({ type }) => type === 'viewport'), { width, height: height - 30 }, 'the server hears of the room that is left')
          await peer.call(wids.window, 'set_window_state', 'maximized')
          const box = await badge(page).boundingBox()
          const view = await page.locator('.pg-view').boundingBox()
          t.ok(box !== null && view !== null && box.y >= view.y + view.height, 'it has a strip of its own')
          t.ok(box !== null && box.x + box.width <= width && box.y + box.height <= height)
          t.strictSame(await seriousFaults(page), [])
        })
      }
    }

    await t.test('and what it stands for last through replays and losses of the line, until the server says otherwise', async t => {
      const { page, server, peer } = await watch(t, browser)
      const start = page.getByRole('button', { name: 'Start' })
      await peer.replay(1000, ...gallery(), { type: 'listen', wid: wids.button, action: 'activated' })
      t.equal(await badge(page).count(), 1)
      await start.click({ force: true })
      t.strictSame(await peer.callbacks(), [])
      peer.cut()
      await page.getByText('Connection lost').waitFor()
      t.equal(await badge(page).count(), 1)
      t.equal(await page.getByRole('textbox').getAttribute('readonly'), '', 'nobody types what cannot be reported')
      const next = await server.connection()
      next.send({ type: 'init', id: 0 })
      await next.take(({ id }) => id === 0)
      become(next, 'viewer')
      await next.replay(1000, ...gallery(), { type: 'listen', wid: wids.button, action: 'activated' })
      await page.getByText('Back online').waitFor()
      t.equal(await badge(page).count(), 1)
      t.equal(await start.getAttribute('aria-disabled'), 'true')

      become(next)
      await badge(page).waitFor({ state: 'detached' })
      t.equal(await page.locator('.pg-view [aria-disabled], .pg-view [readonly]').count(), 0, 'nothing stays marked')
      await start.click()
      await next.callback(wids.button, 'activated')
      await page.getByRole('textbox').fill('mine again')
      t.equal(await page.getByRole('textbox').inputValue(), 'mine again')
    })

    await t.test('leaves alone what is read-only for everybody', async t => {
      const { page, peer } = await open(t, browser)
      await peer.create(1, 'TopLevel', { title: 'Fixed' })
      await peer.create(2, 'TextEntry', 'fixed', { editable: false })
      await peer.call(1, 'set_widget', ref(2))
      await peer.call(1, 'show')
      become(peer, 'viewer')
      await badge(page).waitFor()
      become(peer)
      await badge(page).waitFor({ state: 'detached' })
      t.equal(await page.getByRole('textbox').getAttribute('readonly'), '')
    })
  })

  await t.test('by a link, beside an operator, a viewer sees all that happens and moves nothing', async t => {
    const app = Fastify()
    let presses = 0
    await app.register(pgwidgets, {
      prefix: '/panel',
      onConnect (session) {
        const W = session.getWidgets()
        const surface = W.Page()
        const box = W.VBox({ padding: 8 })
        const button = W.Button('Count')
        const count = W.Label('0')
        button.on('activated', () => count.setText(String(++presses)))
        box.addWidget(button)
        box.addWidget(count)
        box.addWidget(W.Slider({ value: 20, track: true }))
        surface.setWidget(box)
        surface.show()
      }
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    t.teardown(() => app.close())
    const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
    const operator = await browser.newPage()
    t.teardown(() => operator.close())
    await operator.goto(`${origin}/panel`)
    await operator.getByRole('button', { name: 'Count' }).click()
    const [session] = [...app.pgwidgets.sessions]
    const viewer = await (await browser.newContext()).newPage()
    t.teardown(() => viewer.context().close())
    await viewer.goto(session?.grant({ role: 'viewer' }).url(origin) ?? '')
    await badge(viewer).waitFor()
    await viewer.getByText('1', { exact: true }).waitFor()
    await viewer.getByRole('button', { name: 'Count' }).click({ force: true })
    await viewer.getByRole('slider').focus()
    await viewer.keyboard.press('End')
    t.equal(await viewer.getByRole('slider').inputValue(), '20')
    await operator.getByRole('button', { name: 'Count' }).click()
    await operator.getByRole('slider').focus()
    await operator.keyboard.press('End')
    await viewer.getByText('2', { exact: true }).waitFor()
    await viewer.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=range]')?.value === '100')
    t.equal(presses, 2)
    t.strictSame(session?.connections.map(({ role, counts }) => [role, counts.watching]), [['operator', 0], ['viewer', 0]], 'nothing came that the server had to turn down')
    await viewer.reload()
    await badge(viewer).waitFor()
  })
}
