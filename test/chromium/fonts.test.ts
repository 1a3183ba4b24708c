import Fastify from 'fastify'
import type { Page } from 'playwright-core'
import t from 'tap'
import { gallery } from '../../examples/gallery.ts'
import { windows } from '../../examples/windows.ts'
import pgwidgets from '../../lib/index.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { launch, open } from './support.ts'

const WIDE = new URL('../fixtures/wide.ttf', import.meta.url)

/** Classes that nobody makes, and those without a word of their own. */
const WORDLESS = ['Callback', 'Widget', 'ContainerWidget', 'Page', 'Box']

const browser = await launch(t)

/** Everything on a page that has words in it, or may have. */
const textsOf = async (page: Page): Promise<Array<{ text: string, family: string, size: number }>> => await page.locator('.pg-stage').evaluate(stage => {
  const view = stage.ownerDocument.defaultView!
  const walker = stage.ownerDocument.createTreeWalker(stage, view.NodeFilter.SHOW_TEXT)
  const found = new Set<Element>(stage.querySelectorAll('input:not([type=range], [type=checkbox], [type=radio]), textarea'))
  while (walker.nextNode() !== null) if (walker.currentNode.textContent?.trim() !== '') found.add(walker.currentNode.parentElement!)
  // The pane of frames has a font of its own.
  const isFrames = (element: Element): boolean => element.closest('.pg-window')?.querySelector('.pg-window-title')?.textContent === 'Frames'
  return [...found].filter(element => !isFrames(element)).map(element => {
    const { fontFamily, fontSize } = view.getComputedStyle(element)
    return { text: element.textContent ?? '', family: fontFamily, size: parseFloat(fontSize) }
  })
})

if (browser !== null) {
  await t.test('the default font, served by the plugin, reaches every word of every widget; each part keeps its share of the size', async t => {
    const app = Fastify()
    t.teardown(() => app.close())
    await app.register(pgwidgets, { prefix: '/gallery', closeTimeout: 200, onConnect: gallery })
    app.pgwidgets.route({ url: '/windows', onConnect: windows })
    await app.pgwidgets.fonts.register({ family: 'Wide Test', source: WIDE })
    const origin = await app.listen({ port: 0, host: '127.0.0.1' })
    const context = await browser.newContext()
    t.teardown(() => context.close())
    const pages: Page[] = []
    for (const url of ['/gallery', '/windows']) {
      const page = await context.newPage()
      page.on('console', message => { if (/Content.Security.Policy/i.test(message.text())) t.fail(message.text()) })
      await page.goto(origin + url)
      await page.getByRole('menubar').first().waitFor()
      pages.push(page)
    }
    const there = new Set([...app.pgwidgets.sessions].flatMap(session => session.widgets().map(({ constructor: { name } }) => name)))
    t.strictSame([...definitions.keys()].filter(name => !there.has(name)), WORDLESS, 'every class is there')
    const before = await Promise.all(pages.map(textsOf))
    app.pgwidgets.fonts.setDefault({ family: '"Wide Test"', size: 15 })
    for (const [i, page] of pages.entries()) {
      await page.waitForFunction(stage => getComputedStyle(stage).fontSize === '20px', await page.locator('.pg-stage').elementHandle() as never)
      const after = await textsOf(page)
      t.ok(after.length > 10, `${after.length} texts`)
      t.strictSame(after.filter(({ family }) => family !== '"Wide Test"').map(({ text }) => text), [])
      t.strictSame(after.filter(({ size }, at) => Math.abs(size / 20 - (before[i]?.[at]?.size ?? 0) / 13) > 0.01), [])
      t.strictSame(await page.locator(':root').evaluate(async root => {
        await root.ownerDocument.fonts.ready
        return [...root.ownerDocument.fonts].map(({ family, status }) => [family.replaceAll('"', ''), status])
      }), [['Wide Test', 'loaded']])
    }
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
