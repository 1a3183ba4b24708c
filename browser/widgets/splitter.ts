import { withPane } from '../../lib/widgets/pane-sizes.ts'
import { ContainerWidget } from './container.ts'
import { isRightToLeft } from './direction.ts'
import { onDrag } from './window-gestures.ts'
import type { Drag } from './window-gestures.ts'
import type { Init, Widget } from './widget.ts'

interface Pane {
  readonly element: HTMLElement
  /** The handle before it; the first pane has none. */
  handle: HTMLElement | null
  /** Share of the room; null where nobody said: as much as the others have on average. */
  weight: number | null
  /** Smallest size, px. */
  minimum: number
}

/** Smallest size of a pane that was given none, px. */
const MINIMUM = 20
/** Whether the pane has a place: one whose widget is hidden has none. */
const isShown = (pane: Pane | undefined): boolean => pane !== undefined && pane.element.getClientRects().length > 0
/** How far an arrow key moves a handle, px. With Shift it is 1. */
const STEP = 10

/**
 * Panes side by side. Handles move by pointer or arrow keys; Home and End go as far as they can, a double click or Enter
 * goes back. A hidden pane keeps its share for when it is shown again.
 */
export class Splitter extends ContainerWidget {
  readonly #vertical: boolean
  readonly #panes = new Map<Widget, Pane>()
  readonly #observer = new ResizeObserver(() => this.#describe())
  /** Weights as last set or dragged, which may be before the panes come. */
  #asked: readonly number[] = []
  /** Weights as last set by the server: where a double click leads. */
  #home: readonly number[] = []
  /** Sizes before the keys that are being pressed; null between gestures. */
  #pressed: string | null = null

  constructor (init: Init<readonly unknown[], { readonly orientation: 'horizontal' | 'vertical' }>) {
    super(init)
    this.#vertical = init.options.orientation === 'vertical'
    this.element.classList.add('pg-splitter')
    this.element.dataset.orientation = this.#vertical ? 'vertical' : 'horizontal'
    this.#observer.observe(this.element)
  }

  add_widget (child: Widget): void { this.adopt(child) }

  /** @param index - Position among the panes; beyond the end is the end. */
  insert_widget (index: number, child: Widget): void { this.adopt(child, index) }

  /** @param sizes - Weights: panes share the room in this ratio. Those beyond the last keep theirs. */
  set_sizes (sizes: readonly number[]): void {
    if (!Array.isArray(sizes)) throw new TypeError('The sizes must be a list of numbers')
    this.#asked = this.#home = [...sizes.map(Number), ...this.#asked.slice(sizes.length)]
    this.#weigh(this.#asked)
  }

  /** Size of each pane, px. */
  get_sizes (): number[] { return this.#list().map(({ element }) => this.#length(element)) }

  /** @param minimum - px; 0 lets the pane collapse. */
  set_minimum_size (child: Widget, minimum: number): void {
    const pane = this.#panes.get(child)
    if (pane === undefined) return
    pane.minimum = minimum
    this.#apply()
  }

  protected override place (child: Widget, index: number): void {
    this.#asked = withPane(this.#asked, index, this.children.length)
    this.#home = withPane(this.#home, index, this.children.length)
    const pane: Pane = { element: document.createElement('div'), handle: null, weight: this.#asked[index] ?? null, minimum: MINIMUM }
    pane.element.className = 'pg-pane'
    pane.element.id = this.scene.uniqueId()
    pane.element.append(child.element)
    this.#panes.set(child, pane)
    const next = this.#list()[index + 1]
    // What is there already stays where it is, or it would lose focus and scroll position.
    this.element.insertBefore(pane.element, next?.handle ?? next?.element ?? null)
    this.#separate()
  }

  protected override displace (child: Widget, index: number): void {
    const pane = this.#panes.get(child)
    child.element.remove()
    pane?.element.remove()
    pane?.handle?.remove()
    this.#panes.delete(child)
    this.#asked = this.#asked.filter((_, i) => i !== index)
    this.#home = this.#home.filter((_, i) => i !== index)
    this.#separate()
  }

  override dispose (): void {
    this.#observer.disconnect()
    super.dispose()
  }

  /** The panes in order. */
  #list (): Pane[] { return this.children.flatMap(child => this.#panes.get(child) ?? []) }

  /** Size of each pane, px; of a hidden one, what its share comes to. */
  #measure (): number[] {
    const panes = this.#list()
    const sizes = this.get_sizes()
    const sum = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0)
    const shares = panes.map(({ element }) => Number(element.style.flexGrow))
    const scale = sum(sizes) / sum(shares.filter((_, i) => isShown(panes[i])))
    return sizes.map((size, i) => isShown(panes[i]) || !(scale < Infinity) ? size : scale * (shares[i] as number))
  }

