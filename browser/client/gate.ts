const blocked = ['pointerdown', 'mousedown', 'click', 'dblclick', 'contextmenu', 'change', 'drop'] as const

/** Where text is typed. What goes in there is kept until it can be reported. */
export const TEXT = 'textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="range"], [type="color"], [type="file"], [type="button"])'

const isText = (target: EventTarget | null): target is Element => target instanceof Element && target.matches(TEXT)

/** Files are turned away, or the browser would leave the page and show them. Text may go where text may be typed. */
function turnAway (event: DragEvent): void {
  const { dataTransfer: data, target } = event
  if (data === null || (isText(target) && !data.types.includes('Files'))) return
  stop(event)
  data.dropEffect = 'none'
}

/** Moving around and copying lose nothing, so they stay possible. */
const harmless = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => key === 'Tab' || ctrlKey || metaKey

const stop = (event: Event): void => {
  event.preventDefault()
  event.stopImmediatePropagation()
}

/**
 * Keeps the user from actions that would come to nothing: while the line is down, or what is on screen is about to be
 * replaced. Not `inert`: whoever is typing keeps the caret, and the text is reported when the line is back.
 */
export class Gate {
  readonly #element: HTMLElement
  #closed: AbortController | null = null

  constructor (element: HTMLElement) { this.#element = element }

  close (): void {
    if (this.#closed !== null) return
    this.#closed = new AbortController()
    const options = { capture: true, signal: this.#closed.signal }
    for (const type of blocked) this.#element.addEventListener(type, event => { if (!isText(event.target)) stop(event) }, options)
    for (const type of ['dragenter', 'dragover'] as const) this.#element.addEventListener(type, turnAway, options)
    this.#element.addEventListener('keydown', event => {
      const typing = isText(event.target) && !(event.key === 'Enter' && event.target instanceof HTMLInputElement)
      if (!typing && !harmless(event)) stop(event)
    }, options)
  }

  open (): void {
    this.#closed?.abort()
    this.#closed = null
  }
}
