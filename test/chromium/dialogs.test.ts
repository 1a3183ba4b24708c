import t from 'tap'
import type { Locator, Page } from 'playwright-core'
import type { Test } from 'tap'
import { seriousFaults } from './axe.ts'
import { launch, open } from './support.ts'
import type { Opened, Request } from './support.ts'
import { news, put, ref, stopTime } from './widget-support.ts'

const browser = await launch(t)

/** What has the focus: its text, or that of the widget around it. */
const focused = async (page: Page): Promise<string> => await page.evaluate(() => {
  const { activeElement } = document
  return activeElement instanceof HTMLInputElement ? `input ${activeElement.value}` : activeElement?.textContent ?? ''
})
const dialogOf = (page: Page, name: string): Locator => page.getByRole('dialog', { name, exact: true })
const press = async (page: Page, name: string): Promise<void> => await page.getByRole('button', { name, exact: true }).click()
/** Until all that was asked for is done and the focus has followed. */
const settle = async ({ peer, page }: Opened): Promise<void> => {
  await peer.callbacks()
  await page.evaluate(async () => await new Promise(resolve => requestAnimationFrame(() => resolve(null))))
}

const make = (wid: number, title: string | null, buttons: unknown, options: Request = {}): Request[] => [
  { type: 'create', wid, class: 'Dialog', args: [title, buttons, options] },
  ...['activated', 'close', 'move', 'resize'].map(action => ({ type: 'listen', wid, action }))
]
const call = (wid: number, method: string, ...args: unknown[]): Request => ({ type: 'call', wid, method, args })

/** A window with the buttons Before and After, the former focused, and a dialog (10) with Yes, No. */
async function stage (t: Test, options: Request = {}): Promise<Opened> {
  const opened = await open(t, browser!)
  const { peer, page } = opened
  await peer.askAll(
    { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] },
    { type: 'create', wid: 2, class: 'VBox', args: [] },
    { type: 'create', wid: 3, class: 'Button', args: ['Before'] },
    { type: 'create', wid: 4, class: 'Button', args: ['After'] },
    call(2, 'add_widget', ref(3)), call(2, 'add_widget', ref(4)), call(1, 'set_widget', ref(2)), call(1, 'show'),
    { type: 'listen', wid: 3, action: 'activated' },
    ...make(10, 'Sure?', [['Yes', true], ['No', { no: 1 }]], options)
  )
  await page.getByRole('button', { name: 'Before' }).focus()
  return opened
}

