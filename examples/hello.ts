/**
 * The smallest program: a button and a label. Two URLs, one for each way of writing it.
 */
import type { FastifyInstance } from 'fastify'
import type { Session } from 'fastify-pgwidgets'

/**
 * Nothing waits for a browser: what is built here appears in it, and a click changes the label. As on a desktop, the program
 * ends with its window: the page says so, and offers a new session.
 */
export function hello (session: Session): void {
  const W = session.getWidgets()

  const top = W.TopLevel({ title: 'Remote App', resizable: true })
  top.resize(400, 300)

  const vbox = W.VBox({ spacing: 8, padding: 12 })
  const button = W.Button('Click me')
  const status = W.Label('Ready')

  button.on('activated', () => status.setText('Clicked!'))

  vbox.addWidget(button, 0)
  vbox.addWidget(status, 1)
  top.setWidget(vbox)
  top.on('close', () => session.destroy())
  top.show()
}

/** The same, where a handler asks the browser something that only it can know, and waits for the answer. */
export async function helloAsync (session: Session): Promise<void> {
  const W = session.getWidgets()

  const top = await W.TopLevel({ title: 'Remote App, asynchronous', resizable: true })
  await top.resize(400, 300)

  const vbox = await W.VBox({ spacing: 8, padding: 12 })
  const button = await W.Button('How large is this button?')
  const status = await W.Label('Ready')

  button.on('activated', async () => {
    const [width, height] = await button.query.size()
    status.setText(`${width} × ${height} px in your browser`)
  })

  vbox.addWidget(button, 0)
  vbox.addWidget(status, 1)
  top.setWidget(vbox)
  top.on('close', () => session.destroy())
  top.show()
}

export default function example (app: FastifyInstance): void {
  app.pgwidgets.route({ url: '/hello', title: 'Hello', onConnect: hello })
  app.pgwidgets.route({ url: '/hello-async', title: 'Hello, asynchronous', onConnect: helloAsync })
}
