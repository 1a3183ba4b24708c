import { readFileSync } from 'node:fs'
import t from 'tap'
import { isA } from '../../lib/widgets/definition.ts'
import type { Method, Param, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'
import type { ValueType } from '../../lib/protocol/values.ts'

/** What the reference says of a class. */
interface Reference {
  extends: string | null
  args: string[]
  options: string[]
  methods: Record<string, string[]>
  callbacks: Record<string, string[]>
  arg_defaults?: Record<string, unknown>
  option_defaults?: Record<string, unknown>
  method_defaults?: Record<string, Record<string, unknown>>
  method_options?: Record<string, Record<string, unknown>>
  returns_widget?: Record<string, string>
  event_payloads?: Record<string, string[]>
}

const read = (name: string): Record<string, Reference> =>
  JSON.parse(readFileSync(new URL(`../fixtures/widgets/${name}.json`, import.meta.url), 'utf8')) as Record<string, Reference>
const references = { ...read('containers-windows-menus'), ...read('controls-text-data-media') }

/** Members that no definition has, and why. */
const LEFT_OUT_METHODS = new Map([
  ['get_element', 'answers with a DOM element, which means nothing on the wire'],
  ['add', 'an undocumented alias that puts a child into the list but not onto the screen'],
  ['add_child', 'the same'],
  ['remove_child', 'the same']
])
/** Defaults that the reference describes in words. */
const DEFAULTS_IN_WORDS = new Map<string, unknown>([
  ['Slider.set_limits.incrval', undefined],
  ['Dial.set_limits.incrval', undefined],
  ['SpinBox.set_limits.incrval', undefined],
  ['SpinBox.value', null],
  ['Image.set_binary_image.format', 'jpeg']
])

/** What a wrapper is made with: options of the call that makes it, of which the reference tells one as its own. */
function optionsOf ({ class: name, wrapper }: WidgetDefinition, { options, option_defaults: defaults = {} }: Reference): [names: string[], defaults: Record<string, unknown>] {
  if (!wrapper) return [options, defaults]
  const made = Object.values(references).flatMap(({ returns_widget: returns = {}, method_options: methods = {} }) =>
    Object.entries(methods).filter(([method]) => returns[method] === name).map(([, options]) => options))
  const said = Object.assign({}, ...made) as Record<string, unknown>
  return [Object.keys(said), Object.fromEntries(Object.entries(said).map(([key, value]) => [key, /^\(.*\)$/.test(String(value)) ? null : value]))]
}

/** The reference's members of a class with those of its bases. */
function inherited<Part extends 'methods' | 'callbacks'> (name: string, part: Part): Record<string, string[]> {
  const reference = references[name]
  if (reference === undefined) throw new Error(`the reference has no class ${name}`)
  return { ...(reference.extends === null ? {} : inherited(reference.extends, part)), ...reference[part] }
}

/** Whether a member is not one of those that the project adds to the protocol. */
const isOfReference = ([, { extension }]: readonly [string, { readonly extension?: boolean }]): boolean => extension !== true

/** A default as definitions have it, where the reference describes it. */
const inOurWords = (label: string, fallback: unknown): unknown => DEFAULTS_IN_WORDS.has(label) ? DEFAULTS_IN_WORDS.get(label) : fallback

const namesOf = (params: readonly Param[]): string[] => params.map(({ name }) => name)

const ours = [...definitions.values()].map(definition => [definition, references[definition.class] as Reference] as const)

t.test('every class is one of the reference, with the same base', async t => {
  for (const [{ class: name, base }, reference] of ours) t.equal(reference?.extends, base?.class ?? null, name)
})

t.test('every class has the constructor arguments and options of the reference, with the same defaults', async t => {
  for (const [definition, reference] of ours) {
    const { class: name, args, options } = definition
    const [names, defaults] = optionsOf(definition, reference)
    t.strictSame(namesOf(args), reference.args, `${name}, arguments`)
    t.strictSame(Object.fromEntries(args.map(({ name, default: fallback }) => [name, fallback])), reference.arg_defaults ?? {}, `${name}, defaults of arguments`)
    t.strictSame(Object.keys(options).sort(), [...names].sort(), `${name}, options`)
    t.strictSame(Object.fromEntries(Object.entries(options).map(([key, option]) => [key, option.default])), Object.fromEntries(Object.entries(defaults).map(([key, fallback]) => [key, inOurWords(`${name}.${key}`, fallback)])), `${name}, defaults of options`)
  }
})

t.test('every class has the methods of the reference, with the same parameters', async t => {
  for (const [{ class: name, methods }] of ours) {
    const expected = Object.fromEntries(Object.entries(inherited(name, 'methods')).filter(([method]) => !LEFT_OUT_METHODS.has(method)))
    const own = Object.fromEntries(Object.entries(methods).filter(isOfReference).map(([method, { params }]) => [method, namesOf(params)]))
    t.strictSame(sorted(own), sorted(expected), name)
  }
})

t.test('every class has the actions of the reference, with the same arguments', async t => {
  for (const [{ class: name, callbacks }] of ours) {
    const expected = inherited(name, 'callbacks')
    const own = Object.fromEntries(Object.entries(callbacks).filter(isOfReference).map(([action, { params }]) => [action, namesOf(params)]))
    t.strictSame(sorted(own), sorted(expected), name)
  }
})

t.test('arguments that the reference lets one leave out may be left out, with the same meaning', async t => {
  for (const [{ class: name, methods }, reference] of ours) {
    for (const [method, defaults] of Object.entries(reference.method_defaults ?? {})) {
      for (const [key, fallback] of Object.entries(defaults)) {
        const param = methods[method]?.params.find(param => param.name === key)
        const label = `${name}.${method}.${key}`
        t.equal(param?.optional, true, `${label} is optional`)
        t.strictSame(param?.default, inOurWords(label, fallback), label)
      }
    }
  }
})

t.test('objects of options have the properties of the reference', async t => {
  for (const [{ class: name, methods }, reference] of ours) {
    for (const [method, options] of Object.entries(reference.method_options ?? {})) {
      const types = (methods[method] as Method).params.flatMap(({ type }) => propertiesIn(type))
      t.strictSame(types.sort(), Object.keys(options).sort(), `${name}.${method}`)
    }
  }
})

t.test('methods that answer with a widget in the reference do so, of the same class', async t => {
  for (const [{ class: name, methods }, reference] of ours) {
    for (const [method, of] of Object.entries(reference.returns_widget ?? {})) {
      t.ok(widgetsIn(methods[method]?.returns).includes(of.replace(/^\[|\]$/g, '')), `${name}.${method}`)
    }
  }
})

t.test('payloads of events have the properties of the reference', async t => {
  const payloads = references.Widget?.event_payloads ?? {}
  const label = definitions.get('Label') as WidgetDefinition
  const { common = [], mouse = [], pointer = [], ...others } = payloads
  const expected: Record<string, string[]> = {
    resize: others.resize ?? [],
    map: others.map ?? [],
    'focus-in': common,
    'key-down': [...common, ...others.key ?? []],
    click: [...common, ...mouse, ...pointer],
    scroll: [...common, ...mouse, ...pointer, ...others.scroll ?? []],
    'drag-over': [...common, ...mouse, ...others['drag-over'] ?? []],
    'drop-end': [...common, ...mouse, ...others.drop ?? []]
  }
  for (const [action, properties] of Object.entries(expected)) {
    t.strictSame(propertiesIn(label.callbacks[action]?.params[0]?.type).sort(), properties.sort(), action)
  }
  const drop = label.callbacks['drop-end']?.params[0]?.type
  const files = drop?.kind === 'object' ? drop.properties.files?.type : undefined
  t.strictSame(propertiesIn(files?.kind === 'array' ? files.items : undefined).sort(), [...others.drop_file ?? []].sort(), 'a dropped file')
})

t.test('every definition holds together', async t => {
  for (const [{ class: name, args, methods, callbacks, options, container, exclusive, state, wrapper }] of ours) {
    const types = [
      ...args.map(({ type }) => type), ...Object.values(options).map(({ type }) => type),
      ...Object.values(methods).flatMap(({ params, returns }) => [...params.map(({ type }) => type), ...(returns === undefined ? [] : [returns])]),
      ...Object.values(callbacks).flatMap(({ params }) => params.map(({ type }) => type))
    ]
    t.ok(types.flatMap(widgetsIn).every(of => definitions.has(of)), `${name} names classes that exist`)
    t.ok(container === null || methods[container.attach] !== undefined || name === 'ContainerWidget' || wrapper, `${name} can attach children again`)
    if (exclusive !== null) t.ok(options[exclusive.group] !== undefined && state[exclusive.state] !== undefined, `${name}, its groups`)
    for (const [method, { params, effect }] of Object.entries(methods)) {
      const required = params.findLastIndex(({ optional }) => optional !== true)
      const lastOptional = params.slice(0, Math.max(0, required)).every(({ optional }) => optional !== true)
      const childIsWidget = effect.kind !== 'child' || params[effect.child]?.type.kind === 'widget'
      if (!lastOptional) t.fail(`${name}.${method}: what may be left out comes last`)
      if (!childIsWidget) t.fail(`${name}.${method}: the child is a widget`)
    }
    for (const [action, { params, optional = 0 }] of Object.entries(callbacks)) {
      t.equal(params.filter(({ optional }) => optional === true).length, optional, `${name}, ${action}: the number of arguments that may be missing`)
    }
  }
  t.ok(isA(definitions.get('VBox') as WidgetDefinition, 'ContainerWidget'))
  t.notOk(isA(definitions.get('Timer') as WidgetDefinition, 'Widget'))
})

function sorted<T> (record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => a < b ? -1 : 1))
}

function propertiesIn (type: ValueType | undefined): string[] {
  if (type?.kind === 'union') return type.of.flatMap(propertiesIn)
  return type?.kind === 'object' ? Object.keys(type.properties) : []
}

function widgetsIn (type: ValueType | undefined): string[] {
  switch (type?.kind) {
    case 'widget': return type.of === undefined ? [] : [type.of]
    case 'union': return type.of.flatMap(widgetsIn)
    case 'array': return widgetsIn(type.items)
    case 'tuple': return type.items.flatMap(widgetsIn)
    case 'object': return Object.values(type.properties).flatMap(({ type }) => widgetsIn(type))
    default: return []
  }
}
