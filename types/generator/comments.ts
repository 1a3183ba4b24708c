/** Doc comments as TSDoc. */
import { camelCase } from '../../lib/protocol/names.ts'
import type { Param } from '../../lib/widgets/definition.ts'
import type { Doc } from './sources.ts'
import { quote } from './values.ts'

const WIDTH = 118

export interface Tag { readonly tag: string, readonly text: string }

/** A comment: on one line if it is short and has neither tags nor an example. */
export function comment (text: string, tags: readonly Tag[] = [], indent = '  ', example = ''): string[] {
  const single = `${indent}/** ${text} */`
  if (tags.length === 0 && example === '' && single.length <= WIDTH) return [single]
  const lines = [text, ...tags.map(({ tag, text }) => `@${tag} ${text}`)].flatMap(line => wrap(line, WIDTH - indent.length - 3))
  if (example !== '') lines.push('@example', '```ts', ...example.split('\n'), '```')
  return [`${indent}/**`, ...lines.map(line => `${indent} * ${line}`.trimEnd()), `${indent} */`]
}

function wrap (text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = `  ${word}`
    } else {
      line = line === '' ? word : `${line} ${word}`
    }
  }
  // Continued lines of a tag are indented, those of the text are not.
  return [...lines, line].map(line => text.startsWith('@') ? line : line.trimStart())
}

/** A default value as one would write it. */
export const literal = (value: unknown): string => typeof value === 'string' ? quote(value) : JSON.stringify(value)

/** The `@param` lines of a method or factory. */
export function paramTags (params: readonly Param[], doc: Doc): Tag[] {
  for (const name of doc.params.keys()) {
    if (!params.some(param => param.name === name)) throw new Error(`"${doc.text}": there is no parameter ${name}`)
  }
  return params.flatMap(({ name, default: fallback }) => {
    const parts: string[] = []
    const text = doc.params.get(name)
    if (text !== undefined) parts.push(text)
    if (fallback !== undefined && fallback !== null && typeof fallback !== 'object' && fallback !== '') parts.push(`Default: \`${literal(fallback)}\`.`)
    return parts.length === 0 ? [] : [{ tag: 'param', text: `${camelCase(name)} - ${spelled(parts.join(' '), params)}` }]
  })
}

/** Properties of option objects that a text names, in their TypeScript spelling. */
export function spelled (text: string, params: readonly Param[]): string {
  const names = new Set(params.flatMap(({ type }) => type.kind === 'object' && type.open !== true ? Object.keys(type.properties) : []))
  return text.replace(/`(\w+)`/g, (code, name: string) => names.has(name) ? `\`${camelCase(name)}\`` : code)
}

/** What a setter's comment says of its first argument, for the option of the same name. */
export function optionText (doc: Doc, params: readonly Param[]): string {
  const value = doc.params.get(params[0]?.name ?? '')
  return value === undefined ? doc.text : `${doc.text} ${value.startsWith('px') ? `In ${value}` : value}`
}

/** The comment of a getter, for the question of the same name. */
export function questionText (text: string): string {
  if (text.startsWith('Asks ')) return text
  const lower = /^[A-Z][A-Z]/.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1)
  return `Asks a browser: ${lower}`
}
