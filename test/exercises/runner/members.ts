/** Which members there are to exercise, and which of them nobody does. */
import { definitions } from '../../../lib/widgets/index.ts'
import type { WidgetDefinition } from '../../../lib/widgets/definition.ts'
import { interactiveCallbacks } from '../../../lib/widgets/interactive.ts'
import { exercises } from '../index.ts'
import type { ClassExercises } from '../exercise.ts'
import { exempt } from '../exempt.ts'

/** Stands for the events that several classes have in common. */
export const INTERACTIVE = 'interactive'

/** Members of each class that are its own, or that it does in a way of its own. */
export interface Members { readonly methods: readonly string[], readonly callbacks: readonly string[] }

/**
 * @param overridden - Methods that the page's class has of its own.
 */
export function membersOf (definition: WidgetDefinition, overridden: readonly string[] = []): Members {
  const { base, methods, callbacks } = definition
  const isOwn = <T>(table: Readonly<Record<string, T>>, inherited: Readonly<Record<string, T>> | undefined) => (name: string): boolean => table[name] !== inherited?.[name]
  const shared = interactiveCallbacks as Record<string, unknown>
  return {
    methods: Object.keys(methods).filter(name => isOwn(methods, base?.methods)(name) || overridden.includes(name)),
    callbacks: Object.keys(callbacks).filter(name => isOwn(callbacks, base?.callbacks)(name) && callbacks[name] !== shared[name])
  }
}

/** Members without an exercise, and exercises without a member; by name. */
export function faults (overridden: Readonly<Record<string, readonly string[]>> = {}): string[] {
  const lists = [...definitions.values()].map(definition => [definition.class, membersOf(definition, overridden[definition.class])] as const)
  const all = [...lists, [INTERACTIVE, { methods: [], callbacks: Object.keys(interactiveCallbacks) }] as const]
  const missing = all.flatMap(([name, { methods, callbacks }]) => {
    const table: ClassExercises | undefined = exercises[name]
    return [
      ...methods.filter(method => table?.methods[method] === undefined).map(method => `${name}.${method}`),
      ...callbacks.filter(action => table?.callbacks[action] === undefined).map(action => `${name}: ${action}`)
    ]
  })
  const strangers = Object.entries(exercises).flatMap(([name, { as, methods, callbacks }]) => {
    const definition = definitions.get(as ?? name)
    if (definition === undefined) return [`there is no class ${as ?? name}`]
    return [
      ...Object.keys(methods).filter(method => definition.methods[method] === undefined).map(method => `${name} has no method ${method}`),
      ...Object.keys(callbacks).filter(action => definition.callbacks[action] === undefined).map(action => `${name} has no action ${action}`)
    ]
  })
  const idle = Object.keys(exempt).filter(member => !missing.includes(member)).map(member => `${member} needs no exemption`)
  return [...missing.filter(member => exempt[member] === undefined), ...strangers, ...idle]
}
