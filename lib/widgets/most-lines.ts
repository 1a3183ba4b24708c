/** Rows, and columns, that a grid can have: as many as browsers lay out, and what keeps a slip from filling the memory of a page. */
export const MOST_LINES = 10_000
