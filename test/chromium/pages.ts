/** Pages that are used again: a new one takes longer than most tests. */
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import type { Test } from 'tap'

const VIEWPORT = { width: 1280, height: 800 }

/** What leaves a page, or its context, different from a new one. */
const LASTING = {
  page: ['addInitScript', 'addScriptTag', 'addStyleTag', 'emulateMedia', 'exposeBinding', 'exposeFunction', 'route', 'setDefaultTimeout', 'setExtraHTTPHeaders', 'setViewportSize'],
  clock: ['fastForward', 'install', 'pauseAt', 'resume', 'runFor', 'setFixedTime', 'setSystemTime'],
  context: ['addCookies', 'addInitScript', 'exposeBinding', 'exposeFunction', 'grantPermissions', 'newCDPSession', 'route', 'setDefaultTimeout', 'setExtraHTTPHeaders', 'setGeolocation', 'setOffline']
} as const

const free = new WeakMap<Browser, Page[]>()
const spoilt = new WeakSet<Page>()

/** A page as good as new, for one test. Servers of tests have ports of their own, so that none finds what another stored. */
export async function pageFor (t: Test, browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const plain = Object.keys(options).length === 0
  const page = (plain ? free.get(browser)?.pop() : undefined) ?? await make(browser, options)
  t.teardown(async () => {
    if (plain && await clean(page)) free.set(browser, [...free.get(browser) ?? [], page])
    else await page.context().close()
  })
  return page
}

async function make (browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ viewport: VIEWPORT, ...options })
  const page = await context.newPage()
  const watch = (of: object, names: readonly string[]): void => {
    for (const name of names) {
      const original = (of as Record<string, (...args: unknown[]) => unknown>)[name]
      Object.defineProperty(of, name, {
        value (...args: unknown[]) {
          spoilt.add(page)
          return original?.apply(of, args)
        }
      })
    }
  }
  watch(page, LASTING.page)
  watch(page.clock, LASTING.clock)
  watch(context, LASTING.context)
  return page
}

/** Makes a page ready for the next test; false where it cannot be. */
async function clean (page: Page): Promise<boolean> {
  if (spoilt.has(page) || page.isClosed()) return false
  const context: BrowserContext = page.context()
  if (context.pages().length > 1) return false
  // The library listens to others of its own.
  for (const event of ['console', 'load', 'pageerror', 'response']) page.removeAllListeners(event)
  await page.mouse.up()
  await page.mouse.move(-1, -1)
  await page.goto('about:blank')
  return true
}
