/** A widget as the reader looks for it. */
export interface Sought { readonly number: number, readonly kind: string, readonly title: string, readonly children: readonly Sought[] }

/** Marks the widgets that it finds with the attribute `mark`, and returns what the page shows of them. */
export function readPage (given: { roots: Sought[], mark: string }): Record<string, unknown>
