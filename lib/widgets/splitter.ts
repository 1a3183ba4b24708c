import { array, atLeast, isRef, number, oneOf, px, widget } from '../protocol/values.ts'
import type { WidgetRef } from '../protocol/values.ts'
import { addsChild, computed, define, extension, insertsChild, option, param, setter, tracked, update } from './definition.ts'
import type { Call } from './definition.ts'
import { withPane } from './pane-sizes.ts'
import { ContainerWidget } from './widget.ts'

type Minimums = Record<string, number>

/**
 * Panes side by side with handles between them that people drag.
 *
 * @keyboard Left, Right - on a handle, move it by 10 px; Up and Down where the panes stand one below the other
 * @keyboard Shift+Left, Shift+Right - move it by 1 px
 * @keyboard Home, End - move it as far as the panes beside it allow
 * @keyboard Enter - gives the panes the sizes that server code set last, or equal ones
 * @example
 * const splitter = W.Splitter({ orientation: 'horizontal' })
 * for (const name of ['Stations', 'Trend', 'Alarms']) {
 *   const frame = W.Frame({ title: name })
 *   frame.setWidget(W.Label(`${name} are shown here.`))
 *   splitter.addWidget(frame)
 *   splitter.setMinimumSize(frame, 120)
 * }
 * splitter.setSizes([1, 3, 1])
 * page.setWidget(splitter)
 */
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
    reduce (state, { kind, index, wid }, count) {
      const sizes = state.sizes as readonly number[] | null
      if (kind === 'added') return sizes === null ? undefined : { sizes: withPane(sizes, index, count) }
      const { [wid]: _gone, ...minimums } = state.minimums as Minimums
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
    /** Adds a pane before the one at `index`; it gets the average of the others' room. @param index - From 0; beyond the end adds at the end. @param child - The pane's widget. */
    insert_widget: extension(insertsChild([param('index', atLeast(0)), param('child', widget())]), ([, child], { children }) =>
      // At the end it is what any page can do. Elsewhere a page without it would take sizes for those of other panes.
      isRef(child) && children.at(-1) === child.__wid__ ? ['add_widget', child] : 'replay'),
    /** Shares out the room. @param sizes - Weights, one for each pane: the panes get room in this ratio. Those beyond the list keep theirs. */
    set_sizes: setter('sizes', [param('sizes', array(px))], (state, [sizes]) => {
      const [now, before] = [sizes as number[], state.sizes as number[] | null ?? []]
      return { sizes: [...now, ...before.slice(now.length)] }
    }),
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
