import { icon } from '../icons.ts'
import type { Refusal } from './refusals.ts'

/** How long good news stays, ms. */
const FADE = 2500

/** How long a notice stays, ms: long enough to be read by somebody who looked elsewhere. */
const READ = 10_000

/** What is in the pill. */
type State = 'lost' | 'busy' | 'back' | 'closed' | 'offer'

const element = <K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ''): HTMLElementTagNameMap[K] => {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

function badge (): HTMLElement {
  const made = element('div', 'pg-badge')
  made.append(icon('eye'), element('span', '', 'View only'), element('span', 'pg-unseen', '. What you see is live, the controls cannot be used.'))
  return made
}

/** Tells the user, quietly, how the connection is doing. */
export class Status {
  readonly element = element('div', 'pg-status')
  // There from the start: live regions announce only what changes inside them.
  readonly #announcer = element('div', 'pg-announcer')
  readonly #badge = badge()
  #pill: HTMLElement | null = null
  #card: HTMLElement | null = null
  #offer: HTMLElement | null = null
  #notice: HTMLElement | null = null
  #timer = 0
  #noticeTimer = 0

  constructor () {
    this.#announcer.role = 'status'
    // The badge stays: it must not be read out again with every word on the connection.
    this.#announcer.ariaAtomic = 'false'
    this.element.append(this.#announcer)
  }

  /** The line is down. */
  lost (): void {
    // Each further attempt that fails is no news; whether the service is still busy will be seen.
    if (this.#state !== 'lost' && this.#state !== 'busy') this.#say('Connection lost, reconnecting…', 'lost')
  }

  /** The service is there and wants to be left alone for a while. @param wait - ms; 0 if it is not busy any more. */
  busy (wait: number): void {
    if (wait > 0) this.#countDown(Math.ceil(wait / 1000))
    else if (this.#state === 'busy') this.#say('Connection lost, reconnecting…', 'lost')
  }

  /** The line is up; worth a word only if it was down. */
  back (): void {
    this.#dismissCard()
    if (this.#pill === null) return
    this.#say('Back online', 'back')
    this.#timer = window.setTimeout(() => this.#hush(), FADE)
  }

  /** Offers an address that the page may not open by itself, until it is followed, dismissed, or another comes. */
  offer (url: string): void {
    this.#withdraw()
    const pill = element('div', 'pg-pill')
    const link = element('a', 'pg-pill-link', url.replace(/^https?:\/\//, ''))
    const dismiss = element('button', 'pg-pill-dismiss')
    link.href = url
    link.target = '_blank'
    link.rel = 'noopener noreferrer'
    dismiss.type = 'button'
    dismiss.ariaLabel = 'Dismiss'
    dismiss.append(icon('close'))
    for (const control of [link, dismiss]) control.addEventListener('click', () => this.#withdraw())
    pill.dataset.state = 'offer'
    pill.append(element('span', '', 'Open'), link, dismiss)
    this.#offer = pill
    this.#announcer.append(pill)
  }

  /** Something that the user did came to nothing; said beside whatever there is to say of the line. */
  notice (text: string): void {
    this.#dismissNotice()
    this.#notice = element('div', 'pg-pill', text)
    this.#notice.dataset.state = 'notice'
    this.#announcer.append(this.#notice)
    this.#noticeTimer = window.setTimeout(() => this.#dismissNotice(), READ)
  }

  /** Shows, for as long as it holds, that the user may only watch. */
  watching (watching: boolean): void {
    if (!watching) this.#badge.remove()
    else if (!this.#badge.isConnected) this.#announcer.append(this.#badge)
  }

  /**
   * The server ended it.
   *
   * @param reason - The server's words on what happened.
   * @param act - Does what the button says.
   */
  refused ({ title, advice, button: label }: Refusal, reason: string, act: () => void): void {
    this.#dismissCard()
    const what = reason || 'The server closed it without giving a reason.'
    const card = element('section', 'pg-card')
    const button = element('button', 'pg-card-button', label)
    // So that whoever comes by the button, which has the focus, hears of what it is the answer to.
    card.ariaLabel = title
    button.type = 'button'
    button.addEventListener('click', () => {
      this.#dismissCard()
      this.#hush()
      act()
    })
    card.append(element('h1', 'pg-card-title', title), element('p', 'pg-card-reason', what))
    if (advice !== '') card.append(element('p', 'pg-card-advice', advice))
    card.append(button)
    this.#card = card
    this.element.append(card)
    this.#say([`${title}: ${what}`, advice].join(' ').trim(), 'closed')
    button.focus()
  }

  dispose (): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#noticeTimer)
    this.element.remove()
  }

  get #state (): State | null { return this.#pill === null ? null : this.#pill.dataset.state as State }

  #say (text: string, state: State): HTMLElement {
    this.#hush()
    const pill = element('div', 'pg-pill', text)
    pill.dataset.state = state
    this.#pill = pill
    this.#announcer.prepend(pill)
    return pill
  }

  #countDown (seconds: number): void {
    const rest = element('span', 'pg-countdown', String(seconds))
    // A timer is not a live region: the sentence is announced, not every second that passes.
    rest.role = 'timer'
    const text = element('span', '')
    text.append('The service is busy, trying again in ', rest, ' s')
    this.#say('', 'busy').append(text)
    const tick = (left: number): void => {
      rest.textContent = String(left)
      if (left > 1) this.#timer = window.setTimeout(tick, 1000, left - 1)
    }
    tick(seconds)
  }

  #withdraw (): void {
    this.#offer?.remove()
    this.#offer = null
  }

  #hush (): void {
    clearTimeout(this.#timer)
    this.#pill?.remove()
    this.#pill = null
  }

  #dismissNotice (): void {
    clearTimeout(this.#noticeTimer)
    this.#notice?.remove()
    this.#notice = null
  }

  #dismissCard (): void {
    this.#card?.remove()
    this.#card = null
  }
}
