import { CycleError } from '../errors.ts'
import { arranged, patchOf } from '../widgets/apply.ts'
import type { Method } from '../widgets/definition.ts'
import { childrenOf, contextOf } from './tree.ts'
import type { Node, Tree } from './tree.ts'

/**
 * The widgets that a call which rearranges `node` takes out of where they are: those that leave it, and those that come
 * to it from elsewhere. Throws where the call is refused, before anything has moved.
 */
export function moversOf (tree: Tree, node: Node, method: Method, args: readonly unknown[], label: string): Node[] {
  patchOf(method, node.state, args, contextOf(node))
  const before = childrenOf(node)
  const after = arranged(method, node.entries, args, node.state).flatMap(({ wid }) => wid ?? [])
  const nodes = (wids: readonly number[]): Node[] => wids.map(wid => tree.nodes.get(wid) as Node)
  const arriving = nodes(after.filter(wid => !before.includes(wid)))
  for (const child of arriving) if (tree.contains(child, node)) throw new CycleError(label, `${child.definition.class}#${child.wid}`)
  return [...arriving.filter(({ parent }) => parent !== null), ...nodes(before.filter(wid => !after.includes(wid)))]
}
