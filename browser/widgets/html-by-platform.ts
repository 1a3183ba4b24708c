/**
 * HTML cleaned by the browser: HTML Sanitizer API. Its default is what the standard holds harmless, down to the
 * attributes of SVG and MathML; added to it is what reports are made of besides: pictures, sound, tables of old.
 */

const SVG = 'http://www.w3.org/2000/svg'
const XLINK = 'http://www.w3.org/1999/xlink'

const ELEMENTS = 'acronym area audio big center details dir font img label map marquee meter nobr picture progress source strike summary track tt video'
const SVG_ELEMENTS = 'clipPath image linearGradient mask pattern radialGradient stop switch symbol'
const ATTRIBUTES =
  'align alt bgcolor border cellpadding cellspacing class color controls coords crossorigin face height hidden high href id kind label loading loop low max media min ' +
  'muted name nowrap open optimum playsinline poster preload role shape size sizes src srclang srcset translate type usemap valign value width ' +
  'clipPathUnits fx fy gradientTransform gradientUnits mask maskContentUnits maskUnits offset overflow patternContentUnits patternTransform patternUnits spreadMethod viewBox x x1 x2 y y1 y2'
const FRAME_ATTRIBUTES = ['allow', 'allowfullscreen', 'frameborder', 'referrerpolicy', 'sandbox']

/** Elements whose content is no text for people. Of all others that are not allowed, the content stays. */
const DROPPED = new Set('embed frame frameset iframe noembed noframes noscript object plaintext script style template title xmp'.split(' '))

/** Where links and sources may lead; `data:` only where a picture or a sound comes from. */
const SCHEMES = /^(?:https?|ftps?|mailto|tel|callto|sms|cid|xmpp|matrix):$/
const MEDIA = 'audio, image, img, source, track, video'
const LINKS = [[null, 'href'], [XLINK, 'href'], [null, 'src']] as const

/** What TypeScript does not know of elements yet. */
interface Cleanable {
  setHTML (html: string, options: { sanitizer: Sanitizer }): void
  setHTMLUnsafe (html: string, options: { sanitizer: Sanitizer }): void
}

function sanitizer (trusted: boolean): Sanitizer {
  const sanitizer = new Sanitizer()
  sanitizer.setDataAttributes(true)
  for (const name of ELEMENTS.split(' ')) sanitizer.allowElement(name)
  for (const name of SVG_ELEMENTS.split(' ')) sanitizer.allowElement({ name, namespace: SVG })
  for (const name of ATTRIBUTES.split(' ')) sanitizer.allowAttribute(name)
  sanitizer.allowAttribute({ name: 'href', namespace: XLINK })
  // As the platform itself has them: ariaLabel for aria-label, ariaOwnsElements for aria-owns.
  for (const name in Element.prototype) {
    if (/^aria[A-Z]/.test(name)) sanitizer.allowAttribute(`aria-${name.slice(4).replace(/Elements?$/, '').toLowerCase()}`)
  }
  if (trusted) {
    sanitizer.allowElement('iframe')
    for (const name of FRAME_ATTRIBUTES) sanitizer.allowAttribute(name)
  }
  return sanitizer
}

function leads (element: Element, address: string): boolean {
  try {
    const { protocol } = new URL(address, 'https://page.invalid')
    return SCHEMES.test(protocol) || (protocol === 'data:' && element.matches(MEDIA))
  } catch {
    return false
  }
}

const allowedBy = (policy: Sanitizer): Set<string> => new Set(policy.get().elements?.map(element => typeof element === 'string' ? element : element.name))

/** The policy for most content, which never changes: to make one takes longer than to clean a line of a log. */
const usual = new Map<boolean, { readonly policy: Sanitizer, readonly allowed: ReadonlySet<string> }>()

/** The policy by which only the tags of unknown elements are taken out. */
function policyFor (html: string, trusted: boolean): Sanitizer {
  let known = usual.get(trusted)
  if (known === undefined) {
    const policy = sanitizer(trusted)
    usual.set(trusted, known = { policy, allowed: allowedBy(policy) })
  }
  const { policy, allowed } = known
  const unknown = [...html.matchAll(/<([a-z][^\s/>]*)/gi)].map(([, tag = '']) => tag.toLowerCase()).filter(name => !allowed.has(name) && !DROPPED.has(name))
  if (unknown.length === 0) return policy
  const own = sanitizer(trusted)
  for (const name of unknown) own.replaceElementWithChildren(name)
  return own
}

export const canSanitize = 'setHTML' in Element.prototype

/** Clean content, in a document of its own. */
export function sanitize (html: string, trusted: boolean): DocumentFragment {
  const policy = policyFor(html, trusted)
  const inert = document.implementation.createHTMLDocument('')
  // The safe way knows no frames at all; the other one leaves out just as much of what is not in the policy.
  const body = inert.body as HTMLElement & Cleanable
  if (trusted) body.setHTMLUnsafe(html, { sanitizer: policy })
  else body.setHTML(html, { sanitizer: policy })
  for (const element of body.querySelectorAll('*')) {
    for (const [namespace, name] of LINKS) {
      const address = element.getAttributeNS(namespace, name)
      if (address !== null && !leads(element, address)) element.removeAttributeNS(namespace, name)
    }
  }
  const fragment = inert.createDocumentFragment()
  fragment.append(...body.childNodes)
  return fragment
}
