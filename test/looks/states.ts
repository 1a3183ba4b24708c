/**
 * All classes in all states, for our own eyes: `npm run looks`, or with names of classes for these alone. Writes one
 * sheet for each class into screenshots/looks.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import type { AnyWidget, Session } from '../../lib/index.ts'
import { examples, shown } from '../../types/manual/examples.ts'
import { startChromium } from '../chromium/support.ts'
import { POSES } from './poses.ts'
import { Stands, settled } from './stand.ts'

const OUT = fileURLToPath(new URL('../../screenshots/looks/', import.meta.url))
const LONG = 'A text that is a good deal longer than whoever laid this out had in mind when they did so, and still goes on'
/** How the widget is found on the page: by its tooltip, which no example uses. */
const MARK = 'the subject'
/** Page sizes: of an example, and of one that has windows, which would be sheets on a narrow page. */
const SIZES = [{ width: 420, height: 260 }, { width: 700, height: 460 }] as const

const SCHEMES: ReadonlyArray<readonly [name: string, options: BrowserContextOptions]> = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['forced', { forcedColors: 'active' }],
  ['forced dark', { forcedColors: 'active', colorScheme: 'dark' }]
]

interface Scene { readonly page: Page, readonly session: Session, readonly subject: AnyWidget }

/** States, each reached from the one before. */
const STATES: ReadonlyArray<readonly [name: string, act: (scene: Scene) => Promise<unknown>]> = [
  ['default', async ({ page, subject }) => POSES[subject.constructor.name]?.(page)],
  ['hover', async ({ page }) => page.mouse.move(...await centre(page))],
  ['active', async ({ page }) => page.mouse.down()],
  ['focus', async ({ page }) => {
    await page.mouse.up()
    await page.mouse.move(1, 1)
    await focus(page)
  }],
  ['disabled', async ({ page, session, subject }) => {
    ;(subject as { setEnabled? (enabled: boolean): void }).setEnabled?.(false)
    await settled(session, page)
  }],
  ['long', async ({ page, session, subject }) => {
    const texts = subject as { setEnabled? (enabled: boolean): void, setText? (text: string): void, setTitle? (text: string): void }
    texts.setEnabled?.(true)
    texts.setText?.(LONG)
    texts.setTitle?.(LONG)
    await settled(session, page)
  }]
]

const browser: Browser = await startChromium()
const stands = new Stands(browser)
await stands.open()
mkdirSync(OUT, { recursive: true })
try {
  const programs = examples()
  const only = process.argv.slice(2)
  for (const name of shown().filter(name => only.length === 0 || only.includes(name))) {
    const example = programs.get(name)
    if (example === undefined) continue
    const rows: Array<readonly [scheme: string, shots: Array<readonly [state: string, shot: Buffer]>]> = []
    for (const [scheme, options] of SCHEMES) rows.push([scheme, [...await states(name, example, options, 'ltr'), ...await states(name, example, options, 'rtl')]])
    await sheet(name, rows)
    console.log(`${OUT}${name}.png`)
  }
} finally {
  await browser.close()
  await stands.close()
}

async function states (name: string, example: string, options: BrowserContextOptions, dir: 'ltr' | 'rtl'): Promise<Array<readonly [string, Buffer]>> {
  const stand = await stands.showFitting(example, SIZES, options, dir)
  const { page, session } = stand
  const subject = session.widgets().find(widget => widget.constructor.name === name) as AnyWidget
  ;(subject as { setTooltip? (text: string): void }).setTooltip?.(MARK)
  await settled(session, page)
  const shots: Array<readonly [string, Buffer]> = []
  for (const [state, act] of dir === 'ltr' ? STATES : STATES.slice(0, 1)) {
    await act({ page, session, subject }).catch((error: Error) => console.warn(`${name}, ${state}: ${error.message.split('\n')[0]}`))
    shots.push([dir === 'rtl' ? 'right to left' : state, await page.screenshot()])
  }
  await stand.close()
  return shots
}

function subjectOn (page: Page): Locator { return page.locator(`[title="${MARK}"]`).first() }

async function centre (page: Page): Promise<[number, number]> {
  const box = await subjectOn(page).boundingBox({ timeout: 500 })
  if (box === null) return [1, 1]
  return [box.x + box.width / 2, box.y + Math.min(box.height / 2, 100)]
}

/** Goes to the widget by keyboard, so that it shows its ring. */
async function focus (page: Page): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab')
    if (await subjectOn(page).evaluate(element => element.contains(document.activeElement), null, { timeout: 500 })) return
  }
}

async function sheet (name: string, rows: ReadonlyArray<readonly [string, ReadonlyArray<readonly [string, Buffer]>]>): Promise<void> {
  const columns = rows[0]?.[1].map(([state]) => `<th>${state}</th>`).join('') ?? ''
  const body = rows.map(([scheme, shots]) =>
    `<tr><th>${scheme}</th>${shots.map(([, shot]) => `<td><img src="data:image/png;base64,${shot.toString('base64')}"></td>`).join('')}</tr>`).join('')
  const page = await browser.newPage({ viewport: { width: 100, height: 100 } })
  await page.setContent(`<style>body{font:12px sans-serif;width:max-content;margin:8px}img{display:block;width:300px}td{padding:2px}</style><h1>${name}</h1><table><tr><th></th>${columns}</tr>${body}</table>`)
  writeFileSync(`${OUT}${name}.png`, await page.screenshot({ fullPage: true }))
  await page.close()
}
