import { isRef } from '../protocol/values.ts'
import { whyHidden } from './geometry.ts'
import type { Model, PageWidget } from './model.ts'

/** Why a person cannot see, or use, a widget; null if they can. */
export function refusal (model: Model, widget: PageWidget, what: 'see' | 'use'): string | null {
  const hidden = whyHidden(widget) ?? whyShut(model, widget, what)
  if (hidden !== null || what === 'see') return hidden
  for (let at: PageWidget | null = widget; at !== null; at = at.parent) {
    if (at.state.enabled === false) return at === widget ? 'it is disabled' : `${at.definition.class}#${at.wid}, which holds it, is disabled`
  }
  return null
}

/** A menu that stands alone opens by `popup()`, or where a visible widget has it as its menu. */
function whyShut (model: Model, widget: PageWidget, what: 'see' | 'use'): string | null {
  let root = widget
  while (root.parent !== null) root = root.parent
  if (root.definition.class !== 'Menu' || root.popped) return null
  const openers = [...model.widgets.values()].filter(({ state }) => isRef(state.menu) && state.menu.__wid__ === root.wid)
  const reasons = openers.map(opener => refusal(model, opener, what))
  if (reasons.includes(null)) return null
  return reasons[0] ?? `Menu#${root.wid} is not open: nothing on the page has it as its menu, and popup() was not called`
}
