import type { Difference } from './support/differences.ts'

/**
 * What our API does not take from a recorded application. `about` looks at `CLASS.method[args]: our words`. All of it
 * comes from the traces that call every method once with whatever arguments; law 3: mistakes throw where they are made.
 */
export const objections: readonly Difference[] = [
  {
    traces: ['methods_1', 'methods_2'],
    about: /^call \w+\.\w+.*: at \/text, expected an object with|^call ToolBar\.add_action.*expected a string or an object with/,
    why: 'Options that a method does not have are refused, not passed over: they are misspelt more often than meant.'
  },
  {
    traces: ['methods_1'],
    about: /^call (?:Tab|Stack)Widget\.(?:show_widget|set_index|highlight_tab)/,
    why: 'The page it names was never added, as its add_widget was refused for an unknown option.'
  },
  {
    traces: ['headless', 'methods_1'],
    about: /^call MDIWidget\.set_index\[(?:-1|0)\].*index must be from/,
    why: 'An index that there is not throws at the call; the reference passed over it in silence. It had -1 of a workspace to which a window was still to be added.'
  },
  {
    traces: ['methods_1'],
    about: /^call Button\.set_icon.*size: expected/,
    why: 'A size is a pair; the reference took one number and drew nothing.'
  },
  {
    traces: ['methods_2'],
    about: /^call Image\.set_binary_image.*expected a Uint8Array/,
    why: 'The raw call gave a list in place of bytes.'
  },
  {
    traces: ['inputs'],
    about: /^call ComboBox\.set_index\[99\].*index must be from/,
    why: 'An index that there is not throws at the call; the reference passed over it in silence.'
  },
  {
    traces: ['errors_calls'],
    about: /^call Label\.set_text(?:null|): .*expected|^call Label\.set_padding\[\[1,null,2,3\]\]/,
    why: 'Arguments that are missing or are no numbers throw at the call; the reference sent NaN as null.'
  },
  {
    traces: ['errors_raw_client'],
    about: /^report (?:activated|drop-end) of Button: invalid/,
    why: 'Hostile on purpose: a report with arguments that the definition does not allow. The reference ran the handler.'
  }
]

/** Facts that differ. `about` looks at `where #number fact: ours / recorded`. */
export const facts: readonly Difference[] = [
  {
    traces: ['misc_widgets'],
    about: /HtmlView\.scroll_position: \[0,0\.5\] \/ \[0,0\.49/,
    why: 'Told to be half way, the reference page reported the whole pixel nearest to it. Such an echo is no news.'
  },
  {
    traces: ['reconnect_reload'],
    about: /TextArea\.text: "text area\\nappended .*" \/ "text area"/,
    why: 'Appended text is kept; the reference server forgot it, as the text says itself.'
  },
  {
    traces: ['reconnect_reload'],
    about: /^rebuild #\d+ children: \[\["#\d+",\{"title":"Doc"/,
    why: 'Where a window in a workspace stands is its own state, which follows the call that made it; the reference rewrote that.'
  }
]
