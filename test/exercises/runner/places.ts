/** Builds the scene in which a widget is exercised. */
import { isA } from '../../../lib/widgets/definition.ts'
import type { WidgetDefinition } from '../../../lib/widgets/definition.ts'
import { definitions } from '../../../lib/widgets/index.ts'
import { ITSELF, MENU, ONE, SUBJECT, THREE, TWO } from '../exercise.ts'
import type { Call, ClassExercises, MethodExercise, CallbackExercise, Within } from '../exercise.ts'

const WINDOW = 1
const COLUMN = 2
const CONTAINER = 9

/** Classes that live in containers of their own. A menu is open, so that what is in it can be seen and used. */
const WITHIN: Readonly<Record<string, Within>> = {
  Menu: { class: 'MenuBar', calls: [['add_menu', ITSELF, 'Menu']] },
  MenuAction: { class: 'Menu', calls: [['add_widget', ITSELF], ['popup', 200, 200]] },
  ToolBarAction: { class: 'ToolBar', calls: [['add_widget', ITSELF]] }
}

/** The class that is made: the one under test, or what stands in for it. */
export function definitionOf (name: string, { as }: ClassExercises): WidgetDefinition {
  const definition = definitions.get(as ?? name)
  if (definition === undefined) throw new Error(`there is no class ${as ?? name}`)
  return definition
}

/** A step of building. */
export type Step =
  | { readonly type: 'create', readonly wid: number, readonly class: string, readonly args: readonly unknown[] }
  | { readonly type: 'call', readonly wid: number, readonly method: string, readonly args: readonly unknown[] }

export function callOf (wid: number, [method, ...args]: Call): Step { return { type: 'call', wid, method, args } }

/** All that is needed before a member of a class can be exercised. */
export function build (name: string, exercises: ClassExercises, exercise: MethodExercise | CallbackExercise): Step[] {
  const definition = definitionOf(name, exercises)
  const create = (wid: number, className: string, ...args: readonly unknown[]): Step => ({ type: 'create', wid, class: className, args })
  const call = (wid: number, method: string, ...args: readonly unknown[]): Step => ({ type: 'call', wid, method, args })
  return [
    create(WINDOW, 'TopLevel', { title: 'Window' }), create(COLUMN, 'VBox'),
    call(WINDOW, 'set_widget', { __wid__: COLUMN }), call(WINDOW, 'resize', 600, 400), call(WINDOW, 'show'),
    create(ONE.__wid__, 'Button', 'One'), create(TWO.__wid__, 'Button', 'Two'), create(THREE.__wid__, 'Button', 'Three'),
    // The page chooses the number of the entry: the next one.
    create(MENU.__wid__, 'Menu'), call(MENU.__wid__, 'add_name', 'Entry'),
    // A wrapper is made by the container, around what it is put around.
    ...definition.wrapper ? [] : [create(SUBJECT, definition.class, ...exercise.create ?? exercises.create ?? [])],
    ...place(),
    ...[...exercises.before ?? [], ...exercise.before ?? []].map(call => callOf(SUBJECT, call))
  ]

  function place (): Step[] {
    const { within = WITHIN[definition.class] } = exercises
    if (within !== undefined) {
      return [
        create(CONTAINER, within.class, ...within.args ?? []),
        // A menu needs no place of its own.
        ...within.class === 'Menu' ? [] : [call(COLUMN, 'add_widget', { __wid__: CONTAINER }, 0)],
        ...within.calls.map(step => callOf(CONTAINER, step)),
        ...definition.class === 'Menu' ? [call(SUBJECT, 'popup', 200, 200)] : []
      ]
    }
    if (!isA(definition, 'Widget')) return []
    if (['TopLevel', 'Page'].some(window => isA(definition, window))) return [call(SUBJECT, 'show')]
    return [call(COLUMN, 'add_widget', ITSELF, 0)]
  }
}
