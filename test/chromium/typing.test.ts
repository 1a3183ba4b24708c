import t from 'tap'
import { launch } from './support.ts'
import { alone, news, put, stopTime } from './widget-support.ts'

const browser = await launch(t)

/** Every class in which one types texts; the options that make it so. */
const fields: ReadonlyArray<readonly [className: string, args: readonly unknown[], takesEnter: boolean]> = [
  ['TextEntry', [''], true],
  ['TextEntrySet', [''], true],
  ['TextArea', [''], false],
  ['ComboBox', [{ editable: true }], true]
]
/** Longer than any pause after which an edit is reported, ms. */
const LONG = 1000

if (browser !== null) {
  for (const [className, args, takesEnter] of fields) {
    await t.test(className, async t => {
      const { page, peer } = await put(t, browser, className, [...args], ['activated', 'modified'])
      await stopTime(page)
      const field = page.locator('.pg-window-content').locator('input, textarea')
      /** Fills the field with a text that the server knows of. */
      const begin = async (text: string): Promise<void> => {
        await field.fill(text)
        await page.clock.runFor(LONG)
        await news(peer)
      }

      await t.test('is not overwritten while one types, and what was typed is reported', async t => {
        await field.focus()
        await page.keyboard.type('mine')
        await peer.call(10, 'set_text', 'from elsewhere')
        t.equal(await field.inputValue(), 'mine')
        await page.clock.runFor(LONG)
        t.same((await news(peer)).at(-1), [10, 'modified', 'mine'])
        await field.evaluate((node: HTMLInputElement) => node.setSelectionRange(1, 3))
        await peer.call(10, 'set_text', 'from elsewhere')
        t.equal(await field.inputValue(), 'from elsewhere', 'once the server knows, its word counts')
        t.strictSame(await field.evaluate((node: HTMLInputElement) => [node.selectionStart, node.selectionEnd]), [1, 3], 'and the caret stays')
      })
      if (takesEnter) {
        await t.test('reports no older text after Enter', async t => {
          await begin('')
          await page.keyboard.type('new')
          await page.keyboard.press('Enter')
          await page.clock.runFor(LONG)
          t.match((await news(peer)).map(([, action]) => action).at(-1), 'activated')
        })
      }
      await t.test('keeps focus, caret, selection and what is unsent through a replay', async t => {
        await begin('before')
        await page.keyboard.press('End')
        await page.keyboard.type('!')
        await page.keyboard.press('ArrowLeft')
        await page.keyboard.press('Shift+ArrowLeft')
        await peer.replay(
          100,
          ...alone(className, ...args),
          { type: 'call', wid: 10, method: 'set_text', args: ['before'] },
          { type: 'listen', wid: 10, action: 'modified' }
        )
        t.equal(await field.inputValue(), 'before!')
        t.strictSame(await field.evaluate((node: HTMLInputElement) => [node === node.ownerDocument.activeElement, node.selectionStart, node.selectionEnd]), [true, 5, 6])
        await page.clock.runFor(LONG)
        t.same(await news(peer), [[10, 'modified', 'before!']])
      })
    })
  }
}
