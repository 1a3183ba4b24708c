import { NoBrowserError, QueryFailedError, TooManyQueriesError, UnknownNameError, WidgetDestroyedError } from '../errors.ts'
import { mismatch } from '../protocol/compile.ts'
import type { Method } from '../widgets/definition.ts'
import { fromWire, wireArgs } from './arguments.ts'
import type { Core } from './core.ts'
import { Message } from './message.ts'
import { isQuery, kNode, queryName } from './widget.ts'
import type { RemoteWidget } from './widget.ts'

/** Asks a browser what only it can know. The promise rejects with an error of a `PGW_ERR_` code. */
export async function ask (core: Core, widget: RemoteWidget, wire: string, method: Method, given: readonly unknown[]): Promise<unknown> {
  const { definition } = widget[kNode]
  const label = `${widget.toString()}.query.${queryName(wire)}`
  if (widget.destroyed) throw new WidgetDestroyedError(widget.toString(), `query.${queryName(wire)}`)
  if (!isQuery(definition, wire)) throw new UnknownNameError(`${label}: not a question`)
  if (!definition.remote) throw new NoBrowserError(label)
  const args = wireArgs(core, label, method.params, given)
  let value: unknown
  try {
    value = await core.queries.ask(label, peer => {
      const id = core.nextId()
      core.outbox.add(new Message(id, { type: 'call', id, wid: widget.wid, method: wire, args }), { only: peer })
      return id
    })
  } catch (error) {
    if (error instanceof TooManyQueriesError) core.observer.limited('maxPendingQueries')
    throw error
  }
  const fault = method.returns === undefined ? null : mismatch(method.returns, value)
  if (fault !== null) throw new QueryFailedError(label, fault)
  return fromWire(core, value)
}
