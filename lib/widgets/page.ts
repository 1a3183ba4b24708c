import { widget } from '../protocol/values.ts'
import { define, onlyChild, param } from './definition.ts'
import { ContainerWidget } from './widget.ts'

/** A surface that fills the page, with one widget in it. It appears when `show()` is called. */
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
