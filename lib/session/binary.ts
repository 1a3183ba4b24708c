/** How bytes travel to a browser: one frame behind a header, or in chunks. PROTOCOL.md §3, the reference's sizes. */

const CHUNK = 512 * 1024
const WHOLE = 1024 * 1024

/** A message body without its id, and the bytes that follow it. */
export interface BinaryPart { readonly body: Record<string, unknown>, readonly bytes?: Uint8Array }

/** The parts that carry `method(bytes, ...args)` to a widget; `transferId` must be free in the session. */
export function binaryCall (wid: number, method: string, args: readonly unknown[], bytes: Uint8Array, transferId: () => number): BinaryPart[] {
  if (bytes.byteLength <= WHOLE) return [{ body: { type: 'binary-call', wid, method, args }, bytes }]
  const transfer = transferId()
  const count = Math.ceil(bytes.byteLength / CHUNK)
  const parts: BinaryPart[] = [{ body: { type: 'binary-call-chunked', wid, method, args, transfer_id: transfer, num_chunks: count } }]
  for (let index = 0; index < count; index++) {
    parts.push({
      body: { type: 'binary-chunk', transfer_id: transfer, chunk_index: index, num_chunks: count, encoding: 'binary' },
      bytes: bytes.subarray(index * CHUNK, (index + 1) * CHUNK)
    })
  }
  return parts
}
