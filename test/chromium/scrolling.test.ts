import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import type { Peer, Request } from './support.ts'
import { animationFrames, dragInOneFrame, news, pan, put, ref, turnWheel } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

interface Box { x: number, y: number, width: number, height: number }

const boxOf = async (locator: Locator): Promise<Box> => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('it is not on screen')
  return box
}

/** Presses at a point of an element, as a share of its size, and drags along others. */
async function drag (page: Page, locator: Locator, ...points: Array<readonly [x: number, y: number]>): Promise<void> {
  const { x, y, width, height } = await boxOf(locator)
  for (const [i, point] of points.entries()) {
    await page.mouse.move(x + point[0] * width, y + point[1] * height)
    if (i === 0) await page.mouse.down()
  }
  await page.mouse.up()
}

/** Numbers to two digits: a pointer is only on whole pixels. */
const about = (numbers: readonly unknown[] | undefined): unknown[] | undefined => numbers?.map(number => Math.round(Number(number) * 100) / 100)

/** What was reported of `action`, once the page has painted. */
async function reported (peer: Peer, page: Page, action: string): Promise<unknown[][]> {
  await animationFrames(page, 3)
  return (await news(peer)).filter(([, name]) => name === action).map(([, , ...args]) => args)
}

const offsetOf = async (locator: Locator): Promise<[number, number]> =>
  await locator.evaluate(({ scrollLeft, scrollTop }) => [scrollLeft, scrollTop] as [number, number])

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => await put(t, browser, className, args, actions)

  await t.test('ScrollBar', async t => {
    const { peer, page } = await scene(t, 'ScrollBar', [], ['activated'])
    const bar = page.getByRole('scrollbar')
    const thumb = bar.locator('.pg-scroll-thumb')
    const position = async (): Promise<number> => (await peer.call(10, 'get_scroll_percent')).value as number

    await t.test('begins with a thumb of a fifth of its track', async t => {
      const { width } = await boxOf(bar)
      t.strictSame(about([(await boxOf(thumb)).width / width]), [0.2])
      t.equal((await peer.call(10, 'get_thumb_percent')).value, 0.2)
    })
    await t.test('says where it is and which way it goes', async t => {
      await peer.call(10, 'set_scroll_percent', 0.25)
      t.strictSame(await bar.evaluate(({ ariaValueNow, ariaValueMin, ariaValueMax, ariaOrientation }) => [ariaValueNow, ariaValueMin, ariaValueMax, ariaOrientation]), ['25', '0', '100', 'horizontal'])
      t.strictSame(await reported(peer, page, 'activated'), [], 'what a server sets is no news')
    })
    await t.test('brings what is beyond its ends to them, and what is no number to its start', async t => {
      for (const [given, shown] of [[7, 1], [-1, 0], [0.5, 0.5], [null, 0], ['far', 0]]) {
        await peer.call(10, 'set_scroll_percent', given)
        t.equal(await position(), shown, String(given))
      }
      await peer.call(10, 'set_thumb_percent', 0)
      t.equal((await peer.call(10, 'get_thumb_percent')).value, 0.01)
      t.ok((await boxOf(thumb)).width >= 24, 'it can still be taken hold of')
      await peer.call(10, 'set_thumb_width', 0.2)
      t.equal((await peer.call(10, 'get_thumb_percent')).value, 0.2)
    })
    await t.test('is dragged by its thumb, also beyond its own box, and reports the last place', async t => {
      await peer.call(10, 'set_scroll_percent', 0)
      const { width } = await boxOf(bar)
      await drag(page, bar, [0.05, 0.5], [0.25, 0.5], [0.45, 9])
      t.strictSame(about((await reported(peer, page, 'activated')).at(-1)), [0.5])
      t.strictSame(about([await position()]), [0.5])
      t.ok(Math.abs((await boxOf(thumb)).x - (await boxOf(bar)).x - 0.4 * width) < 1)
      await drag(page, thumb, [0.5, 0.5], [9, 0.5])
      t.equal(await position(), 1)
    })
    await t.test('centres the thumb where the track is pressed', async t => {
      await drag(page, bar, [0.5, 0.5])
      t.strictSame(about((await reported(peer, page, 'activated')).at(-1)), [0.5])
    })
    await t.test('follows a finger on its thumb', async t => {
      await peer.call(10, 'set_scroll_percent', 0)
      const { x, y, width, height } = await boxOf(bar)
      await pan(page, [x + 0.05 * width, y + height / 2], [0.4 * width, 0])
      t.strictSame(about((await reported(peer, page, 'activated')).at(-1)), [0.5])
    })
    await t.test('reports once a frame what happens in it', async t => {
      await dragInOneFrame(bar, 0.2, 0.7)
      const all = await reported(peer, page, 'activated')
      t.equal(all.length, 1)
      t.strictSame(all[0], [await position()], 'the last one')
    })
    await t.test('is used by keys: lines, pages, ends', async t => {
      await peer.call(10, 'set_scroll_percent', 0)
      await bar.focus()
      const places: number[] = []
      for (const key of ['ArrowRight', 'ArrowLeft', 'PageDown', 'PageUp', 'End', 'Home']) {
        await page.keyboard.press(key)
        places.push(await position())
      }
      const [line, back, down, up, end, home] = places as [number, number, number, number, number, number]
      t.ok(line > 0 && line < down && down <= 0.25, 'a line is less than a page, a page no more than is in view')
      t.strictSame([back, up, end, home], [0, 0, 1, 0])
    })
    await t.test('follows the wheel over it, and lets one that it has no use for go on', async t => {
      await peer.call(10, 'set_scroll_percent', 0)
      await bar.hover()
      await page.mouse.wheel(0, 100)
      await animationFrames(page, 2)
      t.ok(await position() > 0)
      await peer.call(10, 'set_thumb_percent', 1)
      await peer.call(10, 'set_scroll_percent', 0)
      await page.mouse.wheel(0, 100)
      await animationFrames(page, 2)
      t.equal(await position(), 0, 'where everything is in view there is nowhere to go')
    })
    await t.test('is out of use when disabled', async t => {
      await peer.call(10, 'set_enabled', false)
      await peer.call(10, 'set_thumb_percent', 0.2)
      await news(peer)
      await bar.focus()
      await page.keyboard.press('End')
      await drag(page, bar, [0.5, 0.5])
      t.strictSame(await reported(peer, page, 'activated'), [])
    })
  })

  await t.test('ScrollBar, from right to left, starts at the right', async t => {
    const { peer, page } = await scene(t, 'ScrollBar', [], ['activated'])
    await page.locator('body').evaluate(body => body.setAttribute('dir', 'rtl'))
    const bar = page.getByRole('scrollbar')
    await drag(page, bar, [0.9, 0.5], [0.5, 0.5])
    t.strictSame(about((await reported(peer, page, 'activated')).at(-1)), [0.5])
    await bar.focus()
    await page.keyboard.press('ArrowLeft')
    t.ok((await reported(peer, page, 'activated'))[0]![0] as number > 0.5)
  })

  await t.test('ScrollBar, upright, goes down', async t => {
    const { peer, page } = await scene(t, 'ScrollBar', [{ orientation: 'vertical', thickness: 20 }], ['activated'])
    await peer.call(10, 'resize', null, 200)
    const bar = page.getByRole('scrollbar')
    t.equal((await boxOf(bar)).width, 20)
    await drag(page, bar, [0.5, 0.1], [0.5, 0.5])
    t.strictSame(about((await reported(peer, page, 'activated')).at(-1)), [0.5])
    await bar.focus()
    await page.keyboard.press('ArrowDown')
    t.ok((await reported(peer, page, 'activated'))[0]![0] as number > 0.5)
  })

  await t.test('AbstractScrollArea', async t => {
    const { page, peer } = await open(t, browser, { hasTouch: true })
    await peer.create(1, 'TopLevel', { title: 'Window' })
    await peer.create(10, 'AbstractScrollArea')
    await peer.create(11, 'Label', 'Drawn by the application')
    await peer.call(10, 'set_widget', ref(11))
    await peer.call(1, 'set_widget', ref(10))
    await peer.call(1, 'resize', 400, 300)
    await peer.call(1, 'set_position', 50, 50)
    await peer.listen(10, 'scrolled', 'area-resize')
    await peer.call(1, 'show')
    const view = page.getByRole('region', { name: 'Scrollable content' })
    const bars = page.getByRole('scrollbar')
    const percent = async (): Promise<number[]> => (await peer.call(10, 'get_scroll_percent')).value as number[]
    const middle = async (): Promise<readonly [number, number]> => {
      const { x, y, width, height } = await boxOf(view)
      return [x + width / 2, y + height / 2]
    }
    await peer.callback(10, 'area-resize')

    await t.test('moves its bars, and nothing else, where the server says, in silence', async t => {
      await peer.call(10, 'set_scroll_percent', 0.25, 3)
      t.strictSame(await percent(), [0.25, 1])
      t.strictSame(await bars.evaluateAll(bars => bars.map(({ ariaValueNow }) => ariaValueNow)), ['100', '25'])
      t.strictSame(await reported(peer, page, 'scrolled'), [])
    })
    await t.test('reports what bars, wheel, keys and a finger over the content do', async t => {
      await peer.call(10, 'set_scroll_percent', 0, 0)
      await drag(page, bars.last(), [0.5, 0.5])
      t.strictSame(about((await reported(peer, page, 'scrolled')).at(-1)), [0.5, 0])
      await page.mouse.move(...await middle())
      await page.mouse.wheel(0, 100)
      const wheeled = await reported(peer, page, 'scrolled')
      t.ok(wheeled.at(-1)![1] as number > 0, 'the wheel over the content')
      await view.focus()
      await page.keyboard.press('End')
      t.strictSame(about((await reported(peer, page, 'scrolled')).at(-1)), [0.5, 1])
      await page.keyboard.press('ArrowLeft')
      t.ok((await reported(peer, page, 'scrolled')).at(-1)![0] as number < 0.5)
      await pan(page, await middle(), [0, 60])
      t.ok((await reported(peer, page, 'scrolled')).at(-1)![1] as number < 1, 'a finger that pulls the content down')
    })
    await t.test('reports once a frame what its bars do in it', async t => {
      await dragInOneFrame(bars.last(), 0.2, 0.7)
      const all = await reported(peer, page, 'scrolled')
      t.strictSame(all, [await percent()], 'the last place')
      t.ok(all[0]![0] as number > 0.5)
    })
    await t.test('shows a bar on demand, always or never, and tells the room that is left', async t => {
      const shown = async (): Promise<boolean[]> => [await bars.first().isVisible(), await bars.last().isVisible()]
      await peer.call(10, 'set_thumb_percent', 1, 0.5)
      t.equal(await bars.count(), 1, 'where all is in view, none')
      const [width, height, vertical, horizontal] = (await reported(peer, page, 'area-resize')).at(-1) as [number, number, number, number]
      t.strictSame([vertical, horizontal], [15, 0], 'a bar that went away is told')
      const box = await boxOf(page.locator('.pg-abstract-scroll-area'))
      t.strictSame([width, height], [Math.round(box.width), Math.round(box.height)], 'the size includes the bars')
      await peer.call(10, 'set_scroll_bar_visibility', 'on', 'off')
      t.strictSame(await page.locator('.pg-scroll-bar').evaluateAll(bars => bars.map(bar => bar.checkVisibility())), [false, true])
      t.match((await reported(peer, page, 'area-resize')).at(-1), [width, height, 0, 15])
      await peer.call(10, 'set_scroll_bar_visibility', null, 'perhaps')
      t.strictSame(await shown(), [true, true].slice(0, 2), 'what is no such word means auto')
      await peer.call(10, 'set_thumb_percent', 0.2, 0.2)
      await reported(peer, page, 'area-resize')
      await peer.call(1, 'resize', 500, 300)
      t.equal((await reported(peer, page, 'area-resize')).at(-1)![0], width + 100)
    })
    await t.test('is told its room after a replay', async t => {
      await peer.replay(100, { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] }, { type: 'create', wid: 10, class: 'AbstractScrollArea', args: [] },
        { type: 'call', wid: 1, method: 'set_widget', args: [ref(10)] }, { type: 'listen', wid: 10, action: 'area-resize' },
        { type: 'call', wid: 1, method: 'resize', args: [300, 200] }, { type: 'call', wid: 1, method: 'show', args: [] })
      t.match((await peer.callback(10, 'area-resize')).args, [Number, Number, 15, 15])
    })
    await t.test('leaves no widgets behind', async t => {
      t.equal((await peer.create(500, 'AbstractScrollArea')).next_wid, 501, 'its bars take no numbers')
      t.equal((await peer.call(500, 'destroy')).type, 'result')
    })
  })

  await t.test('TextArea', async t => {
    await t.test('goes along with the caret when one types beyond what is in view, line by line', async t => {
      const { peer, page } = await put(t, browser, 'TextArea', ['one'], ['scrolled'])
      await peer.call(10, 'resize', 200, 90)
      const field = page.getByRole('textbox')
      await field.focus()
      await page.keyboard.press('ControlOrMeta+End')
      for (let line = 0; line < 8; line++) {
        await page.keyboard.press('Enter')
        await animationFrames(page, 2)
        t.ok(await field.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollTop >= scrollHeight - clientHeight - 8), `line ${line + 2} is in view`)
      }
      t.strictSame((await reported(peer, page, 'scrolled')).at(-1), (await peer.call(10, 'get_scroll_position')).value)
    })
  })

  await t.test('ScrollArea', async t => {
    const tall = async (t: Test, options: object = {}): Promise<Scene & { area: Locator }> => {
      const { page, peer } = await open(t, browser, { hasTouch: true })
      await peer.create(1, 'TopLevel', { title: 'Window' })
      await peer.create(10, 'ScrollArea', options)
      await peer.create(11, 'VBox')
      for (let i = 0; i < 30; i++) {
        await peer.create(20 + i, 'Button', `Button ${i}`)
        await peer.call(11, 'add_widget', ref(20 + i), 0)
      }
      await peer.call(10, 'set_widget', ref(11))
      await peer.call(1, 'set_widget', ref(10))
      await peer.call(1, 'resize', 300, 300)
      await peer.listen(10, 'scrolled', 'area-resize')
      await peer.call(1, 'show')
      await peer.callback(10, 'area-resize')
      return { page, peer, area: page.locator('.pg-scroll-area') }
    }
    const position = async (peer: Peer): Promise<number[]> => (await peer.call(10, 'get_scroll_position')).value as number[]
    const create = (wid: number, className: string, ...args: unknown[]): Request => ({ type: 'create', wid, class: className, args })
    const call = (wid: number, method: string, ...args: unknown[]): Request => ({ type: 'call', wid, method, args })

    await t.test('scrolls by wheel, keys and touch, and reports it, at most once a frame', async t => {
      const { peer, page, area } = await tall(t)
      await area.hover()
      await turnWheel(page, 0, 200)
      await page.waitForFunction(() => document.querySelector('.pg-scroll-area')!.scrollTop === 200)
      const [h, v] = (await reported(peer, page, 'scrolled')).at(-1) as [number, number]
      t.equal(h, 0)
      t.ok(v > 0 && v < 1)
      t.strictSame(await position(peer), [h, v])
      const region = page.getByRole('region', { name: 'Scrollable content' })
      t.equal(await region.getAttribute('tabindex'), '0', 'Tab leads there')
      await region.focus()
      await page.keyboard.press('End')
      await page.waitForFunction(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.querySelector('.pg-scroll-area')!
        return scrollTop >= scrollHeight - clientHeight - 1
      })
      t.strictSame((await reported(peer, page, 'scrolled')).at(-1), [0, 1])
      const { x, y } = await boxOf(area)
      await pan(page, [x + 20, y + 40], [0, 120])
      t.ok(((await reported(peer, page, 'scrolled')).at(-1) as [number, number])[1] < 1)
    })
    await t.test('goes where a server says, by either method, and reports nothing of it, at once or later', async t => {
      const { peer, page, area } = await tall(t)
      await news(peer)
      for (const method of ['set_scroll_position', 'set_scroll_percent']) {
        await peer.call(10, 'set_scroll_position', 0, 0)
        await peer.call(10, method, 0, 0.5)
        const [, top] = await offsetOf(area)
        t.ok(top > 100, `${method} really scrolls`)
        t.strictSame(await position(peer), [0, 0.5])
      }
      await animationFrames(page, 20)
      t.strictSame(await news(peer), [])
    })
    await t.test('keeps a place that it was told while sizes change, and says nothing of it', async t => {
      const { peer, page, area } = await tall(t)
      await peer.call(10, 'set_scroll_position', 0, 1)
      await peer.call(1, 'resize', 300, 200)
      await peer.call(40, 'destroy')
      t.strictSame(await reported(peer, page, 'scrolled'), [])
      t.ok(await area.evaluate(({ scrollTop, scrollHeight, clientHeight }) => scrollTop >= scrollHeight - clientHeight - 1))
    })
    await t.test('keeps what its own user sees while sizes change, and reports the share that this has become', async t => {
      const { peer, page, area } = await tall(t)
      await area.hover()
      await turnWheel(page, 0, 100)
      await page.waitForFunction(() => document.querySelector('.pg-scroll-area')!.scrollTop === 100)
      const before = (await reported(peer, page, 'scrolled')).at(-1) as [number, number]
      for (let i = 40; i < 50; i++) await peer.call(i, 'hide')
      const after = (await reported(peer, page, 'scrolled')).at(-1) as [number, number]
      t.equal((await offsetOf(area))[1], 100)
      t.ok(after[1] > before[1])
      await area.focus()
      await page.keyboard.press('End')
      await page.waitForFunction(() => {
        const { scrollTop, scrollHeight, clientHeight } = document.querySelector('.pg-scroll-area')!
        return scrollTop >= scrollHeight - clientHeight
      })
      t.strictSame((await reported(peer, page, 'scrolled')).at(-1), [0, 1])
      await peer.call(39, 'hide')
      t.strictSame(await reported(peer, page, 'scrolled'), [], 'the end is the end')
    })
    await t.test('is where it was when it is hidden and shown again', async t => {
      const { peer, page, area } = await tall(t)
      await area.hover()
      await turnWheel(page, 0, 100)
      await page.waitForFunction(() => document.querySelector('.pg-scroll-area')!.scrollTop === 100)
      await reported(peer, page, 'scrolled')
      await peer.call(10, 'hide')
      await animationFrames(page, 2)
      await peer.call(10, 'show')
      t.strictSame(await reported(peer, page, 'scrolled'), [])
      t.strictSame(await offsetOf(area), [0, 100])
    })
    await t.test('is where it was after a replay, once there is something to scroll', async t => {
      const { peer, page, area } = await tall(t)
      await area.hover()
      await turnWheel(page, 0, 100)
      await page.waitForFunction(() => document.querySelector('.pg-scroll-area')!.scrollTop === 100)
      const [, v] = (await reported(peer, page, 'scrolled')).at(-1) as [number, number]
      await peer.replay(
        100, create(1, 'TopLevel', { title: 'Window' }), create(10, 'ScrollArea'), create(11, 'Button', 'Tall'), call(10, 'set_widget', ref(11)), call(1, 'set_widget', ref(10)),
        call(1, 'resize', 300, 300), { type: 'listen', wid: 10, action: 'scrolled' }, call(10, 'set_scroll_position', 0, v), call(1, 'show')
      )
      await animationFrames(page, 3)
      t.strictSame(await offsetOf(area), [0, 0], 'as yet everything is in view')
      await peer.call(11, 'resize', null, 1200)
      await animationFrames(page, 3)
      const [, top] = await offsetOf(area)
      const way = await area.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)
      t.ok(Math.abs(top - v * way) < 1)
      t.strictSame(await reported(peer, page, 'scrolled'), [])
    })
    await t.test('what its user scrolls while a replay is on its way is there afterwards, and reported', async t => {
      const { peer, page, area } = await tall(t)
      await peer.ask({ type: 'reconstruct-start', next_wid: 100 })
      await area.hover()
      await turnWheel(page, 0, 100)
      await page.waitForFunction(() => document.querySelector('.pg-scroll-area')!.scrollTop === 100)
      t.strictSame(await reported(peer, page, 'scrolled'), [])
      await peer.askAll(
        create(1, 'TopLevel', { title: 'Window' }), create(10, 'ScrollArea'), create(11, 'Button', 'Tall'), call(11, 'resize', null, 1200),
        call(10, 'set_widget', ref(11)), call(1, 'set_widget', ref(10)), call(1, 'resize', 300, 300), { type: 'listen', wid: 10, action: 'scrolled' }, call(1, 'show'),
        { type: 'reconstruct-end' }
      )
      const [, share] = (await reported(peer, page, 'scrolled')).at(-1) as [number, number]
      t.ok(share > 0 && share < 1)
      t.strictSame(await position(peer), [0, share])
      t.ok((await offsetOf(area))[1] > 0)
    })
    await t.test('brings a widget into view, and reports where that is', async t => {
      const { peer, page, area } = await tall(t)
      await peer.ask({ type: 'call', wid: 10, method: 'scroll_to_widget', args: [ref(39)], silent: true })
      const inside = await boxOf(page.getByRole('button', { name: 'Button 19' }))
      const around = await boxOf(area)
      t.ok(inside.y >= around.y && inside.y + inside.height <= around.y + around.height + 1)
      t.ok(((await reported(peer, page, 'scrolled')).at(-1) as [number, number])[1] > 0)
    })
    await t.test('content that is smaller fills it if it wants to, and it is no stop for the keyboard', async t => {
      const { peer, area } = await tall(t)
      await peer.create(60, 'Button', 'Alone')
      await peer.call(10, 'set_widget', ref(60))
      const button = area.locator('.pg-button')
      t.ok((await boxOf(button)).height < 100)
      t.ok((await boxOf(button)).width > 250, 'its width is that of the view')
      await peer.call(60, 'set_expanding', true, true)
      t.equal((await boxOf(button)).height, await area.evaluate(({ clientHeight }) => clientHeight))
      t.equal(await area.getAttribute('tabindex'), null)
      t.equal(await area.getAttribute('role'), null)
    })
    await t.test('does not collapse, nor does one inside another', async t => {
      const { peer, page } = await put(t, browser, 'ScrollArea')
      const area = page.locator('.pg-scroll-area')
      t.ok((await boxOf(area)).height >= 64)
      await peer.create(20, 'ScrollArea')
      await peer.create(21, 'Button', 'Deep')
      await peer.call(21, 'resize', 900, 900)
      await peer.call(20, 'set_widget', ref(21))
      await peer.call(20, 'resize', null, 120)
      await peer.call(10, 'set_widget', ref(20))
      await peer.call(20, 'set_scroll_position', 1, 1)
      t.ok((await offsetOf(area.last())).every(offset => offset > 400), `the inner one scrolls by itself, to ${await offsetOf(area.last())}`)
      t.equal((await boxOf(area.last())).height, 120)
    })
    await t.test('shows bars as told, in the words of reference servers too', async t => {
      const words = { on: 'scroll', always: 'scroll', off: 'hidden', auto: 'auto', overflow: 'auto' }
      const { peer, page } = await put(t, browser, 'ScrollArea', [{ hscrollbar: 'always', vscrollbar: 'overflow' }])
      const styles = async (): Promise<string[]> => await page.locator('.pg-scroll-area').evaluate(({ style }) => [style.overflowX, style.overflowY])
      t.strictSame(await styles(), ['scroll', 'auto'])
      for (const [word, style] of Object.entries(words)) {
        await peer.call(10, 'set_scroll_bar_visibility', word, 'on')
        t.strictSame(await styles(), [style, 'scroll'], word)
      }
    })
    await t.test('keeps the thickness of its bars, and tells the room that they leave', async t => {
      const { peer, page, area } = await tall(t, { thickness: 22, hscrollbar: 'on' })
      await peer.call(1, 'resize', 301, 300)
      const [width, height, vertical, horizontal] = (await reported(peer, page, 'area-resize')).at(-1) as [number, number, number, number]
      const { clientWidth, clientHeight } = await area.evaluate(({ clientWidth, clientHeight }) => ({ clientWidth, clientHeight }))
      t.strictSame([width - vertical, height - horizontal], [clientWidth, clientHeight])
      await peer.create(60, 'Label', 'Small')
      await peer.call(10, 'set_widget', ref(60))
      t.strictSame((await reported(peer, page, 'area-resize')).slice(-1).map(([, , bar]) => bar), vertical === 0 ? [] : [0], 'a bar that went is told')
    })
  })
}
