/**
 * What scenarios are written against: one page with a person before it, whatever plays it. Here the test kit does;
 * another driver plays the same scenarios in a real Chromium, and both must end in the same state.
 */
import Fastify from 'fastify'
import type { FastifyInstance } from 'fastify'
import pgwidgets from '../../lib/index.ts'
import type { Session } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { ClassName, DialectName, HandleOf, TestBrowser, WidgetTree } from '../../lib/testing/index.ts'
import { definitions } from '../../lib/widgets/index.ts'

/** A widget: its class, and its caption, or its position among those of its class. */
export type Target<Class extends ClassName = ClassName> = readonly [className: Class, which?: string | number]

/** What a page answers to each getter that has no parameters, by wid and wire name. */
export type Answers = Record<number, Record<string, unknown>>

/** A page and a person before it. Everything is done when its promise resolves, at the server and in all other pages. */
export interface View {
  /** Clicks a button, a check box, an action of a tool bar, or an entry of a menu (opening the menus that lead to it). */
  click (target: Target<'Button' | 'CheckBox' | 'RadioButton' | 'ToggleButton' | 'ToolBarAction' | 'MenuAction'>): Promise<void>
  /** Puts a text into a field and pauses. */
  type (target: Target<'TextEntry' | 'ComboBox'>, text: string): Promise<void>
  /** Presses Enter in a field. */
  enter (target: Target<'TextEntry' | 'ComboBox'>): Promise<void>
  /** Chooses from a list. */
  choose (target: Target<'ComboBox'>, item: string): Promise<void>
  dragSlider (target: Target<'Slider'>, value: number): Promise<void>
  selectTab (target: Target<'TabWidget'>, title: string): Promise<void>
  /** Uses the × of a tab. */
  closeTab (target: Target<'TabWidget'>, title: string): Promise<void>
  /** Drags a tab to another position. */
  moveTab (target: Target<'TabWidget'>, title: string, index: number): Promise<void>
  /** Uses the title of a section, which opens or closes it. */
  toggle (target: Target<'Expander'>): Promise<void>
  /** Drags a window by its title bar to a place, px from the left and top of the page, or of the workspace that it is in. */
  moveWindow (target: Target<'TopLevel' | 'MDISubWindow'>, x: number, y: number): Promise<void>
  resizeWindow (target: Target<'TopLevel' | 'MDISubWindow'>, width: number, height: number): Promise<void>
  /** Uses a button of a window's title bar. */
  useWindow (target: Target<'TopLevel' | 'MDISubWindow'>, button: 'minimize' | 'maximize' | 'close'): Promise<void>
  /** Presses a button in the row of a dialog, by its caption. */
  answer (target: Target<'Dialog'>, button: string): Promise<void>
  /** Presses Escape in a dialog. */
  escape (target: Target<'Dialog'>): Promise<void>
  reload (): Promise<void>
  /** The line is cut. */
  drop (): Promise<void>
  /** The line is back. */
  reconnect (): Promise<void>
  /** Another page of the same session. */
  second (): Promise<View>
  /** Waits until nothing happens any more. */
  settle (): Promise<void>
  /** What the page itself says of its widgets. */
  answers (): Promise<Answers>
}

/** Runs an application and opens pages of it. */
export interface Driver {
  /** Starts an application whose `onConnect` is `build`, and opens a page of a new session. */
  start (build: (session: Session) => void): Promise<{ readonly view: View, readonly session: Session, stop (): Promise<void> }>
}

/** Getters whose answers depend on layout, fonts or the page's address. */
const MEASURED = new Set(['get_size', 'get_position', 'get_sizes', 'get_icon'])

/** The getters of a class that every page must answer alike; `extended`: those that only ours knows as well. */
export function gettersOf (className: string, extended = true): string[] {
  return Object.entries(definitions.get(className)?.methods ?? {})
    .filter(([name, { effect, params, pageOnly, extension }]) => (extended || extension !== true) && effect.kind === 'get' && params.length === 0 && pageOnly !== true && !MEASURED.has(name))
    .map(([name]) => name)
}

