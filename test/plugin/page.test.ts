import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import { bare, build } from '../support/app.ts'

const linked = (html: string): string[] => [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string).filter(path => !path.startsWith('data:'))

t.test('the page is strict about what it loads', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  const { headers, body } = await app.inject('/panel')
  const policy = Object.fromEntries(String(headers['content-security-policy']).split('; ').map(part => {
    const [directive, ...sources] = part.split(' ')
    return [directive, sources]
  }))
  t.strictSame(policy['default-src'], ["'none'"])
  t.strictSame(policy['script-src'], ["'self'"])
  t.strictSame(policy['connect-src'], ["'self'"])
  t.strictSame(policy['base-uri'], ["'none'"])
  t.strictSame(policy['form-action'], ["'none'"])
  t.ok(policy['frame-ancestors'])
  t.notMatch(String(headers['content-security-policy']), /unsafe|\*/)
  t.equal(headers['x-content-type-options'], 'nosniff')
  t.equal(headers['referrer-policy'], 'no-referrer')
  t.equal(headers['cache-control'], 'no-cache')
  t.notMatch(body, /<script(?![^>]* src=)/, 'no inline script')
  t.notMatch(body, /<style|\son[a-z]+=|\sstyle=|javascript:/, 'no inline style or handler')
})

t.test('links of the page are relative and right wherever it is', async t => {
  const app = bare(t, { routerOptions: { ignoreTrailingSlash: true } })
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  app.pgwidgets.route({ url: '/machines/:id' })
  app.pgwidgets.route({ url: '/' })
  app.pgwidgets.route({ url: '/deep/er/*' })
  await app.register(async child => {
    child.pgwidgets.route({ url: '/panel' })
    child.pgwidgets.route({ url: '/' })
  }, { prefix: '/admin/area' })
  for (const path of ['/panel', '/panel/', '/panel?x=/y/z', '/machines/7', '/machines/7/', '/machines/a%2Fb', '/', '/deep/er/and/deeper', '/admin/area/panel', '/admin/area', '/admin/area/']) {
    const page = await app.inject(path)
    t.equal(page.statusCode, 200, path)
    const links = linked(page.body)
    t.equal(links.length, 2, `${path}: a script and a style`)
    for (const link of links) {
      t.notMatch(link, /^\/|:/, `${path}: ${link} is relative`)
      t.equal((await app.inject(new URL(link, `http://host${path}`).pathname)).statusCode, 200, `${path}: ${link} is there`)
      const behindProxy = new URL(link, `http://host/proxy/app${path}`).pathname
      t.equal((await app.inject(behindProxy.replace('/proxy/app', ''))).statusCode, 200, `${path}: ${link} is there behind a proxy's prefix`)
    }
  }
})

t.test('client files are immutable and of the right type; nothing else is served', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  const [style, script] = linked((await app.inject('/panel')).body).map(link => new URL(link, 'http://host/panel').pathname) as [string, string]
  t.match(await app.inject(script), { statusCode: 200, headers: { 'content-type': /javascript/, 'cache-control': /max-age=31536000, immutable/ } })
  t.match(await app.inject(style), { statusCode: 200, headers: { 'content-type': /css/, 'cache-control': /max-age=31536000, immutable/ } })
  for (const path of ['/panel/client/', '/panel/client', '/panel/client/../../package.json', '/panel/client/%2e%2e/%2e%2e/package.json', '/panel/client/..%2f..%2fpackage.json', '/panel/client/nothing.js']) {
    t.not((await app.inject(path)).statusCode, 200, path)
  }
})

t.test('title, language and theme come from the plugin, then from the route; none of them is markup', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, title: '<b>"Pump" & co</b>', lang: 'de', theme: 'dark' })
  app.pgwidgets.route({ url: '/own', title: 'Own', theme: 'light' })
  const { body } = await app.inject('/panel')
  t.notMatch(body, /<b>/)
  t.match(body, /<title>&#60;b&#62;&#34;Pump&#34; &#38; co&#60;\/b&#62;<\/title>/)
  t.match(body, /<html lang="de">/)
  t.match(body, /data-theme="dark"/)
  const own = (await app.inject('/own')).body
  t.match(own, /<title>Own<\/title>/)
  t.match(own, /<html lang="de">/)
  t.match(own, /data-theme="light"/)
})

