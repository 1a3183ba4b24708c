import type { PageWidget } from '../model.ts'
import type { Credentials } from '../page.ts'

/** Which page a test browser plays. */
export type DialectName = 'ours' | 'reference'

/** In what pages differ: everything that the rest of the kit asks before it does one thing or the other. */
export interface Dialect {
  readonly name: DialectName

  /** What it says of itself in the answer to `init`. */
  readonly greeting: Readonly<Record<string, string | number>>

  /** Whether it knows what the project adds to the protocol. */
  readonly extended: boolean

  /** What of its credentials it puts into the answer to `init`. */
  presents (credentials: Credentials | null): { readonly session_id?: string | number, readonly token?: string }

  // ---- ids and children ----

  /** Numbers that a `create` uses up beyond the one that the server chose. */
  idsUsed (className: string): number
  /** A child that goes elsewhere or ends stays in the list of the container where it was. */
  readonly keepsMovedChildren: boolean
  /** Whether a container for one child lets go of the one that another takes the place of. */
  replacesChild (className: string): boolean

  // ---- frames ----

  /** Messages of this type are dropped where they stand in an array. */
  dropsInArray (type: string): boolean
  /** Puts null into the answer to an array where a message has no answer. */
  readonly padsAnswers: boolean
  /** The id of a session as a page stores it. */
  sessionId (id: string | number): string | number

  // ---- reports ----

  /** Why a call fails in the page although the protocol allows it, having done its work; null if it does not. */
  fails (call: { readonly widget: PageWidget, readonly method: string, readonly args: readonly unknown[] }): string | null
  /** A call that throws while callbacks are suppressed leaves them suppressed for good. */
  readonly staysMute: boolean
  /** Reports that come in floods wait for the next animation frame, and only the last of them leaves. */
  readonly coalesces: boolean
  /** A page says nothing of what a person does while the line is down, and lets nobody do it. */
  readonly closesWhenDown: boolean
  /** Whether what is dropped on a widget goes no further out, even if the server does not listen to it. */
  claimsDrops (widget: PageWidget): boolean
  /** A file that cannot be read, among others that can, looks empty. */
  readonly hidesUnreadable: boolean
  /** How small a person can drag a window, px. */
  readonly smallestWindow: { readonly width: number, readonly height: number }
  /** Escape in a dialog asks to close it. */
  readonly escapeCloses: boolean
  /** Whether `resize` of a widget follows its box; otherwise only a person's hand is reported. */
  measures (widget: PageWidget): boolean
  /** What a reported size adds to the box: after a replay, and otherwise. px */
  readonly border: { readonly afterReplay: number, readonly otherwise: number }

  // ---- scrolling ----

  /** Whether a page reports scrolling by hand as it happens. */
  reportsScrolling (className: string): boolean
  /**
   * Whether a page reports where something is a moment after it was scrolled or changed, however silent the call was.
   * `method` is null where a person did it.
   */
  trails (className: string, method: string | null): boolean

  // ---- typing ----

  /** Enter while an edit waits for its pause: `modified` leaves first; otherwise it comes after all. */
  readonly modifiedBeforeEnter: boolean
  /** An editable ComboBox reports each key, besides the pause. */
  readonly reportsEachKey: boolean
  /** Text that is being typed is neither overwritten by the server nor lost in a replay. */
  readonly keepsTypedText: boolean

  /** What the page makes of a call's arguments: where it takes text for HTML, what a person reads. */
  reads (args: readonly unknown[], className: string, method: string): readonly unknown[]

  // ---- answers ----

  /** The page's own answer to a getter or a question; undefined where there is nothing peculiar about it. */
  answer (widget: PageWidget, method: string): { readonly value: unknown } | undefined
}
