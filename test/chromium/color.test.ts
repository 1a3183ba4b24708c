import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { launch } from './support.ts'
import { news, put } from './widget-support.ts'

const browser = await launch(t)

if (browser !== null) {
  await t.test('ColorWidget', async t => {
    const { peer, page } = await put(t, browser, 'ColorWidget', [{ color: '#ff0000' }], ['pick'])
    const field: Locator = page.getByRole('slider', { name: 'Saturation and brightness' })
    const input = (name: string): Locator => page.getByLabel(name, { exact: true })
    const color = async (): Promise<unknown> => (await peer.call(10, 'get_color')).value
    const dragTo = async (page: Page, x: number, y: number, steps: number): Promise<void> => {
      const box = (await field.boundingBox())!
      await page.mouse.move(box.x + 100, box.y + 100)
      await page.mouse.down()
      await page.mouse.move(box.x + x, box.y + y, { steps })
      await page.mouse.up()
    }

    await t.test('is picked in the field; a drag that leaves it goes on, and its last colour is reported', async t => {
      await dragTo(page, 300, -50, 20)
      const reports = await news(peer)
      t.ok(reports.length < 22, `${reports.length} reports of 21 moves`)
      t.strictSame(reports.at(-1), [10, 'pick', '#ff0000'])
      t.equal(await color(), '#ff0000')
    })
    await t.test('follows the arrow keys, and says where it is', async t => {
      await field.focus()
      await page.keyboard.press('Shift+ArrowLeft')
      await page.keyboard.press('ArrowDown')
      t.equal(await field.getAttribute('aria-valuetext'), 'Saturation 90 %, brightness 99 %')
      t.equal(await color(), '#fc1919')
      t.strictSame((await news(peer)).at(-1), [10, 'pick', '#fc1919'])
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('Shift+ArrowRight')
    })
    await t.test('keeps hue and saturation where it is black, and reports no colour twice', async t => {
      await input('Brightness').fill('0')
      await news(peer)
      await page.getByRole('slider', { name: 'Hue' }).focus()
      await page.keyboard.press('ArrowRight')
      t.strictSame(await news(peer), [], 'black is black whatever its hue')
      await input('Brightness').fill('100')
      t.equal(await page.getByRole('spinbutton', { name: 'Hue' }).inputValue(), '1')
      t.equal(await color(), '#ff0400')
    })
    await t.test('takes numbers and digits, and gives back what cannot be a colour', async t => {
      await news(peer)
      await input('Blue').fill('999')
      t.equal(await color(), '#ff04ff')
      await input('Blue').press('Tab')
      t.equal(await input('Blue').inputValue(), '255')
      await input('Digits').fill('rgb(0, 128, 64)')
      await input('Digits').fill('008040')
      await input('Digits').press('Enter')
      t.equal(await color(), '#008040')
      await input('Digits').fill('zzz')
      await input('Digits').press('Enter')
      t.equal(await input('Digits').inputValue(), '008040')
      await input('Red').fill('')
      await input('Red').press('Escape')
      t.equal(await input('Red').inputValue(), '0')
    })
    await t.test('is set in silence, shows the old colour beside the new, and goes back to it', async t => {
      await news(peer)
      await peer.call(10, 'set_color', 'rgb(10, 20, 30)')
      await peer.call(10, 'set_color', '#0a141E80')
      t.strictSame(await news(peer), [])
      t.equal(await color(), '#0a141e')
      t.match((await peer.call(10, 'set_color', 'blue')).error, /Not a colour: blue/)
      t.equal(await color(), '#0a141e', 'what is no colour changes nothing')
      await input('Digits').fill('#ffffff')
      await input('Digits').press('Enter')
      await page.getByRole('button', { name: 'Back to #0a141e' }).click()
      t.strictSame((await news(peer)).map(([, , picked]) => picked), ['#ffffff', '#0a141e'])
    })
    await t.test('is out of use when disabled, and a page with one can be cleared', async t => {
      await peer.call(10, 'set_enabled', false)
      await field.click({ force: true, position: { x: 5, y: 5 } })
      await news(peer)
      t.equal(await color(), '#0a141e')
      t.match((await peer.replay(1000)).map(({ type }) => type), ['result', 'result'])
      t.equal(await page.locator('.pg-color-widget').count(), 0)
    })
  })
}
