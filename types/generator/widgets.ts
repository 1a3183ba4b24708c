/** The interfaces of one widget class: options, events, questions, the widget itself, and its factory. */
import { camelCase } from '../../lib/protocol/names.ts'
import type { WidgetDefinition } from '../../lib/widgets/definition.ts'
import { comment, literal, paramTags, questionText, spelled } from './comments.ts'
import { COMMON, OFF, ONCE, QUERY, on } from './common.ts'
import type { EventMember, Members, OptionMember } from './members.ts'
import { pascalCase, quote } from './values.ts'

export class WidgetPrinter {
  /** Interfaces of events that several classes share, by name. */
  readonly eventGroups = new Map<string, string[]>()
  readonly #members: Members

  constructor (members: Members) { this.#members = members }

  /** All interfaces of a class. */
  interfaces (definition: WidgetDefinition): string[] {
    const { class: name, base } = definition
    const queries = this.#queries(definition)
    const asksMore = queries.length > 0
    const hasEvents = Object.keys(definition.callbacks).length > 0
    const lines = this.#options(definition)
    if (hasEvents) lines.push('', ...this.#events(definition))
    if (asksMore) {
      const above = baseWith(definition, one => this.#members.queries(one).length > 0)
      lines.push('', ...comment(`What a browser can be asked about ${article(name)}.`, [], ''))
      lines.push(...block(`${name}Query${above === null ? '' : ` extends ${above.class}Query`}`, queries))
    }
    lines.push('', ...comment(this.#members.doc(definition).text, [], ''))
    const hidden = base === null ? [] : Object.keys(base.methods).filter(wire => base.methods[wire]?.pageOnly !== true && definition.methods[wire]?.pageOnly === true)
    lines.push(...block(`${name}${base === null ? '' : ` extends ${without(base.class, hidden.length === 0 ? [] : [...hidden, ...HANDLING])}`}`, [
      ...(base === null ? COMMON.flatMap(({ signature, text }) => [...comment(text), `  ${signature}`]) : []),
      ...(asksMore ? [...comment(QUERY), `  readonly query: ${name}Query`] : []),
      ...this.#methods(definition),
      ...(hasEvents ? this.#handling(definition) : [])
    ]))
    return lines
  }

  /** The members of `WidgetFactories` for a class. */
  factory (definition: WidgetDefinition): string[] {
    const { class: name, args } = definition
    const doc = this.#members.doc(definition)
    const lines = [
      ...comment(doc.text, paramTags(args, doc), '  ', doc.example),
      `  ${name} (${[...this.#members.params(args), `options?: ${name}Options`].join(', ')}): ${name}`
    ]
    if (args.length > 0) lines.push(...comment(doc.text), `  ${name} (options: ${name}Options): ${name}`)
    return lines
  }

  // Own options are not inherited as setters are, and may be stricter than a setter of a base.
  #options (definition: WidgetDefinition): string[] {
    const { class: name, base } = definition
    const all = this.#members.options(definition)
    const inherited = base === null ? new Map<string, OptionMember>() : this.#members.options(base)
    const dropped = [...inherited].filter(([key, { type }]) => all.get(key)?.type !== type).map(([key]) => key)
    let above = ''
    if (base !== null) {
      above = ` extends ${without(`${base.class}Options`, dropped)}`
    }
    const lines: string[] = []
    if (base === null) lines.push(...comment('Stable name, unique in the session, for `session.find()`.'), '  name?: string')
    for (const { name, type, text, fallback } of this.#members.ownOptions(definition)) {
      lines.push(...comment(text, fallback === undefined ? [] : [{ tag: 'default', text: literal(fallback) }]), `  ${name}?: ${type}`)
    }
    return [...comment(`What ${article(name)} can be made with.`, [], ''), ...block(`${name}Options${above}`, lines)]
  }

  #events (definition: WidgetDefinition): string[] {
    const { class: name } = definition
    const events = this.#members.events(definition)
    const above = baseWith(definition, one => Object.keys(one.callbacks).length > 0)
    const bases = above === null ? [] : [`${above.class}Events`]
    const lines: string[] = []
    for (const event of events) {
      if (event.group === null) {
        lines.push(...printed(event))
        continue
      }
      const groupName = `${pascalCase(event.group.replace(/Callbacks$/, ''))}Events`
      if (bases.includes(groupName)) continue
      bases.push(groupName)
      this.eventGroups.set(groupName, events.filter(({ group }) => group === event.group).flatMap(printed))
    }
    return [
      ...comment(`Actions of ${article(name)}, with the arguments that their handlers get before the context.`, [], ''),
      ...block(`${name}Events${bases.length === 0 ? '' : ` extends ${bases.join(', ')}`}`, lines)
    ]
  }

  #queries (definition: WidgetDefinition): string[] {
    return this.#members.queries(definition).flatMap(({ name, params, returns, doc, method }) =>
      [...comment(questionText(doc.text), paramTags(method.params, doc)), `  ${name} (${params}): Promise<${returns}>`])
  }

  #methods (definition: WidgetDefinition): string[] {
    return this.#members.methods(definition).flatMap(({ name, params, returns, doc, method }) =>
      [...comment(spelled(doc.text, method.params), paramTags(method.params, doc)), `  ${name} (${params}): ${returns}`])
  }

  #handling (definition: WidgetDefinition): string[] {
    const { class: name } = definition
    const first = baseWith(definition, ({ callbacks }) => Object.keys(callbacks).length > 0) === null
    // Without a comment of their own, editors show those of the base.
    const doc = (text: string): string[] => first ? comment(text) : []
    return [
      ...doc(on(definition.remote)),
      `  on<Action extends keyof ${name}Events> (action: Action, handler: Handler<${name}Events[Action], ${name}>, options?: HandlerOptions): this`,
      ...doc(ONCE),
      `  once<Action extends keyof ${name}Events> (action: Action): Promise<HandlerArgs<${name}Events[Action], ${name}>>`,
      ...doc(OFF),
      `  off<Action extends keyof ${name}Events> (action: Action, handler?: Handler<${name}Events[Action], ${name}>): this`
    ]
  }
}

function printed ({ action, args, doc, callback }: EventMember): string[] {
  return [...comment(doc.text, paramTags(callback.params, doc)), `  ${/^\w+$/.test(action) ? action : quote(action)}: [${args}]`]
}

/** Members whose types name the class itself, so that one without all of its base's cannot inherit them. */
const HANDLING = ['on', 'once', 'off']

/** An interface without members of these wire names. */
const without = (name: string, dropped: readonly string[]): string =>
  dropped.length === 0 ? name : `Omit<${name}, ${dropped.map(key => quote(camelCase(key))).join(' | ')}>`

const block = (head: string, body: readonly string[]): string[] =>
  body.length === 0 ? [`export interface ${head} {}`] : [`export interface ${head} {`, ...body, '}']

const article = (name: string): string => `${/^[AEIOU]/.test(name) ? 'an' : 'a'} {@link ${name}}`

function baseWith (definition: WidgetDefinition, has: (base: WidgetDefinition) => boolean): WidgetDefinition | null {
  for (let { base } = definition; base !== null; { base } = base) if (has(base)) return base
  return null
}
