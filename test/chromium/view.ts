/** A page in a real Chromium and a person before it, who uses it by pointer and keyboard, by role and name. */
import { once } from 'node:events'
import type { FastifyInstance } from 'fastify'
import type { BrowserContext, Locator, Page } from 'playwright-core'
import type { WebSocket } from 'ws'
import type { Session } from '../../lib/index.ts'
import { treeOf } from '../../lib/testing/index.ts'
import { gettersOf } from '../testing/driver.ts'
import type { Answers, Target, View } from '../testing/driver.ts'
import { look, sceneOf } from './reader.ts'
import type { Sight } from './sight.ts'

type Message = Readonly<Record<string, unknown>>

/** What is around a page: its application and the other pages of it. */
export interface Surroundings {
  readonly app: FastifyInstance
  open (url: string): Promise<ChromiumView>
  /** Does something that has a page connect, and waits until all is there. */
  arrival (view: ChromiumView, act: () => Promise<unknown>): Promise<void>
  settle (): Promise<void>
}

/** The size of all pages, and of the test kit's. */
export const VIEWPORT = { width: 1280, height: 800 }
/** How long anything may take, ms. */
export const PATIENCE = 10_000
/** The answer to `init` has had this number: the server expects no other of it, so that whatever comes with it is ours. */
const ASKED = 0

/** How the roles of widgets and, where several classes share a role, their looks tell them apart. */
const LOOKS = {
  Button: ['button', '.pg-button'],
  ToolBarAction: ['button', '.pg-tool'],
  CheckBox: ['checkbox', '*'],
  RadioButton: ['radio', '*'],
  ToggleButton: ['button', '.pg-toggle-button'],
  Slider: ['slider', '*'],
  TextEntry: ['textbox', '.pg-text-entry'],
  ComboBox: ['combobox', '*'],
  TabWidget: ['tablist', '*'],
  Expander: ['button', '.pg-expander-bar'],
  TopLevel: ['dialog', '.pg-window:not(.pg-dialog)'],
  Dialog: ['dialog', '.pg-dialog'],
  MDISubWindow: ['group', '.pg-sub-window']
} as const

/** A page in Chromium. */
export class ChromiumView implements View {
  readonly context: BrowserContext
  readonly page: Page
  readonly cookie: string
  /** What no page should say: exceptions, breaches of the Content-Security-Policy, frames that it did not understand. */
  readonly problems: string[] = []
  /** Messages that the page has sent by itself, or as answers to the server. */
  heard = 0
  readonly #house: Surroundings
  readonly #listeners = new Set<(message: Message) => void>()
  /** Those who wait for answers to what they asked; pages answer in order. */
  readonly #asking: Array<(answers: Message[]) => void> = []
  #socket: WebSocket | null = null

  constructor (house: Surroundings, context: BrowserContext, page: Page, cookie: string) {
    this.#house = house
    this.context = context
    this.page = page
    this.cookie = cookie
    page.on('pageerror', ({ message }) => this.problems.push(message))
    // A page without its style sheet looks usable, and is not.
    page.on('response', response => { if (response.status() >= 400) this.problems.push(`${response.status()} for ${response.url()}`) })
    page.on('console', message => { if (/^pgwidgets:|Content.Security.Policy/i.test(message.text())) this.problems.push(message.text()) })
  }

