const DROPS = 'what is dragged comes from another program: test/chromium/drops.test.ts drags it'
const NO_TABS = 'there are no tabs that would show it'

/** Members that have no exercise, and why: `Class.method`, or `Class: action`. */
export const exempt: Readonly<Record<string, string>> = {
  'Widget: drag-over': DROPS,
  'Widget: drop-start': DROPS,
  'Widget: drop-end': DROPS,
  'Widget: drop-progress': 'made by the server, from the pieces that come',
  'StackWidget.highlight_tab': NO_TABS,
  'StackWidget.set_tab_title': NO_TABS,
  'StackWidget.set_tab_position': NO_TABS,
  'Dialog.ask': 'the server waits; no page hears of it',
  'Image.update': 'what it asks for happens by itself at the next frame'
}
