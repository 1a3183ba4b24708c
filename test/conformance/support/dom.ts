/** What the page shows, read from the DOM by structure, ARIA and the properties of its controls. */
import type { Page } from 'playwright-core'
import type { Node, Tree } from '../../../lib/session/tree.ts'
import { childrenOf, rowOf } from '../../../lib/session/tree.ts'
import type { State } from '../../../lib/widgets/definition.ts'
import { readPage } from './in-page.js'
import type { Sought } from './in-page.js'

/** Facts by widget number and name. */
export type Shown = Record<string, unknown>

/** Attribute by which a widget found in the DOM is known to gestures. */
export const MARK = 'data-conformance'

/** Children whose elements are not inside their parent's: menus hang in the overlays while they are open. */
const ELSEWHERE = new Set(['Menu', 'MenuAction'])

const bounded = ({ value, limits }: State): Shown => ({ value, min: (limits as number[])[0], max: (limits as number[])[1] })

/** What the DOM should show of a class, from its state. Classes without an entry are compared by the common facts alone. */
const EXPECTED: Readonly<Record<string, (state: State, node: Node, tree: Tree) => Shown>> = {
  TopLevel: ({ title, window_state: state }) => ({ title: title ?? null, rolled: state === 'shaded' || state === 'minimized' }),
  Dialog: ({ title, window_state: state, modal, visible }, { given }) => ({
    title: title ?? null,
    rolled: state === 'shaded' || state === 'minimized',
    modal: modal === true && visible === true,
    row: (given.buttons as ReadonlyArray<readonly [string, unknown]> | null ?? []).map(([label]) => label)
  }),
  ColorDialog: ({ title, color, modal, visible }) => ({ title: title ?? null, color, modal: modal === true && visible === true }),
  Button: ({ text }) => ({ text }),
  Label: ({ text }) => ({ text: text ?? '' }),
  StatusBar: ({ text }) => ({ text }),
  CheckBox: ({ text, state }) => ({ text, checked: state }),
  ColorWidget: ({ color }) => ({ color }),
  RadioButton: ({ text, state }) => ({ text, checked: state }),
  ToggleButton: ({ text, state }) => ({ text, pressed: state }),
  Slider: bounded,
  Dial: bounded,
  SpinBox: bounded,
  ScrollBar: ({ scroll_percent: position, thumb_percent: thumb }) => ({ position, thumb }),
  AbstractScrollArea: ({ scroll_percent: place }) => ({ place }),
  TextArea: ({ text, editable, wrap }) => ({ value: text, editable, wrap }),
  HtmlView: ({ html }) => ({ words: wordsIn(html) }),
  ExternalWidget: ({ content }) => ({ words: wordsIn(content) }),
  TextEntry: ({ text, editable }, { given }) => ({ value: text, password: given.password, editable }),
  TextEntrySet: ({ text, editable, button_text: button }, { given }) => ({ value: text, password: given.password, editable, button }),
  ComboBox: ({ text }) => ({ value: text }),
  ProgressBar: ({ value }) => ({ value: Math.round((value as number) * 1e6) }),
  Frame: ({ title }) => ({ title }),
  ToolBarAction: ({ text, state }, { given }) => ({ text: text ?? '', pressed: given.toggle === true || given.group !== null ? state : state === true ? true : null }),
  Image: ({ image }) => ({ image: typeof image === 'string' && image !== '' ? image : null }),
  TabWidget: ({ index }, { entries }) => ({
    selected: index,
    titles: entries.map(({ args }) => (args[1] as { title?: string } | null | undefined)?.title ?? '')
  }),
  StackWidget: ({ index }) => ({ selected: index }),
  Expander: ({ title, collapsed }) => ({ title, collapsed }),
  ButtonBox: ({ halign, align }) => ({ halign, align }),
  GridBox: ({ rows, columns }, { entries }) => ({ grid: [rows, columns], cells: entries.map(({ args }) => args.slice(1, 3)) }),
  FixedLayout: (_state, { entries }) => ({ places: entries.map(({ args }) => args.slice(1, 3)) }),
  Separator: ({ orientation }) => ({ orientation }),
  MDIWidget: (_state, { entries }, tree) => ({ titles: entries.map(({ wrapper }) => tree.nodes.get(wrapper as number)?.state.title) }),
  MenuBar: (_state, { entries }) => ({ captions: entries.map(({ args }) => args[1]) }),
  ToolBar: (_state, { entries }) => ({ rules: entries.filter(({ method }) => method === 'add_separator').length })
}

/** The words of some HTML. */
const wordsIn = (html: unknown): string => String(html).replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ').trim()

/** Classes that the reader knows. */
export const readable = (name: string): boolean => name in EXPECTED

/** What the page should show of a tree: of all that is in a window or a page that was ever shown. */
export function expected (tree: Tree, except: ReadonlySet<Node>): Map<string, unknown> {
  const facts = new Map<string, unknown>()
  const visit = (node: Node, enabled: boolean): void => {
    const name = `#${node.wid} ${node.definition.class}`
    const on = enabled && node.state.enabled !== false
    if (!except.has(node)) {
      for (const [fact, value] of Object.entries(EXPECTED[node.definition.class]?.(node.state, node, tree) ?? {})) facts.set(`${name}.${fact}`, value)
      facts.set(`${name}.visible`, node.state.visible)
      facts.set(`${name}.tooltip`, node.state.tooltip === '' ? null : node.state.tooltip)
      if (!on) facts.set(`${name}.enabled`, false)
    }
    for (const child of inside(node, tree)) visit(child, on)
  }
  for (const node of tree.nodes.values()) if (isRoot(node)) visit(node, true)
  return facts
}

const isRoot = (node: Node): boolean => node.parent === null && 'window_state' in node.state ? node.changed?.has('visible') === true : node.definition.class === 'Page' && node.changed?.has('visible') === true

/** The row of a dialog comes after its column. */
const inside = (node: Node, tree: Tree): Node[] => [...rowOf(node), ...childrenOf(node).filter(wid => !rowOf(node).includes(wid))]
  .map(wid => tree.nodes.get(wid) as Node).filter(child => !ELSEWHERE.has(child.definition.class))

/** Marks the widgets of a tree in the page and reads what it shows of them. */
export async function shown (page: Page, tree: Tree): Promise<Map<string, unknown>> {
  const sought = (node: Node): Sought => ({
    number: node.wid, kind: node.definition.class, title: String(node.state.title ?? ''), children: inside(node, tree).map(sought)
  })
  const facts = await page.evaluate(readPage, { roots: [...tree.nodes.values()].filter(isRoot).map(sought), mark: MARK })
  return new Map(Object.entries(facts))
}
