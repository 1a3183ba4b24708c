import { Widget } from './widget.ts'

/**
 * Base of widgets that hold others. Subclasses add children by {@link adopt} in methods of their own, and say by
 * {@link place} and {@link displace} where a child's element goes in the DOM.
 */
export class ContainerWidget extends Widget {
  readonly #children: Widget[] = []

  /** The child widgets in order. */
  get children (): readonly Widget[] { return this.#children }

  /** The element that the children's elements are put into. */
  protected get contentElement (): HTMLElement { return this.element }

  override is_container (): boolean { return true }

  get_children (): Widget[] { return [...this.#children] }

  num_children (): number { return this.#children.length }

  /** The element that the place of a child is told from: the one that it is in, unless that is there for layout alone. */
  originOf (child: Widget): HTMLElement | null { return child.element.parentElement }

  /** Hook: a child says anew whether it wants to expand. */
  expands (_child: Widget): void {}

  /** A container that cannot take the focus itself gives it to the first in it that can. */
  override takeFocus (): boolean { return super.takeFocus() || this.#children.some(child => child.takeFocus()) }

  // With all that is in it, whatever of it takes the focus.
  protected override disable (disabled: boolean): void { this.setInert(disabled) }

  /** Takes `child` out, if it is in here. */
  remove (child: Widget | null, destroy = false): void {
    if (child?.parent !== this) return
    this.release(child)
    if (destroy) child.destroy()
  }

  remove_widget (child: Widget | null, destroy = false): void { this.remove(child, destroy) }

  remove_all (destroy = false): void {
    for (const child of this.get_children()) this.remove(child, destroy)
  }

  /**
   * Makes `child` a child of this container, taking it out of any other. One that is here already is moved to `index`
   * if that is given, and otherwise stays where it is. Returns whether it is new here; only then `child-added` is fired.
   *
   * @param index - Position among the children; the end if absent or beyond it.
   * @param prepare - Called before it is put into its place, once it is certain that it will be.
   */
  protected adopt (child: Widget, index?: number, prepare?: () => void): boolean {
    this.#check(child, index)
    if (child.parent === this) {
      if (index !== undefined) this.reposition(child, index)
      return false
    }
    child.parent?.release(child)
    const position = Math.min(index ?? this.#children.length, this.#children.length)
    prepare?.()
    child.parent = this
    this.#children.splice(position, 0, child)
    this.place(child, position)
    this.fire('child-added', child)
    return true
  }

  /** Makes `child` the only child; what was there before is taken out, not destroyed. */
  protected adoptOnly (child: Widget): void {
    this.#check(child)
    for (const other of this.get_children()) if (other !== child) this.release(other)
    this.adopt(child)
  }

  /** Lets go of a child that goes elsewhere or ends. */
  release (child: Widget): void {
    const index = this.#children.indexOf(child)
    if (index === -1) return
    this.#children.splice(index, 1)
    child.parent = null
    this.displace(child, index)
    this.fire('child-removed', child)
  }

  /** Gives a child another position; beyond the end is the end. */
  protected reposition (child: Widget, index: number): void {
    const from = this.#children.indexOf(child)
    const to = Math.min(index, this.#children.length - 1)
    if (from === -1 || from === to) return
    this.#children.splice(from, 1)
    this.#children.splice(to, 0, child)
    this.moved(child, from, to)
  }

  /** Hook: puts the child's element where it is now; `children` is in its new order already. */
  protected moved (child: Widget, from: number, to: number): void {
    this.displace(child, from)
    this.place(child, to)
  }

  /** Hook: puts the child's element where it belongs; `children` holds it already, at `index`. */
  protected place (child: Widget, index: number): void {
    this.contentElement.insertBefore(child.element, this.#children[index + 1]?.element ?? null)
  }

  /** Hook: takes the child's element out; `children` no longer holds it, `index` is where it was. */
  protected displace (child: Widget, _index: number): void { child.element.remove() }

  override destroy (): void {
    if (this.destroyed) return
    this.scene.silently(() => { for (const child of [...this.#children]) child.destroy() })
    super.destroy()
  }

  // Before anything is changed, so that a bad call leaves the container as it was.
  #check (child: Widget, index?: number): void {
    if (!(child instanceof Widget)) throw new TypeError('The child is not a visible widget')
    if (index !== undefined && !(index >= 0)) throw new RangeError(`No such position: ${index}`)
    for (let node: Widget | null = this; node !== null; node = node.parent) {
      if (node === child) throw new Error('A widget cannot be put into itself')
    }
  }
}
