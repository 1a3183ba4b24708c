/** What people do, as data: each scenario is played by every driver, and must end in the same state with all of them. */
import type { Button, Session } from '../../lib/index.ts'
import type { View } from './driver.ts'

export interface Scenario {
  readonly name: string
  /** Uses what a reference page does not have, so that it ends otherwise there. */
  readonly extended?: boolean
  /** The user interface. */
  build (session: Session): void
  /** What people do; returns the pages that are open at the end. */
  run (view: View, session: Session): Promise<readonly View[]>
}

/** A window with one of each that people put something into; everything leaves a trace in the status line. */
function panel (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Panel', minimizable: true, maximizable: true, name: 'top' })
  top.resize(640, 560)
  top.setPosition(20, 20)
  const box = W.VBox({ spacing: 4 })
  const bar = W.MenuBar()
  const file = bar.addName('File')
  const save = file.addName('Save')
  const wrap = file.addName('Wrap lines', true)
  const tools = W.ToolBar()
  const left = tools.addAction({ text: 'Left', toggle: true })
  const right = tools.addAction({ text: 'Right', group: left })
  const plain = tools.addAction('Plain')
  const status = W.Label('Ready', { name: 'status' })
  const button = W.Button('Count')
  const check = W.CheckBox('Armed')
  const slider = W.Slider({ min: 0, max: 100, step: 5, value: 50 })
  const entry = W.TextEntry('')
  const combo = W.ComboBox({ editable: true })
  for (const item of ['red', 'green', 'blue']) combo.appendText(item)
  const tabs = W.TabWidget({ closable: true })
  for (const title of ['One', 'Two', 'Three']) tabs.addWidget(W.Label(`Page ${title}`), { title })
  const progress = W.ProgressBar()

  let count = 0
  button.on('activated', () => button.setText(`Counted ${++count}`))
  check.on('activated', on => status.setText(on ? 'Armed' : 'Safe'))
  slider.on('activated', value => progress.setValue(value / 100))
  entry.on('activated', text => {
    status.setText(text)
    entry.clear()
  })
  combo.on('activated', (index, text) => status.setText(`${index}: ${text}`))
  tabs.on('page-close', page => tabs.remove(page))
  save.on('activated', () => status.setText('Saved'))
  wrap.on('activated', on => status.setText(`Wrap ${on}`))
  plain.on('activated', () => status.setText('Plain'))
  right.on('activated', on => status.setText(`Right ${on}`))

  for (const child of [bar, tools, status, button, check, slider, entry, combo, tabs, progress]) box.addWidget(child, 0)
  top.setWidget(box)
  top.show()
}

/** Pages in an order that people change, and sections that they open. */
function sections (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Sections' })
  top.resize(640, 480)
  top.setPosition(20, 20)
  const box = W.VBox({ spacing: 4 })
  const tabs = W.TabWidget({ name: 'tabs', reorderable: true, closable: true })
  for (const title of ['Trend', 'Alarms', 'Log', 'Set-up']) tabs.addWidget(W.Label(`Page ${title}`), { title })
  const limits = W.Expander({ title: 'Limits', shadow: true, name: 'limits' })
  limits.setWidget(W.CheckBox('Strict'))
  const notes = W.Expander({ title: 'Notes' })
  notes.setWidget(W.Label('None'))
  const fixed = W.Expander({ title: 'Always', collapsible: false })
  fixed.setWidget(W.Label('Open'))
  const stack = W.StackWidget({ name: 'stack' })
  for (const text of ['First', 'Second']) stack.addWidget(W.Label(text))
  for (const child of [tabs, limits, notes, fixed, stack]) box.addWidget(child, 0)
  top.setWidget(box)
  top.show()
}

/** A grid that buttons change, and a plan with something that moves. */
function form (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Form' })
  top.resize(500, 400)
  top.setPosition(20, 20)
  const grid = W.GridBox({ columns: 2, spacing: 6 })
  grid.addWidget(W.Label('Name'), 0, 0)
  grid.addWidget(W.TextEntry('A-117'), 0, 1)
  const buttons = W.ButtonBox({ halign: 'right', minButtonWidth: 80, spacing: 4 })
  let count = 0
  buttons.addWidget(W.Button('Add').on('activated', () => grid.insertRow(0, [W.Label(`Note ${++count}`), W.TextEntry()])))
  buttons.addWidget(W.Button('Drop').on('activated', () => grid.deleteRow(0)))
  const plan = W.FixedLayout()
  const robot = W.Button('Robot')
  plan.addWidget(robot, 10, 5)
  robot.on('activated', () => plan.addWidget(robot, 60 * ++count, 12.5))
  const box = W.VBox()
  for (const child of [grid, W.Separator(), buttons, W.Separator('vertical'), plan]) box.addWidget(child)
  top.setWidget(box)
  top.show()
}

