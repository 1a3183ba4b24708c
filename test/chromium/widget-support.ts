import type { Browser, Page } from 'playwright-core'
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
export async function put (t: Test, browser: Browser, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> {
  const { peer, page } = await open(t, browser)
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
