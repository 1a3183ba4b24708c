/** The order of the manual. A class that stands nowhere here is listed at the end, so that a new one is in it from the start. */
import type { WidgetDefinition } from '../../lib/widgets/definition.ts'

const FAMILIES: ReadonlyArray<readonly [title: string, classes: readonly string[]]> = [
  ['Windows and pages', ['TopLevel', 'Page', 'Dialog', 'ColorDialog', 'FileDialog', 'MDIWidget', 'MDISubWindow']],
  ['Layout', ['Box', 'VBox', 'HBox', 'ButtonBox', 'GridBox', 'FixedLayout', 'Splitter', 'Separator']],
  ['Containers', ['Frame', 'Expander', 'TabWidget', 'StackWidget', 'ScrollArea']],
  ['Menus and bars', ['MenuBar', 'Menu', 'MenuAction', 'ToolBar', 'ToolBarAction', 'StatusBar']],
  ['Controls', ['Button', 'ToggleButton', 'CheckBox', 'RadioButton', 'ComboBox', 'ComboBoxNative', 'SpinBox', 'Slider', 'Dial', 'ScrollBar', 'ColorWidget']],
  ['Text', ['Label', 'Text', 'TextEntry', 'TextEntrySet', 'TextArea', 'TextSource', 'TextBufferRef', 'HtmlView']],
  ['Data', ['TreeView', 'TableView']],
  ['Pictures and media', ['ProgressBar', 'Image', 'Canvas', 'VideoWidget', 'ExternalWidget']],
  ['Without a place on screen', ['Timer']]
]
const OTHERS = 'Others'
const BASES = 'Bases'

/** The classes by family, each family in its order; empty ones are left out. */
export function familiesOf (definitions: readonly WidgetDefinition[]): Array<readonly [title: string, classes: WidgetDefinition[]]> {
  const titles = new Map(FAMILIES.flatMap(([title, classes]) => classes.map(name => [name, title])))
  const familyOf = ({ class: name, creatable }: WidgetDefinition): string => creatable ? titles.get(name) ?? OTHERS : BASES
  const order = FAMILIES.flatMap(([, classes]) => classes)
  const sorted = [...definitions].sort((a, b) => order.indexOf(a.class) - order.indexOf(b.class))
  return [...FAMILIES.map(([title]) => title), OTHERS, BASES]
    .map(title => [title, sorted.filter(definition => familyOf(definition) === title)] as const)
    .filter(([, classes]) => classes.length > 0)
}
