/** The bundle's entry: a client that has the whole page. */
import { mount } from './client/client.ts'

const { socket, theme } = document.body.dataset

// Not while the bundle itself is being run: opening a WebSocket notes where in the source that is done, and to tell lines of
// the bundle's own body the engine reads all of it once more.
queueMicrotask(() => mount(document.body, {
  socket,
  theme: theme === 'light' || theme === 'dark' ? theme : undefined,
  addressBar: true
}))
