import type { Page } from 'playwright-core'

/** What is done first, where a widget at rest shows little of what it is. */
export const POSES: Readonly<Record<string, (page: Page) => Promise<unknown>>> = {
  ComboBox: page => page.locator('.pg-combo-control').first().press('ArrowDown'),
  MenuBar: page => page.getByRole('menuitem').first().click(),
  Menu: page => page.locator('[aria-haspopup]').first().click(),
  MenuAction: page => page.locator('[aria-haspopup]').first().click()
}
