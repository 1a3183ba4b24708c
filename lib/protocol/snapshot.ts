/** The schema of a session's snapshot. */
import { Type } from '@sinclair/typebox'
import { TypeCompiler } from '@sinclair/typebox/compiler'

const Wid = Type.Integer({ minimum: 1 })

const SnapshotSchema = Type.Object({
  version: Type.Literal(1),
  lastWid: Type.Integer({ minimum: 0 }),
  identity: Type.Optional(Type.String({ minLength: 1 })),
  grants: Type.Optional(Type.Array(Type.Object({
    id: Type.String({ minLength: 1 }),
    hash: Type.String({ minLength: 43, maxLength: 43 }),
    role: Type.Union([Type.Literal('operator'), Type.Literal('viewer')]),
    identity: Type.Union([Type.String({ minLength: 1 }), Type.Null()]),
    expiresAt: Type.Union([Type.Number(), Type.Null()])
  }))),
  widgets: Type.Array(Type.Object({
    wid: Wid,
    class: Type.String(),
    name: Type.Optional(Type.String({ minLength: 1 })),
    args: Type.Array(Type.Unknown()),
    state: Type.Record(Type.String(), Type.Unknown()),
    entries: Type.Array(Type.Object({ wid: Type.Optional(Wid), method: Type.String(), args: Type.Array(Type.Unknown()), wrapper: Type.Optional(Wid) })),
    listened: Type.Array(Type.String())
  }))
})

const check = TypeCompiler.Compile(SnapshotSchema)

/** Why a value is no snapshot, with the path to the culprit; null if it is one. */
export function snapshotFault (value: unknown): string | null {
  if (check.Check(value)) return null
  const error = check.Errors(value).First()
  return `${error?.path ?? ''}: ${error?.message ?? 'not a snapshot'}`
}
