const SVG = 'http://www.w3.org/2000/svg'

/** What the buttons of a title bar do, in the order in which they stand there. */
export type WindowAction = 'lower' | 'minimize' | 'maximize' | 'close'

const drawings: Readonly<Record<WindowAction | 'restore', string>> = {
  lower: 'M8 3v8m-3.5-3.5L8 11l3.5-3.5M4 13.5h8',
  minimize: 'M4 11.5h8',
  maximize: 'M4 4h8v8H4z',
  restore: 'M4 6.5h5.5V12H4zM6.5 6.5V4H12v5.5H9.5',
  close: 'm4.5 4.5 7 7m0-7-7 7'
}

const names: Readonly<Record<WindowAction | 'restore', string>> = {
  lower: 'Send to back',
  minimize: 'Minimise',
  maximize: 'Maximise',
  restore: 'Restore',
  close: 'Close'
}

function icon (name: WindowAction | 'restore'): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', drawings[name])
  svg.append(path)
  return svg
}

/** A window's title bar: picture, title and buttons. The title is a button, so that it can be reached by keyboard. */
export class WindowBar {
  readonly element = document.createElement('div')
  /** Takes the keys that move and resize the window. */
  readonly title = document.createElement('button')
  readonly #picture = document.createElement('img')
  readonly #buttons = new Map<WindowAction, HTMLButtonElement>()

  /**
   * @param titleId - DOM id of the title, which names the window.
   * @param actions - Which buttons there are.
   * @param act - Called when one is pressed.
   */
  constructor (titleId: string, actions: readonly WindowAction[], act: (action: WindowAction) => void) {
    this.element.className = 'pg-window-bar'
    this.title.className = 'pg-window-title'
    this.title.type = 'button'
    this.title.id = titleId
    this.#picture.className = 'pg-window-icon'
    this.#picture.alt = ''
    this.#picture.draggable = false
    this.element.append(this.title)
    for (const action of actions) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'pg-window-button'
      button.dataset.action = action
      button.addEventListener('click', () => act(action))
      this.#buttons.set(action, button)
      this.#label(action, action)
      this.element.append(button)
    }
  }

  /** Whether it is a button, and not a part that the window can be held by. */
  isButton (target: EventTarget | null): boolean {
    return target instanceof Element && target.closest('.pg-window-button') !== null
  }

  setTitle (title: string): void { this.title.textContent = title }

  /** @param description - Tells what the keys do, to those who cannot see it. */
  setDescription (description: string): void {
    if (description === '') this.title.removeAttribute('aria-description')
    else this.title.setAttribute('aria-description', description)
  }

  /** @param url - Relative to the page; null for no picture. */
  setIcon (url: string | null): void {
    if (url === null || url === '') return this.#picture.remove()
    this.#picture.src = url
    this.element.prepend(this.#picture)
  }

  /** Lets the buttons say what they would do now. */
  setState (state: string): void {
    if (this.#buttons.has('minimize')) this.#label('minimize', state === 'minimized' ? 'restore' : 'minimize')
    if (this.#buttons.has('maximize')) this.#label('maximize', state === 'maximized' ? 'restore' : 'maximize')
  }

  #label (action: WindowAction, as: WindowAction | 'restore'): void {
    const button = this.#buttons.get(action)
    button?.setAttribute('aria-label', names[as])
    button?.setAttribute('title', names[as])
    button?.replaceChildren(icon(as))
  }
}
