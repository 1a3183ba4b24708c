import { turnWheel } from '../chromium/widget-support.ts'
import { ONE, TWO } from './exercise.ts'
import type { Call, Exercises, Gesture, MethodExercise, Stage } from './exercise.ts'

/** Text of more lines than any view here shows. */
const LINES = Array.from({ length: 60 }, (_, i) => `line ${i}`).join('\n')
const HTML = '<p>Text</p>'.repeat(40)

const isPlace = ([h, v]: readonly unknown[]): boolean => typeof h === 'number' && typeof v === 'number' && v > 0 && v <= 1

const wheel: Gesture = async ({ page, subject }) => {
  await subject.hover()
  await turnWheel(page, 0, 100)
}

/** What cleans HTML is loaded with the first of it; until then nothing is shown. */
const loaded: Gesture = async ({ page, subject }) => {
  const element = await subject.elementHandle()
  await page.waitForFunction(element => element instanceof HTMLElement && element.shadowRoot!.adoptedStyleSheets.length > 0, element)
}

const html = (exercise: MethodExercise): MethodExercise => ({ ...exercise, then: loaded })
const key = (name: string) => async ({ subject }: Stage): Promise<void> => await subject.press(name)

/** A view of 200 by 150 px onto something larger. */
const OVERFLOWING: readonly Call[] = [['set_widget', ONE], ['set_font', null, 60], ['set_padding', [0, 60, 0, 60]], ['resize', 200, 150]]

export const scrolling: Exercises = {
  ScrollBar: {
    methods: {
      set_scroll_percent: { args: [0.5] },
      get_scroll_percent: { args: [], before: [['set_scroll_percent', 0.5]], answers: 0.5 },
      set_thumb_percent: { args: [0.5] },
      get_thumb_percent: { args: [], answers: 0.2 },
      set_thumb_width: { args: [0.5] }
    },
    callbacks: {
      activated: { gesture: key('End'), args: [1] }
    }
  },
  AbstractScrollArea: {
    before: [['set_widget', ONE], ['resize', 200, 150]],
    methods: {
      set_widget: { args: [TWO] },
      set_thumb_percent: { args: [0.5, 0.5] },
      get_thumb_percent: { args: [], answers: [0.2, 0.2] },
      set_scroll_percent: { args: [0.5, 0.5] },
      get_scroll_percent: { args: [], before: [['set_scroll_percent', 0.5, 1]], answers: [0.5, 1] },
      set_scroll_bar_visibility: { args: ['off', 'auto'] }
    },
    callbacks: {
      scrolled: { gesture: ({ subject }) => subject.locator('.pg-scroll-viewport').press('End'), args: [0, 1] },
      'area-resize': { gesture: ({ call }) => call('resize', 300, 150), args: [300, 150, 15, 15] }
    }
  },
  ScrollArea: {
    before: OVERFLOWING,
    methods: {
      set_widget: { args: [TWO] },
      set_thumb_percent: { args: [0.5, 0.5], shows: [['get_thumb_percent']] },
      get_thumb_percent: { args: [], answers: [0.2, 0.2] },
      set_scroll_percent: { args: [0, 0.5] },
      get_scroll_percent: { args: [], before: [['set_scroll_percent', 0, 0.5]], answers: [0, 0.5] },
      set_scroll_position: { args: [0, 0.5] },
      get_scroll_position: { args: [], before: [['set_scroll_position', 0, 0.5]], answers: [0, 0.5] },
      set_scroll_bar_visibility: { args: ['off', 'off'] },
      scroll_to_widget: { args: [ONE] }
    },
    callbacks: {
      scrolled: { gesture: wheel, args: isPlace, sample: [0, 0.5] },
      'area-resize': {
        gesture: ({ call }) => call('resize', 300, 150),
        args: args => args.length === 4 && args[0] === 300 && args[1] === 150,
        sample: [300, 150, 15, 15]
      }
    }
  },
  TextArea: {
    create: [LINES],
    before: [['resize', 200, 150]],
    methods: {
      set_text: { args: ['Other'] },
      get_text: { args: [], create: ['Text'], answers: 'Text' },
      append_text: { args: ['\nmore'] },
      clear: { args: [] },
      set_editable: { args: [false] },
      set_wrap: { args: [true] },
      set_limit: { args: [3] },
      set_scroll_position: { args: [0, 0.5] },
      get_scroll_position: { args: [], before: [['set_scroll_position', 0, 0.5]], answers: [0, 0.5] },
      scroll_to_lineno: { args: [30, 'top'] },
      scroll_to_end: { args: [] }
    },
    callbacks: {
      scrolled: { gesture: wheel, args: isPlace, sample: [0, 0.5] },
      modified: {
        create: ['Text'],
        gesture: async ({ page, subject }) => {
          await subject.press('End')
          await page.keyboard.type('!')
        },
        args: ['Text!']
      }
    }
  },
  HtmlView: {
    create: [HTML],
    before: [['resize', 200, 150]],
    methods: {
      set_html: html({ args: ['<b>Other</b>'] }),
      get_html: { args: [], answers: HTML },
      append_html: html({ args: ['<b>more</b>'] }),
      clear: html({ args: [] }),
      set_trusted: html({ args: [true], before: [['set_html', '<p style="color: rgb(1, 2, 3)">Text</p>']] }),
      scroll_to_top: { args: [], before: [['set_scroll_position', 0, 1]], shows: [['get_scroll_position']] },
      scroll_to_bottom: html({ args: [] }),
      set_scroll_position: html({ args: [0, 0.5] }),
      get_scroll_position: { args: [], before: [['set_scroll_position', 0, 0.5]], answers: [0, 0.5] }
    },
    callbacks: {
      scrolled: {
        gesture: async stage => {
          await loaded(stage)
          await wheel(stage)
        },
        args: isPlace,
        sample: [0, 0.5]
      }
    }
  },
  ExternalWidget: {
    before: [['set_content', '<p>Text</p>'], ['resize', 200, 100]],
    methods: {
      set_content: html({ args: ['<b>Other</b>'] }),
      clear: html({ args: [] }),
      set_trusted: html({ args: [true], before: [['set_content', '<p style="color: rgb(1, 2, 3)">Text</p>']] }),
      get_content_element: { args: [], answers: null }
    },
    callbacks: {}
  }
}
