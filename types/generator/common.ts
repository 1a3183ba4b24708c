/** What every object of a session has, whatever its class: said here, because no definition does. */

interface Common { readonly signature: string, readonly text: string }

export const COMMON: readonly Common[] = [
  { signature: 'readonly wid: number', text: 'Identifies the widget in its session and on the wire.' },
  { signature: 'readonly name: string | null', text: 'The name given to the constructor, by which `session.find()` knows it; null if none was.' },
  { signature: 'readonly session: Session', text: 'The session that the widget belongs to.' },
  { signature: 'readonly destroyed: boolean', text: 'Whether the widget was destroyed. All but `destroy()` of a destroyed widget throws.' },
  { signature: 'readonly parent: AnyWidget | null', text: 'The widget that holds this one; null if none does.' },
  { signature: 'toString (): string', text: 'Class, id and name, for messages.' }
]

/** What `on` does; widgets that live on the server alone (timers) are no browser's business. */
export const on = (remote: boolean): string => `Calls \`handler\` whenever the action happens${remote ? ' in a browser' : ''}. ` +
  'The handlers of a session run one at a time in order of arrival, asynchronous ones awaited, except those registered as `concurrent`.' +
  (remote ? ' What server code does itself calls no handler.' : '')
export const ONCE = 'Waits for the next time that the action happens. The promise settles on arrival, whatever handlers still run, ' +
  'so that a handler may wait for a dialog\'s answer.'
export const OFF = 'Takes away a handler, or all handlers of the action.'
export const QUERY = 'Questions to a browser. Each returns a promise, which rejects if no browser is connected or none answers in time.'

/** The methods for handlers, without the types that depend on the class. */
export const HANDLING: readonly Common[] = [
  { signature: 'on (action, handler, { concurrent }?): this', text: on(true) },
  { signature: 'once (action): Promise', text: ONCE },
  { signature: 'off (action, handler?): this', text: OFF }
]
