import { AbstractWindow } from './abstract-window.ts'
import type { WindowState } from './abstract-window.ts'
import type { Init, Widget } from './widget.ts'
import type { WindowAction } from './window-bar.ts'
import type { Point } from './window-gestures.ts'
import { WindowStack } from './window-stack.ts'

export interface WindowOptions {
  readonly resizable: boolean
  readonly title: string | null
  readonly icon: string | null
  readonly moveable: boolean
  readonly closeable: boolean
  readonly minimizable: boolean
  readonly maximizable: boolean
  readonly lowerable: boolean
  readonly shadeable: boolean
}

/** What must stay on the stage of a window's title bar, px. */
const REACHABLE = 120
const BAR_HEIGHT = 36

/** A window on the stage. It cannot be lost: part of its bar stays on the stage. */
export class TopLevel extends AbstractWindow {
  constructor (init: Init<readonly unknown[], WindowOptions>) {
    const { closeable, minimizable, maximizable, lowerable } = init.options
    const offered: ReadonlyArray<[WindowAction, boolean]> =
      [['lower', lowerable], ['minimize', minimizable], ['maximize', maximizable], ['close', closeable]]
    super(init, { ...init.options, stack: init.scene.service(WindowStack), actions: offered.filter(([, on]) => on).map(([action]) => action) })
    this.element.setAttribute('role', 'dialog')
  }

  set_widget (child: Widget): void { this.adoptOnly(child) }

  set_icon (url: string | null): void { this.setIcon(url) }

  set_moveable (moveable: boolean): void { this.setMoveable(moveable) }

  get_window_state (): WindowState { return this.state }

  override show (): void {
    super.show()
    this.stack.add(this)
    this.raise_()
    this.arrange()
  }

  protected override reachable ({ x, y }: Point): Point {
    const { clientWidth, clientHeight } = this.stack.ground
    const width = this.element.offsetWidth
    const part = Math.min(REACHABLE, width)
    return {
      x: Math.max(part - width, Math.min(x, clientWidth - part)),
      y: Math.max(0, Math.min(y, clientHeight - BAR_HEIGHT))
    }
  }

  protected override closing (): void { this.fire('close') }

  protected override stateChanged (state: WindowState): void { this.fire('window-state', state) }
}
