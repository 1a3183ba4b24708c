import { boolean, color, nullable, string, widget } from '../protocol/values.ts'
import { define, extension, getter, onlyChild, option, param, setter, tracked, update } from './definition.ts'
import type { Reduce } from './definition.ts'
import { ContainerWidget } from './widget.ts'

const collapse: Reduce = (_state, [collapsed], { given }) => {
  // A reference page hides the content of one that cannot be collapsed, and then fails half-way.
  if (collapsed === true && given.collapsible !== true) throw new RangeError('an Expander made with collapsible: false cannot be collapsed')
  return { collapsed }
}

/**
 * A section with a title bar that opens and closes it. It is closed at first, unless it cannot be collapsed at all. What
 * is in it keeps its state while it is closed.
 *
 * @keyboard Enter, Space - on the title, open the section or close it
 * @example
 * const settings = W.VBox({ spacing: 8, padding: 12 })
 * settings.addWidget(W.CheckBox('Log every reading'))
 * settings.addWidget(W.Slider({ showValue: true, max: 60, value: 10 }))
 * const expander = W.Expander({ title: 'Logging', shadow: true })
 * expander.setWidget(settings)
 * expander.on('toggled', collapsed => expander.setTitle(collapsed ? 'Logging' : 'Logging: every 10 s'))
 * const box = W.VBox({ padding: 16 })
 * box.addWidget(expander)
 * page.setWidget(box)
 */
export const Expander = define({
  class: 'Expander',
  base: ContainerWidget,
  options: {
    /** Text of the title bar. */
    title: option(string, ''),
    /** People may open and close it; otherwise it is always open. */
    collapsible: option(boolean, true),
    /** It casts a shadow. */
    shadow: option(boolean, false),
    /** Background of the title bar; null for the theme's. */
    bg_color: option(nullable(color), null)
  },
  container: { attach: 'set_widget', again: 'move' },
  state: {
    title: { initial: given => given.title },
    collapsed: { initial: given => given.collapsible === true }
  },
  methods: {
    /** Puts a widget into the section in place of the one there. */
    set_widget: onlyChild([param('child', widget())]),
    /** Closes the section, or opens it. One that is not collapsible cannot be closed: that throws. */
    set_collapsed: setter('collapsed', [param('collapsed', boolean)], collapse),
    /** Whether the section is closed. */
    get_collapsed: getter('collapsed', boolean),
    /** Closes the section if it is open, and opens it if it is closed. */
    toggleContent: { ...update(['collapsed'], [], (state, _args, context) => collapse(state, [state.collapsed !== true], context)), ts: 'toggleContent' },
    /** Sets the text of the title bar. */
    set_title: extension(setter('title', [param('title', string)])),
    /** The text of the title bar. */
    get_title: extension(getter('title', string))
  },
  callbacks: {
    /** Somebody opened or closed the section. @param collapsed - Whether it is closed now. */
    toggled: tracked(['collapsed'], [param('collapsed', boolean)], collapse)
  }
})
