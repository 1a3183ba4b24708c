import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import { launch, open } from './support.ts'
import { animationFrames, dragInOneFrame, news, pan, put } from './widget-support.ts'

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
      t.strictSame(reports.at(-1), [10, 'pick', '#ff0000'])
      t.equal(await color(), '#ff0000')
    })
    await t.test('follows a finger', async t => {
      await peer.call(10, 'set_color', '#000000')
      const { x, y, width } = (await field.boundingBox())!
      await pan(page, [x + width / 2, y + 40], [width, -80])
      await animationFrames(page, 2)
      t.strictSame((await news(peer)).at(-1), [10, 'pick', '#ff0000'])
      t.equal(await color(), '#ff0000')
    })
    await t.test('reports once a frame what is picked in it, and that is the last colour', async t => {
      await dragInOneFrame(field, 0, 0.5)
      await animationFrames(page, 2)
      t.strictSame(await news(peer), [[10, 'pick', await color()]])
      await peer.call(10, 'set_color', '#ff0000')
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
      t.match(await peer.refused(10, 'set_color', 'blue'), /Not a colour: blue/)
      t.equal(await color(), '#0a141e', 'what is no colour changes nothing')
      await input('Digits').fill('#ffffff')
      await input('Digits').press('Enter')
      await page.getByRole('button', { name: 'Back to #0a141e' }).click()
      t.strictSame((await news(peer)).map(([, , picked]) => picked), ['#ffffff', '#0a141e'])
    })
    await t.test('is out of use when disabled, and a page with one can be cleared', async t => {
      await peer.call(10, 'set_enabled', false)
      await news(peer)
      await field.click({ force: true, position: { x: 5, y: 5 } })
      for (const part of [field, page.getByRole('slider', { name: 'Hue' }), input('Red')]) {
        await part.focus()
        await page.keyboard.press('ArrowUp')
      }
      await animationFrames(page, 2)
      t.strictSame(await news(peer), [])
      t.equal(await color(), '#0a141e')
      t.match((await peer.replay(1000)).map(({ type }) => type), ['result', 'result'])
      t.equal(await page.locator('.pg-color-widget').count(), 0)
    })
  })

  await t.test('a picker of colours is one widget: its parts take no ids, and leave none behind', async t => {
    const { peer } = await open(t, browser)
    t.match(await peer.create(10, 'ColorWidget'), { wid: 10, next_wid: 11 })
    t.match(await peer.create(11, 'ColorDialog'), { wid: 11, next_wid: 12 })
    t.match(await peer.call(10, 'destroy'), { type: 'result' })
    t.match(await peer.call(11, 'destroy'), { type: 'result' })
    t.match(await peer.create(12, 'Button'), { wid: 12, next_wid: 13 })
    for (const wid of [10, 11]) t.equal(await peer.refused(wid, 'get_color'), `Unknown widget id: ${wid}`)
  })

  await t.test('ColorDialog', async t => {
    const { peer, page } = await open(t, browser)
    const dialog = page.getByRole('dialog', { name: 'Trace' })
    const digits = dialog.getByLabel('Digits', { exact: true })
    const state = async (): Promise<unknown[]> => [(await peer.call(10, 'get_color')).value, (await peer.call(10, 'is_visible')).value]
    await peer.askAll(
      { type: 'create', wid: 10, class: 'ColorDialog', args: [{ color: 'rgb(32, 160, 96)', title: 'Trace', modal: true }] },
      ...['pick', 'activated', 'cancel', 'close'].map(action => ({ type: 'listen', wid: 10, action })),
      { type: 'create', wid: 11, class: 'Button', args: ['Standard'] })

    await t.test('takes what was picked by OK, and hides', async t => {
      await peer.call(10, 'popup', 40, 30)
      t.strictSame(await state(), ['#20a060', true])
      t.match(await dialog.boundingBox(), { x: 40, y: 30 })
      await dialog.getByRole('slider', { name: 'Hue' }).press('ArrowRight')
      const [[, , picked]] = await news(peer) as [unknown[]]
      t.match(picked, /^#20a06\d$/)
      await dialog.getByRole('button', { name: 'OK' }).click()
      t.strictSame(await news(peer), [[10, 'activated', picked]])
      t.strictSame(await state(), [picked, false])
    })
    await t.test('counts digits that were typed when OK is pressed by pointer or by Enter', async t => {
      await peer.call(10, 'show')
      await digits.fill('#112233')
      await dialog.getByRole('button', { name: 'OK' }).click()
      t.strictSame(await news(peer), [[10, 'pick', '#112233'], [10, 'activated', '#112233']])
      await peer.call(10, 'show')
      await digits.fill('445566')
      await digits.press('Enter')
      t.strictSame(await news(peer), [[10, 'pick', '#445566'], [10, 'activated', '#445566']])
    })
    await t.test('does not take digits that are no colour: Enter gives them back, and the dialog stays', async t => {
      await peer.call(10, 'show')
      await digits.fill('zzz')
      await digits.press('Enter')
      t.strictSame(await news(peer), [])
      t.equal(await digits.inputValue(), '445566')
      t.strictSame(await state(), ['#445566', true])
    })
    await t.test('is cancelled with a word, and asks to close by Escape', async t => {
      await dialog.press('Escape')
      t.strictSame(await news(peer), [[10, 'close']])
      t.ok(await dialog.isVisible())
      await dialog.getByRole('button', { name: 'Cancel' }).click()
      t.strictSame(await news(peer), [[10, 'cancel']])
      t.strictSame(await state(), ['#445566', false])
    })
    await t.test('has buttons added that stand for colours, and is set in silence', async t => {
      await peer.askAll(
        { type: 'call', wid: 10, method: 'add_button', args: [{ __wid__: 11 }, '#ff0000'] },
        { type: 'call', wid: 10, method: 'set_color', args: ['#abcdef'] },
        { type: 'call', wid: 10, method: 'show', args: [] })
      t.strictSame(await news(peer), [])
      t.match(await peer.refused(10, 'set_color', 'blue'), /Not a colour: blue/)
      t.strictSame(await state(), ['#abcdef', true])
      await dialog.getByRole('button', { name: 'Standard' }).click()
      t.strictSame(await news(peer), [[10, 'activated', '#ff0000']])
      t.equal(await dialog.count(), 0)
    })
  })
}
