/** How long good news stays, ms. */
const FADE = 2500

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

/** Tells the user, quietly, how the connection is doing. */
export class Status {
  readonly element = element('div', 'pg-status')
  // There from the start: live regions announce only what changes inside them.
  readonly #announcer = element('div', 'pg-announcer')
  #card: HTMLElement | null = null
  #timer = 0

  constructor () {
    this.#announcer.setAttribute('role', 'status')
    this.element.append(this.#announcer)
  }

  /** The line is down. */
  lost (): void {
    // Each further attempt that fails is no news.
    if (this.#announcer.querySelector('[data-state="lost"]') === null) this.#say('Connection lost, reconnecting…', 'lost')
  }

  /** The line is up; worth a word only if it was down. */
  back (): void {
    this.#dismissCard()
    if (this.#announcer.childElementCount === 0) return
    this.#say('Back online', 'back')
    this.#timer = window.setTimeout(() => this.#hush(), FADE)
  }

  /** The server ended it. @param startAnew - Does what the button says. */
  refused (reason: string, startAnew: () => void): void {
    this.#dismissCard()
    const card = element('section', 'pg-card')
    const button = element('button', 'pg-card-button', 'Start a new session')
    button.type = 'button'
    button.addEventListener('click', () => {
      this.#dismissCard()
      this.#hush()
      startAnew()
    })
    card.append(
      element('h1', 'pg-card-title', 'This session is closed'),
      element('p', 'pg-card-reason', reason || 'The server closed it without giving a reason.'),
      button
    )
    this.#card = card
    this.element.append(card)
    this.#say(reason === '' ? 'Session closed' : `Session closed: ${reason}`, 'closed')
    button.focus()
  }

  dispose (): void {
    clearTimeout(this.#timer)
    this.element.remove()
  }

  #say (text: string, state: string): void {
    this.#hush()
    const pill = element('div', 'pg-pill', text)
    pill.dataset.state = state
    this.#announcer.append(pill)
  }

  #hush (): void {
    clearTimeout(this.#timer)
    this.#announcer.replaceChildren()
  }

  #dismissCard (): void {
    this.#card?.remove()
    this.#card = null
  }
}
