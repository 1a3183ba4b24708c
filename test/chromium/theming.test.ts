import { readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { PgwidgetsOptions, Session } from '../../lib/index.ts'
import { launch } from './support.ts'

/** The sheet of the documentation. */
const brand = /^```css\n([^]*?)^```$/m.exec(readFileSync(new URL('../../docs/theming.md', import.meta.url), 'utf8'))?.[1] ?? ''

function build (session: Session): void {
  const W = session.getWidgets()
  const page = W.Page()
  const box = W.VBox({ spacing: 8, padding: 8 })
  const check = W.CheckBox('Armed')
  check.setState(true)
  const combo = W.ComboBox({ editable: true })
  combo.appendText('Automatic')
  const row = W.HBox({ spacing: 8 })
  row.addWidget(W.Button('First'))
  row.addWidget(W.Button('Second'))
  for (const widget of [row, check, combo, W.Slider({ value: 25, showValue: true })]) box.addWidget(widget)
  page.setWidget(box)
  page.show()
}

async function open (t: Test, browser: Browser, options: PgwidgetsOptions, context: BrowserContextOptions = {}): Promise<Page> {
  const app = Fastify()
  t.teardown(() => app.close())
  app.get('/public/brand.css', async (_request, reply) => reply.type('text/css').send(brand))
  await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect: build, ...options })
  await app.listen({ port: 0, host: '127.0.0.1' })
  const page = await browser.newPage(context)
  t.teardown(() => page.close())
  page.on('console', message => { if (message.type() === 'error') t.fail(message.text()) })
  await page.goto(`http://127.0.0.1:${(app.server.address() as AddressInfo).port}/panel`)
  await page.getByRole('button', { name: 'Second' }).waitFor()
  return page
}

const style = (page: Page, selector: string, property: string): Promise<string> =>
  page.locator(selector).first().evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), property)

/** Left edge of a widget, px. */
const left = async (page: Page, selector: string): Promise<number> => (await page.locator(selector).first().boundingBox())?.x ?? NaN

t.test('theming', async t => {
  const browser = await launch(t)
  if (browser === null) return

  t.test('the style sheet of the documentation changes colours and corners, in light and in dark', async t => {
    for (const [colorScheme, own, branded] of [['light', 'rgb(11, 110, 110)', 'rgb(107, 63, 160)'], ['dark', 'rgb(79, 195, 189)', 'rgb(196, 163, 240)']] as const) {
      const plain = await open(t, browser, {}, { colorScheme })
      t.equal(await style(plain, '.pg-check-box > input', 'background-color'), own)
      t.equal(await style(plain, '.pg-button', 'border-start-start-radius'), '6px')
      const page = await open(t, browser, { styleSheet: 'public/brand.css' }, { colorScheme })
      t.equal(await style(page, '.pg-check-box > input', 'background-color'), branded)
      t.equal(await style(page, '.pg-button', 'border-start-start-radius'), '0px')
    }
  })

  t.test('the option theme decides between light and dark for the style sheet, too', async t => {
    const page = await open(t, browser, { styleSheet: 'public/brand.css', theme: 'dark' }, { colorScheme: 'light' })
    t.equal(await style(page, '.pg-check-box > input', 'background-color'), 'rgb(196, 163, 240)')
  })

  t.test('in a language that is written from right to left, everything runs from the right', async t => {
    const page = await open(t, browser, { lang: 'ar' }, { viewport: { width: 600, height: 400 } })
    t.ok(await left(page, '.pg-button:has-text("First")') > await left(page, '.pg-button:has-text("Second")'))
    t.ok(await left(page, '.pg-check-box > input') > await left(page, '.pg-check-box > .pg-caption'))
    const combo = await page.locator('.pg-combo').boundingBox()
    t.ok(await left(page, '.pg-combo-arrow') - (combo?.x ?? 0) < 5, 'the arrow of a combo box is at the left')
    t.match(await page.locator('.pg-slider > input').evaluate(input => getComputedStyle(input).getPropertyValue('--pg-track')), /to left/, 'a slider fills up from the right')
    await page.getByRole('slider').focus()
    await page.keyboard.press('ArrowLeft')
    t.equal(await page.getByRole('slider').inputValue(), '26', 'its arrows go with it')
  })
})