/** Uses everything in the panel once. */
async function useAll (view: View): Promise<void> {
  await view.click(['Button'])
  await view.click(['CheckBox'])
  await view.dragSlider(['Slider'], 85)
  await view.type(['TextEntry'], 'a name')
  await view.choose(['ComboBox'], 'blue')
  await view.selectTab(['TabWidget'], 'Two')
  await view.click(['ToolBarAction', 'Left'])
  await view.click(['ToolBarAction', 'Right'])
  await view.click(['MenuAction', 'Wrap lines'])
  await view.moveWindow(['TopLevel'], 60, 40)
}

export const scenarios: readonly Scenario[] = [
  {
    name: 'everything is used once',
    build: panel,
    async run (view) {
      await useAll(view)
      return [view]
    }
  },
  {
    name: 'what was done is there after a reload',
    build: panel,
    async run (view) {
      await useAll(view)
      await view.reload()
      await view.click(['Button'])
      await view.reload()
      return [view]
    }
  },
  {
    name: 'a second page joins and both are used',
    build: panel,
    async run (view) {
      await view.dragSlider(['Slider'], 15)
      const second = await view.second()
      await useAll(second)
      await view.dragSlider(['Slider'], 30)
      await view.selectTab(['TabWidget'], 'Three')
      await second.click(['ToolBarAction', 'Left'])
      return [view, second]
    }
  },
  {
    name: 'the line drops and comes back, and others went on meanwhile',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.drop()
      await useAll(second)
      await view.reconnect()
      await view.click(['Button'])
      return [view, second]
    }
  },
  {
    name: 'text is entered and taken',
    build: panel,
    async run (view) {
      await view.type(['TextEntry'], 'first')
      await view.enter(['TextEntry'])
      await view.type(['TextEntry'], 'second')
      const second = await view.second()
      return [view, second]
    }
  },
  {
    name: 'a new text becomes an item of the list',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.type(['ComboBox'], 'violet')
      await view.enter(['ComboBox'])
      await second.choose(['ComboBox'], 'violet')
      await view.reload()
      return [view, second]
    }
  },
  {
    name: 'the page that is shown is closed',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.selectTab(['TabWidget'], 'Two')
      await view.closeTab(['TabWidget'], 'Two')
      await second.selectTab(['TabWidget'], 'One')
      return [view, second]
    }
  },
  {
    name: 'one of several is chosen, on two pages',
    build (session) {
      const W = session.getWidgets()
      const top = W.TopLevel({ title: 'Choices' })
      const box = W.VBox()
      const slow = W.RadioButton('Slow', { state: true })
      const lamp = W.ToggleButton('Lamp', { name: 'lamp' })
      for (const widget of [slow, W.RadioButton('Fast', { group: slow }), lamp, W.ToggleButton('Heater', { group: lamp }), W.CheckBox('Armed')]) box.addWidget(widget)
      top.setWidget(box)
      top.resize(300, 260)
      top.setPosition(40, 40)
      top.show()
    },
    async run (view, session) {
      const second = await view.second()
      await view.click(['RadioButton', 'Fast'])
      await second.click(['ToggleButton', 'Lamp'])
      await view.click(['ToggleButton', 'Heater'])
      await second.click(['RadioButton', 'Slow'])
      await view.click(['ToggleButton', 'Heater'])
      session.find('lamp', 'ToggleButton')?.setText('Light')
      await view.reload()
      await second.click(['CheckBox', 'Armed'])
      await second.click(['ToggleButton', 'Light'])
      return [view, second]
    }
  },
  {
    name: 'tabs are moved by two people, and a section is opened',
    extended: true,
    build: sections,
    async run (view, session) {
      const second = await view.second()
      await view.moveTab(['TabWidget'], 'Alarms', 0)
      await second.moveTab(['TabWidget'], 'Trend', 3)
      await view.toggle(['Expander', 'Limits'])
      await second.toggle(['Expander', 'Notes'])
      await second.selectTab(['TabWidget'], 'Log')
      const tabs = session.find('tabs', 'TabWidget')
      const log = tabs?.indexToWidget(tabs.getIndex())
      if (log != null) tabs?.setTabTitle(log, 'Log (2)')
      session.find('limits', 'Expander')?.setTitle('Limits (changed)')
      session.find('stack', 'StackWidget')?.setIndex(1)
      await view.settle()
      await view.reload()
      await view.toggle(['Expander', 'Notes'])
      return [view, second]
    }
  },
  {
    name: 'a form grows and shrinks, and something moves about',
    build: form,
    async run (view) {
      await view.click(['Button', 'Add'])
      await view.click(['Button', 'Add'])
      const second = await view.second()
      await second.click(['Button', 'Robot'])
      await second.click(['Button', 'Drop'])
      await view.click(['Button', 'Add'])
      await view.click(['Button', 'Robot'])
      return [view, second]
    }
  },
  {
    name: 'menus are used',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.click(['MenuAction', 'Save'])
      await view.click(['MenuAction', 'Wrap lines'])
      await second.click(['MenuAction', 'Wrap lines'])
      await second.click(['ToolBarAction', 'Plain'])
      return [view, second]
    }
  },
  {
    name: 'a window is moved, resized, minimised and brought back',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.moveWindow(['TopLevel'], 100, 80)
      await view.resizeWindow(['TopLevel'], 500, 400)
      await second.useWindow(['TopLevel'], 'minimize')
      await view.useWindow(['TopLevel'], 'minimize')
      await view.useWindow(['TopLevel'], 'maximize')
      return [view, second]
    }
  },
  {
    name: 'windows in a workspace are moved, sized, maximised and closed, on either page',
    // A reference page says nothing of what becomes of a window's state there.
    extended: true,
    build (session) {
      const W = session.getWidgets()
      const top = W.TopLevel({ title: 'Bench', name: 'top' })
      top.resize(700, 500)
      top.setPosition(20, 20)
      const status = W.Label('Ready', { name: 'status' })
      const mdi = W.MDIWidget({ name: 'mdi' })
      const box = W.VBox()
      box.addWidget(mdi, 1)
      box.addWidget(status)
      top.setWidget(box)
      for (const [i, title] of ['Trend', 'Log', 'Alarms'].entries()) {
        const window = mdi.addWidget(W.Button(`Use ${title}`).on('activated', () => status.setText(`${title} is used`)), { title, x: 20 + 40 * i, y: 20 + 60 * i, width: 260, height: 160 })
        window.on('window-state', state => status.setText(`${title} is ${state}`))
      }
      mdi.on('page-close', child => status.setText(`${(child as Button).getText()} is closed`))
      top.show()
    },
    async run (view) {
      const second = await view.second()
      await view.moveWindow(['MDISubWindow', 'Trend'], 380, 200)
      await second.resizeWindow(['MDISubWindow', 'Alarms'], 320, 180)
      await view.useWindow(['MDISubWindow', 'Log'], 'maximize')
      await second.click(['Button', 'Use Log'])
      await second.useWindow(['MDISubWindow', 'Log'], 'maximize')
      await view.useWindow(['MDISubWindow', 'Log'], 'minimize')
      await second.useWindow(['MDISubWindow', 'Alarms'], 'close')
      await view.reload()
      await second.moveWindow(['MDISubWindow', 'Trend'], 60, 120)
      return [view, second]
    }
  },
  {
    name: 'a window is closed, which hides it',
    build: panel,
    async run (view) {
      const second = await view.second()
      await view.useWindow(['TopLevel'], 'close')
      await second.reload()
      return [view, second]
    }
  },
  {
    name: 'dialogs ask, are answered on either page, and are closed',
    build (session) {
      const W = session.getWidgets()
      const top = W.TopLevel({ title: 'Bench' })
      const status = W.StatusBar({ name: 'status' })
      const box = W.VBox()
      const dialog = W.Dialog('Delete it?', [['Delete', { sure: true }], ['Keep', false]], { modal: true, name: 'dialog' })
      dialog.addWidget(W.Label('It will be lost.'))
      dialog.addButton(W.Button('Later'), 'later')
      box.addWidget(W.Button('Delete').on('activated', async () => {
        status.setMessage(JSON.stringify(await dialog.ask()))
      }))
      const settings = W.Dialog('Settings', ['OK'], { autoclose: true })
      settings.addWidget(W.TextEntry('bench 2'))
      settings.on('activated', () => status.setMessage('Settings kept'))
      box.addWidget(W.Button('Settings').on('activated', () => settings.popup(500, 60)))
      box.addWidget(status)
      top.setWidget(box)
      top.resize(300, 260)
      top.setPosition(40, 40)
      top.show()
    },
    async run (view, session) {
      const second = await view.second()
      await view.click(['Button', 'Delete'])
      await second.answer(['Dialog', 'Delete it?'], 'Delete')
      await second.click(['Button', 'Delete'])
      await view.reload()
      await view.answer(['Dialog', 'Delete it?'], 'Later')
      await view.click(['Button', 'Settings'])
      await second.answer(['Dialog', 'Settings'], 'OK')
      await view.click(['Button', 'Settings'])
      await view.click(['Button', 'Delete'])
      session.find('dialog', 'Dialog')?.resize(320, 180)
      await second.reload()
      return [view, second]
    }
  },
  {
    name: 'server code changes everything while two pages look on',
    build: panel,
    async run (view, session) {
      const second = await view.second()
      const top = session.find('top', 'TopLevel')
      const status = session.find('status', 'Label')
      session.batch(() => {
        top?.setTitle('Other')
        top?.resize(700, 500)
        status?.setText('From the server')
      })
      const W = session.getWidgets()
      const window = W.TopLevel({ title: 'More' })
      const frame = W.Frame({ title: 'Numbers' })
      const splitter = W.Splitter()
      splitter.addWidget(W.Label('left'))
      splitter.addWidget(W.Label('right'))
      splitter.setSizes([1, 2])
      frame.setWidget(splitter)
      window.setWidget(frame)
      window.resize(300, 200)
      window.setPosition(30, 30)
      window.show()
      status?.destroy()
      await view.settle()
      await second.reload()
      return [view, second]
    }
  }
]
