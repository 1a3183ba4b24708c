/** Everybody comes back at once: all are served, and nobody gets another's session. */
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import { dial, until } from '../support/app.ts'
import type { Browser } from '../support/browser.ts'
import { Proxy } from './proxy.ts'

const BROWSERS = 200

/** A server that knows its users by a header, and shows each their name. */
async function serve (t: Test): Promise<{ app: FastifyInstance, port: number }> {
  const app = Fastify()
  t.teardown(() => app.close())
  await app.register(pgwidgets, {
    identify: ({ headers }) => headers['x-user'] as string,
    onConnect (session) { session.getWidgets().Label(`${session.identity ?? ''}'s`) }
  })
  await app.listen({ port: 0, host: '127.0.0.1' })
  return { app, port: (app.server.address() as AddressInfo).port }
}

const user = (i: number): string => `user${i}`

/** All at once, each with what it knows. */
async function storm (url: string, credentials: (i: number) => object | undefined): Promise<Browser[]> {
  const browsers = await Promise.all(Array.from({ length: BROWSERS }, (_, i) => dial(url, { headers: { 'x-user': user(i) }, credentials: credentials(i) })))
  await Promise.all(browsers.map(browser => Promise.race([browser.ready(), browser.closed])))
  await Promise.all(browsers.map(browser => browser.sync()))
  return browsers
}

const shows = (browser: Browser): unknown => (browser.of('create').at(-1)?.args as unknown[] | undefined)?.[0]

t.test(`${BROWSERS} browsers whose lines are cut come back at once, each to its own session`, async t => {
  const { app, port } = await serve(t)
  const proxy = await Proxy.start(t, () => port)
  const first = await storm(proxy.url, () => undefined)
  const before = first.map(({ credentials }) => credentials)
  t.equal(new Set(before.map(({ session_id: id }) => id)).size, BROWSERS)
  for (let round = 0; round < 3; round++) {
    proxy.cutAll()
    // In the second round the server still holds the old lines for alive.
    if (round !== 1) await until(() => app.pgwidgets.sessions.detachedSize === BROWSERS, 'all are gone')
    const back = await storm(proxy.url, i => round === 2 ? { session_id: before[i]?.session_id } : before[i])
    t.strictSame(back.map(({ credentials }) => credentials), before, 'each has its own')
    t.strictSame(back.map(shows), back.map((_, i) => `${user(i)}'s`), 'and sees its own')
  }
  t.equal(app.pgwidgets.sessions.size, BROWSERS)
})

t.test(`${BROWSERS} browsers come back at once to a server that knows none of them any more`, async t => {
  const old = await serve(t)
  let { port } = old
  const proxy = await Proxy.start(t, () => port)
  const first = await storm(proxy.url, () => undefined)
  const before = first.map(({ credentials }) => credentials)
  await old.app.close()
  for (const { code } of await Promise.all(first.map(({ closed }) => closed))) if (code !== 1012) t.fail(`told ${code}`)
  const next = await serve(t)
  port = next.port
  const back = await storm(proxy.url, i => before[i])
  t.strictSame(back.filter(({ socket }) => socket.readyState !== 1).length, 0, 'all are served')
  const now = back.map(({ credentials }) => credentials)
  t.equal(new Set([...now, ...before].map(({ session_id: id }) => id)).size, 2 * BROWSERS, 'by new sessions')
  t.equal(new Set([...now, ...before].map(({ token }) => token)).size, 2 * BROWSERS)
  t.strictSame(back.map(shows), back.map((_, i) => `${user(i)}'s`))
  t.strictSame(now.map(({ session_id: id }) => next.app.pgwidgets.sessions.get(id)?.identity), now.map((_, i) => user(i)))
})

t.test('a server restarted with its snapshots serves each its own again, by the id that the application hands out', async t => {
  const old = await serve(t)
  const first = await storm(`ws://127.0.0.1:${old.port}`, () => undefined)
  const snapshots = first.map(({ credentials }) => JSON.stringify(old.app.pgwidgets.sessions.get(credentials.session_id)?.snapshot()))
  await old.app.close()
  const { app, port } = await serve(t)
  const restored = snapshots.map(text => app.pgwidgets.createSession({ snapshot: JSON.parse(text) as never }))
  const back = await storm(`ws://127.0.0.1:${port}`, i => ({ session_id: restored[i]?.id }))
  t.strictSame(back.map(({ credentials }) => credentials.session_id), restored.map(({ id }) => id))
  t.strictSame(back.map(shows), back.map((_, i) => `${user(i)}'s`))

  const thieves = await storm(`ws://127.0.0.1:${port}`, i => ({ session_id: restored[(i + 1) % BROWSERS]?.id, token: restored[(i + 1) % BROWSERS]?.token }))
  t.strictSame([...new Set((await Promise.all(thieves.map(({ closed }) => closed))).map(({ code }) => code))], [4001], 'with another\'s credentials none comes in')
  t.equal(app.pgwidgets.sessions.size, BROWSERS)
})
