import type { Carried } from './abstract-window.ts'
import { Box } from './box.ts'
import { Modality, tabStops } from './modality.ts'
import type { ModalWindow } from './modality.ts'
import { nameByLabels } from './naming.ts'
import { TopLevel } from './top-level.ts'
import type { WindowOptions } from './top-level.ts'
import { px } from './widget.ts'
import type { Init, Widget } from './widget.ts'

type Answer = readonly [label: string, value: unknown]

/** Options of dialogs; the title is an argument. */
export type DialogOptions = Omit<WindowOptions, 'title'> & {
  readonly autoclose: boolean
  readonly modal: boolean
}

/** Fields that Enter is no key of: there it presses the default button, as in a form. */
const FIELDS = 'input:not([type="button"], [type="file"], [type="color"])'

/**
 * A window with a column of widgets above a row of buttons, each of which answers. It stands in the middle until it is
 * moved. Enter in a field presses the default button, Escape asks to close. While it is modal nothing else of the scene
 * can be used.
 */
export class Dialog extends TopLevel implements ModalWindow {
  readonly #options: DialogOptions
  readonly #column = document.createElement('div')
  readonly #foot = document.createElement('div')
  readonly #row = document.createElement('div')
  /** What the added buttons stand for. Among the children they come after those of the column. */
  readonly #values = new Map<Widget, unknown>()
  readonly #modality: Modality
  #area: Box | null = null
  #modal: boolean
  #default: number | null = 0

