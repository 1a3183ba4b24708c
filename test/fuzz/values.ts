/** Values by their descriptions: right ones, and callbacks of a session's widgets made of them. */
import fc from 'fast-check'
import type { Session } from '../../lib/index.ts'
import type { ValueType } from '../../lib/protocol/values.ts'
import { definitions } from '../../lib/widgets/index.ts'

/** Values that a description allows. */
export function valid (type: ValueType, wids: readonly number[]): fc.Arbitrary<unknown> {
  switch (type.kind) {
    case 'boolean': return fc.boolean()
    case 'null': return fc.constant(null)
    // Bytes never stand in JSON; where they may be missing, null does.
    case 'bytes': return fc.constant(null)
    case 'string': return fc.oneof(fc.constantFrom('', 'x', 'red', 'ä<b>&'), fc.string({ maxLength: Math.min(20, type.maxLength ?? 20) }))
    case 'number': return fc.oneof(fc.integer({ min: Math.ceil(type.min ?? -10), max: Math.floor(type.max ?? 2000) }), fc.constant(type.min ?? 0.5))
    case 'integer': return fc.integer({ min: type.min ?? -10, max: type.max ?? 2000 })
    case 'enum': return fc.constantFrom(...type.values)
    case 'widget': return fc.constantFrom(...wids).map(wid => ({ __wid__: wid }))
    case 'array': return fc.array(valid(type.items, wids), { maxLength: 3 })
    case 'tuple': return fc.tuple(...type.items.map(item => valid(item, wids)))
    case 'union': return fc.oneof(...type.of.map(member => valid(member, wids)))
    case 'object': {
      const entries = Object.entries(type.properties)
      return fc.record(Object.fromEntries(entries.map(([key, { type }]) => [key, valid(type, wids)])), {
        requiredKeys: entries.filter(([, { optional }]) => optional !== true).map(([key]) => key)
      })
    }
    default: return fc.jsonValue({ maxDepth: 1 })
  }
}

/** A report as a browser makes it. */
export interface Callback { readonly type: 'callback', readonly wid: number, readonly action: string, readonly args: readonly unknown[] }

/** Callbacks that the widgets of a session may send: of every action, with arguments that its definition allows. */
export function callbacks (session: Session): fc.Arbitrary<Callback> {
  const widgets = session.widgets()
  const wids = widgets.map(({ wid }) => wid)
  return fc.oneof(...widgets.flatMap(({ wid, constructor: { name } }) =>
    Object.entries(definitions.get(name)?.callbacks ?? {}).filter(([, { made }]) => made !== true).map(([action, { params }]) =>
      fc.tuple(...params.map(({ type }) => valid(type, wids))).map((args): Callback => ({ type: 'callback', wid, action, args })))))
}

/** One widget of each class, some of them in a window, and a handler on every action of each. */
export function everything (session: Session, ran: (what: string) => void): void {
  const W = session.getWidgets()
  for (const make of Object.values(W)) (make as () => unknown)()
  const menu = W.MenuBar().addName('File')
  menu.addName('Save', true)
  W.ToolBar().addAction({ text: 'Bold', toggle: true })
  const top = W.TopLevel({ title: 'Window', resizable: true, moveable: true })
  const tabs = W.TabWidget({ closable: true })
  for (const caption of ['one', 'two']) tabs.addWidget(W.Label(caption), { title: caption })
  top.setWidget(tabs)
  top.show()
  W.ComboBox({ editable: true }).appendText('red')
  W.Slider({ name: 'slider', max: 1000 })
  W.TextEntry('text', { name: 'entry' })
  for (const widget of session.widgets()) {
    for (const action of Object.keys(definitions.get(widget.constructor.name)?.callbacks ?? {})) {
      const listen = widget as unknown as { on (action: string, handler: () => void, options: object): void }
      listen.on(action, () => ran(`${widget.toString()} ${action}`), { concurrent: widget.wid % 2 === 0 })
    }
  }
}
