/** Value descriptions of the protocol as TypeScript types. */
import { camelCase } from '../../lib/protocol/names.ts'
import type { ValueType } from '../../lib/protocol/values.ts'
import { keySet } from './sources.ts'

/** What server code gives, or what it gets. What it gives may be read-only and is spelled in camelCase. */
export type Direction = 'in' | 'out'

/** An event's payload that got an interface of its own. */
export interface Payload {
  readonly name: string
  /** Lines of the interface's body. */
  readonly body: readonly string[]
  /** Actions whose handlers get it, or payloads that hold it. */
  readonly usedBy: Set<string>
}

export const quote = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`

/** `pointer-down`, `pointerEvent` or `pointer_down` in PascalCase. */
export function pascalCase (name: string): string {
  const camel = camelCase(name.replaceAll('-', '_'))
  return camel.slice(0, 1).toUpperCase() + camel.slice(1)
}

const property = (name: string): string => /^[a-z_$][\w$]*$/i.test(name) ? name : quote(name)

/** Prints types, and collects the interfaces that payloads of events get. */
export class TypePrinter {
  readonly payloads = new Map<string, Payload>()
  readonly #payloadNames: ReadonlyMap<string, string>

  constructor (payloadNames: ReadonlyMap<string, string>) { this.#payloadNames = payloadNames }

  /** A type; `user` is the action, or the payload, that it is a part of. */
  print (type: ValueType, direction: Direction, user = ''): string {
    const inner = (type: ValueType): string => this.print(type, direction, user)
    const readonly = direction === 'in' ? 'readonly ' : ''
    switch (type.kind) {
      case 'any': return direction === 'in' ? 'Json' : 'unknown'
      case 'bytes': return 'Uint8Array'
      case 'integer': case 'number': return 'number'
      case 'boolean': case 'null': case 'string': return type.kind
      case 'enum': return type.values.map(quote).join(' | ')
      case 'widget': return type.of ?? 'Widget'
      case 'tuple': return `${readonly}[${type.items.map(inner).join(', ')}]`
      case 'union': return [...new Set(type.of.map(inner))].join(' | ')
      case 'array': {
        const item = inner(type.items)
        if (/^\w+$/.test(item)) return `${readonly}${item}[]`
        return direction === 'in' ? `ReadonlyArray<${item}>` : `Array<${item}>`
      }
      case 'object': {
        if (type.open === true && user !== '') return this.#payload(type, user)
        const spell = direction === 'in' && type.open !== true ? camelCase : (name: string): string => name
        return `{ ${Object.entries(type.properties)
          .map(([name, { type, optional, filled }]) => `${property(spell(name))}${optional === true && filled !== true ? '?' : ''}: ${inner(type)}`).join(', ')} }`
      }
    }
  }

  /** The name of the interface for a payload: after the constant that describes it, else after the first action that has it. */
  #payload ({ properties }: Extract<ValueType, { kind: 'object' }>, user: string): string {
    const constant = this.#payloadNames.get(keySet(Object.keys(properties)))
    const name = `${pascalCase(constant ?? user)}Payload`
    const body = Object.entries(properties)
      .map(([key, { type, optional, filled }]) => `${property(key)}${optional === true && filled !== true ? '?' : ''}: ${this.print(type, 'out', `{@link ${name}}`)}`)
    const known = this.payloads.get(name)
    if (known !== undefined && known.body.join() !== body.join()) throw new Error(`${user}: there is another ${name}; give its description a constant of its own`)
    if (known === undefined) this.payloads.set(name, { name, body, usedBy: new Set([user]) })
    else known.usedBy.add(user)
    return name
  }
}
