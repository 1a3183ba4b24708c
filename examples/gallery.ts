/** Every widget class, each doing something. What was done last is told in the line at the bottom. */
import type { FastifyInstance } from 'fastify'
import type { Button, Label, Session, Slider, WidgetFactories } from 'fastify-pgwidgets'
import { framesPane } from './frames.ts'

type Say = (text: string) => void

export function gallery (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Gallery', name: 'gallery', minimizable: true, maximizable: true, lowerable: true })
  top.resize(760, 700)
  top.setPosition(24, 24)

  const status = W.StatusBar({ message: 'Use anything; this line tells what the server heard.', name: 'status' })
  const say: Say = text => status.setMessage(text)

  const tabs = W.TabWidget({ name: 'tabs', reorderable: true, closable: true })
  tabs.addWidget(controls(W, say), { title: 'Controls' })
  tabs.addWidget(layouts(W, say), { title: 'Layouts' })
  tabs.addWidget(pictures(session, say), { title: 'Pictures' })
  tabs.addWidget(scrolling(session, say), { title: 'Scrolling' })
  tabs.addWidget(pages(W, say), { title: 'Pages' })
  tabs.on('page-switch', (_page, index) => say(`Page ${index + 1} is shown`))
  tabs.on('page-close', page => {
    if (tabs.numChildren() > 1) tabs.closeWidget(page)
    else say('The last page stays')
  })

  const box = W.VBox()
  box.addWidget(menus(W, say))
  box.addWidget(tools(W, say))
  box.addWidget(tabs, 1)
  box.addWidget(status)
  top.setWidget(box)
  top.on('close', () => session.destroy())
  top.show()
}

function menus (W: WidgetFactories, say: Say) {
  const bar = W.MenuBar()
  const file = bar.addName('File')
  for (const name of ['New', 'Open…']) file.addName(name).on('activated', () => say(`File → ${name}`))
  const recent = file.addMenu('Recent')
  for (const name of ['Bench 1', 'Bench 2']) recent.addName(name).on('activated', () => say(`File → Recent → ${name}`))
  file.addSeparator()
  file.addName('Save automatically', true).on('activated', checked => say(`Saving automatically: ${checked === true ? 'on' : 'off'}`))
  const view = bar.addName('View')
  view.addName('Zoom in').on('activated', () => say('View → Zoom in'))
  view.addName('Zoom out').on('activated', () => say('View → Zoom out'))
  return bar
}

function tools (W: WidgetFactories, say: Say) {
  const bar = W.ToolBar()
  bar.addAction('Run').on('activated', () => say('Run'))
  bar.addAction({ text: 'Repeat', toggle: true }).on('activated', down => say(`Repeat ${down === true ? 'on' : 'off'}`))
  bar.addSeparator()
  const select = bar.addAction({ text: 'Select', toggle: true })
  const draw = bar.addAction({ text: 'Draw', group: select })
  select.setState(true)
  select.on('activated', () => say('Tool: select'))
  draw.on('activated', () => say('Tool: draw'))
  bar.addSpacer()
  const more = W.Menu()
  more.addName('Reset').on('activated', () => say('More → Reset'))
  more.addName('Report').on('activated', () => say('More → Report'))
  bar.addAction({ text: 'More', menu: more })
  return bar
}

