import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import type { Test } from 'tap'
import pgwidgets from '../../lib/index.ts'
import type { PgwidgetsOptions, Session, WidgetFactories } from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import type { BrowserOptions, TestBrowser } from '../../lib/testing/index.ts'

/** An application with a route at /panel, which ends with the test. */
export async function serve (t: Test, build: (W: WidgetFactories, session: Session) => unknown, options: PgwidgetsOptions = {}): Promise<FastifyInstance> {
  const app = Fastify()
  await app.register(pgwidgets, { prefix: '/panel', onConnect: session => build(session.getWidgets(), session), ...options })
  t.teardown(() => app.close())
  return app
}

/** The same, and a browser in front of it. */
export async function show (
  t: Test, build: (W: WidgetFactories, session: Session) => unknown, options: PgwidgetsOptions = {}, browserOptions: BrowserOptions = {}
): Promise<{ app: FastifyInstance, browser: TestBrowser, session: Session }> {
  const app = await serve(t, build, options)
  const browser = await openBrowser(app, '/panel', browserOptions)
  return { app, browser, session: browser.session as Session }
}

/** A window with these widgets in a column. */
export function inWindow (W: WidgetFactories, ...children: Array<Parameters<ReturnType<WidgetFactories['VBox']>['addWidget']>[0]>): ReturnType<WidgetFactories['TopLevel']> {
  const top = W.TopLevel({ title: 'Window', minimizable: true })
  const box = W.VBox()
  for (const child of children) box.addWidget(child)
  top.resize(400, 300)
  top.setWidget(box)
  top.show()
  return top
}

/** The callbacks that a browser has sent: wid, action and arguments. */
export function callbacks ({ frames }: TestBrowser): unknown[][] {
  return frames
    .filter(({ direction }) => direction === 'out')
    .flatMap(({ messages }) => messages)
    .filter(message => message?.type === 'callback')
    .map(({ wid, action, args }) => [wid, action, ...args as unknown[]])
}

/** What calling a function throws. */
export function thrown (work: () => unknown): string {
  try {
    work()
  } catch (error) {
    return (error as Error).message
  }
  return 'nothing was thrown'
}
