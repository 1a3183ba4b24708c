import { newestLines, plainLines } from '../../lib/widgets/lines.ts'
import { ScrollPosition } from './scroll-position.ts'
import { TextField } from './text-field.ts'
import { Widget } from './widget.ts'
import type { Init } from './widget.ts'

type Align = 'nearest' | 'center' | 'top'

/** The largest part of its time that a page spends on a log that is written to all the time. */
const SHARE = 0.2

/** Text of many lines. */
export class TextArea extends Widget {
  declare readonly element: HTMLTextAreaElement
  readonly #field: TextField
  readonly #position: ScrollPosition
  #limit: number | null = null
  /** Appended and not shown yet. */
  #waiting = ''
  #frame = 0
  #pause = 0

  constructor (init: Init<readonly [text: string | null], { readonly wrap: boolean, readonly editable: boolean }>) {
    super(init, 'textarea')
    const { wrap, editable } = init.options
    this.element.classList.add('pg-field', 'pg-text-area')
    this.element.autocomplete = 'off'
    this.element.spellcheck = false
    this.element.ariaLabel = 'Text'
    this.#field = new TextField(this, this.element)
    this.#position = new ScrollPosition(this, this.element, null)
    this.set_wrap(wrap)
    this.set_editable(editable)
    this.set_text(init.args[0])
  }

  set_text (text: string | null): void {
    this.#waiting = ''
    this.#show(newestLines(plainLines(text ?? ''), this.#limit))
  }

  get_text (): string {
    this.#flush()
    return this.#field.text
  }

  clear (): void { this.set_text('') }

  append_text (text: string): void {
    this.#waiting += plainLines(text)
    // Whoever types here reports the text as it is, with all that was appended.
    if (!this.element.readOnly) this.#flush()
    else if (this.#frame === 0 && this.#pause === 0) this.#frame = requestAnimationFrame(() => this.#flush())
  }

  set_editable (editable: boolean): void { this.element.readOnly = !editable }

  set_wrap (wrap: boolean): void {
    this.element.wrap = wrap ? 'soft' : 'off'
    this.#position.settle()
  }

  /** @param limit - Lines; null, 0 or less for any number. */
  set_limit (limit: number | null): void {
    this.#limit = limit
    const text = this.get_text()
    const kept = newestLines(text, limit)
    if (kept !== text) this.#show(kept)
  }

  set_scroll_position (horizontal: number, vertical: number): void {
    this.#flush()
    this.#position.set(horizontal, vertical)
  }

  get_scroll_position (): readonly [horizontal: number, vertical: number] { return this.#position.place }

  scroll_to_end (): void { this.set_scroll_position(this.#position.place[0], 1) }

  // Where that is only the page knows: it is reported as what a person does.
  scroll_to_lineno (line: number, align: Align = 'nearest'): void {
    this.#flush()
    const { clientHeight, scrollTop } = this.element
    const [top, height] = this.#lineAt(line)
    const nearest = Math.min(top, Math.max(scrollTop, top + height - clientHeight))
    this.element.scrollTop = { top, center: top - (clientHeight - height) / 2, nearest }[align] ?? nearest
  }

  override carry (): unknown {
    const [text, place] = [this.#field.carry(), this.#position.carry()]
    return text === undefined && place === undefined ? undefined : { text, place }
  }

  override resume (carried: unknown): void {
    const { text, place } = carried as { text: unknown, place: unknown }
    if (text !== undefined) this.#field.resume(text)
    if (place !== undefined) this.#position.resume(place)
  }

  override settled (): void { this.#position.settle() }

  override dispose (): void {
    this.#unschedule()
    this.#field.dispose()
    this.#position.dispose()
    super.dispose()
  }

  #show (text: string): void {
    this.#position.replace(() => { this.#field.text = text })
  }

  /** Shows what was appended. The longer that takes, the longer the next waits: the page must stay usable. */
  #flush (): void {
    this.#unschedule()
    if (this.#waiting === '') return
    const started = performance.now()
    const { text: before } = this.#field
    const added = this.#waiting
    this.#waiting = ''
    const kept = newestLines(before + added, this.#limit)
    const surplus = before.length + added.length - kept.length
    if (surplus > before.length) this.#position.grow(() => { this.#field.append(kept, before.length) })
    else this.#position.grow(() => this.#field.append(added), surplus > 0 ? () => this.#field.append('', surplus) : undefined)
    const pause = (performance.now() - started) * (1 / SHARE - 1)
    if (pause > 16) this.#pause = window.setTimeout(() => this.#flush(), pause)
  }

  #unschedule (): void {
    cancelAnimationFrame(this.#frame)
    clearTimeout(this.#pause)
    this.#frame = this.#pause = 0
  }

  /** Top and height of a line in the content, px. Broken lines have to be measured. */
  #lineAt (line: number): readonly [top: number, height: number] {
    const style = getComputedStyle(this.element)
    const height = parseFloat(style.lineHeight)
    const padding = parseFloat(style.paddingTop)
    const lines = this.#field.text.split('\n')
    const number = Math.min(Math.max(0, line), lines.length - 1)
    if (this.element.wrap === 'off') return [padding + number * height, height]
    const mirror = document.createElement('div')
    mirror.className = 'pg-text-mirror'
    for (const property of ['font', 'letterSpacing', 'lineHeight', 'tabSize', 'textIndent', 'wordSpacing'] as const) mirror.style[property] = style[property]
    mirror.style.width = `${this.element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)}px`
    const measure = (text: string): number => {
      mirror.textContent = text
      return mirror.getBoundingClientRect().height
    }
    this.scene.overlays.append(mirror)
    // A zero-width space, because a line that is empty has no height of its own.
    const above = number === 0 ? 0 : measure(lines.slice(0, number).map(line => line === '' ? '\u200b' : line).join('\n'))
    const own = measure(lines[number] === '' ? '\u200b' : lines[number] as string)
    mirror.remove()
    return [padding + above, own]
  }
}
