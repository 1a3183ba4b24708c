import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import { captionsOf } from '../finder.ts'
import type { PageWidget } from '../model.ts'
import { refTo } from '../reports.ts'

/** A TabWidget. */
export class TabWidgetHandle extends WidgetHandle {
  /** Position of the page that is shown, from 0; -1 if there are no pages. */
  get index (): number { return this.state.index as number }

  /** The titles of the tabs, in order. */
  get titles (): string[] {
    return this.widget.entries.map(({ args }) => (args[1] as { title?: string } | undefined)?.title ?? '')
  }

  /** The page that is shown; null if there is none. */
  get page (): WidgetHandle | null { return this.children[this.index] ?? null }

  /** Shows a page, by its position or the title of its tab. */
  select (tab: number | string, options: ActOptions = {}): Done {
    return this.act('select a tab of', options, widget => {
      const [index, child] = this.#find(widget, tab, 'select a tab of', options)
      if (index === widget.state.index) return
      this.set(widget, { index })
      this.report(widget, 'page-switch', refTo(child), index)
    })
  }

  /** Uses the × of a tab, which asks the server to close the page. */
  closeTab (tab: number | string, options: ActOptions = {}): Done {
    return this.act('close a tab of', options, widget => {
      const [, child] = this.#find(widget, tab, 'close a tab of', options)
      if (widget.given.closable !== true && options.force !== true) this.refuse('close a tab of', 'its tabs are not closable')
      this.report(widget, 'page-close', refTo(child))
    })
  }

  #find (widget: PageWidget, tab: number | string, verb: string, { force }: ActOptions): readonly [number, PageWidget] {
    if (widget.state.tab_position === 'none' && force !== true) this.refuse(verb, 'it shows no tabs')
    const pages = this.host.page.model.children(widget)
    const index = typeof tab === 'number' ? tab : pages.findIndex(page => captionsOf(page).includes(tab))
    const child = pages[index]
    if (child === undefined) this.refuse(verb, `there is no tab ${JSON.stringify(tab)}; there are ${this.titles.map(title => JSON.stringify(title)).join(', ')}`)
    return [index, child]
  }
}

/** A Splitter. */
export class SplitterHandle extends WidgetHandle {
  /** The sizes as last set or dragged; empty if neither happened. */
  get sizes (): readonly number[] { return (this.state.sizes ?? []) as number[] }

  /** Drags handles until the panes have these sizes, in px. */
  drag (sizes: readonly number[], options: ActOptions = {}): Done {
    return this.act('drag', options, widget => {
      const panes = this.host.page.model.children(widget)
      if (sizes.length !== panes.length) this.refuse('drag', `it has ${panes.length} panes, and these are ${sizes.length} sizes`)
      const minimums = widget.state.minimums as Record<string, number>
      const small = panes.findIndex((pane, i) => (sizes[i] as number) < (minimums[pane.wid] ?? 0))
      if (small !== -1 && options.force !== true) this.refuse('drag', `pane ${small} cannot be smaller than ${minimums[panes[small]?.wid ?? 0]} px`)
      this.set(widget, { sizes: [...sizes] })
      this.report(widget, 'sizing', [...sizes])
    })
  }
}
