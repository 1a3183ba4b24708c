import { isRef } from '../protocol/values.ts'
import { whyHidden } from './geometry.ts'
import { modalDialogs } from './gestures/dialog-row.ts'
import type { Model, PageWidget } from './model.ts'

/** Why a person cannot see, or use, a widget; null if they can. */
export function refusal (model: Model, widget: PageWidget, what: 'see' | 'use'): string | null {
  const hidden = whyHidden(widget) ?? whyShut(model, widget, what)
  if (hidden !== null || what === 'see') return hidden
  for (let at: PageWidget | null = widget; at !== null; at = at.parent) {
    if (at.state.enabled === false) return at === widget ? 'it is disabled' : `${at.definition.class}#${at.wid}, which holds it, is disabled`
  }
  return whyBehind(model, widget)
}

/** A modal dialog keeps people from all but dialogs like it, and menus that popped up. */
function whyBehind (model: Model, widget: PageWidget): string | null {
  const root = rootOf(widget)
  const [modal] = modalDialogs(model.widgets.values())
  if (modal === undefined || root.state.modal === true || root.definition.class === 'Menu') return null
  return `${modal.definition.class}#${modal.wid}, which is modal, is in front of it`
}

function rootOf (widget: PageWidget): PageWidget {
  let root = widget
  while (root.parent !== null) root = root.parent
  return root
}

/** A menu that stands alone opens by `popup()`, or where a visible widget has it as its menu. */
function whyShut (model: Model, widget: PageWidget, what: 'see' | 'use'): string | null {
  const root = rootOf(widget)
  if (root.definition.class !== 'Menu' || root.popped) return null
  const openers = [...model.widgets.values()].filter(({ state }) => isRef(state.menu) && state.menu.__wid__ === root.wid)
  const reasons = openers.map(opener => refusal(model, opener, what))
  if (reasons.includes(null)) return null
  return reasons[0] ?? `Menu#${root.wid} is not open: nothing on the page has it as its menu, and popup() was not called`
}
