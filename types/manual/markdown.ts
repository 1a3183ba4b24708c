/** Pieces of Markdown. */

/** What goes into a cell of a table. */
export const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

export const code = (text: string): string => `\`${text}\``

/** A table; nothing if it has no rows. */
export function table (head: readonly string[], rows: ReadonlyArray<readonly string[]>): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [line(head), `|${head.map(() => ' --- |').join('')}`, ...rows.map(line), '']
}

/** A program. */
export const fence = (text: string, language = 'ts'): string[] => [`\`\`\`${language}`, ...text.split('\n'), '```', '']

/** Text of a comment: its links to other interfaces are code here. */
export const prose = (text: string): string => text.replace(/\{@link (\w+)\}/g, (_, name: string) => code(name))

/** The link to a heading of a page. */
export const anchor = (heading: string): string => heading.toLowerCase().replace(/[^\w -]/g, '').replaceAll(' ', '-')
