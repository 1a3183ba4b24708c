import { isRef } from '../../protocol/values.ts'
import { WidgetHandle } from '../handle.ts'
import type { ActOptions, Done } from '../handle.ts'
import { answerOf } from './dialog-row.ts'

/** A Button. */
export class ButtonHandle extends WidgetHandle {
  /** The caption. */
  get text (): string { return this.state.text as string }

  /** Clicks it. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      this.report(widget, 'activated')
      const answer = answerOf(widget)
      if (answer === null) return
      this.report(answer.dialog, 'activated', answer.value)
      if (answer.dialog.given.autoclose === true) this.set(answer.dialog, { visible: false })
    })
  }
}

/** A CheckBox. */
export class CheckBoxHandle extends WidgetHandle {
  /** The caption. */
  get text (): string { return this.state.text as string }
  /** Whether it is ticked. */
  get checked (): boolean { return this.state.state as boolean }

  /** Clicks it: ticks it, or clears it. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      const checked = widget.state.state !== true
      this.set(widget, { state: checked })
      this.report(widget, 'activated', checked)
    })
  }
}

/** A RadioButton. */
export class RadioButtonHandle extends WidgetHandle {
  /** The caption. */
  get text (): string { return this.state.text as string }
  /** Whether it is the chosen one of its group. */
  get chosen (): boolean { return this.state.state as boolean }

  /** Clicks it: chooses it. One that is chosen already says nothing. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      if (widget.state.state === true) return
      this.set(widget, { state: true })
      this.report(widget, 'activated', true)
    })
  }
}

/** A ToggleButton. */
export class ToggleButtonHandle extends WidgetHandle {
  /** The caption. */
  get text (): string { return this.state.text as string }
  /** Whether it is down. */
  get down (): boolean { return this.state.state as boolean }

  /** Clicks it: presses or releases it. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      const state = widget.state.state !== true
      this.set(widget, { state })
      this.report(widget, 'activated', state)
    })
  }
}

/** A MenuAction. The menus that lead to it are opened on the way, if they can be. */
export class MenuActionHandle extends WidgetHandle {
  get text (): string | null { return this.state.text as string | null }
  /** Whether its mark is set. */
  get checked (): boolean { return this.state.checked as boolean }

  /** Chooses it. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      // Choosing an entry closes the menus around it.
      for (let menu = widget.parent; menu !== null; menu = menu.parent) menu.popped = false
      if (widget.given.checkable !== true) return this.report(widget, 'activated')
      const checked = widget.state.checked !== true
      this.set(widget, { checked })
      this.report(widget, 'activated', checked)
    })
  }
}

/** A ToolBarAction. */
export class ToolBarActionHandle extends WidgetHandle {
  get text (): string | null { return this.state.text as string | null }
  /** Whether it is down. */
  get down (): boolean { return this.state.state as boolean }

  /** Clicks it: uses it, or latches and releases it, or opens its menu. */
  click (options: ActOptions = {}): Done {
    return this.act('click', options, widget => {
      // One with a menu only opens it.
      if (isRef(widget.state.menu)) return
      if (widget.given.toggle !== true && widget.given.group === null) return this.report(widget, 'activated')
      const state = widget.state.state !== true
      this.set(widget, { state })
      this.report(widget, 'activated', state)
    })
  }
}