function controls (W: WidgetFactories, say: Say) {
  const box = W.VBox({ spacing: 12, padding: 16 })

  const buttons = W.HBox({ spacing: 8 })
  buttons.addWidget(W.Button('Plain').on('activated', () => say('Plain button')))
  const coloured = W.Button('Coloured')
  coloured.setColor('#2563eb', '#ffffff')
  buttons.addWidget(coloured.on('activated', () => say('Coloured button')))
  const disabled = W.Button('Disabled', { enabled: false })
  buttons.addWidget(disabled)
  const enable = W.CheckBox('Enable it')
  enable.on('activated', checked => {
    disabled.setEnabled(checked)
    say(`The third button is ${checked ? 'enabled' : 'disabled'}`)
  })
  buttons.addWidget(enable)
  box.addWidget(buttons)

  const questions = W.HBox({ spacing: 8 })
  questions.addWidget(question(W, say))
  questions.addWidget(paint(W, coloured, say))
  box.addWidget(labelled(W, 'Dialogs', questions))

  const entry = W.TextEntry('', { tooltip: 'Type, and press Enter' })
  entry.on('modified', text => say(`Typing: ${text}`))
  entry.on('activated', text => say(`Entered: ${text}`))
  box.addWidget(labelled(W, 'Name', entry))

  const station = W.TextEntrySet('Lathe 2', { label: 'Rename', linehistory: 5 })
  station.on('activated', text => say(`The station is called ${text}`))
  box.addWidget(labelled(W, 'Station', station))

  box.addWidget(labelled(W, 'Mode', modes(W, say)))

  const speed = W.SpinBox({ max: 3000, step: 50, value: 1450 })
  speed.on('activated', value => say(`${value} rpm`))
  box.addWidget(labelled(W, 'Speed', speed))

  const gain = W.Dial({ max: 60, step: 3, value: 24, track: true, showValue: true, showValuePosition: 'lr' })
  gain.setMaxSize(120, 64)
  gain.on('activated', value => say(`Gain ${value} dB`))
  box.addWidget(labelled(W, 'Gain', gain))

  const colour = W.ComboBox({ editable: true })
  for (const name of ['Red', 'Green', 'Blue']) colour.appendText(name)
  colour.on('activated', (index, text) => say(`Item ${index + 1}: ${text}`))
  box.addWidget(labelled(W, 'Colour', colour))

  const progress = W.ProgressBar()
  const slider = W.Slider({ track: true, showValue: true, value: 40 })
  progress.setValue(0.4)
  slider.on('activated', value => {
    progress.setValue(value / 100)
    say(`Slider at ${value}`)
  })
  box.addWidget(labelled(W, 'Level', slider))
  box.addWidget(labelled(W, 'Done', progress))

  box.addWidget(labelled(W, 'Timer', countdown(W, slider, say)))
  return box
}

/** A button that opens a modal dialog, and tells what was answered. */
function question (W: WidgetFactories, say: Say) {
  const dialog = W.Dialog('Start the measurement?', [['Start', 'start'], ['Not now', 'later']], { modal: true })
  dialog.addWidget(W.Label('It takes about two minutes.'))
  const runs = W.ComboBox()
  for (const count of ['1 run', '3 runs', '10 runs']) runs.appendText(count)
  dialog.addWidget(labelled(W, 'Repeat', runs))
  return W.Button('Ask…').on('activated', async () => {
    const answer = await dialog.ask()
    say(answer === null ? 'Closed without an answer' : `Answered: ${String(answer)}, ${runs.getText()}`)
  })
}

/** A button that has the colour of another chosen. */
function paint (W: WidgetFactories, button: Button, say: Say) {
  const dialog = W.ColorDialog({ color: '#2563eb', title: 'Colour of the button', modal: true })
  return W.Button('Paint…').on('activated', async () => {
    const color = await dialog.ask()
    if (typeof color === 'string') button.setColor(color, '#ffffff')
    say(color === null ? 'The colour stays' : `Painted ${String(color)}`)
  })
}

function modes (W: WidgetFactories, say: Say) {
  const row = W.HBox({ spacing: 12 })
  const manual = W.RadioButton('Manual', { state: true })
  for (const button of [manual, W.RadioButton('Automatic', { group: manual })]) {
    row.addWidget(button.on('activated', (_chosen, { widget }) => say(`Mode: ${widget.getText()}`)))
  }
  const lock = W.ToggleButton('Lock')
  lock.on('activated', pressed => say(pressed ? 'Locked' : 'Unlocked'))
  row.addWidget(lock)
  return row
}

function labelled (W: WidgetFactories, text: string, widget: Parameters<ReturnType<WidgetFactories['HBox']>['addWidget']>[0]) {
  const row = W.HBox({ spacing: 12 })
  const label: Label = W.Label(text)
  label.setMinSize(72, null)
  row.addWidget(label)
  row.addWidget(widget, 1)
  return row
}

