import type { Exercises } from './exercise.ts'

/** Of what holds a number between 0 and 10, at first 5. */
const bounded = {
  set_value: { args: [7] },
  get_value: { args: [], answers: 5 },
  set_limits: { args: [0, 4, 2] },
  set_decimals: { args: [2] }
}

export const values: Exercises = {
  Slider: {
    create: [{ min: 0, max: 10, value: 5, show_value: true }],
    methods: {
      ...bounded,
      set_tracking: {
        args: [true],
        then: async ({ page, subject }) => {
          const { x, y, width, height } = (await subject.locator('input').boundingBox())!
          await page.mouse.move(x + width / 2, y + height / 2)
          await page.mouse.down()
          await page.mouse.move(x + width / 2 + 50, y + height / 2, { steps: 2 })
        }
      }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.locator('input').press('ArrowRight'), args: [6] }
    }
  },
  Dial: {
    create: [{ min: 0, max: 10, value: 5, show_value: true }],
    methods: {
      ...bounded,
      set_tracking: {
        args: [true],
        then: async ({ page, subject }) => {
          const { x, y, width, height } = (await subject.locator('input').boundingBox())!
          await page.mouse.move(x + width / 2, y + 5)
          await page.mouse.down()
          await page.mouse.move(x + width - 5, y + height / 2, { steps: 2 })
        }
      },
      set_knob_diameter: { args: [20] },
      set_icon: { args: ['data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', 16] }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.locator('input').press('ArrowRight'), args: [6] }
    }
  },
  SpinBox: {
    create: [{ dtype: 'float', min: 0, max: 10, step: 0.5, value: 5 }],
    methods: {
      ...bounded,
      set_value: { args: [7.25] }
    },
    callbacks: {
      activated: { gesture: ({ subject }) => subject.getByRole('button', { name: 'Increase' }).click(), args: [5.5] }
    }
  },
  ProgressBar: {
    methods: {
      set_value: { args: [0.25] },
      get_value: { args: [], before: [['set_value', 0.25]], answers: 0.25 }
    },
    callbacks: {}
  }
}