  #length (element: Element): number {
    const { width, height } = element.getBoundingClientRect()
    return this.#vertical ? height : width
  }

  /** Gives each pane but the first a handle. */
  #separate (): void {
    for (const [index, pane] of this.#list().entries()) {
      if (index === 0) {
        pane.handle?.remove()
        pane.handle = null
      } else if (pane.handle === null) {
        pane.handle = this.#handle(pane)
        pane.element.before(pane.handle)
      }
    }
    this.#apply()
  }

  #weigh (weights: readonly number[]): void {
    for (const [index, pane] of this.#list().entries()) pane.weight = weights[index] ?? pane.weight
    this.#apply()
  }

  #apply (): void {
    const panes = this.#list()
    const known = panes.flatMap(({ weight }) => weight ?? [])
    const average = known.reduce((sum, weight) => sum + weight, 0) / known.length
    for (const { element, weight, minimum } of panes) {
      // In shares of the average: what sums up to less than 1 would leave room unused.
      element.style.flexGrow = String(average > 0 ? (weight ?? average) / average : 1)
      element.style[this.#vertical ? 'minHeight' : 'minWidth'] = `${minimum}px`
      element.style[this.#vertical ? 'minWidth' : 'minHeight'] = '0'
    }
    this.#describe()
  }

  #handle (after: Pane): HTMLElement {
    const handle = document.createElement('div')
    handle.className = 'pg-splitter-handle'
    handle.role = 'separator'
    handle.tabIndex = 0
    handle.ariaLabel = 'Resize'
    handle.ariaOrientation = this.#vertical ? 'horizontal' : 'vertical'
    onDrag(handle, () => this.#drag(after))
    handle.addEventListener('dblclick', () => this.#reset())
    handle.addEventListener('keydown', event => this.#key(event, after))
    const settle = (): void => {
      if (this.#pressed !== null) this.#report(this.#pressed)
      this.#pressed = null
    }
    handle.addEventListener('keyup', settle)
    handle.addEventListener('blur', settle)
    return handle
  }

  #reset (): void {
    const before = this.#sizes()
    this.#weigh(this.#panes.size <= this.#home.length ? this.#home : this.#list().map(() => 1))
    this.#report(before)
  }

  #drag (after: Pane): Drag {
    const before = this.#sizes()
    const from = this.#measure()
    after.handle?.classList.add('pg-dragged')
    return {
      moved: (dx, dy) => this.#shift(after, this.#vertical ? dy : this.#sign * dx, from),
      ended: () => {
        after.handle?.classList.remove('pg-dragged')
        this.#report(before)
      }
    }
  }

  /** Moves the handle before `after`: its two neighbours share the room anew, all others keep their size. */
  #shift (after: Pane, by: number, from: readonly number[]): void {
    const panes = this.#list()
    const index = panes.indexOf(after)
    const at = this.#before(panes, index)
    const [one, two] = [panes[at], panes[index]]
    const [first, second] = [from[at], from[index]]
    if (one === undefined || two === undefined || first === undefined || second === undefined) return
    const moved = Math.min(Math.max(by, Math.min(0, one.minimum - first)), Math.max(0, second - two.minimum))
    this.#weigh(from.map((size, i) => i === at ? first + moved : i === index ? second - moved : size))
  }

  #key (event: KeyboardEvent, after: Pane): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return
    if (event.key === 'Enter') {
      event.preventDefault()
      return this.#reset()
    }
    const row = this.#sign === 1 ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
    const [back, on] = this.#vertical ? ['ArrowUp', 'ArrowDown'] : row
    const step = event.shiftKey ? 1 : STEP
    const by = { [back as string]: -step, [on as string]: step, Home: -Infinity, End: Infinity }[event.key]
    if (by === undefined) return
    event.preventDefault()
    this.#pressed ??= this.#sizes()
    this.#shift(after, by, this.#measure())
  }

  /** The direction in which panes follow each other in a row. */
  get #sign (): 1 | -1 { return isRightToLeft(this.element) ? -1 : 1 }

  /** Position of the pane that a handle shares the room of with the one at `index`; -1 if there is none. */
  #before (panes: readonly Pane[], index: number): number {
    return panes.findLastIndex((pane, i) => i < index && isShown(pane))
  }

  #sizes (): string { return this.get_sizes().join() }

  #report (before: string): void {
    if (this.#sizes() === before) return
    this.#asked = this.#measure()
    this.fire('sizing', this.#asked)
  }

  // To those who do not see it, a handle is a value: the share of the pane before it in what the two have.
  #describe (): void {
    const panes = this.#list()
    for (const [index, { handle, element }] of panes.entries()) {
      const before = panes[this.#before(panes, index)]
      if (handle === null || before === undefined) continue
      const size = this.#length(before.element)
      const room = size + this.#length(element)
      handle.ariaValueMin = '0'
      handle.ariaValueMax = '100'
      handle.ariaValueNow = String(room > 0 ? Math.round(size / room * 100) : 50)
      handle.setAttribute('aria-controls', before.element.id)
    }
  }
}
