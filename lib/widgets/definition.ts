/**
 * The shape of a widget's definition: the one place that knows a class's arguments, options, methods, callbacks, wire
 * names and tracked state. Plain data and pure functions; no schema library, no socket, no DOM. What a reader of the
 * API needs to know about a member stands in its TSDoc comment, from where the typings and the manual take it.
 */
import type { Json, ValueType } from '../protocol/values.ts'

/** The tracked state of one widget, by state key. Values are JSON, but for the bytes of a binary state. */
export type State = Record<string, unknown>

/** What a constructor was given, positional arguments and options alike, by wire name, defaults filled in. */
export type Given = Readonly<Record<string, unknown>>

/** A call as it travels: the wire method and its arguments. */
export type Call = readonly [method: string, ...args: unknown[]]

/** A parameter of a method, constructor or callback. */
export interface Param {
  /** Wire name; the typings spell it in camelCase. */
  readonly name: string
  readonly type: ValueType
  /** May be left out. */
  readonly optional?: boolean
  /** What it means when left out; for the manual and for padding. Absent: the argument is not sent. */
  readonly default?: Json
  /** Puts what server code may give in several forms into the one that every page understands. */
  readonly normal?: Normal['normal']
}
interface Normal { normal (value: Json): Json }

/** A constructor option; `default` is what the page assumes when it is not given. */
export interface Option {
  readonly type: ValueType
  readonly default: Json
  /** Not part of the server's API; a page takes it from reference servers. */
  readonly pageOnly?: boolean
}

/** What reducers may know of the widget beyond its state. */
export interface Context {
  readonly given: Given
  /** Whether what is reported may be what a layout gave rather than what a person did. */
  readonly observed?: boolean
  /** The child widgets' ids, in order; without those that are set aside. */
  readonly children: readonly number[]
  readonly wid?: number
  /** The id of the widget that holds it. */
  readonly parent?: number | null
  /** What is known of another widget; undefined if there is none of this id. */
  other? (wid: number): { readonly state: State, readonly entries: readonly Entry[] } | undefined
}

/** Returns the state keys that change; undefined or an empty object where nothing does. */
// Written as a method so that a reducer may narrow its arguments to the tuple that validation guarantees.
interface Reducer<S extends State> { reduce (state: S, args: readonly unknown[], context: Context): Partial<S> | undefined }
export type Reduce<S extends State = State> = Reducer<S>['reduce']

/** What a method does, on the server's side of the wire. */
export type Effect =
  /** Stores its arguments under `key` (bare if the method has one parameter, as a list otherwise) and is sent on. */
  | { readonly kind: 'set', readonly key: string }
  /** Changes state in a way of its own: `reduce` says how, `touches` lists every key that it may change. */
  | { readonly kind: 'update', readonly touches: readonly string[] }
  /** Answered from the model. */
  | { readonly kind: 'get' }
  /** Only a browser knows: under `query`, answered by a promise. */
  | { readonly kind: 'query' }
  /** Sent to the browsers and not remembered. */
  | { readonly kind: 'action' }
  /**
   * Changes the tree. `child` is the position of the child's parameter. `move` gives a child that is there another
   * position (the parameter behind the child), `amend` changes the arguments of the call that attached it.
   */
  | { readonly kind: 'child', readonly op: 'add' | 'insert' | 'only' | 'remove' | 'move' | 'amend', readonly child: number }
  /** Takes all children out. */
  | { readonly kind: 'clear-children' }
  /** Rearranges the children: `arrange` says how; `touches` lists the state keys that change with it. */
  | { readonly kind: 'arrange', readonly touches: readonly string[] }
  // Puts the child at position 0 in with a wrapper, which the page makes: a widget of class `in` that stands for the
  // child's place, of the options at position 1. The server adds its id there as `key`; a reference page passes over that.
  | { readonly kind: 'wrap', readonly in: string, readonly key: string }
  /** Of a wrapper: takes out what it is wrapped around, which ends it. `destroy` is the position of the flag that ends that too. */
  | { readonly kind: 'unwrap', readonly destroy?: number }
  /** Changes the state of this and other widgets by `spread`; browsers are told by the calls that restore such state. */
  | { readonly kind: 'spread' }
  /** Adds something to the list of children that is no widget: a separator, a spacer. */
  | { readonly kind: 'ornament' }
  /** Makes a widget and attaches it, by a `create` and an `add_…` that any browser understands. */
  | { readonly kind: 'factory' }
  /** Done by the server's own class (timers). */
  | { readonly kind: 'local' }
  /** Ends the widget. */
  | { readonly kind: 'destroy' }

