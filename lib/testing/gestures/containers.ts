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

  /** Drags a tab to another position; its page goes with it. A reference page moves the tab alone and tells nobody. */
  moveTab (tab: number | string, index: number, options: ActOptions = {}): Done {
    return this.act('move a tab of', options, widget => {
      const [from, child] = this.#find(widget, tab, 'move a tab of', options)
      if (widget.given.reorderable !== true && options.force !== true) this.refuse('move a tab of', 'its tabs cannot be moved')
      // Taking it up shows its page.
      if (from !== widget.state.index) {
        this.set(widget, { index: from })
        this.report(widget, 'page-switch', refTo(child), from)
      }
      const { page } = this.host
      const to = Math.min(index, page.model.children(widget).length - 1)
      if (to === from || !page.dialect.extended) return
      page.model.move(widget, child, to)
      this.report(widget, 'page-move', refTo(child), to)
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

/** A StackWidget: nobody but code turns its pages. */
export class StackWidgetHandle extends WidgetHandle {
  /** Position of the page that is shown, from 0; -1 if there are no pages. */
  get index (): number { return this.state.index as number }

  /** The page that is shown; null if there is none. */
  get page (): WidgetHandle | null { return this.children[this.index] ?? null }
}

/** An Expander. */
export class ExpanderHandle extends WidgetHandle {
  get title (): string { return this.state.title as string }
  /** Whether it is closed. */
  get collapsed (): boolean { return this.state.collapsed as boolean }

  /** Opens it; nothing happens if it is open. */
  expand (options: ActOptions = {}): Done { return this.#set('expand', false, options) }

  /** Closes it; nothing happens if it is closed. */
  collapse (options: ActOptions = {}): Done { return this.#set('collapse', true, options) }

  /** Uses its title, which opens or closes it. */
  toggle (options: ActOptions = {}): Done { return this.#set('toggle', !this.collapsed, options) }

  #set (verb: string, collapsed: boolean, options: ActOptions): Done {
    return this.act(verb, options, widget => {
      if (widget.given.collapsible !== true && options.force !== true) this.refuse(verb, 'it is not collapsible')
      if (widget.state.collapsed === collapsed) return
      this.set(widget, { collapsed })
      this.report(widget, 'toggled', collapsed)
    })
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
