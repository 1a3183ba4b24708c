/** What the source files of the definitions say beyond their data: doc comments and the names of shared constants. */
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A doc comment, with its `@param` lines by wire name. */
export interface Doc {
  readonly text: string
  readonly params: ReadonlyMap<string, string>
  /** Of a class: its `@keyboard` lines. */
  readonly keyboard: readonly Key[]
  /** Of a class: the program after `@example`; empty if there is none. */
  readonly example: string
}

/** What a person does with keys: `@keyboard Enter, Space - what they do`. */
export interface Key { readonly keys: string, readonly text: string }

/** A documented member. */
export interface MemberDoc {
  readonly doc: Doc | null
  /** The constant that the member was spread from, if it is shared by several classes. */
  readonly group: string | null
}

export type MemberDocs = ReadonlyMap<string, MemberDoc>

/** The comments of one definition, by wire name. */
export interface ClassDocs {
  readonly doc: Doc | null
  readonly options: MemberDocs
  readonly methods: MemberDocs
  readonly callbacks: MemberDocs
}

/** Everything that the typings need of the source files. */
export interface Sources {
  readonly classes: ReadonlyMap<string, ClassDocs>
  /** Names of constants made by `payload()`, by {@link keySet} of their properties. */
  readonly payloads: ReadonlyMap<string, string>
}

/** Identifies an object type by its properties' names. */
export const keySet = (keys: Iterable<string>): string => [...keys].sort().join()

interface Constant {
  readonly name: string
  readonly value: ts.Expression
  readonly statement: ts.VariableStatement
  readonly scope: Scope
}
type Scope = Map<string, Constant>

/** Reads all definitions in a folder. */
export function readSources (folder: string): Sources {
  const files = readdirSync(folder).filter(name => name.endsWith('.ts')).sort().map(name => constantsOf(join(folder, name)))
  const constants = files.flatMap(scope => [...scope.values()])
  const all: Scope = new Map(constants.map(constant => [constant.name, constant]))
  const reader = new Reader(all)
  return {
    classes: new Map(constants.flatMap(constant => reader.classOf(constant))),
    payloads: new Map(constants.flatMap(constant => reader.payloadOf(constant)))
  }
}

function constantsOf (file: string): Scope {
  const scope: Scope = new Map()
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true)
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (!ts.isIdentifier(name) || initializer === undefined) continue
      scope.set(name.text, { name: name.text, value: initializer, statement, scope })
    }
  }
  return scope
}

class Reader {
  readonly #all: Scope

  constructor (all: Scope) { this.#all = all }

  classOf (constant: Constant): Array<[string, ClassDocs]> {
    const [source] = callOf(constant.value, 'define')
    if (source === undefined || !ts.isObjectLiteralExpression(source)) return []
    const parts = new Map(source.properties.filter(ts.isPropertyAssignment).map(property => [nameOf(property), property.initializer]))
    const name = parts.get('class')
    if (name === undefined || !ts.isStringLiteral(name)) throw new Error(`${constant.name}: a definition needs a literal class name`)
    const members = (part: string): MemberDocs => {
      const value = parts.get(part)
      return value === undefined ? new Map() : this.#members(value, constant.scope)
    }
    return [[name.text, { doc: docOf(constant.statement), options: members('options'), methods: members('methods'), callbacks: members('callbacks') }]]
  }

  payloadOf (constant: Constant): Array<[string, string]> {
    const args = callOf(constant.value, 'payload')
    if (args.length === 0) return []
    return [[keySet(args.flatMap(arg => [...this.#members(arg, constant.scope).keys()])), constant.name]]
  }

  /** The properties of an object literal, of a constant that holds one, and of those spread into it. */
  #members (value: ts.Expression, scope: Scope, group: string | null = null): Map<string, MemberDoc> {
    const members = new Map<string, MemberDoc>()
    if (ts.isIdentifier(value)) {
      const constant = scope.get(value.text) ?? this.#all.get(value.text)
      return constant === undefined ? members : this.#members(constant.value, constant.scope, constant.name)
    }
    if (ts.isSatisfiesExpression(value)) return this.#members(value.expression, scope, group)
    if (!ts.isObjectLiteralExpression(value)) return members
    for (const property of value.properties) {
      if (ts.isSpreadAssignment(property)) {
        for (const [name, member] of this.#members(property.expression, scope)) members.set(name, member)
      } else {
        members.set(nameOf(property), { doc: docOf(property), group })
      }
    }
    return members
  }
}

/** The arguments, if the expression is a call of the named function. */
function callOf (value: ts.Expression, name: string): readonly ts.Expression[] {
  return ts.isCallExpression(value) && ts.isIdentifier(value.expression) && value.expression.text === name ? value.arguments : []
}

function nameOf ({ name }: ts.ObjectLiteralElementLike): string {
  if (name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name))) return name.text
  throw new Error('members of a definition need literal names')
}

function docOf (node: ts.Node): Doc | null {
  const comment = ts.getJSDocCommentsAndTags(node).filter(ts.isJSDoc).at(-1)
  if (comment === undefined) return null
  const lines = comment.getText().replace(/^\/\*\*|\s*\*\/$/g, '').split('\n').map(line => line.replace(/^\s*\* ?/, ''))
  const found = (tag: string): number => {
    const index = lines.findIndex(line => line.trimStart().startsWith(tag))
    return index === -1 ? lines.length : index
  }
  const example = found('@example')
  const keyboard = Math.min(found('@keyboard'), example)
  const [text = '', ...params] = flow(lines.slice(0, keyboard)).split(/ @param /)
  const [, ...keys] = ` ${flow(lines.slice(keyboard, example))}`.split(/ @keyboard /)
  return {
    text: text.trim(),
    params: new Map(params.map(param => pair('param', param))),
    keyboard: keys.map(key => pair('keyboard', key)).map(([keys, text]) => ({ keys, text })),
    example: lines.slice(example + 1).join('\n').trim()
  }
}

const flow = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ')

function pair (tag: string, line: string): [name: string, text: string] {
  const at = line.indexOf(' - ')
  if (at === -1) throw new Error(`"@${tag} ${line}": expected "@${tag} name - text"`)
  return [line.slice(0, at).trim(), line.slice(at + 3).trim()]
}
