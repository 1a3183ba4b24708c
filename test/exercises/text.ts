import type { Locator } from 'playwright-core'
import { MENU } from './exercise.ts'
import type { Exercises, Gesture, Stage } from './exercise.ts'

const typed = (text: string, field: (stage: Stage) => Locator): Gesture => async stage => {
  await field(stage).press('End')
  await stage.page.keyboard.type(text)
}

export const text: Exercises = {
  Label: {
    create: ['Text'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Text' },
      set_color: { args: ['rgb(1, 2, 3)', 'rgb(4, 5, 6)'] },
      set_halign: { args: ['right'] },
      set_valign: { args: ['bottom'], before: [['resize', null, 100]] },
      set_menu: { args: [MENU] }
    },
    callbacks: {}
  },
  TextEntry: {
    create: ['Text'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Text' },
      clear: { args: [] },
      set_length: { args: [30] },
      set_placeholder: { create: [''], args: ['Batch'] },
      set_editable: { args: [false], then: typed('!', ({ subject }) => subject) }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.press('Enter'), args: ['Text'] },
      modified: { gesture: typed('!', ({ subject }) => subject), args: ['Text!'] }
    }
  },
  TextEntrySet: {
    create: ['Text'],
    methods: {
      set_button_text: { args: ['Apply'] }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.getByRole('button').click(), args: ['Text'] }
    }
  },
  ComboBox: {
    create: [{ editable: true }],
    before: [['append_text', 'alpha'], ['append_text', 'gamma']],
    methods: {
      append_text: { args: ['delta'], then: ({ subject }) => subject.getByRole('combobox').press('ArrowDown') },
      insert_alpha: { args: ['beta'], then: ({ subject }) => subject.getByRole('combobox').press('ArrowDown') },
      delete_alpha: { args: ['gamma'], then: ({ subject }) => subject.getByRole('combobox').press('ArrowDown') },
      set_text: { args: ['gamma'] },
      get_text: { args: [], answers: 'alpha' },
      set_index: { args: [1] },
      get_index: { args: [], before: [['set_index', 1]], answers: 1 },
      get_alpha: { args: [1], answers: 'gamma' },
      show_text: { args: ['gamma'] },
      clear: { args: [] },
      set_length: { args: [30] }
    },
    callbacks: {
      activated: {
        gesture: async ({ page, subject }) => {
          await subject.getByRole('combobox').press('ArrowDown')
          await page.getByRole('option', { name: 'gamma' }).click()
        },
        args: [1, 'gamma']
      },
      modified: { gesture: typed('!', ({ subject }) => subject.getByRole('combobox')), args: ['alpha!'] }
    }
  }
}
