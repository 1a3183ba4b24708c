import { widget } from '../protocol/values.ts'
import { define, onlyChild, param } from './definition.ts'
import { ContainerWidget } from './widget.ts'

/**
 * A surface that fills the page, behind all windows, with one widget in it; it scrolls where it is too small for that.
 * It appears when `show()` is called.
 *
 * @keyboard F6, Shift+F6 - to the next, or the previous, window or page
 * @example
 * const box = W.VBox({ spacing: 8, padding: 16 })
 * box.addWidget(W.Label('Cooling water'))
 * const level = W.ProgressBar()
 * level.setValue(0.62)
 * box.addWidget(level)
 * page.setWidget(box)
 */
export const Page = define({
  class: 'Page',
  base: ContainerWidget,
  container: { attach: 'set_widget', again: 'move' },
  state: {
    visible: { initial: false, phase: 'last', calls: value => [[value === true ? 'show' : 'hide']] }
  },
  methods: {
    /** Puts a widget onto the page in place of the one there. */
    set_widget: onlyChild([param('child', widget())])
  }
})
