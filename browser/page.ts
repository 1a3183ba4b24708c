/** The bundle's entry: a client that has the whole page. */
import { mount } from './client/client.ts'

const { socket, theme } = document.body.dataset

mount(document.body, {
  socket,
  theme: theme === 'light' || theme === 'dark' ? theme : undefined,
  addressBar: true
})