/** Runs on the server: with several browsers on the session it still ends once. */
function countdown (W: WidgetFactories, slider: Slider, say: Say) {
  const timer = W.Timer({ duration: 3 })
  const row = W.HBox({ spacing: 8 })
  const start = W.Button('Slider to 0 in 3 s')
  const cancel = W.Button('Cancel')
  start.on('activated', () => { timer.start(); say('Counting down…') })
  cancel.on('activated', () => timer.cancel())
  timer.on('expired', () => { slider.setValue(0); say('Time is up') })
  timer.on('cancelled', elapsed => say(`Cancelled after ${elapsed.toFixed(1)} s`))
  row.addWidget(start)
  row.addWidget(cancel)
  return row
}

function layouts (W: WidgetFactories, say: Say) {
  const box = W.VBox({ spacing: 12, padding: 16 })
  box.addWidget(panes(W, say), 1)
  box.addWidget(W.Separator())
  const row = W.HBox({ spacing: 16 })
  row.addWidget(form(W, say), 1)
  row.addWidget(W.Separator('vertical'))
  row.addWidget(plan(W, say))
  box.addWidget(row)
  return box
}

function panes (W: WidgetFactories, say: Say) {
  const splitter = W.Splitter()
  for (const name of ['Left', 'Middle', 'Right']) {
    const frame = W.Frame({ title: name })
    const box = W.VBox({ spacing: 6, padding: 8 })
    box.addWidget(W.Label(`${name} pane`))
    box.addWidget(W.Button('Here').on('activated', () => say(`${name} pane`)))
    frame.setWidget(box)
    splitter.addWidget(frame)
  }
  splitter.setSizes([1, 2, 1])
  splitter.on('sizing', sizes => say(`Panes: ${sizes.map(Math.round).join(', ')} px`))
  return splitter
}

function pages (W: WidgetFactories, say: Say) {
  const box = W.VBox({ spacing: 12, padding: 16 })
  box.addWidget(stations(W, say), 1)
  box.addWidget(procedure(W, say))
  const logging = W.Expander({ title: 'Logging' })
  const settings = W.VBox({ spacing: 8, padding: 12 })
  settings.addWidget(W.CheckBox('Log every reading'))
  settings.addWidget(labelled(W, 'Keep', W.Slider({ showValue: true, max: 90, value: 30 })))
  logging.setWidget(settings)
  logging.on('toggled', collapsed => say(`Logging is ${collapsed ? 'closed' : 'open'}`))
  const note = W.Expander({ title: 'Note of the shift', collapsible: false, bgColor: '#1f4e5f', shadow: true })
  note.setWidget(W.Label('Station 3 is being serviced until Friday.', { padding: 12 }))
  box.addWidget(logging)
  box.addWidget(note)
  return box
}

/** Tabs that people move and close; the server knows their order. */
function stations (W: WidgetFactories, say: Say) {
  const tabs = W.TabWidget({ name: 'stations', reorderable: true, closable: true, tabPosition: 'left' })
  for (const name of ['Station 1', 'Station 2', 'Station 3']) {
    const page = W.VBox({ spacing: 8, padding: 12 })
    page.addWidget(W.Label(`${name}: running`))
    const rename = W.TextEntry(name, { tooltip: 'The title of the tab; press Enter' })
    rename.on('activated', text => tabs.setTabTitle(page, text))
    page.addWidget(labelled(W, 'Name', rename))
    tabs.addWidget(page, { title: name })
  }
  const order = () => tabs.getChildren().map(page => tabs.getTabTitle(page)).join(', ')
  tabs.on('page-move', () => say(`Order: ${order()}`))
  tabs.on('page-close', page => {
    say(`${tabs.getTabTitle(page) ?? ''} is closed`)
    tabs.closeWidget(page)
  })
  return tabs
}

/** Pages that only buttons turn. */
function procedure (W: WidgetFactories, say: Say) {
  const stack = W.StackWidget()
  const steps = ['Fill the tank', 'Heat to 80 °C', 'Hold for 20 minutes']
  for (const step of steps) stack.addWidget(W.Label(step))
  const turn = (by: number) => () => {
    stack.setIndex((stack.getIndex() + by + steps.length) % steps.length)
    say(`Step ${stack.getIndex() + 1} of ${steps.length}`)
  }
  const row = W.HBox({ spacing: 8, align: 'center' })
  row.addWidget(W.Button('Back').on('activated', turn(-1)))
  row.addWidget(W.Button('Next').on('activated', turn(1)))
  row.addWidget(stack, 1)
  return row
}

