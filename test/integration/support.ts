/** What the tests under other people's plugins share: services with users, and pages that tell of their problems. */
import type { AddressInfo } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'
import { WebSocket } from 'ws'
import type { Session } from '../../lib/index.ts'
import '../support/client.ts'

/** A window with a button that counts, and a label that others may write on. */
export function counter (session: Session): void {
  const W = session.getWidgets()
  const surface = W.Page()
  const box = W.VBox({ spacing: 8, padding: 12 })
  const count = W.Label('0 clicks', { name: 'count' })
  let clicks = 0
  box.addWidget(W.Button('Count').on('activated', () => count.setText(`${++clicks} clicks`)))
  box.addWidget(count)
  box.addWidget(W.Label('', { name: 'note' }))
  surface.setWidget(box)
  surface.show()
}

/** The only session of an application. */
export function onlySession (app: FastifyInstance): Session {
  const [session, ...others] = app.pgwidgets.sessions
  if (session === undefined || others.length > 0) throw new Error(`there are ${others.length + (session === undefined ? 0 : 1)} sessions`)
  return session
}

/** Listens on a free port and returns `http://127.0.0.1:…`. */
export async function serve (app: FastifyInstance): Promise<string> {
  await app.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}

/** What came of an upgrade over a real socket: 101, or the status of the answer, and whether the line was closed by the server. */
export async function upgrade (url: string, headers: Record<string, string> = {}): Promise<{ status: number, headers: Record<string, unknown>, body: string }> {
  return await new Promise((resolve, reject) => {
    const socket = new WebSocket(url.replace(/^http/, 'ws'), { headers })
    socket.once('open', () => {
      socket.terminate()
      resolve({ status: 101, headers: {}, body: '' })
    })
    socket.once('unexpected-response', (_request, response) => {
      const chunks: Buffer[] = []
      response.on('data', chunk => chunks.push(chunk as Buffer))
      response.on('end', () => {
        socket.terminate()
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString() })
      })
    })
    socket.on('error', error => reject(new Error(`the upgrade of ${url} came to nothing: ${error.message}`)))
  })
}

/** A page in a browser profile of its own, and what it reported: errors, and anything that its policy stopped. */
export async function newPage (t: Test, browser: Browser, options: BrowserContextOptions = {}): Promise<{ page: Page, problems: string[] }> {
  const context = await browser.newContext(options)
  t.teardown(() => context.close())
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', error => problems.push(error.message))
  page.on('console', message => { if (message.type() === 'error') problems.push(message.text()) })
  return { page, problems }
}

/** Sends people who are not signed in to the login; an upgrade hears 401. */
export function toLogin (signedIn: (request: FastifyRequest) => boolean | Promise<boolean>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    if (await signedIn(request)) return
    return request.ws ? reply.code(401).send({ error: 'not signed in' }) : reply.redirect(`/login?next=${encodeURIComponent(request.url)}`)
  }
}

/** A login form, as small as can be. */
export const LOGIN_FORM = '<!doctype html><title>Login</title><link rel="icon" href="data:,"><form method="post"><input name="user" aria-label="User"><button>Sign in</button></form>'

/** Where a login leads to: a path of this service, nothing else. */
export function nextOf (request: FastifyRequest): string {
  const { next = '/' } = request.query as { next?: string }
  return /^\/(?![/\\])/.test(next) ? next : '/'
}
