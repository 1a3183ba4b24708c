import { TEXT } from './gate.ts'

/** What can be operated, and says so to assistive tools. */
const CONTROLS = 'button, input, select, textarea, summary, ' +
  ['button', 'tab', 'combobox', 'menuitem', 'menuitemcheckbox', 'menuitemradio', 'switch'].map(role => `[role="${role}"]`).join(', ') +
  ', [role="separator"][tabindex]'

/** What widgets must not hear of. The browser's own share of it, such as scrolling and selecting text, goes on. */
const unheard = ['pointerdown', 'dblclick', 'contextmenu', 'wheel', 'input'] as const
/** What must not happen at all. */
const undone = ['click', 'auxclick', 'change', 'beforeinput', 'dragstart', 'drop'] as const

/** Controls that the browser itself operates, before any click. */
const SELF = 'select, input:is([type="range"], [type="radio"], [type="color"], [type="file"])'

/** Keys that move such a control or choose in it; with Ctrl, those that lead somewhere do so too. What is left is the browser's. */
const operates = ({ key, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  /^(?:Arrow|Page|Home|End|Enter)/.test(key) || (key.length === 1 && !ctrlKey && !altKey && !metaKey)

const matches = (target: EventTarget | null, selector: string): boolean => target instanceof Element && target.matches(selector)

/** What leads from window to window where there is room for one at a time: a matter of looking, not of using. */
const LOOKING = '.pg-switcher *'

const keepBack = (event: Event): void => event.stopImmediatePropagation()

const undo = (event: Event): void => {
  if (matches(event.target, LOOKING)) return
  event.preventDefault()
  event.stopImmediatePropagation()
}

function mouseDown (event: MouseEvent): void {
  keepBack(event)
  // A list would drop down.
  if (matches(event.target, 'select')) event.preventDefault()
}

function keyDown (event: KeyboardEvent): void {
  // The one closes what pops up, the other leads to the next window: nobody's business but this page's.
  if (event.key === 'Escape' || event.key === 'F6') return
  keepBack(event)
  if (matches(event.target, SELF) && operates(event)) event.preventDefault()
}

type Lock = 'readonly' | 'aria-disabled'

const lockOf = (element: Element): Lock => element.matches(TEXT) ? 'readonly' : 'aria-disabled'

/**
 * For a user who may only watch: takes the controls out of use, and nothing else.
 *
 * Neither `inert` nor `disabled`: the one would hide what is shown from assistive tools and from the mouse that selects
 * text, the other would take the controls out of the tab order, so that somebody without a mouse could not get to them
 * to read their values or to scroll. So events end before they reach a widget, whatever its class, and controls are
 * marked as what they are: text fields `readonly`, which also keeps input methods out, all others `aria-disabled`. An
 * observer marks those that come later. Widgets need to know nothing of all this.
 */
export class Viewing {
  readonly #element: HTMLElement
  readonly #observer = new MutationObserver(records => this.#follow(records))
  /** What was marked here, and so is for us to unmark; a widget's own marks stay. */
  readonly #locked = new WeakSet<Element>()
  #end: AbortController | null = null

  /** @param element - Holds all widgets. */
  constructor (element: HTMLElement) { this.#element = element }

  set (only: boolean): void {
    if (only === (this.#end !== null)) return
    if (only) this.#start()
    else this.#stop()
  }

  #start (): void {
    this.#end = new AbortController()
    const options = { capture: true, signal: this.#end.signal }
    for (const type of unheard) this.#element.addEventListener(type, keepBack, { ...options, passive: true })
    for (const type of undone) this.#element.addEventListener(type, undo, options)
    this.#element.addEventListener('mousedown', mouseDown, options)
    this.#element.addEventListener('keydown', keyDown, options)
    this.#each(this.#element, element => this.#lock(element))
    this.#observer.observe(this.#element, { subtree: true, childList: true, attributes: true, attributeFilter: ['role', 'readonly', 'aria-disabled'] })
  }

  #stop (): void {
    this.#end?.abort()
    this.#end = null
    this.#observer.disconnect()
    this.#each(this.#element, element => this.#unlock(element))
  }

  #follow (records: readonly MutationRecord[]): void {
    for (const { type, target, addedNodes, removedNodes } of records) {
      if (type === 'attributes' && target instanceof Element && target.matches(CONTROLS)) this.#lock(target)
      // What is out of sight, as menus are until they open, is out of reach when all is lifted.
      for (const node of removedNodes) if (node instanceof Element && !node.isConnected) this.#each(node, element => this.#unlock(element))
      for (const node of addedNodes) if (node instanceof Element && node.isConnected) this.#each(node, element => this.#lock(element))
    }
  }

  #each (root: Element, act: (control: Element) => void): void {
    if (root.matches(CONTROLS)) act(root)
    for (const control of root.querySelectorAll(CONTROLS)) act(control)
  }

  #lock (control: Element): void {
    const lock = lockOf(control)
    if (control.hasAttribute(lock) || control.matches(LOOKING)) return
    control.setAttribute(lock, lock === 'readonly' ? '' : 'true')
    this.#locked.add(control)
  }

  #unlock (control: Element): void {
    if (this.#locked.delete(control)) control.removeAttribute(lockOf(control))
  }
}
