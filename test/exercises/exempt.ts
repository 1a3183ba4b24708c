const UPLOADS = 'pages report drops once there are uploads'
const NO_TABS = 'there are no tabs that would show it'

/** Members that have no exercise, and why: `Class.method`, or `Class: action`. */
export const exempt: Readonly<Record<string, string>> = {
  'Widget: drag-over': UPLOADS,
  'Widget: drop-start': UPLOADS,
  'Widget: drop-end': UPLOADS,
  'StackWidget.highlight_tab': NO_TABS,
  'StackWidget.set_tab_title': NO_TABS,
  'StackWidget.set_tab_position': NO_TABS,
  'Dialog.ask': 'the server waits; no page hears of it',
  'Image.update': 'what it asks for happens by itself at the next frame'
}