/** A grid that grows row by row, and buttons of one width. */
function form (W: WidgetFactories, say: Say) {
  const grid = W.GridBox({ rows: 2, columns: 2 })
  grid.setSpacing(8)
  grid.addWidget(W.Label('Sample'), 0, 0)
  const sample = W.TextEntry('A-117')
  sample.setExpanding(true)
  grid.addWidget(sample, 0, 1)
  grid.addWidget(W.Label('Exposure'), 1, 0)
  grid.addWidget(W.Slider({ max: 500, value: 40, showValue: true }), 1, 1)

  const buttons = W.ButtonBox({ halign: 'right', spacing: 8 })
  const act = (caption: string, action: () => void) => buttons.addWidget(W.Button(caption).on('activated', () => {
    action()
    say(`The form has ${grid.getRowColumnCount()[0]} rows`)
  }))
  act('Add note', () => grid.appendRow([W.Label(`Note ${grid.getRowColumnCount()[0] - 1}`), W.TextEntry()]))
  act('Remove', () => {
    const [rows] = grid.getRowColumnCount()
    if (rows === 2) return
    const gone = [0, 1].map(column => grid.getWidgetAtCell(rows - 1, column))
    grid.deleteRow(rows - 1)
    for (const widget of gone) widget?.destroy()
  })

  const box = W.VBox({ spacing: 12 })
  box.addWidget(grid)
  box.addWidget(buttons)
  return box
}

/** Things at their places, one of which moves. */
function plan (W: WidgetFactories, say: Say) {
  const places = [[88, 36], [88, 84], [8, 84]] as const
  const layout = W.FixedLayout()
  layout.setMinSize(176, 120)
  const robot = W.Button('Robot')
  let at = 0
  layout.addWidget(W.Label('Press the robot'), 0, 0)
  layout.addWidget(robot, 8, 36)
  robot.on('activated', () => {
    const [x, y] = places[at++ % places.length] ?? [8, 36]
    layout.addWidget(robot, x, y)
    say(`The robot is at ${x}, ${y}`)
  })
  return layout
}

function pictures (session: Session, say: Say) {
  const W = session.getWidgets()
  const box = W.VBox({ spacing: 12, padding: 16 })
  const picture = W.Image({ interactive: true })
  picture.resize(256, 128)
  picture.setBinaryImage(gradient(0), 'bmp')
  picture.on('click', event => say(`Clicked at ${Math.round(event.x)}, ${Math.round(event.y)}`))
  const hue = W.Slider({ track: true, max: 255, value: 0 })
  hue.on('activated', value => picture.setBinaryImage(gradient(value), 'bmp'))
  box.addWidget(W.Label('Drawn on the server, sent as bytes:'))
  box.addWidget(picture)
  box.addWidget(labelled(W, 'Blue', hue))
  box.addWidget(tank(W, say))
  const window = W.Button('Open another window')
  let count = 0
  window.on('activated', () => {
    const top = W.TopLevel({ title: `Window ${++count}` })
    top.resize(260, 140)
    top.setPosition(120 + 24 * count, 120 + 24 * count)
    top.setWidget(W.Label('Move me by the title bar, resize me at the edges.', { padding: 12 }))
    top.on('close', () => { top.destroy(); say('Window closed') })
    top.show()
  })
  box.addWidget(window)
  return box
}

/** A drawing by the server, in a colour that is picked beside it. */
function tank (W: WidgetFactories, say: Say) {
  const row = W.HBox({ spacing: 16 })
  const drawing = W.ExternalWidget()
  drawing.resize(96, 160)
  const draw = (color: string) => drawing.setContent(`<svg viewBox="0 0 96 160" role="img" aria-label="Tank, 62 percent full">
<rect x="1" y="1" width="94" height="158" rx="10" fill="none" stroke="currentColor"/>
<rect x="6" y="61" width="84" height="93" rx="6" fill="${color}"/></svg>`)
  const color = W.ColorWidget({ color: '#2563eb' })
  draw(color.getColor())
  color.on('pick', picked => {
    draw(picked)
    say(`The tank is ${picked}`)
  })
  row.addWidget(drawing)
  row.addWidget(color)
  return row
}

function scrolling (session: Session, say: Say) {
  const W = session.getWidgets()
  const panes = W.Splitter({ padding: 12 })
  panes.addWidget(overview(W, say))
  panes.addWidget(records(W, say))
  panes.setSizes([1, 1])
  return panes
}

