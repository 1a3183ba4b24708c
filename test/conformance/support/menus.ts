/** What the menus of menu bars hold: each is opened, read and closed. */
import type { Page } from 'playwright-core'
import type { Node, Tree } from '../../../lib/session/tree.ts'
import { MARK, shown } from './dom.ts'

/** An entry as a person sees it: `submenu` after its caption, `checked` or `unchecked` after that of a checkable one. */
type Entries = readonly string[]

/** Entries by menu, as the page shows them and as the tree has them. */
export async function menusOf (page: Page, tree: Tree): Promise<Array<{ menu: string, shown: Entries, expected: Entries }>> {
  const bars = [...tree.nodes.values()].filter(node => node.definition.class === 'MenuBar' && onScreen(node))
  const menus: Array<{ menu: string, shown: Entries, expected: Entries }> = []
  for (const bar of bars) {
    await shown(page, tree)
    for (const [i, { wid }] of bar.entries.entries()) {
      const menu = tree.nodes.get(wid as number) as Node
      const caption = page.locator(`[${MARK}="${bar.wid}"] > [role="menuitem"]`).nth(i)
      await caption.click()
      const items = page.locator('.pg-overlays > [role="menu"]').last().locator(':scope > [role^="menuitem"], :scope > [role="separator"]')
      const seen: string[] = []
      for (const item of await items.all()) {
        const [role, popup, checked, text] = await Promise.all([
          item.getAttribute('role'), item.getAttribute('aria-haspopup'), item.getAttribute('aria-checked'), item.textContent()
        ])
        seen.push(role === 'separator' ? '—' : [text, popup === 'menu' && 'submenu', checked !== null && (checked === 'true' ? 'checked' : 'unchecked')].filter(Boolean).join(' '))
      }
      menus.push({ menu: `#${menu.wid} Menu`, shown: seen, expected: expectedOf(menu, tree) })
      await page.keyboard.press('Escape')
    }
  }
  return menus
}

function expectedOf (menu: Node, tree: Tree): string[] {
  return menu.entries.map(({ wid, method, args }) => {
    const child = wid === undefined ? undefined : tree.nodes.get(wid)
    if (child === undefined) return method === 'add_separator' ? '—' : method
    if (child.definition.class === 'Menu') return `${String(args[0])} submenu`
    const { text, checked } = child.state
    return child.given.checkable === true ? `${String(text)} ${checked === true ? 'checked' : 'unchecked'}` : String(text)
  })
}

function onScreen (node: Node): boolean {
  let root = node
  while (root.parent !== null) root = root.parent
  return root.state.visible === true && root.changed?.has('visible') === true && root.state.window_state === 'normal'
}
