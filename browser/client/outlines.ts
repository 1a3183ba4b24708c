import { outlineData } from './outline-data.ts'
import type { Gathering, Slot } from './outline-data.ts'

/** What the page knows of a class. */
export interface Outline {
  readonly class: string
  /** False for what no `create` may name. */
  readonly creatable: boolean
  /** The positional arguments of the constructor. */
  readonly args: readonly Slot[]
  readonly options: ReadonlyArray<readonly [name: string, Slot]>
  /** What a server may call: nothing else of a widget can be reached by name. */
  readonly methods: ReadonlySet<string>
  /** Actions that may come many times a frame. */
  readonly unruly: ReadonlyMap<string, Gathering>
}

export const outlines: ReadonlyMap<string, Outline> = outlineData.reduce((all, { base, options, methods, unruly, ...own }) => {
  const above = base === null ? undefined : all.get(base)
  return all.set(own.class, {
    ...own,
    options: Object.entries(options),
    methods: new Set([...above?.methods ?? [], ...methods]),
    unruly: new Map([...above?.unruly ?? [], ...Object.entries(unruly)])
  })
}, new Map<string, Outline>())

/** Fills in what stands for a value that is absent, or null where null means nothing: servers pad gaps with it. */
export const filled = (value: unknown, [fallback, nullable]: Slot): unknown =>
  value === undefined || (value === null && nullable === undefined) ? fallback : value
