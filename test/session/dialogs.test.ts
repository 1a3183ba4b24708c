/** Dialogs and status bars: what the server makes of them, whatever page is in front of it. */
import t from 'tap'
import type { Test } from 'tap'
import type { Dialog, Session, WidgetFactories } from '../../lib/index.ts'
import { openBrowser, treeOf } from '../../lib/testing/index.ts'
import type { TestBrowser } from '../../lib/testing/index.ts'
import { headless, until } from '../support/app.ts'
import { inWindow, serve, show, thrown } from '../testing/support.ts'

/** Calls that a browser was sent, from the first frame on: method and arguments. */
const calls = ({ frames }: TestBrowser, wid: number): unknown[][] => frames
  .filter(({ direction }) => direction === 'in')
  .flatMap(({ messages }) => messages)
  .filter(message => message?.type === 'call' && message.wid === wid)
  .map(message => [message?.method, ...message?.args as unknown[]])

/** A session with a dialog, and two browsers in front of it. */
async function two (t: Test, build: (W: WidgetFactories) => Dialog): Promise<{ session: Session, dialog: Dialog, first: TestBrowser, second: TestBrowser }> {
  let dialog: Dialog | undefined
  const app = await serve(t, W => { dialog = build(W) })
  const first = await openBrowser(app, '/panel')
  const session = first.session as Session
  const second = await openBrowser(app, session.url())
  return { session, dialog: dialog as Dialog, first, second }
}

