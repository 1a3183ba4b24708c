import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch } from './support.ts'
import type { Peer } from './support.ts'
import { alone, animationFrames, news, pan, put, stopTime } from './widget-support.ts'

const browser = await launch(t)

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[], ...actions: string[]): Promise<{ page: Page, peer: Peer }> =>
    await put(t, browser, className, args, actions.length === 0 ? ['activated'] : actions)
  /** The values that were reported since the last look. */
  const values = async (peer: Peer, page: Page): Promise<unknown[]> => {
    await animationFrames(page, 2)
    return (await news(peer)).map(([, , value]) => value)
  }
  const valueOf = async (peer: Peer): Promise<unknown> => (await peer.call(10, 'get_value')).value
  const middleOf = async (locator: Locator): Promise<readonly [x: number, y: number]> => {
    const { x, y, width, height } = (await locator.boundingBox())!
    return [x + width / 2, y + height / 2]
  }

  await t.test('TextEntrySet', async t => {
    await t.test('reports its text by its button and by Enter alike, and no older text afterwards', async t => {
      const { page, peer } = await scene(t, 'TextEntrySet', ['init', { label: 'Apply' }], 'activated', 'modified')
      await stopTime(page)
      const field = page.getByRole('textbox')
      const button = page.getByRole('button', { name: 'Apply' })
      await button.click()
      await field.press('End')
      await page.keyboard.type('!')
      await page.keyboard.press('Enter')
      await page.keyboard.type('?')
      await button.click()
      await page.clock.runFor(1000)
      t.strictSame(await news(peer), [[10, 'activated', 'init'], [10, 'modified', 'init!'], [10, 'activated', 'init!'], [10, 'modified', 'init!?'], [10, 'activated', 'init!?']])
      await peer.call(10, 'set_button_text', 'Send')
      t.equal(await page.getByRole('button', { name: 'Send' }).count(), 1)
    })
    await t.test('takes the focus into its field, and is out of use altogether when it is disabled', async t => {
      const { page, peer } = await scene(t, 'TextEntrySet', ['a'])
      await peer.call(10, 'set_focus')
      t.ok(await page.getByRole('textbox').evaluate(node => node === node.ownerDocument.activeElement))
      await peer.call(10, 'set_enabled', false)
      await page.getByRole('button', { name: 'Set' }).click({ force: true })
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [])
    })
    await t.test('can be read only, when its text can still be reported', async t => {
      const { page, peer } = await scene(t, 'TextEntrySet', ['a', { editable: false }])
      await page.getByRole('textbox').press('b')
      await page.getByRole('button', { name: 'Set' }).click()
      t.strictSame(await news(peer), [[10, 'activated', 'a']])
      await peer.call(10, 'set_editable', true)
      await page.getByRole('textbox').press('End')
      await page.keyboard.type('b')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[10, 'activated', 'ab']])
    })
  })

  await t.test('TextEntry', async t => {
    await t.test('still has its earlier entries, and caret and selection, after a replay', async t => {
      const { page, peer } = await scene(t, 'TextEntry', ['', { linehistory: 3 }])
      const field = page.getByRole('textbox')
      for (const text of ['first', 'second']) {
        await field.fill(text)
        await page.keyboard.press('Enter')
      }
      await page.keyboard.press('Home')
      await page.keyboard.press('Shift+ArrowRight')
      await peer.replay(100, ...alone('TextEntry', 'second', { linehistory: 3 }))
      t.strictSame(await field.evaluate((node: HTMLInputElement) => [node.selectionStart, node.selectionEnd]), [0, 1])
      await page.keyboard.press('ArrowUp')
      await page.keyboard.press('ArrowUp')
      t.equal(await field.inputValue(), 'first')
    })
    await t.test('keeps no passwords', async t => {
      const { page } = await scene(t, 'TextEntry', ['', { password: true }])
      const field = page.getByLabel('Password')
      await field.fill('secret')
      await page.keyboard.press('Enter')
      await field.fill('')
      await page.keyboard.press('ArrowUp')
      t.equal(await field.inputValue(), '')
    })
    await t.test('shows a placeholder where it is empty', async t => {
      const { page, peer } = await scene(t, 'TextEntry', [''])
      await peer.call(10, 'set_placeholder', 'B-2041')
      t.equal(await page.getByPlaceholder('B-2041').count(), 1)
    })
  })

  await t.test('Slider', async t => {
    await t.test('has none but whole numbers if it is to, whatever its step', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ max: 3, step: 0.5, value: 1.5, track: true, show_value: true }])
      const slider = page.getByRole('slider')
      t.equal(await valueOf(peer), 2)
      t.equal(await page.locator('output').textContent(), '2')
      await slider.focus()
      for (const key of ['ArrowLeft', 'ArrowLeft', 'End']) {
        await page.keyboard.press(key)
        await animationFrames(page, 2)
      }
      t.strictSame(await values(peer, page), [1, 0, 3])
      await peer.call(10, 'set_value', 0.4)
      t.equal(await valueOf(peer), 0)
      await peer.call(10, 'set_limits', 0.5, 9.5, 2.5)
      t.equal(await valueOf(peer), 1)
      await page.keyboard.press('ArrowRight')
      t.strictSame(await values(peer, page), [4])
    })
    await t.test('reports numbers, and nothing of a text, whatever is listened to', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ value: 50 }], 'activated', 'modified')
      await page.getByRole('slider').press('ArrowUp')
      await animationFrames(page, 2)
      t.strictSame(await news(peer), [[10, 'activated', 51]])
    })
    await t.test('shows where it is while it is dragged, and reports where it is let go', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ show_value: true, value: 50 }])
      const [x, y] = await middleOf(page.getByRole('slider'))
      await page.mouse.move(x, y)
      await page.mouse.down()
      await page.mouse.move(x + 60, y)
      const shown = Number(await page.locator('output').textContent())
      t.ok(shown > 50)
      t.strictSame(await values(peer, page), [])
      await page.mouse.up()
      t.strictSame(await values(peer, page), [shown])
    })
    await t.test('keeps its step where none is given, or null', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ dtype: 'float', max: 1, step: 0.25, value: 0.5 }])
      await peer.call(10, 'set_limits', 0, 2, null)
      await peer.call(10, 'set_limits', 0, 4)
      await page.getByRole('slider').press('ArrowRight')
      t.strictSame(await values(peer, page), [0.75])
      await peer.call(10, 'set_value', 'nonsense')
      t.equal(await valueOf(peer), 0.75)
    })
    await t.test('goes up an upright track, and by Page Up and Page Down', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ orientation: 'vertical', value: 50 }])
      const slider = page.getByRole('slider')
      for (const key of ['ArrowUp', 'PageUp', 'PageDown', 'ArrowDown', 'Home']) {
        await slider.press(key)
        await animationFrames(page, 2)
      }
      t.strictSame(await values(peer, page), [51, 61, 51, 50, 0])
      const { x, y, width, height } = (await slider.boundingBox())!
      await page.mouse.click(x + width / 2, y + height * 0.1)
      t.ok((await values(peer, page))[0] as number > 80, 'the top is the largest value')
    })
    await t.test('runs from right to left where text does', async t => {
      const { page, peer } = await scene(t, 'Slider', [{ value: 50 }])
      const slider = page.getByRole('slider')
      await page.evaluate(() => { document.body.dir = 'rtl' })
      const { x, y, width, height } = (await slider.boundingBox())!
      await page.mouse.click(x + width * 0.1, y + height / 2)
      t.ok((await values(peer, page))[0] as number > 80)
      await slider.press('ArrowLeft')
      t.ok((await values(peer, page))[0] as number > 80)
    })
  })

  await t.test('Dial', async t => {
    /** A point on the face, so far along the way from the smallest to the largest value. */
    const at = async (page: Page, fraction: number): Promise<readonly [x: number, y: number]> => {
      const { x, y, width, height } = (await page.locator('.pg-dial-face').boundingBox())!
      const angle = (fraction - 0.5) * 300 * Math.PI / 180
      return [x + width / 2 + Math.sin(angle) * width * 0.4, y + height / 2 - Math.cos(angle) * height * 0.4]
    }
    await t.test('is a slider to the keyboard and to assistive tools, on a grid that starts at the smallest value', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ min: 1, max: 9, step: 2, value: 6, show_value: true }])
      const dial = page.getByRole('slider')
      t.equal(await valueOf(peer), 7)
      t.equal(await page.locator('output').textContent(), '7')
      await peer.call(10, 'set_focus')
      t.ok(await dial.evaluate(node => node === node.ownerDocument.activeElement))
      for (const key of ['ArrowUp', 'ArrowLeft', 'Home', 'End']) {
        await page.keyboard.press(key)
        await animationFrames(page, 2)
      }
      t.strictSame(await values(peer, page), [9, 7, 1, 9])
      await peer.call(10, 'set_value', 1000)
      t.equal(await valueOf(peer), 9, 'it stays between its limits')
    })
    await t.test('is turned around its middle, and reports where it was let go', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 0 }])
      await page.mouse.move(...await at(page, 0.25))
      await page.mouse.down()
      for (const fraction of [0.5, 0.75, 0.9]) await page.mouse.move(...await at(page, fraction))
      t.strictSame(await values(peer, page), [])
      await page.mouse.move(5, 5)
      await page.mouse.move(...await at(page, 0.8))
      await page.mouse.up()
      t.strictSame(await values(peer, page), [80])
      await page.mouse.move(...await at(page, 0.1))
      t.equal(await valueOf(peer), 80, 'and follows the pointer no further')
    })
    await t.test('is turned by a finger', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 0 }])
      const [from, to] = [await at(page, 0.25), await at(page, 0.75)]
      await pan(page, from, [to[0] - from[0], to[1] - from[1]])
      t.strictSame(await values(peer, page), [75])
    })
    await t.test('reports on the way where it tracks, at most once a frame', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 0, track: true }])
      await page.mouse.move(...await at(page, 0.5))
      await page.mouse.down()
      t.strictSame(await values(peer, page), [50])
      await page.mouse.move(...await at(page, 0.75))
      t.strictSame(await values(peer, page), [75])
      await page.mouse.up()
      t.strictSame(await values(peer, page), [])
    })
    await t.test('does not jump from one end to the other through the gap', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 90 }])
      await page.mouse.move(...await at(page, 0.95))
      await page.mouse.down()
      for (const fraction of [1, 1.05, 1.15, 1.25]) await page.mouse.move(...await at(page, fraction))
      await page.mouse.up()
      t.strictSame(await values(peer, page), [100])
    })
    await t.test('is turned by the wheel only while it has the focus, and not at all when disabled', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 50 }])
      await page.locator('.pg-dial-face').hover()
      await page.mouse.wheel(0, -100)
      await animationFrames(page, 2)
      t.strictSame(await values(peer, page), [])
      await peer.call(10, 'set_focus')
      await page.mouse.wheel(0, -100)
      await page.waitForFunction(() => document.querySelector('input')!.value === '51')
      t.strictSame(await values(peer, page), [51])
      await peer.call(10, 'set_enabled', false)
      await page.mouse.move(...await at(page, 0.9))
      await page.mouse.down()
      await page.mouse.up()
      await page.keyboard.press('ArrowUp')
      t.strictSame(await values(peer, page), [])
    })
    await t.test('disabled while it is held, it is let go of, and says nothing more', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 20 }])
      await page.mouse.move(...await at(page, 0.2))
      await page.mouse.down()
      await page.mouse.move(...await at(page, 0.4))
      await peer.call(10, 'set_enabled', false)
      t.equal(await valueOf(peer), 20, 'what was not reported is undone')
      await page.mouse.move(...await at(page, 0.6))
      await page.mouse.up()
      t.strictSame(await values(peer, page), [])
      t.equal(await valueOf(peer), 20)
      await peer.call(10, 'set_enabled', true)
      await page.mouse.move(...await at(page, 0.8))
      t.equal(await valueOf(peer), 20, 'enabled again, it does not follow who has let go')
    })
    await t.test('can be a picture that turns with the value', async t => {
      const { page, peer } = await scene(t, 'Dial', [{ value: 100 }])
      await peer.call(10, 'set_icon', 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', 20)
      const knob = page.locator('.pg-dial-knob')
      t.equal(await knob.evaluate(node => getComputedStyle(node).rotate), '150deg')
      t.match(await knob.locator('img').boundingBox(), { width: Number, height: Number })
      await peer.call(10, 'set_icon', null)
      t.equal(await knob.locator('img').count(), 0)
    })
  })

  await t.test('SpinBox', async t => {
    const box = async (t: Test, options: object = {}): Promise<{ page: Page, peer: Peer, field: Locator, up: Locator, down: Locator }> => {
      const { page, peer } = await scene(t, 'SpinBox', [options])
      return {
        page,
        peer,
        field: page.getByRole('spinbutton'),
        up: page.getByRole('button', { name: 'Increase' }),
        down: page.getByRole('button', { name: 'Decrease' })
      }
    }
    await t.test('is stepped by its buttons and the keys, on a grid that starts at the smallest value', async t => {
      const { page, peer, field, up, down } = await box(t, { min: 1, max: 30, step: 2, value: 5 })
      await up.click()
      await down.click()
      await down.click()
      t.strictSame(await values(peer, page), [7, 5, 3])
      t.ok(await field.evaluate(node => node === node.ownerDocument.activeElement), 'the keys go on where the pointer was')
      for (const key of ['ArrowUp', 'ArrowDown', 'PageUp', 'PageDown', 'End', 'ArrowUp', 'ArrowDown', 'Home', 'ArrowDown']) await page.keyboard.press(key)
      t.strictSame(await values(peer, page), [5, 3, 23, 3, 30, 29, 1], 'and nothing at the end stops')
      await page.keyboard.press('Tab')
      t.notOk(await up.evaluate(node => node === node.ownerDocument.activeElement), 'the buttons are no stops')
    })
    await t.test('says to assistive tools what it is, and what it shows', async t => {
      const { peer, field } = await box(t, { dtype: 'float', min: -1, max: 1, step: 0.1, value: 0.29 })
      const said = async (): Promise<unknown> => await field.evaluate((node: HTMLInputElement) =>
        [node.value, node.ariaValueNow, node.ariaValueMin, node.ariaValueMax, node.ariaValueText])
      t.strictSame(await said(), ['0.3', '0.29', '-1', '1', '0.3'])
      await peer.call(10, 'set_decimals', 3)
      t.strictSame(await said(), ['0.290', '0.29', '-1', '1', '0.290'])
      await peer.call(10, 'set_limits', 0, 0.25, null)
      t.strictSame(await said(), ['0.250', '0.25', '0', '0.25', '0.250'])
      await peer.call(10, 'set_decimals', null)
      t.strictSame(await said(), ['0.3', '0.25', '0', '0.25', '0.3'], 'a step that was not given, or given as null, stays')
      await peer.call(10, 'set_value', 'nonsense')
      t.equal(await valueOf(peer), 0.25)
    })
    await t.test('repeats while a button is held, and stops at the end', async t => {
      const { page, peer, up } = await box(t, { max: 6 })
      await stopTime(page)
      await page.mouse.move(...await middleOf(up))
      await page.mouse.down()
      await page.clock.runFor(350)
      t.strictSame(await news(peer), [[10, 'activated', 1]])
      await page.mouse.move(5, 5)
      await page.clock.runFor(180)
      t.strictSame((await news(peer)).map(([, , value]) => value), [2, 3, 4], 'wherever the pointer goes')
      await page.clock.runFor(2000)
      t.strictSame((await news(peer)).map(([, , value]) => value), [5, 6])
      await page.mouse.up()
      await peer.call(10, 'set_value', 0)
      await page.clock.runFor(2000)
      t.strictSame(await news(peer), [], 'let go is let go')
      await page.mouse.move(...await middleOf(up))
      await page.mouse.down()
      await peer.call(10, 'set_enabled', false)
      await page.clock.runFor(2000)
      t.strictSame((await news(peer)).map(([, , value]) => value), [1], 'disabling ends it')
    })
    await t.test('does not gather errors of binary fractions', async t => {
      const { page, peer, field } = await box(t, { dtype: 'float', min: 0, max: 1, step: 0.1 })
      await field.focus()
      for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
      t.strictSame(await values(peer, page), [0.1, 0.2, 0.3, 0.4])
    })
    await t.test('takes a typed number once, with all its digits', async t => {
      const { page, peer, field } = await box(t, { dtype: 'float', min: 0, max: 10, step: 0.1 })
      await field.fill('0.29')
      t.strictSame(await values(peer, page), [], 'not while it is typed')
      await page.keyboard.press('Enter')
      await field.blur()
      t.strictSame(await values(peer, page), [0.29])
      t.equal(await field.inputValue(), '0.3')
      t.equal(await valueOf(peer), 0.29)
      await field.focus()
      await page.keyboard.press('Enter')
      await field.blur()
      t.strictSame(await values(peer, page), [], 'what is shown is never taken for what was typed')
      await field.fill('2')
      await field.blur()
      t.strictSame(await values(peer, page), [2], 'leaving takes it too')
      await field.fill('99')
      await page.keyboard.press('Enter')
      t.strictSame(await values(peer, page), [10])
      t.equal(await field.inputValue(), '10.0')
      await field.fill('3.24')
      await page.keyboard.press('ArrowUp')
      t.strictSame(await values(peer, page), [3.3], 'a step goes on from what was typed')
    })
    await t.test('goes back to its value from what is no number, and by Escape', async t => {
      const { page, peer, field } = await box(t, { value: 7 })
      for (const text of ['seven', '', '0x10', '1,5', 'Infinity']) {
        await field.fill(text)
        await page.keyboard.press('Enter')
        t.equal(await field.inputValue(), '7', text)
      }
      await field.fill('12')
      await page.keyboard.press('Escape')
      t.equal(await field.inputValue(), '7')
      await field.blur()
      t.strictSame(await values(peer, page), [])
      await field.fill('12.6')
      await page.keyboard.press('Enter')
      t.strictSame(await values(peer, page), [13], 'whole numbers are rounded')
    })
    await t.test('lets nobody overwrite what is being typed', async t => {
      const { page, peer, field } = await box(t, { value: 7 })
      await field.fill('12')
      await peer.call(10, 'set_value', 50)
      t.equal(await field.inputValue(), '12')
      t.equal(await valueOf(peer), 50)
      await page.keyboard.press('Escape')
      t.equal(await field.inputValue(), '50')
      await field.fill('5')
      await peer.call(10, 'set_limits', 0, 60)
      await peer.call(10, 'set_value', 9)
      await field.fill('50')
      await page.keyboard.press('Enter')
      t.strictSame(await values(peer, page), [50], 'nor take it back, be it what was shown before')
    })
    await t.test('keeps what is being typed through a replay', async t => {
      const { page, peer, field } = await box(t, { value: 7 })
      await field.fill('12')
      await peer.replay(100, ...alone('SpinBox', { value: 8 }))
      t.equal(await field.inputValue(), '12')
      t.equal(await valueOf(peer), 8)
      await page.keyboard.press('Enter')
      t.strictSame(await values(peer, page), [12])
    })
    await t.test('is turned by the wheel only while it has the focus', async t => {
      const { page, peer, field } = await box(t, { value: 7 })
      await field.hover()
      await page.mouse.wheel(0, -100)
      await animationFrames(page, 2)
      t.strictSame(await values(peer, page), [])
      await field.focus()
      await page.mouse.wheel(0, -100)
      await page.waitForFunction(() => document.querySelector('input')!.value === '8')
      t.strictSame(await values(peer, page), [8])
    })
    await t.test('is out of use altogether when it is disabled', async t => {
      const { page, peer, field, up } = await box(t, { value: 7 })
      await peer.call(10, 'set_enabled', false)
      await up.click({ force: true })
      await field.press('ArrowUp', { timeout: 500 }).catch(() => {})
      t.strictSame(await values(peer, page), [])
      t.ok(await field.isDisabled())
      t.ok(await up.isDisabled())
      await peer.call(10, 'set_enabled', true)
      await peer.call(10, 'set_focus')
      await page.keyboard.press('ArrowUp')
      t.strictSame(await values(peer, page), [8])
    })
  })
}
