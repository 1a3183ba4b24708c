import { describe, expect, test } from 'tstyche'
import type { Connection } from '../lib/connection/connection.ts'
import type { Session } from '../lib/session/session.ts'
import type {
  AnyWidget, Box, Button, Callback, CheckBox, ComboBox, ContainerWidget, Frame, HandlerContext, Image, Label, Menu, MenuAction, Page, PointerEventPayload,
  ResizePayload, Slider, SliderOptions, Splitter, TabWidget, Timer, ToolBar, ToolBarAction, TopLevel, VBox, Widget, WidgetClassName, WidgetFactories
} from './widgets.ts'

declare const W: WidgetFactories
declare const session: Session
declare const button: Button
declare const slider: Slider
declare const tabs: TabWidget
declare const timer: Timer

describe('factories', () => {
  test('take positional arguments, options, or both', () => {
    expect(W.Button()).type.toBe<Button>()
    expect(W.Button('Go')).type.toBe<Button>()
    expect(W.Button(null)).type.toBe<Button>()
    expect(W.Button('Go', { tooltip: 'Starts', name: 'go' })).type.toBe<Button>()
    expect(W.Button({ text: 'Go', icon: 'go.png' })).type.toBe<Button>()
    expect(W.VBox({ spacing: 8 })).type.toBe<VBox>()
    expect(W.TopLevel({ title: 'Remote App', resizable: true })).type.toBe<TopLevel>()
  })

  test('take every setter of one argument as an option', () => {
    expect<SliderOptions>().type.toBeAssignableFrom<{ enabled: boolean, decimals: number | null, tracking: boolean, min: number, showValue: boolean }>()
    expect(W.Image).type.toBeCallableWith({ interactive: true, binaryImage: new Uint8Array() })
    expect(W.TopLevel).type.toBeCallableWith({ widget: button, windowState: 'maximized' as const, padding: [1, 2, 3, 4] as const })
    expect(W.ToolBarAction).type.toBeCallableWith({ group: W.ToolBarAction(), menu: W.Menu(), iconsize: [18, 18] })
  })

  test('refuse unknown options, wire names, wrong types, and setters of two arguments', () => {
    expect(W.VBox).type.not.toBeCallableWith({ spacings: 8 })
    expect(W.VBox).type.not.toBeCallableWith({ spacing: '8' })
    expect(W.VBox).type.not.toBeCallableWith({ orientation: 'vertical' })
    expect(W.Box).type.not.toBeCallableWith({ orientation: 'diagonal' })
    expect(W.Slider).type.not.toBeCallableWith({ show_value: true })
    expect(W.Slider).type.not.toBeCallableWith({ limits: [0, 1] })
    expect(W.ToolBarAction).type.not.toBeCallableWith({ group: button })
    expect(W.Button).type.not.toBeCallableWith(3)
    expect(W.Button).type.not.toBeCallableWith({}, {})
    expect(W.MenuAction).type.not.toBeCallableWith({ name: 3 })
  })

  test('are there for all classes but the abstract ones', () => {
    expect<WidgetClassName>().type.toBeAssignableFrom<'Slider' | 'Timer' | 'Page'>()
    expect<WidgetClassName>().type.not.toBeAssignableFrom<'Widget'>()
    expect(W).type.not.toHaveProperty('ContainerWidget')
  })
})

describe('methods', () => {
  test('have the parameters that the definitions name, in camelCase', () => {
    expect<Parameters<Slider['setLimits']>>().type.toBe<[minval: number, maxval: number, incrval?: number | undefined]>()
    expect<Parameters<Widget['addCursor']>>().type.toBe<
      [name: string, url: string, hotspotX: number, hotspotY: number, size?: readonly [number, number] | null | undefined]>()
    expect<Parameters<Box['insertWidget']>>().type.toBe<[index: number, child: Widget, stretch?: number | null | undefined]>()
    expect<Parameters<Image['setBinaryImage']>>().type.toBe<[data: Uint8Array, format?: string | undefined]>()
    expect(tabs.addWidget).type.toBeCallableWith(button, { title: 'One' })
    expect(tabs.addWidget).type.not.toBeCallableWith(button, { name: 'One' })
    expect(tabs.addWidget).type.not.toBeCallableWith(timer)
    expect(button.setText).type.not.toBeCallableWith(3)
    expect(button.setText).type.not.toBeCallableWith('a', 'b')
    expect(W.MenuBar().addMenu).type.toBeCallableWith(W.Menu(), 'File', { iconUrl: 'x.png', iconOnly: true })
    expect(W.MenuBar().addMenu).type.not.toBeCallableWith(button, 'File')
  })

  test('return nothing, what the server knows, or the widget that they make', () => {
    expect(button.setText('a')).type.toBe<void>()
    expect(button.getText()).type.toBe<string>()
    expect(slider.getValue()).type.toBe<number>()
    expect(W.ComboBox().getAlpha(0)).type.toBe<string | null>()
    expect(W.TopLevel().getWindowState()).type.toBe<'normal' | 'shaded' | 'minimized' | 'maximized'>()
    expect(W.VBox().getChildren()).type.toBe<Widget[]>()
    expect(W.Menu().addName('Open', true)).type.toBe<MenuAction>()
    expect(W.Menu().addMenu('Recent')).type.toBe<Menu>()
    expect(W.ToolBar().addAction('Save')).type.toBe<ToolBarAction>()
    expect(W.ToolBar().addAction).type.toBeCallableWith({ text: 'Bold', toggle: true })
    expect(timer.timeLeft()).type.toBe<number>()
  })

  test('are the public ones', () => {
    expect<Widget>().type.not.toHaveProperty('hasCallback')
    expect<Widget>().type.not.toHaveProperty('getElement')
    expect<Widget>().type.not.toHaveProperty('getPosition')
    expect<TopLevel>().type.not.toHaveProperty('raise_')
    expect<TopLevel>().type.toHaveProperty('raise')
  })
})

