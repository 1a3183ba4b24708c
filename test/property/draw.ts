/** Values that fit the types of definitions, from a few random numbers. */
import type { ValueType } from '../../lib/protocol/values.ts'
import type { Option, Param } from '../../lib/widgets/definition.ts'
import { Dice } from '../support/dice.ts'

const WORDS = ['', 'one', 'two', 'three', 'ä<b>&', 'red', '#123456', 'a longer text\nof two lines']
/** Where a definition does not bound a number. */
const LEAST = -3
const MOST = 200

/** There is nothing that fits, say no widget of a class. */
export class NothingFits extends Error {}

/** How values are written: by server code, or on the wire. */
export interface Spelling {
  /** Widgets of a class, or of any. */
  widgets (of: string | undefined): readonly unknown[]
  /** Property of an object that only has the keys of its type. */
  key (wire: string): string
}

/** Draws one thing after the other; the same numbers lead to the same things. */
export class Draw {
  readonly #dice: Dice

  constructor (...numbers: readonly number[]) {
    this.#dice = new Dice(numbers.reduce((state, number) => Math.imul(state ^ number, 0x9e3779b1) + 0x7f4a7c15 | 0, 1))
  }

  /** From 0 to `below` - 1. */
  nat (below: number): number { return this.#dice.bits() % below }

  /** @throws NothingFits */
  one<Item> (items: readonly Item[]): Item {
    if (items.length === 0) throw new NothingFits()
    return items[this.nat(items.length)] as Item
  }

  /** Once in so many times. */
  once (times: number): boolean { return this.nat(times) === 0 }

  /** Arguments for parameters; those at the end that may be left out are at times. */
  args (params: readonly Param[], spelling: Spelling): unknown[] {
    const least = params.filter(({ optional }) => optional !== true).length
    const length = least + this.nat(params.length - least + 1)
    return params.slice(0, length).map(({ type }) => this.value(type, spelling))
  }

  /** An object with some of the options. */
  options (options: Readonly<Record<string, Option>>, spelling: Spelling): Record<string, unknown> {
    const named = Object.entries(options).filter(([, { pageOnly }]) => pageOnly !== true && this.once(2))
    return Object.fromEntries(named.map(([key, { type }]) => [spelling.key(key), this.value(type, spelling)]))
  }

  /** @throws NothingFits */
  value (type: ValueType, spelling: Spelling): unknown {
    switch (type.kind) {
      case 'null': return null
      case 'boolean': return this.once(2)
      case 'any': return this.one([null, true, 3, 'text', [1, 'two'], { key: { inner: [] } }])
      case 'string': return this.one(WORDS).slice(0, type.maxLength)
      case 'bytes': return Uint8Array.from({ length: this.nat(5) }, () => this.nat(256))
      case 'enum': return this.one(type.values)
      case 'integer': case 'number': return this.#number(type)
      case 'widget': return this.one(spelling.widgets(type.of))
      case 'array': return Array.from({ length: this.nat(4) }, () => this.value(type.items, spelling))
      case 'tuple': return type.items.map(item => this.value(item, spelling))
      case 'union': return this.value(this.one(type.of), spelling)
      case 'object': {
        const chosen = Object.entries(type.properties).filter(([, { optional }]) => optional !== true || this.once(2))
        return Object.fromEntries(chosen.map(([key, property]) => [type.open === true ? key : spelling.key(key), this.value(property.type, spelling)]))
      }
    }
  }

  #number ({ kind, min, max }: Extract<ValueType, { kind: 'integer' | 'number' }>): number {
    const least = min ?? Math.min(LEAST, max ?? LEAST)
    const most = Math.min(max ?? MOST, least + MOST)
    // Now and then the ends, where things break.
    if (this.once(6)) return this.one([Math.ceil(least), Math.floor(most)])
    const number = Math.ceil(least) + this.nat(Math.floor(most) - Math.ceil(least) + 1)
    return kind === 'number' && this.once(4) ? Math.min(most, number + 0.5) : number
  }
}
