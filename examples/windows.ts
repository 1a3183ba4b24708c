/** Windows of every kind: a workspace with windows in it, dialogs, menus and tool bars; beside it the frames that go by. */
import type { FastifyInstance } from 'fastify'
import type { MDIWidget, Session, StatusBar, WidgetFactories } from 'fastify-pgwidgets'
import { framesPane } from './frames.ts'

const TREND = { title: 'Trend', x: 24, y: 24, width: 300, height: 180 }
const LOG = { title: 'Log', x: 180, y: 130, width: 320, height: 200 }

export function windows (session: Session): void {
  const W = session.getWidgets()
  const frames = W.TopLevel({ title: 'Frames', name: 'frames', minimizable: true, maximizable: true })
  frames.resize(460, 600)
  frames.setPosition(800, 24)
  frames.setWidget(framesPane(session))
  frames.show()

  // Shown last, so that it is in front where there is room for one window only.
  const top = W.TopLevel({ title: 'Control room', name: 'room', minimizable: true, maximizable: true, lowerable: true })
  top.resize(760, 600)
  top.setPosition(24, 24)

  const workspace = W.MDIWidget({ name: 'workspace' })
  const status = W.StatusBar({ name: 'status' })
  status.setMessage('Two windows are open.')
  const open = opener(W, workspace, status)
  const box = W.VBox()
  box.addWidget(menus(W, workspace, status, open))
  box.addWidget(tools(W, workspace, open))
  box.addWidget(workspace, 1)
  box.addWidget(status)
  top.setWidget(box)
  top.on('close', () => session.destroy())
  top.show()

  workspace.addWidget(trend(W), TREND)
  workspace.addWidget(log(W), LOG)
  workspace.on('page-close', page => {
    page.destroy()
    status.setMessage(`${workspace.numChildren()} windows are left.`, 5)
  })
}

type Open = () => void

/** Opens one more window in the workspace each time. */
function opener (W: WidgetFactories, workspace: MDIWidget, status: StatusBar): Open {
  let count = 0
  return () => {
    const name = `Note ${++count}`
    const note = W.TextArea('', { wrap: true })
    note.setExpanding(true, true)
    workspace.addWidget(note, { title: name, width: 260, height: 160 })
    status.setMessage(`${name} is open.`, 5)
  }
}

function menus (W: WidgetFactories, workspace: MDIWidget, status: StatusBar, open: Open) {
  const bar = W.MenuBar()
  const file = bar.addName('File')
  file.addName('New note').on('activated', open)
  file.addSeparator()
  file.addName('Close all…').on('activated', closeAll(W, workspace, status))
  const view = bar.addName('Window')
  view.addName('Cascade').on('activated', () => workspace.cascadeWindows())
  view.addName('Tile').on('activated', () => workspace.tileWindows())
  view.addSeparator()
  view.addName('Next').on('activated', () => {
    const count = workspace.numChildren()
    if (count > 0) workspace.setIndex((workspace.getIndex() + 1) % count)
  })
  return bar
}

/** Asks first, in a dialog that nothing can be done beside. */
function closeAll (W: WidgetFactories, workspace: MDIWidget, status: StatusBar) {
  const question = W.Dialog('Close all windows?', [['Close all', true], ['Cancel', false]], { modal: true, defaultButton: 1 })
  question.addWidget(W.Label('What is in them will be lost.', { padding: 4 }))
  return async () => {
    if (await question.ask() !== true) return
    workspace.removeAll(true)
    status.setMessage('All windows are closed.', 5)
  }
}

function tools (W: WidgetFactories, workspace: MDIWidget, open: Open) {
  const bar = W.ToolBar()
  bar.addAction('Note').on('activated', open)
  bar.addSeparator()
  bar.addAction('Cascade').on('activated', () => workspace.cascadeWindows())
  bar.addAction('Tile').on('activated', () => workspace.tileWindows())
  bar.addSpacer()
  const more = W.Menu()
  more.addName('Send the window in front to the back').on('activated', () => {
    const page = workspace.indexToWidget(workspace.getIndex())
    if (page !== null) workspace.getSubwin(page)?.lower()
  })
  bar.addAction({ text: 'More', menu: more })
  return bar
}

function trend (W: WidgetFactories) {
  const grid = W.GridBox({ rows: 3, columns: 2 })
  grid.setSpacing(8)
  grid.setPadding(12)
  for (const [row, [name, value]] of ([['Boiler', 0.62], ['Tank', 0.4], ['Cooling', 0.85]] as const).entries()) {
    grid.addWidget(W.Label(name), row, 0)
    const level = W.ProgressBar({ value })
    level.setExpanding(true)
    grid.addWidget(level, row, 1)
  }
  return grid
}

function log (W: WidgetFactories) {
  const text = W.TextArea('08:00 warm-up\n08:12 ready\n08:40 batch 117 started\n', { editable: false })
  text.setExpanding(true, true)
  return text
}

export default function example (app: FastifyInstance): void {
  app.pgwidgets.route({ url: '/windows', title: 'Windows', onConnect: windows })
}
