import { NO_ITEMS, appended, chosen, cleared, deleted, insertedInOrder, itemsOf, selected, shown } from '../../lib/widgets/combo-items.ts'
import type { Context, Reduce, State } from '../../lib/widgets/definition.ts'
import { icon } from '../icons.ts'
import { ListPopup } from './list-popup.ts'
import { TextField } from './text-field.ts'
import { isCharacter, TypeAhead } from './type-ahead.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Options = {
  readonly editable: boolean
  readonly dropdown_limit: number
}

/** Width of a field that follows its items, characters. */
const LEAST = 8
const MOST = 50
/** Rows that Page Up and Page Down go. */
const PAGE = 10

/**
 * A field with a list. Down, Up, Enter, Space or a letter opens it, Enter or Tab takes the active item, Escape leaves
 * things as they were. In one that can be edited, typing narrows the list down, and Enter adds a text that is new.
 */
export class ComboBox extends Widget {
  readonly #context: Context
  readonly #control: HTMLInputElement | HTMLButtonElement
  readonly #caption = document.createElement('span')
  readonly #field: TextField | null = null
  readonly #list: ListPopup
  readonly #search = new TypeAhead()
  readonly #state: State = { ...NO_ITEMS, length: null }

  constructor (init: Init<readonly unknown[], Options>) {
    super(init)
    this.#context = { given: init.options, children: [] }
    this.element.classList.add('pg-combo')
    if (init.options.editable) {
      const input = document.createElement('input')
      input.type = 'text'
      input.autocomplete = 'off'
      input.className = 'pg-field pg-combo-control'
      input.ariaAutoComplete = 'list'
      this.#control = input
      this.#field = new TextField(this, input)
      this.element.append(input, this.#arrow())
      input.addEventListener('input', () => this.#typed())
    } else {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'pg-field pg-combo-control'
      this.#caption.className = 'pg-caption'
      button.append(this.#caption, icon('chevron-down'))
      button.addEventListener('click', () => this.#toggle())
      // The platform would turn it into a click, after the key has done its work.
      button.addEventListener('keyup', event => { if (event.key === ' ') event.preventDefault() })
      this.#control = button
      this.element.append(button)
    }
    this.#control.ariaLabel = 'Choice'
    this.#list = new ListPopup({
      scene: this.scene,
      control: this.#control,
      anchor: this.#control,
      rows: init.options.dropdown_limit,
      chosen: index => this.#choose(index)
    })
    this.#control.addEventListener('keydown', event => this.#key(event as KeyboardEvent))
    this.#control.addEventListener('blur', () => this.#list.close())
    this.#control.addEventListener('wheel', event => this.#wheel(event as WheelEvent), { passive: false })
    this.#render()
  }

  override get focusTarget (): HTMLInputElement | HTMLButtonElement { return this.#control }

  append_text (text: string): void { this.#reduce(appended, text) }

  insert_alpha (text: string): void { this.#reduce(insertedInOrder, text) }

  delete_alpha (text: string): void { this.#reduce(deleted, text) }

  set_text (text: string): void { this.#change({ text }) }

  get_text (): string { return this.#text }

  set_index (index: number): void {
    // A number that no item has is to the page what -1 is.
    this.#reduce(selected, this.#items[index] === undefined ? -1 : index)
  }

  get_index (): number { return this.#items.indexOf(this.#text) }

  get_alpha (index: number): string | null { return this.#items[index] ?? null }

  show_text (text: string): void { this.#reduce(shown, text) }

  clear (): void { this.#reduce(cleared) }

  /** @param length - Width, characters. */
  set_length (length: number): void {
    if (!(length >= 1)) throw new RangeError(`The length must be at least 1; it is ${length}`)
    this.#change({ length })
  }

  override carry (): unknown { return this.#field?.carry() }

  override resume (carried: unknown): void {
    this.#field?.resume(carried)
    this.#state.text = this.#text
  }

  override dispose (): void {
    this.#field?.dispose()
    this.#list.close()
    super.dispose()
  }

  protected override disable (disabled: boolean): void {
    super.disable(disabled)
    if (disabled) this.#list.close()
    const arrow = this.element.querySelector('.pg-combo-arrow')
    if (arrow instanceof HTMLButtonElement) arrow.disabled = disabled
  }

  get #items (): readonly string[] { return itemsOf(this.#state) }

  get #text (): string { return this.#field?.text ?? this.#state.text as string }

  #reduce (rule: Reduce, ...args: unknown[]): void { this.#change(rule(this.#state, args, this.#context) ?? {}) }

  #change (patch: State): void {
    Object.assign(this.#state, patch)
    if ('text' in patch && this.#field !== null) {
      this.#field.text = patch.text as string
      this.#state.text = this.#field.text
    }
    this.#render()
  }

  #render (): void {
    const longest = this.#items.reduce((longest, { length }) => Math.max(longest, length), LEAST)
    this.element.style.setProperty('--pg-chars', String(this.#state.length ?? Math.min(MOST, longest)))
    this.#caption.textContent = this.#text
    if (this.#list.opened) this.#open()
  }

  #arrow (): HTMLButtonElement {
    const arrow = document.createElement('button')
    arrow.type = 'button'
    arrow.className = 'pg-combo-arrow'
    arrow.tabIndex = -1
    arrow.ariaLabel = 'Show the list'
    arrow.append(icon('chevron-down'))
    arrow.addEventListener('mousedown', event => event.preventDefault())
    arrow.addEventListener('click', () => {
      this.#control.focus()
      this.#toggle()
    })
    return arrow
  }

  #toggle (): void {
    if (this.#list.opened) this.#list.close()
    else this.#open()
  }

  #open (filter = '', active = this.get_index()): void {
    const wanted = filter.toLowerCase()
    const choices = this.#items.map((text, index) => ({ text, index })).filter(({ text }) => text.toLowerCase().includes(wanted))
    this.#list.show(choices, this.get_index(), active)
  }

  #typed (): void {
    this.#state.text = this.#text
    this.#open(this.#text, -1)
  }

  #choose (index: number): void {
    const text = this.#items[index]
    this.#list.close()
    if (text !== undefined) this.#report(index, text)
  }

  // What the server makes of the report is done here first: a text that is new becomes the last item.
  #report (index: number, text: string): void {
    Object.assign(this.#state, chosen(this.#state, [index, text], this.#context))
    this.#field?.edit(text)
    this.#render()
    const position = index === -1 ? this.get_index() : index
    if (this.#field === null) this.fire('activated', position, text)
    else this.#field.fire('activated', position, text)
  }

  // Enter without an active item: the text as typed, which becomes an item if it is none.
  #enter (): void {
    const text = this.#text
    this.#list.close()
    if (text !== '') this.#report(this.get_index(), text)
  }

  #key (event: KeyboardEvent): void {
    if (event.isComposing || event.ctrlKey || event.metaKey) return
    if (this.#act(event)) {
      event.preventDefault()
      event.stopPropagation()
    }
  }

  #act (event: KeyboardEvent): boolean {
    const { key, altKey } = event
    const opened = this.#list.opened
    const plain = this.#field === null
    switch (key) {
      case 'ArrowDown':
        if (!opened) this.#open()
        else if (!altKey) this.#list.move(1)
        return true
      case 'ArrowUp':
        if (!opened) this.#open()
        else if (altKey) this.#leave()
        else this.#list.move(-1)
        return true
      case 'PageDown': case 'PageUp':
        if (opened) this.#list.move(key === 'PageDown' ? PAGE : -PAGE)
        return opened
      case 'Home': case 'End':
        if (!plain) return false
        if (!opened) this.#open()
        this.#list.move(key === 'End' ? this.#items.length : -this.#items.length)
        return true
      case 'Escape':
        this.#list.close()
        return opened
      case 'Tab':
        if (opened) this.#leave()
        return false
      case 'Enter':
        if (opened && this.#list.active !== -1) this.#commit()
        else if (plain) this.#toggle()
        else this.#enter()
        return true
    }
    return plain && isCharacter(event) && this.#character(key)
  }

  #commit (): void {
    const { active } = this.#list
    if (active === -1) this.#list.close()
    else this.#choose(active)
  }

  // Going on without having moved is no choice.
  #leave (): void {
    if (this.#list.active === this.get_index()) this.#list.close()
    else this.#commit()
  }

  #character (key: string): boolean {
    if (key === ' ' && !this.#search.searching) {
      if (this.#list.opened) this.#commit()
      else this.#open()
      return true
    }
    const from = this.#list.opened ? this.#list.active : this.get_index()
    const found = this.#search.find(key, this.#items, from)
    if (!this.#list.opened) this.#open()
    if (found !== -1) this.#list.goTo(found)
    return true
  }

  #wheel (event: WheelEvent): void {
    if (document.activeElement !== this.#control || this.#list.opened || event.deltaY === 0 || event.ctrlKey) return
    event.preventDefault()
    const from = this.get_index()
    const to = Math.min(this.#items.length - 1, Math.max(0, from + Math.sign(event.deltaY)))
    if (to !== from && to >= 0) this.#choose(to)
  }
}
