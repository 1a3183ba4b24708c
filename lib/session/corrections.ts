import type { Core } from './core.ts'
import type { Peer } from './peer.ts'
import type { Node } from './tree.ts'

/**
 * What browsers are to be told because they show something else. It goes out at the end of the tick, once for each
 * state key, however often a browser was wrong about it meanwhile: one may send thousands of reports in a frame.
 */
export class Corrections {
  #due = new Map<Peer, Map<Node, Set<string>>>()

  add (peer: Peer, state: Iterable<{ readonly node: Node, readonly key: string }>): void {
    const nodes = this.#due.get(peer) ?? new Map<Node, Set<string>>()
    for (const { node, key } of state) nodes.set(node, (nodes.get(node) ?? new Set()).add(key))
    this.#due.set(peer, nodes)
  }

  /** Sends what is due, with the state as it is now. */
  send (core: Core): void {
    if (this.#due.size === 0) return
    const due = this.#due
    this.#due = new Map()
    for (const [peer, nodes] of due) {
      if (!core.peers.has(peer)) continue
      for (const [node, keys] of nodes) {
        if (core.tree.nodes.get(node.wid) !== node) continue
        // In the order of a replay: what restores one key may change another that comes after it.
        const ordered = Object.keys(node.definition.state).filter(key => keys.has(key))
        core.push(ordered.map(key => ({ node, key })), { only: peer })
      }
    }
  }
}
