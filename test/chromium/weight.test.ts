/** What a page that uses every class weighs over the wire, and where it asks for it. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import t from 'tap'
import { gallery } from '../../examples/gallery.ts'
import { windows } from '../../examples/windows.ts'
import pgwidgets from '../../lib/index.ts'
import { launch } from './support.ts'

/** Most bytes of HTML, script and style, headers and all, where no better compression is to be had than gzip: from plain http. */
const LIMIT = 60_000

const browser = await launch(t)

if (browser !== null) {
  for (const [name, build] of [['windows', windows], ['gallery', gallery]] as const) {
    await t.test(`${name}: at most 4 requests, none to another origin, and ${LIMIT / 1000} kB`, async t => {
      const app = Fastify()
      t.teardown(() => app.close())
      app.addHook('onRequest', async ({ headers }) => { headers['accept-encoding'] = 'gzip' })
      await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect: build })
      await app.listen({ port: 0, host: '127.0.0.1' })
      const origin = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
      const context = await browser.newContext()
      t.teardown(() => context.close())
      const page = await context.newPage()
      const cdp = await context.newCDPSession(page)
      await cdp.send('Network.enable')
      const requests: string[] = []
      let bytes = 0
      cdp.on('Network.requestWillBeSent', ({ request }) => { if (!request.url.startsWith('data:') && !request.url.startsWith('blob:')) requests.push(request.url) })
      cdp.on('Network.loadingFinished', ({ encodedDataLength }) => { bytes += encodedDataLength })
      await page.goto(`${origin}/panel`)
      await page.getByRole('menubar').first().waitFor()
      // Everything that a page of HTML needs is there when its words are.
      for (const tab of name === 'gallery' ? ['Controls', 'Layouts', 'Pictures', 'Scrolling', 'Pages'] : []) await page.getByRole('tab', { name: tab, exact: true }).click()
      if (name === 'gallery') await page.waitForFunction(() => [...document.querySelectorAll('*')].some(({ shadowRoot }) => shadowRoot?.textContent?.includes('Shift report') === true))
      t.comment(`${requests.length} requests, ${bytes} bytes`)
      t.ok(requests.length <= 4, requests.join(' '))
      t.strictSame(requests.filter(url => new URL(url).origin !== origin), [])
      t.ok(bytes <= LIMIT, `${bytes} bytes`)
    })
  }

  t.test('who takes no compression gets the files as they are', async t => {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
    const script = /src="\.\/([^"]+)"/.exec((await app.inject('/panel')).body)?.[1] ?? ''
    const get = async (encoding: string) => await app.inject({ url: `/${script}`, headers: { 'accept-encoding': encoding } })
    const [plain, gzip, brotli] = [await get('identity'), await get('gzip, deflate'), await get('gzip, deflate, br')]
    t.strictSame([plain, gzip, brotli].map(({ statusCode, headers }) => [statusCode, headers['content-encoding']]), [[200, undefined], [200, 'gzip'], [200, 'br']])
    for (const { headers } of [plain, gzip, brotli]) {
      t.match(headers, { 'content-type': /javascript/, 'cache-control': /max-age=31536000, immutable/, vary: /accept-encoding/i })
    }
    t.ok(gzip.rawPayload.length < plain.rawPayload.length / 3)
    t.ok(brotli.rawPayload.length < gzip.rawPayload.length)
  })
}