for (const page of ['ours', 'reference'] as const) {
  t.test(`a handler waits for a dialog's answer, page: ${page}`, async t => {
    const { browser, session } = await show(t, W => {
      const status = W.Label('Ready', { name: 'status' })
      const dialog = W.Dialog('Delete it?', [['Delete', { yes: 1 }], ['Keep', null]], { modal: true, autoclose: true })
      const button = W.Button('Delete')
      button.on('activated', async () => {
        dialog.show()
        const [value] = await dialog.once('activated')
        status.setText(JSON.stringify(value))
      })
      inWindow(W, button, status)
    }, {}, { dialect: page })
    await browser.get('Button').click()
    const dialog = browser.get('Dialog')
    t.equal(dialog.visible, true)
    t.match(thrown(() => browser.get('Button').click()), /Dialog#\d+, which is modal, is in front of it/)
    await dialog.press('Delete')
    t.equal(browser.get('Label', { name: 'status' }).text, '{"yes":1}')
    t.equal(dialog.visible, false)
    t.same(browser.tree(), treeOf(session))
    await browser.get('Button').click()
    await dialog.press(null)
    t.equal(browser.get('Label', { name: 'status' }).text, 'null')
    t.same(browser.errors, [])
  })
}

t.test('ask() shows a dialog, resolves with the answer or null, and hides it again', async t => {
  const answers: unknown[] = []
  const { browser, session } = await show(t, W => {
    const dialog = W.Dialog('Which?', ['Red', 'Blue'], { name: 'dialog' })
    inWindow(W, W.Button('Ask').on('activated', async () => {
      answers.push(await dialog.ask(30, 40))
      answers.push(await dialog.ask())
    }))
  })
  const dialog = browser.get('Dialog')
  await browser.get('Button').click()
  t.same([dialog.visible, dialog.position], [true, [30, 40]])
  await dialog.press('Blue')
  t.same([answers, dialog.visible], [['Blue'], true], 'asked again at once')
  await dialog.close()
  t.same([answers, dialog.visible], [['Blue', null], false])
  await browser.get('Button').click()
  await dialog.escape()
  t.same([answers, dialog.visible], [['Blue', null, null], true])
  session.find('dialog', 'Dialog')?.hide()
  await browser.idle()
  t.same(answers, ['Blue', null, null, null], 'hidden by server code it gets no answer')
  t.same(browser.tree(), treeOf(session))
})

t.test('a ColorDialog is asked for a colour, which is remembered; cancelled, it answers null', async t => {
  const answers: unknown[] = []
  const app = await serve(t, W => {
    const dialog = W.ColorDialog({ color: '#20a060', title: 'Trace' })
    dialog.addButton(W.Button('Standard'), '#0000ff')
    inWindow(W, W.Button('Ask').on('activated', async () => { answers.push(await dialog.ask()) }))
  })
  const browser = await openBrowser(app, '/panel')
  const session = browser.session as Session
  const dialog = browser.get('ColorDialog')
  const ask = browser.get('Button', { text: 'Ask' })
  const second = await openBrowser(app, session.url())
  await ask.click()
  await dialog.pick('rgb(1, 2, 3)')
  t.equal(second.get('ColorDialog').color, '#010203', 'another browser sees what is picked')
  await dialog.accept()
  t.same([answers, dialog.visible, dialog.color], [['#010203'], false, '#010203'])
  await ask.click()
  await dialog.pick('#040506')
  await dialog.cancel()
  t.same([answers.at(-1), dialog.visible, dialog.color], [null, false, '#040506'])
  t.same(second.tree(), treeOf(session))
  t.same((await openBrowser(app, session.url())).tree(), treeOf(session))
})

t.test('all who ask at the same time get the same answer', async t => {
  const { dialog, first } = await two(t, W => W.Dialog('Go?', ['Yes']))
  const both = Promise.all([dialog.ask(), dialog.ask()])
  await first.idle()
  await first.get('Dialog').press('Yes')
  t.same(await both, ['Yes', 'Yes'])
  t.equal(dialog.isVisible(), false)
})

t.test('who waits for an answer is told that the dialog or the session ended', async t => {
  const { W, session } = await headless(t)
  const [one, other] = [W.Dialog('One'), W.Dialog('Other')]
  const waiting = [one.ask(), other.ask()]
  one.destroy()
  await t.rejects(waiting[0] as Promise<unknown>, { code: 'PGW_ERR_WIDGET_DESTROYED' })
  session.destroy()
  await t.rejects(waiting[1] as Promise<unknown>, { code: 'PGW_ERR_SESSION_DESTROYED' })
  await t.rejects(one.ask(), { code: 'PGW_ERR_WIDGET_DESTROYED' })
})

t.test('plain texts as buttons travel as pairs', async t => {
  const { browser } = await show(t, W => W.Dialog('Title', ['OK', ['Cancel', 0]]).show())
  t.same(browser.get('Dialog').args.buttons, [['OK', 'OK'], ['Cancel', 0]])
  t.same(browser.get('Dialog').buttons, ['OK', 'Cancel'])
})

t.test('an answer hides a dialog that closes by itself in the other browsers too', async t => {
  const { session, dialog, first, second } = await two(t, W => {
    const dialog = W.Dialog('Go?', ['Yes'], { autoclose: true, modal: true })
    dialog.show()
    return dialog
  })
  await first.get('Dialog').press('Yes')
  await second.idle()
  t.same([dialog.isVisible(), first.get('Dialog').visible, second.get('Dialog').visible], [false, false, false])
  t.same(second.tree(), treeOf(session))
})

t.test('a dialog is shown once, and placed, by calls that do no harm to any page', async t => {
  const { dialog, first } = await two(t, W => W.Dialog('Go?', ['Yes'], { modal: true }))
  dialog.popup(5, 6)
  dialog.show()
  dialog.popup()
  dialog.popup(7, 8)
  await first.idle()
  t.same(calls(first, dialog.wid), [['set_position', 5, 6], ['show'], ['set_position', 7, 8]])
  t.same(dialog.getPosition(), [7, 8])
})

t.test('the column of a dialog keeps its order, whatever buttons are added', async t => {
  const { session, dialog, first } = await two(t, W => {
    const dialog = W.Dialog('Settings', ['OK'])
    dialog.addButton(W.Button('Apply', { name: 'apply' }), 'apply')
    const [a, b] = [W.Label('a'), W.Label('b')]
    dialog.addWidget(a)
    dialog.addWidget(b, 1)
    dialog.insertWidget(1, W.Label('c', { name: 'c' }))
    dialog.insertWidget(9, W.Label('d'))
    dialog.show()
    return dialog
  })
  const texts = (): unknown[] => dialog.getChildren().map(child => (child as { getText?: () => unknown }).getText?.())
  t.same(texts(), ['a', 'c', 'b', 'd'])
  t.equal(dialog.numChildren(), 4)
  t.same(first.get('Dialog').buttons, ['OK', 'Apply'])
  t.same(first.tree(), treeOf(session))
  dialog.remove(session.find('c', 'Label') as never)
  await first.idle()
  t.same(calls(first, dialog.wid).at(-1)?.[0], 'remove_widget', 'the other one does nothing in a reference page')
  t.same(first.tree(), treeOf(session))
  dialog.setWidget(session.find('c', 'Label') as never)
  t.same(texts(), ['c'])
  dialog.removeAll()
  t.same(texts(), [])
  await first.idle()
  t.same(first.get('Dialog').buttons, ['OK', 'Apply'], 'the row is not the column')
  const apply = session.find('apply', 'Button')
  dialog.addWidget(apply as never)
  await first.idle()
  t.same([first.get('Dialog').buttons, dialog.numChildren()], [['OK'], 1])
  t.same(first.tree(), treeOf(session))
})

t.test('an added button reports for itself and for the dialog', async t => {
  const heard: unknown[] = []
  const { browser } = await show(t, W => {
    const dialog = W.Dialog('Settings', [], { autoclose: true })
    const apply = W.Button('Apply')
    dialog.addButton(apply, { apply: true })
    apply.on('activated', () => heard.push('button'))
    dialog.on('activated', value => heard.push(value))
    dialog.show()
  })
  await browser.get('Button').click()
  t.same(heard, ['button', { apply: true }])
  t.equal(browser.get('Dialog').visible, false)
})

t.test('a dialog restored from a snapshot is the same, shown or not', async t => {
  const { app, session, W } = await headless(t)
  const dialog = W.Dialog('Go?', ['Yes'], { modal: true, defaultButton: null })
  dialog.addButton(W.Button('No'), false)
  dialog.addWidget(W.Label('text'))
  dialog.setSpacing(20)
  dialog.popup(4, 5)
  const restored = app.pgwidgets.createSession({ snapshot: JSON.parse(JSON.stringify(session.snapshot())) as never })
  t.same(treeOf(restored), treeOf(session))
})

t.test('a message is taken away by the server when its time is over, in all browsers, and comes back in none', async t => {
  const { app, session, W, show: join } = await headless(t)
  const status = W.StatusBar({ message: 'Ready', name: 'status' })
  t.equal(status.getText(), 'Ready')
  const browser = await join()
  status.setMessage('Saved', 0.05)
  t.equal(status.getText(), 'Saved')
  const passing = session.snapshot()
  await until(() => status.getText() === '', 'the message goes')
  await session.settled()
  t.same(browser.calls('set_message', status.wid), [['Ready'], ['Saved'], ['']], 'no page is asked to count')
  const late = await join()
  t.same(late.calls('set_message', status.wid), [])
  const restored = app.pgwidgets.createSession({ snapshot: passing })
  t.equal(restored.find('status', 'StatusBar')?.getText(), '', 'nor does it come back from storage')
})

t.test('a message with a duration is not the end of one that comes after it', async t => {
  const { W } = await headless(t)
  const status = W.StatusBar()
  const marker = W.StatusBar()
  for (const other of [() => status.setMessage('Other'), () => status.setText('Other'), () => { status.clear(); status.setText('Other') }]) {
    status.setMessage('Passing', 0.02)
    other()
    marker.setMessage('Later', 0.04)
    await until(() => marker.getText() === '', 'the later one has gone')
    t.equal(status.getText(), 'Other')
  }
  status.setMessage('Passing', 0.01)
  status.destroy()
  status.session.destroy()
  t.throws(() => status.setMessage('x'))
})
