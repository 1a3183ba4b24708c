/** The interfaces of one widget class: options, events, questions, the widget itself, and its factory. */
import { camelCase } from '../../lib/protocol/names.ts'
import { isSetterOption } from '../../lib/session/arguments.ts'
import { isQuery, queryName } from '../../lib/session/widget.ts'
import type { Callback, Method, Param, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { comment, literal, optionText, paramTags, questionText, spelled } from './comments.ts'
import type { Tag } from './comments.ts'
import type { ClassDocs, Doc, MemberDocs, Sources } from './sources.ts'
import { pascalCase, quote } from './values.ts'
import type { TypePrinter } from './values.ts'

interface OptionMember { readonly type: string, readonly doc: string, readonly tags: readonly Tag[] }

export class WidgetPrinter {
  /** Interfaces of events that several classes share, by name. */
  readonly eventGroups = new Map<string, string[]>()
  readonly #sources: Sources
  readonly #types: TypePrinter

  constructor (sources: Sources, types: TypePrinter) {
    this.#sources = sources
    this.#types = types
  }

  /** All interfaces of a class. */
  interfaces (definition: WidgetDefinition): string[] {
    const docs = this.#docs(definition)
    const { class: name, base } = definition
    const queries = this.#queries(definition)
    const asksMore = queries.length > 0
    const hasEvents = Object.keys(definition.callbacks).length > 0
    const lines = this.#options(definition)
    if (hasEvents) lines.push('', ...this.#events(definition))
    if (asksMore) {
      const above = baseWith(definition, one => this.#queries(one).length > 0)
      lines.push('', ...comment(`What a browser can be asked about ${article(name)}.`, [], ''))
      lines.push(...block(`${name}Query${above === null ? '' : ` extends ${above.class}Query`}`, queries))
    }
    lines.push('', ...comment(required(docs.doc, name).text, [], ''))
    lines.push(...block(`${name}${base === null ? '' : ` extends ${base.class}`}`, [
      ...(base === null ? COMMON : []),
      ...(asksMore ? [...comment(QUERY), `  readonly query: ${name}Query`] : []),
      ...this.#methods(definition),
      ...(hasEvents ? this.#handling(definition) : [])
    ]))
    return lines
  }

  /** The members of `WidgetFactories` for a class. */
  factory (definition: WidgetDefinition): string[] {
    const { class: name, args } = definition
    const doc = required(this.#docs(definition).doc, name)
    const head = comment(doc.text, paramTags(args, doc))
    const lines = [...head, `  ${name} (${[...args.map(arg => this.#param(arg, args)), `options?: ${name}Options`].join(', ')}): ${name}`]
    if (args.length > 0) lines.push(...comment(doc.text), `  ${name} (options: ${name}Options): ${name}`)
    return lines
  }

  #docs (definition: WidgetDefinition): ClassDocs {
    const docs = this.#sources.classes.get(definition.class)
    if (docs === undefined) throw new Error(`no source of the definition of ${definition.class} was found`)
    return docs
  }

  // Own options are not inherited as setters are, and may be stricter than a setter of a base.
  #options (definition: WidgetDefinition): string[] {
    const { class: name, base } = definition
    const all = this.#optionMembers(definition)
    const inherited = base === null ? new Map<string, OptionMember>() : this.#optionMembers(base)
    const own = [...all].filter(([key, { type }]) => inherited.get(key)?.type !== type || definition.options[key] !== undefined)
    const dropped = [...inherited].filter(([key, { type }]) => all.get(key)?.type !== type).map(([key]) => key)
    let above = ''
    if (base !== null) {
      const from = `${base.class}Options`
      above = ` extends ${dropped.length === 0 ? from : `Omit<${from}, ${dropped.map(key => quote(camelCase(key))).join(' | ')}>`}`
    }
    const lines: string[] = []
    if (base === null) lines.push(...comment('Stable name, unique in the session, for `session.find()`.'), '  name?: string')
    for (const [key, { type, doc, tags }] of own) lines.push(...comment(doc, tags), `  ${camelCase(key)}?: ${type}`)
    return [...comment(`What ${article(name)} can be made with.`, [], ''), ...block(`${name}Options${above}`, lines)]
  }

  /** Own options and setters that serve as options, by wire name. */
  #optionMembers (definition: WidgetDefinition): Map<string, OptionMember> {
    const members = new Map<string, OptionMember>()
    const docs = this.#docs(definition)
    for (const [key, option] of Object.entries(definition.options)) {
      if (option.pageOnly === true) continue
      const doc = required(docs.options.get(key)?.doc, `option ${key} of ${definition.class}`)
      members.set(key, {
        type: this.#types.print(option.type, 'in'), doc: doc.text, tags: [{ tag: 'default', text: literal(option.default) }]
      })
    }
    for (const [wire, { params }] of Object.entries(definition.methods)) {
      const key = wire.slice('set_'.length)
      const [param] = params
      if (!isSetterOption(definition, wire) || members.has(key) || param === undefined) continue
      members.set(key, { type: this.#types.print(param.type, 'in'), doc: optionText(this.#methodDoc(definition, wire), params), tags: [] })
    }
    return members
  }

  #events (definition: WidgetDefinition): string[] {
    const { class: name, callbacks } = definition
    const docs = this.#docs(definition).callbacks
    const above = baseWith(definition, one => Object.keys(one.callbacks).length > 0)
    const bases = above === null ? [] : [`${above.class}Events`]
    const lines: string[] = []
    for (const [action, callback] of ownOf(definition, 'callbacks')) {
      const printed = this.#event(action, callback, docs, name)
      const group = docs.get(action)?.group
      if (group == null) {
        lines.push(...printed)
        continue
      }
      const groupName = `${pascalCase(group.replace(/Callbacks$/, ''))}Events`
      if (!bases.includes(groupName)) {
        bases.push(groupName)
        this.eventGroups.set(groupName, [...docs].filter(([, member]) => member.group === group)
          .flatMap(([action]) => this.#event(action, callbacks[action] as Callback, docs, name)))
      }
    }
    return [
      ...comment(`Actions of ${article(name)}, with the arguments that their handlers get before the context.`, [], ''),
      ...block(`${name}Events${bases.length === 0 ? '' : ` extends ${bases.join(', ')}`}`, lines)
    ]
  }

  #event (action: string, { params, optional = 0 }: Callback, docs: MemberDocs, className: string): string[] {
    const doc = required(docs.get(action)?.doc, `action ${action} of ${className}`)
    const args = params.map(({ name, type, optional: mayMiss }, i) => {
      const missing = mayMiss === true || i >= params.length - optional
      return `${camelCase(name)}: ${this.#types.print(type, 'out', action)}${missing ? ' | undefined' : ''}`
    })
    const key = /^\w+$/.test(action) ? action : quote(action)
    return [...comment(doc.text, paramTags(params, doc)), `  ${key}: [${args.join(', ')}]`]
  }

  #queries (definition: WidgetDefinition): string[] {
    return ownOf(definition, 'methods').flatMap(([wire, method]) => {
      // Where a base asks and this class knows by itself, a browser's answer is still what the base says.
      const asked = definition.base?.methods[wire]?.effect.kind === 'query'
      if (asked || !isQuery(definition, wire) || this.#repeats(definition, wire, method)) return []
      const doc = this.#methodDoc(definition, wire)
      return [...comment(questionText(doc.text), paramTags(method.params, doc)),
        `  ${queryName(wire)} (${this.#params(method)}): Promise<${this.#returned(method, 'unknown')}>`]
    })
  }

  #methods (definition: WidgetDefinition): string[] {
    return ownOf(definition, 'methods').flatMap(([wire, method]) => {
      if (method.effect.kind === 'query' || this.#repeats(definition, wire, method)) return []
      const doc = this.#methodDoc(definition, wire)
      const name = method.ts ?? camelCase(wire)
      return [...comment(spelled(doc.text, method.params), paramTags(method.params, doc)),
        `  ${name} (${this.#params(method)}): ${this.#returned(method, 'void')}`]
    })
  }

  /** Whether a method only does otherwise what a base documents already. */
  #repeats (definition: WidgetDefinition, wire: string, method: Method): boolean {
    const inherited = definition.base?.methods[wire]
    return inherited !== undefined && this.#docs(definition).methods.get(wire)?.doc == null &&
      this.#params(inherited) === this.#params(method) && this.#returned(inherited, '') === this.#returned(method, '')
  }

  #handling (definition: WidgetDefinition): string[] {
    const { class: name } = definition
    const first = baseWith(definition, ({ callbacks }) => Object.keys(callbacks).length > 0) === null
    // Without a comment of their own, editors show those of the base.
    const doc = (text: string): string[] => first ? comment(text) : []
    return [
      ...doc(on(definition)),
      `  on<Action extends keyof ${name}Events> (action: Action, handler: Handler<${name}Events[Action], ${name}>, options?: HandlerOptions): this`,
      ...doc(ONCE),
      `  once<Action extends keyof ${name}Events> (action: Action): Promise<HandlerArgs<${name}Events[Action], ${name}>>`,
      ...doc(OFF),
      `  off<Action extends keyof ${name}Events> (action: Action, handler?: Handler<${name}Events[Action], ${name}>): this`
    ]
  }

  #methodDoc (definition: WidgetDefinition, wire: string): Doc {
    for (let one: WidgetDefinition | null = definition; one !== null; one = one.base) {
      const doc = this.#docs(one).methods.get(wire)?.doc
      if (doc != null) return doc
    }
    throw new Error(`${wire} of ${definition.class} has no doc comment`)
  }

  #params ({ params }: Method): string {
    return params.map(param => this.#param(param, params)).join(', ')
  }

  #param (param: Param, all: readonly Param[]): string {
    const name = camelCase(param.name)
    const type = this.#types.print(param.type, 'in')
    if (param.optional !== true) return `${name}: ${type}`
    // TypeScript has no optional parameter before a required one.
    const followed = all.slice(all.indexOf(param)).some(({ optional }) => optional !== true)
    return followed ? `${name}: ${type} | undefined` : `${name}?: ${type}`
  }

  #returned ({ returns }: Method, nothing: string): string {
    return returns === undefined ? nothing : this.#types.print(returns, 'out')
  }
}

