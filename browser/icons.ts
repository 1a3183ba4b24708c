const SVG = 'http://www.w3.org/2000/svg'

/** Lines in a square of 16 by 16, drawn with the colour of the text around them. */
const drawings = {
  check: 'm3.5 8.5 3 3 6-7',
  'chevron-down': 'm4 6.25 4 4 4-4',
  'chevron-right': 'm6.25 4 4 4-4 4',
  'chevron-up': 'm4 9.75 4-4 4 4',
  close: 'm4.75 4.75 6.5 6.5m0-6.5-6.5 6.5',
  eye: 'M1.75 8C3 5.5 5.3 4 8 4s5 1.5 6.25 4C13 10.5 10.7 12 8 12s-5-1.5-6.25-4ZM8 6.25a1.75 1.75 0 1 1 0 3.5 1.75 1.75 0 0 1 0-3.5Z'
} as const

export type IconName = keyof typeof drawings

/** A decorative drawing; whoever uses it names the control that it is in. */
export function icon (name: IconName): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  svg.setAttribute('viewBox', '0 0 16 16')
  svg.setAttribute('aria-hidden', 'true')
  svg.classList.add('pg-icon')
  const path = document.createElementNS(SVG, 'path')
  path.setAttribute('d', drawings[name])
  svg.append(path)
  return svg
}
