import type { WidgetFactories } from '../../types/widgets.ts'
import type { Session } from '../session/session.ts'
import { describeQuery, outline, search } from './finder.ts'
import type { By, Query } from './finder.ts'
import { makeHandle } from './gestures/index.ts'
import type { HandleOf } from './gestures/index.ts'
import type { HandleHost, WidgetHandle } from './handle.ts'
import type { Closed } from './line.ts'
import type { PageWidget } from './model.ts'
import type { DefaultFont, Font, Page } from './page.ts'
import { treeOfModel } from './tree.ts'
import type { WidgetTree } from './tree.ts'
import type { RefusedUpload } from './uploads.ts'

/** A widget class by name; windows in a workspace are widgets that nobody makes by name. */
export type ClassName = (keyof WidgetFactories & string) | 'MDISubWindow'

/** What a browser shows, and how a test finds its way in it. */
export abstract class Screen {
  /** The session, where it is in this process; null if there is none, or it has ended. */
  abstract get session (): Session | null
  /** How the last line ended; null while it is up. */
  abstract get closed (): Closed | null

  /**
   * The one widget that fits: by class, by caption, by name, or by anything else.
   * @throws Error with a list of what is there, unless exactly one fits.
   */
  get<Class extends ClassName> (className: Class, query?: Query): HandleOf<Class>
  get (query: By | RegExp): WidgetHandle
  get (first: ClassName | By | RegExp, query: Query = {}): WidgetHandle {
    const found = this.#one(first, query)
    if (found !== null) return found
    const line = this.closed === null ? '' : ` (its line is closed: ${this.closed.code} ${this.closed.reason})`
    throw new Error(`there is no ${this.#described(first, query)}; the browser${line} shows:\n${outline(this.page.model)}`)
  }

  /** The same as `get()`, but null where nothing fits. @throws Error if more than one fits. */
  find<Class extends ClassName> (className: Class, query?: Query): HandleOf<Class> | null
  find (query: By | RegExp): WidgetHandle | null
  find (first: ClassName | By | RegExp, query: Query = {}): WidgetHandle | null {
    return this.#one(first, query)
  }

  /** All widgets that fit, in the order in which they were made; without arguments, all there are. */
  all<Class extends ClassName> (className: Class, query?: Query): Array<HandleOf<Class>>
  all (query?: By | RegExp): WidgetHandle[]
  all (first: ClassName | By | RegExp = {}, query: Query = {}): WidgetHandle[] {
    this.handles.check()
    return this.#search(first, query).map(widget => makeHandle(this.handles, widget))
  }

  /** Everything that the browser holds, in plain JSON. Equal to `treeOf(session)` when it is up to date. */
  tree (): WidgetTree {
    this.handles.check()
    return treeOfModel(this.page.model)
  }

  /** What is there, a line for each widget; for people to read. */
  toString (): string { return outline(this.page.model) }

  /** Fonts that the server registered. */
  get fonts (): readonly Font[] { return this.page.fonts }
  /** The default font that the server set. */
  get defaultFont (): DefaultFont { return this.page.defaultFont }
  /** URLs that the server had opened. */
  get openedUrls (): readonly string[] { return this.page.openedUrls }
  /** Files that were dropped and that the server did not take. */
  get refusedUploads (): readonly RefusedUpload[] { return this.page.uploads.refused }
  /** Errors that the page answered. With a server that does everything right there are none. */
  get errors (): readonly string[] { return this.page.errors }

  /** @internal */
  protected abstract get page (): Page

  /** @internal */
  protected abstract get handles (): HandleHost

  #one (first: ClassName | By | RegExp, query: Query): WidgetHandle | null {
    this.handles.check()
    const found = this.#search(first, query)
    if (found.length > 1) {
      throw new Error(`there are ${found.length} of ${this.#described(first, query)}; say which by text, name or nth:\n${outline(this.page.model, found)}`)
    }
    return found[0] === undefined ? null : makeHandle(this.handles, found[0])
  }

  #search (first: ClassName | By | RegExp, query: Query): PageWidget[] {
    const [className, by] = typeof first === 'string' ? [first, query] : [null, first]
    return search(this.page.model, className, by, name => this.#named(name))
  }

  #described (first: ClassName | By | RegExp, query: Query): string {
    return typeof first === 'string' ? describeQuery(first, query) : describeQuery(null, first)
  }

  // Names stay at the server; no browser is told of them.
  #named (name: string): number | null {
    const { session } = this
    if (session === null) throw new Error('a widget cannot be found by its name: there is no session')
    return session.find(name)?.wid ?? null
  }
}
