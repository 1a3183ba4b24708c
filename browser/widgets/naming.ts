import { Label } from './label.ts'
import type { Widget } from './widget.ts'

/** Controls that the platform does not name by their own content. */
const NAMELESS = 'input:not([type="checkbox"]), textarea, progress, [role="combobox"], [role="scrollbar"]'

/**
 * Names a control by the label that stands right before it, as a reader would: the widgets' vocabulary has no other tie
 * between the two. What has no such label keeps the general name that it was made with. To be called when a child came
 * or went; a control that went away is no longer named by its old neighbour.
 *
 * @param index - Where in `children` something changed.
 */
export function nameByLabels (children: readonly Widget[], index: number, gone?: Widget): void {
  gone?.focusTarget.removeAttribute('aria-labelledby')
  for (const at of [index, index + 1]) {
    const target = children[at]?.focusTarget
    if (target === undefined || !target.matches(NAMELESS)) continue
    const before = children[at - 1]
    if (before instanceof Label) target.setAttribute('aria-labelledby', before.element.id)
    else target.removeAttribute('aria-labelledby')
  }
}
