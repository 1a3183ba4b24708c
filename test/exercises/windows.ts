import { ONE, PICTURE } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const windows: Exercises = {
  TopLevel: {
    create: [{ title: 'Subject', minimizable: true, maximizable: true }],
    before: [['resize', 300, 200], ['set_position', 250, 150]],
    methods: {
      set_widget: { args: [ONE] },
      set_position: { args: [20, 30] },
      get_position: { args: [], answers: [250, 150] },
      set_title: { args: ['Other'] },
      set_icon: { args: [PICTURE] },
      set_moveable: { args: [false] },
      raise_: { args: [], before: [['lower']] },
      lower: { args: [] },
      toggle_minimize: { args: [] },
      toggle_maximize: { args: [] },
      toggle_shade: { args: [] },
      set_window_state: { args: ['maximized'] },
      get_window_state: { args: [], before: [['set_window_state', 'shaded']], answers: 'shaded' },
      resize: { args: [350, null] },
      set_padding: { args: [20] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      is_visible: { args: [], before: [['hide']], answers: false }
    },
    callbacks: {
      move: { gesture: ({ subject }) => subject.locator('.pg-window-title').press('ArrowRight'), args: [260, 150] },
      resize: { gesture: ({ subject }) => subject.locator('.pg-window-title').press('Shift+ArrowDown'), args: [{ width: 300, height: 210 }] },
      close: { gesture: ({ subject }) => subject.getByRole('button', { name: 'Close' }).click(), args: [] },
      'window-state': { gesture: ({ subject }) => subject.getByRole('button', { name: 'Maximise' }).click(), args: ['maximized'] }
    }
  },
  Page: {
    methods: {
      set_widget: { args: [ONE] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      is_visible: { args: [], before: [['hide']], answers: false }
    },
    callbacks: {}
  }
}
