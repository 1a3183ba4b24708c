/** All examples from one Fastify app: `npm start`, then open the address that it prints. */
import Fastify from 'fastify'
import pgwidgets from 'fastify-pgwidgets'
import gallery from './gallery.ts'
import hello from './hello.ts'
import shared from './shared.ts'

const app = Fastify({ logger: { level: process.env.LOG_LEVEL ?? 'info' } })
await app.register(pgwidgets)

hello(app)
gallery(app)
shared(app)

const examples = [
  ['/hello', 'Hello', 'A button and a label: the smallest program.'],
  ['/hello-async', 'Hello, asynchronous', 'The same, with a handler that asks the browser something and awaits the answer.'],
  ['/gallery', 'Gallery', 'Every widget class, each doing something.'],
  ['/shared', 'Shared session', 'Two browsers, one session: open it twice by its address and move things.']
]

app.get('/', async (_request, reply) => {
  const items = examples.map(([url, title, text]) => `<li><a href=".${url}">${title}</a><p>${text}</p></li>`).join('\n')
  return reply.type('text/html; charset=utf-8').send(`<!doctype html>
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
`)
})

const address = await app.listen({ port: Number(process.env.PORT ?? 3000), host: process.env.HOST ?? '127.0.0.1' })
process.stdout.write(`\n  Examples at ${address}\n\n`)

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => { void app.close() })
