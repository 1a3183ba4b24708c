/** Boxes and grids: what server code sees, what browsers are told, what a replay builds. */
import t from 'tap'
import { headless } from '../support/app.ts'

t.test('rows and columns come and go, and the server knows at once what is where', async t => {
  const { W } = await headless(t)
  const grid = W.GridBox({ rows: 2, columns: 2 })
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(text => W.Label(text)) as [ReturnType<typeof W.Label>, ReturnType<typeof W.Label>, ReturnType<typeof W.Label>, ReturnType<typeof W.Label>]
  grid.addWidget(a, 0, 0)
  grid.addWidget(b, 1, 1)
  grid.insertRow(1, [c])
  t.strictSame(grid.getRowColumnCount(), [3, 2])
  t.strictSame([grid.getWidgetAtCell(0, 0), grid.getWidgetAtCell(1, 0), grid.getWidgetAtCell(2, 1), grid.getWidgetAtCell(1, 1)], [a, c, b, null])
  grid.appendColumn([d])
  grid.addWidget(a, 4, 2)
  t.strictSame(grid.getRowColumnCount(), [5, 3])
  t.strictSame([grid.getWidgetAtCell(0, 0), grid.getWidgetAtCell(0, 2), grid.getWidgetAtCell(4, 2)], [null, d, a])
  t.strictSame(grid.getChildren(), [a, b, c, d], 'who moves keeps its place among the children')
  grid.deleteColumn(2)
  t.strictSame([a.parent, d.parent, b.parent], [null, null, grid], 'who was in it is in nothing')
  t.strictSame(grid.getRowColumnCount(), [5, 2])
  grid.deleteRow(0)
  t.equal(grid.getWidgetAtCell(1, 1), b)
})

t.test('a line that there is not, and widgets that cannot come, are refused before anything moves', async t => {
  const { W } = await headless(t)
  const grid = W.GridBox({ rows: 2, columns: 2 })
  const box = W.VBox()
  const [inside, outside] = [W.Label('inside'), W.Label('outside')]
  grid.addWidget(inside, 0, 0)
  box.addWidget(outside)
  box.addWidget(grid)
  for (const act of [
    () => grid.deleteRow(2), () => grid.deleteColumn(2), () => grid.deleteRow(-1), () => grid.insertRow(3, [outside]), () => grid.insertColumn(0, [outside, outside])
  ]) t.throws(act, { code: 'PGW_ERR_INVALID_ARGUMENT' }, String(act))
  t.throws(() => grid.appendRow([outside, box]), { code: 'PGW_ERR_CYCLE' })
  t.throws(() => grid.appendRow([grid]), { code: 'PGW_ERR_CYCLE' })
  t.strictSame([grid.getRowColumnCount(), grid.getChildren(), box.getChildren()], [[2, 2], [inside], [outside, grid]])
})

t.test('browsers of any kind are told in calls that leave no trace of whoever went', async t => {
  const { W, session, show } = await headless(t)
  const grid = W.GridBox({ rows: 2, columns: 2 })
  const box = W.VBox()
  const [a, b] = [W.Label('a'), W.Label('b')]
  grid.addWidget(a, 0, 0)
  box.addWidget(b)
  const browser = await show()
  browser.messages.length = 0
  grid.insertRow(0, [b])
  grid.deleteRow(1)
  await session.settled()
  t.strictSame(browser.texts.map(({ wid, method, args }) => [wid, method, args]), [
    [box.wid, 'remove', [{ __wid__: b.wid }]],
    [grid.wid, 'insert_row', [0, [{ __wid__: b.wid }]]],
    [grid.wid, 'remove', [{ __wid__: a.wid }]],
    [grid.wid, 'delete_row', [1]]
  ])
})

t.test('a replay makes the grid as large as it is and puts each widget into its cell', async t => {
  const { app, W, session, show } = await headless(t)
  const grid = W.GridBox({ rows: 3, columns: 1, rowSpacing: 5 })
  const [a, b] = [W.Label('a'), W.Label('b')]
  grid.appendRow([a, b])
  grid.deleteRow(0)
  grid.deleteRow(0)
  grid.insertColumn(1)
  grid.appendColumn([])
  const snapshot = JSON.parse(JSON.stringify(session.snapshot())) as ReturnType<typeof session.snapshot>
  for (const source of [session, app.pgwidgets.createSession({ snapshot })]) {
    const browser = await show({}, source)
    const [create] = browser.of('create').filter(({ class: name }) => name === 'GridBox')
    t.strictSame(create?.args, [{ rows: 2, columns: 4 }])
    t.strictSame(browser.calls('add_widget', grid.wid), [[{ __wid__: a.wid }, 1, 0], [{ __wid__: b.wid }, 1, 2]])
    t.strictSame(browser.calls('set_row_spacing', grid.wid), [[5]])
  }
})

t.test('the size of a child of a box is told after it was put in, because a reference page forgets it then', async t => {
  const { W, session, show } = await headless(t)
  const box = W.VBox()
  const [sized, plain] = [W.Label('sized'), W.Label('plain')]
  sized.resize(120, 40)
  const live = await show()
  box.addWidget(sized)
  box.addWidget(plain)
  await session.settled()
  const told = (texts: typeof live.texts): unknown[] => texts.filter(({ type }) => type === 'call').map(({ wid, method }) => `${String(method)} ${String(wid)}`)
  t.strictSame(told(live.texts).slice(-3), [`add_widget ${box.wid}`, `resize ${sized.wid}`, `add_widget ${box.wid}`])
  t.strictSame(told((await show()).texts), [`add_widget ${box.wid}`, `resize ${sized.wid}`, `add_widget ${box.wid}`], 'in a replay only then')
})

t.test('a box is aligned in the words of its direction', async t => {
  const { W } = await headless(t)
  for (const box of [W.VBox(), W.Box({ orientation: 'vertical' }), W.ButtonBox({ orientation: 'vertical' })] as Array<ReturnType<typeof W.Box>>) {
    box.setAlign('left')
    t.throws(() => box.setAlign('top'), { code: 'PGW_ERR_INVALID_ARGUMENT' }, box.toString())
  }
  for (const box of [W.HBox(), W.Box(), W.ButtonBox()] as Array<ReturnType<typeof W.Box>>) {
    box.setAlign('top')
    t.throws(() => box.setAlign('left'), { code: 'PGW_ERR_INVALID_ARGUMENT' }, box.toString())
  }
})
