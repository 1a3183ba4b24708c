/** The members of one widget class as server code sees them: in TypeScript, with what their comments say. */
import { camelCase } from '../../lib/protocol/names.ts'
import type { Json } from '../../lib/protocol/values.ts'
import { isSetterOption } from '../../lib/session/arguments.ts'
import { isQuery, queryName } from '../../lib/session/widget.ts'
import type { Callback, Method, Param, WidgetDefinition } from '../../lib/widgets/definition.ts'
import { optionText } from './comments.ts'
import type { ClassDocs, Doc, Sources } from './sources.ts'
import type { TypePrinter } from './values.ts'

/** A constructor option. */
export interface OptionMember {
  /** As it is written in TypeScript. */
  readonly name: string
  readonly type: string
  readonly text: string
  /** Undefined where a setter serves as option: the widget is as the setter's state is at first. */
  readonly fallback?: Json
}

/** A method of a widget, or a question of its `query`. */
export interface MethodMember {
  readonly wire: string
  readonly name: string
  /** The parameters, with their types. */
  readonly params: string
  readonly returns: string
  readonly doc: Doc
  readonly method: Method
}

/** An action that a widget reports. */
export interface EventMember {
  readonly action: string
  /** What a handler gets before the context, with names and types. */
  readonly args: string
  readonly doc: Doc
  /** The constant that it was spread from, if several classes have it. */
  readonly group: string | null
  readonly callback: Callback
}

export class Members {
  readonly #sources: Sources
  readonly #types: TypePrinter

  constructor (sources: Sources, types: TypePrinter) {
    this.#sources = sources
    this.#types = types
  }

  /** What the comments of a class say. */
  docs (definition: WidgetDefinition): ClassDocs {
    const docs = this.#sources.classes.get(definition.class)
    if (docs === undefined) throw new Error(`no source of the definition of ${definition.class} was found`)
    return docs
  }

  /** The comment of a class. */
  doc (definition: WidgetDefinition): Doc { return required(this.docs(definition).doc, definition.class) }

  /** All options of a class and setters that serve as options, by wire name. */
  options (definition: WidgetDefinition): Map<string, OptionMember> {
    const members = new Map<string, OptionMember>()
    const docs = this.docs(definition)
    for (const [key, option] of Object.entries(definition.options)) {
      if (option.pageOnly === true) continue
      const { text } = required(docs.options.get(key)?.doc, `option ${key} of ${definition.class}`)
      members.set(key, { name: camelCase(key), type: this.#types.print(option.type, 'in'), text, fallback: option.default })
    }
    for (const [wire, { params }] of Object.entries(definition.methods)) {
      const key = wire.slice('set_'.length)
      const [param] = params
      if (!isSetterOption(definition, wire) || members.has(key) || param === undefined) continue
      members.set(key, { name: camelCase(key), type: this.#types.print(param.type, 'in'), text: optionText(this.#methodDoc(definition, wire), params) })
    }
    return members
  }

  /** Options and setters that a class has beyond, or of another type than, its base: options are not inherited as setters are. */
  ownOptions (definition: WidgetDefinition): OptionMember[] {
    const { base } = definition
    const inherited = base === null ? new Map<string, OptionMember>() : this.options(base)
    return [...this.options(definition)]
      .filter(([key, { type }]) => inherited.get(key)?.type !== type || definition.options[key] !== undefined)
      .map(([, member]) => member)
  }

  /** What a class can do beyond its base. */
  methods (definition: WidgetDefinition): MethodMember[] {
    return ownOf(definition, 'methods')
      .filter(([wire, method]) => method.effect.kind !== 'query' && !this.#repeats(definition, wire, method))
      .map(([wire, method]) => this.#method(definition, wire, method, method.ts ?? camelCase(wire), 'void'))
  }

  /** What a browser can be asked about a class beyond its base. */
  queries (definition: WidgetDefinition): MethodMember[] {
    return ownOf(definition, 'methods')
      .filter(([wire, method]) => {
        // Where a base asks and this class knows by itself, a browser's answer is still what the base says.
        const asked = definition.base?.methods[wire]?.effect.kind === 'query'
        return !asked && isQuery(definition, wire) && !this.#repeats(definition, wire, method)
      })
      .map(([wire, method]) => this.#method(definition, wire, method, queryName(wire), 'unknown'))
  }

  /** What a class reports beyond its base. */
  events (definition: WidgetDefinition): EventMember[] {
    const docs = this.docs(definition).callbacks
    return ownOf(definition, 'callbacks').map(([action, callback]) => {
      const { params, optional = 0 } = callback
      const args = params.map(({ name, type, optional: mayMiss }, i) => {
        const missing = mayMiss === true || i >= params.length - optional
        return `${camelCase(name)}: ${this.#types.print(type, 'out', action)}${missing ? ' | undefined' : ''}`
      })
      const doc = required(docs.get(action)?.doc, `action ${action} of ${definition.class}`)
      return { action, args: args.join(', '), doc, group: docs.get(action)?.group ?? null, callback }
    })
  }

  /** Parameters as they are declared. */
  params (params: readonly Param[]): string[] {
    return params.map((param, i) => {
      const name = camelCase(param.name)
      const type = this.#types.print(param.type, 'in')
      if (param.optional !== true) return `${name}: ${type}`
      // TypeScript has no optional parameter before a required one.
      const followed = params.slice(i).some(({ optional }) => optional !== true)
      return followed ? `${name}: ${type} | undefined` : `${name}?: ${type}`
    })
  }

  #method (definition: WidgetDefinition, wire: string, method: Method, name: string, nothing: string): MethodMember {
    const doc = this.#methodDoc(definition, wire)
    return { wire, name, params: this.params(method.params).join(', '), returns: this.#returned(method, nothing), doc, method }
  }

  /** Whether a method only does otherwise what a base documents already. */
  #repeats (definition: WidgetDefinition, wire: string, method: Method): boolean {
    const inherited = definition.base?.methods[wire]
    return inherited !== undefined && this.docs(definition).methods.get(wire)?.doc == null &&
      this.params(inherited.params).join() === this.params(method.params).join() && this.#returned(inherited, '') === this.#returned(method, '')
  }

  #methodDoc (definition: WidgetDefinition, wire: string): Doc {
    for (let one: WidgetDefinition | null = definition; one !== null; one = one.base) {
      const doc = this.docs(one).methods.get(wire)?.doc
      if (doc != null) return doc
    }
    throw new Error(`${wire} of ${definition.class} has no doc comment`)
  }

  #returned ({ returns, later }: Method, nothing: string): string {
    const type = returns === undefined ? nothing : this.#types.print(returns, 'out')
    return later === true ? `Promise<${type}>` : type
  }
}

/** What a definition has beyond, or other than, its base; without what serves pages only. */
export function ownOf<Part extends 'methods' | 'callbacks'> (definition: WidgetDefinition, part: Part): Array<[string, WidgetDefinition[Part][string]]> {
  const inherited: Readonly<Record<string, unknown>> = definition.base?.[part] ?? {}
  return Object.entries(definition[part] as Record<string, WidgetDefinition[Part][string]>)
    .filter(([name, member]) => inherited[name] !== member && !('pageOnly' in member && member.pageOnly === true))
}

function required (doc: Doc | null | undefined, what: string): Doc {
  if (doc == null || doc.text === '') throw new Error(`${what} has no doc comment`)
  return doc
}
