import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { launch, open } from './support.ts'
import type { Frame, Peer } from './support.ts'
import { animationFrames, news, put, ref } from './widget-support.ts'
import type { Scene } from './widget-support.ts'

interface Box { readonly x: number, readonly y: number, readonly width: number, readonly height: number }

const browser = await launch(t)

const boxOf = async (locator: Locator): Promise<Box> => {
  const box = await locator.boundingBox()
  if (box === null) throw new Error('not on screen')
  return box
}
const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
const buttonBox = async (page: Page, name: string): Promise<Box> => await boxOf(button(page, name))
const widgetRef = (wid: number, name: string): object => ({ __wid__: wid, __class__: name })
const near = (a: number, b: number): boolean => Math.abs(a - b) < 1

if (browser !== null) {
  /** The widget, as number 10, takes all of a window, with three buttons at hand: one, two and three, as 11, 12 and 13. */
  const scene = async (t: Test, className: string, args: unknown[] = [], actions: string[] = []): Promise<Scene> => {
    const made = await put(t, browser, className, args, actions)
    await made.peer.call(2, 'add_widget', ref(10), 1)
    for (const [i, name] of ['one', 'two', 'three'].entries()) await made.peer.create(11 + i, 'Button', name)
    return made
  }

  await t.test('GridBox', async t => {
    const grid = async (t: Test, ...cells: Array<readonly [row: number, column: number]>): Promise<Scene> => {
      const made = await scene(t, 'GridBox', [{ rows: 2, columns: 2 }], ['child-added', 'child-removed'])
      for (const [i, cell] of cells.entries()) await made.peer.call(10, 'add_widget', ref(11 + i), ...cell)
      await news(made.peer)
      return made
    }
    const counts = async (peer: Peer): Promise<unknown> => (await peer.call(10, 'get_row_column_count')).value
    const at = async (peer: Peer, row: number, column: number): Promise<number | null> =>
      ((await peer.call(10, 'get_widget_at_cell', row, column)).value as { __wid__: number } | null)?.__wid__ ?? null

    await t.test('grows as widgets come, moves what is there already, and says what is where', async t => {
      const { peer, page } = await grid(t, [0, 0], [0, 0], [2, 1])
      t.strictSame(await counts(peer), [3, 2])
      t.equal(await at(peer, 0, 0), 11, 'the first of two in a cell')
      t.equal(await at(peer, 9, 9), null)
      await peer.call(10, 'add_widget', ref(11), 1, 3)
      t.strictSame(await counts(peer), [3, 4])
      t.strictSame([await at(peer, 0, 0), await at(peer, 1, 3)], [12, 11])
      t.strictSame(await news(peer), [], 'whoever moves inside has not come')
      const [one, two] = [await buttonBox(page, 'one'), await buttonBox(page, 'two')]
      t.ok(one.x > two.x && one.y > two.y)
      await peer.call(10, 'add_widget', ref(11))
      t.equal(await at(peer, 1, 3), 11, 'without a cell it stays')
    })
    await t.test('tells of whoever goes, whole rows included, and ends whom it should', async t => {
      const { peer } = await grid(t, [0, 0], [0, 1], [1, 0])
      await peer.call(10, 'delete_row', 0)
      t.strictSame(await news(peer), [[10, 'child-removed', widgetRef(11, 'Button')], [10, 'child-removed', widgetRef(12, 'Button')]])
      t.strictSame([await counts(peer), await at(peer, 0, 0)], [[1, 2], 13])
      await peer.call(10, 'remove', ref(13), true)
      t.strictSame(await news(peer), [[10, 'child-removed', widgetRef(13, 'Button')]])
      t.equal(await peer.refused(13, 'get_text'), 'Unknown widget id: 13')
      t.strictSame(await counts(peer), [1, 2], 'it does not shrink by itself')
      await peer.call(10, 'delete_row', 0)
      t.strictSame(await counts(peer), [1, 2], 'nor beyond the last row')
    })
    await t.test('inserts and appends lines with widgets in them', async t => {
      const { peer, page } = await grid(t, [0, 0], [1, 0])
      await peer.call(10, 'insert_row', 1, null)
      t.strictSame([await at(peer, 0, 0), await at(peer, 1, 0), await at(peer, 2, 0)], [11, null, 12])
      await peer.call(10, 'insert_column', 0, [ref(13)])
      t.strictSame([await at(peer, 0, 0), await at(peer, 0, 1), await at(peer, 2, 1)], [13, 11, 12])
      await peer.call(10, 'append_column', [ref(11)])
      t.strictSame([await counts(peer), await at(peer, 0, 1), await at(peer, 0, 3)], [[3, 4], null, 11])
      await peer.call(10, 'delete_column', 1)
      t.strictSame([await counts(peer), await at(peer, 0, 2)], [[3, 3], 11])
      t.equal(await button(page, 'two').count(), 0)
    })
    await t.test('is not changed by a line that there is not', async t => {
      const { peer } = await grid(t, [0, 0])
      for (const call of [['delete_row', 2], ['delete_column', -1], ['insert_row', 3, null], ['append_row', null], ['add_widget', ref(12), -1, 0], ['add_widget', ref(12), 0, 1e9]] as const) {
        const [method, ...args] = call
        t.ok(await peer.refused(10, method, ...args), method)
      }
      t.strictSame([await counts(peer), (await peer.call(10, 'num_children')).value], [[2, 2], 1])
    })
    await t.test('is a form: labels name what is at their right, stand level with it and leave it the room', async t => {
      const { peer, page } = await scene(t, 'GridBox')
      for (const [i, [name, ...args]] of ([['Label', 'Speed'], ['Slider'], ['Label', 'Name'], ['TextEntry', '']] as const).entries()) {
        await peer.create(20 + i, name, ...args)
        await peer.call(10, 'add_widget', ref(20 + i), i >> 1, i % 2)
      }
      const middle = ({ y, height }: Box): number => y + height / 2
      for (const [label, role] of [['Speed', 'slider'], ['Name', 'textbox']] as const) {
        const [text, field] = [await boxOf(page.getByText(label)), await boxOf(page.getByRole(role, { name: label }))]
        t.ok(near(middle(text), middle(field)), label)
        t.ok(text.width < 60 && field.width > 320, `${label}: ${text.width} and ${field.width}`)
      }
      await peer.call(10, 'insert_column', 1, null)
      t.equal(await page.getByRole('textbox', { name: 'Name' }).count(), 0, 'they are apart')
      await peer.call(10, 'delete_column', 1)
      t.ok(await page.getByRole('textbox', { name: 'Name' }).isVisible())
      await peer.call(10, 'remove', ref(22))
      t.equal(await page.getByRole('textbox', { name: 'Name' }).count(), 0)
    })
    await t.test('gives the room left over to all alike, or to what wants to expand', async t => {
      const { peer, page } = await grid(t, [0, 0], [0, 1], [1, 0])
      const [one, two, three] = await Promise.all(['one', 'two', 'three'].map(async name => await buttonBox(page, name))) as [Box, Box, Box]
      t.ok(near(one.height, three.height) && Math.round(one.height + three.height) > 200)
      t.ok(near(one.width, three.width) && Math.round(one.width + two.width) === 396)
      await peer.call(12, 'set_expanding', true, false)
      await peer.call(13, 'set_expanding', false, true)
      const [narrow, low] = await Promise.all([buttonBox(page, 'three'), buttonBox(page, 'one')])
      t.ok(narrow.width < 90 && low.height < 40)
      await peer.call(12, 'set_expanding', false, false)
      await peer.call(13, 'set_expanding', false, false)
      t.strictSame(await buttonBox(page, 'one'), one, 'and back')
    })
    await t.test('spaces rows and columns', async t => {
      const { peer, page } = await grid(t, [0, 0], [0, 1], [1, 0])
      const gaps = async (): Promise<number[]> => {
        const [one, two, three] = await Promise.all(['one', 'two', 'three'].map(async name => await buttonBox(page, name))) as [Box, Box, Box]
        return [two.x - one.x - one.width, three.y - one.y - one.height].map(Math.round)
      }
      t.strictSame(await gaps(), [2, 2])
      await peer.call(10, 'set_spacing', 10)
      await peer.call(10, 'set_row_spacing', 20)
      t.strictSame(await gaps(), [10, 20])
      await peer.call(10, 'set_column_spacing', 0)
      t.strictSame(await gaps(), [0, 20])
    })
  })

  await t.test('ButtonBox', async t => {
    const row = async (t: Test, options: object = {}): Promise<Scene> => {
      const made = await put(t, browser, 'ButtonBox', [options])
      for (const [i, name] of ['OK', 'Cancel'].entries()) {
        await made.peer.create(11 + i, 'Button', name)
        await made.peer.call(10, 'add_widget', ref(11 + i))
      }
      return made
    }
    const widths = async (page: Page): Promise<number[]> => await page.locator('.pg-button').evaluateAll(buttons => buttons.map(button => Math.round(button.getBoundingClientRect().width)))

    await t.test('keeps buttons as wide as the widest, whatever becomes of them', async t => {
      const { peer, page } = await row(t)
      const [first = 0, ...rest] = await widths(page)
      t.ok(first > 60 && rest.every(width => width === first))
      await peer.call(11, 'set_text', 'Start the measurement')
      const [long = 0, other] = await widths(page)
      t.ok(long > first && other === long, 'a longer caption')
      await peer.call(12, 'set_font', null, 18)
      await peer.call(11, 'set_text', 'OK')
      const [large = 0, same] = await widths(page)
      t.ok(large > first && same === large, 'another font')
      await peer.create(13, 'Button', 'Apply to all')
      await peer.call(10, 'insert_widget', 0, ref(13))
      t.equal(new Set(await widths(page)).size, 1, 'one that comes')
      await peer.call(10, 'remove', ref(13))
      t.strictSame(await widths(page), [large, large], 'and goes')
    })
    await t.test('knows a least width', async t => {
      const { peer, page } = await row(t, { min_button_width: 120 })
      t.strictSame(await widths(page), [120, 120])
      await peer.call(11, 'set_text', 'Start the measurement now')
      const [wide = 0, other] = await widths(page)
      t.ok(wide > 120 && wide === other)
    })
    await t.test('packs them left, right and in the middle, or fills the row', async t => {
      const { peer, page } = await row(t, { min_button_width: 100 })
      await peer.call(10, 'set_spacing', 10)
      const { x } = await boxOf(page.locator('.pg-button-box'))
      const start = async (): Promise<number> => Math.round((await buttonBox(page, 'OK')).x - x)
      t.equal(await start(), 94)
      await peer.call(10, 'set_halign', 'left')
      t.equal(await start(), 0)
      await peer.call(10, 'set_halign', 'right')
      t.equal(await start(), 188)
      await peer.call(10, 'add_widget', ref(12), 1)
      t.strictSame(await widths(page), [194, 194])
      await peer.call(10, 'add_widget', ref(12), 0)
      t.equal(await start(), 188)
      const narrow = await peer.call(1, 'resize', 150, 300)
      t.equal(narrow.type, 'result')
      t.ok(await start() >= 0, 'the beginning stays in reach')
    })
    await t.test('makes a column: as wide as it, or as the widest, at the top, in the middle or at the bottom', async t => {
      const { peer, page } = await row(t, { orientation: 'vertical', halign: 'right' })
      await peer.call(2, 'add_widget', ref(10), 1)
      const box = await boxOf(page.locator('.pg-button-box'))
      const last = await buttonBox(page, 'Cancel')
      t.ok(near(last.y + last.height, box.y + box.height))
      t.strictSame(await widths(page), [398, 398])
      await peer.call(10, 'set_align', 'left')
      const [narrow = 0, other] = await widths(page)
      t.ok(narrow < 100 && narrow === other)
      await peer.call(10, 'set_halign', 'left')
      t.ok(near((await buttonBox(page, 'OK')).y, box.y))
      t.match(await peer.refused(10, 'set_align', 'top'), /left, center, right/)
    })
  })

  await t.test('FixedLayout', async t => {
    await t.test('puts widgets where it is told, moves them, and is as large as they reach', async t => {
      const { peer, page } = await scene(t, 'FixedLayout', [], ['child-added'])
      await peer.call(2, 'add_widget', ref(10), 0)
      await peer.call(11, 'resize', 50, 30)
      await peer.call(11, 'set_margins', 4)
      await peer.call(10, 'add_widget', ref(11), 100, 40)
      await peer.call(10, 'add_widget', ref(12), -5, 0)
      const { x, y, height } = await boxOf(page.locator('.pg-fixed-layout'))
      const place = async (name: string): Promise<number[]> => {
        const box = await buttonBox(page, name)
        return [box.x - x, box.y - y].map(Math.round)
      }
      t.strictSame(await place('one'), [104, 44], 'its margin is its own')
      t.strictSame(await place('two'), [-5, 0])
      t.equal(Math.round(height), 78)
      await peer.call(10, 'add_widget', ref(11), 10, null)
      t.strictSame(await place('one'), [14, 44], 'a coordinate that is not told stays')
      t.strictSame((await news(peer)).map(([, action, child]) => [action, child]), [['child-added', widgetRef(11, 'Button')], ['child-added', widgetRef(12, 'Button')]])
      await peer.listen(11, 'map')
      const [[, , map] = []] = await news(peer)
      t.strictSame([(map as Box).x, (map as Box).y], [14, 44], 'the place is told from the layout')
    })
    await t.test('lets what expands reach to its edges', async t => {
      const { peer, page } = await scene(t, 'FixedLayout')
      await peer.call(11, 'set_expanding', true, false)
      await peer.call(10, 'add_widget', ref(11), 98, 10)
      t.equal(Math.round((await buttonBox(page, 'one')).width), 300)
    })
    await t.test('clips what lies outside, and lets no slot stand before another widget', async t => {
      const { peer, page } = await scene(t, 'FixedLayout', [], [])
      await peer.listen(11, 'activated')
      await peer.call(10, 'add_widget', ref(11), 10, 10)
      await peer.call(10, 'add_widget', ref(12), 500, 200)
      await button(page, 'one').click()
      t.strictSame(await news(peer), [[11, 'activated']])
    })
  })

  await t.test('Separator', async t => {
    await t.test('is a line across a column', async t => {
      const { page } = await put(t, browser, 'Separator')
      const { width, height } = await boxOf(page.getByRole('separator'))
      t.strictSame([width, height], [398, 1])
      t.equal(await page.getByRole('separator').getAttribute('aria-orientation'), null)
    })
    await t.test('is as high as its row if it is vertical, however the row is aligned', async t => {
      const { peer, page } = await scene(t, 'HBox')
      await peer.call(2, 'add_widget', ref(10), 0)
      await peer.create(20, 'Separator', null, { orientation: 'vertical' })
      for (const wid of [11, 20, 12]) await peer.call(10, 'add_widget', ref(wid))
      const line = page.getByRole('separator')
      t.equal(await line.getAttribute('aria-orientation'), 'vertical')
      for (const align of ['top', 'center']) {
        await peer.call(10, 'set_align', align)
        const { width, height } = await boxOf(line)
        t.strictSame([width, height], [1, (await buttonBox(page, 'one')).height], align)
      }
      await peer.call(20, 'set_orientation', null)
      t.equal((await boxOf(line)).height, 1)
    })
  })

  await t.test('whatever is nested in whatever, nothing sticks out and nothing collapses', async t => {
    const { peer, page } = await open(t, browser)
    /** A container of each class, with the call that puts a child in. */
    const containers: ReadonlyArray<readonly [name: string, args: unknown[], attach: string, ...rest: unknown[]]> = [
      ['VBox', [], 'add_widget', 0], ['HBox', [], 'add_widget', 0], ['VBox', [], 'add_widget', 1], ['ButtonBox', [], 'add_widget'],
      ['GridBox', [], 'add_widget', 0, 0], ['FixedLayout', [], 'add_widget', 5, 5], ['Frame', [{ title: 'Frame' }], 'set_widget'],
      ['Splitter', [], 'add_widget'], ['Splitter', [{ orientation: 'vertical' }], 'add_widget'], ['TabWidget', [], 'add_widget', { title: 'Tab' }]
    ]
    let wid = 0
    const frames: object[] = []
    const create = (name: string, ...args: unknown[]): number => {
      frames.push({ type: 'create', wid: ++wid, class: name, args })
      return wid
    }
    const call = (wid: number, method: string, ...args: unknown[]): void => { frames.push({ type: 'call', wid, method, args }) }
    const names = containers.flatMap(([outer, , , a]) => containers.map(([inner, , , b]) => `${inner} (${JSON.stringify(b)}) in ${outer} (${JSON.stringify(a)})`))
    for (const [outer, outerArgs, attach, ...rest] of containers) {
      for (const [inner, innerArgs, attachInner, ...restInner] of containers) {
        const label = create('Label', 'A text that is much too long to stand in one line of so small a window')
        const within = create(inner, ...innerArgs)
        call(within, attachInner, ref(label), ...restInner)
        const around = create(outer, ...outerArgs)
        call(around, attach, ref(within), ...rest)
        const window = create('TopLevel', { title: null })
        call(window, 'set_widget', ref(around))
        call(window, 'resize', 180, 160)
        call(window, 'show')
      }
    }
    await peer.askAll(...frames as Frame[] as never[])
    const faults = await page.locator('.pg-window').evaluateAll(windows => windows.map(window => {
      const parts = [...window.querySelectorAll('.pg-window-content .pg-widget')]
      return parts.flatMap(part => {
        const { left, right, top, bottom, width, height } = part.getBoundingClientRect()
        const outer = (part.parentElement?.closest('.pg-widget') as Element).getBoundingClientRect()
        const name = part.className
        // A pane may be scrolled in, but only up and down: text can always be broken.
        const inside = left >= outer.left - 1 && right <= outer.right + 1 && top >= outer.top - 1
        const scrolls = part.closest('.pg-pane, .pg-tab-panel, .pg-window-content') !== null
        return [
          ...(inside && (bottom <= outer.bottom + 1 || scrolls) ? [] : [`${name} sticks out`]),
          ...(width >= 20 && height >= 14 ? [] : [`${name} is ${width} by ${height}`])
        ]
      })
    }))
    t.equal(faults.length, names.length)
    t.strictSame(faults.flatMap((found, i) => found.map(text => `${names[i] as string}: ${text}`)), [])
  })

  await t.test('a text breaks rather than burst its container, be it one word', async t => {
    const { peer, page } = await scene(t, 'VBox')
    for (const [i, text] of ['many words '.repeat(40), 'w'.repeat(400)].entries()) {
      await peer.create(20 + i, 'Label', text)
      await peer.call(10, 'add_widget', ref(20 + i))
    }
    for (const label of await page.locator('.pg-label').all()) {
      const { width, height } = await boxOf(label)
      t.ok(width <= 398 && height > 60, `${width} by ${height}`)
    }
  })

  await t.test('the size of a child of a box counts, be it given before or after adding, and after a replay', async t => {
    const { peer, page } = await scene(t, 'HBox')
    await peer.call(11, 'resize', 150, 60)
    await peer.call(10, 'add_widget', ref(11))
    await peer.call(10, 'add_widget', ref(12))
    await peer.call(12, 'resize', 120, null)
    const sizes = async (): Promise<number[]> => (await Promise.all(['one', 'two'].map(async name => await buttonBox(page, name)))).map(({ width }) => width)
    t.strictSame(await sizes(), [150, 120])
    await peer.replay(1000,
      { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] },
      { type: 'create', wid: 10, class: 'HBox', args: [] },
      { type: 'create', wid: 11, class: 'Button', args: ['one'] },
      { type: 'call', wid: 11, method: 'resize', args: [150, 60] },
      { type: 'call', wid: 10, method: 'add_widget', args: [ref(11)] },
      { type: 'create', wid: 12, class: 'Button', args: ['two'] },
      { type: 'call', wid: 10, method: 'add_widget', args: [ref(12)] },
      { type: 'call', wid: 12, method: 'resize', args: [120, null] },
      { type: 'call', wid: 1, method: 'set_widget', args: [ref(10)] },
      { type: 'call', wid: 1, method: 'resize', args: [400, 300] },
      { type: 'call', wid: 1, method: 'show', args: [] })
    t.strictSame(await sizes(), [150, 120])
  })

  await t.test('a child that is put elsewhere leaves where it was, in every kind of container', async t => {
    const { peer, page } = await scene(t, 'VBox')
    const puts: ReadonlyArray<readonly [name: string, method: string, ...rest: unknown[]]> = [
      ['HBox', 'add_widget'], ['ButtonBox', 'add_widget', 1], ['GridBox', 'add_widget', 1, 1], ['FixedLayout', 'add_widget', 30, 30], ['Frame', 'set_widget'],
      ['Splitter', 'add_widget'], ['TabWidget', 'add_widget', { title: 'Tab' }], ['VBox', 'add_widget', 0]
    ]
    await peer.call(10, 'add_widget', ref(11))
    const alone = await buttonBox(page, 'one')
    for (const [i, [name, method, ...rest]] of puts.entries()) {
      await peer.create(20 + i, name)
      await peer.call(10, 'add_widget', ref(20 + i))
      await peer.call(20 + i, method, ref(11), ...rest)
      const before = i === 0 ? 10 : 19 + i
      const left = (await peer.call(before, 'get_children')).value as Array<{ __wid__: number }>
      t.notOk(left.some(({ __wid__: wid }) => wid === 11), `it is not there any more when it is in ${name}`)
      t.equal(await button(page, 'one').count(), 1, name)
    }
    await peer.call(10, 'insert_widget', 0, ref(11))
    t.strictSame(await buttonBox(page, 'one'), alone, 'and no container leaves a trace on it')
  })

  await t.test('what is disabled, or in something that is, takes neither keys nor clicks', async t => {
    const { peer, page } = await scene(t, 'VBox')
    await peer.call(2, 'add_widget', ref(12))
    await peer.listen(11, 'activated')
    const containers = [
      ['HBox', 'add_widget'], ['GridBox', 'add_widget', 0, 0], ['FixedLayout', 'add_widget', 0, 0], ['ButtonBox', 'add_widget'],
      ['Splitter', 'add_widget'], ['TabWidget', 'add_widget'], ['StackWidget', 'add_widget'], ['ToolBar', 'add_widget'], ['Frame', 'set_widget'],
      ['ScrollArea', 'set_widget'], ['MDIWidget', 'add_widget']
    ] as const
    for (const [i, [name, method, ...rest]] of containers.entries()) {
      await peer.create(20 + i, name)
      await peer.call(10, 'add_widget', ref(20 + i), 1)
      await peer.call(20 + i, method, ref(11), ...rest)
      await peer.call(11, 'set_focus')
      await peer.call(20 + i, 'set_enabled', false)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      t.not(await page.evaluate(() => document.activeElement?.textContent), 'one', name)
      const { x, y } = await buttonBox(page, 'one')
      await page.mouse.click(x + 5, y + 5)
      t.strictSame(await news(peer), [], name)
      await peer.call(20 + i, 'set_enabled', true)
      await button(page, 'one').click()
      t.strictSame(await news(peer), [[11, 'activated']], name)
      await peer.call(20 + i, 'hide')
    }
    await peer.call(1, 'set_enabled', false)
    await page.keyboard.press('Tab')
    t.ok(await page.evaluate(() => document.activeElement === document.body), 'nor in a window')
  })

  await t.test('set_focus leads to the control of a composite, and to the first in a container that can take it', async t => {
    const { peer, page } = await scene(t, 'VBox')
    const composites = [
      ['Slider'], ['Dial'], ['SpinBox'], ['ScrollBar'], ['ComboBox'], ['ComboBox', { editable: true }], ['CheckBox', 'tick'], ['RadioButton', 'choose'],
      ['TextEntry', ''], ['TextEntrySet', ''], ['TextArea'], ['ColorWidget'], ['AbstractScrollArea']
    ] as const
    for (const [i, [name, ...args]] of composites.entries()) {
      await peer.create(20 + i, name, ...args)
      await peer.call(10, 'add_widget', ref(20 + i))
      await peer.call(20 + i, 'set_focus')
      t.ok(await page.locator('.pg-box .pg-box > .pg-widget').nth(i).evaluate(element => element.contains(document.activeElement)), name)
    }
    await peer.create(40, 'GridBox')
    await peer.create(41, 'Label', 'Name')
    await peer.create(42, 'TextEntry', 'text in a grid')
    await peer.call(40, 'add_widget', ref(41), 0, 0)
    await peer.call(40, 'add_widget', ref(42), 0, 1)
    await peer.call(10, 'add_widget', ref(40))
    await peer.call(40, 'set_focus')
    t.equal(await page.evaluate(() => (document.activeElement as HTMLInputElement).value), 'text in a grid')
  })

  await t.test('resize and map tell the border box, in whole px', async t => {
    const { peer, page } = await scene(t, 'VBox')
    await peer.call(10, 'set_padding', [7, 9, 0, 0])
    await peer.call(11, 'set_border_width', 3)
    await peer.call(11, 'set_padding', 5)
    await peer.call(11, 'resize', 120.4, 50)
    await peer.call(10, 'set_align', 'left')
    await peer.listen(11, 'resize', 'map')
    t.strictSame(await news(peer), [])
    await peer.call(10, 'add_widget', ref(11))
    await animationFrames(page, 2)
    const { x, y } = await buttonBox(page, 'one')
    t.strictSame((await news(peer)).sort(), [
      [11, 'map', { x: 7, y: 9, viewport_x: Math.round(x), viewport_y: Math.round(y), width: 120, height: 50 }],
      [11, 'resize', { width: 120, height: 50 }]
    ])
    await peer.call(2, 'hide')
    await animationFrames(page, 2)
    t.strictSame(await news(peer), [[11, 'resize', { width: 0, height: 0 }]])
    await peer.call(2, 'show')
    await animationFrames(page, 2)
    t.strictSame((await news(peer)).map(([, action]) => action).sort(), ['map', 'resize'], 'each time it appears')
  })

  await t.test('limits, borders, paddings and fonts can be given and taken back', async t => {
    const { peer, page } = await scene(t, 'VBox')
    await peer.call(10, 'add_widget', ref(11))
    await peer.call(10, 'set_align', 'left')
    const before = await buttonBox(page, 'one')
    const look = async (): Promise<Record<string, string>> => await button(page, 'one').evaluate(element => {
      const { borderWidth, borderStyle, fontFamily } = getComputedStyle(element)
      return { borderWidth, borderStyle, fontFamily, title: (element as HTMLElement).title }
    })
    const plain = await look()
    await peer.call(11, 'set_min_size', 200, null)
    await peer.call(11, 'set_max_size', null, 20)
    await peer.call(11, 'set_font', 'monospace')
    await peer.call(11, 'set_bg', 'rgb(1, 2, 3)')
    await peer.call(11, 'set_tooltip', 'Help')
    t.equal((await buttonBox(page, 'one')).width, 200)
    // A colour comes and goes by degrees.
    const isDark = (): boolean => getComputedStyle(document.querySelector('.pg-button') as Element).backgroundColor === 'rgb(1, 2, 3)'
    await page.waitForFunction(isDark)
    t.match(await look(), { fontFamily: 'monospace', title: 'Help' })
    await peer.call(11, 'set_min_size', null, null)
    await peer.call(11, 'set_max_size', null, null)
    await peer.call(11, 'set_font', null)
    await peer.call(11, 'set_bg', '')
    await peer.call(11, 'set_tooltip', null)
    t.strictSame(await buttonBox(page, 'one'), before)
    t.notOk(await button(page, 'one').evaluate(element => element.style.backgroundColor), 'the theme has it again')
    t.strictSame(await look(), plain)
    await peer.call(11, 'set_border_width', 4)
    t.match(await look(), { borderWidth: '4px', borderStyle: 'solid' })
    await peer.call(11, 'set_border_width', 0)
    t.match(await look(), { borderWidth: '0px', borderStyle: 'none' })
  })
}
