import t from 'tap'
import { treeOf } from '../../lib/testing/index.ts'
import { callbacks, inWindow, show, thrown } from './support.ts'

t.test('a button is clicked', async t => {
  const { browser } = await show(t, W => inWindow(W, W.Button('Go').on('activated', () => {})))
  const button = browser.get('Button')
  button.click()
  await button.click()
  t.same(callbacks(browser), [[button.wid, 'activated'], [button.wid, 'activated']])
})

t.test('a check box is ticked in the page before the server hears of it', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.CheckBox('Armed')))
  const box = browser.get('CheckBox', 'Armed')
  const done = box.click()
  t.equal(box.checked, true)
  await done
  t.same(callbacks(browser), [[box.wid, 'activated', true]])
  await box.click()
  t.equal(box.checked, false)
  t.equal(box.text, 'Armed')
  t.same(browser.tree(), treeOf(session))
})

t.test('a slider snaps, stays within its range, and reports as it tracks', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Slider({ step: 5 }), W.Slider({ track: true })))
  const [plain, tracking] = browser.all('Slider')
  await plain?.drag([10, 42])
  t.equal(plain?.value, 40)
  t.same(callbacks(browser), [[plain?.wid, 'activated', 40]], 'one that does not track reports where it comes to rest')
  t.match(thrown(() => plain?.drag(101)), /^cannot drag Slider#\d+: 101 is not within its range, 0 to 100$/)
  await plain?.drag(101, { force: true })
  t.equal(plain?.value, 100)
  await plain?.nudge(3)
  await plain?.nudge(-2)
  t.equal(plain?.value, 90)
  browser.frames.length = 0
  await tracking?.drag([10, 20, 20, 70])
  t.same(callbacks(browser), [10, 20, 70].map(value => [tracking?.wid, 'activated', value]))
  browser.frames.length = 0
  await tracking?.drag([1, 2, 3], { oneFrame: true })
  t.same(callbacks(browser), [[tracking?.wid, 'activated', 3]], 'too fast for the page: the last only')
  await tracking?.drag(3)
  t.equal(callbacks(browser).length, 1, 'where it was already: nothing')
  t.same(browser.tree(), treeOf(session))
})

t.test('text is typed key by key, and reported after a pause or by Enter', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.TextEntry('x')))
  const entry = browser.get('TextEntry')
  await entry.type('abc')
  t.equal(entry.text, 'xabc')
  t.same(callbacks(browser), [], 'the pause has not come')
  browser.flushTyping()
  await browser.idle()
  t.same(callbacks(browser), [[entry.wid, 'modified', 'xabc']])
  browser.frames.length = 0
  entry.type('d')
  await entry.press('Enter')
  t.same(callbacks(browser), [[entry.wid, 'modified', 'xabcd'], [entry.wid, 'activated', 'xabcd']])
  browser.frames.length = 0
  await entry.fill('new', { commit: true })
  await entry.clear({ commit: true })
  await entry.clear({ commit: true })
  t.same(callbacks(browser), [[entry.wid, 'modified', 'new'], [entry.wid, 'modified', '']])
  t.match(thrown(() => entry.press('Tab' as 'Enter')), /only Enter does anything here/)
  t.same(browser.tree(), treeOf(session))
})