  constructor (init: Init<readonly [title: string | null, buttons: ReadonlyArray<Answer | string> | null], DialogOptions>) {
    const [title, buttons] = init.args
    super({ ...init, options: { ...init.options, title } })
    this.#options = init.options
    this.#modal = init.options.modal
    this.#modality = this.scene.service(Modality)
    this.#column.className = 'pg-box pg-dialog-column'
    this.#column.id = this.scene.uniqueId()
    this.#column.dataset.orientation = 'vertical'
    this.#foot.className = 'pg-dialog-foot'
    this.#row.className = 'pg-dialog-row'
    this.#foot.append(this.#row)
    this.element.classList.add('pg-dialog')
    super.contentElement.append(this.#column, this.#foot)
    for (const button of buttons ?? []) {
      const [label, value] = typeof button === 'string' ? [button, button] : button
      this.#row.append(this.#button(label, () => this.answer(value)))
    }
    this.element.addEventListener('keydown', event => this.#key(event))
    this.#describe()
  }

  protected override get contentElement (): HTMLElement { return this.#column }

  // The page never chooses: the style sheet centres what nobody has placed.
  protected override get ownPlace (): null { return null }

  /** The first control of the column, else the default button, else the dialog itself. */
  get entrance (): HTMLElement { return tabStops(this.#column)[0] ?? this.#defaultButton ?? this.element }

  // ---- content ----

  add_widget (child: Widget, stretch: number | null = 0): void { this.#add(child, stretch) }

  insert_widget (index: number, child: Widget, stretch: number | null = 0): void {
    if (this.#values.has(child)) this.release(child)
    const last = this.get_children().length - (child.parent === this ? 1 : 0)
    this.adopt(child, Math.min(index, last))
    Box.share(child, stretch)
  }

  override set_widget (child: Widget): void {
    for (const other of this.get_children()) if (other !== child) this.release(other)
    this.#add(child, 1)
  }

  /** @param value - What the dialog answers when the button is pressed. */
  add_button (child: Widget, value: unknown): void {
    if (child.parent === this) this.release(child)
    this.#values.set(child, value)
    try {
      this.adopt(child)
    } catch (error) {
      this.#values.delete(child)
      throw error
    }
    this.#describe()
  }

  /** @param gap - px. */
  set_spacing (gap: number | null = 0): void { this.#column.style.gap = px(gap) }

  override get_children (): Widget[] { return this.children.filter(child => !this.#values.has(child)) }

  override num_children (): number { return this.get_children().length }

  /** A box at the end of the column, for servers that ask for one; it is none of the children. */
  get_content_area (): Widget {
    if (this.#area === null) {
      this.#area = this.scene.make<Box>('VBox')
      this.#column.append(this.#area.element)
    }
    return this.#area
  }

  /** @param index - Position in the row; null for none. */
  set_default_button (index: number | null): void {
    this.#default = index
    this.#describe()
  }

  // ---- appearance on the page ----

  override show (): void {
    super.show()
    if (this.#modal) this.#enter()
  }

  override hide (): void {
    const focused = this.element.contains(document.activeElement)
    super.hide()
    this.#leave(focused)
  }

  /** @param x - px from the left of the stage. @param y - px from its top. */
  popup (x: number | null = null, y: number | null = null): void {
    if (x !== null && y !== null) this.set_position(x, y)
    this.show()
  }

  set_modal (modal: boolean): void {
    this.#modal = modal
    if (modal && this.is_visible()) this.#enter()
    if (!modal) this.#leave(false)
  }

  override raise_ (): void {
    super.raise_()
    this.#modality.raise(this)
  }

  protected override detach (): void {
    this.#leave(this.element.contains(document.activeElement))
    super.detach()
  }

  protected override place (child: Widget, index: number): void {
    if (this.#values.has(child)) {
      this.#row.append(child.element)
      child.element.addEventListener('click', this.#added)
      return
    }
    const next = this.children[index + 1]
    const before = next === undefined || this.#values.has(next) ? this.#area?.element ?? null : next.element
    this.#column.insertBefore(child.element, before)
    nameByLabels(this.get_children(), index)
  }

  protected override displace (child: Widget, index: number): void {
    child.element.remove()
    child.element.removeEventListener('click', this.#added)
    child.element.classList.remove('pg-default')
    child.element.style.flex = ''
    if (this.#values.delete(child)) this.#describe()
    else nameByLabels(this.get_children(), index, child)
  }

  // ---- replay ----

  override carry (): Carried & { readonly origin: number | null } {
    return { ...super.carry() as Carried, origin: this.#modality.originOf(this) }
  }

  override resume (carried: unknown): void {
    super.resume(carried)
    this.#modality.setOrigin(this, (carried as { origin: number | null }).origin)
  }

  override dispose (): void {
    this.#area?.dispose()
    super.dispose()
  }

  /** Adds a button to the row that does something of its own. */
  protected addOwnButton (label: string, press: () => void): void {
    this.#row.append(this.#button(label, press))
    this.#describe()
  }

  protected answer (value: unknown): void {
    this.fire('activated', value)
    if (this.#options.autoclose) this.hide()
  }

  get #defaultButton (): HTMLElement | null {
    return this.#default === null ? null : this.#row.children[this.#default] as HTMLElement | undefined ?? null
  }

  #add (child: Widget, stretch: number | null): void {
    if (this.#values.has(child)) this.release(child)
    if (child.parent !== this) this.adopt(child, this.get_children().length)
    Box.share(child, stretch)
  }

  // Those of the constructor are no widgets: no server could address them.
  #button (label: string, press: () => void): HTMLButtonElement {
    const button = document.createElement('button')
    button.type = 'button'
    button.className = 'pg-button'
    const caption = document.createElement('span')
    caption.className = 'pg-caption'
    caption.textContent = label
    button.append(caption)
    button.addEventListener('click', press)
    return button
  }

  readonly #added = ({ currentTarget }: Event): void => {
    for (const [child, value] of this.#values) if (child.element === currentTarget) this.answer(value)
  }

  #enter (): void {
    this.element.setAttribute('aria-modal', 'true')
    // A mere question is read out as a whole.
    if (tabStops(this.#column).length === 0) this.element.setAttribute('aria-describedby', this.#column.id)
    // On a small screen it takes up no more room than it needs.
    this.element.classList.remove('pg-sheet')
    this.#modality.open(this)
  }

  /** @param giveBack - Whether the focus goes to where it was before. */
  #leave (giveBack: boolean): void {
    this.element.removeAttribute('aria-modal')
    this.element.removeAttribute('aria-describedby')
    this.element.classList.add('pg-sheet')
    this.#modality.close(this, giveBack)
  }

  #describe (): void {
    this.#foot.hidden = this.#row.childElementCount === 0
    const button = this.#defaultButton
    for (const one of this.#row.children) one.classList.toggle('pg-default', one === button)
  }

  #key (event: KeyboardEvent): void {
    const { key, target } = event
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    if (key === 'Escape' && this.#options.closeable) this.fire('close')
    else if (key === 'Enter' && (target === this.element || (target instanceof Element && target.matches(FIELDS)))) this.#defaultButton?.click()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
