/** HTML cleaned by DOMPurify, where the browser cannot do it. Loaded there when the first HTML is shown. */
import createPurifier from 'dompurify'
import type { Config } from 'dompurify'

/** What could reach beyond the content, or asks for something that nobody would get. Styles are dealt with apart. */
const FORBIDDEN = [
  'form', 'input', 'button', 'select', 'option', 'optgroup', 'textarea', 'datalist', 'output', 'fieldset', 'dialog',
  'slot', 'template', 'base', 'meta', 'link', 'style'
]
const FORBIDDEN_ATTRIBUTES = [
  'popover', 'popovertarget', 'popovertargetaction', 'autofocus', 'accesskey', 'tabindex', 'contenteditable', 'autoplay', 'command', 'commandfor', 'nonce', 'slot', 'part', 'is', 'style'
]

const CLEAN: Config = {
  RETURN_DOM_FRAGMENT: true, FORCE_BODY: true, USE_PROFILES: { html: true, svg: true, mathMl: true }, FORBID_TAGS: FORBIDDEN, FORBID_ATTR: FORBIDDEN_ATTRIBUTES
}
const TRUSTED: Config = { ...CLEAN, ADD_TAGS: ['iframe'], ADD_ATTR: ['allow', 'allowfullscreen', 'sandbox'] }

/** Clean content. */
export const sanitize = (html: string, trusted: boolean): DocumentFragment =>
  createPurifier(window).sanitize(html, trusted ? TRUSTED : CLEAN) as unknown as DocumentFragment
