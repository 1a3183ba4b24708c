/**
 * The test kit and the server share the widgets' definitions, and could share a mistake: here every scenario of the
 * kit's own suite, without exception, runs in a real Chromium too, and must end in the same state.
 */
import t from 'tap'
import { gallery } from '../../examples/gallery.ts'
import { treeOf } from '../../lib/testing/index.ts'
import { KitDriver, outcomeOf } from '../testing/driver.ts'
import type { KitView } from '../testing/driver.ts'
import { scenarios } from '../testing/scenarios.ts'
import type { Scenario } from '../testing/scenarios.ts'
import { ChromiumDriver } from './driver.ts'
import { forgotten, sightsOf } from './sight.ts'
import { launch } from './support.ts'
import { VIEWPORT } from './view.ts'
import type { ChromiumView } from './view.ts'

/** Changes to the page behind the client's back. */
const MISTAKES = [
  '.pg-window").style.left = "22px"', '.pg-window-title").textContent = "Other"', '[type=checkbox]").checked = true', '[type=range]").value = 20',
  '.pg-text-entry").value = "other"', '.pg-combo input").value = "other"', 'progress").value = 0.5', '.pg-label").textContent = "other"',
  '.pg-tab").ariaSelected = "false"', '.pg-tool").ariaPressed = "true"', '.pg-menu-bar-item .pg-caption").textContent = "Other"',
  '.pg-button").disabled = true', '.pg-slider").hidden = true', '.pg-box").append(document.querySelector(".pg-button"))', '.pg-button").remove()'
].map(change => `document.querySelector("${change}`)

const browser = await launch(t)

if (browser !== null) {
  for (const scenario of scenarios) {
    await t.test(scenario.name, async t => {
      const kit = await new KitDriver('ours').start(scenario.build)
      t.teardown(kit.stop)
      const kitViews = await scenario.run(kit.view, kit.session) as readonly KitView[]
      const kitOutcome = await outcomeOf(kit.session, kitViews)

      const real = await new ChromiumDriver(browser).start(scenario.build)
      t.teardown(real.stop)
      const realViews = await scenario.run(real.view, real.session) as readonly ChromiumView[]
      const realOutcome = await outcomeOf(real.session, realViews)

      t.strictSame(realOutcome.server, kitOutcome.server, 'the server ends in the same state with both')
      t.strictSame(realOutcome.pages, kitOutcome.pages, 'both say the same of their widgets')

      const held = treeOf(real.session)
      t.strictSame(forgotten(held), [], 'all state is compared, or said not to be')
      const expected = sightsOf(held, VIEWPORT)
      for (const { browser } of kitViews) t.strictSame(sightsOf(browser.tree(), VIEWPORT), expected, 'the kit shows what the server holds')
      for (const view of realViews) t.strictSame(await view.look(), expected, 'Chromium shows what the server holds')
      const fresh = await real.view.second()
      t.strictSame(await fresh.look(), expected, 'and so does a page that is opened now')
      t.strictSame(treeOf(real.session), held, 'looking changes nothing')

      t.strictSame([...realViews, fresh].flatMap(({ problems }) => problems), [], 'no page had anything to complain about')
      t.strictSame(real.session.connections.map(({ counts }) => counts.invalid), real.session.connections.map(() => 0), 'nor had the server')
    })
  }

  await t.test('every class is seen as the server holds it', async t => {
    const { view, session, stop } = await new ChromiumDriver(browser).start(gallery)
    t.teardown(stop)
    t.same(forgotten(treeOf(session)), [], 'all state is compared, or said not to be')
    for (const tab of ['Controls', 'Layouts', 'Pictures', 'Scrolling', 'Pages']) {
      await view.selectTab(['TabWidget'], tab)
      t.strictSame(await view.look(), sightsOf(treeOf(session), VIEWPORT), tab)
    }
  })

  await t.test('what a page shows wrongly is noticed', async t => {
    const { view, session, stop } = await new ChromiumDriver(browser).start((scenarios[0] as Scenario).build)
    t.teardown(stop)
    let before = await view.look()
    t.strictSame(before, sightsOf(treeOf(session), VIEWPORT), 'until then all is right')
    for (const mistake of MISTAKES) {
      await view.page.evaluate(mistake)
      const after = await view.look()
      t.notSame(after, before, mistake)
      before = after
    }
  })
}
