import type { Locator } from 'playwright-core'
import { ONE, PICTURE, TWO, drawn } from './exercise.ts'
import type { CallbackExercise, Exercises } from './exercise.ts'

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** An event of these properties, whatever else it tells. */
const event = (gesture: (subject: Locator) => Promise<unknown>, expected: Record<string, unknown>, sample: Record<string, unknown> = MOUSE): CallbackExercise => ({
  gesture: ({ subject }) => gesture(subject),
  args: ([event]) => isObject(event) && Object.entries(expected).every(([key, value]) => event[key] === value),
  sample: [{ ...sample, ...expected }]
})

const MOUSE = {
  type: 'pointerdown',
  time_stamp: 1,
  x: 1,
  y: 2,
  viewport_x: 3,
  viewport_y: 4,
  button_trigger: 1,
  button_mask: 1,
  modifiers: [],
  pointer_id: 1,
  pointer_type: 'mouse',
  pressure: 0.5,
  is_primary: true
}
const WHEEL = { ...MOUSE, delta_x: 0, delta_y: 30, delta_z: 0, delta_mode: 0 }
const KEY = { type: 'keydown', time_stamp: 1, key: 'a', keycode: 'KeyA', repeat: false, modifiers: [] }
const FOCUS = { type: 'focusin', time_stamp: 1 }

const at = { position: { x: 3, y: 4 } }

export const base: Exercises = {
  Callback: {
    as: 'Label',
    create: ['Text'],
    methods: {
      destroy: { args: [] },
      has_callback: { args: ['resize'], before: [['enable_callback', 'resize']], answers: true },
      // The widget's own actions are all listened to here.
      enable_callback: { args: ['other'], shows: [['has_callback', 'other']] }
    },
    callbacks: {}
  },
  Widget: {
    as: 'Label',
    create: ['Text'],
    methods: {
      set_border_width: { args: [3] },
      set_border_color: { args: ['rgb(1, 2, 3)'], before: [['set_border_width', 2]] },
      set_bg: { args: ['rgb(1, 2, 3)'] },
      set_min_size: { args: [200, 90] },
      set_max_size: { args: [15, 9] },
      set_expanding: { args: [true, true] },
      get_expanding: { args: [], before: [['set_expanding', false, true]], answers: { horizontal: false, vertical: true } },
      resize: { args: [210, 77] },
      get_size: { args: [], before: [['resize', 210, 77]], answers: [210, 77] },
      get_position: { args: [], answers: (value: unknown) => Array.isArray(value) && value.every(length => length > 0) },
      set_padding: { args: [[1, 2, 3, 4]] },
      set_margins: { args: [7] },
      set_font: { args: ['monospace', 20, 'bold', 'italic'] },
      set_enabled: { args: [false] },
      get_enabled: { args: [], before: [['set_enabled', false]], answers: false },
      set_tooltip: { args: ['Help'] },
      get_tooltip: { args: [], before: [['set_tooltip', 'Help']], answers: 'Help' },
      is_container: { args: [], answers: false },
      set_allow_text_selection: { args: [true] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      is_visible: { args: [], answers: true },
      set_focus: { args: [], create: ['Text', { interactive: true }] },
      add_cursor: { args: ['mine', PICTURE, 0, 0, [8, 8]], before: [['set_cursor', 'mine']] },
      set_cursor: { args: ['wait'] }
    },
    callbacks: {
      resize: { gesture: ({ call }) => call('resize', 210, 77), args: [{ width: 210, height: 77 }] },
      map: {
        gesture: async ({ page, call }) => {
          await call('hide')
          await drawn(page)
          await call('show')
        },
        args: ([box]) => isObject(box) && Object.keys(box).join() === 'x,y,viewport_x,viewport_y,width,height' && Number(box.width) > 0,
        sample: [{ x: 0, y: 0, viewport_x: 8, viewport_y: 40, width: 100, height: 20 }]
      }
    }
  },
  ContainerWidget: {
    as: 'VBox',
    before: [['add_widget', ONE], ['add_widget', TWO]],
    methods: {
      is_container: { args: [], answers: true },
      get_children: { args: [], answers: [ONE, TWO] },
      num_children: { args: [], answers: 2 },
      remove: { args: [ONE] },
      remove_widget: { args: [ONE, true] },
      remove_all: { args: [] },
      destroy: { args: [] }
    },
    callbacks: {
      'child-added': { before: [['remove_all']], gesture: ({ call }) => call('add_widget', ONE), args: [ONE] },
      'child-removed': { gesture: ({ call }) => call('remove', TWO), args: [TWO] }
    }
  },
  interactive: {
    as: 'Label',
    create: ['Text', { interactive: true }],
    methods: {},
    callbacks: {
      'pointer-down': event(subject => subject.click(at), { type: 'pointerdown', button_trigger: 1, button_mask: 1, pointer_type: 'mouse', x: 3, y: 4 }),
      'pointer-up': event(subject => subject.click(at), { type: 'pointerup', button_trigger: 1, button_mask: 0, pointer_type: 'mouse', x: 3, y: 4 }),
      'pointer-move': event(subject => subject.hover(at), { type: 'pointermove', button_trigger: 0, button_mask: 0, x: 3, y: 4 }),
      enter: event(subject => subject.hover(), { type: 'pointerover', button_trigger: 0 }),
      leave: event(async subject => {
        await subject.hover()
        await subject.page().mouse.move(1, 1)
      }, { type: 'pointerout', button_trigger: 0 }),
      click: event(subject => subject.click(at), { type: 'click', button_trigger: 1, x: 3, y: 4 }),
      dblclick: event(subject => subject.dblclick(at), { type: 'dblclick', button_trigger: 1, x: 3, y: 4 }),
      scroll: event(async subject => {
        await subject.hover()
        await subject.page().mouse.wheel(0, 30)
      }, { type: 'wheel', delta_y: 30, delta_mode: 0 }, WHEEL),
      'key-down': event(subject => subject.press('a'), { type: 'keydown', key: 'a', keycode: 'KeyA', repeat: false }, KEY),
      'key-up': event(subject => subject.press('a'), { type: 'keyup', key: 'a', keycode: 'KeyA', repeat: false }, KEY),
      'key-press': event(subject => subject.press('a'), { type: 'keypress', key: 'a', keycode: 'KeyA', repeat: false }, KEY),
      'focus-in': event(subject => subject.focus(), { type: 'focusin' }, FOCUS),
      'focus-out': event(async subject => {
        await subject.focus()
        await subject.blur()
      }, { type: 'focusout' }, FOCUS),
      contextmenu: event(subject => subject.click({ button: 'right' }), { type: 'contextmenu', button_trigger: 3 })
    }
  }
}
