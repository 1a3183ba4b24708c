import { array, number, oneOf, px, widget } from '../protocol/values.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { addsChild, computed, define, option, param, setter, tracked, update } from './definition.ts'
import type { Call } from './definition.ts'
import { ContainerWidget } from './widget.ts'

type Minimums = Record<string, number>

/** Panes side by side with handles between them that people drag. */
export const Splitter = define({
  class: 'Splitter',
  base: ContainerWidget,
  options: {
    /** Direction in which panes follow each other. */
    orientation: option(oneOf('horizontal', 'vertical'), 'horizontal')
  },
  container: {
    attach: 'add_widget',
    again: 'move',
    reduce (state, { kind, index, wid }) {
      if (kind === 'added') return undefined
      const { [wid]: _gone, ...minimums } = state.minimums as Minimums
      const sizes = state.sizes as number[] | null
      return { minimums, sizes: sizes === null ? null : sizes.filter((_, i) => i !== index) }
    }
  },
  state: {
    minimums: {
      initial: {},
      phase: 'late',
      calls: (value, before): Call[] => Object.entries(value as Minimums)
        .filter(([wid, min]) => (before as Minimums | undefined)?.[wid] !== min)
        .map(([wid, min]) => ['set_minimum_size', { __wid__: Number(wid) }, min])
    },
    sizes: { initial: null, phase: 'late', calls: value => value === null ? [] : [['set_sizes', value]] }
  },
  methods: {
    /** Adds a pane at the end. */
    add_widget: addsChild([param('child', widget())]),
    /** Shares out the room. @param sizes - Weights, one for each pane: the panes get room in this ratio. */
    set_sizes: setter('sizes', [param('sizes', array(px))]),
    /** The sizes as last set (weights) or dragged (px); empty if neither happened. */
    get_sizes: computed([], array(number), state => state.sizes ?? []),
    /** Sets the smallest size of a pane. @param child - The pane's widget. @param min_px - px; 0 lets it collapse. */
    set_minimum_size: update(['minimums'], [param('child', widget()), param('min_px', px)], (state, [child, min], { children }) => {
      const wid = (child as WidgetRef).__wid__
      if (!children.includes(wid)) throw new RangeError('child must be the widget of a pane')
      return { minimums: { ...state.minimums as Minimums, [wid]: min } }
    })
  },
  callbacks: {
    /** A handle was moved. @param sizes - Size of each pane in px. */
    sizing: tracked(['sizes'], [param('sizes', array(px))], (_state, [sizes], { children }) => {
      // A pane may have gone, or come, while the report was under way.
      return { sizes: (sizes as number[]).slice(0, children.length) }
    }, { corrected: (patch, [sizes]) => (patch.sizes as number[]).length !== (sizes as number[]).length })
  }
})
