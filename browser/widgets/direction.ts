/** Whether what follows in a row stands to the left, as in Arabic and Hebrew. */
export const isRightToLeft = (element: Element): boolean => getComputedStyle(element).direction === 'rtl'
