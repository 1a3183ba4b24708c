import t from 'tap'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import { animationFrames, news, put, ref, stopTime } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => await put(t, browser, className, args, actions)

  await t.test('Button', async t => {
    const { peer, page } = await scene(t, 'Button', ['Go'], ['activated'])
    const button = page.getByRole('button', { name: 'Go' })
    await t.test('reports a click, Enter and the space bar', async t => {
      await button.click()
      t.strictSame(await news(peer), [[10, 'activated']])
      await page.keyboard.press('Enter')
      await page.keyboard.press('Space')
      t.strictSame(await news(peer), [[10, 'activated'], [10, 'activated']])
    })
    await t.test('shows text as text', async t => {
      await peer.call(10, 'set_text', '<b>Stop</b>')
      t.equal(await page.locator('.pg-button').textContent(), '<b>Stop</b>')
      t.equal((await peer.call(10, 'get_text')).value, '<b>Stop</b>')
    })
    await t.test('is out of use when disabled, for keys too', async t => {
      await page.locator('.pg-button').focus()
      await peer.call(10, 'set_enabled', false)
      await page.keyboard.press('Enter')
      await page.locator('.pg-button').click({ force: true })
      t.strictSame(await news(peer), [])
      await peer.call(10, 'set_enabled', true)
    })
    await t.test('has colours, of which a null changes nothing and an empty string returns to the theme', async t => {
      const background = async (): Promise<string> => await page.locator('.pg-button').evaluate(element => {
        for (const animation of element.getAnimations()) animation.finish()
        return element.ownerDocument.defaultView!.getComputedStyle(element).backgroundColor
      })
      const theme = await background()
      await peer.call(10, 'set_color', 'rgb(1, 2, 3)', null)
      t.equal(await background(), 'rgb(1, 2, 3)')
      await peer.call(10, 'set_color', null, 'red')
      t.equal(await background(), 'rgb(1, 2, 3)')
      await peer.call(10, 'set_color', '', '')
      t.equal(await background(), theme)
    })
    await t.test('has no picture where the URL is null', async t => {
      await peer.call(10, 'set_icon', 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', [20, 10])
      t.match((await peer.call(10, 'get_icon')).value, /^data:/)
      t.match(await peer.call(10, 'set_icon', 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', 11), { type: 'result' }, 'a bare number as size is ignored')
      await peer.call(10, 'set_icon', null)
      t.equal((await peer.call(10, 'get_icon')).value, null)
      t.equal(await page.locator('.pg-button img').count(), 0)
    })
  })

  await t.test('CheckBox', async t => {
    const { peer, page } = await scene(t, 'CheckBox', ['Remember'], ['activated'])
    const box = page.getByRole('checkbox', { name: 'Remember' })
    await t.test('is ticked by a click on its caption and by the space bar', async t => {
      await page.getByText('Remember').click()
      t.strictSame(await news(peer), [[10, 'activated', true]])
      await page.keyboard.press('Space')
      t.strictSame(await news(peer), [[10, 'activated', false]])
    })
    await t.test('is set without a report', async t => {
      await peer.call(10, 'set_state', true)
      t.ok(await box.isChecked())
      t.equal((await peer.call(10, 'get_state')).value, true)
      t.strictSame(await news(peer), [])
    })
    await t.test('is out of use when disabled', async t => {
      await peer.call(10, 'set_enabled', false)
      await page.getByText('Remember').click({ force: true })
      t.ok(await box.isDisabled())
      t.strictSame(await news(peer), [])
    })
  })

  await t.test('Slider', async t => {
    await t.test('reports the value once per change, and follows the keys', async t => {
      const { peer, page } = await scene(t, 'Slider', [{ min: 0, max: 10, value: 5, show_value: true }], ['activated'])
      const slider = page.getByRole('slider')
      await slider.focus()
      await page.keyboard.press('ArrowRight')
      t.strictSame(await news(peer), [[10, 'activated', 6]])
      await page.keyboard.press('End')
      t.strictSame(await news(peer), [[10, 'activated', 10]])
      await page.keyboard.press('ArrowRight')
      t.strictSame(await news(peer), [], 'nothing at the end stop')
      t.equal(await page.locator('output').textContent(), '10')
    })
    await t.test('reports only the last value of a drag, or every one when tracking', async t => {
      const { peer, page } = await scene(t, 'Slider', [{ value: 0 }], ['activated'])
      const box = (await page.getByRole('slider').boundingBox())!
      const drag = async (from: number, to: number): Promise<void> => {
        const y = box.y + box.height / 2
        await page.mouse.move(box.x + 8 + (box.width - 16) * from, y)
        await page.mouse.down()
        for (const part of [0.25, 0.5, 0.75, 1]) {
          await page.mouse.move(box.x + 8 + (box.width - 16) * (from + (to - from) * part), y)
          await animationFrames(page, 1)
        }
        await page.mouse.up()
      }
      await drag(0, 0.8)
      t.strictSame(await news(peer), [[10, 'activated', 80]])
      await peer.call(10, 'set_tracking', true)
      await drag(0.8, 0.4)
      const values = (await news(peer)).map(([, , value]) => value)
      t.ok(values.length > 1, 'more than one report')
      t.equal(values.at(-1), 40)
      t.equal(new Set(values).size, values.length, 'no value twice')
    })
    await t.test('is turned by the wheel only while it has the focus', async t => {
      const { peer, page } = await scene(t, 'Slider', [{ value: 50 }], ['activated'])
      await page.getByRole('slider').hover()
      await page.mouse.wheel(0, -100)
      await animationFrames(page, 2)
      t.strictSame(await news(peer), [])
      await page.getByRole('slider').focus()
      await page.mouse.wheel(0, -100)
      t.strictSame((await peer.callback(10, 'activated')).args, [51])
    })
    await t.test('snaps as the definition does and takes limits of any order of calls', async t => {
      const { peer } = await scene(t, 'Slider', [{ min: 0, max: 1, step: 0.1, value: 0.32, dtype: 'float' }])
      t.equal((await peer.call(10, 'get_value')).value, 0.3)
      await peer.call(10, 'set_limits', 0, 1000)
      await peer.call(10, 'set_value', 777.77)
      t.equal((await peer.call(10, 'get_value')).value, 777.8)
      await peer.call(10, 'set_limits', 0, 10, null)
      t.equal((await peer.call(10, 'get_value')).value, 10)
    })
    await t.test('stands upright when vertical', async t => {
      const { peer, page } = await scene(t, 'Slider', [{ orientation: 'vertical', value: 50 }], ['activated'])
      const slider = page.getByRole('slider')
      const box = (await slider.boundingBox())!
      t.ok(box.height > box.width, 'higher than wide')
      t.equal(await slider.getAttribute('aria-orientation'), 'vertical')
      await page.mouse.click(box.x + box.width / 2, box.y + 10)
      const value = Number((await peer.callback(10, 'activated')).args?.[0])
      t.ok(value > 90, `the upper end is the maximum: ${value}`)
    })
  })

  await t.test('TextEntry', async t => {
    await t.test('reports an edit after a pause, once', async t => {
      const { peer, page } = await scene(t, 'TextEntry', ['a'], ['activated', 'modified'])
      await page.getByRole('textbox').focus()
      await page.keyboard.press('End')
      await page.keyboard.type('bc')
      t.strictSame(await news(peer), [], 'not at once')
      t.strictSame((await peer.callback(10, 'modified')).args, ['abc'])
      t.strictSame(await news(peer), [])
      t.equal((await peer.call(10, 'get_text')).value, 'abc')
    })
    await t.test('reports a waiting edit before Enter, and none after it', async t => {
      const { peer, page } = await scene(t, 'TextEntry', [''], ['activated', 'modified'])
      await stopTime(page)
      await page.getByRole('textbox').focus()
      await page.keyboard.type('hi')
      await page.keyboard.press('Enter')
      await peer.call(10, 'clear')
      await page.clock.runFor(1000)
      t.strictSame(await news(peer), [[10, 'modified', 'hi'], [10, 'activated', 'hi']])
      t.equal(await page.getByRole('textbox').inputValue(), '')
    })
    await t.test('reports a waiting edit when it loses the focus', async t => {
      const { peer, page } = await scene(t, 'TextEntry', [''], ['modified'])
      await stopTime(page)
      await page.getByRole('textbox').focus()
      await page.keyboard.type('x')
      await page.getByRole('textbox').blur()
      t.strictSame(await news(peer), [[10, 'modified', 'x']])
    })
    await t.test('does not take from the user what is being typed', async t => {
      const { peer, page } = await scene(t, 'TextEntry', ['one'], ['modified'])
      await page.getByRole('textbox').focus()
      await page.keyboard.press('End')
      await peer.call(10, 'set_text', 'three')
      t.equal(await page.getByRole('textbox').inputValue(), 'three', 'nothing is unsent yet')
      await page.keyboard.type('!')
      await peer.call(10, 'set_text', 'other')
      t.equal(await page.getByRole('textbox').inputValue(), 'thr!ee', 'and the caret stayed')
      t.strictSame((await peer.callback(10, 'modified')).args, ['thr!ee'])
      await peer.call(10, 'set_text', 'last')
      t.equal(await page.getByRole('textbox').inputValue(), 'last')
    })
    await t.test('says nothing any more when it ends', async t => {
      const { peer, page } = await scene(t, 'TextEntry', [''], ['modified'])
      await page.getByRole('textbox').focus()
      await page.keyboard.type('x')
      await peer.call(10, 'destroy')
      t.strictSame(await news(peer), [])
    })
    await t.test('keeps what was typed, the focus and the caret through a replay, and reports it then', async t => {
      const { peer, page } = await scene(t, 'TextEntry', ['old'], ['modified'])
      await page.getByRole('textbox').focus()
      await page.keyboard.press('Home')
      await page.keyboard.type('very ')
      await peer.replay(100,
        { type: 'create', wid: 1, class: 'TopLevel', args: [] },
        { type: 'create', wid: 10, class: 'TextEntry', args: ['old'] },
        { type: 'listen', wid: 10, action: 'modified' },
        { type: 'call', wid: 1, method: 'set_widget', args: [ref(10)] },
        { type: 'call', wid: 1, method: 'show', args: [] })
      t.strictSame((await peer.callback(10, 'modified')).args, ['very old'])
      await page.keyboard.type('!')
      t.equal(await page.getByRole('textbox').inputValue(), 'very !old')
    })
    await t.test('brings earlier entries back with the arrow keys', async t => {
      const { page } = await scene(t, 'TextEntry', ['', { linehistory: 2 }], ['activated'])
      const field = page.getByRole('textbox')
      for (const text of ['one', 'two', 'three']) {
        await field.fill(text)
        await field.press('Enter')
      }
      await field.fill('draft')
      const seen: string[] = []
      for (const key of ['ArrowUp', 'ArrowUp', 'ArrowUp', 'ArrowDown', 'ArrowDown']) {
        await field.press(key)
        seen.push(await field.inputValue())
      }
      t.strictSame(seen, ['three', 'two', 'two', 'three', 'draft'])
    })
    await t.test('follows its text in width until it is given a length', async t => {
      const { peer, page } = await scene(t, 'TextEntry', [''])
      const field = page.getByRole('textbox')
      const size = async (): Promise<number> => Number(await field.getAttribute('size'))
      const before = await size()
      await peer.call(10, 'set_text', 'a text that is rather longer')
      t.ok(await size() > before)
      await peer.call(10, 'set_length', 5)
      t.equal(await size(), 5)
      t.match(await peer.refused(10, 'set_length', 0), /at least 1/)
    })
    await t.test('that is not editable still reports Enter; a password is hidden', async t => {
      const { peer, page } = await scene(t, 'TextEntry', ['fixed', { editable: false, password: true }], ['activated'])
      const field = page.locator('input')
      t.equal(await field.getAttribute('type'), 'password')
      await field.focus()
      await page.keyboard.type('x')
      await page.keyboard.press('Enter')
      t.strictSame(await news(peer), [[10, 'activated', 'fixed']])
    })
  })

  await t.test('Label', async t => {
    await t.test('shows text as text, and a blank line for none', async t => {
      const { peer, page } = await scene(t, 'Label', ['<img src=x onerror=alert(1)>'])
      t.equal(await page.locator('.pg-label').textContent(), '<img src=x onerror=alert(1)>')
      await peer.call(10, 'set_text', null)
      t.ok((await page.locator('.pg-label').boundingBox())!.height > 10)
      t.equal((await peer.call(10, 'get_text')).value, null)
      t.match(await peer.refused(10, 'set_valign', 'sideways'), /unknown valign/)
    })
    await t.test('reports what a pointer does where it is interactive, also while it is dragged', async t => {
      const { peer, page } = await scene(t, 'Label', ['Drag me', { interactive: true }], ['pointer-down', 'pointer-up', 'key-down'])
      await page.locator('.pg-label').click()
      await page.keyboard.press('a')
      t.match(await news(peer), [[10, 'pointer-down', { pointer_type: 'mouse' }], [10, 'pointer-up', {}], [10, 'key-down', { key: 'a' }]])
    })
    await t.test('adds up what the wheel is turned between two frames, unless it is counted in other units', async t => {
      const { peer, page } = await scene(t, 'Label', ['Zoom', { interactive: true }], ['scroll', 'pointer-move'])
      await page.locator('.pg-label').evaluate(label => {
        const { WheelEvent, PointerEvent } = label.ownerDocument.defaultView!
        for (const [deltaY, deltaMode] of [[100, 0], [20, 0], [3, 1]]) label.dispatchEvent(new WheelEvent('wheel', { deltaY: deltaY!, deltaMode: deltaMode!, clientX: deltaY! }))
        for (const clientX of [1, 2, 3]) label.dispatchEvent(new PointerEvent('pointermove', { clientX }))
      })
      await animationFrames(page, 2)
      t.match(await news(peer), [
        [10, 'scroll', { delta_y: 120, delta_mode: 0, viewport_x: 20 }],
        [10, 'scroll', { delta_y: 3, delta_mode: 1 }],
        [10, 'pointer-move', { viewport_x: 3 }]
      ])
    })
    await t.test('opens its menu by press and by key, and Escape closes it', async t => {
      const { peer, page } = await scene(t, 'Label', ['Choose'])
      await peer.create(20, 'Menu')
      await peer.call(20, 'add_name', 'First')
      await peer.call(10, 'set_menu', ref(20))
      const label = page.getByRole('button', { name: 'Choose' })
      await label.click()
      t.ok(await page.getByRole('menu').isVisible())
      await page.keyboard.press('Escape')
      t.equal(await page.getByRole('menu').count(), 0)
      await label.press('Enter')
      t.equal(await page.locator(':focus').textContent(), 'First')
      await page.mouse.click(1000, 700)
      t.equal(await page.getByRole('menu').count(), 0, 'a press elsewhere closes it')
    })
  })

  await t.test('ProgressBar', async t => {
    const { peer, page } = await scene(t, 'ProgressBar')
    for (const [value, shown] of [[0.426, '43%'], [7, '100%'], [null, '0%']] as const) {
      await peer.call(10, 'set_value', value)
      t.equal(await page.locator('.pg-progress-text').textContent(), shown)
    }
    await peer.call(10, 'set_value', 0.25)
    t.equal((await peer.call(10, 'get_value')).value, 0.25)
    t.ok(await page.getByRole('progressbar').isVisible())
  })

  await t.test('Timer', async t => {
    const { page, peer } = await open(t, browser)
    await stopTime(page)
    await peer.create(10, 'Timer', { duration: 5 })
    await peer.listen(10, 'expired', 'cancelled')
    await t.test('expires once, after its seconds', async t => {
      await peer.call(10, 'start')
      t.equal((await peer.call(10, 'is_set')).value, true)
      await page.clock.runFor(5001)
      t.strictSame(await news(peer), [[10, 'expired', 5]])
      t.equal((await peer.call(10, 'is_set')).value, false)
    })
    await t.test('stops without a word, and is cancelled with one', async t => {
      await peer.call(10, 'start', 9)
      await peer.call(10, 'stop')
      await page.clock.runFor(10_000)
      t.strictSame(await news(peer), [])
      await peer.call(10, 'cancel')
      t.strictSame(await news(peer), [[10, 'cancelled', 0]])
      t.equal((await peer.call(10, 'get_duration')).value, 9)
    })
    await t.test('cond_set leaves a running one alone', async t => {
      await peer.call(10, 'set', 3)
      await peer.call(10, 'cond_set', 100)
      await page.clock.runFor(3001)
      t.strictSame(await news(peer), [[10, 'expired', 3]])
    })
  })
}
