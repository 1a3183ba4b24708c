import t from 'tap'
import type { Test } from 'tap'
import { launch } from './support.ts'
import { animationFrames, news, put } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => await put(t, browser, className, args, actions)

  await t.test('ComboBox', async t => {
    const filled = async (t: Test, options: object = {}): Promise<Scene> => {
      const made = await scene(t, 'ComboBox', [options], ['activated', 'modified'])
      for (const text of ['Apple', 'Banana', 'Blueberry']) await made.peer.call(10, 'append_text', text)
      return made
    }
    await t.test('selects the first item by itself', async t => {
      const { peer, page } = await filled(t)
      t.equal(await page.getByRole('combobox').textContent(), 'Apple')
      t.equal((await peer.call(10, 'get_index')).value, 0)
    })
    await t.test('is used by pointer', async t => {
      const { peer, page } = await filled(t)
      const expanded = async (): Promise<string | null> => await page.getByRole('combobox').getAttribute('aria-expanded')
      t.equal(await expanded(), 'false')
      await page.getByRole('combobox').click()
      t.equal(await expanded(), 'true')
      t.equal(await page.getByRole('option', { selected: true }).textContent(), 'Apple')
      await page.getByRole('option', { name: 'Banana' }).click()
      t.equal(await expanded(), 'false')
      t.strictSame(await news(peer), [[10, 'activated', 1, 'Banana']])
      t.equal(await page.getByRole('listbox').count(), 0)
    })
    await t.test('is used by keyboard: arrows, letters, Enter; Escape changes nothing', async t => {
      const { peer, page } = await filled(t)
      const combo = page.getByRole('combobox')
      await combo.focus()
      await page.keyboard.press('ArrowDown')
      t.equal(await combo.getAttribute('aria-expanded'), 'true')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Escape')
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Tab')
      t.strictSame(await news(peer), [], 'nor does going on without a move')
      await combo.focus()
      await page.keyboard.type('bl')
      const active = await combo.getAttribute('aria-activedescendant')
      t.equal(await page.locator(`[id="${active}"]`).textContent(), 'Blueberry')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[10, 'activated', 2, 'Blueberry']])
    })
    await t.test('is turned by the wheel only while it has the focus', async t => {
      const { peer, page } = await filled(t)
      const combo = page.getByRole('combobox')
      await combo.hover()
      await page.mouse.wheel(0, 100)
      await animationFrames(page, 3)
      t.strictSame(await news(peer), [])
      await combo.focus()
      await page.mouse.wheel(0, 100)
      t.strictSame((await peer.callback(10, 'activated')).args, [1, 'Banana'])
      await page.mouse.wheel(0, -100)
      t.strictSame((await peer.callback(10, 'activated')).args, [0, 'Apple'])
    })
    await t.test('does not open when disabled', async t => {
      const { peer, page } = await filled(t)
      await peer.call(10, 'set_enabled', false)
      await page.getByRole('combobox').click({ force: true })
      t.equal(await page.getByRole('listbox').count(), 0)
    })
    await t.test('narrows its list down while one types, and takes a new text with Enter', async t => {
      const { peer, page } = await filled(t, { editable: true })
      const combo = page.getByRole('combobox')
      await combo.fill('an')
      t.strictSame(await page.getByRole('option').allTextContents(), ['Banana'])
      t.strictSame((await peer.callback(10, 'modified')).args, ['an'])
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[10, 'activated', 1, 'Banana']])
      await combo.fill('Cherry')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[10, 'activated', 3, 'Cherry']])
      t.equal((await peer.call(10, 'get_alpha', 3)).value, 'Cherry')
      await page.keyboard.press('Tab')
      t.equal(await page.locator('.pg-combo :focus').count(), 0, 'its arrow is no stop for the keyboard, which has keys for it')
    })
    await t.test('opens a long list at the item that is selected, and shows as many rows as it is told', async t => {
      const { peer, page } = await scene(t, 'ComboBox', [{ dropdown_limit: 5 }])
      await peer.ask({ type: 'batch', calls: Array.from({ length: 100 }, (_, i) => ({ wid: 10, method: 'append_text', args: [`item ${i}`] })) })
      await peer.call(10, 'set_index', 80)
      await page.getByRole('combobox').click()
      const list = (await page.getByRole('listbox').boundingBox())!
      const option = (await page.getByRole('option', { selected: true }).boundingBox())!
      t.ok(option.y >= list.y && option.y + option.height <= list.y + list.height)
      t.equal(Math.round((list.height - 10) / option.height), 5)
    })
    await t.test('takes its list with it when it ends', async t => {
      const { peer, page } = await filled(t)
      await page.getByRole('combobox').click()
      await page.getByRole('listbox').waitFor()
      t.match(await peer.call(10, 'destroy'), { type: 'result' })
      t.equal(await page.locator('[role=listbox], [role=option]').count(), 0)
    })
    await t.test('answers for its items', async t => {
      const { peer } = await filled(t)
      await peer.call(10, 'insert_alpha', 'Avocado')
      await peer.call(10, 'delete_alpha', 'Banana')
      t.equal((await peer.call(10, 'get_alpha', 1)).value, 'Avocado')
      t.equal((await peer.call(10, 'get_alpha', 9)).value, null)
      await peer.call(10, 'show_text', 'nowhere')
      t.equal((await peer.call(10, 'get_text')).value, 'Apple')
      await peer.call(10, 'set_index', 2)
      t.equal((await peer.call(10, 'get_text')).value, 'Blueberry')
      t.equal((await peer.call(10, 'set_index', 77)).type, 'result')
      await peer.call(10, 'clear')
      t.equal((await peer.call(10, 'get_text')).value, '')
      t.strictSame(await news(peer), [])
    })
  })
}