/** How a factory method is composed of plain messages. */
export interface Composition {
  readonly class: string
  /** Constructor arguments in wire form. */
  readonly args: readonly unknown[]
  /** Method that attaches the new widget, with the place of its reference held by {@link CHILD}. */
  readonly attach: Call
}

/** Stands for the composed widget in {@link Composition.attach}. */
export const CHILD = Symbol('child')

export interface Method {
  readonly params: readonly Param[]
  readonly returns?: ValueType
  readonly effect: Effect
  /** TypeScript name where it is not the camelCase of the wire name. */
  readonly ts?: string
  readonly reduce?: Reduce
  /** For `arrange`: the children as they stand afterwards, those that come with the call included. */
  readonly arrange?: Arranger['arrange']
  /** For `spread`: the state keys that change, by widget. */
  readonly spread?: Spreader['spread']
  /** For `wrap`: the options with what the server decides where they say nothing. */
  readonly complete?: Completer['complete']
  /** For `get`: the answer; for children-dependent getters, wids are returned as references. */
  readonly get?: Getter['get']
  /** For `factory`; returns null where the arguments name an existing widget, so that the call is a plain `child` one. */
  readonly compose?: Composer['compose']
  /**
   * Done by other calls of the class, where the reference page's own method does harm; pages are sent those, and offer
   * this one to reference servers.
   */
  readonly as?: Detour['as']
  /** Position of the child parameter in a `factory` that can also take an existing widget. */
  readonly child?: number
  /** Means something only once there are children or items: no constructor option. */
  readonly needsChildren?: boolean
  /** Browsers answer it in a form of their own: no question. */
  readonly unasked?: boolean
  /** Not sent where it changes nothing: a reference page fails at that. */
  readonly onlyIfChanged?: boolean
  /** Its answer comes later, as a promise; for `local`. */
  readonly later?: boolean
  /** Not part of the server's API; a page offers it to reference servers. */
  readonly pageOnly?: boolean
  /** For `amend`: the arguments of the call that attached the child, as a replay is to give them from now on. */
  readonly amend?: Amender['amend']
  /** Not in the reference protocol: called only on pages that said in the handshake that they know such methods. */
  readonly extension?: boolean
  /**
   * What a page that knows the reference protocol alone is sent in place of a call: another call, nothing (null), or a
   * replay, where all that follows would be about something else there. Undefined: the call itself, or nothing if it is
   * an extension. The context is that after the call.
   */
  readonly instead?: Substitute['instead']
}

interface Amender { amend (attached: readonly unknown[], args: readonly unknown[]): readonly unknown[] }
interface Substitute { instead (args: readonly unknown[], context: Context): Call | 'replay' | null | undefined }
interface Getter { get (state: State, args: readonly unknown[], context: WithEntries): unknown }
interface WithEntries extends Context { readonly entries: readonly Entry[] }
interface Arranger { arrange (entries: readonly Entry[], args: readonly unknown[], state: State): readonly Entry[] }
interface Spreader { spread (state: State, args: readonly unknown[], context: WithEntries): ReadonlyArray<readonly [wid: number, patch: State]> }
interface Completer { complete (options: Readonly<Record<string, unknown>>, context: Context): Record<string, unknown> }
interface Composer { compose (args: readonly unknown[]): Composition | null }
interface Detour { as (args: readonly unknown[]): readonly Call[] }

