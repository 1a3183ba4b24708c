/// <reference path="../css-text.d.ts" />
import sheet from '../styles/html-content.css'

/** What leaves of HTML what can do no harm. @param trusted - Frames may stay. */
export type Sanitize = (html: string, trusted: boolean) => DocumentFragment

const STYLE_ELEMENT = /<style\b[^>]*>([^]*?)(?:<\/style\s*>|$)/gi
const TAG = /<[a-z](?:[^<>"']|"[^"]*"|'[^']*')*>/gi
const ATTRIBUTE = /([\s"'/])(on[^\s"'<>/=]*|style)(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>`]+)|(?=[\s/>]))/gi
/** Keeps the text of a `style` attribute until it can be set by script. */
const KEPT = 'data-pg-style'

/**
 * Takes out what the page's policy forbids, and would complain of, as soon as it is parsed. This has nothing to do with
 * safety: whatever it overlooks is still to be cleaned.
 */
function quiet (html: string, trusted: boolean): { readonly html: string, readonly styles: readonly string[] } {
  const styles: string[] = []
  const rest = html.replace(STYLE_ELEMENT, (_all, text: string) => {
    styles.push(text)
    return ''
  })
  return {
    html: rest.replace(TAG, tag => tag.replace(ATTRIBUTE, (_all, before: string, name: string, value: string) =>
      trusted && name.toLowerCase() === 'style' ? `${before}${KEPT}${value}` : before)),
    styles: trusted ? styles : []
  }
}

const sheetOf = (text: string): CSSStyleSheet => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(text)
  return sheet
}

/** The looks of content that brings none of its own. */
export const baseSheet = (): CSSStyleSheet => sheetOf(sheet)

/** Clean content, and the style sheets that were in it. */
export interface CleanContent { readonly fragment: DocumentFragment, readonly sheets: readonly CSSStyleSheet[] }

/** @param trusted - May style itself and hold frames. */
export function clean (html: string, trusted: boolean, sanitize: Sanitize): CleanContent {
  const parsed = quiet(html, trusted)
  const fragment = sanitize(parsed.html, trusted)
  for (const link of fragment.querySelectorAll('a, area')) {
    const href = link.getAttribute('href') ?? link.getAttribute('xlink:href')
    if (href === null || href.startsWith('#')) continue
    link.setAttribute('target', '_blank')
    link.setAttribute('rel', 'noopener noreferrer')
  }
  // The page's policy forbids styles in markup, not those that its own script sets.
  for (const element of fragment.querySelectorAll<HTMLElement>(trusted ? `[${KEPT}]` : 'nothing')) {
    element.style.cssText = element.getAttribute(KEPT) ?? ''
    element.removeAttribute(KEPT)
  }
  return { fragment, sheets: parsed.styles.map(sheetOf) }
}
