import { readFileSync } from 'node:fs'
import t from 'tap'
import { errors } from '../../lib/index.ts'
import type { DefaultFont, FontSource } from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import { bare, build } from '../support/app.ts'
import pgwidgets from '../../lib/index.ts'

const WIDE = new URL('../fixtures/wide.ttf', import.meta.url)

t.test('a registered font is served for good, under a name that says what is in it', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  const face = await app.pgwidgets.fonts.register({ family: 'Wide', source: WIDE, weight: 'bold' })
  t.match(face, { family: 'Wide', weight: 'bold', style: 'normal', path: /^\/panel\/client\/fonts\/[0-9a-f]{20}\.ttf$/ })
  const { statusCode, headers, rawPayload } = await app.inject(face.path)
  t.equal(statusCode, 200)
  t.match(headers, { 'content-type': 'font/ttf', 'cache-control': 'public, max-age=31536000, immutable', 'x-content-type-options': 'nosniff' })
  t.ok(rawPayload.equals(readFileSync(WIDE)))
  t.equal((await app.inject('/panel/client/fonts/other.ttf')).statusCode, 404)
  t.equal(await app.pgwidgets.fonts.register({ family: 'Wide', source: readFileSync(WIDE), weight: 'bold' }), face, 'the same again changes nothing')
  t.strictSame([...app.pgwidgets.fonts], [face])
})

t.test('browsers are told of fonts before widgets, relative to where their page is, and of later ones at once', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/a/:id', onConnect (session) { session.getWidgets().Page().show() } })
  await app.pgwidgets.fonts.register({ family: 'Wide', source: WIDE })
  app.pgwidgets.fonts.setDefault({ family: 'Wide, serif', size: 12, weight: 300 })
  const browser = await openBrowser(app, '/a/1')
  const [font] = browser.fonts
  t.match(font, { family: 'Wide', weight: 'normal', style: 'normal', url: /^\.\.\/pgwidgets\/client\/fonts\/\w+\.ttf$/ })
  t.strictSame(browser.defaultFont, { family: 'Wide, serif', size: 16, weight: 300, style: null }, 'points became px')
  const types = browser.frames.flatMap(({ messages }) => messages.map(({ type }) => type as string))
  t.ok(types.indexOf('register-font') < types.indexOf('reconstruct-start'))

  await app.pgwidgets.fonts.register({ family: 'Wide', source: WIDE, style: 'italic' })
  app.pgwidgets.fonts.setDefault(null)
  await browser.idle()
  t.match(browser.fonts.at(-1), { family: 'Wide', style: 'italic' })
  t.equal(browser.defaultFont, null)
  t.equal(app.pgwidgets.fonts.default, null)
  await browser.reload()
  t.equal(browser.defaultFont, null, 'a default that was taken back is not told')
  t.strictSame(browser.errors, [])
})

t.test('what is no font, and words that no browser knows, are refused', async t => {
  const app = await build(t)
  const { fonts } = app.pgwidgets
  const sources: Array<[unknown, RegExp]> = [
    [{ source: WIDE }, /family/], [{ family: '', source: WIDE }, /family/], [undefined, /family/],
    [{ family: 'x', source: 7 }, /path/], [{ family: 'x', source: '/no/such/file' }, /cannot be read/],
    [{ family: 'x', source: Buffer.from('GIF89a') }, /no WOFF2/], [{ family: 'x', source: WIDE, weight: 'fat' }, /weight/],
    [{ family: 'x', source: WIDE, weight: 0 }, /weight/], [{ family: 'x', source: WIDE, style: 'bent' }, /style/]
  ]
  for (const [source, message] of sources) await t.rejects(fonts.register(source as FontSource), { code: 'PGW_ERR_FONT', message })
  const defaults: Array<[unknown, RegExp]> = [[{ family: 7 }, /family/], [{ size: 0 }, /size/], [{ size: '12' }, /size/], [{ weight: NaN }, /weight/], [{ style: 1 }, /style/]]
  for (const [font, message] of defaults) t.throws(() => fonts.setDefault(font as DefaultFont), { code: 'PGW_ERR_FONT', message })
  t.equal(fonts.size, 0)
  t.equal(fonts.default, null)
  t.equal(new errors.FontError('x').code, 'PGW_ERR_FONT')
})

t.test('a URL opens in all browsers of a session, or in the one that asked for it', async t => {
  const app = await build(t, {
    prefix: '/panel',
    onConnect (session) {
      const W = session.getWidgets()
      const page = W.Page()
      const button = W.Button('Report')
      button.on('activated', ({ connection }) => connection?.openUrl('report.pdf'))
      page.setWidget(button)
      page.show()
    }
  })
  const first = await openBrowser(app, '/panel')
  const second = await first.secondBrowser()
  await first.get('Button').click()
  t.strictSame([first.openedUrls, second.openedUrls], [['report.pdf'], []])
  const [session] = [...app.pgwidgets.sessions]
  session?.openUrl('https://host.example/help')
  await Promise.all([first.idle(), second.idle()])
  t.strictSame([first.openedUrls, second.openedUrls], [['report.pdf', 'https://host.example/help'], ['https://host.example/help']])
  for (const url of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'http://', 7]) {
    t.throws(() => session?.openUrl(url as string), { code: 'PGW_ERR_INVALID_ARGUMENT' }, String(url))
  }
  await second.reload()
  t.strictSame(second.openedUrls, [], 'it is not replayed')
})