export interface Callback {
  readonly params: readonly Param[]
  /** State keys that it may change; the server then always listens (but see `when`) and passes changes on. */
  readonly touches?: readonly string[]
  readonly reduce?: Reduce
  /** Tracked only where this holds for the constructor's arguments, e.g. the geometry of a resizable window. */
  when? (given: Given): boolean
  /** Its reducer minds `when` by itself, and says what is kept where the callback is not tracked. */
  readonly minds?: boolean
  /** A report of what the page measured: not taken while a call that touches the same state is unanswered. */
  readonly measured?: boolean
  /** The page has already taken the child (first argument) out of the tree. */
  readonly removesChild?: boolean
  /** The page has already moved the child (first argument) to a position (second argument). */
  readonly movesChild?: boolean
  /** The page only asks and has changed nothing itself, so that it is told of the change like all others. */
  readonly request?: boolean
  /** Whether what was stored differs from what the page reported, so that the page must be told. */
  corrected? (patch: State, args: readonly unknown[]): boolean
  /** The state changes only where server code has no handler of its own. */
  readonly unlessHandled?: boolean
  /**
   * Comes some time after what it reports. A reference page reports what the user typed even if it has shown another
   * text since.
   */
  readonly debounced?: boolean
  /**
   * A reference page reports it once more a moment after any call about the widget, a silent one included: such a report
   * says nothing new.
   */
  readonly trails?: boolean
  /** Fires by itself at any time, so a page may coalesce it per animation frame. */
  readonly unruly?: boolean
  /** Of what is unruly: makes one report of two, where the last alone would not say it all; undefined if they cannot be one. */
  readonly merge?: (earlier: readonly unknown[], later: readonly unknown[]) => readonly unknown[] | undefined
  /**
   * Its argument may announce files, by a `transfer_id`: handlers run when their bytes are in. Meanwhile the server
   * reports how far they are by the action `progress`.
   */
  readonly upload?: { readonly progress: string }
  /** Made by the server: browsers are asked to listen, so that they prepare for it, and never report it. */
  readonly made?: boolean
  /** Number of arguments that may be missing (e.g. an unchecked action sends none). */
  readonly optional?: number
  /** Not in the reference protocol: a reference page never reports it, however often it is asked to listen. */
  readonly extension?: boolean
}

/** A step of a replay. */
export type Phase = 'create' | 'early' | 'late' | 'last'

export interface StateDefinition {
  /** Value right after construction, or how to derive it from what the constructor was given. */
  readonly initial: Json | ((given: Given) => unknown)
  /**
   * When a replay restores it: as the constructor's option of the same name, with the widget, after the whole tree
   * (needs children), or last of all (visibility).
   */
  readonly phase?: Phase
  /**
   * Calls that lead a browser from value `before` (undefined: not known) to `value`. Default: the setter whose effect
   * names this key.
   * `null`: never replayed.
   */
  readonly calls?: Restore['calls'] | null
  /** Kept out of JSON: the value is `null` or a {@link BinaryState}, restored by a binary call of this method. */
  readonly binary?: string
}
interface Restore { calls (value: unknown, before: unknown, context: Context): readonly Call[] }

/** The value of a binary state: the last bytes sent and the arguments beside them. */
export interface BinaryState { readonly args: readonly Json[], readonly bytes: Uint8Array }

/** Something in a container: a child widget with the call that attached it, or an ornament. */
export interface Entry {
  /** Undefined for an ornament. */
  readonly wid?: number
  readonly method: string
  readonly args: readonly unknown[]
  /** The id of the widget that the child is wrapped in, where it is. */
  readonly wrapper?: number
}

/** A child that came to, or went from, position `index`, was added again where it stands, or moved there from another. */
export type ChildChange =
  /** `args` are those of the call that attached it. */
  | { readonly kind: 'added' | 'updated' | 'removed', readonly index: number, readonly wid: number, readonly args: readonly unknown[] }
  | { readonly kind: 'moved', readonly index: number, readonly from: number, readonly wid: number }

