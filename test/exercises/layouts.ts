import { ONE, TWO } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const layouts: Exercises = {
  Box: {
    create: [{ orientation: 'vertical' }],
    before: [['add_widget', ONE]],
    methods: {
      add_widget: { args: [TWO, 1] },
      insert_widget: { args: [0, TWO] },
      set_spacing: { args: [25], before: [['add_widget', TWO]] },
      set_align: { args: ['right'] }
    },
    callbacks: {}
  },
  VBox: { methods: {}, callbacks: {} },
  HBox: { methods: {}, callbacks: {} }
}
