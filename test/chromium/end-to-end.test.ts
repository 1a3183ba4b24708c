import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import { gallery } from '../../examples/gallery.ts'
import { hello, helloAsync } from '../../examples/hello.ts'
import pgwidgets from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { seriousFaults } from './axe.ts'
import { launch } from './support.ts'

async function serve (t: Test, build: (session: Session) => unknown, port = 0): Promise<{ app: FastifyInstance, url: string, port: number }> {
  const app = Fastify()
  await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 500, onConnect: session => build(session) })
  await app.listen({ port, host: '127.0.0.1' })
  t.teardown(() => app.close())
  const actual = (app.server.address() as AddressInfo).port
  return { app, url: `http://127.0.0.1:${actual}/panel`, port: actual }
}

const onlySession = (app: FastifyInstance): Session => [...app.pgwidgets.sessions][0] as Session

/** Problems that a page reports: errors, and anything that the Content-Security-Policy stopped. */
function problemsOf (page: Page): string[] {
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => { if (message.type() === 'error') problems.push(message.text()) })
  return problems
}

t.test('with a real browser', async t => {
  const browser = await launch(t)
  if (browser === null) return

  t.test('a click runs a handler on the server, and a reload finds what it changed', async t => {
    let builds = 0
    const { app, url } = await serve(t, session => { builds++; hello(session) })
    const page = await browser.newPage()
    t.teardown(() => page.close())
    const problems = problemsOf(page)
    await page.goto(url)
    await page.getByRole('button', { name: 'Click me' }).click()
    await page.getByText('Clicked!').waitFor()
    await page.reload()
    await page.getByText('Clicked!').waitFor()
    t.equal(builds, 1, 'onConnect ran once')
    t.equal(app.pgwidgets.sessions.size, 1)
    t.match(page.url(), /#session=s.+&token=.+/, 'the address can be shared')
    t.same(problems, [], 'no errors, nothing against the Content-Security-Policy')
  })

  t.test('a handler awaits what the browser alone can know', async t => {
    const { url } = await serve(t, helloAsync)
    const page = await browser.newPage()
    t.teardown(() => page.close())
    await page.goto(url)
    await page.getByRole('button', { name: 'How large' }).click()
    const text = await page.getByText('px in your browser').textContent()
    const box = await page.getByRole('button', { name: 'How large' }).boundingBox()
    t.equal(text, `${Math.round(box?.width ?? 0)} × ${Math.round(box?.height ?? 0)} px in your browser`)
  })

  t.test('a page that lost its line comes back to its session by itself, with focus, caret and text', async t => {
    const { app, url } = await serve(t, session => {
      const W = session.getWidgets()
      const surface = W.Page()
      const box = W.VBox({ spacing: 8, padding: 8 })
      const entry = W.TextEntry('abcdef', { name: 'entry' })
      box.addWidget(W.Button('Other'))
      box.addWidget(entry)
      box.addWidget(W.Label('', { name: 'heard' }))
      entry.on('modified', text => session.find('heard', 'Label')?.setText(`heard ${text}`))
      surface.setWidget(box)
      surface.show()
    })
    const page = await browser.newPage()
    t.teardown(() => page.close())
    await page.goto(url)
    const field = page.getByRole('textbox')
    await field.focus()
    await field.evaluate(input => (input as unknown as { setSelectionRange (a: number, b: number): void }).setSelectionRange(2, 4))
    const [before] = onlySession(app).connections
    for (const socket of app.websocketServer.clients) socket.terminate()
    await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent)
    onlySession(app).find('heard', 'Label')?.setText('changed while the line was down')
    await page.getByText('changed while the line was down').waitFor()
    t.not(onlySession(app).connections[0], before, 'over a new connection')
    t.equal(app.pgwidgets.sessions.size, 1, 'to the same session')
    t.same(await page.evaluate('[document.activeElement.value, document.activeElement.selectionStart, document.activeElement.selectionEnd]'), ['abcdef', 2, 4])
    await page.keyboard.type('X')
    await page.getByText('heard abXef').waitFor()
  })

  t.test('a second browser shows the same, and each sees what the other does', async t => {
    const { app, url } = await serve(t, session => {
      const W = session.getWidgets()
      const surface = W.Page()
      const box = W.VBox({ padding: 8 })
      box.addWidget(W.Slider({ name: 'slider', track: true, value: 20 }))
      box.addWidget(W.CheckBox('Armed', { name: 'armed' }))
      surface.setWidget(box)
      surface.show()
    })
    const one = await browser.newPage()
    const two = await (await browser.newContext()).newPage()
    t.teardown(async () => { await one.close(); await two.context().close() })
    await one.goto(url)
    await one.getByRole('slider').waitFor()
    await two.goto(one.url())
    await two.getByRole('checkbox', { name: 'Armed' }).check()
    await one.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=checkbox]')?.checked)
    await one.getByRole('slider').focus()
    await one.keyboard.press('End')
    await two.waitForFunction(() => document.querySelector<HTMLInputElement>('input[type=range]')?.value === '100')
    t.equal(onlySession(app).find('slider', 'Slider')?.getValue(), 100)
    t.equal(onlySession(app).find('armed', 'CheckBox')?.getState(), true)
    t.equal(app.pgwidgets.sessions.size, 1)
  })

  t.test('after a restart of the server the page comes back, to a new session', async t => {
    const first = await serve(t, hello)
    const page = await browser.newPage()
    t.teardown(() => page.close())
    await page.goto(first.url)
    await page.getByRole('button', { name: 'Click me' }).click()
    await page.getByText('Clicked!').waitFor()
    await first.app.close()
    await page.waitForFunction(() => document.querySelector('[role=status]')?.textContent)
    await serve(t, hello, first.port)
    await page.getByText('Ready').waitFor()
    await page.getByRole('button', { name: 'Click me' }).click()
    await page.getByText('Clicked!').waitFor()
  })

  t.test('a page of a session that was destroyed says so, stays down, and starts afresh when asked', async t => {
    const { app, url } = await serve(t, hello)
    const page = await browser.newPage()
    t.teardown(() => page.close())
    await page.goto(url)
    await page.getByText('Ready').waitFor()
    const { hash } = new URL(page.url())
    onlySession(app).destroy()
    await page.getByText('This session has ended', { exact: true }).waitFor()
    await page.getByRole('button', { name: /new session/i }).click()
    await page.waitForFunction(old => location.hash !== '' && location.hash !== old, hash)
    await page.getByText('Ready').waitFor()
    t.equal(app.pgwidgets.sessions.size, 1)
  })

  t.test('the gallery has nothing serious for axe, wide and narrow, light and dark', async t => {
    const { url } = await serve(t, gallery)
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [width, height] of [[1280, 800], [390, 844]] as const) {
        const page = await browser.newPage({ viewport: { width, height }, colorScheme, bypassCSP: true })
        const problems = problemsOf(page)
        await page.goto(url)
        for (const tab of ['Controls', 'Layouts', 'Pictures', 'Scrolling', 'Pages']) {
          await page.getByRole('tab', { name: tab }).click()
          await page.getByRole('tab', { name: tab, selected: true }).waitFor()
          t.same(await seriousFaults(page), [], `${tab}, ${width} px, ${colorScheme}`)
          t.equal(await page.evaluate('document.scrollingElement.scrollWidth <= innerWidth'), true, 'nothing overflows')
        }
        t.same(problems, [])
        await page.close()
      }
    }
  })
})
