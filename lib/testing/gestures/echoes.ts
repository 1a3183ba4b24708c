/** What pages report when a call, and not a person, changes something. Suppressed where the call is silent. */
import type { Echo, Model, PageWidget } from '../model.ts'
import { refTo } from '../reports.ts'

type Report = readonly [action: string, ...args: unknown[]]

type Told = Readonly<Record<string, (widget: PageWidget, model: Model) => Report | null>>

const WINDOW: Told = { window_state: ({ state }) => ['window-state', state.window_state] }

const pageSwitch = (widget: PageWidget, model: Model): Report | null => {
  const child = model.children(widget)[widget.state.index as number]
  return child === undefined ? null : ['page-switch', refTo(child), widget.state.index]
}

/** By class, then by state key: what a change of it is reported as. */
const STATE: Readonly<Record<string, Told>> = {
  RadioButton: {
    state: ({ state }) => state.state === true ? ['activated', true] : null
  },
  TopLevel: WINDOW,
  Dialog: WINDOW,
  Expander: {
    collapsed: ({ state }) => ['toggled', state.collapsed]
  },
  MDIWidget: {
    order ({ state }, model) {
      const child = model.widgets.get((state.order as number[]).at(-1) ?? -1)
      return child === undefined ? null : ['page-switch', refTo(child)]
    }
  },
  StackWidget: { index: pageSwitch },
  TabWidget: { index: pageSwitch }
}

export function echoesOf (echo: Echo, model: Model): Report[] {
  if (echo.kind !== 'state') return [[echo.kind, refTo(echo.child)]]
  const report = STATE[echo.widget.definition.class]?.[echo.key]?.(echo.widget, model) ?? null
  return report === null ? [] : [report]
}