t.test('contentSecurityPolicy adds sources and takes none away', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  app.pgwidgets.route({ url: '/map', contentSecurityPolicy: { 'img-src': ['https://tiles.example'], 'frame-src': ['https://video.example'], 'form-action': ["'self'"] } })
  app.pgwidgets.route({ url: '/plain' })
  const policy = String((await app.inject('/map')).headers['content-security-policy'])
  t.match(policy, "img-src 'self' data: blob: https://tiles.example")
  t.match(policy, 'frame-src https://video.example')
  t.match(policy, "form-action 'self'")
  t.match(policy, "script-src 'self';")
  t.notMatch(String((await app.inject('/plain')).headers['content-security-policy']), /tiles/)
})

t.test('page routes are hidden from documentation of the API unless asked for', async t => {
  const app = bare(t)
  const schemas: Array<[string, unknown]> = []
  app.addHook('onRoute', ({ url, method, schema }) => { if (method === 'GET') schemas.push([url, (schema as { hide?: boolean } | undefined)?.hide]) })
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {} })
  app.pgwidgets.route({ url: '/shown', schema: { hide: false } as never })
  t.strictSame(schemas.filter(([, hide]) => hide !== true), [['/shown', false]])
})

t.test('style sheets of the application are linked after the page\'s own, in order; their URLs are no markup', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, styleSheet: 'theme.css?a=1&b="2"' })
  app.pgwidgets.route({ url: '/two', styleSheet: ['/a.css', '../b.css'] })
  const { body } = await app.inject('/panel')
  t.match(body, /<link rel="stylesheet" href="\.\/panel\/client\/[^"]+">\n<link rel="stylesheet" href="theme\.css\?a=1&#38;b=&#34;2&#34;">\n<script/)
  t.match((await app.inject('/two')).body, /index-[^"]+">\n<link rel="stylesheet" href="\/a\.css">\n<link rel="stylesheet" href="\.\.\/b\.css">\n/)
})

t.test('a style sheet of another origin wants to be allowed', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const route = (styleSheet: unknown, sources?: string[]) => () => app.pgwidgets.route({
    url: `/${Math.random()}`, styleSheet: styleSheet as string, ...(sources !== undefined && { contentSecurityPolicy: { 'style-src': sources } })
  })
  for (const url of ['https://brand.example/a.css', '//brand.example/a.css', '/\\brand.example/a.css']) {
    t.throws(route(url), { code: 'PGW_ERR_INVALID_OPTION', message: /styleSheet.*style-src/ }, url)
    t.throws(route(url, ['https://other.example']), { code: 'PGW_ERR_INVALID_OPTION' }, url)
  }
  t.doesNotThrow(route('https://brand.example/a.css', ['https://brand.example']))
  t.doesNotThrow(route('https://brand.example/a.css', ['brand.example']))
  t.doesNotThrow(route('https://brand.example/a.css', ['https:']))
  for (const url of ['data:text/css,*{}', 'javascript:alert(1)', '', 5, [null]]) t.throws(route(url, ['data:']), { code: 'PGW_ERR_INVALID_OPTION' }, String(url))
})

t.test('the page runs in the direction of its language, unless the option says otherwise', async t => {
  const app = bare(t)
  await app.register(pgwidgets)
  const pages = [
    [{}, '<html lang="en">'], [{ lang: 'ar' }, '<html lang="ar" dir="rtl">'], [{ lang: 'fa-IR' }, '<html lang="fa-IR" dir="rtl">'],
    [{ lang: 'az-Arab' }, '<html lang="az-Arab" dir="rtl">'], [{ lang: 'he', dir: 'ltr' }, '<html lang="he">'],
    [{ dir: 'rtl' }, '<html lang="en" dir="rtl">'], [{ lang: 'no language' }, '<html lang="no language">']
  ] as const
  for (const [i, [options]] of pages.entries()) app.pgwidgets.route({ url: `/${i}`, ...options })
  t.throws(() => app.pgwidgets.route({ url: '/wrong', dir: 'up' as 'rtl' }), { code: 'PGW_ERR_INVALID_OPTION' })
  for (const [i, [, html]] of pages.entries()) t.match((await app.inject(`/${i}`)).body, html)
})
