/* global document, HTMLElement, HTMLInputElement */
// Runs in the page, so it can use nothing from outside. Not TypeScript: the DOM's types are not those of this side.
export function readPage ({ roots, mark }) {
  const facts = {}
  const scene = document.querySelector('.pg-scene:not(.pg-retired)') ?? document.body
  for (const element of document.querySelectorAll(`[${mark}]`)) element.removeAttribute(mark)

  // A window in a workspace stands for the place of what is in it, which is the workspace's child.
  const kids = element => [...element.querySelectorAll('.pg-widget:not(.pg-sub-window)')]
    .filter(inner => inner.parentElement?.closest('.pg-widget:not(.pg-sub-window)') === element)
  const textOf = element => element?.textContent ?? ''
  const input = element => element instanceof HTMLInputElement ? element : element.querySelector('input')

  const at = element => Number(element.style.getPropertyValue('--pg-at'))
  const wordsOf = element => {
    const words = []
    const walk = node => node.nodeType === 3 ? words.push(node.data) : node.childNodes.forEach(walk)
    element.shadowRoot?.childNodes.forEach(walk)
    return words.join(' ').replace(/\s+/g, ' ').trim()
  }
  const windowOf = element => ({
    title: element.getAttribute('aria-labelledby') === null ? null : textOf(document.getElementById(element.getAttribute('aria-labelledby') ?? '')),
    rolled: ['shaded', 'minimized'].includes(element.dataset.state ?? '')
  })

  const rangeOf = element => ({ value: input(element)?.valueAsNumber, min: Number(input(element)?.min), max: Number(input(element)?.max) })

  const isModal = element => element.parentElement?.classList.contains('pg-modal') === true
  const colorOf = element => `#${element.querySelector('.pg-color-digits')?.value}`

  const readers = {
    TopLevel: windowOf,
    ColorDialog: element => ({ title: windowOf(element).title, color: colorOf(element), modal: isModal(element) }),
    Dialog: element => ({
      ...windowOf(element),
      modal: isModal(element),
      row: [...element.querySelectorAll('.pg-dialog-row > button:not(.pg-widget)')].map(textOf)
    }),
    Button: element => ({ text: textOf(element) }),
    Label: element => ({ text: textOf(element) }),
    StatusBar: element => ({ text: textOf(element) }),
    CheckBox: element => ({ text: textOf(element), checked: input(element)?.checked }),
    ColorWidget: element => ({ color: colorOf(element) }),
    RadioButton: element => ({ text: textOf(element), checked: input(element)?.checked }),
    ToggleButton: element => ({ text: textOf(element), pressed: element.ariaPressed === 'true' }),
    Slider: rangeOf,
    Dial: rangeOf,
    SpinBox: element => ({ value: Number(input(element)?.ariaValueNow), min: Number(input(element)?.ariaValueMin), max: Number(input(element)?.ariaValueMax) }),
    ScrollBar: element => ({ position: at(element), thumb: Number(element.style.getPropertyValue('--pg-thumb')) }),
    AbstractScrollArea: element => ({ place: [...element.querySelectorAll(':scope > .pg-scroll-bar')].map(at).reverse() }),
    TextArea: element => ({ value: element.value, editable: !element.readOnly, wrap: element.wrap !== 'off' }),
    HtmlView: element => ({ words: wordsOf(element) }),
    ExternalWidget: element => ({ words: wordsOf(element) }),
    TextEntry: element => ({ value: input(element)?.value, password: input(element)?.type === 'password', editable: input(element)?.readOnly === false }),
    TextEntrySet: element => ({
      value: input(element)?.value, password: input(element)?.type === 'password', editable: input(element)?.readOnly === false, button: textOf(element.querySelector('button'))
    }),
    ComboBox: element => ({ value: input(element)?.value ?? textOf(element.querySelector('[role="combobox"]')) }),
    ProgressBar: element => ({ value: Math.round((element.querySelector('progress')?.value ?? -1) * 1e6) }),
    Frame: element => ({ title: textOf(element.querySelector(':scope > legend')) }),
    ToolBarAction: element => ({ text: textOf(element), pressed: element.ariaPressed === null ? null : element.ariaPressed === 'true' }),
    Image: element => ({ image: element.getAttribute('src')?.startsWith('blob:') === true ? null : element.getAttribute('src') }),
    TabWidget: element => {
      const heads = [...element.querySelectorAll('[role="tab"]')].filter(head => head.closest('.pg-widget') === element)
      return { selected: heads.findIndex(head => head.ariaSelected === 'true'), titles: heads.map(textOf) }
    },
    StackWidget: element => ({ selected: [...element.querySelectorAll(':scope > .pg-tab-panels > .pg-tab-panel')].findIndex(panel => !panel.hidden) }),
    Expander: element => ({
      title: textOf(element.querySelector(':scope > .pg-expander-bar')),
      collapsed: element.querySelector(':scope > .pg-expander-content').hidden
    }),
    ButtonBox: element => ({ halign: element.dataset.halign, align: element.dataset.align ?? null }),
    GridBox: element => ({
      grid: [element.style.gridTemplateRows, element.style.gridTemplateColumns].map(tracks => tracks.split(' ').length),
      cells: kids(element).map(({ style }) => [style.gridRowStart, style.gridColumnStart].map(line => Number(line) - 1))
    }),
    FixedLayout: element => ({ places: kids(element).map(({ parentElement }) => [parentElement.style.marginLeft, parentElement.style.marginTop].map(parseFloat)) }),
    Separator: element => ({ orientation: element.ariaOrientation ?? 'horizontal' }),
    MDIWidget: element => ({ titles: [...element.querySelectorAll(':scope > .pg-ground > .pg-sub-window > .pg-window-bar > .pg-window-title')].map(textOf) }),
    MenuBar: element => ({ captions: [...element.querySelectorAll(':scope > [role="menuitem"]')].map(textOf) }),
    ToolBar: element => ({ rules: element.querySelectorAll(':scope > [role="separator"]').length })
  }

  const visit = (sought, element) => {
    const name = `#${sought.number} ${sought.kind}`
    if (!(element instanceof HTMLElement)) {
      facts[`${name}.missing`] = true
      return
    }
    element.setAttribute(mark, String(sought.number))
    for (const [fact, value] of Object.entries(readers[sought.kind]?.(element) ?? {})) facts[`${name}.${fact}`] = value
    facts[`${name}.visible`] = !element.hidden
    facts[`${name}.tooltip`] = element.title === '' ? null : element.title
    const control = [...element.querySelectorAll('input, button, textarea')].find(inner => inner.closest('.pg-widget') === element) ?? element
    if (element.closest('[inert]:not(.pg-scene, .pg-stage, .pg-modal), :disabled') !== null || control.matches(':disabled')) facts[`${name}.enabled`] = false
    const inner = kids(element)
    sought.children.forEach((child, i) => visit(child, inner[i]))
  }

  const windows = [...scene.querySelectorAll(':is(.pg-stage, .pg-modal) > .pg-widget')]
  for (const root of roots) {
    const found = windows.findIndex(window => root.kind === 'Page'
      ? window.tagName === 'MAIN'
      : window.tagName !== 'MAIN' && textOf(document.getElementById(window.getAttribute('aria-labelledby') ?? '')) === root.title)
    visit(root, windows.splice(found === -1 ? windows.length : found, 1)[0])
  }
  return facts
}
