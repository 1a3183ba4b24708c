import { deepStrictEqual } from 'node:assert/strict'
import fc from 'fast-check'
import t from 'tap'
import { definitions } from '../../lib/widgets/index.ts'
import { Model, anyOf, argsOf, contentOf, replayed } from './support.ts'
import type { Node } from '../../lib/session/tree.ts'

type Step = readonly [kind: 'call' | 'callback', name: string, args: unknown[]] | readonly [kind: 'destroy', which: number]

const EXTRAS = ['Button', 'Label', 'VBox', 'Menu', 'ToolBarAction', 'ToolBarAction', 'RadioButton', 'ToggleButton']

/** The widget to be tried, with others that it may hold or name. */
function scene (name: string, options: unknown = null): { model: Model, subject: Node, extras: Node[] } {
  const model = new Model()
  const extras = EXTRAS.map(extra => model.create(extra))
  const { args } = definitions.get(name)!
  return { model, extras, subject: model.create(name, ...args.map(() => null), ...(options === null ? [] : [options])) }
}

/** Whatever server code and a browser may do to a widget of this class. */
function stepsOf (name: string): fc.Arbitrary<Step[]> {
  const { extras } = scene(name)
  const { methods, callbacks } = definitions.get(name)!
  const calls = Object.entries(methods)
    .filter(([, { effect, pageOnly }]) => pageOnly !== true && ['set', 'update', 'child', 'wrap', 'arrange', 'spread', 'clear-children', 'ornament'].includes(effect.kind))
    .map(([method, { params }]) => argsOf(params, extras).map((args): Step => ['call', method, args]))
  const reports = Object.entries(callbacks)
    .filter(([, { reduce }]) => reduce !== undefined)
    .map(([action, { params }]) => argsOf(params, extras).map((args): Step => ['callback', action, args]))
  const ends = fc.nat(EXTRAS.length - 1).map((which): Step => ['destroy', which])
  return fc.array(fc.oneof(
    { weight: 8, arbitrary: fc.oneof(...calls) },
    ...(reports.length > 0 ? [{ weight: 3, arbitrary: fc.oneof(...reports) }] : []),
    { weight: 1, arbitrary: ends }
  ), { maxLength: 12 })
}

function optionsOf (name: string): fc.Arbitrary<unknown> {
  const { extras } = scene(name)
  const options = Object.entries(definitions.get(name)!.options).filter(([, { pageOnly }]) => pageOnly !== true)
  return fc.option(fc.record(Object.fromEntries(options.map(([key, { type }]) => [key, anyOf(type, extras)])), { requiredKeys: [] }))
}

/** Whether all widgets that a step names are still there; the session refuses others before the model sees them. */
function isAlive (model: Model, args: unknown): boolean {
  return [...JSON.stringify(args).matchAll(/"__wid__":(\d+)/g)].every(([, wid]) => model.tree.nodes.has(Number(wid)))
}

for (const { class: name, creatable, remote } of definitions.values()) {
  if (!creatable || !remote) continue
  t.test(`${name}: whatever was done to it, a new browser is brought to the same state`, async () => {
    fc.assert(fc.property(optionsOf(name), stepsOf(name), (options, steps) => {
      const { model, subject, extras } = scene(name, options)
      for (const step of steps) {
        if (step[0] === 'destroy') {
          const extra = extras[step[1]] as Node
          if (model.tree.nodes.has(extra.wid)) model.tree.destroy(extra)
          continue
        }
        const [kind, what, args] = step
        if (!isAlive(model, args)) continue
        try {
          model[kind](subject, what, ...args)
        } catch (error) {
          if (!(error instanceof RangeError)) throw error
        }
      }
      deepStrictEqual(contentOf(replayed(model.tree)), contentOf(model.tree))
    }), { numRuns: 150 })
  })
}

t.test('what stands before the widget that was set into a dialog is there after a replay too', async t => {
  const model = new Model()
  const [first, second, dialog] = [model.create('Button', 'first'), model.create('Button', 'second'), model.create('Dialog')]
  model.call(dialog, 'set_widget', { __wid__: second.wid })
  model.call(dialog, 'insert_widget', 0, { __wid__: first.wid })
  t.strictSame(contentOf(replayed(model.tree)), contentOf(model.tree))
})
