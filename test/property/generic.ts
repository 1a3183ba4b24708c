/** Operations that know no class by name: they draw from all that is defined. */
import type { AnyWidget } from '../../lib/index.ts'
import { camelCase } from '../../lib/protocol/names.ts'
import type { WidgetRef } from '../../lib/protocol/values.ts'
import { queryName } from '../../lib/session/widget.ts'
import type { TestBrowser, WidgetHandle } from '../../lib/testing/index.ts'
import type { PageWidget } from '../../lib/testing/model.ts'
import { padded } from '../../lib/widgets/apply.ts'
import { isA } from '../../lib/widgets/definition.ts'
import type { Callback, Method, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { Draw, NothingFits } from './draw.ts'
import type { Spelling } from './draw.ts'
import type { Numbers, Operation } from './operations.ts'
import type { World } from './world.ts'

type Callable = Record<string, (...args: unknown[]) => unknown>

/** Classes that browsers are told of. */
export const classes = [...definitions.values()].filter(({ creatable, remote }) => creatable && remote)

const definitionOf = (widget: AnyWidget): WidgetDefinition => definitions.get(widget.constructor.name) as WidgetDefinition

const remote = ({ session }: World): AnyWidget[] => session.widgets().filter(widget => definitionOf(widget).remote)

const byServer = (world: World): Spelling => ({
  widgets: of => remote(world).filter(widget => of === undefined ? isA(definitionOf(widget), 'Widget') : isA(definitionOf(widget), of)),
  key: camelCase
})

/** Methods that put a widget in, with the parameter that takes it. */
function attachments ({ methods }: WidgetDefinition): Array<readonly [name: string, method: Method, child: number]> {
  return Object.entries(methods).flatMap(([name, method]) => {
    const { effect } = method
    if (effect.kind === 'wrap') return [[name, method, 0] as const]
    if (effect.kind === 'child' && effect.op !== 'remove') return [[name, method, effect.child] as const]
    return effect.kind === 'factory' && method.child !== undefined ? [[name, method, method.child] as const] : []
  })
}

/** What a page of another dialect does not do at all cannot be compared, where it concerns children. */
function isCallable ({ pageOnly, effect, extension }: Method, { dialect }: World): boolean {
  if (pageOnly === true || effect.kind === 'local') return false
  return extension !== true || dialect === 'ours' || !['child', 'clear-children', 'factory', 'ornament'].includes(effect.kind)
}

/** Calls a method as server code does. What fits the types may still be refused: for its value, for going round in circles, as what stands around another widget. */
function call (widget: AnyWidget, name: string, { ts }: Method, args: readonly unknown[]): void {
  try {
    (widget as unknown as Callable)[ts ?? camelCase(name)]?.(...args)
  } catch (error) {
    const { code, message } = error as Error & { code?: string }
    if (code !== 'PGW_ERR_CYCLE' && !(code === 'PGW_ERR_INVALID_ARGUMENT' && /: value: |cannot be put anywhere else$/.test(message))) throw error
  }
}

/** Puts a widget into a container that takes it. */
function place (world: World, child: AnyWidget, draw: Draw): void {
  // What stands around another widget goes where that goes.
  if (definitionOf(child).wrapper) return
  const takers = remote(world).flatMap(parent => parent === child
    ? []
    : attachments(definitionOf(parent)).filter(([, method, at]) => isCallable(method, world) && takes(method.params[at]?.type, definitionOf(child))).map(way => [parent, ...way] as const))
  const [parent, name, method, at] = draw.one(takers)
  const args = draw.args(method.params, byServer(world))
  // Drawn without one that it may leave out.
  call(parent, name, method, args.length > at ? args.with(at, child) : [...args, child])
}

function takes (type: Method['params'][number]['type'] | undefined, definition: WidgetDefinition): boolean {
  if (type?.kind === 'union') return type.of.some(one => takes(one, definition))
  return type?.kind === 'widget' && isA(definition, type.of ?? 'Widget')
}

function listen (widget: AnyWidget, draw: Draw): void {
  const actions = Object.keys(definitionOf(widget).callbacks)
  ;(widget as unknown as { on (action: string, handler: () => void): void }).on(draw.one(actions), () => {})
}

/** Wraps an operation that may find that there is nothing to do. */
const drawing = (work: (world: World, draw: Draw, numbers: Numbers) => unknown): Operation => async (world, numbers) => {
  try {
    await work(world, new Draw(...numbers), numbers)
  } catch (error) {
    if (!(error instanceof NothingFits)) throw error
  }
}

/** What server code does. */
export const server: Readonly<Record<string, Operation>> = {
  anyWidget: drawing((world, draw) => {
    const definition = draw.one(classes)
    const W = world.session.getWidgets() as unknown as Callable
    const spelling = byServer(world)
    const args = draw.args(definition.args, spelling)
    if (args.length === definition.args.length && draw.once(2)) args.push(draw.options(definition.options, spelling))
    const widget = W[definition.class]?.(...args) as AnyWidget
    world.tally.classes.add(definition.class)
    if (draw.once(2)) listen(widget, draw)
    if (isA(definition, 'Widget')) place(world, widget, draw)
  }),
  anywhere: drawing((world, draw) => place(world, draw.one(byServer(world).widgets(undefined)) as AnyWidget, draw)),
  anyCall: drawing((world, draw) => {
    const widget = draw.one(remote(world))
    const calls = Object.entries(definitionOf(widget).methods).filter(([, method]) => isCallable(method, world))
    const [name, method] = draw.one(calls)
    if (method.effect.kind === 'destroy' && !draw.once(4)) return
    const args = draw.args(method.params, byServer(world))
    if (method.effect.kind !== 'query') return call(widget, name, method, args)
    const { query } = widget as unknown as { query: Record<string, (...args: unknown[]) => Promise<unknown>> }
    world.questions.push(query[queryName(name)]?.(...args).catch((error: unknown) => error) ?? Promise.resolve())
  }),
  anyListener: drawing((world, draw) => listen(draw.one(remote(world)), draw))
}

/** What a person does. */
export const person: Readonly<Record<string, Operation>> = {
  anything: drawing(async (world, draw, numbers) => {
    const browser = world.browser(numbers[2])
    if (browser === undefined || !browser.connected || browser.replaying) return
    // What is being typed is said before anything else is.
    browser.flushTyping()
    const handle = draw.one(browser.all() as WidgetHandle[])
    const action = draw.one(handle.listened)
    const callback = definitions.get(handle.className)?.callbacks[action]
    if (callback === undefined || !canReport(browser, handle, callback)) return
    const args = draw.args(callback.params, {
      widgets: of => browser.all().filter(({ className }) => isA(definitions.get(className) as WidgetDefinition, of ?? 'Widget'))
        .map(({ wid, className }) => ({ __wid__: wid, __class__: className })),
      key: wire => wire
    })
    report(handle, action, callback, callback.when?.(handle.args) === false ? [] : args)
    world.tally.actions.add(`${handle.className} ${action}`)
  })
}

/** Whether a page of this dialect would ever report this of this widget. */
function canReport ({ dialect }: TestBrowser, { className, args }: WidgetHandle, callback: Callback): boolean {
  const { callbacks } = definitions.get(className) as WidgetDefinition
  const reference = dialect === 'reference'
  if (reference && callback.extension === true) return false
  // What is not tracked for these arguments cannot be done, but where there is something to say without them.
  if (callback.when?.(args) === false && callback.params.some(({ optional }) => optional !== true)) return false
  // It cannot tell what a person did to a window from what its layout does all the time.
  if (reference && callback.measured === true && callback.touches !== undefined) return false
  // What is said of texts, and when, is a matter of typing.
  return !(reference && Object.values(callbacks).some(({ debounced }) => debounced === true))
}

/** Changes the page as the action does, and reports it. */
function report (handle: WidgetHandle, action: string, { params, reduce, request, removesChild, movesChild, optional = 0 }: Callback, args: readonly unknown[]): void {
  const { page } = handle['host']
  const widget = handle['widget'] as PageWidget
  const missing = args.length < params.length - optional
  if (removesChild === true) {
    page.model.call(widget, 'remove', args)
  } else if (movesChild === true) {
    page.model.move(widget, page.model.widget((args[0] as WidgetRef).__wid__), args[1] as number)
  } else if (reduce !== undefined && request !== true && !missing) {
    try {
      page.model.patch(widget, reduce(widget.state, padded(params, args), page.model.context(widget)) ?? {})
    } catch (error) {
      // A page that says what cannot be is put right.
      if (!(error instanceof RangeError)) throw error
    }
  }
  page.model.takeEchoes()
  page.geometry.look()
  page.reports.fire(widget, action, args)
}
