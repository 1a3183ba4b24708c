/** The exercises of all classes. */
import { base } from './base.ts'
import { buttons } from './buttons.ts'
import { color } from './color.ts'
import { dialogs } from './dialogs.ts'
import { displays } from './displays.ts'
import type { Exercises } from './exercise.ts'
import { layouts } from './layouts.ts'
import { mdi } from './mdi.ts'
import { menus } from './menus.ts'
import { other } from './other.ts'
import { pages } from './pages.ts'
import { scrolling } from './scrolling.ts'
import { text } from './text.ts'
import { values } from './values.ts'
import { windows } from './windows.ts'

const families: readonly Exercises[] = [base, layouts, pages, windows, mdi, dialogs, menus, buttons, color, values, scrolling, text, displays, other]

export const exercises: Exercises = Object.assign({}, ...families) as Exercises
