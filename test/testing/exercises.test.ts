/**
 * Every member of every class through the server's API, before two browsers of the test kit: whatever is called or
 * reported, all who look hold the same afterwards, and so do those who come later.
 */
import Fastify from 'fastify'
import t from 'tap'
import pgwidgets from '../../lib/index.ts'
import { openBrowser } from '../../lib/testing/index.ts'
import type { DialectName } from '../../lib/testing/index.ts'
import { exercises } from '../exercises/index.ts'
import { Rehearsal } from '../exercises/runner/rehearsal.ts'
import { callbackTasks, methodTasks } from '../exercises/runner/tasks.ts'
import { agree } from '../support/agreement.ts'

for (const dialect of ['ours', 'reference'] as const satisfies DialectName[]) {
  t.test(`pages of the dialect ${dialect}`, async t => {
    const app = Fastify()
    await app.register(pgwidgets, { prefix: '', onConnect () {} })
    t.teardown(() => app.close())

    for (const name of Object.keys(exercises)) {
      await t.test(name, async t => {
        const session = app.pgwidgets.createSession()
        const { id, token } = session
        const browsers = [
          await openBrowser(app, '/', { dialect, session: { id, token } }),
          await openBrowser(app, '/', { dialect, session: { id, token } })
        ] as const
        const rehearsal = new Rehearsal(session, browsers)
        const wrong = [
          ...await rehearsal.methods(methodTasks(name)),
          await problemOf(agree({ app, session, dialect, browsers })),
          ...await rehearsal.callbacks(callbackTasks(name)),
          // The one that reported has changed nothing of its own.
          await problemOf(browsers[0].reload()),
          await problemOf(agree({ app, session, dialect, browsers }))
        ]
        t.strictSame(wrong.filter(problem => problem !== null), [])
        session.destroy()
        for (const browser of browsers) await browser.close()
      })
    }
  })
}

async function problemOf (work: Promise<void>): Promise<string | null> {
  return await work.then(() => null, (error: Error) => error.message)
}
