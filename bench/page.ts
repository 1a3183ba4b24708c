import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import pgwidgets from 'fastify-pgwidgets'
import type { Session } from 'fastify-pgwidgets'
import type { Browser } from 'playwright-core'
import { startChromium } from '../test/chromium/support.ts'
import { ms, ratio, sideBySide } from './measure.ts'

/** Labels in one scrolling column. */
function labels (session: Session, count: number): void {
  const W = session.getWidgets()
  const page = W.Page()
  const area = W.ScrollArea()
  const column = W.VBox()
  for (let i = 1; i <= count; i++) column.addWidget(W.Label(`Label ${i}`))
  area.setWidget(column)
  page.setWidget(area)
  page.show()
}

/** The same elements, made by a script of their own without a server that knows of them. */
const plain = (count: number): string => `
const area = document.body.appendChild(document.createElement('div'))
area.style.cssText = 'position:fixed;inset:0;overflow:auto'
const column = area.appendChild(document.createElement('div'))
column.style.cssText = 'display:flex;flex-direction:column'
for (let i = 1; i <= ${count}; i++) {
  const label = document.createElement('div')
  label.className = 'pg-label'
  label.textContent = 'Label ' + i
  column.append(label)
}`

/** Seconds from the navigation until so many labels are laid out; each time as somebody who was never there before. */
async function shown (browser: Browser, url: string, count: number): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'commit' })
    return await page.evaluate(`(async () => {
      while (document.getElementsByClassName('pg-label').length < ${count}) await new Promise(resolve => requestAnimationFrame(resolve))
      document.body.getBoundingClientRect()
      return performance.now() / 1000
    })()`)
  } finally {
    await context.close()
  }
}

/** From the navigation to one label, the hello of a session, to 1,000 and to 5,000, beside a page that makes the same elements by itself. */
export async function page (): Promise<void> {
  const app = Fastify()
  await app.register(pgwidgets)
  const counts = [1, 1_000, 5_000]
  for (const count of counts) {
    app.pgwidgets.route({ url: `/ours/${count}`, onConnect (session) { labels(session, count) } })
    app.get(`/plain/${count}`, async (_request, reply) => reply.type('text/html').send(`<!doctype html><title>Plain</title><body><script src="/plain/${count}.js"></script>`))
    app.get(`/plain/${count}.js`, async (_request, reply) => reply.type('text/javascript').send(plain(count)))
  }
  await app.listen({ port: 0, host: '127.0.0.1' })
  const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const browser = await startChromium()
  for (const count of counts) {
    const { ours, bare } = await sideBySide(
      () => shown(browser, `${origin}/ours/${count}`, count),
      () => shown(browser, `${origin}/plain/${count}`, count)
    )
    ratio(`page-${count}`, ours / bare, `${ms(ours)} from navigation to ${count === 1 ? 'a label of a new session' : `${count} labels`}, plain DOM ${ms(bare)}${count === 1 ? '' : '; aim 3.00'}`)
  }
  await browser.close()
  await app.close()
}