const COMMON = [
  ...comment('Identifies the widget in its session and on the wire.'),
  '  readonly wid: number',
  ...comment('The name given to the constructor, by which `session.find()` knows it; null if none was.'),
  '  readonly name: string | null',
  ...comment('The session that the widget belongs to.'),
  '  readonly session: Session',
  ...comment('Whether the widget was destroyed. All but `destroy()` of a destroyed widget throws.'),
  '  readonly destroyed: boolean',
  ...comment('The widget that holds this one; null if none does.'),
  '  readonly parent: AnyWidget | null',
  ...comment('Class, id and name, for messages.'),
  '  toString (): string'
]
const QUERY = 'Questions to a browser. Each returns a promise, which rejects if no browser is connected or none answers in time.'
const on = ({ remote }: WidgetDefinition): string => `Calls \`handler\` whenever the action happens${remote ? ' in a browser' : ''}. ` +
  'The handlers of a session run one at a time in order of arrival, asynchronous ones awaited, except those registered as `concurrent`.' +
  (remote ? ' What server code does itself calls no handler.' : '')
const ONCE = 'Waits for the next time that the action happens. The promise settles on arrival, whatever handlers still run, ' +
  'so that a handler may wait for a dialog\'s answer.'
const OFF = 'Takes away a handler, or all handlers of the action.'

const block = (head: string, body: readonly string[]): string[] =>
  body.length === 0 ? [`export interface ${head} {}`] : [`export interface ${head} {`, ...body, '}']

const article = (name: string): string => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} {@link ${name}}`

/** What a definition has beyond, or other than, its base; without what serves pages only. */
function ownOf<Part extends 'methods' | 'callbacks'> (definition: WidgetDefinition, part: Part): Array<[string, WidgetDefinition[Part][string]]> {
  const inherited: Readonly<Record<string, unknown>> = definition.base?.[part] ?? {}
  return Object.entries(definition[part] as Record<string, WidgetDefinition[Part][string]>)
    .filter(([name, member]) => inherited[name] !== member && !('pageOnly' in member && member.pageOnly === true))
}

function baseWith (definition: WidgetDefinition, has: (base: WidgetDefinition) => boolean): WidgetDefinition | null {
  for (let { base } = definition; base !== null; { base } = base) if (has(base)) return base
  return null
}

function required (doc: Doc | null | undefined, what: string): Doc {
  if (doc == null || doc.text === '') throw new Error(`${what} has no doc comment`)
  return doc
}
