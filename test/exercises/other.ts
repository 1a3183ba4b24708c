import type { Call, Exercises } from './exercise.ts'

const running: readonly Call[] = [['is_set']]

export const other: Exercises = {
  Timer: {
    create: [{ duration: 100 }],
    methods: {
      start: { args: [], shows: running },
      stop: { args: [], before: [['start']], shows: running },
      cancel: { args: [], before: [['start']], shows: running },
      set: { args: [200], shows: running },
      cond_set: { args: [200], shows: running },
      is_set: { args: [], before: [['start']], answers: true },
      elapsed_time: { args: [], before: [['start']], answers: (seconds: unknown) => typeof seconds === 'number' && seconds > 0 && seconds < 50 },
      time_left: { args: [], before: [['start']], answers: (seconds: unknown) => typeof seconds === 'number' && seconds > 50 && seconds < 100 },
      set_duration: { args: [50], shows: [['get_duration']] },
      get_duration: { args: [], answers: 100 }
    },
    callbacks: {
      expired: { gesture: ({ call }) => call('start', 0.01), args: [0.01] },
      cancelled: { gesture: ({ call }) => call('cancel'), before: [['start']], args: ([seconds]) => typeof seconds === 'number' && seconds > 0, sample: [3] }
    }
  }
}
