/** Every widget class, by its wire name. */
import { Box, HBox, VBox } from './box.ts'
import { ButtonBox } from './button-box.ts'
import { Button } from './button.ts'
import { CheckBox } from './check-box.ts'
import { ColorDialog } from './color-dialog.ts'
import { ColorWidget } from './color-widget.ts'
import { ComboBox } from './combo-box.ts'
import type { WidgetDefinition } from './definition.ts'
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
import { MDISubWindow, MDIWidget } from './mdi-widget.ts'
import { Menu, MenuAction, MenuBar } from './menu.ts'
import { Page } from './page.ts'
import { ProgressBar } from './progress-bar.ts'
import { RadioButton } from './radio-button.ts'
import { AbstractScrollArea, ScrollArea } from './scroll-area.ts'
import { ScrollBar } from './scroll-bar.ts'
import { Separator } from './separator.ts'
import { Slider } from './slider.ts'
import { SpinBox } from './spin-box.ts'
import { Splitter } from './splitter.ts'
import { StackWidget } from './stack-widget.ts'
import { StatusBar } from './status-bar.ts'
import { TabWidget } from './tab-widget.ts'
import { TextArea } from './text-area.ts'
import { TextEntry, TextEntrySet } from './text-entry.ts'
import { Timer } from './timer.ts'
import { ToggleButton } from './toggle-button.ts'
import { ToolBar, ToolBarAction } from './tool-bar.ts'
import { TopLevel } from './top-level.ts'
import { Callback, ContainerWidget, Widget } from './widget.ts'

export const definitions: ReadonlyMap<string, WidgetDefinition> = new Map([
  Callback, Widget, ContainerWidget,
  TopLevel, Dialog, ColorDialog, Page, MDIWidget, MDISubWindow,
  Box, VBox, HBox, ButtonBox, FixedLayout, GridBox, Separator, Splitter,
  Frame, Expander, TabWidget, StackWidget, AbstractScrollArea, ScrollArea,
  MenuBar, Menu, MenuAction, ToolBar, ToolBarAction, StatusBar,
  Button, Label, CheckBox, RadioButton, ToggleButton, SpinBox, Slider, Dial, ScrollBar, ProgressBar,
  TextEntry, TextEntrySet, TextArea, ComboBox, ColorWidget, Image, HtmlView, ExternalWidget,
  Timer
].map(definition => [definition.class, definition]))
