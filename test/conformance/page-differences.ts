import type { Difference } from './support/differences.ts'

/** What our page answers, reports and shows otherwise. `about` looks at `what: ours / recorded`. */
export const differences: readonly Difference[] = [
  {
    traces: ['errors_calls', 'errors_raw_server'],
    about: /^call \w+\.(?:_installLayoutObservers|constructor|hasOwnProperty|remove_child)\[/,
    why: 'Only what a definition lists can be called (defect 12 of the containers): private and inherited methods cannot.'
  },
  {
    traces: ['errors_calls'],
    about: /^call Label\.get_element\[\]: "Unknown method/,
    why: 'A DOM element cannot travel. The reference page hung for a second and answered with an overflow of its stack.'
  },
  {
    traces: ['binary_image'],
    about: /^call Image\.get_draw_context\[\]: .*"value":null/,
    why: 'A drawing context cannot travel either; null says so without hanging.'
  },
  {
    traces: ['errors_calls'],
    about: /^call VBox\.add_widget\[5,0\]: "The child is not a visible widget"/,
    why: 'The same refusal in words that mean something; the reference gave the exception of its inside.'
  },
  {
    traces: ['methods_1'],
    about: /^call GridBox\.append_(?:row|column)\[null\]: "The widgets are not a list"/,
    why: 'The same refusal, likewise.'
  },
  {
    traces: ['methods_1'],
    about: /^call MDIWidget\.(?:get_configuration|get_child_size)\[/,
    why: 'Sizes are those of the whole window with its frame, also while it is laid out, and not below what its title bar needs.'
  },
  {
    traces: ['methods_1'],
    about: /^call MDIWidget\.get_scroll_position\[\]: \[0\.25,0\.5\]/,
    why: 'How far it should be scrolled is kept until windows reach far enough for that.'
  },
  {
    traces: ['errors_raw_server', 'second_join_color'],
    about: /^reconstruct-start .*child\.destroy is not a function/,
    why: 'W3: the reference page could not clear a ColorWidget, and stayed mute and half empty. A replay of ours begins anew.'
  },
  {
    traces: ['methods_1', 'methods_2'],
    about: /^call \w+\.get_scroll_(?:position|percent)\[\]: \[0\.25,0\.5\] \/ \[0,0\]/,
    why: 'Where something is told to be counts while all of it is in view, and shows once there is more; the reference forgets it.'
  },
  {
    traces: ['inputs'],
    about: /^call TextArea\.get_scroll_position\[\]: \[0,0\.\d+\] \/ \[0,0\]/,
    why: 'Typing scrolled both pages; the recorded user then turned the wheel back, which is not played here.'
  },
  {
    traces: ['misc_widgets'],
    about: /^call HtmlView\.get_html\[\]/,
    why: 'It answers with what the server gave, as servers do, and not with what the page made of it.'
  },
  {
    traces: ['dialogs'],
    about: /^call Dialog\.is_visible\[\]: false \/ true/,
    why: 'The reference page says of every window that it is visible, hidden or not; ours knows.'
  },
  {
    traces: ['reconnect_reload'],
    about: /^user, TabWidget page-switch: \[\{"__wid__":49,"__class__":"MDIWidget"\},1\]/,
    why: 'The same page. The one before it is a tree, a class that does not exist here: something else stands in for it.'
  },
  {
    traces: ['misc_widgets'],
    about: /^call StatusBar\.get_text\[\]: "gone in half a second" \/ ""/,
    why: 'The recorded application waited until the message had passed. Here the question comes at once.'
  },
  {
    traces: ['inputs'],
    about: /^user, SpinBox activated: undefined \/ \[7\]/,
    why: 'A number that was typed is taken once, by Enter; the reference page takes it again when the field is left.'
  },
  {
    traces: ['errors_raw_server'],
    about: /^before a replay #\d+ Label\.text: "\[object ArrayBuffer\]"/,
    why: 'Bytes given where a text belongs, which no server of either kind does: a text field shows what they are called.'
  }
]

/** Classes of which the DOM shows nothing but where and whether they are. */
export const noReader: ReadonlyMap<string, string> = new Map([
  ['Box', 'its children'],
  ['VBox', 'its children'],
  ['HBox', 'its children'],
  ['Splitter', 'its children, and sizes in px'],
  ['ScrollArea', 'its child, and an offset in px'],
  ['Page', 'its child']
])
