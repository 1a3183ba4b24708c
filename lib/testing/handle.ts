import type { Size } from './geometry.ts'
import type { PageWidget } from './model.ts'
import type { Page } from './page.ts'
import { refusal } from './actionability.ts'
import { describeFile } from './uploads.ts'
import type { TestFile } from './uploads.ts'

/** What handles need of their browser. */
export interface HandleHost {
  readonly page: Page
  /** Throws if the server broke the protocol. */
  check (): void
  /** Waits until nothing happens any more. */
  idle (): Promise<void>
  /** Why nobody can do anything at the moment; null if one can. */
  readonly blocked: string | null
  handle (widget: PageWidget): WidgetHandle
}

/** What is dropped. */
export interface Dropped {
  text?: string
  url?: string
  html?: string
  files?: readonly TestFile[]
}

/** Any of these makes a widget a drop target. */
const DROP_ACTIONS = ['drag-over', 'drop-start', 'drop-end', 'drop-progress']

/** A text that is wholly a URL. */
const URL_ALONE = /^(?:https?|file):\/\/\S+$/i

/** How a person's action is done. */
export interface ActOptions {
  /** Does it even where a person could not: to a widget that is hidden or disabled. */
  force?: boolean
}

/** Something that was done. It is done already; whoever awaits it waits until the user interface has come to rest. */
export class Done implements PromiseLike<void> {
  readonly #idle: () => Promise<void>

  constructor (idle: () => Promise<void>) { this.#idle = idle }

  then<A = void, B = never> (resolved?: ((value: void) => A | PromiseLike<A>) | null, rejected?: ((reason: unknown) => B | PromiseLike<B>) | null): Promise<A | B> {
    return this.#idle().then(resolved, rejected)
  }
}

/**
 * A widget as a person has it before them. It stands for the widget of its number, so that it holds through a replay,
 * a reconnection and a reload.
 */
export class WidgetHandle {
  /** The widget's id; the same at the server and in all browsers. */
  readonly wid: number
  /** The widget's class. */
  readonly className: string
  readonly #host: HandleHost

  /** @internal */
  constructor (host: HandleHost, { wid, definition }: PageWidget) {
    this.#host = host
    this.wid = wid
    this.className = definition.class
  }

  /** Whether the browser still has this widget. */
  get exists (): boolean { return this.#host.page.model.widgets.get(this.wid)?.definition.class === this.className }

  /** The widget's state as this browser holds it, by wire name. */
  get state (): Readonly<Record<string, unknown>> { return this.widget.state }

  /** What the widget was made with, by wire name, defaults filled in. */
  get args (): Readonly<Record<string, unknown>> { return this.widget.given }

  /** The widgets inside, in order. */
  get children (): WidgetHandle[] { return this.host.page.model.children(this.widget).map(child => this.#host.handle(child)) }

  /** The widget around this one; null if it is in none. */
  get parent (): WidgetHandle | null {
    const { parent } = this.widget
    return parent === null ? null : this.#host.handle(parent)
  }

  /** Whether somebody could see it: it and all around it are shown, in a window that is. */
  get visible (): boolean { return refusal(this.#host.page.model, this.widget, 'see') === null }

  /** Whether it can be used: neither it nor anything around it is disabled. */
  get enabled (): boolean {
    for (let at: PageWidget | null = this.widget; at !== null; at = at.parent) if (at.state.enabled === false) return false
    return true
  }

  /** Whether `set_focus` was called on it last. */
  get focused (): boolean { return this.#host.page.focused?.wid === this.wid }

  /** Actions that the server listens to. */
  get listened (): string[] { return [...this.widget.listened].sort() }

  /** What the page answers when the server asks: `slider.ask('get_value')`. Wire names, wire values. */
  ask (method: string, ...args: unknown[]): unknown { return this.#host.page.ask(this.widget, method, args) }

  /**
   * Reports an action as it is, whatever the state of the widget, and changes nothing in the page. It leaves only if
   * the server listens to it.
   */
  fire (action: string, ...args: unknown[]): Done {
    this.#host.check()
    this.#host.page.reports.fire(this.widget, action, args)
    return this.done
  }

  /**
   * Drags something over the widget and drops it there. It goes to the innermost widget here or around it that the
   * server listens to any drag action of; files are sent as pages send them.
   */
  drop (what: Dropped, options: ActOptions = {}): Done {
    const { page } = this.#host
    return this.act('drop on', options, widget => {
      let target: PageWidget | null = widget
      while (target !== null && !DROP_ACTIONS.some(action => target?.listened.has(action)) && !page.dialect.claimsDrops(target)) target = target.parent
      if (target === null) this.refuse('drop on', 'the server listens to none of its drag actions, nor of those around it')
      this.#drop(target, what)
    })
  }

  /** Says what size the layout gives to the widget; reported where the server listens to `resize` or `map`. */
  layout (size: Size): Done {
    this.#host.page.geometry.give(this.widget, size)
    return this.done
  }

  toString (): string { return `${this.className}#${this.wid}` }

  #drop (target: PageWidget, { text, url, html, files = [] }: Dropped): void {
    const trimmed = text?.trim() ?? ''
    const types = [
      ...(text === undefined ? [] : ['text/plain']), ...(url === undefined ? [] : ['text/uri-list']),
      ...(html === undefined ? [] : ['text/html']), ...(files.length === 0 ? [] : ['Files'])
    ]
    const event = (type: string): object => ({
      type, time_stamp: 0, x: 0, y: 0, viewport_x: 0, viewport_y: 0, button_trigger: 1, button_mask: 0, modifiers: [], types
    })
    const payload = { ...event('drop'), text: text ?? null, url: url ?? (URL_ALONE.test(trimmed) ? trimmed : null), html: html ?? null }
    this.report(target, 'drag-over', event('dragover'))
    this.report(target, 'drop-start', { ...payload, files: files.map(file => ({ ...describeFile(file), data: null })) })
    if (files.length === 0) this.report(target, 'drop-end', { ...payload, files: [] })
    else if (target.listened.has('drop-end')) this.#host.page.uploads.offer(target, files, part => this.#host.page.reports.fire(target, 'drop-end', [{ ...payload, ...part }]))
  }

  protected get host (): HandleHost { return this.#host }

  /** The widget in the present page. @throws Error if there is none any more. */
  protected get widget (): PageWidget {
    this.#host.check()
    const widget = this.#host.page.model.widgets.get(this.wid)
    if (widget?.definition.class !== this.className) throw new Error(`${this.toString()} is not in the browser any more`)
    return widget
  }

  protected get done (): Done { return new Done(() => this.#host.idle()) }

  /** Does what a person does, if a person can. `change` changes the page first and then reports. */
  protected act (verb: string, options: ActOptions, change: (widget: PageWidget) => void): Done {
    const { widget } = this
    if (options.force !== true) {
      const reason = this.#host.blocked ?? refusal(this.#host.page.model, widget, 'use')
      if (reason !== null) this.refuse(verb, reason)
    }
    change(widget)
    this.#host.page.model.takeEchoes()
    this.#host.page.geometry.look()
    return this.done
  }

  /** Changes the page's own state. */
  protected set (widget: PageWidget, patch: Record<string, unknown>): void { this.#host.page.model.patch(widget, patch) }

  /** Reports to the server. */
  protected report (widget: PageWidget, action: string, ...args: unknown[]): void { this.#host.page.reports.fire(widget, action, args) }

  protected refuse (verb: string, reason: string): never {
    throw new Error(`cannot ${verb} ${this.toString()}: ${reason}`)
  }
}
