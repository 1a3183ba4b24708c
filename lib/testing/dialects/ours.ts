import { isA } from '../../widgets/definition.ts'
import type { Dialect } from './dialect.ts'

/** The page of this project. */
export const ours: Dialect = {
  name: 'ours',
  greeting: { reports: 'gestures', extensions: 1 },
  extended: true,
  // The id alone is enough for the user whose session it is.
  presents: credentials => credentials === null ? {} : { session_id: credentials.id, ...(credentials.token !== null && { token: credentials.token }) },
  idsUsed: () => 0,
  keepsMovedChildren: false,
  replacesChild: () => true,
  dropsInArray: () => false,
  padsAnswers: false,
  sessionId: id => id,
  fails: () => null,
  staysMute: false,
  coalesces: true,
  escapeCloses: true,
  closesWhenDown: true,
  claimsDrops: () => false,
  hidesUnreadable: false,
  // Windows report what a person does with them, and nothing that follows from layout.
  measures: ({ definition }) => !isA(definition, 'TopLevel') && definition.class !== 'MDISubWindow',
  reads: args => args,
  smallestWindow: { width: 120, height: 60 },
  border: { afterReplay: 0, otherwise: 0 },
  reportsScrolling: () => true,
  trails: () => false,
  modifiedBeforeEnter: true,
  reportsEachKey: false,
  keepsTypedText: true,
  answer ({ state }, method) {
    if (method === 'get_expanding') return { value: expanding(state.expanding) }
    return method === 'get_tooltip' ? { value: state.tooltip ?? '' } : undefined
  }
}

/** Both pages answer this one with an object. */
export function expanding (state: unknown): { horizontal: boolean, vertical: boolean } {
  const [horizontal, vertical] = state as [boolean, boolean]
  return { horizontal, vertical }
}