describe('questions', () => {
  test('return promises', () => {
    expect(button.query.size()).type.toBe<Promise<[number, number]>>()
    expect(button.query.text()).type.toBe<Promise<string>>()
    expect(slider.query.position()).type.toBe<Promise<[number, number]>>()
    expect(tabs.query.tabId(button)).type.toBe<Promise<string | null>>()
  })

  test('are not asked of timers', () => {
    expect<Timer>().type.not.toHaveProperty('query')
  })
})

describe('handlers', () => {
  test('get the arguments of the action, then the context', () => {
    slider.on('activated', (value, context) => {
      expect(value).type.toBe<number>()
      expect(context).type.toBe<HandlerContext<Slider>>()
      expect(context.session).type.toBe<Session>()
      expect(context.connection).type.toBe<Connection | null>()
      context.widget.setValue(value / 2)
    })
    button.on('activated', context => { expect(context.widget).type.toBe<Button>() })
    button.on('resize', ({ width }, { widget }) => {
      expect(width).type.toBe<number>()
      expect(widget).type.toBe<Button>()
    })
    W.ComboBox().on('activated', (index, text) => {
      expect(index).type.toBe<number>()
      expect(text).type.toBe<string>()
    })
    W.Label().on('click', event => { expect(event).type.toBe<PointerEventPayload>() })
    tabs.on('page-close', (child, { widget }) => widget.closeWidget(child))
    timer.on('expired', duration => { expect(duration).type.toBe<number>() })
  })

  test('see an argument that may be missing as undefined', () => {
    W.MenuAction().on('activated', checked => { expect(checked).type.toBe<boolean | undefined>() })
    W.CheckBox().on('activated', checked => { expect(checked).type.toBe<boolean>() })
  })

  test('may be asynchronous, concurrent, and take fewer arguments', () => {
    slider.on('activated', async () => {})
    slider.on('activated', () => 1, { concurrent: true })
    expect(slider.on('activated', () => {}).off('activated')).type.toBe<Slider>()
    // @ts-expect-error Object literal may only specify known properties
    slider.on('activated', () => {}, { parallel: true })
  })

  test('are refused for actions that the class does not have, and for wrong arguments', () => {
    // @ts-expect-error Argument of type '"pressed"' is not assignable
    button.on('pressed', () => {})
    // @ts-expect-error Argument of type '"expired"' is not assignable
    button.once('expired')
    // @ts-expect-error Argument of type '"activated"' is not assignable
    W.Label().off('activated')
    // @ts-expect-error Type 'number' is not assignable to type 'string'
    slider.on('activated', (value: string) => value)
    // @ts-expect-error Type 'Slider' is missing the following properties from type 'Button'
    slider.on('activated', (value: number, { widget }: HandlerContext<Button>) => [value, widget])
  })

  test('may be shared by widgets of several classes', () => {
    const log = (event: ResizePayload, { widget }: HandlerContext<Widget>): string => `${widget.toString()} ${event.width}`
    for (const widget of [button, slider, tabs] as Widget[]) widget.on('resize', log)
    button.on('resize', log)
    tabs.on('resize', log)
    button.off('resize', log)
  })

  test('have a promise for the next time', async () => {
    expect(slider.once('activated')).type.toBe<Promise<[value: number, context: HandlerContext<Slider>]>>()
    const [value, { connection }] = await slider.once('activated')
    expect(value).type.toBe<number>()
    expect(connection).type.toBe<Connection | null>()
  })
})

describe('classes', () => {
  test('are assignable to their bases', () => {
    expect<Callback>().type.toBeAssignableFrom<AnyWidget>()
    expect<Widget>().type.toBeAssignableFrom<Exclude<AnyWidget, Timer>>()
    expect<Widget>().type.toBeAssignableFrom<Button>()
    expect<AnyWidget>().type.toBeAssignableFrom<Button>()
    expect<ContainerWidget>().type.toBeAssignableFrom<TopLevel | Page | Box | Frame | Splitter | TabWidget | Menu | ToolBar>()
    expect<Box>().type.toBeAssignableFrom<VBox>()
  })

  test('are told apart', () => {
    expect<Widget>().type.not.toBeAssignableFrom<Timer>()
    expect<Button>().type.not.toBeAssignableFrom<Widget>()
    expect<ContainerWidget>().type.not.toBeAssignableFrom<Button>()
    expect<Menu>().type.not.toBeAssignableFrom<ToolBar>()
    expect<Slider>().type.not.toBeAssignableFrom<CheckBox>()
    expect<Label>().type.not.toBeAssignableFrom<ComboBox>()
  })

  test('know their place', () => {
    expect(button.session).type.toBe<Session>()
    expect(button.parent).type.toBe<AnyWidget | null>()
    expect(button.name).type.toBe<string | null>()
    expect(session.widgets()).type.toBe<AnyWidget[]>()
  })

  test('are harmless to await, as are their setters', async () => {
    expect(await W.Button('Go')).type.toBe<Button>()
    expect(await W.VBox({ spacing: 8 })).type.toBe<VBox>()
    expect(await button.setText('a')).type.toBe<void>()
    expect(await button.getText()).type.toBe<string>()
  })
})
