import Fastify from 'fastify'
import t from 'tap'
import { gallery } from '../../examples/gallery.ts'
import pgwidgets from '../../lib/index.ts'
import { launch, open } from './support.ts'

const WIDE = new URL('../fixtures/wide.ttf', import.meta.url)

const browser = await launch(t)

if (browser !== null) {
  await t.test('the default font, served by the plugin, reaches every word of every widget; each part keeps its share of the size', async t => {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(pgwidgets, { prefix: '/panel', closeTimeout: 200, onConnect: gallery })
    await app.pgwidgets.fonts.register({ family: 'Wide Test', source: WIDE })
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    const page = await (await browser.newContext()).newPage()
    t.teardown(() => page.context().close())
    page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) t.fail(message.text()) })
    await page.goto(`${origin}/panel`)
    await page.getByRole('tab').first().waitFor()
    const texts = async (): Promise<Array<{ text: string, family: string, size: number }>> => await page.locator('.pg-stage').evaluate(stage => {
      const view = stage.ownerDocument.defaultView!
      const walker = stage.ownerDocument.createTreeWalker(stage, view.NodeFilter.SHOW_TEXT)
      const found = new Set<Element>(stage.querySelectorAll('input:not([type=range], [type=checkbox], [type=radio]), textarea'))
      while (walker.nextNode() !== null) if (walker.currentNode.textContent?.trim() !== '') found.add(walker.currentNode.parentElement!)
      return [...found].map(element => {
        const { fontFamily, fontSize } = view.getComputedStyle(element)
        return { text: element.textContent ?? '', family: fontFamily, size: parseFloat(fontSize) }
      })
    })
    const before = await texts()
    app.pgwidgets.fonts.setDefault({ family: '"Wide Test"', size: 15 })
    await page.waitForFunction(stage => getComputedStyle(stage).fontSize === '20px', await page.locator('.pg-stage').elementHandle() as never)
    const after = await texts()
    t.ok(after.length > 30, `${after.length} texts`)
    t.strictSame(after.filter(({ family }) => family !== '"Wide Test"').map(({ text }) => text), [])
    const share = after.map(({ text, size }, i) => ({ text, off: Math.abs(size / 20 - (before[i]?.size ?? 0) / 13) > 0.01 })).filter(({ off }) => off)
    t.strictSame(share, [])
    t.strictSame(await page.locator(':root').evaluate(async root => {
      await root.ownerDocument.fonts.ready
      return [...root.ownerDocument.fonts].map(({ family, status }) => [family.replaceAll('"', ''), status])
    }), [['Wide Test', 'loaded']])
  })

  await t.test('an address that comes long after the user did something is offered as a link', async t => {
    const { context, page, peer } = await open(t, browser)
    await peer.ask({ type: 'open-url', url: '/client/manifest.json?1' })
    await peer.ask({ type: 'open-url', url: '/client/manifest.json' })
    const link = page.getByRole('link', { name: /manifest\.json$/ })
    t.equal(await page.getByRole('link').count(), 1, 'the last one')
    const opened = context.waitForEvent('page')
    await link.click()
    const other = await opened
    await other.waitForURL(/manifest\.json$/)
    t.equal(await link.count(), 0)
    await page.bringToFront()
    await other.close()
  })
}