/** A picture that is larger than its view, and a scroll bar by itself. */
function overview (W: WidgetFactories, say: Say) {
  const box = W.VBox({ spacing: 8, padding: 8 })
  const picture = W.Image()
  picture.setBinaryImage(gradient(128), 'bmp')
  picture.resize(900, 600)
  const area = W.ScrollArea()
  area.setWidget(picture)
  area.on('scrolled', (h, v) => say(`Scrolled to ${Math.round(100 * h)} % across, ${Math.round(100 * v)} % down`))
  const hour = W.Label('00:00')
  const day = W.ScrollBar({ thumbPercent: 1 / 24 })
  day.on('activated', position => hour.setText(`${String(Math.round(23 * position)).padStart(2, '0')}:00`))
  box.addWidget(area, 1)
  box.addWidget(labelled(W, 'Hour', day))
  box.addWidget(labelled(W, 'Chosen', hour))
  box.addWidget(labelled(W, 'Samples', samples(W)))
  return box
}

/** A view of very many lines, of which only the one in sight exists. */
function samples (W: WidgetFactories) {
  const last = 9999
  const view = W.Label('Sample 0', { padding: 8 })
  const area = W.AbstractScrollArea()
  area.setThumbPercent(1, 0.1)
  area.on('scrolled', (_across, down) => view.setText(`Sample ${Math.round(last * down)}`))
  area.setWidget(view)
  area.setMinSize(0, 56)
  area.setMaxSize(null, 56)
  return area
}

/** A log that grows, and a report. */
function records (W: WidgetFactories, say: Say) {
  const box = W.VBox({ spacing: 8, padding: 8 })
  const log = W.TextArea('', { editable: false, limit: 1000 })
  let count = 0
  const add = W.Button('Add ten entries')
  add.on('activated', () => {
    for (let i = 0; i < 10; i++) log.appendText(`${String(++count).padStart(4, '0')}  reading ${(20 + Math.sin(count / 5)).toFixed(2)} °C\n`)
    say(`${count} entries`)
  })
  const report = W.HtmlView(`<h2>Shift report</h2>
<p>All stations ran. <a href="https://fastify.dev/">Links</a> open in a tab of their own.</p>
<table><thead><tr><th>Station</th><th>Parts</th><th>Rejects</th></tr></thead><tbody>
${['Lathe', 'Mill', 'Press', 'Oven'].map((name, i) => `<tr><td>${name}</td><td>${420 - 37 * i}</td><td>${i}</td></tr>`).join('\n')}
</tbody></table>`)
  box.addWidget(log, 1)
  box.addWidget(add)
  box.addWidget(report, 1)
  return box
}

/** A bitmap of 64 by 32 pixels: red grows to the right, green downwards. */
function gradient (blue: number): Uint8Array {
  const [width, height, header] = [64, 32, 54]
  const bitmap = Buffer.alloc(header + width * height * 3)
  bitmap.write('BM')
  bitmap.writeUInt32LE(bitmap.length, 2)
  bitmap.writeUInt32LE(header, 10)
  bitmap.writeUInt32LE(40, 14)
  bitmap.writeInt32LE(width, 18)
  bitmap.writeInt32LE(height, 22)
  bitmap.writeUInt16LE(1, 26)
  bitmap.writeUInt16LE(24, 28)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) bitmap.set([blue, Math.round(y / height * 255), Math.round(x / width * 255)], header + (y * width + x) * 3)
  }
  return bitmap
}

/** What goes over the line meanwhile, in a window beside the other. */
function frames (session: Session): void {
  const top = session.getWidgets().TopLevel({ title: 'Frames', name: 'frames', minimizable: true, maximizable: true })
  top.resize(460, 700)
  top.setPosition(800, 24)
  top.setWidget(framesPane(session))
  top.show()
}

/** The gallery, and the frames that go by. */
export function galleryWithFrames (session: Session): void {
  frames(session)
  // Shown last, so that it is in front where there is room for one window only.
  gallery(session)
}

export default function example (app: FastifyInstance): void {
  app.pgwidgets.route({ url: '/gallery', title: 'Gallery', onConnect: galleryWithFrames })
}