  lineUp (socket: WebSocket): void {
    this.#socket = socket
    this.#asking.length = 0
    socket.on('close', () => { if (this.#socket === socket) this.#socket = null })
    socket.on('message', (data, isBinary) => { if (!isBinary) this.#hear(JSON.parse(String(data)) as Message | Message[]) })
  }

  async click (target: Target<'Button' | 'CheckBox' | 'RadioButton' | 'ToggleButton' | 'ToolBarAction' | 'MenuAction'>): Promise<void> {
    const [className, which] = target
    await this.#act(() => className === 'MenuAction' ? this.#useMenus(String(which)) : this.#get(className, which).click())
  }

  async type (target: Target<'TextEntry' | 'ComboBox'>, text: string): Promise<void> {
    await this.#act(async () => {
      await this.#get(...target).click()
      await this.page.keyboard.press('ControlOrMeta+a')
      // The pause that pages wait for before they report what was typed.
      await Promise.all([this.#reports('modified', text), this.page.keyboard.type(text)])
    })
  }

  async enter (target: Target<'TextEntry' | 'ComboBox'>): Promise<void> { await this.#act(() => this.#get(...target).press('Enter')) }

  async choose (target: Target<'ComboBox'>, item: string): Promise<void> {
    await this.#act(async () => {
      const control = this.#get(...target)
      // A field that can be edited has a button for its list, another one is the button.
      const arrow = control.locator('xpath=following-sibling::button')
      await (await arrow.count() > 0 ? arrow : control).click()
      await sceneOf(this.page).getByRole('option', { name: item, exact: true }).click()
    })
  }

  async dragSlider (target: Target<'Slider'>, value: number): Promise<void> {
    await this.#act(async () => {
      const slider = this.#get(...target)
      await slider.hover()
      const { x, y, width, height } = await boxOf(slider)
      const [min, max, from] = await slider.evaluate(input => [Number((input as HTMLInputElement).min), Number((input as HTMLInputElement).max), (input as HTMLInputElement).valueAsNumber]) as [number, number, number]
      const at = (value: number): number => x + width * (value - min) / (max - min)
      await this.page.mouse.move(at(from), y + height / 2)
      await this.page.mouse.down()
      // The handle's own width shifts the scale a little, so that one has to look where it is.
      for (let to = at(value), tries = 0; tries < width; tries++) {
        await this.page.mouse.move(to, y + height / 2)
        const now = Number(await slider.inputValue())
        if (now === value) break
        to += Math.sign(value - now)
      }
      await this.page.mouse.up()
    })
  }

  async selectTab (target: Target<'TabWidget'>, title: string): Promise<void> { await this.#act(() => this.#tab(target, title).click()) }

  async closeTab (target: Target<'TabWidget'>, title: string): Promise<void> { await this.#act(() => this.#tab(target, title).getByTitle('Close').click()) }

  async moveTab (target: Target<'TabWidget'>, title: string, index: number): Promise<void> {
    await this.#act(async () => {
      const tab = this.#tab(target, title)
      await tab.hover()
      const [from, to] = [await boxOf(tab), await boxOf(this.#get(...target).getByRole('tab').nth(index))]
      await this.#drag(tab, to.x > from.x ? to.x + to.width - from.x - from.width : to.x - from.x, 0)
    })
  }

  async toggle (target: Target<'Expander'>): Promise<void> { await this.#act(() => this.#get(...target).click()) }

  async moveWindow (target: Target<'TopLevel' | 'MDISubWindow'>, x: number, y: number): Promise<void> {
    await this.#act(async () => {
      const window = this.#get(...target)
      const [own, ground] = [await boxOf(window), await boxOf(window.locator('xpath=..'))]
      const box = { x: own.x - ground.x, y: own.y - ground.y }
      await this.#drag(window.locator('.pg-window-title'), x - box.x, y - box.y)
    })
  }

  async resizeWindow (target: Target<'TopLevel' | 'MDISubWindow'>, width: number, height: number): Promise<void> {
    await this.#act(async () => {
      const window = this.#get(...target)
      const box = await boxOf(window)
      await this.#drag(window.locator('.pg-grip[data-edge="se"]'), width - box.width, height - box.height)
    })
  }

  async useWindow (target: Target<'TopLevel' | 'MDISubWindow'>, button: 'minimize' | 'maximize' | 'close'): Promise<void> {
    // Not by its name, which says what it would do now.
    await this.#act(() => this.#get(...target).locator(`.pg-window-bar > [data-action="${button}"]`).click())
  }

  async answer (target: Target<'Dialog'>, button: string): Promise<void> {
    await this.#act(() => this.#get(...target).locator('.pg-dialog-row').getByRole('button', { name: button, exact: true }).click())
  }

  async escape (target: Target<'Dialog'>): Promise<void> { await this.#act(() => this.#get(...target).press('Escape')) }

  async reload (): Promise<void> { await this.#house.arrival(this, () => this.page.reload()) }

  async drop (): Promise<void> {
    await this.context.setOffline(true)
    const socket = this.#socket
    if (socket !== null) {
      socket.terminate()
      await once(socket, 'close')
    }
    await this.page.getByText('Connection lost').waitFor()
    await this.#house.settle()
  }

  async reconnect (): Promise<void> {
    await this.#house.arrival(this, () => this.context.setOffline(false))
    await this.page.getByText('Back online').waitFor()
  }

  async second (): Promise<ChromiumView> { return await this.#house.open(this.page.url()) }

  async settle (): Promise<void> { await this.#house.settle() }

  async answers (): Promise<Answers> {
    const [session] = [...this.#house.app.pgwidgets.sessions]
    const questions = Object.entries(treeOf(session as Session)).flatMap(([wid, { class: name }]) =>
      gettersOf(name).map(method => ({ wid: Number(wid), method })))
    const answers = await this.ask(questions)
    const all: Answers = {}
    for (const [i, { wid, method }] of questions.entries()) (all[wid] ??= {})[method] = answers[i]?.value ?? answers[i]?.error ?? null
    return all
  }

  /** What a person sees. */
  async look (): Promise<Sight[]> {
    const sights = await look(this.page)
    await this.settle()
    return sights
  }

  /** Puts questions to the page, over its own line; without any, waits until all that it said before has come. */
  async ask (calls: ReadonlyArray<{ wid: number, method: string }>): Promise<Message[]> {
    const socket = this.#socket
    if (socket === null) return []
    const answers = await this.#within<Message[]>('answer', resolve => {
      this.#asking.push(resolve)
      // One that needs no answer comes last, so that there is always one.
      socket.send(JSON.stringify([...calls.map(call => ({ type: 'call', id: ASKED, args: [], ...call })), { type: 'batch', id: ASKED, calls: [] }]))
    })
    return answers.slice(0, -1)
  }

  #hear (frame: Message | Message[]): void {
    if (Array.isArray(frame) && frame.every(({ id }) => id === ASKED)) {
      this.#asking.shift()?.(frame)
      return
    }
    for (const message of Array.isArray(frame) ? frame : [frame]) {
      this.heard++
      for (const listener of [...this.#listeners]) listener(message)
    }
  }

  /** Resolves when the page reports an action to the server. */
  async #reports (action: string, text: string): Promise<void> {
    await this.#within<Message>(`report ${action}`, resolve => {
      const listener = (message: Message): void => {
        if (message.action !== action || (message.args as unknown[])[0] !== text) return
        this.#listeners.delete(listener)
        resolve(message)
      }
      this.#listeners.add(listener)
    })
  }

  async #within<Value> (what: string, begin: (resolve: (value: Value) => void) => void): Promise<Value> {
    return await new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`the page does not ${what} within ${PATIENCE} ms`)), PATIENCE)
      begin(value => {
        clearTimeout(timer)
        resolve(value)
      })
    })
  }

  async #act (act: () => Promise<void>): Promise<void> {
    await act()
    await this.#house.settle()
  }

  #get (className: keyof typeof LOOKS, which?: string | number): Locator {
    const [role, look] = LOOKS[className]
    const found = sceneOf(this.page).getByRole(role, typeof which === 'string' ? { name: which, exact: true } : {}).and(this.page.locator(look))
    return typeof which === 'number' ? found.nth(which) : found
  }

  #tab (target: Target<'TabWidget'>, title: string): Locator { return this.#get(...target).getByRole('tab', { name: title, exact: true }) }

  /** Opens one menu after the other until there is an entry of this name, and uses it. */
  async #useMenus (name: string): Promise<void> {
    const scene = sceneOf(this.page)
    const entry = scene.locator('.pg-menu-action').filter({ hasText: new RegExp(`^${name}$`) })
    for (const opener of await scene.locator('.pg-stage [aria-haspopup="menu"]').all()) {
      await opener.click()
      if (await entry.count() > 0) return await entry.click()
      await this.page.keyboard.press('Escape')
    }
    throw new Error(`No menu has an entry ${name}`)
  }

  async #drag (handle: Locator, dx: number, dy: number): Promise<void> {
    await handle.hover()
    const { x, y, width, height } = await boxOf(handle)
    await this.page.mouse.move(x + width / 2, y + height / 2)
    await this.page.mouse.down()
    await this.page.mouse.move(x + width / 2 + dx, y + height / 2 + dy, { steps: 4 })
    await this.page.mouse.up()
  }
}

async function boxOf (locator: Locator): Promise<{ x: number, y: number, width: number, height: number }> {
  const box = await locator.boundingBox()
  if (box === null) throw new Error(`not on screen: ${String(locator)}`)
  return box
}
