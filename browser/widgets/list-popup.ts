import type { Scene } from '../client/scene.ts'
import { float } from './floating.ts'

/** Height of the list where no number of rows is given, px. */
const HEIGHT = 200
/** What border and padding of the list take up, px. */
const FRAME = 10

interface Choice {
  readonly text: string
  /** Position in the whole list, of which the popup may show a part. */
  readonly index: number
}

interface ListOptions {
  readonly scene: Scene
  /** The combobox: keeps the focus, names the active option, and is where the list hangs. */
  readonly control: HTMLElement
  /** Element beside which the list opens. */
  readonly anchor: HTMLElement
  /** Rows shown before it scrolls; 0 for a fixed height. */
  readonly rows: number
  /** An option was pressed. */
  chosen (index: number): void
}

/** The list of a combobox. The focus stays with the control; the list only says which option is active. */
export class ListPopup {
  readonly element = document.createElement('div')
  readonly #options: ListOptions
  #choices: readonly Choice[] = []
  #active = -1
  #end: (() => void) | null = null

  constructor (options: ListOptions) {
    this.#options = options
    this.element.className = 'pg-list'
    this.element.role = 'listbox'
    this.element.id = options.scene.uniqueId()
    options.control.role = 'combobox'
    options.control.ariaHasPopup = 'listbox'
    options.control.ariaExpanded = 'false'
    // The control would lose the focus, and with it the list.
    this.element.addEventListener('mousedown', event => event.preventDefault())
    this.element.addEventListener('click', ({ target }) => {
      const at = [...this.element.children].findIndex(option => target instanceof Node && option.contains(target))
      const choice = this.#choices[at]
      if (choice !== undefined) options.chosen(choice.index)
    })
    this.element.addEventListener('pointermove', ({ target, pointerType }) => {
      const at = [...this.element.children].findIndex(option => target instanceof Node && option.contains(target))
      if (at !== -1 && pointerType !== 'touch') this.#activate(at, false)
    })
  }

  get opened (): boolean { return this.#end !== null }

  /** Position in the whole list of the active option; -1 for none. */
  get active (): number { return this.#choices[this.#active]?.index ?? -1 }

  /** Shows `choices`; an empty list is not shown. @param selected - Position of the one that is selected. */
  show (choices: readonly Choice[], selected: number, active = selected): void {
    this.#choices = choices
    this.element.replaceChildren(...choices.map(({ text, index }, at) => {
      const option = document.createElement('div')
      option.className = 'pg-option'
      option.role = 'option'
      option.id = `${this.element.id}-${at}`
      option.ariaSelected = String(index === selected)
      // An empty line would be lower than the others.
      option.textContent = text === '' ? '\u00a0' : text
      return option
    }))
    if (choices.length === 0) return this.close()
    this.#open()
    this.#activate(choices.findIndex(({ index }) => index === active), true)
  }

  /** Moves the active option by rows; stops at the ends. */
  move (by: number): void {
    const last = this.#choices.length - 1
    const from = this.#active === -1 && by < 0 ? last + 1 : this.#active
    this.#activate(Math.min(last, Math.max(0, from + by)), true)
  }

  /** Makes the option active that is at `index` in the whole list. */
  goTo (index: number): void { this.#activate(this.#choices.findIndex(choice => choice.index === index), true) }

  close (): void {
    if (this.#end === null) return
    this.#end()
    this.#end = null
    this.#active = -1
    this.element.remove()
    const { control } = this.#options
    control.ariaExpanded = 'false'
    control.removeAttribute('aria-controls')
    control.removeAttribute('aria-activedescendant')
  }

  #open (): void {
    if (this.#end !== null) return
    const { scene, control, anchor, rows } = this.#options
    this.element.ariaLabel = control.ariaLabel
    const label = control.getAttribute('aria-labelledby')
    if (label === null) this.element.removeAttribute('aria-labelledby')
    else this.element.setAttribute('aria-labelledby', label)
    scene.overlays.append(this.element)
    const row = this.element.firstElementChild?.getBoundingClientRect().height ?? 0
    const maxHeight = rows > 0 ? rows * row + FRAME : HEIGHT
    this.#end = float(this.element, anchor, { side: 'below', matchWidth: true, maxHeight })
    control.ariaExpanded = 'true'
    control.setAttribute('aria-controls', this.element.id)
  }

  #activate (at: number, scroll: boolean): void {
    this.element.children[this.#active]?.classList.remove('pg-active')
    this.#active = at
    const option = this.element.children[at]
    option?.classList.add('pg-active')
    if (scroll) option?.scrollIntoView({ block: 'nearest' })
    if (option === undefined) this.#options.control.removeAttribute('aria-activedescendant')
    else this.#options.control.setAttribute('aria-activedescendant', option.id)
  }
}
