import type { WidgetClass } from './widget.ts'
import { AbstractScrollArea } from './abstract-scroll-area.ts'
import { Box, HBox, VBox } from './box.ts'
import { ButtonBox } from './button-box.ts'
import { Button } from './button.ts'
import { CheckBox } from './check-box.ts'
import { ColorDialog } from './color-dialog.ts'
import { ColorWidget } from './color-widget.ts'
import { ComboBox } from './combo-box.ts'
import { Dial } from './dial.ts'
import { Dialog } from './dialog.ts'
import { Expander } from './expander.ts'
import { ExternalWidget } from './external-widget.ts'
import { FixedLayout } from './fixed-layout.ts'
import { Frame } from './frame.ts'
import { GridBox } from './grid-box.ts'
import { HtmlView } from './html-view.ts'
import { Image } from './image.ts'
import { Label } from './label.ts'
import { MDIWidget } from './mdi-widget.ts'
import { MenuAction } from './menu-action.ts'
import { MenuBar } from './menu-bar.ts'
import { Menu } from './menu.ts'
import { Page } from './page.ts'
import { ProgressBar } from './progress-bar.ts'
import { RadioButton } from './radio-button.ts'
import { ScrollArea } from './scroll-area.ts'
import { ScrollBar } from './scroll-bar.ts'
import { Separator } from './separator.ts'
import { Slider } from './slider.ts'
import { SpinBox } from './spin-box.ts'
import { Splitter } from './splitter.ts'
import { StatusBar } from './status-bar.ts'
import { StackWidget } from './stack-widget.ts'
import { TabWidget } from './tab-widget.ts'
import { TextArea } from './text-area.ts'
import { TextEntry } from './text-entry.ts'
import { TextEntrySet } from './text-entry-set.ts'
import { Timer } from './timer.ts'
import { ToggleButton } from './toggle-button.ts'
import { ToolBarAction } from './tool-bar-action.ts'
import { ToolBar } from './tool-bar.ts'
import { TopLevel } from './top-level.ts'

/** Every class that a `create` may name, by wire name. */
export const widgetClasses: ReadonlyMap<string, WidgetClass> = new Map<string, WidgetClass>([
  ['AbstractScrollArea', AbstractScrollArea],
  ['Box', Box],
  ['Button', Button],
  ['ButtonBox', ButtonBox],
  ['CheckBox', CheckBox],
  ['ColorDialog', ColorDialog],
  ['ColorWidget', ColorWidget],
  ['ComboBox', ComboBox],
  ['Dial', Dial],
  ['Dialog', Dialog],
  ['Expander', Expander],
  ['ExternalWidget', ExternalWidget],
  ['FixedLayout', FixedLayout],
  ['Frame', Frame],
  ['GridBox', GridBox],
  ['HBox', HBox],
  ['HtmlView', HtmlView],
  ['Image', Image],
  ['Label', Label],
  ['MDIWidget', MDIWidget],
  ['Menu', Menu],
  ['MenuAction', MenuAction],
  ['MenuBar', MenuBar],
  ['Page', Page],
  ['ProgressBar', ProgressBar],
  ['RadioButton', RadioButton],
  ['ScrollArea', ScrollArea],
  ['ScrollBar', ScrollBar],
  ['Separator', Separator],
  ['Slider', Slider],
  ['SpinBox', SpinBox],
  ['Splitter', Splitter],
  ['StatusBar', StatusBar],
  ['StackWidget', StackWidget],
  ['TabWidget', TabWidget],
  ['TextArea', TextArea],
  ['TextEntry', TextEntry],
  ['TextEntrySet', TextEntrySet],
  ['Timer', Timer],
  ['ToggleButton', ToggleButton],
  ['ToolBar', ToolBar],
  ['ToolBarAction', ToolBarAction],
  ['TopLevel', TopLevel],
  ['VBox', VBox]
])
