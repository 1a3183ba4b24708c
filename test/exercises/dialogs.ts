import { MENU, ONE, TWO } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const dialogs: Exercises = {
  Dialog: {
    create: ['Subject', [['OK', 1], ['Cancel', 0]]],
    before: [['resize', 300, 200], ['set_position', 250, 150]],
    methods: {
      add_widget: { args: [ONE, 1] },
      insert_widget: { args: [0, TWO], before: [['add_widget', ONE]] },
      set_widget: { args: [TWO], before: [['add_widget', ONE]] },
      add_button: { args: [ONE, 2] },
      remove_all: { args: [], before: [['add_widget', ONE], ['add_button', TWO, 2]] },
      get_children: { args: [], before: [['add_widget', ONE], ['add_button', TWO, 2]], answers: [ONE] },
      num_children: { args: [], before: [['add_widget', ONE], ['add_button', TWO, 2]], answers: 1 },
      set_spacing: { args: [30], before: [['add_widget', ONE], ['add_widget', TWO]] },
      show: { args: [], before: [['hide']] },
      hide: { args: [] },
      popup: { args: [20, 30] },
      set_modal: { args: [true] },
      raise_: { args: [], before: [['lower']] },
      set_default_button: { args: [1] },
      get_content_area: { args: [], answers: (value: unknown) => (value as { __class__?: unknown } | null)?.__class__ === 'VBox' },
      destroy: { args: [], before: [['add_button', ONE, 2]] }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.getByRole('button', { name: 'Cancel' }).click(), args: [0] }
    }
  },
  StatusBar: {
    before: [['set_message', 'Ready']],
    methods: {
      set_message: { args: ['Saved', null] },
      clear: { args: [] },
      set_text: { args: ['Saved'] },
      get_text: { args: [], answers: 'Ready' },
      set_menu: { args: [MENU] }
    },
    callbacks: {}
  }
}
