import { PICTURE, PICTURE_BYTES } from './exercise.ts'
import type { Exercises } from './exercise.ts'

export const displays: Exercises = {
  Image: {
    methods: {
      set_image: { args: [PICTURE] },
      set_binary_image: { args: [PICTURE_BYTES, 'gif'] },
      get_draw_context: { args: [], answers: null },
      set_tooltip: { args: ['A pixel'] }
    },
    callbacks: {}
  }
}
