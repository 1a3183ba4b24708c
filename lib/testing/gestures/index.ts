/** What people can do with widgets, by class. Classes that are not here can be looked at, and `fire()` is always there. */
import { WidgetHandle } from '../handle.ts'
import type { HandleHost } from '../handle.ts'
import type { PageWidget } from '../model.ts'
import { ButtonHandle, CheckBoxHandle, MenuActionHandle, RadioButtonHandle, ToggleButtonHandle, ToolBarActionHandle } from './buttons.ts'
import { ColorDialogHandle, ColorWidgetHandle } from './color.ts'
import { ComboBoxHandle } from './combo-box.ts'
import { ExpanderHandle, SplitterHandle, StackWidgetHandle, TabWidgetHandle } from './containers.ts'
import { DialogHandle } from './dialog.ts'
import { FrameHandle, ImageHandle, LabelHandle, ProgressBarHandle, StatusBarHandle } from './displays.ts'
import { AbstractScrollAreaHandle, HtmlViewHandle, ScrollAreaHandle, ScrollBarHandle, TextAreaHandle } from './scrolling.ts'
import { FixedLayoutHandle, GridBoxHandle } from './layouts.ts'
import { MDISubWindowHandle, MDIWidgetHandle } from './mdi.ts'
import { SliderHandle } from './slider.ts'
import { SpinBoxHandle } from './spin-box.ts'
import { TextEntryHandle, TextEntrySetHandle } from './text-entry.ts'
import { TopLevelHandle } from './top-level.ts'

const handles = {
  AbstractScrollArea: AbstractScrollAreaHandle,
  Button: ButtonHandle,
  CheckBox: CheckBoxHandle,
  ColorDialog: ColorDialogHandle,
  ColorWidget: ColorWidgetHandle,
  ComboBox: ComboBoxHandle,
  Dialog: DialogHandle,
  Expander: ExpanderHandle,
  FixedLayout: FixedLayoutHandle,
  Frame: FrameHandle,
  GridBox: GridBoxHandle,
  HtmlView: HtmlViewHandle,
  Image: ImageHandle,
  Label: LabelHandle,
  MDISubWindow: MDISubWindowHandle,
  MDIWidget: MDIWidgetHandle,
  MenuAction: MenuActionHandle,
  ProgressBar: ProgressBarHandle,
  RadioButton: RadioButtonHandle,
  ScrollArea: ScrollAreaHandle,
  ScrollBar: ScrollBarHandle,
  Slider: SliderHandle,
  Dial: SliderHandle,
  SpinBox: SpinBoxHandle,
  Splitter: SplitterHandle,
  StatusBar: StatusBarHandle,
  StackWidget: StackWidgetHandle,
  TabWidget: TabWidgetHandle,
  TextArea: TextAreaHandle,
  TextEntry: TextEntryHandle,
  TextEntrySet: TextEntrySetHandle,
  ToggleButton: ToggleButtonHandle,
  ToolBarAction: ToolBarActionHandle,
  TopLevel: TopLevelHandle
}

/** The handle of a widget class. */
export type HandleOf<Class extends string> = Class extends keyof typeof handles ? InstanceType<typeof handles[Class]> : WidgetHandle

export function makeHandle (host: HandleHost, widget: PageWidget): WidgetHandle {
  const Handle = (handles as Readonly<Record<string, new (host: HandleHost, widget: PageWidget) => WidgetHandle>>)[widget.definition.class] ?? WidgetHandle
  return new Handle(host, widget)
}

export { WidgetHandle }
