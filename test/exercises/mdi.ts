import { turnWheel } from '../chromium/widget-support.ts'
import { ONE, SUBJECT, TWO, drawn } from './exercise.ts'
import type { Call, Exercises, Gesture } from './exercise.ts'

const FIRST = { title: 'First', x: 10, y: 10, width: 200, height: 120 }
const SECOND: Call = ['add_widget', TWO, { title: 'Second', x: 60, y: 40, width: 200, height: 120 }]
const FAR: Call = ['move_child', ONE, 900, 10]

const button = (window: string, name: string): Gesture => ({ subject }) =>
  subject.getByRole('group', { name: window }).getByRole('button', { name, exact: true }).click()

const nudge: Gesture = async ({ page, subject }) => {
  const { x, y } = await subject.locator('.pg-window-title').boundingBox() ?? { x: 0, y: 0 }
  await page.mouse.move(x + 20, y + 10)
  await page.mouse.down()
  await page.mouse.move(x + 32, y + 10, { steps: 3 })
  await page.mouse.up()
}

export const mdi: Exercises = {
  MDIWidget: {
    before: [['resize', 500, 300], ['add_widget', ONE, FIRST]],
    methods: {
      add_widget: { args: SECOND.slice(1) },
      cascade_windows: { args: [], before: [SECOND] },
      tile_windows: { args: [] },
      get_subwindows: { args: [], answers: (windows: unknown) => Array.isArray(windows) && windows.length === 1 },
      get_subwin: { args: [ONE], answers: (window: unknown) => (window as { __class__?: string }).__class__ === 'MDISubWindow' },
      get_configuration: { args: [ONE], answers: { x: 10, y: 10, width: 200, height: 120, title: 'First' } },
      move_child: { args: [ONE, 50, 60] },
      resize_child: { args: [ONE, 250, 150] },
      get_child_size: { args: [ONE], answers: [200, 120] },
      get_child_position: { args: [ONE], answers: [10, 10] },
      close_child: { args: [ONE] },
      get_index: { args: [], answers: 0 },
      set_index: { args: [0], before: [SECOND] },
      index_of: { args: [TWO], before: [SECOND], answers: 1 },
      index_to_widget: { args: [0], answers: ONE },
      set_resistance: { args: [1], then: nudge },
      set_scroll_position: { args: [1, 0], before: [FAR] },
      get_scroll_position: { args: [], before: [FAR, ['set_scroll_position', 1, 0]], answers: [1, 0] }
    },
    callbacks: {
      resize: { gesture: ({ call }) => call('resize', 400, 250), args: [{ width: 400, height: 250 }] },
      'page-switch': { before: [SECOND], gesture: button('First', 'First'), args: [{ ...ONE, __class__: 'Button' }] },
      'page-close': { gesture: button('First', 'Close'), args: [{ ...ONE, __class__: 'Button' }] },
      stacking: { before: [SECOND], gesture: button('Second', 'Send to back'), args: [[{ ...TWO, __class__: 'Button' }, { ...ONE, __class__: 'Button' }]] },
      scrolled: {
        before: [FAR],
        gesture: async ({ page, subject }) => {
          await subject.hover({ position: { x: 300, y: 250 } })
          await turnWheel(page, 200, 0)
          await drawn(page)
        },
        args: ([h, v]) => typeof h === 'number' && h > 0 && v === 0,
        sample: [0.4, 0]
      }
    }
  },
  MDISubWindow: {
    within: { class: 'MDIWidget', calls: [['resize', 500, 300], SECOND, ['add_widget', ONE, { ...FIRST, subwindow: SUBJECT }]] },
    methods: {
      set_position: { args: [40, 50] },
      get_position: { args: [], answers: [10, 10] },
      move: { args: [40, 50] },
      resize: { args: [250, null] },
      set_title: { args: ['Other'] },
      get_title: { args: [], answers: 'First' },
      set_padding: { args: [20] },
      raise_: { args: [], before: [['lower']] },
      lower: { args: [] },
      toggle_minimize: { args: [] },
      toggle_maximize: { args: [] },
      toggle_shade: { args: [] },
      set_window_state: { args: ['maximized'] },
      get_window_state: { args: [], before: [['set_window_state', 'shaded']], answers: 'shaded' },
      get_state: { args: [], answers: { state: 'normal', width: '200px', height: '120px', left: '10px', top: '10px' } },
      close: { args: [] },
      signal_close: { args: [] },
      get_child: { args: [], answers: ONE },
      get_children: { args: [], answers: (children: unknown) => Array.isArray(children) && children.length === 1 },
      num_children: { args: [], answers: 1 },
      remove: { args: [ONE] },
      remove_widget: { args: [ONE] },
      remove_all: { args: [] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      is_visible: { args: [], before: [['hide']], answers: false }
    },
    callbacks: {
      move: { gesture: ({ subject }) => subject.locator('.pg-window-title').press('ArrowRight'), args: [20, 10] },
      resize: { gesture: ({ subject }) => subject.locator('.pg-window-title').press('Shift+ArrowDown'), args: [{ width: 200, height: 130 }] },
      'window-state': { gesture: ({ subject }) => subject.getByRole('button', { name: 'Maximise' }).click(), args: ['maximized'] }
    }
  }
}
