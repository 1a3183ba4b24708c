/** All examples from one Fastify app: `npm start`, then open the address that it prints. */
import { pathToFileURL } from 'node:url'
import Fastify from 'fastify'
import type { FastifyInstance, FastifyServerOptions } from 'fastify'
import pgwidgets from 'fastify-pgwidgets'
import gallery from './gallery.ts'
import hello from './hello.ts'
import machines from './protected.ts'
import hooks from './route-hooks.ts'
import shared from './shared.ts'
import windows from './windows.ts'

const examples = [
  ['/hello', 'Hello', 'A button and a label: the smallest program.'],
  ['/hello-async', 'Hello, asynchronous', 'The same, with a handler that asks the browser something and awaits the answer.'],
  ['/gallery', 'Gallery', 'Every widget class, each doing something.'],
  ['/windows', 'Windows', 'A workspace with windows in it, dialogs, menus and tool bars; beside it the frames that go by.'],
  ['/shared', 'Shared session', 'Two browsers, one session: open it twice by its address and move things.'],
  ['/machines', 'Protected', 'Panels behind a login; links to watch them, which can be taken back.'],
  ['/hooks/open', 'Hooks of a route', 'What runs before the page, before the upgrade, and in a session\'s life.'],
  ['/hooks/keyed?key=demo', 'Hooks of a route with a key', 'The same, of a route that refuses who has no key.'],
  ['/metrics', 'Metrics', 'What all of them do, for Prometheus.']
]

function indexPage (): string {
  const items = examples.map(([url, title, text]) => `<li><a href=".${url}">${title}</a><p>${text}</p></li>`).join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>fastify-pgwidgets examples</title>
<style>
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem }
h1 { font-size: 1.4rem; font-weight: 600 }
ul { list-style: none; padding: 0; display: grid; gap: .75rem }
li { border: 1px solid color-mix(in srgb, currentColor 18%, transparent); border-radius: 10px; padding: .9rem 1.1rem }
a { color: inherit; font-weight: 600; text-underline-offset: .2em }
p { margin: .2rem 0 0; opacity: .75 }
</style>
</head>
<body>
<h1>fastify-pgwidgets</h1>
<ul>
${items}
</ul>
</body>
</html>
`
}

/** All examples in one application. */
export async function build (options: FastifyServerOptions = {}): Promise<FastifyInstance> {
  const app = Fastify(options)
  await app.register(pgwidgets)
  for (const example of [hello, gallery, windows, shared, machines, hooks]) example(app)
  app.get('/', async (_request, reply) => reply.type('text/html; charset=utf-8').send(indexPage()))
  return app
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const app = await build({ logger: { level: process.env.LOG_LEVEL ?? 'info' } })
  const address = await app.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST ?? '127.0.0.1' })
  process.stdout.write(`\n  Examples at ${address}\n\n`)

  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void app.close() })
}
