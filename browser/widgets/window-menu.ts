import type { Scene } from '../client/scene.ts'
import type { Menu, MenuOpening } from './menu.ts'
import type { Widget } from './widget.ts'
import type { WindowState } from './abstract-window.ts'
import type { WindowAction, WindowBar } from './window-bar.ts'

/** An entry of a window's menu; null is a rule between entries. */
export type WindowCommand = { readonly name: string, readonly act: () => void } | null

/** What a window lets its user do. */
export interface Permissions {
  /** Buttons of its title bar. */
  readonly actions: readonly WindowAction[]
  /** States that it can be brought into at the moment, besides the normal one. */
  readonly states: readonly WindowState[]
  raise (): void
  act (action: WindowAction): void
  change (state: WindowState): void
}

/** What the menu of a window in this state offers. */
export function commandsOf (state: WindowState, { actions, states, raise, act, change }: Permissions): WindowCommand[] {
  const to = (name: string, next: WindowState, action?: WindowAction): WindowCommand[] =>
    next !== state && (next === 'normal' || states.includes(next)) && (action === undefined || actions.includes(action)) ? [{ name, act: () => change(next) }] : []
  const by = (name: string, action: WindowAction): WindowCommand[] => actions.includes(action) ? [{ name, act: () => act(action) }] : []
  const groups: WindowCommand[][] = [
    [{ name: 'Bring to front', act: raise }, ...by('Send to back', 'lower')],
    [
      ...to(state === 'shaded' ? 'Roll down' : 'Restore', 'normal'),
      ...(state === 'normal' ? to('Roll up', 'shaded') : []),
      ...to('Minimise', 'minimized', 'minimize'),
      ...to('Maximise', 'maximized', 'maximize')
    ],
    by('Close', 'close')
  ]
  return groups.filter(group => group.length > 0).flatMap((group, index) => index === 0 ? group : [null, ...group])
}

/** How long a finger rests on a title bar until the menu opens, ms. */
const LONG_PRESS = 550
/** How far it may stray meanwhile, px. */
const SLACK = 8

/** Opens a window's menu; what is chosen is done once the menu is gone. */
function openMenu (scene: Scene, commands: readonly WindowCommand[], opening: Pick<MenuOpening, 'anchor' | 'focus' | 'returnTo'>): void {
  const menu = scene.make<Menu>('Menu')
  menu.element.setAttribute('aria-label', 'Window')
  let chosen: WindowCommand = null
  for (const command of commands) {
    if (command === null) {
      menu.add_separator()
      continue
    }
    const entry = scene.make<Widget>('MenuAction', { text: command.name })
    entry.element.addEventListener('click', () => { chosen = command })
    menu.add_widget(entry)
  }
  menu.open({
    ...opening,
    side: 'below',
    closed: () => {
      menu.destroy()
      chosen?.act()
    }
  })
}

/**
 * Gives a title bar its context menu: by the secondary button, by Shift+F10 or the menu key on the title, or by a finger
 * that rests on the bar.
 *
 * @param commands - What the menu offers at the moment.
 */
export function offerMenu (scene: Scene, { element: bar, title }: WindowBar, commands: () => readonly WindowCommand[]): void {
  let held = false

  const openAt = (x: number, y: number): void =>
    openMenu(scene, commands(), { anchor: { x, y }, focus: 'menu', returnTo: title })

  bar.addEventListener('contextmenu', event => {
    event.preventDefault()
    if (!held) openAt(event.clientX, event.clientY)
  })
  title.addEventListener('keydown', event => {
    if (event.key !== 'ContextMenu' && !(event.key === 'F10' && event.shiftKey)) return
    event.preventDefault()
    openMenu(scene, commands(), { anchor: title, focus: 'first', returnTo: title })
  })
  bar.addEventListener('pointerdown', press => {
    held = false
    if (press.pointerType !== 'touch' || !press.isPrimary) return
    const over = new AbortController()
    const { signal } = over
    const timer = setTimeout(() => {
      over.abort()
      held = true
      if (bar.hasPointerCapture(press.pointerId)) bar.releasePointerCapture(press.pointerId)
      openAt(press.clientX, press.clientY)
    }, LONG_PRESS)
    signal.addEventListener('abort', () => clearTimeout(timer))
    const end = (): void => over.abort()
    bar.addEventListener('pointermove', ({ clientX, clientY }) => {
      if (Math.hypot(clientX - press.clientX, clientY - press.clientY) > SLACK) end()
    }, { signal })
    bar.addEventListener('pointerup', end, { signal })
    bar.addEventListener('pointercancel', end, { signal })
    // Some systems recognise the gesture themselves.
    bar.addEventListener('contextmenu', end, { signal })
  })
  // The press that opened the menu neither takes the focus out of it nor is a click on the title.
  bar.addEventListener('mousedown', event => { if (held) event.preventDefault() })
  bar.addEventListener('click', event => {
    if (!held) return
    held = false
    event.stopPropagation()
    event.preventDefault()
  }, { capture: true })
}
