import { ONE } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const color: Exercises = {
  ColorDialog: {
    create: [{ color: '#336699' }],
    before: [['resize', 360, 380], ['set_position', 20, 20]],
    methods: {
      set_color: { args: ['#00ff00'] },
      get_color: { args: [], answers: '#336699' },
      add_button: { args: [ONE, '#00ff00'] }
    },
    callbacks: {
      pick: {
        gesture: async ({ subject }) => {
          await subject.getByLabel('Digits').fill('#c0ffee')
          await subject.getByLabel('Digits').press('Tab')
        },
        args: ['#c0ffee']
      },
      activated: { gesture: ({ subject }) => subject.getByRole('button', { name: 'OK' }).click(), args: ['#336699'] },
      cancel: { gesture: ({ subject }) => subject.getByRole('button', { name: 'Cancel' }).click(), args: [] }
    }
  },
  ColorWidget: {
    create: [{ color: '#336699' }],
    methods: {
      set_color: { args: ['#00ff00'] },
      get_color: { args: [], answers: '#336699' }
    },
    callbacks: {
      pick: {
        gesture: async ({ subject }) => {
          await subject.getByLabel('Digits').fill('#c0ffee')
          await subject.getByLabel('Digits').press('Enter')
        },
        args: ['#c0ffee']
      }
    }
  }
}
