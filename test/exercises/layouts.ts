import { ONE, THREE, TWO } from './exercise.ts'
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
  VBox: { before: [['add_widget', ONE]], methods: { set_align: { args: ['center'] } }, callbacks: {} },
  HBox: { before: [['add_widget', ONE], ['resize', 300, 100]], methods: { set_align: { args: ['bottom'] } }, callbacks: {} },
  ButtonBox: {
    before: [['add_widget', ONE]],
    methods: {
      add_widget: { args: [TWO, 1] },
      insert_widget: { args: [0, TWO] },
      set_spacing: { args: [25], before: [['add_widget', TWO]] },
      set_align: { args: ['bottom'], before: [['resize', 300, 100]] },
      set_halign: { args: ['right'] }
    },
    callbacks: {}
  },
  FixedLayout: {
    before: [['add_widget', ONE, 10, 10]],
    methods: {
      add_widget: { args: [ONE, 80, 40] }
    },
    callbacks: {}
  },
  GridBox: {
    create: [{ rows: 2, columns: 2 }],
    before: [['add_widget', ONE, 0, 0], ['add_widget', TWO, 1, 1]],
    methods: {
      add_widget: { args: [THREE, 0, 1] },
      set_row_spacing: { args: [30] },
      set_column_spacing: { args: [30] },
      set_spacing: { args: [30] },
      get_row_column_count: { args: [], answers: [2, 2] },
      get_widget_at_cell: { args: [1, 1], answers: { ...TWO, __class__: 'Button' } },
      insert_row: { args: [0, [THREE]] },
      append_row: { args: [[THREE]] },
      delete_row: { args: [0] },
      insert_column: { args: [1, [THREE]] },
      append_column: { args: [[THREE]] },
      delete_column: { args: [1] }
    },
    callbacks: {}
  },
  Separator: {
    methods: {
      set_orientation: { args: ['vertical'] }
    },
    callbacks: {}
  }
}
