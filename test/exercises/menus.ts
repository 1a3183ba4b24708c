import { MENU, ONE, PICTURE } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const menus: Exercises = {
  MenuBar: {
    before: [['add_menu', MENU, 'First']],
    methods: {
      add_menu: { args: [MENU, 'Second', { icon_url: PICTURE }] },
      add_name: { args: ['Second'] },
      get_menu: { args: ['First'], answers: MENU },
      set_enabled: { args: [false] }
    },
    callbacks: {}
  },
  Menu: {
    before: [['add_name', 'Here']],
    methods: {
      add_widget: { args: [ONE] },
      add_name: { args: ['Also'] },
      add_menu: { args: ['More', MENU] },
      add_separator: { args: [] },
      get_menu: { args: ['More'], before: [['add_menu', 'More', MENU]], answers: MENU },
      popup: { args: [20, 30] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      set_enabled: { args: [false] },
      destroy: { args: [] }
    },
    callbacks: {}
  },
  MenuAction: {
    create: [{ text: 'Grid', checkable: true }],
    methods: {
      set_text: { args: ['Rulers'] },
      get_text: { args: [], answers: 'Grid' },
      set_icon: { args: [PICTURE, [12, 12]] },
      set_checked: { args: [true] },
      get_checked: { args: [], before: [['set_checked', true]], answers: true },
      set_state: { args: [true] },
      get_state: { args: [], before: [['set_state', true]], answers: true },
      set_tooltip: { args: ['Lines behind the drawing'] },
      get_tooltip: { args: [], before: [['set_tooltip', 'Lines']], answers: 'Lines' }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [true] }
    }
  },
  ToolBar: {
    methods: {
      add_widget: { args: [ONE] },
      add_action: { args: [{ text: 'Run' }] },
      add_separator: { args: [] },
      add_spacer: { args: [], before: [['add_widget', ONE]] }
    },
    callbacks: {}
  },
  ToolBarAction: {
    create: [{ text: 'Run', toggle: true }],
    methods: {
      set_text: { args: ['Walk'] },
      get_text: { args: [], answers: 'Run' },
      set_icon: { args: [PICTURE, [12, 12]] },
      set_state: { args: [true] },
      get_state: { args: [], before: [['set_state', true]], answers: true },
      set_menu: { args: [MENU] },
      set_tooltip: { args: ['Faster'] }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [true] }
    }
  }
}