/** How a container keeps its children. */
export interface ContainerRules {
  /** Method that a replay attaches children with, where they were inserted by another. */
  readonly attach: string
  /** Adding a child that is there already: changes its arguments where it stands, or moves it to the end. */
  readonly again: 'update' | 'move'
  /** State of a child that a reference page forgets when it is added: it is told anew. */
  readonly forgets?: readonly string[]
  /**
   * State key and setter of the child that is shown, where a reference page can take out no other: it fails at that,
   * and stays mute for good if the call was silent.
   */
  readonly shows?: { readonly key: string, readonly setter: string }
  /**
   * Methods that attach children somewhere of their own: those are not among `children`, and take no part in their
   * positions.
   */
  readonly aside?: readonly string[]
  /** Method that takes a child out, where a reference page's `remove` does nothing. */
  readonly remove?: string
  /**
   * State key that stands for the order of the children, where that can change. Its value says nothing: its `calls`
   * take the order from the context, and the one before, a list of ids, in place of the value before.
   */
  readonly order?: string
  /** State that follows from a child coming, going or moving; `count` is the number of children afterwards. */
  reduce? (state: State, change: ChildChange, count: number): State | undefined
}

/** At most one widget of a group has the state key `state` true. */
export interface Exclusive {
  /** Option that names any other member of the group. */
  readonly group: string
  readonly state: string
  /** Option that membership implies. */
  readonly implies?: string
}

export interface WidgetDefinition {
  readonly class: string
  readonly base: WidgetDefinition | null
  /** False for the abstract bases and for wrappers, which no `create` may name. */
  readonly creatable: boolean
  /** Made by a container around each of its children, whose place it stands for. */
  readonly wrapper: boolean
  /** False for what lives on the server alone (timers): no browser is told of it. */
  readonly remote: boolean
  readonly args: readonly Param[]
  readonly options: Readonly<Record<string, Option>>
  readonly state: Readonly<Record<string, StateDefinition>>
  readonly methods: Readonly<Record<string, Method>>
  readonly callbacks: Readonly<Record<string, Callback>>
  readonly container: ContainerRules | null
  readonly exclusive: Exclusive | null
  /** State keys of callbacks that come late. */
  readonly debounced: readonly string[]
  /** Has a callback that trails. */
  readonly trails: boolean
}

/** What an author writes; the rest is inherited or defaulted by {@link define}. */
export interface DefinitionSource {
  readonly class: string
  readonly base: WidgetDefinition | null
  readonly creatable?: boolean
  readonly wrapper?: boolean
  readonly remote?: boolean
  readonly args?: readonly Param[]
  readonly options?: Readonly<Record<string, Option>>
  readonly state?: Readonly<Record<string, StateDefinition>>
  readonly methods?: Readonly<Record<string, Method>>
  readonly callbacks?: Readonly<Record<string, Callback>>
  readonly container?: ContainerRules
  readonly exclusive?: Exclusive
}

/** Completes a definition: state, methods, callbacks and container rules are inherited, arguments and options are not. */
export function define (source: DefinitionSource): WidgetDefinition {
  const { base } = source
  const own = Object.values(source.callbacks ?? {})
  return {
    class: source.class,
    base,
    creatable: source.creatable ?? source.wrapper !== true,
    wrapper: source.wrapper ?? false,
    remote: source.remote ?? base?.remote ?? true,
    args: source.args ?? [],
    options: table(source.options),
    state: table(base?.state, source.state),
    methods: table(base?.methods, source.methods),
    callbacks: table(base?.callbacks, source.callbacks),
    container: source.container ?? base?.container ?? null,
    exclusive: source.exclusive ?? base?.exclusive ?? null,
    debounced: [...base?.debounced ?? [], ...own.flatMap(({ debounced, touches }) => debounced === true ? touches ?? [] : [])],
    trails: base?.trails === true || own.some(({ trails }) => trails === true)
  }
}

/** Without a prototype: these are looked up by names that come from outside, `constructor` and `toString` among them. */
function table<T> (...sources: Array<Readonly<Record<string, T>> | undefined>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null), ...sources) as Record<string, T>
}

/** Whether a callback changes tracked state for a widget of these constructor arguments: it is then always listened to. */
export function isTracked ({ touches, when }: Callback, given: Given): boolean {
  return touches !== undefined && when?.(given) !== false
}

/** Whether `definition` is the named class or derived from it. */
export function isA (definition: WidgetDefinition, name: string): boolean {
  for (let d: WidgetDefinition | null = definition; d !== null; d = d.base) if (d.class === name) return true
  return false
}

export * from './words.ts'
