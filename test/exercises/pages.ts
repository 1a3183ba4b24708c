import { ONE, THREE, TWO } from './exercise.ts'
import type { Exercises, Gesture } from './exercise.ts'

const handle: Gesture = async ({ subject }) => await subject.getByRole('separator').press('ArrowRight')

export const pages: Exercises = {
  Frame: {
    create: [{ title: 'Frame' }],
    methods: {
      set_widget: { args: [ONE] },
      set_title: { args: ['Other'] },
      set_text: { args: ['Other'] },
      get_text: { args: [], answers: 'Frame' },
      set_enabled: { args: [false] }
    },
    callbacks: {}
  },
  Expander: {
    create: [{ title: 'Section' }],
    before: [['set_widget', ONE]],
    methods: {
      set_widget: { args: [TWO], before: [['set_collapsed', false]] },
      set_collapsed: { args: [false] },
      get_collapsed: { args: [], answers: true },
      toggleContent: { args: [] },
      set_title: { args: ['Other'] },
      get_title: { args: [], answers: 'Section' },
      set_enabled: { args: [false] }
    },
    callbacks: {
      toggled: { gesture: ({ subject }) => subject.getByRole('button', { name: 'Section' }).click(), args: [false] }
    }
  },
  Splitter: {
    before: [['add_widget', ONE], ['add_widget', TWO]],
    methods: {
      add_widget: { args: [THREE] },
      insert_widget: { args: [0, THREE] },
      set_sizes: { args: [[3, 1]] },
      get_sizes: { args: [], answers: (sizes: unknown) => Array.isArray(sizes) && sizes.length === 2 && sizes.every(size => size > 0) },
      set_minimum_size: { args: [ONE, 400] }
    },
    callbacks: {
      sizing: {
        gesture: handle,
        args: ([sizes]) => Array.isArray(sizes) && sizes.length === 2 && Math.round(sizes[0] - sizes[1]) === 20,
        sample: [[300, 280]]
      }
    }
  },
  TabWidget: {
    create: [{ closable: true, reorderable: true }],
    before: [['add_widget', ONE, { title: 'First' }], ['add_widget', TWO, { title: 'Second' }]],
    methods: {
      add_widget: { args: [THREE, { title: 'Third' }] },
      show_widget: { args: [TWO] },
      close_widget: { args: [TWO] },
      set_index: { args: [1] },
      get_index: { args: [], before: [['set_index', 1]], answers: 1 },
      get_tab_id: { args: [TWO], answers: 'tab_1' },
      get_child: { args: ['tab_1'], answers: TWO },
      index_of: { args: [TWO], answers: 1 },
      index_to_widget: { args: [1], answers: TWO },
      highlight_tab: { args: [TWO, 'rgb(1, 2, 3)'] },
      set_tab_title: { args: [TWO, 'Other'] },
      get_tab_title: { args: [TWO], answers: 'Second' },
      move_widget: { args: [TWO, 0] },
      set_tab_position: { args: ['left'] },
      signal_close: { args: ['tab_1'] },
      set_enabled: { args: [false] }
    },
    callbacks: {
      'page-switch': { gesture: ({ subject }) => subject.getByRole('tab', { name: 'Second' }).click(), args: [TWO, 1] },
      'page-move': { gesture: ({ subject }) => subject.getByRole('tab', { name: 'First' }).press('Control+Shift+ArrowRight'), args: [ONE, 1] },
      'page-close': { gesture: ({ subject }) => subject.getByRole('tab', { name: 'Second' }).press('Delete'), args: [TWO] }
    }
  },
  StackWidget: {
    before: [['add_widget', ONE], ['add_widget', TWO]],
    methods: {
      get_tab_title: { args: [ONE], answers: '' }
    },
    callbacks: {}
  }
}
