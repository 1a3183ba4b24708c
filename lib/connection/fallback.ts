import { Batch, Message } from '../session/message.ts'

/** A close reason holds 123 bytes (RFC 6455, 5.5.1). */
export function shorten (reason: string): string {
  let text = reason
  while (Buffer.byteLength(text) > 123) text = text.slice(0, -1)
  return text
}

/** For browsers that know no more than the reference protocol: without the calls that the project adds. */
export function withoutExtensions (batch: Batch): Batch {
  if (batch.messages.every(({ body, plain }) => plain === body)) return batch
  return new Batch(batch.messages.flatMap(message => {
    const { id, body, plain, touches } = message
    return plain === body ? [message] : plain === null ? [] : [new Message(id, plain, { touches })]
  }), batch.replay)
}

/** For browsers that do not know `batch`: the calls one by one. Ids follow the batch's, between it and the next. */
export function withoutBatches (batch: Batch): Batch {
  if (!batch.messages.some(({ body }) => body.type === 'batch')) return batch
  return new Batch(batch.messages.flatMap(message => message.body.type !== 'batch'
    ? [message]
    : (message.body.calls as object[]).map(call => new Message(message.id, { type: 'call', ...call, id: message.id }, { touches: message.touches }))), batch.replay)
}
