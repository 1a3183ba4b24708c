import { PICTURE } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const buttons: Exercises = {
  Button: {
    create: ['Press'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Press' },
      set_icon: { args: [PICTURE, [12, 12]] },
      get_icon: { args: [], before: [['set_icon', PICTURE]], answers: PICTURE },
      set_color: { args: ['rgb(1, 2, 3)', 'rgb(4, 5, 6)'] },
      set_hover: { args: ['rgb(1, 2, 3)', null], then: ({ subject }) => subject.hover() }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [] }
    }
  },
  CheckBox: {
    create: ['Armed'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Armed' },
      set_state: { args: [true] },
      get_state: { args: [], before: [['set_state', true]], answers: true }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [true] }
    }
  },
  RadioButton: {
    create: ['Slow'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Slow' },
      set_state: { args: [true] },
      get_state: { args: [], before: [['set_state', true]], answers: true }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [true] }
    }
  },
  ToggleButton: {
    create: ['Lamp'],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Lamp' },
      set_state: { args: [true] },
      get_state: { args: [], before: [['set_state', true]], answers: true }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.click(), args: [true] }
    }
  }
}