if (browser !== null) {
  await t.test('Dialog', async t => {
    await t.test('answers with the value of the button that is pressed, and stays', async t => {
      const { peer, page } = await stage(t)
      await peer.call(10, 'show')
      await press(page, 'No')
      await press(page, 'Yes')
      t.strictSame(await news(peer), [[10, 'activated', { no: 1 }], [10, 'activated', true]])
      t.ok(await dialogOf(page, 'Sure?').isVisible())
    })

    await t.test('that closes by itself is hidden after the answer', async t => {
      const { peer, page } = await stage(t, { autoclose: true })
      await peer.call(10, 'show')
      await press(page, 'Yes')
      t.strictSame(await news(peer), [[10, 'activated', true]])
      t.equal(await dialogOf(page, 'Sure?').count(), 0)
      t.equal((await peer.call(10, 'is_visible')).value, false)
    })

    await t.test('takes buttons that are plain texts as caption and value', async t => {
      const { peer, page } = await open(t, browser)
      await peer.askAll(...make(10, 'Really?', ['Stop', 'Go on']), call(10, 'show'))
      await press(page, 'Go on')
      t.strictSame(await news(peer), [[10, 'activated', 'Go on']])
    })

    await t.test('has buttons added, which report for themselves as well', async t => {
      const { peer, page } = await stage(t)
      await peer.askAll(
        { type: 'create', wid: 11, class: 'Button', args: ['Perhaps'] }, { type: 'listen', wid: 11, action: 'activated' },
        call(10, 'add_button', ref(11), 'perhaps'), call(10, 'show'))
      await press(page, 'Perhaps')
      t.strictSame(await news(peer), [[11, 'activated'], [10, 'activated', 'perhaps']])
      t.strictSame((await peer.call(10, 'get_children')).value, [], 'they are not in the column')
      await peer.call(10, 'remove_widget', ref(11))
      t.equal(await page.getByRole('button', { name: 'Perhaps' }).count(), 0)
      await peer.call(10, 'add_widget', ref(11))
      await press(page, 'Perhaps')
      t.strictSame(await news(peer), [[11, 'activated']], 'in the column it is a button like any other')
    })

    await t.test('has a column, in the order in which it was filled, buttons aside', async t => {
      const { peer, page } = await stage(t)
      await peer.listen(10, 'child-added', 'child-removed')
      await peer.askAll(...[11, 12, 13, 14].map(wid => ({ type: 'create', wid, class: 'Label', args: [`Text ${wid}`] })),
        { type: 'create', wid: 15, class: 'Button', args: ['Added'] },
        call(10, 'add_button', ref(15), 1), call(10, 'add_widget', ref(11)), call(10, 'add_widget', ref(12), 1),
        call(10, 'insert_widget', 1, ref(13)), call(10, 'insert_widget', 99, ref(14)), call(10, 'show'))
      const texts = async (): Promise<string[]> => await dialogOf(page, 'Sure?').locator('.pg-label').allTextContents()
      t.strictSame(await texts(), ['Text 11', 'Text 13', 'Text 12', 'Text 14'])
      const tops = await dialogOf(page, 'Sure?').locator('.pg-label').evaluateAll(labels => labels.map(label => label.getBoundingClientRect().top))
      t.strictSame(tops, [...new Set(tops)].sort((a, b) => a - b), 'one below the other')
      t.equal((await peer.call(10, 'num_children')).value, 4)
      t.equal((await peer.callbacks()).filter(({ action }) => action === 'child-added').length, 5)
      await peer.call(10, 'remove', ref(12))
      t.strictSame(await texts(), ['Text 11', 'Text 13', 'Text 14'], 'what the reference page leaves in')
      await peer.call(10, 'set_widget', ref(14))
      t.strictSame(await texts(), ['Text 14'])
      await peer.call(10, 'remove_all')
      t.strictSame(await texts(), [])
      t.ok(await page.getByRole('button', { name: 'Added' }).isVisible(), 'the row is not the column')
      const { value: area } = await peer.call(10, 'get_content_area')
      t.match(area, { __class__: 'VBox' })
      await peer.call((area as { __wid__: number }).__wid__, 'add_widget', ref(11))
      t.strictSame(await texts(), ['Text 11'])
      t.equal((await peer.call(10, 'num_children')).value, 0)
    })

    await t.test('stands in the middle until it is moved, whatever becomes of its content', async t => {
      const { peer, page } = await stage(t)
      await peer.call(10, 'show')
      const dialog = dialogOf(page, 'Sure?')
      const middle = async (): Promise<number[]> => {
        const box = await dialog.boundingBox()
        return box === null ? [] : [Math.round(box.x + box.width / 2), Math.round(box.y + box.height / 2)]
      }
      t.strictSame(await middle(), [640, 400])
      await peer.askAll({ type: 'create', wid: 11, class: 'Label', args: ['A good deal of text\nin several lines'] }, call(10, 'add_widget', ref(11)))
      t.strictSame(await middle(), [640, 400])
      await page.setViewportSize({ width: 1000, height: 600 })
      t.strictSame(await middle(), [500, 300])
      const title = await dialog.locator('.pg-window-title').boundingBox()
      await page.mouse.move(title!.x + 40, title!.y + 10)
      await page.mouse.down()
      await page.mouse.move(title!.x - 60, title!.y + 60)
      await page.mouse.up()
      t.strictSame(await middle(), [400, 350])
      t.match(await news(peer), [[10, 'move', Number, Number]])
      await page.setViewportSize({ width: 1280, height: 800 })
      t.strictSame(await middle(), [400, 350], 'from then on it stays')
      await peer.call(10, 'hide')
      await peer.call(10, 'popup', 30, 40)
      t.match(await dialog.boundingBox(), { x: 30, y: 40 })
    })

    await t.test('that is resized in the middle keeps its other edge, and says where it is', async t => {
      const { peer, page } = await stage(t)
      await peer.askAll(call(10, 'resize', 400, 200), call(10, 'show'))
      await page.mouse.move(839, 499)
      await page.mouse.down()
      await page.mouse.move(889, 529)
      await page.mouse.up()
      t.match(await dialogOf(page, 'Sure?').boundingBox(), { x: 440, y: 300, width: 450, height: 230 })
      t.strictSame((await news(peer)).filter(([, action]) => action === 'move'), [[10, 'move', 440, 300]])
    })

    await t.test('asks to close by × and by Escape, and hides for neither by itself', async t => {
      const { peer, page } = await stage(t)
      await peer.call(10, 'show')
      await dialogOf(page, 'Sure?').getByRole('button', { name: 'Close' }).click()
      await page.keyboard.press('Escape')
      t.strictSame(await news(peer), [[10, 'close'], [10, 'close']])
      t.ok(await dialogOf(page, 'Sure?').isVisible())
      await peer.askAll(...make(20, 'Stay', [['OK', 1]], { closeable: false, modal: true }), call(20, 'show'))
      await page.keyboard.press('Escape')
      t.strictSame(await news(peer), [], 'one that may not be closed does not ask')
    })

    await t.test('presses its default button at Enter in a field, and another one if told so', async t => {
      const { peer, page } = await stage(t)
      await peer.askAll({ type: 'create', wid: 11, class: 'TextEntry', args: ['name'] }, { type: 'listen', wid: 11, action: 'activated' },
        { type: 'create', wid: 12, class: 'Button', args: ['Inside'] }, { type: 'listen', wid: 12, action: 'activated' },
        call(10, 'add_widget', ref(11)), call(10, 'add_widget', ref(12)), call(10, 'show'))
      await dialogOf(page, 'Sure?').getByRole('textbox').press('Enter')
      t.strictSame(await news(peer), [[11, 'activated', 'name'], [10, 'activated', true]])
      await page.getByRole('button', { name: 'Inside' }).press('Enter')
      t.strictSame(await news(peer), [[12, 'activated']], 'a button does not need it')
      await peer.call(10, 'set_default_button', 1)
      await dialogOf(page, 'Sure?').getByRole('textbox').press('Enter')
      t.strictSame(await news(peer), [[11, 'activated', 'name'], [10, 'activated', { no: 1 }]])
      await peer.call(10, 'set_default_button', null)
      await dialogOf(page, 'Sure?').getByRole('textbox').press('Enter')
      t.strictSame(await news(peer), [[11, 'activated', 'name']])
    })
  })

  await t.test('a modal Dialog', async t => {
    const modal = async (t: Test): Promise<Opened> => {
      const opened = await stage(t, { modal: true })
      await opened.peer.call(10, 'show')
      await settle(opened)
      return opened
    }
    const inert = async (page: Page): Promise<boolean> => await page.locator('.pg-stage').evaluate(element => (element as HTMLElement).inert)
    const backdrops = async (page: Page): Promise<number> => await page.locator('.pg-modal').count()

    await t.test('takes the focus, keeps it, and gives it back', async t => {
      const opened = await modal(t)
      const { peer, page } = opened
      t.equal(await dialogOf(page, 'Sure?').getAttribute('aria-modal'), 'true')
      t.equal(await focused(page), 'Yes', 'without another control it is the default button that has it')
      const path: string[] = []
      for (const key of ['Tab', 'Tab', 'Tab', 'Tab', 'Shift+Tab']) {
        await page.keyboard.press(key)
        path.push(await page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent ?? ''))
      }
      t.strictSame(path, ['No', 'Sure?', 'Close', 'Yes', 'Close'])
      await peer.call(10, 'hide')
      t.equal(await focused(page), 'Before')
      t.equal(await backdrops(page), 0)
    })

    await t.test('puts the focus into its first control', async t => {
      const opened = await stage(t, { modal: true })
      const { peer, page } = opened
      // Shown before it is filled, in one frame.
      await peer.askAll(call(10, 'show'), { type: 'create', wid: 11, class: 'TextEntry', args: ['first'] }, call(10, 'add_widget', ref(11)))
      await settle(opened)
      t.equal(await focused(page), 'input first')
    })

    await t.test('keeps pointer and keyboard from everything else, but for menus of its own', async t => {
      const { peer, page } = await modal(t)
      const before = await page.getByText('Before').boundingBox()
      await page.mouse.click(before!.x + 5, before!.y + 5)
      t.strictSame(await news(peer), [])
      t.equal(await focused(page), 'Yes', 'a press beside it leaves the focus alone')
      await page.getByText('Before').evaluate(element => (element.closest('button') as HTMLElement).focus())
      t.equal(await focused(page), 'Yes', 'nor can anything there take it')
      await peer.askAll({ type: 'create', wid: 11, class: 'ComboBox', args: [] }, call(11, 'append_text', 'one'), call(11, 'append_text', 'two'),
        call(10, 'add_widget', ref(11)), { type: 'listen', wid: 11, action: 'activated' })
      await page.getByRole('combobox').click()
      await page.getByRole('option', { name: 'two' }).click()
      t.strictSame(await news(peer), [[11, 'activated', 1, 'two']])
    })

    await t.test('stacks: each is before the one that was there, and leaves to it', async t => {
      const opened = await modal(t)
      const { peer, page } = opened
      await peer.askAll(...make(20, 'Really?', ['OK'], { modal: true }), call(20, 'popup', 500, 200))
      await settle(opened)
      t.equal(await focused(page), 'OK')
      await page.getByText('Yes').click({ trial: true, timeout: 300 }).then(() => t.fail('the lower one can be reached'), () => {})
      await peer.call(10, 'raise_')
      await settle(opened)
      t.equal(await focused(page), 'Yes')
      await press(page, 'Yes')
      t.strictSame(await news(peer), [[10, 'activated', true]])
      await peer.call(10, 'hide')
      await settle(opened)
      t.equal(await focused(page), 'OK')
      await peer.call(20, 'destroy')
      t.equal(await inert(page), false)
      t.equal(await backdrops(page), 0)
    })

    await t.test('leaves no backdrop behind, in whatever order it is called', async t => {
      const opened = await stage(t)
      const { peer, page } = opened
      const orders: ReadonlyArray<ReadonlyArray<[method: string, ...args: unknown[]]>> = [
        [['set_modal', true], ['show'], ['show'], ['popup'], ['popup', 5, 5], ['hide']],
        [['show'], ['set_modal', true], ['set_modal', true], ['raise_'], ['lower'], ['hide'], ['hide']],
        [['set_modal', true], ['show'], ['set_modal', false], ['hide'], ['set_modal', true]],
        [['show'], ['hide'], ['set_modal', false], ['show'], ['set_modal', true], ['toggle_maximize'], ['toggle_maximize'], ['set_modal', false]]
      ]
      for (const order of orders) {
        for (const [method, ...args] of order) t.match(await peer.call(10, method, ...args), { type: 'result' })
        const shown = ['show', 'popup'].includes(order.findLast(([method]) => ['show', 'popup', 'hide'].includes(method))?.[0] ?? '')
        const isModal = order.findLast(([method]) => method === 'set_modal')?.[1] === true
        t.equal(await backdrops(page), shown && isModal ? 1 : 0, JSON.stringify(order))
        t.equal(await inert(page), shown && isModal)
        await peer.call(10, 'hide')
      }
      await press(page, 'Before')
      t.match(await news(peer), [[3, 'activated']])
    })

    await t.test('that becomes so while it is shown stands on its backdrop, as does one that is raised', async t => {
      const opened = await stage(t)
      const { peer, page } = opened
      await peer.call(10, 'show')
      for (const [method, ...args] of [['set_modal', true], ['raise_']] as const) {
        await peer.call(10, method, ...args)
        await settle(opened)
        t.ok(['Yes', 'No'].includes(await focused(page)))
        await press(page, 'No')
        t.match(await news(peer), [[10, 'activated', { no: 1 }]])
      }
      await peer.call(1, 'raise_')
      await press(page, 'Yes')
      t.match(await news(peer), [[10, 'activated', true]], 'no window comes before it')
      t.ok(await dialogOf(page, 'Sure?').evaluate(element => element.classList.contains('pg-active')))
    })

    await t.test('leaves controls their place in the order of tabs', async t => {
      const opened = await stage(t, { modal: true })
      const { peer, page } = opened
      await peer.askAll({ type: 'create', wid: 11, class: 'ToolBar', args: [] }, { type: 'create', wid: 12, class: 'ToolBarAction', args: [{ text: 'Run' }] },
        { type: 'create', wid: 13, class: 'ToolBarAction', args: [{ text: 'Stop' }] }, call(2, 'add_widget', ref(11)), call(11, 'add_widget', ref(12)), call(10, 'show'))
      await peer.call(11, 'add_widget', ref(13))
      await settle(opened)
      await peer.call(10, 'hide')
      t.equal(await page.locator('[role=toolbar] [tabindex="0"]').count(), 1)
    })

    await t.test('has the focus after a replay as before, and asks for it no second time', async t => {
      const opened = await modal(t)
      const { peer, page } = opened
      const frames = [
        { type: 'create', wid: 1, class: 'TopLevel', args: [{ title: 'Window' }] },
        { type: 'create', wid: 3, class: 'Button', args: ['Before'] }, call(1, 'set_widget', ref(3)),
        ...make(10, 'Sure?', [['Yes', true], ['No', false]], { modal: true }), call(1, 'show'), call(10, 'show')
      ]
      await page.keyboard.press('Tab')
      await page.evaluate(() => {
        document.addEventListener('focusin', ({ target }) => { document.body.dataset.went = `${document.body.dataset.went ?? ''}${(target as Element).textContent}|` })
      })
      await peer.replay(1000, ...frames)
      await settle(opened)
      t.equal(await focused(page), 'No')
      t.equal(await page.evaluate(() => document.body.dataset.went), 'No|', 'it went nowhere else in between')
      t.equal(await backdrops(page), 1)
      await peer.call(10, 'hide')
      t.equal(await focused(page), 'Before', 'where it was is remembered through the replay')
    })

    await t.test('shown already when the page opens has the focus', async t => {
      const opened = await open(t, browser)
      await opened.peer.replay(1000, ...make(10, 'Sure?', ['Yes'], { modal: true }), call(10, 'show'))
      await settle(opened)
      t.equal(await focused(opened.page), 'Yes')
    })

    await t.test('leaves the page around it alone', async t => {
      const opened = await stage(t, { modal: true })
      const { peer, page } = opened
      await page.evaluate(() => {
        // As a host page would have it: the client in an element, and something of the host's own beside it.
        const field = document.createElement('input')
        field.value = 'host'
        field.style.cssText = 'position:fixed;inset:auto 0 0 auto'
        document.documentElement.append(field)
        field.focus()
      })
      await peer.call(10, 'show')
      await settle(opened)
      t.equal(await focused(page), 'input host', 'who types there goes on')
      t.equal(await page.evaluate(() => document.documentElement.lastElementChild?.matches('[inert] *')), false)
    })

    for (const colorScheme of ['light', 'dark'] as const) {
      await t.test(`is a sheet on a small screen, with nothing that axe finds serious, ${colorScheme}`, async t => {
        const opened = await open(t, browser, { viewport: { width: 390, height: 844 }, colorScheme })
        const { peer, page } = opened
        await peer.askAll(...make(10, 'Sure?', [['Yes', true], ['No', false]], { modal: true }),
          { type: 'create', wid: 11, class: 'Label', args: ['All of it will be lost.'] }, { type: 'create', wid: 12, class: 'StatusBar', args: [] },
          call(12, 'set_message', 'Ready'), call(10, 'add_widget', ref(11)), call(10, 'add_widget', ref(12)), call(10, 'show'))
        await settle(opened)
        const box = await dialogOf(page, 'Sure?').boundingBox()
        t.match(box, { x: 0, width: 390 })
        t.equal(Math.round(box!.y + box!.height), 844)
        t.strictSame(await seriousFaults(page), [])
      })
    }
  })

  await t.test('StatusBar', async t => {
    await t.test('shows text as text, in a live region', async t => {
      const { peer, page } = await put(t, browser, 'StatusBar', [{ halign: 'right' }])
      const status = page.locator('.pg-status-bar[role=status]')
      await peer.call(10, 'set_message', '<b>Done</b>')
      t.equal(await status.textContent(), '<b>Done</b>')
      t.equal(await status.getAttribute('aria-live'), 'polite')
      const height = (await status.boundingBox())?.height
      await peer.call(10, 'clear')
      t.equal((await peer.call(10, 'get_text')).value, '')
      t.equal((await status.boundingBox())?.height, height, 'empty it keeps its height')
    })
    await t.test('takes a message away after its time, but not one that came meanwhile', async t => {
      const { peer, page } = await put(t, browser, 'StatusBar')
      const status = page.locator('.pg-status-bar[role=status]')
      await stopTime(page)
      await peer.call(10, 'set_message', 'Passing', 500)
      await page.clock.runFor(400_000)
      t.equal(await status.textContent(), 'Passing')
      await page.clock.runFor(200_000)
      t.equal(await status.textContent(), '')
      for (const [method, text] of [['set_message', 'Staying'], ['set_text', 'Text']] as const) {
        await peer.call(10, 'set_message', 'Passing', 500)
        await peer.call(10, method, text)
        await page.clock.runFor(600_000)
        t.equal(await status.textContent(), text)
      }
      await peer.call(10, 'set_message', 'Passing', 500)
      t.match(await peer.call(10, 'destroy'), { type: 'result' })
      await page.clock.runFor(600_000)
    })
    await t.test('opens a menu, as labels do', async t => {
      const { peer, page } = await put(t, browser, 'StatusBar')
      await peer.askAll({ type: 'create', wid: 20, class: 'Menu', args: [] }, { type: 'create', wid: 21, class: 'MenuAction', args: [{ text: 'Copy' }] },
        call(20, 'add_widget', ref(21)), call(10, 'set_message', 'Line 3'), call(10, 'set_menu', ref(20)))
      await page.getByRole('button', { name: 'Line 3' }).click()
      t.ok(await page.getByRole('menuitem', { name: 'Copy' }).isVisible())
      await peer.call(10, 'set_menu', null)
      t.ok(await page.locator('.pg-status-bar[role=status]').isVisible())
    })
  })
}