/** Plays scenarios with the test kit. */
export class KitDriver implements Driver {
  readonly #dialect: DialectName

  constructor (dialect: DialectName) { this.#dialect = dialect }

  async start (build: (session: Session) => void): Promise<{ view: KitView, session: Session, stop (): Promise<void> }> {
    const app: FastifyInstance = Fastify()
    await app.register(pgwidgets, { prefix: '/panel', onConnect: session => build(session) })
    const browser = await openBrowser(app, '/panel', { dialect: this.#dialect })
    return { view: new KitView(browser), session: browser.session as Session, stop: () => app.close() }
  }
}

export class KitView implements View {
  readonly browser: TestBrowser

  constructor (browser: TestBrowser) { this.browser = browser }

  async click (target: Target<'Button' | 'CheckBox' | 'RadioButton' | 'ToggleButton' | 'ToolBarAction' | 'MenuAction'>): Promise<void> { await this.#get(target).click() }

  async type (target: Target<'TextEntry' | 'ComboBox'>, text: string): Promise<void> { await this.#get(target).fill(text, { commit: true }) }

  async enter (target: Target<'TextEntry' | 'ComboBox'>): Promise<void> { await this.#get(target).press('Enter') }

  async choose (target: Target<'ComboBox'>, item: string): Promise<void> { await this.#get(target).select(item) }

  async dragSlider (target: Target<'Slider'>, value: number): Promise<void> { await this.#get(target).drag(value) }

  async selectTab (target: Target<'TabWidget'>, title: string): Promise<void> { await this.#get(target).select(title) }

  async closeTab (target: Target<'TabWidget'>, title: string): Promise<void> { await this.#get(target).closeTab(title) }

  async moveTab (target: Target<'TabWidget'>, title: string, index: number): Promise<void> { await this.#get(target).moveTab(title, index) }

  async toggle (target: Target<'Expander'>): Promise<void> { await this.#get(target).toggle() }

  async moveWindow (target: Target<'TopLevel' | 'MDISubWindow'>, x: number, y: number): Promise<void> { await this.#get(target).move(x, y) }

  async resizeWindow (target: Target<'TopLevel' | 'MDISubWindow'>, width: number, height: number): Promise<void> { await this.#get(target).resize(width, height) }

  async useWindow (target: Target<'TopLevel' | 'MDISubWindow'>, button: 'minimize' | 'maximize' | 'close'): Promise<void> { await this.#get(target)[button]() }

  async answer (target: Target<'Dialog'>, button: string): Promise<void> { await this.#get(target).press(button) }

  async escape (target: Target<'Dialog'>): Promise<void> { await this.#get(target).escape() }

  async reload (): Promise<void> { await this.browser.reload() }

  async drop (): Promise<void> { await this.browser.dropLine() }

  async reconnect (): Promise<void> { await this.browser.reconnect() }

  async second (): Promise<KitView> { return new KitView(await this.browser.secondBrowser({ dialect: this.browser.dialect })) }

  async settle (): Promise<void> { await this.browser.idle() }

  async answers (): Promise<Answers> {
    return Object.fromEntries(this.browser.all().map(widget =>
      [widget.wid, Object.fromEntries(gettersOf(widget.className, this.browser.dialect === 'ours').map(name => [name, widget.ask(name)]))]))
  }

  #get<Class extends ClassName> ([className, which]: Target<Class>): HandleOf<Class> {
    return this.browser.get(className, typeof which === 'number' ? { nth: which } : which ?? {})
  }
}

/** How a scenario ended. */
export interface Outcome {
  /** What the server holds. */
  readonly server: WidgetTree
  /** What each page that is still open says. */
  readonly pages: readonly Answers[]
}

/** What the server and its pages hold at the end. */
export async function outcomeOf (session: Session, views: readonly View[]): Promise<Outcome> {
  for (const view of views) await view.settle()
  return { server: treeOf(session), pages: await Promise.all(views.map(view => view.answers())) }
}