t.test('a field that is not editable takes no text', async t => {
  const { browser } = await show(t, W => inWindow(W, W.TextEntry('x', { editable: false }), W.ComboBox()))
  const entry = browser.get('TextEntry')
  t.match(thrown(() => entry.type('a')), /^cannot type into TextEntry#\d+: it is not editable$/)
  t.match(thrown(() => browser.get('ComboBox').fill('a')), /^cannot fill ComboBox#\d+: it is not editable$/)
  t.match(thrown(() => browser.get('ComboBox').press('Enter')), /it is not editable$/)
  await entry.type('a', { force: true })
  t.equal(entry.text, 'xa')
})

t.test('a list is chosen from by text and by position; a new text is added by Enter', async t => {
  const { browser, session } = await show(t, W => {
    const combo = W.ComboBox({ editable: true })
    for (const item of ['a', 'b', 'c']) combo.appendText(item)
    inWindow(W, combo)
  })
  const combo = browser.get('ComboBox')
  t.equal(combo.index, 0)
  await combo.select('b')
  await combo.select(2)
  t.same(callbacks(browser), [[combo.wid, 'activated', 1, 'b'], [combo.wid, 'activated', 2, 'c']])
  t.match(thrown(() => combo.select('z')), /^cannot select from ComboBox#\d+: there is no item "z"; there are "a", "b", "c"$/)
  browser.frames.length = 0
  combo.fill('d')
  await combo.press('Enter')
  t.same(combo.items, ['a', 'b', 'c', 'd'])
  t.same(callbacks(browser), [[combo.wid, 'activated', 3, 'd']])
  await combo.clear({ commit: true })
  browser.frames.length = 0
  await combo.press('Enter')
  t.same(callbacks(browser), [], 'no text, no choice')
  t.same(browser.tree(), treeOf(session))
})

t.test('tabs are shown by title or position, and ask to be closed', async t => {
  const { browser, session } = await show(t, W => {
    const tabs = W.TabWidget({ closable: true })
    tabs.addWidget(W.Label('1'), { title: 'One' })
    tabs.addWidget(W.Label('2'), { title: 'Two' })
    tabs.on('page-close', () => {})
    inWindow(W, tabs, W.TabWidget(), W.TabWidget({ tabPosition: 'none' }))
  })
  const [tabs, plain, none] = browser.all('TabWidget')
  t.same(tabs?.titles, ['One', 'Two'])
  t.equal(tabs?.page?.className, 'Label')
  t.equal(plain?.page, null)
  await tabs?.select('Two')
  await tabs?.select(1)
  t.equal(tabs?.index, 1)
  await tabs?.closeTab('One')
  const [one, two] = tabs?.children ?? []
  t.same(callbacks(browser), [
    [tabs?.wid, 'page-switch', { __wid__: two?.wid, __class__: 'Label' }, 1],
    [tabs?.wid, 'page-close', { __wid__: one?.wid, __class__: 'Label' }]
  ])
  t.match(thrown(() => tabs?.select('Three')), /there is no tab "Three"; there are "One", "Two"$/)
  t.match(thrown(() => plain?.closeTab(0)), /there is no tab 0; there are $/)
  t.match(thrown(() => none?.select(0)), /it shows no tabs$/)
  t.same(browser.tree(), treeOf(session))
})

t.test('tabs that are not closable are not closed', async t => {
  const { browser } = await show(t, W => {
    const tabs = W.TabWidget()
    tabs.addWidget(W.Label('1'), { title: 'One' })
    inWindow(W, tabs)
  })
  t.match(thrown(() => browser.get('TabWidget').closeTab(0)), /its tabs are not closable$/)
})

t.test('tabs are moved, where they may be; in a reference page without a word', async t => {
  for (const dialect of ['ours', 'reference'] as const) {
    const { browser, session } = await show(t, W => {
      const tabs = W.TabWidget({ reorderable: true })
      for (const title of ['One', 'Two', 'Three']) tabs.addWidget(W.Label(title), { title })
      const fixed = W.TabWidget()
      fixed.addWidget(W.Label('x'), { title: 'x' })
      inWindow(W, tabs, fixed)
    }, {}, { dialect })
    const [tabs, fixed] = browser.all('TabWidget')
    const three = { __wid__: tabs?.children[2]?.wid, __class__: 'Label' }
    await tabs?.moveTab('Three', 0)
    t.same(tabs?.titles, dialect === 'ours' ? ['Three', 'One', 'Two'] : ['One', 'Two', 'Three'])
    t.same(callbacks(browser).filter(([wid]) => wid === tabs?.wid), [[tabs?.wid, 'page-switch', three, 2], ...(dialect === 'ours' ? [[tabs?.wid, 'page-move', three, 0]] : [])])
    t.same(browser.tree(), treeOf(session), dialect)
    await tabs?.moveTab(0, 0)
    t.match(thrown(() => fixed?.moveTab(0, 0)), /its tabs cannot be moved$/)
  }
})

t.test('a section is opened and closed, unless it is always open; what is in a closed one cannot be used', async t => {
  const { browser, session } = await show(t, W => {
    const section = W.Expander({ title: 'Section' })
    section.setWidget(W.Button('Inside'))
    inWindow(W, section, W.Expander({ title: 'Fixed', collapsible: false }))
  })
  const section = browser.get('Expander', 'Section')
  t.equal(section.collapsed, true)
  t.match(thrown(() => browser.get('Button').click()), /Expander#\d+, which holds it, is collapsed$/)
  await section.expand()
  await section.expand()
  await browser.get('Button').click()
  await section.toggle()
  await section.collapse()
  t.same(callbacks(browser), [[section.wid, 'toggled', false], [section.wid, 'toggled', true]])
  t.match(thrown(() => browser.get('Expander', 'Fixed').collapse()), /it is not collapsible$/)
  t.equal(section.title, 'Section')
  t.same(browser.tree(), treeOf(session))
})

t.test('the pages of a stack are turned by code alone', async t => {
  const { browser, session } = await show(t, W => {
    const stack = W.StackWidget({ name: 'stack' })
    for (const text of ['One', 'Two']) stack.addWidget(W.Button(text))
    inWindow(W, stack)
  })
  const stack = browser.get('StackWidget')
  t.equal(stack.index, 0)
  t.equal(stack.page?.wid, browser.get('Button', 'One').wid)
  t.match(thrown(() => browser.get('Button', 'Two').click()), /is on a page of StackWidget#\d+ that is not shown$/)
  session.find('stack', 'StackWidget')?.setIndex(1)
  await browser.idle()
  await browser.get('Button', 'Two').click()
})

t.test('a splitter is dragged within what its panes allow', async t => {
  const { browser, session } = await show(t, W => {
    const splitter = W.Splitter()
    const left = W.Label('left')
    splitter.addWidget(left)
    splitter.addWidget(W.Label('right'))
    splitter.setMinimumSize(left, 50)
    inWindow(W, splitter)
  })
  const splitter = browser.get('Splitter')
  t.same(splitter.sizes, [])
  await splitter.drag([100, 200])
  t.same(splitter.sizes, [100, 200])
  t.same(callbacks(browser), [[splitter.wid, 'sizing', [100, 200]]])
  t.match(thrown(() => splitter.drag([1])), /it has 2 panes, and these are 1 sizes$/)
  t.match(thrown(() => splitter.drag([10, 290])), /pane 0 cannot be smaller than 50 px$/)
  t.same(browser.tree(), treeOf(session))
})

t.test('a window is moved, resized, rolled up, minimised, maximised and closed', async t => {
  const { browser, session } = await show(t, W => {
    const top = W.TopLevel({ title: 'All', minimizable: true, maximizable: true })
    top.show()
  })
  const top = browser.get('TopLevel')
  await top.move(10, 20)
  await top.resize(300, 200)
  await top.shade()
  t.equal(top.windowState, 'shaded')
  t.match(thrown(() => top.resize(1, 1)), /it is shaded$/)
  await top.shade()
  await top.minimize()
  t.match(thrown(() => top.move(1, 1)), /it is minimized$/)
  await top.maximize()
  await top.maximize()
  t.same([top.title, top.position, top.size, top.windowState], ['All', [10, 20], [300, 200], 'normal'])
  await top.close()
  t.equal(top.visible, false, 'without a handler it is hidden')
  t.same(callbacks(browser).map(([, ...report]) => report), [
    ['move', 10, 20], ['resize', { width: 300, height: 200 }], ['window-state', 'shaded'], ['window-state', 'normal'],
    ['window-state', 'minimized'], ['window-state', 'maximized'], ['window-state', 'normal'], ['close']
  ])
  t.same(browser.tree(), treeOf(session))
})

t.test('a window does what its options allow', async t => {
  const { browser } = await show(t, W => {
    W.TopLevel({ title: 'No', moveable: false, resizable: false, closeable: false, shadeable: false }).show()
    W.TopLevel().show()
  })
  const [no, bare] = browser.all('TopLevel')
  t.match(thrown(() => no?.move(1, 1)), /it is not moveable$/)
  t.match(thrown(() => no?.resize(1, 1)), /it is not resizable$/)
  t.match(thrown(() => no?.close()), /it is not closeable$/)
  t.match(thrown(() => no?.minimize()), /it is not minimizable$/)
  t.match(thrown(() => no?.maximize()), /it is not maximizable$/)
  t.match(thrown(() => no?.shade()), /it is not shadeable$/)
  t.match(thrown(() => bare?.close()), /it has no title bar$/)
})

t.test('menus open on the way to their entries, wherever something opens them', async t => {
  const { browser, session } = await show(t, W => {
    const bar = W.MenuBar()
    const file = bar.addName('File')
    file.addName('Save').on('activated', () => {})
    file.addMenu('More').addName('Wrap', true)
    const tools = W.ToolBar()
    const menu = W.Menu()
    menu.addName('From a tool')
    tools.addAction({ text: 'Tool', menu })
    const lonely = W.Menu({ name: 'lonely' })
    lonely.addName('Popped')
    inWindow(W, bar, tools)
  })
  const save = browser.get('MenuAction', 'Save')
  const wrap = browser.get('MenuAction', 'Wrap')
  const popped = browser.get('MenuAction', 'Popped')
  await save.click()
  await wrap.click()
  t.equal(wrap.checked, true)
  t.same(callbacks(browser), [[save.wid, 'activated'], [wrap.wid, 'activated', true]])
  t.equal(browser.get('MenuAction', 'From a tool').visible, true)
  t.match(thrown(() => popped.click()), /Menu#\d+ is not open: nothing on the page has it as its menu, and popup\(\) was not called$/)
  session.find('lonely', 'Menu')?.popup(10, 10)
  await browser.idle()
  await popped.click()
  t.equal(popped.visible, false, 'the choice has closed the menu')
  t.same(browser.tree(), treeOf(session))
})

t.test('tool bar actions latch, and let go of their group', async t => {
  const { browser, session } = await show(t, W => {
    const tools = W.ToolBar()
    tools.addAction('Plain').on('activated', () => {})
    const left = tools.addAction({ text: 'Left', toggle: true })
    tools.addAction({ text: 'Right', group: left })
    tools.addAction({ text: 'Menu', menu: W.Menu() })
    inWindow(W, tools)
  })
  const [plain, left, right, menu] = ['Plain', 'Left', 'Right', 'Menu'].map(text => browser.get('ToolBarAction', text))
  await plain?.click()
  await left?.click()
  await right?.click()
  await menu?.click()
  t.same([left?.down, right?.down], [false, true])
  await right?.click()
  t.equal(right?.down, false, 'one that is down comes up')
  t.same(callbacks(browser), [[plain?.wid, 'activated'], [left?.wid, 'activated', true], [right?.wid, 'activated', true], [right?.wid, 'activated', false]])
  t.same(browser.tree(), treeOf(session))
})

t.test('pictures and labels report the pointer, the wheel and keys where they are interactive', async t => {
  const { browser } = await show(t, W => {
    const image = W.Image({ interactive: true })
    const label = W.Label('still')
    for (const action of ['pointer-down', 'pointer-up', 'click', 'dblclick', 'enter', 'pointer-move', 'scroll', 'key-down', 'key-press', 'key-up'] as const) {
      image.on(action, () => {})
      label.on(action, () => {})
    }
    inWindow(W, image, label)
  })
  const image = browser.get('Image')
  await browser.get('Label').click()
  await image.click({ x: 3, y: 4 })
  await image.hover({ x: 5, y: 6 })
  await image.wheel(0, 100)
  await image.press('a')
  await image.press('Escape')
  await image.dblclick()
  t.same(callbacks(browser).map(([, action]) => action), [
    'pointer-down', 'pointer-up', 'click', 'enter', 'pointer-move', 'scroll', 'key-down', 'key-press', 'key-up', 'key-down', 'key-up',
    'pointer-down', 'pointer-up', 'click', 'pointer-down', 'pointer-up', 'click', 'dblclick'
  ])
  t.match(callbacks(browser)[0]?.[2], { type: 'pointerdown', x: 3, y: 4, button_trigger: 1, button_mask: 1, modifiers: [] })
  t.equal(browser.connection?.counts.invalid, 0, 'the server finds nothing wrong with them')
})

t.test('what shows something shows it', async t => {
  const { browser, session } = await show(t, W => {
    const progress = W.ProgressBar()
    progress.setValue(0.25)
    inWindow(W, progress, W.Frame({ title: 'Box' }), W.Image({ url: 'a.png', name: 'image' }))
  })
  t.equal(browser.get('ProgressBar').value, 0.25)
  t.equal(browser.get('Frame').title, 'Box')
  const image = browser.get('Image')
  t.equal(image.url, 'a.png')
  for (const size of [3, 2_500_000]) {
    session.find('image', 'Image')?.setBinaryImage(new Uint8Array(size).fill(7), 'png')
    await browser.idle()
    t.equal(image.bytes?.byteLength, size)
    t.equal(image.url, null)
    t.same(browser.tree(), treeOf(session))
  }
})

t.test('a person cannot use what is hidden, disabled or not there, unless forced', async t => {
  const { browser, session } = await show(t, W => {
    const tabs = W.TabWidget()
    tabs.addWidget(W.Button('first'), { title: 'First' })
    tabs.addWidget(W.Button('second'), { title: 'Second' })
    const box = W.VBox({ name: 'box' })
    box.addWidget(W.Button('inner').on('activated', () => {}))
    inWindow(W, box, tabs)
    W.Button('loose')
    W.VBox().addWidget(W.Button('lost'))
  })
  const inner = browser.get('Button', 'inner')
  t.match(thrown(() => browser.get('Button', 'second').click()), /^cannot click Button#\d+: it is on a page of TabWidget#\d+ that is not shown$/)
  t.match(thrown(() => browser.get('Button', 'loose').click()), /it is in no window$/)
  t.match(thrown(() => browser.get('Button', 'lost').click()), /VBox#\d+, which holds it, is in no window$/)
  const box = session.find('box', 'VBox')
  box?.setEnabled(false)
  await browser.idle()
  t.match(thrown(() => inner.click()), /VBox#\d+, which holds it, is disabled$/)
  t.equal(inner.enabled, false)
  await inner.click({ force: true })
  t.equal(callbacks(browser).length, 1)
  box?.hide()
  await browser.idle()
  t.match(thrown(() => inner.click()), /VBox#\d+, which holds it, is hidden$/)
  t.equal(inner.visible, false)
  box?.show()
  box?.setEnabled(true)
  await browser.get('TopLevel').minimize()
  t.match(thrown(() => inner.click()), /TopLevel#\d+, which holds it, is minimized$/)
})

t.test('a layout is what a test says, and is reported where somebody listens', async t => {
  const { browser } = await show(t, W => {
    const label = W.Label('a')
    label.on('resize', () => {})
    label.on('map', () => {})
    inWindow(W, label)
  })
  const label = browser.get('Label')
  t.same(callbacks(browser).map(([, action]) => action), ['map', 'resize'])
  browser.frames.length = 0
  await label.layout({ width: 300, height: 20 })
  await label.layout({ width: 300, height: 20 })
  t.same(callbacks(browser), [[label.wid, 'resize', { width: 300, height: 20 }]])
})

t.test('what server code listens to only now is reported at once', async t => {
  const { browser, session } = await show(t, W => inWindow(W, W.Label('a', { name: 'label' })))
  const seen: unknown[] = []
  session.find('label', 'Label')?.on('map', event => seen.push(event))
  await browser.idle()
  t.equal(seen.length, 1)
})

t.test('fire() sends anything the server listens to', async t => {
  const { browser } = await show(t, W => inWindow(W, W.Slider()))
  const slider = browser.get('Slider')
  await slider.fire('nothing')
  t.same(callbacks(browser), [])
  await slider.fire('activated', 'not a number')
  t.equal(browser.connection?.counts.invalid, 1)
  slider.fire('activated', 1)
  slider.fire('activated', 2)
  await slider.fire('activated', 3)
  t.same(callbacks(browser).slice(1), [[slider.wid, 'activated', 3]], 'several between two animation frames: the last')
})

t.test('a grid tells who is in which cell, and a fixed layout where things stand', async t => {
  const { browser, session } = await show(t, W => {
    const grid = W.GridBox({ rows: 2 })
    grid.addWidget(W.Label('in the corner'), 1, 1)
    const plan = W.FixedLayout()
    plan.addWidget(W.Label('there'), 10, 20)
    return inWindow(W, grid, plan)
  })
  const grid = browser.get('GridBox')
  t.strictSame([grid.rows, grid.columns], [2, 2])
  t.equal(grid.cell(1, 1)?.wid, browser.get('Label', 'in the corner').wid)
  t.equal(grid.cell(0, 0), null)
  const plan = browser.get('FixedLayout')
  t.strictSame(plan.placeOf(browser.get('Label', 'there')), [10, 20])
  t.equal(plan.placeOf(grid), null)
  t.same(browser.tree(), treeOf(session))
})
