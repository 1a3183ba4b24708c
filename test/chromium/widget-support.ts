import type { Browser, Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { open } from './support.ts'
import type { Peer, Request } from './support.ts'

/** A reference to a widget, as servers write it. */
export const ref = (wid: number): Request => ({ __wid__: wid })

/** The callbacks that came since the last look, as `[wid, action, …arguments]`. */
export async function news (peer: Peer): Promise<unknown[][]> {
  const callbacks = (await peer.callbacks()).map(({ wid, action, args }) => [wid, action, ...args ?? []])
  peer.frames.length = 0
  return callbacks
}

/** Waits until the page has painted so many times. */
export async function animationFrames (page: Page, count: number): Promise<void> {
  await page.locator(':root').evaluate(async (root, count) => {
    for (let i = 0; i < count; i++) await new Promise(resolve => root.ownerDocument.defaultView!.requestAnimationFrame(resolve))
  }, count)
}

/**
 * Stops the page's time: from here on it passes by `page.clock.runFor` alone. A clock that was only installed goes on by
 * itself, and what a busy machine let pass would be added to what a test means to.
 */
export async function stopTime (page: Page): Promise<void> {
  await page.clock.install({ time: 0 })
  await page.clock.pauseAt(60_000)
}

/** How long a turn of the wheel may take to scroll something before it is turned again, ms. */
const TURNS = [300, 600, 1200]

/**
 * Turns the wheel until something scrolls, as one does: now and then a compositor that is busy has not heard yet of what
 * can be scrolled, and lets a turn pass.
 *
 * @param dx - px. @param dy - px.
 */
export async function turnWheel (page: Page, dx: number, dy: number): Promise<void> {
  // Listened for before the first turn: what scrolls at once counts too.
  const seen = await page.evaluateHandle(() => {
    const seen = { scrolled: false }
    document.addEventListener('scroll', () => { seen.scrolled = true }, { capture: true, once: true })
    return seen
  })
  for (const timeout of TURNS) {
    await page.mouse.wheel(dx, dy)
    if (await page.waitForFunction(({ scrolled }) => scrolled, seen, { timeout }).then(() => true, () => false)) return
  }
}

/** A finger that goes from one point to another. */
export async function pan (page: Page, from: readonly [number, number], by: readonly [number, number]): Promise<void> {
  const session = await page.context().newCDPSession(page)
  const touch = async (type: 'touchStart' | 'touchMove' | 'touchEnd', step: number): Promise<void> => {
    const point = { x: from[0] + by[0] * step, y: from[1] + by[1] * step }
    await session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [point] })
  }
  await touch('touchStart', 0)
  for (const step of [0.2, 0.4, 0.6, 0.8, 1]) await touch('touchMove', step)
  await touch('touchEnd', 1)
}

/** Drags along the diagonal of an element, between two shares of its size, all of it before the page paints again. */
export async function dragInOneFrame (locator: Locator, from: number, to: number): Promise<void> {
  await locator.evaluate((element, [from, to]) => {
    const { left, top, width, height } = element.getBoundingClientRect()
    const send = (type: string, share: number): boolean => element.dispatchEvent(
      new PointerEvent(type, { bubbles: true, isPrimary: true, pointerId: 1, clientX: left + share * width, clientY: top + share * height }))
    // Only a pointer that is there can be captured.
    element.setPointerCapture = () => {}
    element.hasPointerCapture = () => true
    send('pointerdown', from)
    for (let i = 1; i <= 100; i++) send('pointermove', from + (to - from) * i / 100)
    send('pointerup', to)
    for (const name of ['setPointerCapture', 'hasPointerCapture']) Reflect.deleteProperty(element, name)
  }, [from, to] as const)
}

export interface Scene { readonly peer: Peer, readonly page: Page }

/** What a server sends, in a replay, of a widget, number 10, that is alone in a window (1), with a listener for `activated`. */
export const alone = (className: string, ...args: unknown[]): Request[] => [
  { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] },
  { type: 'create', wid: 10, class: className, args },
  { type: 'listen', wid: 10, action: 'activated' },
  { type: 'call', wid: 1, method: 'set_widget', args: [ref(10)] },
  { type: 'call', wid: 1, method: 'show', args: [] }
]

/** Puts a widget, as number 10, alone into a column (2) in a window (1) of 400 by 300 px, with listeners for `actions`. */
export async function put (t: Test, browser: Browser, className: string, args: unknown[] = [], actions: string[] = [], before?: () => void): Promise<Scene> {
  const { peer, page } = await open(t, browser, {}, {}, before)
  await peer.create(1, 'TopLevel', { title: 'Window' })
  await peer.create(2, 'VBox')
  await peer.create(10, className, ...args)
  await peer.call(2, 'add_widget', ref(10), 0)
  await peer.call(1, 'set_widget', ref(2))
  await peer.call(1, 'resize', 400, 300)
  await peer.call(1, 'show')
  await peer.listen(10, ...actions)
  return { peer, page }
}
