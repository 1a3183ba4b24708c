import type { PageWidget } from '../model.ts'

/** The modal dialogs that are shown. */
export function modalDialogs (widgets: Iterable<PageWidget>): PageWidget[] {
  return [...widgets].filter(({ state }) => state.modal === true && state.visible === true)
}

/** The dialog whose row a button is in, with what it stands for there; null if it is in none. */
export function answerOf (button: PageWidget): { readonly dialog: PageWidget, readonly value: unknown } | null {
  const { parent: dialog } = button
  const entry = dialog?.entries.find(({ child }) => child === button)
  return dialog === null || entry?.method !== 'add_button' ? null : { dialog, value: entry.args[1] }
}
