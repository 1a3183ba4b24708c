/** What the comment of a class has to say, for the manual to be whole. */
import type { WidgetDefinition } from '../../lib/widgets/definition.ts'
import { interactiveCallbacks } from '../../lib/widgets/interactive.ts'
import { ContainerWidget, Widget } from '../../lib/widgets/widget.ts'
import type { ClassDocs, Key } from '../generator/sources.ts'

type Docs = ReadonlyMap<string, ClassDocs>

/**
 * The keys of a class: its own, else those of the nearest base that has some. One that has none although a base has
 * says so by `@keyboard None - why`.
 */
export function keyboardOf (definition: WidgetDefinition, docs: Docs): readonly Key[] {
  for (let one: WidgetDefinition | null = definition; one !== null; one = one.base) {
    const keyboard = docs.get(one.class)?.doc?.keyboard ?? []
    if (keyboard.length > 0) return keyboard
  }
  return []
}

/** What is missing; empty if all is well. */
export function faultsOf (definition: WidgetDefinition, docs: Docs): string[] {
  if (!definition.creatable) return []
  const doc = docs.get(definition.class)?.doc
  const faults: string[] = []
  if (doc == null || doc.text === '') faults.push('doc comment')
  if (isOperated(definition) && keyboardOf(definition, docs).length === 0) faults.push('@keyboard')
  if ((doc?.example ?? '') === '') faults.push('@example')
  return faults
}

/** Callbacks that say nothing of what a class is for: layout, drops, and raw events of those that are `interactive`. */
const COMMON: ReadonlySet<unknown> = new Set([Widget.callbacks, ContainerWidget.callbacks, interactiveCallbacks].flatMap(callbacks => Object.values(callbacks)))

/** Whether people do something with it: it reports an action of its own. All else is a display, and needs no keys. */
export function isOperated ({ remote, callbacks }: WidgetDefinition): boolean {
  return remote && Object.values(callbacks).some(callback => !COMMON.has(callback))
}
