/** The examples in the comments of the definitions, and how they are run. */
import ts from 'typescript'
import type { Session } from '../../lib/index.ts'
import { definitions } from '../../lib/widgets/index.ts'
import { sources } from '../generator/index.ts'

/** The programs, by class. */
export function examples (): Map<string, string> {
  return new Map([...sources().classes].flatMap(([name, { doc }]) => doc === null || doc.example === '' ? [] : [[name, doc.example]]))
}

/** Creatable classes that a page can show. */
export const shown = (): string[] => [...definitions.values()].filter(({ creatable, remote }) => creatable && remote).map(({ class: name }) => name)

/** An example as a module, for the compiler. @param library - What its types are imported from. */
export const moduleOf = (example: string, library: string): string => `import type { Page, Session, WidgetFactories } from '${library}'
export default async (session: Session, W: WidgetFactories, page: Page): Promise<void> => {
${example}
}
`

/** Runs an example in a session, on a page that is shown. */
export async function runExample (example: string, session: Session): Promise<void> {
  const { outputText } = ts.transpileModule(moduleOf(example, 'fastify-pgwidgets'), { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 } })
  const { default: run } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`) as { default: (...args: unknown[]) => Promise<void> }
  const W = session.getWidgets()
  const page = W.Page()
  page.show()
  await run(session, W, page)
}
