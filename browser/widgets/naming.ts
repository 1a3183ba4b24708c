import { Label } from './label.ts'
import type { Widget } from './widget.ts'

/** Controls that the platform does not name by their own content. */
const NAMELESS = 'input:not([type="checkbox"]), textarea, progress, [role="combobox"], [role="scrollbar"]'

/**
 * Names a control by the widget before it, if that is a label, as a reader would: the widgets' vocabulary has no other tie
 * between the two. What has no such label keeps the general name that it was made with.
 */
export function nameBy (widget: Widget, before: Widget | undefined): void {
  const target = widget.focusTarget
  if (!target.matches(NAMELESS)) return
  if (before instanceof Label) target.setAttribute('aria-labelledby', before.element.id)
  else target.removeAttribute('aria-labelledby')
}

/**
 * Names the controls of a row or column by the labels right before them. To be called when a child came or went; a
 * control that went away is no longer named by its old neighbour.
 *
 * @param index - Where in `children` something changed.
 */
export function nameByLabels (children: readonly Widget[], index: number, gone?: Widget): void {
  gone?.focusTarget.removeAttribute('aria-labelledby')
  for (const at of [index, index + 1]) {
    const child = children[at]
    if (child !== undefined) nameBy(child, children[at - 1])
  }
}
