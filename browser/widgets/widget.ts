import { Callback } from './callback.ts'
import type { Init } from './callback.ts'
import type { ContainerWidget } from './container.ts'
import { loadCursor } from './cursor.ts'
import { acceptDrops, isDropAction } from './drop-target.ts'

export type { Init, WidgetClass } from './callback.ts'

/** Room on four sides, px: one number for all, or [left, top, right, bottom]. */
export type Lengths = number | readonly [left: number, top: number, right: number, bottom: number] | null

/** A control that the platform itself can disable. */
type NativeControl = HTMLElement & { disabled: boolean }

/** CSS px of a wire number; null and absent mean "not set". */
export const px = (length: number | null | undefined): string => length === null || length === undefined ? '' : `${length}px`

/** CSS of {@link Lengths}. */
export const sides = (value: Lengths | undefined): string => {
  if (typeof value === 'number') return px(value)
  if (!Array.isArray(value)) return ''
  const [left = 0, top = 0, right = 0, bottom = 0] = value
  return `${top}px ${right}px ${bottom}px ${left}px`
}

const isNativeControl = (element: HTMLElement): element is NativeControl => 'disabled' in element

/**
 * Base of every visible widget. Methods under wire names are what a server may call, as far as the class's definition
 * lists them. Sizes are those of the border box everywhere, px.
 */
export class Widget extends Callback {
  readonly element: HTMLElement
  /** The container that this widget is in. Only ContainerWidget sets it. */
  parent: ContainerWidget | null = null
  #enabled = true
  #expanding = { horizontal: false, vertical: false }
  readonly #cursors = new Map<string, string>()
  #cursor: string | null = null
  #acceptsDrops = false

  /** @param element - The widget's outermost element, or the name of its tag. */
  constructor (init: Init, element: HTMLElement | keyof HTMLElementTagNameMap = 'div') {
    super(init)
    this.element = typeof element === 'string' ? document.createElement(element) : element
    this.element.classList.add('pg-widget')
    this.scene.bind(this)
  }

  /** The element that takes the keyboard focus; composites name their inner control. */
  get focusTarget (): HTMLElement { return this.element }

  // ---- appearance ----

  set_border_width (width: number): void {
    const { style } = this.element
    style.borderWidth = px(width)
    style.borderStyle = width > 0 ? 'solid' : 'none'
  }

  set_border_color (color: string): void { this.element.style.borderColor = color }

  set_bg (color: string | null): void {
    this.element.style.backgroundColor = color ?? ''
  }

  set_padding (padding: Lengths): void { this.element.style.padding = sides(padding) }

  set_margins (margin: Lengths): void { this.element.style.margin = sides(margin) }

  /** @param size - Points. A null returns to the inherited family; any other leaves that part of the font as it is. */
  set_font (font: string | null, size: number | null = null, weight: string | number | null = null, slant: string | null = null): void {
    const { style } = this.element
    style.fontFamily = font ?? ''
    if (size !== null) style.fontSize = `${size}pt`
    if (weight !== null) style.fontWeight = String(weight)
    if (slant !== null) style.fontStyle = slant
  }

  set_tooltip (msg: string | null): void {
    if (msg === null || msg === '') this.element.removeAttribute('title')
    else this.element.title = msg
  }

  get_tooltip (): string { return this.element.title }

  set_allow_text_selection (allowed: boolean): void { this.element.classList.toggle('pg-selectable', allowed) }

  /** @param size - Width and height, px, to which the picture is scaled; null for its own. */
  add_cursor (name: string, url: string, hotspotX: number, hotspotY: number, size: readonly [number, number] | null = null): void {
    loadCursor({ url, hotspotX, hotspotY, size }, css => {
      if (css === null) this.#cursors.delete(name)
      else this.#cursors.set(name, css)
      if (this.#cursor === name) this.set_cursor(name)
    })
  }

  set_cursor (name: string | null): void {
    this.#cursor = name
    this.element.style.cursor = name === null || name === 'default' ? '' : this.#cursors.get(name) ?? name
  }

  // ---- geometry ----

  set_min_size (width: number | null = null, height: number | null = null): void {
    this.element.style.minWidth = px(width)
    this.element.style.minHeight = px(height)
  }

  set_max_size (width: number | null = null, height: number | null = null): void {
    this.element.style.maxWidth = px(width)
    this.element.style.maxHeight = px(height)
  }

  // Expressed by classes, so that turning it off leaves nothing behind and explicit sizes win.
  set_expanding (horizontal = false, vertical = false): void {
    this.#expanding = { horizontal, vertical }
    this.element.classList.toggle('pg-expand-x', horizontal)
    this.element.classList.toggle('pg-expand-y', vertical)
    this.parent?.expands(this)
  }

  get_expanding (): { horizontal: boolean, vertical: boolean } { return { ...this.#expanding } }

  /** Sets the size of the border box, px; null leaves that side as it is. */
  resize (width: number | null = null, height: number | null = null): void {
    if (width !== null) this.element.style.width = px(width)
    if (height !== null) this.element.style.height = px(height)
  }

  get_size (): [width: number, height: number] {
    const { width, height } = this.element.getBoundingClientRect()
    return [Math.round(width), Math.round(height)]
  }

  get_position (): [left: number, top: number] {
    const { left, top } = this.element.getBoundingClientRect()
    return [left, top]
  }

  // ---- use ----

  set_enabled (enabled: boolean): void {
    this.#enabled = enabled
    this.element.classList.toggle('pg-disabled', !enabled)
    this.disable(!enabled)
  }

  get_enabled (): boolean { return this.#enabled }

  set_focus (): void { this.scene.focus(this) }

  /** Takes the keyboard focus, if it can; returns whether it has it. */
  takeFocus (): boolean {
    this.focusTarget.focus()
    return document.activeElement === this.focusTarget
  }

  is_container (): boolean { return false }

  show (): void { this.element.hidden = false }

  hide (): void { this.element.hidden = true }

  is_visible (): boolean { return !this.element.hidden }

  /**
   * Hook: takes the widget out of, or back into, use by pointer and keyboard. By default the platform's `disabled` of
   * the focus target, else `inert` for everything inside.
   */
  protected disable (disabled: boolean): void {
    const target = this.focusTarget
    if (isNativeControl(target)) {
      target.disabled = disabled
      return
    }
    this.setInert(disabled)
  }

  /** Puts the element out of reach. At once: by itself the platform takes the focus away only before the next paint. */
  protected setInert (inert: boolean): void {
    const { activeElement } = document
    if (inert && activeElement instanceof HTMLElement && this.element.contains(activeElement)) activeElement.blur()
    this.element.inert = inert
    if (inert) this.element.setAttribute('aria-disabled', 'true')
    else this.element.removeAttribute('aria-disabled')
  }

  /** Whether the page reports `resize` of itself; windows do so only when the user sizes them. */
  get measured (): boolean { return true }

  protected override listened (action: string): void {
    if (isDropAction(action) && !this.#acceptsDrops) {
      this.#acceptsDrops = true
      acceptDrops(this)
    }
    if (action === 'map' || (action === 'resize' && this.measured)) this.scene.geometry.watch(this)
  }

  protected override unlistened (action: string): void {
    if ((action === 'map' || action === 'resize') && !this.listens('map') && !this.listens('resize')) this.scene.geometry.unwatch(this)
  }

  protected override detach (): void {
    this.parent?.release(this)
    this.element.remove()
  }

  override dispose (): void { this.scene.geometry.unwatch(this) }
}
