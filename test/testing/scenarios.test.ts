import t from 'tap'
import { treeOf } from '../../lib/testing/index.ts'
import { KitDriver, outcomeOf } from './driver.ts'
import type { KitView, Outcome } from './driver.ts'
import { scenarios } from './scenarios.ts'

const dialects = ['ours', 'reference'] as const

for (const scenario of scenarios) {
  t.test(scenario.name, async t => {
    const outcomes: Outcome[] = []
    for (const dialect of scenario.extended === true ? ['ours'] as const : dialects) {
      const { view, session, stop } = await new KitDriver(dialect).start(scenario.build)
      t.teardown(stop)
      const views = await scenario.run(view, session) as readonly KitView[]
      const outcome = await outcomeOf(session, views)
      outcomes.push(outcome)
      for (const { browser } of views) {
        t.same(browser.tree(), treeOf(session), `${dialect}: the page holds what the server holds`)
        t.same(browser.errors, [], `${dialect}: the page had nothing to complain about`)
      }
      const [first] = views
      const fresh = await first?.second()
      t.same(fresh?.browser.tree(), treeOf(session), `${dialect}: a fresh page holds the same`)
      for (const page of outcome.pages) t.same(page, outcome.pages[0], `${dialect}: all pages say the same`)
    }
    t.same(outcomes.at(-1)?.server, outcomes[0]?.server, 'the server ends in the same state in both dialects')
  })
}
