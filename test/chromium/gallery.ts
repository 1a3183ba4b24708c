import type { Request } from './support.ts'

const svg = (color: string, width: number, height: number): string =>
  `data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" rx="3" fill="${color}"/></svg>`)}`

const names = [
  'window', 'column', 'menuBar', 'file', 'open', 'wrap', 'recent', 'toolBar', 'run', 'pin', 'more', 'splitter', 'controls',
  'tabs', 'button', 'check', 'slider', 'entry', 'combo', 'typed', 'progress', 'frame', 'picture', 'vertical', 'disabled',
  'danger', 'side'
] as const

/** Ids of the widgets in {@link gallery}, for tests that look at one of them. */
export const wids = Object.fromEntries(names.map((name, index) => [name, index + 1])) as Record<typeof names[number], number>

const ref = (wid: number): Request => ({ __wid__: wid })

/** Frames that build a window with every class in it, each in an ordinary state. */
export function gallery (): Request[] {
  const frames: Request[] = []
  const create = (wid: number, name: string, ...args: unknown[]): void => { frames.push({ type: 'create', wid, class: name, args }) }
  const call = (wid: number, method: string, ...args: unknown[]): void => { frames.push({ type: 'call', wid, method, args }) }
  let next = 100
  const row = (into: number, label: string, ...wids: number[]): void => {
    const box = next++
    const text = next++
    create(box, 'HBox')
    call(box, 'set_spacing', 10)
    create(text, 'Label', label)
    call(text, 'set_min_size', 76, null)
    call(box, 'add_widget', ref(text), 0)
    for (const wid of wids) call(box, 'add_widget', ref(wid), 1)
    call(into, 'add_widget', ref(box), 0)
  }
  const w = wids

  create(w.window, 'TopLevel', { title: 'Every widget', maximizable: true })
  create(w.column, 'VBox')

  create(w.menuBar, 'MenuBar')
  create(w.file, 'Menu')
  call(w.menuBar, 'add_menu', ref(w.file), 'File')
  create(w.open, 'MenuAction', { text: 'Open…', icon_url: svg('#3a7bd5', 16, 16) })
  create(w.wrap, 'MenuAction', { text: 'Wrap lines', checkable: true })
  call(w.wrap, 'set_checked', true)
  create(w.recent, 'Menu')
  call(w.file, 'add_widget', ref(w.open))
  call(w.file, 'add_menu', 'Recent', ref(w.recent))
  call(w.recent, 'add_name', 'first.txt')
  call(w.recent, 'add_name', 'second.txt')
  call(w.file, 'add_separator')
  call(w.file, 'add_widget', ref(w.wrap))
  for (const name of ['Edit', 'View', 'Help']) call(w.menuBar, 'add_name', name)

  create(w.toolBar, 'ToolBar')
  create(w.run, 'ToolBarAction', { text: 'Run', icon_url: svg('#2e9e5b', 18, 18) })
  create(w.pin, 'ToolBarAction', { text: 'Pin', toggle: true })
  call(w.pin, 'set_state', true)
  create(w.more, 'ToolBarAction', { text: 'More', menu: ref(w.file) })
  call(w.toolBar, 'add_widget', ref(w.run))
  call(w.toolBar, 'add_separator')
  call(w.toolBar, 'add_widget', ref(w.pin))
  call(w.toolBar, 'add_action', 'Left')
  call(w.toolBar, 'add_spacer')
  call(w.toolBar, 'add_widget', ref(w.more))

  create(w.splitter, 'Splitter')
  create(w.controls, 'VBox')
  call(w.controls, 'set_padding', 16)
  call(w.controls, 'set_spacing', 12)
  create(w.button, 'Button', 'Start')
  create(w.disabled, 'Button', 'Stop')
  call(w.disabled, 'set_enabled', false)
  create(w.danger, 'Button', 'Danger')
  call(w.danger, 'set_color', '#b3322b', '#ffffff')
  row(w.controls, 'Buttons', w.button, w.disabled, w.danger)
  create(w.entry, 'TextEntry', 'Some text')
  row(w.controls, 'Name', w.entry)
  create(w.combo, 'ComboBox')
  for (const text of ['Apple', 'Banana', 'Cherry', 'Damson']) call(w.combo, 'append_text', text)
  create(w.typed, 'ComboBox', { editable: true })
  for (const text of ['red', 'green', 'blue']) call(w.typed, 'append_text', text)
  row(w.controls, 'Choices', w.combo, w.typed)
  create(w.check, 'CheckBox', 'Remember me')
  call(w.check, 'set_state', true)
  row(w.controls, 'Options', w.check)
  create(w.slider, 'Slider', { show_value: true, value: 40 })
  row(w.controls, 'Level', w.slider)
  create(w.progress, 'ProgressBar')
  call(w.progress, 'set_value', 0.65)
  row(w.controls, 'Progress', w.progress)

  create(w.tabs, 'TabWidget', { closable: true, reorderable: true })
  create(w.frame, 'Frame', { title: 'Picture' })
  create(w.side, 'HBox')
  call(w.side, 'set_spacing', 16)
  create(w.picture, 'Image', { url: svg('#7a5bd0', 160, 100) })
  call(w.picture, 'set_tooltip', 'A violet square')
  create(w.vertical, 'Slider', { orientation: 'vertical', show_value: true, show_value_position: 'b', value: 70 })
  call(w.side, 'add_widget', ref(w.picture), 0)
  call(w.side, 'add_widget', ref(w.vertical), 0)
  call(w.frame, 'set_widget', ref(w.side))
  create(next, 'VBox')
  call(next, 'set_padding', 16)
  call(next, 'add_widget', ref(w.frame), 0)
  call(w.tabs, 'add_widget', ref(next), { title: 'Overview' })
  for (const title of ['Measurements', 'Log']) {
    create(++next, 'Label', `${title} would be here.`)
    call(next, 'set_padding', 16)
    call(w.tabs, 'add_widget', ref(next), { title })
  }

  call(w.splitter, 'set_sizes', [5, 4])
  call(w.splitter, 'add_widget', ref(w.controls))
  call(w.splitter, 'add_widget', ref(w.tabs))
  call(w.column, 'add_widget', ref(w.menuBar), 0)
  call(w.column, 'add_widget', ref(w.toolBar), 0)
  call(w.column, 'add_widget', ref(w.splitter), 1)
  call(w.window, 'set_widget', ref(w.column))
  call(w.window, 'resize', 860, 460)
  call(w.window, 'show')
  return frames
}
