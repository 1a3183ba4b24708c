/**
 * How each member of each class is used in tests: once as a person does before a real Chromium, once through the test
 * kit. A method that shows nowhere, or an action that nobody can cause, has no exercise, and the suite says so.
 */
import type { Locator, Page } from 'playwright-core'

/** A call of the widget under test: wire name, wire arguments. */
export type Call = readonly [method: string, ...args: unknown[]]

/** The widget under test. It stands in a column in a window of 600 by 400 px; windows and pages stand for themselves and are shown. */
export const SUBJECT = 10
/** The widget under test, as an argument. */
export const ITSELF = { __wid__: SUBJECT }

/** Widgets at hand, made and in nothing: three buttons of these captions, … */
export const ONE = { __wid__: 11 }
export const TWO = { __wid__: 12 }
export const THREE = { __wid__: 13 }
/** … and a menu with one entry, `Entry`. */
export const MENU = { __wid__: 14 }
export const ENTRY = { __wid__: 15 }

/** A picture of one pixel. */
export const PICTURE = 'data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs='
export const PICTURE_BYTES = Uint8Array.from(atob(PICTURE.slice(PICTURE.indexOf(',') + 1)), character => character.charCodeAt(0))

/** What a gesture has to work with. */
export interface Stage {
  readonly page: Page
  /** The element of the widget under test. */
  readonly subject: Locator
  /** Calls the widget as a reference server does, so that what the call causes is reported. */
  readonly call: (...call: Call) => Promise<unknown>
}

/** Waits until the page has drawn. */
export const drawn = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise(resolve => requestAnimationFrame(() => requestAnimationFrame(resolve))))

/** Something that a person does. */
export type Gesture = (stage: Stage) => Promise<unknown>

interface Setting {
  /** Constructor arguments in place of the class's. */
  readonly create?: readonly unknown[]
  /** Calls that come first, after the class's own. */
  readonly before?: readonly Call[]
}

/**
 * A method. The page is brought to the same point with the call and without it: afterwards the two must differ, in what
 * is on screen or in what is reported. Where `answers` is given, it is the answer that counts instead.
 */
export interface MethodExercise extends Setting {
  readonly args: readonly unknown[]
  /** What the page answers: getters and questions. A function says whether it is right; of a widget, `{ __wid__ }` is enough. */
  readonly answers?: unknown
  /** For what shows only in what happens next: done with the call and without it. */
  readonly then?: Gesture
  /** For what has no looks: getters whose answers count as what is seen. */
  readonly shows?: readonly Call[]
}

/** An action that a page reports. */
export interface CallbackExercise extends Setting {
  readonly gesture: Gesture
  /** The arguments of the first report. A function says whether they are right. */
  readonly args: readonly unknown[] | ((args: readonly unknown[]) => boolean)
  /** Arguments for the test kit to report, where `args` is a function. */
  readonly sample?: readonly unknown[]
}

/** A container that is made for the widget under test, as number 9, where it cannot stand in a column. */
export interface Within {
  readonly class: string
  readonly args?: readonly unknown[]
  /** Calls of the container that put `ITSELF` in. */
  readonly calls: readonly Call[]
}

/** All exercises of a class: of its own members, and of inherited ones that it does in its own way. */
export interface ClassExercises extends Setting {
  /** Class that stands in for one that cannot be made. */
  readonly as?: string
  readonly within?: Within
  readonly methods: Readonly<Record<string, MethodExercise>>
  readonly callbacks: Readonly<Record<string, CallbackExercise>>
}

/** The exercises of a family of classes, by class. */
export type Exercises = Readonly<Record<string, ClassExercises>>
