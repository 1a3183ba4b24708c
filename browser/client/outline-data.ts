/**
 * What the page has to know of the widgets' definitions. When the page is built, this module is run, and what it exports
 * takes its place (`browser/evaluated.ts`): reducers, types and the rest of the definitions are the server's alone.
 */
import type { ValueType } from '../../lib/protocol/values.ts'
import type { Callback, Option, Param, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { turned } from '../../lib/widgets/wheel.ts'

/** What stands for an argument that is absent, and whether null is a value of its own. */
export type Slot = readonly [fallback: unknown, nullable?: 1]

/** How an action is told that may come many times a frame: the last report, or the sum of all turns of the wheel. */
export type Gathering = 'last' | 'sum'

/** One class; methods and unruly actions without those of its base. */
export interface OutlineData {
  readonly class: string
  readonly base: string | null
  readonly creatable: boolean
  readonly args: readonly Slot[]
  readonly options: Readonly<Record<string, Slot>>
  readonly methods: readonly string[]
  readonly unruly: Readonly<Record<string, Gathering>>
}

const admitsNull = (type: ValueType): boolean =>
  type.kind === 'any' || type.kind === 'null' || (type.kind === 'union' && type.of.some(admitsNull))

const slot = ({ type, default: fallback }: Param | Option): Slot => admitsNull(type) ? [fallback ?? null, 1] : [fallback ?? null]

function gathering ({ merge }: Callback): Gathering {
  if (merge === undefined) return 'last'
  if (merge === turned) return 'sum'
  throw new Error('The page knows no other way to gather reports than the last one and the sum of turns')
}

/** The keys of `table` that `base` has not, or has otherwise. */
const own = <T>(table: Readonly<Record<string, T>>, base: Readonly<Record<string, T>> = {}): Array<[string, T]> =>
  Object.entries(table).filter(([name, value]) => base[name] !== value)

function outlineOf ({ class: name, base, creatable, args, options, methods, callbacks }: WidgetDefinition): OutlineData {
  return {
    class: name,
    base: base?.class ?? null,
    creatable,
    args: args.map(slot),
    options: Object.fromEntries(Object.entries(options).map(([name, option]) => [name, slot(option)])),
    methods: own(methods, base?.methods).map(([name]) => name),
    unruly: Object.fromEntries(own(callbacks, base?.callbacks).filter(([, { unruly }]) => unruly === true).map(([name, callback]) => [name, gathering(callback)]))
  }
}

const depth = ({ base }: WidgetDefinition): number => base === null ? 0 : 1 + depth(base)

/** Bases before what is derived from them. */
export const outlineData: readonly OutlineData[] = [...definitions.values()].sort((one, other) => depth(one) - depth(other)).map(outlineOf)
