import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import type { Peer } from './support.ts'
import { news, ref } from './widget-support.ts'

const browser = await launch(t)

if (browser !== null) {
  /** A window with a column of widgets of one class, 11 and on, all of one group but for the last. */
  const group = async (t: Test, className: string): Promise<{ page: Page, peer: Peer }> => {
    const { page, peer } = await open(t, browser)
    await peer.create(1, 'TopLevel', { title: 'Window' })
    await peer.create(2, 'VBox')
    await peer.create(11, className, 'One')
    await peer.create(12, className, 'Two', { group: ref(11) })
    await peer.create(13, className, 'Three', { group: ref(12) })
    await peer.create(14, className, 'Alone', null)
    for (const wid of [11, 12, 13, 14]) {
      await peer.call(2, 'add_widget', ref(wid), 0)
      await peer.listen(wid, 'activated')
    }
    await peer.call(1, 'set_widget', ref(2))
    await peer.call(1, 'resize', 300, 240)
    await peer.call(1, 'show')
    return { page, peer }
  }
  const states = async (peer: Peer, wids = [11, 12, 13, 14]): Promise<unknown[]> =>
    await Promise.all(wids.map(async wid => (await peer.call(wid, 'get_state')).value))

  await t.test('RadioButton', async t => {
    const { page, peer } = await group(t, 'RadioButton')
    const radio = (name: string): Locator => page.getByRole('radio', { name, exact: true })
    await t.test('is chosen by a click on its caption, which releases the rest of its group in silence', async t => {
      await page.getByText('Alone').click()
      await page.getByText('One', { exact: true }).click()
      await page.getByText('Two').click()
      t.strictSame(await news(peer), [[14, 'activated', true], [11, 'activated', true], [12, 'activated', true]])
      t.strictSame(await states(peer), [false, true, false, true])
      await page.getByText('Two').click()
      t.strictSame(await news(peer), [], 'a click on the chosen one says nothing')
    })
    await t.test('follows the arrow keys within its group, which is one tab stop', async t => {
      await radio('Two').focus()
      await page.keyboard.press('ArrowDown')
      t.ok(await radio('Three').isChecked())
      await page.keyboard.press('ArrowDown')
      t.ok(await radio('One').isChecked(), 'around the end')
      t.strictSame(await news(peer), [[13, 'activated', true], [11, 'activated', true]])
      await page.keyboard.press('Tab')
      t.ok(await radio('Alone').evaluate(node => node === node.ownerDocument.activeElement))
    })
    await t.test('reports being set by a call as the protocol has it, and not when the call is silent', async t => {
      await peer.call(13, 'set_state', true)
      await peer.call(13, 'set_state', true)
      t.strictSame(await news(peer), [[13, 'activated', true], [13, 'activated', true]])
      await peer.ask({ type: 'call', wid: 12, method: 'set_state', args: [true], silent: true })
      await peer.call(12, 'set_state', false)
      t.strictSame(await news(peer), [])
      t.strictSame(await states(peer), [false, false, false, true])
    })
    await t.test('keeps its group when the one that heads it ends', async t => {
      await peer.call(11, 'destroy')
      await page.getByText('Two').click()
      await page.getByText('Three').click()
      t.strictSame(await states(peer, [12, 13, 14]), [false, true, true])
    })
    await t.test('has a name without a caption, and is out of use for keys too when disabled', async t => {
      await peer.call(14, 'set_text', '')
      t.ok(await page.getByRole('radio', { name: 'Choice' }).isVisible())
      await peer.call(12, 'set_text', 'Zwei')
      await peer.call(12, 'set_enabled', false)
      t.ok(await radio('Zwei').isDisabled())
      await page.getByText('Zwei').click({ force: true })
      t.equal((await peer.call(12, 'get_state')).value, false)
    })
  })

  await t.test('ToggleButton', async t => {
    const { page, peer } = await group(t, 'ToggleButton')
    const button = (name: string): Locator => page.getByRole('button', { name, exact: true })
    await t.test('stays down, and releases the rest of its group in silence', async t => {
      await button('One').click()
      await button('Alone').click()
      await button('Three').click()
      t.strictSame(await news(peer), [[11, 'activated', true], [14, 'activated', true], [13, 'activated', true]])
      t.strictSame(await states(peer), [false, false, true, true])
      t.equal(await button('Three').getAttribute('aria-pressed'), 'true')
      t.equal(await button('One').getAttribute('aria-pressed'), 'false')
    })
    await t.test('the one that is down can be released, by pointer and by keys', async t => {
      await button('Three').click()
      await page.keyboard.press('Space')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[13, 'activated', false], [13, 'activated', true], [13, 'activated', false]])
      t.strictSame(await states(peer), [false, false, false, true])
    })
    await t.test('is set in silence', async t => {
      await peer.call(12, 'set_state', true)
      await peer.call(11, 'set_state', true)
      t.strictSame(await news(peer), [])
      t.strictSame(await states(peer), [true, false, false, true])
    })
    await t.test('is out of use when disabled, also for keys', async t => {
      await button('One').focus()
      await peer.call(11, 'set_enabled', false)
      await page.keyboard.press('Space')
      await button('One').click({ force: true })
      t.strictSame(await news(peer), [])
    })
  })

  await t.test('CheckBox: the caption can be changed, and names the box', async t => {
    const { page, peer } = await open(t, browser)
    await peer.create(1, 'TopLevel', { title: 'Window' })
    await peer.create(2, 'CheckBox', null)
    await peer.call(1, 'set_widget', ref(2))
    await peer.call(1, 'show')
    t.ok(await page.getByRole('checkbox', { name: 'Check box' }).isVisible())
    await peer.call(2, 'set_text', 'Armed <b>')
    t.ok(await page.getByRole('checkbox', { name: 'Armed <b>' }).isVisible(), 'text is text')
    t.equal((await peer.call(2, 'get_text')).value, 'Armed <b>')
  })
}
