import t from 'tap'
import type { Locator } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import type { Peer } from './support.ts'
import { animationFrames, news, put, ref } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

const browser = await launch(t)

const boxOf = async (locator: Locator): Promise<{ x: number, y: number, width: number, height: number }> => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('not on screen')
  return box
}

if (browser !== null) {
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => {
    const made = await put(t, browser, className, args, actions)
    await made.peer.call(2, 'add_widget', ref(10), 1)
    return made
  }

  await t.test('Box', async t => {
    const row = async (t: Test): Promise<Scene> => {
      const made = await scene(t, 'HBox')
      await made.peer.create(11, 'Button', 'short')
      await made.peer.create(12, 'Button', 'a much longer caption')
      return made
    }
    await t.test('shares only the room that is left over', async t => {
      const { peer, page } = await row(t)
      const widths = async (): Promise<number[]> => await Promise.all(['short', 'longer'].map(async name => (await boxOf(page.getByRole('button', { name }))).width))
      await peer.call(10, 'add_widget', ref(11), 0)
      await peer.call(10, 'add_widget', ref(12), 0)
      const [short = 0, long = 0] = await widths()
      t.ok(short + long < 300, 'natural sizes')
      await peer.call(10, 'add_widget', ref(11), 1)
      await peer.call(10, 'add_widget', ref(12), 3)
      const [wide = 0, wider = 0] = await widths()
      t.equal(Math.round(wide + wider), 398, 'the whole window')
      t.ok(Math.abs(3 * (wide - short) - (wider - long)) < 2, 'one to three of what was left')
    })
    await t.test('inserts, spaces, aligns and lets go', async t => {
      const { peer, page } = await row(t)
      await peer.call(10, 'add_widget', ref(11))
      await peer.call(10, 'insert_widget', 0, ref(12), null)
      await peer.call(10, 'set_spacing', 20)
      const first = await boxOf(page.getByRole('button', { name: 'longer' }))
      const second = await boxOf(page.getByRole('button', { name: 'short' }))
      t.equal(Math.round(second.x - first.x - first.width), 20)
      t.ok(await peer.refused(10, 'insert_widget', -1, ref(12)))
      t.match(await peer.refused(10, 'set_align', 'middle'), /top/)
      t.strictSame((await peer.call(10, 'get_children')).value, [{ __wid__: 12, __class__: 'Button' }, { __wid__: 11, __class__: 'Button' }])
      await peer.call(10, 'remove', ref(12))
      t.equal(await page.getByRole('button', { name: 'longer' }).count(), 0)
    })
    await t.test('lets what wants to expand take the room, and takes it back', async t => {
      const { peer, page } = await row(t)
      await peer.call(11, 'set_expanding', true, false)
      await peer.call(10, 'add_widget', ref(11))
      const wide = (await boxOf(page.getByRole('button', { name: 'short' }))).width
      await peer.call(11, 'set_expanding', false, false)
      const narrow = (await boxOf(page.getByRole('button', { name: 'short' }))).width
      t.equal(Math.round(wide), 398)
      t.ok(narrow < 100)
      const height = async (): Promise<number> => (await boxOf(page.getByRole('button', { name: 'short' }))).height
      await peer.call(2, 'add_widget', ref(11), 0)
      const low = await height()
      await peer.call(11, 'set_expanding', false, true)
      t.ok(await height() > low + 50)
      await peer.call(11, 'set_expanding', false, false)
      t.equal(await height(), low)
    })
    await t.test('names a field by the label before it', async t => {
      const { peer, page } = await scene(t, 'HBox')
      await peer.create(11, 'Label', 'Speed')
      await peer.create(12, 'Slider')
      await peer.call(10, 'add_widget', ref(12))
      await peer.call(10, 'insert_widget', 0, ref(11))
      t.ok(await page.getByRole('slider', { name: 'Speed' }).isVisible())
    })
  })

  await t.test('Frame', async t => {
    const { peer, page } = await scene(t, 'Frame', [{ title: 'Limits' }])
    await peer.create(11, 'Button', 'one')
    await peer.create(12, 'Splitter')
    await t.test('is a group with a name', async t => {
      t.ok(await page.getByRole('group', { name: 'Limits' }).isVisible())
      await peer.call(10, 'set_text', '')
      t.equal(await page.locator('legend').count(), 0)
      await peer.call(10, 'set_title', 'Range')
      t.equal((await peer.call(10, 'get_text')).value, 'Range')
    })
    await t.test('holds one widget, and disables all that is in it', async t => {
      await peer.call(10, 'set_widget', ref(12))
      await peer.call(10, 'set_widget', ref(11))
      t.equal((await peer.call(10, 'num_children')).value, 1)
      await peer.call(10, 'set_enabled', false)
      t.ok(await page.getByRole('button', { name: 'one', includeHidden: true }).isDisabled())
    })
  })

  await t.test('Splitter', async t => {
    const panes = async (t: Test, ...sizes: number[]): Promise<Scene> => {
      const made = await scene(t, 'Splitter', [], ['sizing'])
      if (sizes.length > 0) await made.peer.call(10, 'set_sizes', sizes)
      for (const wid of [11, 12, 13]) {
        await made.peer.create(wid, 'Label', `pane ${wid}`)
        await made.peer.call(10, 'add_widget', ref(wid))
      }
      return made
    }
    const sizes = async (peer: Peer): Promise<number[]> => ((await peer.call(10, 'get_sizes')).value as number[]).map(Math.round)

    await t.test('takes sizes as weights, also before there are panes', async t => {
      const { peer } = await panes(t, 1, 2, 1)
      t.strictSame(await sizes(peer), [95, 190, 95])
      await peer.call(10, 'set_sizes', [0.1, 0.1, 0.2])
      t.strictSame(await sizes(peer), [95, 95, 190])
      t.strictSame(await news(peer), [])
    })
    await t.test('reports px at the end of a drag; the other panes keep their size', async t => {
      const { peer, page } = await panes(t, 1, 1, 2)
      const handle = await boxOf(page.getByRole('separator').first())
      await page.mouse.move(handle.x + 4, handle.y + 20)
      await page.mouse.down()
      await page.mouse.move(handle.x + 20, handle.y + 20)
      await page.mouse.move(handle.x + 44, handle.y + 20)
      t.strictSame(await news(peer), [], 'nothing on the way')
      await page.mouse.up()
      const [[wid, action, reported] = []] = await news(peer)
      t.strictSame([wid, action], [10, 'sizing'])
      t.strictSame((reported as number[]).map(Math.round), [135, 55, 190])
    })
    await t.test('follows the keys, within the minimums', async t => {
      const { peer, page } = await panes(t, 1, 1, 2)
      await peer.call(10, 'set_minimum_size', ref(11), 50)
      const handle = page.getByRole('separator').first()
      await handle.focus()
      const prevented = await page.evaluateHandle(() => {
        const prevented: boolean[] = []
        document.addEventListener('keydown', event => { prevented.push(event.defaultPrevented) })
        return prevented
      })
      await page.keyboard.press('ArrowRight')
      t.strictSame(await prevented.jsonValue(), [true], 'what it is in does not scroll')
      const [[, , moved] = []] = await news(peer)
      t.strictSame((moved as number[]).map(Math.round), [105, 85, 190])
      t.equal(await handle.getAttribute('aria-valuenow'), '55')
      t.equal(await page.locator(`[id="${await handle.getAttribute('aria-controls')}"]`).textContent(), 'pane 11', 'of the pane before it')
      await page.keyboard.press('Home')
      await page.keyboard.press('Home')
      t.strictSame(await sizes(peer), [50, 140, 190])
      t.equal((await news(peer)).length, 1, 'a key that moves nothing reports nothing')
      await handle.dblclick()
      t.strictSame(await sizes(peer), [95, 95, 190], 'a double click goes back')
    })
    await t.test('gives a pane without a weight the average, whenever the weights come', async t => {
      const { peer } = await panes(t)
      await peer.call(10, 'set_sizes', [100, 200])
      t.strictSame(await sizes(peer), [84, 169, 127])
    })
    await t.test('leaves what is there alone when a pane comes', async t => {
      const { peer, page } = await panes(t)
      await page.getByRole('separator').first().focus()
      await peer.create(14, 'Label', 'one more')
      await peer.call(10, 'add_widget', ref(14))
      t.equal(await page.locator(':focus').getAttribute('role'), 'separator')
      t.strictSame(await sizes(peer), [93, 93, 93, 93])
    })
    await t.test('takes a pane\'s handle with it', async t => {
      const { peer, page } = await panes(t)
      // In the document, not only to be seen.
      const handles = page.locator('.pg-splitter > [role=separator]')
      await peer.call(10, 'remove', ref(12))
      t.equal(await handles.count(), 1, 'from between others')
      t.strictSame(await sizes(peer), [195, 195])
      await peer.call(11, 'destroy')
      t.equal(await handles.count(), 0, 'and the first has none')
      t.strictSame(await sizes(peer), [398])
    })
  })

  await t.test('TabWidget', async t => {
    const tabs = async (t: Test, options: object = {}): Promise<Scene> => {
      const made = await scene(t, 'TabWidget', [options], ['page-switch', 'page-close'])
      for (const [wid, title] of [[11, 'One'], [12, 'Two'], [13, 'Three']] as const) {
        await made.peer.create(wid, 'Label', `page ${title}`)
        await made.peer.call(10, 'add_widget', ref(wid), { title })
      }
      return made
    }
    const page11 = { __wid__: 11, __class__: 'Label' }
    const page12 = { __wid__: 12, __class__: 'Label' }
    const page13 = { __wid__: 13, __class__: 'Label' }

    await t.test('shows the first page, reports each real change once', async t => {
      const { peer, page } = await tabs(t)
      t.strictSame(await news(peer), [[10, 'page-switch', page11, 0]])
      await page.getByRole('tab', { name: 'Two' }).click()
      await page.getByRole('tab', { name: 'Two' }).click()
      t.strictSame(await news(peer), [[10, 'page-switch', page12, 1]])
      t.ok(await page.getByText('page Two').isVisible())
      t.ok(await page.getByText('page One').isHidden())
      await peer.call(10, 'set_index', 2)
      await peer.call(10, 'set_index', 9)
      await peer.ask({ type: 'call', wid: 10, method: 'show_widget', args: [ref(11)], silent: true })
      t.strictSame(await news(peer), [[10, 'page-switch', page13, 2]])
      t.equal((await peer.call(10, 'get_index')).value, 0)
    })
    await t.test('is used by keyboard, and asks to be closed by Delete or the cross', async t => {
      const { peer, page } = await tabs(t, { closable: true })
      await page.getByRole('tab', { name: 'One' }).focus()
      await news(peer)
      await page.keyboard.press('ArrowRight')
      await page.keyboard.press('End')
      await page.keyboard.press('ArrowRight')
      t.strictSame(await news(peer), [[10, 'page-switch', page12, 1], [10, 'page-switch', page13, 2], [10, 'page-switch', page11, 0]])
      t.equal(await page.getByRole('tab', { selected: true }).textContent(), 'One')
      await page.keyboard.press('Delete')
      await page.locator('.pg-tab-close').nth(1).click()
      t.strictSame(await news(peer), [[10, 'page-close', page11], [10, 'page-close', page12]])
      t.equal(await page.getByRole('tab').count(), 3, 'only asked')
    })
    await t.test('lets go of pages, whether shown or not', async t => {
      const { peer, page } = await tabs(t)
      await peer.call(10, 'set_index', 1)
      await news(peer)
      await peer.call(10, 'remove', ref(12))
      t.strictSame(await news(peer), [[10, 'page-switch', page13, 1]], 'the next one takes its place')
      await peer.call(10, 'close_widget', ref(11))
      t.equal((await peer.call(10, 'get_index')).value, 0)
      t.strictSame(await news(peer), [], 'the same page is shown')
      await peer.call(10, 'remove', ref(13))
      t.strictSame(await news(peer), [])
      t.equal((await peer.call(10, 'get_index')).value, -1)
      t.equal(await page.getByRole('tab').count(), 0)
    })
    await t.test('keeps indexes right when tabs are dragged', async t => {
      const { peer, page } = await tabs(t, { reorderable: true })
      await peer.call(10, 'set_index', 2)
      await news(peer)
      const one = await boxOf(page.getByRole('tab', { name: 'One' }))
      const three = await boxOf(page.getByRole('tab', { name: 'Three' }))
      await page.mouse.move(three.x + 20, three.y + 15)
      await page.mouse.down()
      for (let x = three.x; x > one.x - 20; x -= 8) await page.mouse.move(x, three.y + 15)
      await page.mouse.up()
      t.strictSame(await page.getByRole('tab').allTextContents(), ['Three', 'One', 'Two'])
      t.strictSame(await news(peer), [])
      await page.getByRole('tab', { name: 'One' }).click()
      await page.keyboard.press('ArrowLeft')
      t.strictSame(await news(peer), [[10, 'page-switch', page11, 0], [10, 'page-switch', page13, 2]])
      await page.keyboard.press('Control+Shift+ArrowRight')
      t.strictSame(await page.getByRole('tab').allTextContents(), ['One', 'Three', 'Two'])
      t.equal(await page.locator(':focus').textContent(), 'Three')
    })
    await t.test('keeps the order that the user gave its tabs through a replay', async t => {
      const { peer, page } = await tabs(t, { reorderable: true })
      await page.getByRole('tab', { name: 'One' }).press('Control+Shift+ArrowRight')
      const build = [['create', 1, 'TopLevel', {}], ['create', 10, 'TabWidget', { reorderable: true }], ['create', 11, 'Label', 'a'], ['create', 12, 'Label', 'b'], ['create', 13, 'Label', 'c']]
        .map(([type, wid, name, ...args]) => ({ type, wid, class: name, args }))
      const titled = [[11, 'One'], [12, 'Two'], [13, 'Three']].map(([wid, title]) => ({ type: 'call', wid: 10, method: 'add_widget', args: [ref(Number(wid)), { title }] }))
      await peer.replay(1000, ...build, ...titled, { type: 'call', wid: 1, method: 'set_widget', args: [ref(10)] }, { type: 'call', wid: 1, method: 'show', args: [] })
      t.strictSame(await page.getByRole('tab').allTextContents(), ['Two', 'One', 'Three'])
      await peer.listen(10, 'page-switch')
      await news(peer)
      await page.getByRole('tab', { name: 'Three' }).click()
      t.match(await news(peer), [[10, 'page-switch', page13, 2]])
    })
    await t.test('has its tabs at any side, or none', async t => {
      const { peer, page } = await tabs(t)
      await peer.call(10, 'set_tab_position', 'left')
      t.equal(await page.getByRole('tablist').getAttribute('aria-orientation'), 'vertical')
      await peer.call(10, 'set_tab_position', 'none')
      t.equal(await page.getByRole('tab').count(), 0)
      await peer.call(10, 'set_tab_position', 'bottom')
      t.ok((await boxOf(page.getByRole('tablist'))).y > (await boxOf(page.getByRole('tabpanel'))).y)
      await peer.call(10, 'highlight_tab', ref(12), 'rgb(200, 255, 200)')
      t.equal(await page.locator('.pg-marked').textContent(), 'Two')
      const id = (await peer.call(10, 'get_tab_id', ref(12))).value
      t.strictSame((await peer.call(10, 'get_child', id)).value, page12)
      await peer.call(10, 'signal_close', id)
      t.match((await news(peer)).at(-1), [10, 'page-close', page12])
    })
  })

  await t.test('Image', async t => {
    const red = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==', 'base64')
    await t.test('shows nothing for no URL, and bytes as they come', async t => {
      const { peer, page } = await scene(t, 'Image')
      const image = page.locator('img')
      t.equal(await image.getAttribute('src'), null)
      peer.send({ type: 'binary-call', wid: 10, method: 'set_binary_image', args: ['png'] })
      peer.sendBytes(red)
      await peer.callbacks()
      const first = await image.getAttribute('src')
      t.match(first, /^blob:/)
      await page.waitForFunction(() => document.querySelector('img')?.naturalWidth === 1)
      await peer.call(10, 'set_image', 'data:image/gif;base64,R0lGODlhAQABAAAAACw=')
      const revoked = await image.evaluate(async (image, url) => {
        const other = image.ownerDocument.createElement('img')
        other.src = url
        return await other.decode().then(() => false, () => true)
      }, String(first))
      t.ok(revoked, 'the bytes are given back')
      await peer.call(10, 'set_image', null)
      t.equal(await image.getAttribute('src'), null)
    })
    await t.test('draws on a canvas where asked to', async t => {
      const { peer, page } = await scene(t, 'Image', [{ use_animation_frame: true }])
      peer.send({ type: 'binary-call', wid: 10, method: 'set_binary_image', args: ['png'] })
      peer.sendBytes(red)
      await peer.call(10, 'update')
      await page.waitForFunction(() => (document.querySelector('canvas')?.getContext('2d')?.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0)
      t.equal((await peer.call(10, 'get_draw_context')).value, null)
    })
    await t.test('reports pointer, wheel, keys and focus with what the documents list', async t => {
      const { peer, page } = await scene(t, 'Image', [{ interactive: true }],
        ['pointer-down', 'pointer-up', 'pointer-move', 'enter', 'leave', 'click', 'scroll', 'key-down', 'focus-in', 'contextmenu'])
      await peer.call(10, 'resize', 100, 80)
      const { x, y } = await boxOf(page.locator('img'))
      await page.mouse.move(x + 10, y + 20)
      await page.mouse.down()
      await page.mouse.move(x + 300, y + 200)
      await page.mouse.up()
      await animationFrames(page, 2)
      const events = new Map((await news(peer)).map(([, action, event]) => [action, event as Record<string, unknown>]))
      const mouseKeys = ['button_mask', 'button_trigger', 'is_primary', 'modifiers', 'pointer_id', 'pointer_type', 'pressure', 'time_stamp', 'type', 'viewport_x', 'viewport_y', 'x', 'y']
      t.strictSame(Object.keys(events.get('pointer-down') ?? {}).sort(), mouseKeys)
      t.match(events.get('pointer-down'), { type: 'pointerdown', x: 10, y: 20, viewport_x: x + 10, button_trigger: 1, button_mask: 1, modifiers: [] })
      t.match(events.get('pointer-up'), { x: 300, y: 200, button_mask: 0 }, 'also of a drag that ends elsewhere')
      t.match(events.get('enter'), { type: 'pointerover', button_trigger: 0 })
      t.strictSame(Object.keys(events.get('focus-in') ?? {}).sort(), ['time_stamp', 'type'])
      await page.mouse.move(x + 10, y + 20)
      await page.mouse.wheel(0, 30)
      t.match((await peer.callback(10, 'scroll')).args, [{ type: 'wheel', delta_y: 30, delta_mode: 0, x: 10 }])
      await page.keyboard.press('Shift+A')
      const keys = (await news(peer)).filter(([, action]) => action === 'key-down').map(([, , event]) => event as object)
      t.match(keys.at(-1), { type: 'keydown', key: 'A', keycode: 'KeyA', repeat: false, modifiers: ['shift'] })
      await page.mouse.click(x + 10, y + 20, { button: 'right' })
      t.match((await peer.callback(10, 'contextmenu')).args, [{ button_trigger: 3 }])
    })
  })

  await t.test('nested boxes neither overflow nor collapse', async t => {
    const { peer, page } = await open(t, browser, { viewport: { width: 390, height: 844 } })
    await peer.create(1, 'TopLevel', { title: 'Narrow' })
    await peer.create(2, 'VBox')
    for (const [row, fields] of [[10, 2], [20, 1]] as const) {
      await peer.create(row, 'HBox')
      for (let i = 1; i <= fields; i++) {
        await peer.create(row + i, 'TextEntry', 'text')
        await peer.call(row, 'add_widget', ref(row + i), 1)
      }
      await peer.call(2, 'add_widget', ref(row), 0)
    }
    await peer.call(1, 'set_widget', ref(2))
    await peer.call(1, 'show')
    for (const field of await page.getByRole('textbox').all()) {
      const { x, width, height } = await boxOf(field)
      t.ok(width > 40 && height >= 28 && x + width <= 390)
    }
  })
}
