import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import { bare, build, connect, dial, listen, open } from '../support/app.ts'

t.test('only pages of the host itself, or of an origin on the list, may open a socket', async t => {
  const app = bare(t)
  await app.register(pgwidgets, { prefix: '/panel', onConnect () {}, allowedOrigins: ['https://portal.example', 'http://10.0.0.1:8080'] })
  app.pgwidgets.route({ url: '/own-list', allowedOrigins: ['https://other.example'] })
  const cases: Array<[host: string, origin: string | undefined, welcome: boolean]> = [
    ['panel.example', undefined, true],
    ['panel.example', 'https://panel.example', true],
    ['panel.example', 'http://panel.example', true],
    ['panel.example:443', 'https://panel.example', true],
    ['panel.example', 'https://panel.example:443', true],
    ['PANEL.example', 'https://panel.example', true],
    ['panel.example:3000', 'http://panel.example:3000', true],
    ['[::1]:3000', 'http://[::1]:3000', true],
    ['panel.example:3000', 'http://panel.example', false],
    ['panel.example', 'http://panel.example:3000', false],
    ['panel.example', 'https://portal.example', true],
    ['panel.example', 'http://portal.example', false],
    ['panel.example', 'http://10.0.0.1:8080', true],
    ['panel.example', 'https://evil.example', false],
    ['panel.example', 'https://panel.example.evil.example', false],
    ['panel.example', 'https://evil.example/panel.example', false],
    ['panel.example', 'https://panel.example@evil.example', false],
    ['panel.example', 'https://evilpanel.example', false],
    ['panel.example', 'null', false],
    ['panel.example', '', false],
    ['panel.example', 'nonsense', false],
    ['localhost', 'file://', false],
    ['localhost', 'null', false],
    ['panel.example', 'https://other.example', false]
  ]
  for (const [host, origin, welcome] of cases) {
    const headers = { host, ...(origin !== undefined && { origin }) }
    const opened = connect(app, '/panel', { headers })
    if (welcome) {
      await t.resolves(opened, `${origin} at ${host} is welcome`)
      await (await opened).drop()
    } else {
      await t.rejects(opened, /403/, `${origin} at ${host} is refused`)
    }
  }
  await t.rejects(connect(app, '/own-list', { headers: { origin: 'https://portal.example' } }), /403/, 'a route\'s list takes the place of the plugin\'s')
  await t.resolves(open(app, '/own-list', { headers: { origin: 'https://other.example' } }))
  t.equal((await app.inject({ url: '/panel', headers: { origin: 'https://evil.example' } })).statusCode, 200, 'the page is for anyone')
})

t.test('a refused origin is told why, in a log line too', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  const url = await listen(app)
  await t.rejects(dial(url + '/panel', { headers: { origin: 'https://evil.example' } }), /403/)
  t.match(app.logs.text, /PGW_ERR_ORIGIN/)
  t.match(app.logs.text, /https:\/\/evil\.example is not allowed to connect/)
})

t.test('behind a proxy that is trusted, the host is what the browser asked for', async t => {
  const app = bare(t, { trustProxy: true })
  await app.register(pgwidgets, { onConnect () {} })
  await t.resolves(open(app, '/', { headers: { host: 'inner:3000', 'x-forwarded-host': 'panel.example', origin: 'https://panel.example' } }))
  const strict = await build(t)
  await t.rejects(connect(strict, '/', { headers: { host: 'inner:3000', 'x-forwarded-host': 'panel.example', origin: 'https://panel.example' } }), /403/)
})

t.test('tokens and ids are long, random, and different each time', async t => {
  const app = await build(t)
  const sessions = Array.from({ length: 50 }, () => app.pgwidgets.createSession())
  t.equal(new Set(sessions.map(({ token }) => token)).size, 50)
  t.equal(new Set(sessions.map(({ id }) => id)).size, 50)
  for (const { token, id } of sessions) {
    t.equal(Buffer.from(token, 'base64url').byteLength, 32, '256 bits')
    t.notMatch(id, /^\d+$/, 'a reference browser would make a number of it')
    t.ok(id.length >= 20)
  }
})

t.test('session.url() carries the credentials in the fragment', async t => {
  const app = await build(t, { prefix: '/panel', onConnect () {} })
  const session = app.pgwidgets.createSession({ url: '/machines/7' })
  const url = new URL(session.url('https://host.example/'))
  t.equal(url.href.split('#')[0], 'https://host.example/machines/7')
  t.equal(url.search, '')
  const fragment = new URLSearchParams(url.hash.slice(1))
  t.equal(fragment.get('session'), session.id)
  t.equal(fragment.get('token'), session.token)
})
