/** What axe finds wrong with a page. It is run from its source, as a page's policy lets in no script of others. */
import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What keeps somebody from using the page, as `rule: elements`. */
export async function seriousFaults (page: Page): Promise<string[]> {
  return (await violationsOf(page)).filter(({ impact }) => impact === 'serious' || impact === 'critical').map(described)
}

/** All that can be better, too. */
export async function faults (page: Page): Promise<string[]> {
  return (await violationsOf(page)).map(described)
}

async function violationsOf (page: Page): Promise<axe.Result[]> {
  if (await page.evaluate('typeof axe') === 'undefined') await page.evaluate(axe.source)
  const { violations } = await page.evaluate('axe.run()') as axe.AxeResults
  return violations
}

const described = ({ id, nodes }: axe.Result): string => `${id}: ${nodes.map(({ html }) => html).join(' ')}`
