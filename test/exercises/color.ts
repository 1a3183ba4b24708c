import type { Exercises } from './exercise.ts'

export const color: Exercises = {
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
