/** Every message of PROTOCOL.md as a TypeBox schema. Envelopes are open: a key that nobody knows is ignored. */
import { Type } from '@sinclair/typebox'
import type { Static, TObject } from '@sinclair/typebox'

const Id = Type.Integer({ minimum: 0 })
const Wid = Type.Integer({ minimum: 1 })
const Name = Type.String({ minLength: 1, maxLength: 64 })
const Args = Type.Array(Type.Unknown())
const Count = Type.Integer({ minimum: 0, maximum: 1_000_000 })
const Encoding = Type.Optional(Type.Union([Type.Literal('binary'), Type.Literal('base64')]))
const Credential = Type.Union([Type.String({ maxLength: 256 }), Type.Number()])
const NullableText = Type.Optional(Type.Union([Type.String(), Type.Null()]))
const FontSize = Type.Optional(Type.Union([Type.Number(), Type.Null()]))
const FontWeight = Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Null()]))

/** What a browser sends (PROTOCOL.md §4). */
export const BrowserMessages = {
  result: Type.Object({
    type: Type.Literal('result'),
    id: Type.Optional(Id),
    value: Type.Optional(Type.Unknown()),
    wid: Type.Optional(Type.Number()),
    next_wid: Type.Optional(Type.Number()),
    session_id: Type.Optional(Credential),
    token: Type.Optional(Credential),
    // Our page's addition to the answer to `init`: it reports position and size of windows only where a person set them.
    reports: Type.Optional(Type.String({ maxLength: 64 })),
    // Likewise: it knows the methods that definitions mark as extensions.
    extensions: Type.Optional(Type.Integer())
  }),
  error: Type.Object({ type: Type.Literal('error'), id: Type.Optional(Id), error: Type.String() }),
  callback: Type.Object({ type: Type.Literal('callback'), wid: Wid, action: Name, args: Args }),
  viewport: Type.Object({ type: Type.Literal('viewport'), width: Type.Number({ minimum: 0 }), height: Type.Number({ minimum: 0 }) }),
  'binary-chunk': Type.Object({
    type: Type.Literal('binary-chunk'),
    wid: Wid,
    transfer_id: Id,
    file_index: Count,
    file_count: Count,
    chunk_index: Count,
    num_chunks: Count,
    encoding: Encoding,
    data: Type.Optional(Type.String()),
    // Our page's addition: the rest of this file cannot be read, and no more of it will come.
    error: Type.Optional(Type.String({ maxLength: 1000 }))
  })
}

const Call = { wid: Wid, method: Name, args: Args, silent: Type.Optional(Type.Boolean()) }

/** What a server sends (PROTOCOL.md §2, §3). */
export const ServerMessages = {
  init: Type.Object({ type: Type.Literal('init'), id: Id }),
  // `extensions` is this project's addition, for pages that announced the same.
  'session-info': Type.Object({ type: Type.Literal('session-info'), session_id: Credential, token: Type.String(), extensions: Type.Optional(Type.Integer()) }),
  'reconstruct-start': Type.Object({ type: Type.Literal('reconstruct-start'), id: Id, next_wid: Wid }),
  'reconstruct-end': Type.Object({ type: Type.Literal('reconstruct-end'), id: Id }),
  create: Type.Object({ type: Type.Literal('create'), id: Id, wid: Wid, class: Name, args: Args }),
  call: Type.Object({ type: Type.Literal('call'), id: Id, ...Call }),
  batch: Type.Object({ type: Type.Literal('batch'), id: Id, calls: Type.Array(Type.Object(Call)) }),
  listen: Type.Object({ type: Type.Literal('listen'), id: Id, wid: Wid, action: Name }),
  unlisten: Type.Object({ type: Type.Literal('unlisten'), id: Id, wid: Wid, action: Name }),
  'binary-call': Type.Object({ type: Type.Literal('binary-call'), id: Id, wid: Wid, method: Name, args: Args }),
  'binary-call-chunked': Type.Object({
    type: Type.Literal('binary-call-chunked'),
    id: Id,
    wid: Wid,
    method: Name,
    args: Args,
    transfer_id: Id,
    num_chunks: Count,
    shape: Type.Optional(Type.Array(Count)),
    dtype: Type.Optional(Type.String())
  }),
  'binary-chunk': Type.Object({
    type: Type.Literal('binary-chunk'), transfer_id: Id, chunk_index: Count, num_chunks: Count, encoding: Encoding, data: Type.Optional(Type.String())
  }),
  'register-font': Type.Object({
    type: Type.Literal('register-font'), id: Type.Union([Id, Type.String()]), family: Type.String(), weight: FontWeight, style: NullableText, url: Type.String()
  }),
  'set-default-font': Type.Object({
    type: Type.Literal('set-default-font'),
    id: Id,
    font: Type.Union([Type.Null(), Type.Object({ family: Type.String(), size: FontSize, weight: FontWeight, style: NullableText })])
  }),
  // Likewise. Files that were announced are not taken; it is not answered.
  'transfer-refused': Type.Object({ type: Type.Literal('transfer-refused'), transfer_id: Id, reason: Type.String(), limit: Type.Optional(Type.Number()) }),
  'open-url': Type.Object({ type: Type.Literal('open-url'), id: Id, url: Type.String() })
}

type Messages<Schemas extends Record<string, TObject>> = { [Key in keyof Schemas]: Static<Schemas[Key]> }[keyof Schemas]

/** A message of a browser. */
export type BrowserMessage = Messages<typeof BrowserMessages>
/** A message of a server. */
export type ServerMessage = Messages<typeof ServerMessages>
