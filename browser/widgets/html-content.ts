/** What cleans HTML, and the looks of it. Loaded when the first HTML is shown: most sessions show none. */
import createPurifier from 'dompurify'
import type { Config } from 'dompurify'
import sheet from '../styles/html-content.ts'

/** What could reach beyond the content, or asks for something that nobody would get. Styles are dealt with apart. */
const FORBIDDEN = [
  'form', 'input', 'button', 'select', 'option', 'optgroup', 'textarea', 'datalist', 'output', 'fieldset', 'dialog',
  'slot', 'template', 'base', 'meta', 'link', 'style'
]
const FORBIDDEN_ATTRIBUTES = [
  'popover', 'popovertarget', 'popovertargetaction', 'autofocus', 'accesskey', 'tabindex', 'contenteditable', 'autoplay', 'slot', 'part', 'is', 'style'
]

const CLEAN: Config = {
  RETURN_DOM_FRAGMENT: true, FORCE_BODY: true, USE_PROFILES: { html: true, svg: true, mathMl: true }, FORBID_TAGS: FORBIDDEN, FORBID_ATTR: FORBIDDEN_ATTRIBUTES
}
const TRUSTED: Config = { ...CLEAN, ADD_TAGS: ['iframe'], ADD_ATTR: ['allow', 'allowfullscreen', 'sandbox'] }

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
export function clean (html: string, trusted: boolean): CleanContent {
  const purifier = createPurifier(window)
  purifier.addHook('afterSanitizeAttributes', element => {
    const href = element.getAttribute('href') ?? element.getAttribute('xlink:href')
    if (href === null || !/^(?:a|area)$/i.test(element.tagName) || href.startsWith('#')) return
    element.setAttribute('target', '_blank')
    element.setAttribute('rel', 'noopener noreferrer')
  })
  const parsed = quiet(html, trusted)
  const fragment = purifier.sanitize(parsed.html, trusted ? TRUSTED : CLEAN) as unknown as DocumentFragment
  // The page's policy forbids styles in markup, not those that its own script sets.
  for (const element of fragment.querySelectorAll<HTMLElement>(trusted ? `[${KEPT}]` : 'nothing')) {
    element.style.cssText = element.getAttribute(KEPT) ?? ''
    element.removeAttribute(KEPT)
  }
  return { fragment, sheets: parsed.styles.map(sheetOf) }
}
