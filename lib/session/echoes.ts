import type { Callback } from '../widgets/definition.ts'
import { isFor } from './outbox.ts'
import type { Audience } from './outbox.ts'
import type { Peer } from './peer.ts'
import type { Node } from './tree.ts'

/** Within what time a reference page's trailing report comes, ms: its own delay of 150, and some time on the line. */
const TRAIL = 500

/**
 * How far a page may be from where it was told to be, as a share: it can only be on whole pixels. Where there are two
 * of them to go, it is this far; with fewer there is nothing between the ends.
 */
const ROUNDING = 0.25
/** The same for a page that has just been built, whose ways are long as a rule. */
const CLOSE = 0.02

interface Told {
  readonly at: number
  /** Whether it was about the reported state and nothing else. */
  readonly exact: boolean
  /** Whether it was told to this browser alone, to put it right. */
  readonly alone: boolean
}

/**
 * Tells what a reference page's user does from what such a page reports a moment after every call about a widget, a
 * silent one included (callbacks that trail). Two of them would otherwise scroll each other for ever.
 */
export class Echoes {
  readonly #clock: () => number
  readonly #told = new WeakMap<Node, WeakMap<Peer, Told>>()

  /** @param clock - ms, as `performance.now()`. */
  constructor (clock = () => performance.now()) { this.#clock = clock }

  /** A call that may change these state keys leaves for some of the browsers. */
  note (node: Node, keys: readonly string[], peers: Iterable<Peer>, audience: Audience): void {
    for (const peer of peers) {
      if (peer.reportsGestures || !isFor(audience, peer)) continue
      const exact = Object.values(node.definition.callbacks).some(({ trails, touches }) => trails === true && keys.every(key => touches?.includes(key)))
      const told = this.#told.get(node) ?? new WeakMap<Peer, Told>()
      this.#told.set(node, told.set(peer, { at: this.#clock(), exact, alone: audience !== null && 'only' in audience }))
    }
  }

  /**
   * What a report is: `news`, a mere `echo`, or one that is taken for an echo and may be a person's doing all the same
   * (`astray`): the page is then told once more where to be. After a call about the content a page may be anywhere;
   * its reports are taken again a moment later.
   */
  judge (peer: Peer, node: Node, { touches = [] }: Callback, args: readonly unknown[]): 'news' | 'echo' | 'astray' {
    if (peer.reportsGestures) return 'news'
    const since = this.#clock() - TRAIL
    const told = this.#told.get(node)?.get(peer)
    const place = touches.flatMap(key => node.state[key] as readonly number[])
    const within = (limit: number): boolean => place.every((value, i) => Math.abs(value - Number(args[i])) <= limit)
    if (told === undefined || told.at <= since) {
      // What is not laid out yet cannot be anywhere but at its start.
      const unbuilt = peer.replayedAt > since && place.every((value, i) => args[i] === 0 || Math.abs(value - Number(args[i])) <= CLOSE)
      return unbuilt ? 'echo' : 'news'
    }
    if (!told.exact) return 'echo'
    if (!within(ROUNDING)) return 'news'
    return told.alone || within(0) ? 'echo' : 'astray'
  }
}
