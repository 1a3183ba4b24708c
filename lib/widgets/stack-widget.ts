import { define } from './definition.ts'
import type { Method } from './definition.ts'
import { TabWidget } from './tab-widget.ts'

/** What the page takes from reference servers and does nothing about. */
const hidden = (name: string): Method => ({ ...TabWidget.methods[name] as Method, pageOnly: true })

/**
 * Pages on top of each other, one of them shown: a TabWidget without tabs. Code decides which page is shown, and what
 * it says of tabs shows nowhere.
 *
 * @example
 * const stack = W.StackWidget()
 * const steps = ['Fill the tank', 'Heat to 80 °C', 'Hold for 20 min'].map(text => W.Label(text, { padding: 12 }))
 * for (const step of steps) stack.addWidget(step)
 * const next = W.Button('Next step')
 * next.on('activated', () => stack.setIndex((stack.getIndex() + 1) % steps.length))
 * const box = W.VBox({ spacing: 8, padding: 16 })
 * box.addWidget(stack, 1)
 * box.addWidget(next)
 * page.setWidget(box)
 */
export const StackWidget = define({
  class: 'StackWidget',
  base: TabWidget,
  // No option says it, and no tab is ever to be seen.
  state: { tab_position: { initial: 'none', calls: null } },
  methods: {
    // A reference page fails at a side for tabs that it never had.
    set_tab_position: { ...hidden('set_tab_position'), effect: { kind: 'action' } },
    set_tab_title: hidden('set_tab_title'),
    get_tab_title: hidden('get_tab_title'),
    highlight_tab: hidden('highlight_tab')
  }
})
