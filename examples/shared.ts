/**
 * Two browsers, one session: open the page, follow its link in another window, and move things in either.
 */
import type { FastifyInstance } from 'fastify'
import type { Session } from 'fastify-pgwidgets'

function build (session: Session): void {
  const W = session.getWidgets()
  const top = W.TopLevel({ title: 'Shared session', name: 'top', closeable: false })
  top.resize(460, 380)
  const box = W.VBox({ spacing: 12, padding: 16 })

  const slider = W.Slider({ name: 'level', track: true, showValue: true, value: 30 })
  const mode = W.ComboBox({ name: 'mode' })
  for (const text of ['Automatic', 'Manual', 'Off']) mode.appendText(text)
  const armed = W.CheckBox('Armed', { name: 'armed' })
  const note = W.TextEntry('', { name: 'note' })

  const people = W.Label('', { name: 'people' })
  const last = W.Label('Nobody has moved anything yet', { name: 'last' })

  const frame = W.Frame({ title: 'Controls' })
  const controls = W.VBox({ spacing: 10, padding: 12 })
  for (const widget of [slider, mode, armed, note]) controls.addWidget(widget)
  frame.setWidget(controls)

  for (const widget of [people, frame, last]) box.addWidget(widget)
  top.setWidget(box)
  top.show()
}

function countPeople (session: Session): void {
  const count = session.connections.length
  session.find('people', 'Label')?.setText(count === 1
    ? 'Only you are here: copy the address of this page into another window'
    : `${count} browsers share this session`)
}

export default function example (app: FastifyInstance): void {
  app.pgwidgets.route({
    url: '/shared',
    title: 'Shared session',
    onConnect (session) {
      build(session)
      countPeople(session)
    },
    onReconstruct: countPeople,
    onDisconnect: countPeople,
    onSync (session, { widget, state, connection }) {
      const [change] = state
      if (change === undefined || typeof change.value === 'object') return
      session.find('last', 'Label')?.setText(`Browser ${connection.id} set ${widget.name ?? 'something'} to ${String(change.value)}`)
    }
  })
}
